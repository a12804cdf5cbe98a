"""PDF: characters with their places from pdfium, everything else by geometry of our own."""

from __future__ import annotations

from collections.abc import Sequence

from kb.ingest.builder import named, read_binary
from kb.ingest.pdf.addresses import addressed
from kb.ingest.pdf.compose import Composer, Hyphens, Resolve
from kb.ingest.pdf.flow import Flow, Places, flow_of
from kb.ingest.pdf.furniture import Leaf, without_furniture
from kb.ingest.pdf.geometry import Sheet
from kb.ingest.pdf.headings import mark_headings
from kb.ingest.pdf.lines import lines_of
from kb.ingest.pdf.metadata import state
from kb.ingest.pdf.missing import losses_of, refuse_wordless
from kb.ingest.pdf.opened import Opened
from kb.ingest.pdf.preflight import Checked, check
from kb.ingest.pdf.writing import Scribe
from kb.ingest.writer import Writer
from kb.model import Document, Source
from kb.model.document import LinkRelation

__all__ = ["ingest"]


def ingest(files: Sequence[bytes], source: Source) -> Document:
    """Pages in reading order, whatever the order they were drawn in."""
    reading = read_binary(files, source, "pdf")
    writer = Writer()
    for number, (data, path) in enumerate(named(files, source)):
        writer.begin_file()
        _write(writer, data, path, f"{number}.")
    return writer.finish(reading, source)


def _write(writer: Writer, data: bytes, path: str, prefix: str) -> None:
    checked = check(data, path)
    opened = Opened(data, path)
    try:
        numbers = [number for number in range(1, _pages(opened, checked) + 1) if number not in checked.too_large]
        sheets = [sheet for number in numbers if (sheet := opened.sheet(number)) is not None]
        refuse_wordless(sheets, path)
        flow, composer = _understood(sheets, list(opened.bookmarks()), prefix)
        Scribe(writer, composer).write(flow)
        state(writer.draft, flow, opened)
    finally:
        opened.close()
    writer.draft.losses += losses_of(sheets, too_large=len(checked.too_large), unopened=len(numbers) - len(sheets))


def _understood(sheets: Sequence[Sheet], outline: Sequence[tuple[int, str]], prefix: str) -> tuple[Flow, Composer]:
    """All pages in reading order, and what makes words of their lines."""
    leaves = [
        Leaf(sheet, lines_of(addressed(sheet.runs, sheet.addresses), sheet.number, [*sheet.rules, *sheet.areas]))
        for sheet in sheets
    ]
    leaves, printed = without_furniture(leaves)
    flow = flow_of(leaves, prefix)
    mark_headings(flow, outline)
    labels = {leaf.sheet.number: leaf.sheet.label or printed.get(leaf.sheet.number) for leaf in leaves}
    hyphens = Hyphens()
    for leaf in leaves:
        for line in leaf.lines:
            hyphens.learn(line)
    places = Places(flow, {leaf.sheet.number: leaf for leaf in leaves})
    return flow, Composer(hyphens, _resolver(flow), places.key, labels)


def _pages(opened: Opened, checked: Checked) -> int:
    known = opened.page_count if checked.page_count is None else checked.page_count
    return min(opened.page_count, known)


def _resolver(flow: Flow) -> Resolve:
    notes = {(note.page, note.mark): note.key for note in reversed(flow.notes)}
    listed = {paragraph.key for paragraph in flow.paragraphs() if paragraph.kind == "reference"}

    def resolve(mark: str, page: int) -> tuple[LinkRelation, str | None]:
        for near in (page, page + 1):
            if (near, mark) in notes and (near == page or (near, mark) not in flow.marks):
                return "note", notes[near, mark]
        reference, note = f"{flow.prefix}reference.{mark}", f"{flow.prefix}note.{mark}"
        if reference in listed:
            return "citation", reference
        return "note", note if note in listed else None

    return resolve
