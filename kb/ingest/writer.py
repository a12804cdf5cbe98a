"""Composes the canonical text of formats that are no plain text: HTML, PDF, JATS, DOCX.

Blocks are joined by a blank line, rows of a table by a line end, cells by a tab; white space inside a block is collapsed, and
nothing is put in that the source does not hold. Notes follow the body. Whatever the format, a reader says what it meets in
reading order, and parts, passages and links get their places here.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import itemgetter

import msgspec

from kb.ingest.builder import Draft, PartDraft, PassageDraft, Reading, assemble
from kb.ingest.losses import loss
from kb.ingest.words import BETWEEN_CELLS, Words, in_one_line, joined
from kb.model import Author, Document, Furniture, Page, QuoteOf, Source, Span, When
from kb.model.document import FurnitureKind, PartKind, PassageKind

BETWEEN_BLOCKS = "\n\n"
BETWEEN_ROWS = "\n"


@dataclass(slots=True)
class OpenPart:
    """A part while it is read; its fields may be set until it closes."""

    kind: PartKind
    label: str | None = None
    number: int | None = None
    heading: str | None = None
    author: Author | None = None
    date: When | None = None
    is_edited: bool = False
    host_id: str | None = None
    quote_of: QuoteOf | None = None
    level: int = 0
    order: int = 0
    start: int | None = None
    end: int = 0
    body_start: int | None = None
    body_end: int = 0

    @property
    def body(self) -> Span | None:
        """The place of its words without those of its frame; whole once the part is closed."""
        return None if self.body_start is None else Span(self.body_start, self.body_end)

    def cover(self, start: int, end: int) -> None:
        """Make the part reach over words that were written in it."""
        if self.start is None:
            self.start = start
        self.end = end

    def cover_body(self, start: int, end: int) -> None:
        """Make the part's body reach over words that are not of its frame."""
        if self.body_start is None:
            self.body_start = start
        self.body_end = end

    def cover_part(self, inner: OpenPart) -> None:
        """Make the part reach over one that was closed inside it."""
        if inner.start is not None:
            self.cover(inner.start, inner.end)
        if inner.body_start is not None:
            self.cover_body(inner.body_start, inner.body_end)


@dataclass
class _Note:
    key: str
    label: str | None
    blocks: Sequence[Words]
    page: tuple[int, str | None] | None


@dataclass
class Writer:
    """The text so far and what is open in it; `draft` takes title, authors, people and losses directly."""

    draft: Draft = field(default_factory=lambda: Draft(""))
    page: tuple[int, str | None] | None = None
    """Number and printed label of the page that the next block begins on."""
    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _stack: list[OpenPart] = field(default_factory=list)
    _notes: list[_Note] = field(default_factory=list)
    _files: list[int] = field(default_factory=list)
    _opened: int = 0
    _closed: list[tuple[int, PartDraft]] = field(default_factory=list)

    @property
    def length(self) -> int:
        """Code points written."""
        return self._length

    def text_at(self, span: Span) -> str:
        """Words written at a place."""
        return span.of("".join(self._pieces))

    def begin_file(self) -> None:
        """What is written from here on comes from the next file; nothing stays open."""
        self.close_parts()
        self.page = None
        self._files.append(self._length + (len(BETWEEN_BLOCKS) if self._length else 0))

    def write(
        self,
        kind: PassageKind,
        words: Words | str,
        lead: Span | None = None,
        anchor: str | None = None,
        *,
        label: str | None = None,
    ) -> Span | None:
        """Write a block that is a passage and give its place; None where it holds no words.

        A `label` such as "12." stands before its words in the text, as furniture.
        """
        plain = words if isinstance(words, Words) else Words(words)
        span = self._put(plain, self._after_label(label) if label else BETWEEN_BLOCKS, is_body=True)
        if span is not None:
            self.draft.passages.append(PassageDraft(kind, span, lead, plain.is_folded))
            if anchor:
                self.draft.anchors.setdefault(anchor, span)
        return span

    def row(self, cells: Sequence[Words], lead: Span | None = None, *, is_first: bool = False) -> Span | None:
        """Write one row of a table, a passage of the kind "row"; an empty cell keeps its tab, unless no words follow it.

        The tabs of empty cells at the beginning stand before the passage.
        """
        words = joined(cells)
        before = (BETWEEN_BLOCKS if is_first else BETWEEN_ROWS) + BETWEEN_CELLS * _empty_first(cells)
        span = self._put(words, before, is_body=True)
        return self._pass_on("row", span, lead, None)

    def furnish(self, kind: FurnitureKind, words: Words | str) -> Span | None:
        """Write a block that is the carrier's: in the text and in no passage."""
        span = self._put(words, BETWEEN_BLOCKS, is_body=False)
        if span is not None:
            self.draft.furniture.append(Furniture(kind, span))
        return span

    def heading(self, words: Words | str, level: int, label: str | None = None, anchor: str | None = None) -> Span | None:
        """Write a heading: sections of its level and deeper close, and the section it heads opens.

        A `label` such as "2.1" stands before its words in the text, as furniture.
        """
        plain = words if isinstance(words, Words) else Words(words)
        if not plain and not label:
            return None
        self.close_sections(level)
        self.open_part(
            "section", label=label.rstrip(".") if label else None, heading=in_one_line(plain.text) or None, level=level
        )
        span = self._put(plain, self._after_label(label), is_body=False)
        if span is not None and len(self._stack) > 1:
            self._stack[-2].cover_body(span.start, span.end)
        return self._pass_on("heading", span, None, anchor)

    def close_sections(self, level: int) -> None:
        """Close the sections of this level and deeper that are open inside the innermost part of another kind."""
        while self._stack and self._stack[-1].kind == "section" and self._stack[-1].level >= level:
            self.close_part()

    @contextmanager
    def part(self, kind: PartKind, label: str | None = None, **fields: object) -> Iterator[OpenPart]:
        """A part around what is written inside; the fields are those of `OpenPart`."""
        opened = self.open_part(kind, label, **fields)
        try:
            yield opened
        finally:
            self.close_part(opened)

    def open_part(self, kind: PartKind, label: str | None = None, **fields: object) -> OpenPart:
        """Begin a part inside those that are open."""
        opened = OpenPart(kind, label, **fields)  # type: ignore[arg-type] # the names are checked at once, the types by the tests
        opened.order = self._opened
        self._opened += 1
        self._stack.append(opened)
        return opened

    def innermost(self) -> OpenPart:
        """The part that was opened last and is still open."""
        return self._stack[-1]

    def close_part(self, opened: OpenPart | None = None) -> None:
        """End the innermost part, or `opened` with all that is still open inside it; a part without words leaves no trace."""
        if opened is not None and not any(part is opened for part in self._stack):
            return
        while self._stack:
            part = self._stack.pop()
            if part.start is not None:
                self._closed.append((part.order, _drafted(part, part.start)))
                if self._stack:
                    self._stack[-1].cover_part(part)
            if opened is None or part is opened:
                return

    def close_parts(self) -> None:
        """End every part that is open."""
        while self._stack:
            self.close_part()

    def note(self, key: str, label: str | None, blocks: Sequence[Words]) -> None:
        """Keep a note for the end of the text; links whose target is `key` lead to its first block."""
        self._notes.append(_Note(key, label, blocks, self.page))

    def finish(self, reading: Reading, source: Source) -> Document:
        """The document of all that was written. Raises `UnreadableSourceError` where that is no passage."""
        self.close_parts()
        for note in self._notes:
            self._write_note(note)
        self.draft.text = "".join(self._pieces)
        # of two parts with one place the outer comes first
        self.draft.parts += [part for _, part in sorted(self._closed, key=itemgetter(0))]
        self._check_links()
        self.draft.file_spans = tuple(self._file_spans())
        return assemble(self.draft, reading, source)

    def _file_spans(self) -> Iterator[Span]:
        for start, following in itertools.pairwise([*(self._files or [0]), self._length + len(BETWEEN_BLOCKS)]):
            first, last = min(start, self._length), min(following - len(BETWEEN_BLOCKS), self._length)
            yield Span(first, max(first, last))

    def _write_note(self, note: _Note) -> None:
        self.page = note.page
        with self.part("note", label=note.label):
            between = self._after_label(note.label)
            for number, words in enumerate(note.blocks):
                span = self._put(words, BETWEEN_BLOCKS if number else between, is_body=True)
                self._pass_on("note", span, None, None if number else note.key)

    def _after_label(self, label: str | None) -> str:
        """Write a label, if there is one, and give what parts the words that follow from it."""
        return " " if label and self.furnish("label", label) else BETWEEN_BLOCKS

    def _check_links(self) -> None:
        """Links that lead nowhere are dead, and told."""
        links = self.draft.links
        for number, link in enumerate(links):
            if link.target is not None and link.target not in self.draft.anchors:
                links[number] = msgspec.structs.replace(link, status="dead", target=None)
        dead = [link.span for link in links if link.status == "dead"]
        if dead:
            self.draft.losses.append(loss("W213", len(dead), min(dead)))

    def _pass_on(self, kind: PassageKind, span: Span | None, lead: Span | None, anchor: str | None) -> Span | None:
        if span is not None:
            self.draft.passages.append(PassageDraft(kind, span, lead))
            if anchor:
                self.draft.anchors.setdefault(anchor, span)
        return span

    def _put(self, words: Words | str, between: str, *, is_body: bool) -> Span | None:
        plain = words if isinstance(words, Words) else Words(words)
        whole = plain.text
        text = whole.strip()
        if not text:
            return None
        lead = 0 if whole[0] == text[0] else len(whole) - len(whole.lstrip())
        joint = between if self._length else between.lstrip("\n ")
        start = self._length + len(joint)
        self._pieces += (joint, text)
        self._length = end = start + len(text)
        span = Span(start, end)
        if plain.has_links:
            self.draft.links += plain.links(start - lead, span)
        if self._stack:
            part = self._stack[-1]
            part.cover(start, end)
            if is_body:
                part.cover_body(start, end)
        if self.page or plain.pages:
            self._paginate(span, plain, lead)
        return span

    def _paginate(self, span: Span, words: Words, lead: int) -> None:
        """Note the pages a block stands on: the one it begins on, and those that begin inside it."""
        turns = [(0, *self.page)] if self.page else []
        turns += [(max(0, at - lead), number, label) for at, number, label in words.pages]
        for (at, number, label), after in zip(turns, [*(turn[0] for turn in turns[1:]), len(span)], strict=True):
            if at < after:
                self._stretch(Page(Span(span.start + at, span.start + after), number, label))
        self.page = turns[-1][1:]

    def _stretch(self, page: Page) -> None:
        pages = self.draft.pages
        if pages and (pages[-1].number, pages[-1].label) == (page.number, page.label):
            page = Page(Span(pages.pop().span.start, page.span.end), page.number, page.label)
        pages.append(page)


def _empty_first(cells: Sequence[Words]) -> int:
    """How many empty cells a row begins with."""
    return next((number for number, cell in enumerate(cells) if cell), 0)


def _drafted(part: OpenPart, start: int) -> PartDraft:
    return PartDraft(
        kind=part.kind,
        span=Span(start, part.end),
        body=part.body or Span(part.end, part.end),
        label=part.label,
        number=part.number,
        heading=part.heading,
        author=part.author,
        date=part.date,
        is_edited=part.is_edited,
        host_id=part.host_id,
        quote_of=part.quote_of,
    )
