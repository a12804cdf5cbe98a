"""Digests of our own: Markdown of headings, paragraphs and lists, one statement an item.

A statement may end in a locator in brackets ("[section 2.4]"): where in the original it stands. The locator is furniture
("label"), not part of the passage; `NAME.spans.toml` beside the file is read by the checks, not here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.ingest.builder import Draft, PartDraft, assemble, read
from kb.ingest.links import find_links
from kb.ingest.pieces import Piece, pieces, write_read
from kb.model import Document, Source, Span
from kb.text.lines import Line, blocks, lines

HEADING = re.compile(r"(?P<marks>#{1,6})[ \t]+(?P<words>\S.*?)(?:[ \t]+#+)?[ \t]*")
LOCATOR = re.compile(r"\[[^\[\]]{1,200}\]\.?\Z")


def ingest(files: Sequence[bytes], source: Source) -> Document:
    """The digest's headings as nested section parts, its statements as passages without their locators."""
    reading = read(files, source)
    draft = Draft(reading.text)
    page = lines(reading.text)
    heads = [(at, match) for at, line in enumerate(page) if (match := HEADING.fullmatch(line.text.lstrip("\ufeff")))]
    first = heads[0][0] if heads else len(page)
    _write_body(draft, page[:first])
    for place, (at, match) in enumerate(heads):
        following = heads[place + 1 :]
        end = next((other for other, later in following if len(later["marks"]) <= len(match["marks"])), len(page))
        stop = following[0][0] if following else len(page)
        _write_section(draft, page[at:end], match)
        _write_body(draft, page[at + 1 : stop])
    find_links(draft)
    return assemble(draft, reading, source)


def _write_section(draft: Draft, of: Sequence[Line], match: re.Match[str]) -> None:
    line = of[0]
    shift = line.span.end - len(match.string)
    words = Span(shift + match.start("words"), shift + match.end("words"))
    draft.furnish("markup", Span(line.span.start, words.start))
    draft.furnish("markup", Span(words.end, line.span.end))
    if len(match["marks"]) == 1:
        draft.title = draft.title or match["words"]
        draft.pass_on("title", words)
        return
    draft.pass_on("heading", words)
    rest = [other for other in of[1:] if other]
    end = rest[-1].place.end if rest else line.place.end
    body = Span(rest[0].place.start, end) if rest else Span(end, end)
    draft.parts.append(PartDraft("section", Span(line.place.start, end), body, heading=match["words"]))


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
