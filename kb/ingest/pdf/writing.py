"""What was read goes into the text: headings open sections, items follow what introduces them, notes stand at the end."""

from __future__ import annotations

from collections.abc import Sequence

from kb.ingest.pdf.compose import Composer
from kb.ingest.pdf.flow import Boxed, Flow, Table
from kb.ingest.pdf.glyphs import BULLETS
from kb.ingest.pdf.lines import Line
from kb.ingest.pdf.paragraphs import Paragraph
from kb.ingest.words import Words
from kb.ingest.writer import Writer
from kb.model import Span

BELOW_HEADINGS = 10
"""Numbered paragraphs are sections of their own below every heading."""
INTRODUCES = (":", "-", "–", "—", ";")


class Scribe:
    """Writes the flow of a document."""

    def __init__(self, writer: Writer, composer: Composer) -> None:
        self._writer, self._composer = writer, composer
        self._latest: tuple[Span, str] | None = None
        self._lead: Span | None = None

    def write(self, flow: Flow) -> None:
        """All items, then the notes."""
        for item in flow.items:
            if isinstance(item, Boxed):
                self._box(item)
            elif isinstance(item, Table):
                self._table(item)
            else:
                self._paragraph(item)
        for note in flow.notes:
            self._turn(note.lines[0])
            self._writer.note(note.key, note.mark, [self._composer.words(note.lines, note.skip)])

    def _turn(self, line: Line) -> None:
        self._writer.page = (line.page, self._composer.labels.get(line.page))

    def _box(self, box: Boxed) -> None:
        head = next((item for item in box.items if isinstance(item, Paragraph)), None)
        heading = head.text if head is not None and head.kind in {"heading", "title"} else None
        with self._writer.part("box", heading=heading):
            for item in box.items:
                if isinstance(item, Table):
                    self._table(item)
                elif item.kind in {"heading", "title"}:
                    self._turn(item.first)
                    self._writer.write("heading", self._composer.words(item.lines), anchor=item.key)
                else:
                    self._paragraph(item)
        self._latest = self._lead = None

    def _table(self, table: Table) -> None:
        lead = self._latest[0] if self._latest and self._latest[1].endswith(INTRODUCES) else None
        with self._writer.part("table"):
            for number, row in enumerate(table.rows):
                cells = [self._composer.words(cell) if cell else Words() for cell in row]
                first = next((cell[0] for cell in row if cell), None)
                if first is not None:
                    self._turn(first)
                    self._writer.row(cells, lead, is_first=number == 0)
        self._lead = None

    def _paragraph(self, paragraph: Paragraph) -> None:
        self._turn(paragraph.first)
        words = self._composer.words(paragraph.lines, paragraph.skip)
        label = paragraph.label if paragraph.label and paragraph.label not in BULLETS + "*-–—o" else None
        if paragraph.kind == "heading" and not paragraph.in_box:
            self._writer.heading(words, paragraph.level, label, anchor=paragraph.key)
            self._latest = self._lead = None
            return
        if paragraph.kind == "contents":
            self._writer.furnish("contents", words)
            return
        self._running(paragraph, words, label)

    def _running(self, paragraph: Paragraph, words: Words, label: str | None) -> None:
        writer = self._writer
        if paragraph.kind == "title":
            writer.draft.title = writer.draft.title or words.text.replace("\n", " ")
            writer.write("title", words, anchor=paragraph.key)
        elif paragraph.kind == "item" and label and _points(label):
            level = BELOW_HEADINGS + _points(label)
            writer.close_sections(level)
            writer.open_part("section", label=label.rstrip("."), level=level)
            span = writer.write("paragraph", words, anchor=paragraph.key, label=label)
            self._remember(span, words)
        elif paragraph.kind == "item":
            if self._lead is None and self._latest and self._latest[1].rstrip().endswith(INTRODUCES):
                self._lead = self._latest[0]
            writer.write("item", words, self._lead, paragraph.key, label=label)
        else:
            kind = paragraph.kind if paragraph.kind in {"caption", "reference"} else "paragraph"
            span = writer.write(kind, words, anchor=paragraph.key, label=label)
            self._remember(span, words)

    def _remember(self, span: Span | None, words: Words) -> None:
        self._lead = None
        self._latest = (span, words.ending) if span is not None else None


def _points(label: str) -> int:
    """The points inside a paragraph's number: 1 for "4.12", 0 for what is no such number."""
    parts: Sequence[str] = label.rstrip(".").split(".")
    return len(parts) - 1 if all(part.isdecimal() for part in parts) else 0
