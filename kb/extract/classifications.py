"""Classification records. (Being written.)"""

from __future__ import annotations

from collections.abc import Iterator

from kb.extract.found import Found
from kb.model import Classification


def extract(found: Found) -> Iterator[Classification]:
    """Yield the classifications of the document."""
    yield from ()
