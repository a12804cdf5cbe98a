"""Digests of our own: Markdown of headings, paragraphs and lists, one statement an item.

A statement may end in a locator in brackets ("[section 2.4]"): where in the original it stands. The locator is furniture
("label"), not part of the passage; `NAME.spans.toml` beside the file is read by the checks, not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from kb.ingest.builder import Draft, PartDraft, assemble, read
from kb.ingest.links import find_links
from kb.ingest.pieces import Piece, pieces, write_read
from kb.model import Document, Source, Span
from kb.text.lines import Line, blocks, lines

HEADING = re.compile(r"\ufeff?(?P<marks>#{1,6})[ \t]+(?P<words>\S.*)")
LOCATOR = re.compile(r"\[[^\[\]]{1,200}\]\.?\Z")


@dataclass(frozen=True)
class Heading:
    """A heading line: its index, its level, its words and where they stand."""

    at: int
    line: Line
    level: int
    place: Span
    words: str


def ingest(files: Sequence[bytes], source: Source) -> Document:
    """The digest's headings below the first level as nested section parts, its statements as passages without their locators."""
    reading = read(files, source)
    draft = Draft(reading.text)
    page = lines(reading.text)
    heads = list(_headings(page))
    ends = _section_ends(heads, page)
    stops = [head.at for head in heads] + [len(page)]
    _write_body(draft, page[: stops[0]])
    for head, stop, end in zip(heads, stops[1:], ends, strict=True):
        _write_section(draft, head, page[head.at + 1 : stop], end)
        _write_body(draft, page[head.at + 1 : stop])
    find_links(draft)
    return assemble(draft, reading, source)


def _headings(page: Sequence[Line]) -> Iterator[Heading]:
    for at, line in enumerate(page):
        match = HEADING.fullmatch(line.text)
        if match:
            words = _unclosed(match["words"])
            start = line.span.start + match.start("words")
            yield Heading(at, line, len(match["marks"]), Span(start, start + len(words)), words)


def _unclosed(words: str) -> str:
    """The words of a heading without blanks and closing marks at its end; marks right behind a letter are its own."""
    words = words.rstrip(" \t")
    bare = words.rstrip("#")
    return bare.rstrip(" \t") if bare[-1:] in {" ", "\t"} else words


def _section_ends(heads: Sequence[Heading], page: Sequence[Line]) -> list[int]:
    """Where each section's last word ends: before the next heading of its level or above."""
    word_ends = list(accumulate((line.place.end if line else 0 for line in page), max))
    ends = [0] * len(heads)
    waiting: list[int] = []
    for number, head in enumerate(heads):
        while waiting and heads[waiting[-1]].level >= head.level:
            ends[waiting.pop()] = word_ends[head.at - 1]
        waiting.append(number)
    return [end or word_ends[-1] for end in ends]


def _write_section(draft: Draft, head: Heading, under: Sequence[Line], end: int) -> None:
    draft.furnish("markup", Span(head.line.span.start, head.place.start))
    draft.furnish("markup", Span(head.place.end, head.line.span.end))
    if head.level == 1:
        draft.title = draft.title or head.words
        draft.pass_on("title", head.place)
        return
    draft.pass_on("heading", head.place)
    first = next((line.place.start for line in under if line), head.place.end)
    draft.parts.append(PartDraft("section", Span(head.line.place.start, end), Span(min(first, end), end), heading=head.words))


def _write_body(draft: Draft, of: Sequence[Line]) -> None:
    found = [_without_locator(draft, piece) for block in blocks(of) for piece in pieces(block)]
    write_read(draft, found)


def _without_locator(draft: Draft, piece: Piece) -> Piece:
    match = LOCATOR.search(piece.span.of(draft.text))
    if not match or not match.start():
        return piece
    locator = Span(piece.span.start + match.start(), piece.span.end)
    draft.furnish("label", locator)
    return Piece(piece.kind, Span(piece.span.start, locator.start), piece.mark, piece.mark_kind, piece.indent)
