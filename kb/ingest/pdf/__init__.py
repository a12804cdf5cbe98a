"""PDF: characters with their places from pdfium, everything else by geometry of our own."""

from __future__ import annotations

from collections.abc import Sequence

from kb.errors import UnreadableSourceError
from kb.ingest.builder import named, read_binary
from kb.ingest.pdf.addresses import addressed
from kb.ingest.pdf.compose import Composer, Hyphens, Resolve
from kb.ingest.pdf.flow import Flow, Places, flow_of
from kb.ingest.pdf.furniture import Leaf, without_furniture
from kb.ingest.pdf.headings import mark_headings
from kb.ingest.pdf.lines import lines_of
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
    for data, path in named(files, source):
        writer.begin_file()
        _write(writer, data, path)
    return writer.finish(reading, source)


def _write(writer: Writer, data: bytes, path: str) -> None:
    checked = check(data, path)
    opened = Opened(data, path)
    try:
        numbers = [number for number in range(1, _pages(opened, checked) + 1) if number not in checked.too_large]
        sheets = [sheet for number in numbers if (sheet := opened.sheet(number)) is not None]
        outline = list(opened.bookmarks())
    finally:
        opened.close()
    leaves = [Leaf(sheet, lines_of(addressed(sheet.runs, sheet.addresses), sheet.number)) for sheet in sheets]
    leaves, printed = without_furniture(leaves)
    flow = flow_of(leaves)
    mark_headings(flow, outline)
    labels = {leaf.sheet.number: leaf.sheet.label or printed.get(leaf.sheet.number) for leaf in leaves}
    hyphens = Hyphens()
    for leaf in leaves:
        for line in leaf.lines:
            hyphens.learn(line)
    places = Places(flow, {leaf.sheet.number: leaf for leaf in leaves})
    composer = Composer(hyphens, _resolver(flow), places.key, labels)
    Scribe(writer, composer).write(flow)


def _pages(opened: Opened, checked: Checked) -> int:
    return opened.page_count if checked.page_count is None else min(opened.page_count, checked.page_count)


def _resolver(flow: Flow) -> Resolve:
    notes = {(note.page, note.mark): note.key for note in reversed(flow.notes)}
    listed = {paragraph.key for paragraph in flow.paragraphs() if paragraph.kind == "reference"}

    def resolve(mark: str, page: int) -> tuple[LinkRelation, str | None]:
        for near in (page, page + 1):
            if (near, mark) in notes and (near == page or (near, mark) not in flow.marks):
                return "note", notes[near, mark]
        for kind, relation in (("note", "note"), ("reference", "citation")):
            if f"{kind}.{mark}" in listed:
                return relation, f"{kind}.{mark}"
        return "note", None

    return resolve
