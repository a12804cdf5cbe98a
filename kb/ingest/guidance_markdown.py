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

from kb.ingest.builder import Draft, PartDraft, assemble, read
from kb.ingest.guidance_elements import HTML_TAG, KEY_VALUE, QUOTED, RUN_IN, Element, elements
from kb.ingest.links import find_links
from kb.ingest.losses import loss
from kb.ingest.people import ORGANISATION
from kb.ingest.pieces import Lists, is_short, write_pieces
from kb.model import Document, Source, Span
from kb.model.document import PartKind
from kb.sources.detection import NUMBERED_PARAGRAPH
from kb.text.dates import parse_date
from kb.text.lines import Line, lines

CELL_BULLET = re.compile(r"[ \t]*•[ \t]*")
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
    """Where a reader stands: the parts finished, the chapter it is in, and the paragraph or box."""

    draft: Draft
    chapter: OpenPart | None = None
    leaf: OpenPart | None = None
    repaired: int = 0
    lists: Lists = field(default_factory=Lists)

    def close_leaf(self) -> None:
        self.lists = Lists()
        if self.leaf is not None:
            _close(self.draft, self.leaf)
        self.leaf = None

    def close(self) -> None:
        self.close_leaf()
        if self.chapter is not None:
            _close(self.draft, self.chapter)
        self.chapter = None

    def reach(self, end: int) -> None:
        """Let the open parts go on to `end`."""
        for part in (self.chapter, self.leaf):
            if part is not None:
                part.end = end


def ingest(files: Sequence[bytes], source: Source) -> Document:
    """The guidance's chapters, paragraphs, boxes and tables as parts."""
    reading = read(files, source)
    draft = Draft(reading.text)
    outline = Outline(draft)
    found = elements(_without_mark(draft, lines(reading.text)))
    for at, element in enumerate(found):
        _WRITERS[element.kind](outline, element, found[at + 1 :])
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


def _title(outline: Outline, element: Element, _rest: Sequence[Element]) -> None:
    span = element.span
    words = element.words or ""
    outline.draft.furnish(
        "markup",
        Span(span.start, span.end - len(words)) if words in span.of(outline.draft.text) else Span(span.start, span.start),
    )
    start = span.end - len(words) if span.of(outline.draft.text).endswith(words) else span.start
    outline.draft.title = " ".join(outline.draft.pass_on("title", Span(start, span.end)).of(outline.draft.text).split())


def _imprint(outline: Outline, element: Element, _rest: Sequence[Element]) -> None:
    outline.close()
    words = " ".join(line.words for line in element.lines)
    if outline.draft.publisher is None and not outline.draft.parts and len(words) <= 80 and ORGANISATION.search(words):
        outline.draft.publisher = words
    write_pieces(outline.draft, element.lines)


def _contents(outline: Outline, element: Element, _rest: Sequence[Element]) -> None:
    outline.close_leaf()
    outline.draft.furnish("contents", element.span)


def _key_values(outline: Outline, element: Element, _rest: Sequence[Element]) -> None:
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


def _broken_table(outline: Outline, element: Element, _rest: Sequence[Element]) -> None:
    """Rows of `<p>head</p>TAB<ul> • cell • cell`: words between tags, tabs and bullets are cells, the head leads its row."""
    draft, span = outline.draft, element.span
    outline.close_leaf()
    outline.reach(span.end)
    draft.parts.append(PartDraft("table", span, span))
    draft.losses.append(loss("W215", 1, span))
    for line in element.lines:
        head: Span | None = None
        for cell in _cells(draft, line):
            place = draft.pass_on("cell", cell, head)
            head = head or place


def _cells(draft: Draft, line: Line) -> list[Span]:
    marks = [Span(*match.span()) for match in HTML_TAG.finditer(draft.text, line.span.start, line.span.end)]
    marks += [Span(*match.span()) for match in re.finditer(r"[•|\t]", draft.text[line.span.start : line.span.end])]
    shifted = [mark if mark.start >= line.span.start else mark.shifted(line.span.start) for mark in marks]
    cells = []
    start = line.span.start
    for mark in sorted({*shifted, Span(line.span.end, line.span.end)}):
        if mark.start < start:
            continue
        draft.furnish("markup", mark)
        if draft.text[start : mark.start].strip():
            cells.append(Span(start, mark.start))
        start = mark.end
    return cells


def _chapter(outline: Outline, element: Element, _rest: Sequence[Element]) -> None:
    outline.close()
    span = element.span
    outline.chapter = OpenPart("section", span.start, element.label, element.words, end=span.end)
    outline.draft.pass_on("heading", span)


def _numbered(outline: Outline, element: Element, _rest: Sequence[Element]) -> None:
    outline.close_leaf()
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


def _heading(outline: Outline, element: Element, rest: Sequence[Element]) -> None:
    """A heading before a number only groups; one inside a box may be the box's own; others open a box."""
    draft = outline.draft
    is_own = outline.leaf is not None and _is_subheading(outline.leaf, element, rest, draft.text)
    if not is_own:
        outline.close_leaf()
        if rest and rest[0].kind in {"text", "table", "rows"}:
            outline.leaf = OpenPart("box", element.span.start, None, element.words, element.level)
    elif outline.leaf is not None:
        outline.leaf.body.append(element)
    outline.reach(element.span.end)
    marks = 0 if element.level is None else element.lines[0].words.index(element.words or "")
    draft.furnish("markup", Span(element.span.start, element.span.start + marks))
    draft.pass_on("heading", Span(element.span.start + marks, element.span.end))


def _is_subheading(box: OpenPart, element: Element, rest: Sequence[Element], text: str) -> bool:
    """Whether a heading stands inside the open box: deeper by its marks, or the box announced a series, or only quotes follow."""
    if box.kind != "box":
        return False
    if element.level is not None and box.level is not None:
        return element.level > box.level
    under = []
    for other in rest:
        if other.kind != "text":
            break
        under.append(other)
    is_announced = bool(box.body) and bool(ANNOUNCES.search(box.body[0].span.of(text)))
    return is_announced or (bool(under) and all(QUOTED.fullmatch(other.span.of(text)) for other in under))


def _text(outline: Outline, element: Element, _rest: Sequence[Element]) -> None:
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
    empty = [part.span for part in draft.parts if part.label and not len(part.body) and not _has_children(draft, part)]
    if empty:
        draft.losses.append(loss("W219", len(empty), empty[0]))


def _has_children(draft: Draft, part: PartDraft) -> bool:
    return any(other is not part and part.span.contains(other.span) for other in draft.parts)


_WRITERS = {
    "title": _title,
    "imprint": _imprint,
    "contents": _contents,
    "rows": _key_values,
    "table": _broken_table,
    "chapter": _chapter,
    "numbered": _numbered,
    "heading": _heading,
    "text": _text,
}
