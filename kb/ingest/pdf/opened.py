"""A PDF as pdfium opens it, page by page; what it says of itself; what its pages are made of."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from kb.errors import UnreadableSourceError
from kb.ingest.pdf.drawings import read_addresses, read_drawings
from kb.ingest.pdf.geometry import Sheet
from kb.ingest.pdf.glyphs import NAMELESS, Fonts, read_text
from kb.ingest.pdf.structure import tags_of

MOST_PAGES = 20_000
LONGEST_STATEMENT = 2_000
PASSWORD = "it needs a password"  # noqa: S105 - words for a reader
DAMAGED = "it is damaged: no page of it could be opened"


class Opened:
    """An open PDF; close it."""

    def __init__(self, data: bytes, path: str) -> None:
        pdfium.FPDF_InitLibrary()
        self._bytes = data
        self.raw = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not self.raw:
            is_locked = pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD
            raise UnreadableSourceError(path, "pdf", PASSWORD if is_locked else DAMAGED)
        self.page_count: int = min(max(pdfium.FPDF_GetPageCount(self.raw), 0), MOST_PAGES)
        self._fonts = Fonts({})

    def close(self) -> None:
        """Give its memory back."""
        pdfium.FPDF_CloseDocument(self.raw)

    def sheet(self, number: int) -> Sheet | None:
        """Page `number`, from 1; None where pdfium cannot make it out."""
        page = pdfium.FPDF_LoadPage(self.raw, number - 1)
        if not page:
            return None
        try:
            sheet = Sheet(number, pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))
            sheet.label = self._label(number)
            read_text(sheet, page, self._fonts, tags_of(page))
            sheet.nameless = sum(run.text.count(NAMELESS) for run in sheet.runs)
            read_drawings(sheet, page)
            read_addresses(sheet, self.raw, page)
        finally:
            pdfium.FPDF_ClosePage(page)
        return sheet

    def _label(self, number: int) -> str | None:
        """What the file itself calls the page."""
        return _text(lambda buffer, size: pdfium.FPDF_GetPageLabel(self.raw, number - 1, buffer, size))

    def statement(self, name: str) -> str | None:
        """What the file says of itself under "Title", "Author", "CreationDate" ..."""
        return _text(lambda buffer, size: pdfium.FPDF_GetMetaText(self.raw, name.encode(), buffer, size))

    def bookmarks(self) -> Iterator[tuple[int, str]]:
        """The outline: depth from 1, words."""
        seen: set[int] = set()
        stack: list[tuple[Any, int]] = [(pdfium.FPDFBookmark_GetFirstChild(self.raw, None), 1)]
        while stack:
            mark, depth = stack.pop()
            key = ctypes.cast(mark, ctypes.c_void_p).value if mark else None
            if key is None or key in seen or len(seen) > MOST_PAGES:
                continue
            seen.add(key)
            words = _text(lambda buffer, size, at=mark: pdfium.FPDFBookmark_GetTitle(at, buffer, size))
            if words:
                yield depth, words
            stack.append((pdfium.FPDFBookmark_GetNextSibling(self.raw, mark), depth))
            stack.append((pdfium.FPDFBookmark_GetFirstChild(self.raw, mark), depth + 1))


def _text(ask: Any) -> str | None:
    """What pdfium writes in UTF-16 into a buffer, without white space around it; None for nothing."""
    length = ask(None, 0)
    if not 2 < length <= 2 * LONGEST_STATEMENT:
        return None
    buffer = ctypes.create_string_buffer(length)
    ask(buffer, length)
    words: str = buffer.raw[: length - 2].decode("utf-16-le", "replace").replace("\x00", "").strip()
    return words or None
