"""Mention records. (Being written.)"""

from __future__ import annotations

from collections.abc import Iterator

from kb.extract.found import Found
from kb.model import Mention


def extract(found: Found) -> Iterator[Mention]:
    """Yield the mentions of the document."""
    yield from ()
