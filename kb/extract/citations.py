"""Citation records. (Being written.)"""

from __future__ import annotations

from collections.abc import Iterator

from kb.extract.found import Found
from kb.model import Citation


def extract(found: Found) -> Iterator[Citation]:
    """Yield the citations of the document."""
    yield from ()
