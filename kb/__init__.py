"""A document and policy knowledge base: sources become citable records, a search index and a static site.

import kb
base = kb.open("build")
base.search("recovery rate").hits
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kb.version import __version__

if TYPE_CHECKING:
    from kb.opened import OpenedKnowledgeBase

__all__ = ["__version__", "open"]


def open(directory: Path | str = "build") -> OpenedKnowledgeBase:  # noqa: A001 - kb.open is the promised name
    """Open what `kb build --out directory` made. Raises `kb.errors.StoreError` where nothing was built."""
    from kb.opened import open_directory  # noqa: PLC0415 - `import kb` stays fast

    return open_directory(directory)
