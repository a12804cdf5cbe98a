"""Definition records. (Being written.)"""

from __future__ import annotations

from collections.abc import Iterator

from kb.extract.found import Found
from kb.model import Definition


def extract(found: Found) -> Iterator[Definition]:
    """Yield the definitions of the document."""
    yield from ()
