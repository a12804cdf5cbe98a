"""Quotation records. (Being written.)"""

from __future__ import annotations

from collections.abc import Iterator

from kb.extract.found import Found
from kb.model import Quotation


def extract(found: Found) -> Iterator[Quotation]:
    """Yield the quotations of the document."""
    yield from ()
