"""How many pages a PDF has, before it is read: what it may cost depends on that."""

from __future__ import annotations

from kb.ingest.processes.limits import BYTES_A_PAGE


def pages_in(data: bytes) -> int:
    """The pages that a PDF states, as far as its size bears them out; 0 where it cannot be opened."""
    import pypdfium2  # noqa: PLC0415 - for PDFs alone

    try:
        with pypdfium2.PdfDocument(data) as document:
            return min(len(document), len(data) // BYTES_A_PAGE)
    except pypdfium2.PdfiumError:
        return 0
