"""Claim records. (Being written.)"""

from __future__ import annotations

from collections.abc import Iterator

from kb.extract.found import Found
from kb.model import Claim


def extract(found: Found) -> Iterator[Claim]:
    """Yield the claims of the document."""
    yield from ()
