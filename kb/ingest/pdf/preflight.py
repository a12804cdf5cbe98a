"""What can be said of a PDF before it is trusted to pdfium, which ends the whole process where a page grows too large.

pypdf follows the page tree with a memory of where it has been, and stops itself where a stream expands past a limit.
"""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass, field

from pypdf import PasswordType, PdfReader
from pypdf.errors import DependencyError, DeprecationError, LimitReachedError, PyPdfError

from kb.errors import UnreadableSourceError
from kb.ingest.pdf.opened import MOST_PAGES, PASSWORD
from kb.ingest.pdf.page_cost import MOST_COST, Costs

MAGIC = b"%PDF-"
JUNK = 1024
"""Bytes that may stand before a PDF begins, as the first readers allowed."""
MOST_TOGETHER = 200 * MOST_COST
BROKEN = (
    *(PyPdfError, DeprecationError, ValueError, TypeError, LookupError, AttributeError, RecursionError, ArithmeticError, OSError),
    *(NotImplementedError, AssertionError, MemoryError),
)
"""What pypdf raises on damaged files: more than it says."""


@dataclass
class Checked:
    """What the look before found."""

    page_count: int | None = None
    """None where pypdf cannot follow the page tree; pdfium may."""
    too_large: set[int] = field(default_factory=set)
    """Numbers, from 1, of pages that expand past the limit and must not be opened."""


def check(data: bytes, path: str) -> Checked:
    """Refuse what is no PDF, is locked, or unpacks past all limits; what pypdf cannot follow otherwise is left to pdfium.

    A file locked against copying alone is read. Raises `UnreadableSourceError`.
    """
    if MAGIC not in data[: JUNK + len(MAGIC)]:
        raise UnreadableSourceError(path, "pdf", "it is no PDF: it does not begin like one")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
            raise UnreadableSourceError(path, "pdf", PASSWORD)
        return _checked(reader, path)
    except LimitReachedError:
        raise UnreadableSourceError(path, "pdf", "it expands past the limit before its first page") from None
    except (DependencyError, *BROKEN):
        return Checked()


def _checked(reader: PdfReader, path: str) -> Checked:
    checked = Checked(min(len(reader.pages), MOST_PAGES))
    costs = Costs()
    for number in range(1, (checked.page_count or 0) + 1):
        cost = _cost(reader, costs, number)
        if cost > MOST_COST:
            checked.too_large.add(number)
    if checked.page_count and len(checked.too_large) == checked.page_count:
        each = "page 1 expands" if checked.page_count == 1 else "each of its pages expands"
        raise UnreadableSourceError(path, "pdf", f"{each} past the limit")
    if costs.together > MOST_TOGETHER:
        raise UnreadableSourceError(path, "pdf", "its pages together expand past the limit")
    return checked


def _cost(reader: PdfReader, costs: Costs, number: int) -> int:
    """What a page costs; 0 for one that pypdf cannot follow, which pdfium may not either."""
    try:
        return costs.of_page(reader.pages[number - 1])
    except BROKEN:
        return 0
