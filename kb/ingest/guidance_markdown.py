"""Guidance turned from PDF into Markdown: numbered paragraphs under chapters, titled boxes, broken tables, dead links.

Parts: a chapter is a section with its number and heading, whose body is only its own words before its first paragraph; each
numbered paragraph is a section inside it ("2.4"), with the lists that follow; words under an unnumbered heading are a box until
the next number or heading; the table of keys and values and broken HTML tables are tables. Damaged numbers ("- 4.8**") are read
as meant. Markup is furniture; the asterisks of bold words stay where they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile, zip_longest

from kb.ingest.builder import Draft, PartDraft, assemble, read
from kb.ingest.guidance_elements import HTML_TAG, KEY_VALUE, QUOTED, RUN_IN, Element, elements
from kb.ingest.links import find_links
from kb.ingest.losses import loss
from kb.ingest.people import ORGANISATION
from kb.ingest.pieces import Lists, is_short, write_pieces
from kb.model import Document, Source, Span, fold
from kb.model.document import PartKind
from kb.sources.words import NUMBERED_PARAGRAPH
from kb.text.dates import parse_date
from kb.text.lines import Line, lines

HASHES = re.compile(r"#{1,6}[ \t]+")
CELL_MARK = re.compile(rf"{HTML_TAG.pattern}|[•|\t]")
PIPE_RULE = re.compile(r"\|[ \t|:-]*\|")
DATE_KEY = re.compile(
    r"(?:publication |published |issue |release )?date|published(?: on)?|(?:first |last )?(?:published|updated)", re.IGNORECASE
)
PUBLISHER_KEY = re.compile(r"publisher|published by|issued by|author\(?s?\)?|produced by", re.IGNORECASE)
ANNOUNCES = re.compile(r"\b(?:the following|as follows|(?:set out|listed|described) below)\b", re.IGNORECASE)
ILLUSTRATION = re.compile(r"\b(?:diagram|figure|illustration|flow ?chart|infographic)s?\b[^.\n]{0,40}?\bpages?\b", re.IGNORECASE)


@dataclass
class OpenPart:
    """A part whose end has not been reached."""

    kind: PartKind
    start: int
    label: str | None = None
    heading: str | None = None
    level: int | None = None
    body: list[Element] = field(default_factory=list)
    body_start: int | None = None
    end: int = 0


@dataclass
class Outline:
    """Where a reader stands: the parts finished, the chapter it is in, the paragraph or box, and the paragraphs that hold it."""

    draft: Draft
    found: Sequence[Element]
    chapter: OpenPart | None = None
    leaf: OpenPart | None = None
    above: list[OpenPart] = field(default_factory=list)
    repaired: int = 0
    lists: Lists = field(default_factory=Lists)

    def close_leaf(self) -> None:
        self.lists = Lists()
        for part in (self.leaf, *reversed(self.above)):
            if part is not None:
                _close(self.draft, part)
        self.leaf = None
        self.above = []

    def nest(self, label: str) -> None:
        """Close the parts that a paragraph of this number does not stand in: "2.1.1" stands in "2.1"."""
        chain = [part for part in (*self.above, self.leaf) if part is not None]
        kept = [part for part in chain if part.label and label.startswith(f"{part.label}.")]
        for part in reversed(chain[len(kept) :]):
            _close(self.draft, part)
        self.leaf, self.above, self.lists = None, kept, Lists()

    def close(self) -> None:
        self.close_leaf()
        if self.chapter is not None:
            _close(self.draft, self.chapter)
        self.chapter = None

    def under(self, at: int) -> list[Element]:
        """The running text right below an element."""
        return list(takewhile(lambda element: element.kind == "text", islice(self.found, at + 1, None)))

    def reach(self, end: int) -> None:
        """Let the open parts go on to `end`."""
        for part in (self.chapter, *self.above, self.leaf):
            if part is not None:
                part.end = end


def ingest(files: Sequence[bytes], source: Source) -> Document:
    """The guidance's chapters, paragraphs, boxes and tables as parts."""
    reading = read(files, source)
    draft = Draft(reading.text)
    found = elements(_without_mark(draft, lines(reading.text)))
    outline = Outline(draft, found)
    for at, element in enumerate(found):
        _WRITERS[element.kind](outline, element, at)
    outline.close()
    find_links(draft)
    _tell_losses(outline, found)
    return assemble(draft, reading, source)


def _without_mark(draft: Draft, page: tuple[Line, ...]) -> tuple[Line, ...]:
    if not draft.text.startswith("\ufeff"):
        return page
    draft.furnish("markup", Span(0, 1))
    return (Line(Span(1, page[0].span.end), page[0].text[1:]), *page[1:])


def _close(draft: Draft, part: OpenPart) -> None:
    if part.body:
        start = part.body_start if part.body_start is not None else part.body[0].span.start
        body = Span(start, part.body[-1].span.end)
    else:
        body = Span(part.end, part.end)
    draft.parts.append(PartDraft(part.kind, Span(part.start, part.end), body, part.label, None, part.heading))


def _title(outline: Outline, element: Element, _at: int) -> None:
    place = _without_marks(outline.draft, element)
    outline.draft.title = fold(outline.draft.pass_on("title", place).of(outline.draft.text))


def _without_marks(draft: Draft, element: Element) -> Span:
    """Where a heading's words stand, behind its number signs, which are furniture."""
    span = element.span
    marks = HASHES.match(span.of(draft.text))
    start = span.start + (marks.end() if marks else 0)
    draft.furnish("markup", Span(span.start, start))
    return Span(start, span.end)


def _imprint(outline: Outline, element: Element, _at: int) -> None:
    outline.close()
    words = " ".join(line.words for line in element.lines)
    if outline.draft.publisher is None and not outline.draft.parts and len(words) <= 80 and ORGANISATION.search(words):
        outline.draft.publisher = words
    write_pieces(outline.draft, element.lines)


def _contents(outline: Outline, element: Element, _at: int) -> None:
    outline.close_leaf()
    outline.draft.furnish("contents", element.span)


def _key_values(outline: Outline, element: Element, _at: int) -> None:
    outline.close_leaf()
    span = element.span
    outline.reach(span.end)
    outline.draft.parts.append(PartDraft("table", span, span))
    for line in element.lines:
        outline.draft.pass_on("row", line.place)
        match = KEY_VALUE.fullmatch(line.words)
        if match and DATE_KEY.fullmatch(match["key"].strip()):
            outline.draft.date = outline.draft.date or parse_date(match["value"])
        if match and PUBLISHER_KEY.fullmatch(match["key"].strip()):
            outline.draft.publisher = match["value"].strip()


def _table(outline: Outline, element: Element, _at: int) -> None:
    """A table part: one row a line of pipes; of `<p>head</p>TAB<ul> • cell • cell`, cells that the head leads."""
    draft, span = outline.draft, element.span
    outline.close_leaf()
    outline.reach(span.end)
    draft.parts.append(PartDraft("table", span, span))
    is_broken = bool(HTML_TAG.search(span.of(draft.text)))
    if is_broken:
        draft.losses.append(loss("W215", 1, span))
    for line in element.lines:
        if is_broken:
            _write_cells(draft, line)
        else:
            _write_row(draft, line)


def _write_row(draft: Draft, line: Line) -> None:
    place = line.place
    if PIPE_RULE.fullmatch(line.words):
        draft.furnish("markup", place)
        return
    draft.furnish("markup", Span(place.start, place.start + 1))
    draft.furnish("markup", Span(place.end - 1, place.end))
    draft.pass_on("row", Span(place.start + 1, place.end - 1))


def _write_cells(draft: Draft, line: Line) -> None:
    head: Span | None = None
    start = line.span.start
    marks = [Span(*match.span()) for match in CELL_MARK.finditer(draft.text, line.span.start, line.span.end)]
    for mark in (*marks, Span(line.span.end, line.span.end)):
        draft.furnish("markup", mark)
        if draft.text[start : mark.start].strip():
            place = draft.pass_on("cell", Span(start, mark.start), head)
            head = head or place
        start = mark.end


def _chapter(outline: Outline, element: Element, _at: int) -> None:
    outline.close()
    span = element.span
    outline.chapter = OpenPart("section", span.start, element.label, element.words, end=span.end)
    outline.draft.pass_on("heading", _without_marks(outline.draft, element))


def _numbered(outline: Outline, element: Element, _at: int) -> None:
    outline.nest(element.label or "")
    draft, first = outline.draft, element.lines[0]
    match = NUMBERED_PARAGRAPH.match(first.text)
    mark_end = first.span.start + (match.end() if match else 0)
    mark = Span(first.span.start, mark_end).trimmed(draft.text)
    outline.repaired += "*" in mark.of(draft.text) or mark.of(draft.text).startswith("- ")
    words = draft.text[mark_end : first.span.end].strip()
    heading = words.strip("*") if len(element.lines) == 1 and _is_title(words) else None
    outline.leaf = OpenPart("section", mark.start, element.label, heading, end=element.span.end)
    draft.furnish("label", mark)
    if heading:
        draft.pass_on("heading", Span(mark_end, first.span.end))
    else:
        outline.leaf.body, outline.leaf.body_start = (
            [element],
            mark_end + len(draft.text[mark_end : first.span.end]) - len(draft.text[mark_end : first.span.end].lstrip()),
        )
        rest = Line(Span(mark_end, first.span.end), draft.text[mark_end : first.span.end])
        write_pieces(draft, (rest, *element.lines[1:]), outline.lists)
    outline.reach(element.span.end)


def _is_title(words: str) -> bool:
    return is_short(words) and len(words.split()) <= 12 and "](" not in words


def _heading(outline: Outline, element: Element, at: int) -> None:
    """A heading before a number only groups; one inside a box may be the box's own; others open a box."""
    draft = outline.draft
    if outline.leaf is not None and _is_subheading(outline.leaf, element, outline.under(at), draft.text):
        outline.leaf.body.append(element)
    else:
        outline.close_leaf()
        if at + 1 < len(outline.found) and outline.found[at + 1].kind in {"text", "table", "rows"}:
            outline.leaf = OpenPart("box", element.span.start, None, element.words, element.level)
    outline.reach(element.span.end)
    draft.pass_on("heading", _without_marks(draft, element))


def _is_subheading(box: OpenPart, element: Element, under: Sequence[Element], text: str) -> bool:
    """Whether a heading stands inside the open box: deeper by its marks, or the box announced a series, or only quotes follow."""
    if box.kind != "box":
        return False
    if element.level is not None and box.level is not None:
        return element.level > box.level
    is_announced = bool(box.body) and bool(ANNOUNCES.search(box.body[0].span.of(text)))
    return is_announced or (bool(under) and all(QUOTED.fullmatch(other.span.of(text)) for other in under))


def _text(outline: Outline, element: Element, _at: int) -> None:
    run_in = RUN_IN.match(element.lines[0].words)
    if run_in and _is_aside(outline):
        outline.close_leaf()
        outline.leaf = OpenPart("box", element.span.start, None, run_in["heading"])
    holder = outline.leaf or outline.chapter
    if holder is not None:
        holder.body.append(element)
    outline.reach(element.span.end)
    write_pieces(outline.draft, element.lines, outline.lists)


def _is_aside(outline: Outline) -> bool:
    """Whether a paragraph with a title of its own may leave the numbered paragraph before it: that one announces nothing."""
    leaf = outline.leaf
    return leaf is not None and bool(leaf.body) and not leaf.body[-1].lines[-1].words.endswith(":")


def _tell_losses(outline: Outline, found: Sequence[Element]) -> None:
    draft = outline.draft
    contents = [element.span for element in found if element.kind == "contents"]
    if contents:
        draft.losses.append(loss("I204", 1, contents[0]))
    if outline.repaired:
        draft.losses.append(loss("W217", outline.repaired))
    pictures = [Span(*match.span()) for match in ILLUSTRATION.finditer(draft.text)]
    if pictures:
        draft.losses.append(loss("W218", len(pictures), pictures[0]))
    ordered = sorted(draft.parts, key=lambda part: (part.span.start, -part.span.end))
    empty = [
        part.span
        for part, following in zip_longest(ordered, ordered[1:])
        if part.label and not len(part.body) and not (following and part.span.contains(following.span))
    ]
    if empty:
        draft.losses.append(loss("W219", len(empty), empty[0]))


_WRITERS = {
    "title": _title,
    "imprint": _imprint,
    "contents": _contents,
    "rows": _key_values,
    "table": _table,
    "chapter": _chapter,
    "numbered": _numbered,
    "heading": _heading,
    "text": _text,
}
