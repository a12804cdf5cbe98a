"""Reference records. (Being written.)"""

from __future__ import annotations

from collections.abc import Iterator

from kb.extract.found import Found
from kb.model import Reference


def extract(found: Found) -> Iterator[Reference]:
    """Yield the references of the document."""
    yield from ()
