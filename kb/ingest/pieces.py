"""Blocks of lines to passages: paragraphs, list items, reference entries, notes, rows of broken tables.

Flattened pages break lines for two reasons. A PDF column breaks them to fit, and the pieces are one paragraph; a forum breaks
them because the writer did, and they are several. Which it was is told by how lines end and begin, and how full they are.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import Literal

from kb.ingest.builder import Draft, PartDraft
from kb.ingest.losses import loss
from kb.model import Span
from kb.model.document import FurnitureKind, PassageKind
from kb.text.dates import parse_date
from kb.text.lines import Line, blocks, covering

BULLET = re.compile(
    r"""
    [ \t]* (?:
        (?: [•●◦‣▪] | [*–-] (?=[ \t]) ) [ \t]* (?: [☐☑☒✓✔✗] [ \t]* )?
      | \(? \d{1,2} [.)] (?: [ \t]+ | (?=[A-Z]) )
      | \( (?: [a-h] | [ivx]{1,4} ) \) [ \t]+  |  [a-h] \) [ \t]+
    ) (?=\S)
    """,
    re.VERBOSE,
)
NUMBER_LINE = re.compile(r"\[?\d{1,3}[\].]?")
NOTE_LINE = re.compile(r"[a-z]|[*†‡§¶]{1,2}")
SECTION_NUMBER_LINE = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?")
NUMBERED_HEADING = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}\.?[ \t]+(?=[A-Z])")
RULE_LINE = re.compile(r"[-_=*~.–—]{3,}")
CELL_MARKER = re.compile(r"[*†‡✓✔✗xX]{1,2}|–|-")
NOTE_MARK = re.compile(r"(?P<mark>[*†‡§]{1,2})[ \t]*(?=[A-Z])")
BIBLIOGRAPHIC = re.compile(r"\b(?:1[89]|20)\d{2}\b")
SENTENCE_END = re.compile(r"""[.:;?!…][)\]"'”’*]*(?:\d{1,3})?\Z""")
CONTINUES = re.compile(r"""[("“‘'\[]*[a-z]|\((?=\d)""")
# A line that ends in one of these cannot be the end of anything.
OPEN_END = re.compile(r"(?:[,–—-]|\b(?:a|an|and|as|at|by|for|from|in|of|on|or|that|the|to|with|which))\Z", re.IGNORECASE)
COLUMN = 130
"""No text column is wider; a longer line was not broken to fit."""
FULL = 0.85
CELL = 40
SHORT = 60
ROWS_FROM = 5


@dataclass(frozen=True)
class Piece:
    """One passage to be: its kind, its place, and the bullet, number or letter before it."""

    kind: PassageKind
    span: Span
    mark: Span | None = None
    mark_kind: FurnitureKind = "markup"
    indent: int = 0


def write_pieces(draft: Draft, of: Sequence[Line], lists: Lists | None = None, *, rejoin: bool = False) -> None:
    """Add the passages of some lines to `draft`, with their bullets and labels as furniture; `lists` goes on from earlier lines.

    With `rejoin` a paragraph that stops in the middle of a sentence continues in the next block: a page break stood there.
    """
    found: list[list[Piece]] = []
    for block in _tables(draft, of):
        new = list(_as_items(draft.text, pieces(block), found)) if isinstance(block, tuple) else [block]
        if rejoin and found and new and _is_broken_off(draft.text, found[-1][-1], new[0]):
            last = found[-1].pop()
            new[0] = Piece("paragraph", Span(last.span.start, new[0].span.end), last.mark, last.mark_kind, last.indent)
        found.append(new)
    write_read(draft, [piece for block in found for piece in block], lists)


def _as_items(text: str, block: Iterable[Piece], found: list[list[Piece]]) -> Iterator[Piece]:
    """A block of short lines without a sentence's end is a list whose bullets are lost: three of them where words announce it."""
    plain = list(block)
    before = found[-1][-1] if found else None
    if len(plain) > 1 and plain[0].kind == "paragraph" and plain[0].span.of(text).endswith(":"):
        before = plain[0]
        yield plain.pop(0)
    enough = 3 if before is not None and introduces(before, text) else 4
    are_short = all(piece.kind == "paragraph" and piece.mark is None and _is_line_of_list(piece.span.of(text)) for piece in plain)
    is_list = are_short and len(plain) >= enough
    yield from (Piece("item", piece.span) if is_list else piece for piece in plain)


def _is_line_of_list(words: str) -> bool:
    return len(words) <= SHORT + 10 and "\n" not in words and not SENTENCE_END.search(words) and "://" not in words


def pieces(block: Sequence[Line]) -> Iterator[Piece]:
    """The passages of one block of lines that are not blank, in order."""
    index = 0
    width = _column(block)
    while index < len(block):
        taken, piece = _labelled(block, index) or _item(block, index, width) or _paragraph(block, index, width)
        yield piece
        index += taken


def _labelled(block: Sequence[Line], index: int) -> tuple[int, Piece] | None:
    """A rule, a heading with a number, or a reference entry or note behind its own number or letter."""
    line = block[index]
    if RULE_LINE.fullmatch(line.words):
        return 1, Piece("paragraph", Span(line.place.end, line.place.end), line.place, "rule")
    if is_numbered_heading(line.words):
        return 1, Piece("heading", line.place)
    note = NOTE_MARK.match(line.words)
    if note and len(line.words) > SHORT // 2:
        start = line.place.start
        return 1, Piece("note", Span(start + note.end(), line.place.end), Span(start, start + len(note["mark"])), "label")
    return _under_label(block, index)


def _under_label(block: Sequence[Line], index: int) -> tuple[int, Piece] | None:
    """What follows a number or letter that has a line of its own: a heading's words, a reference entry, a note."""
    label = block[index]
    if index + 1 == len(block):
        return None
    if SECTION_NUMBER_LINE.fullmatch(label.words) and is_short(block[index + 1].words):
        return 2, Piece("heading", block[index + 1].place, label.place, "label")
    if not _is_label(label):
        return None
    after = tuple(takewhile(lambda line: not _is_label(line), islice(block, index + 1, None)))
    kind = _labelled_kind(block, label, after) if after else None
    return (len(after) + 1, Piece(kind, covering(after), label.place, "label")) if kind else None


def _labelled_kind(block: Sequence[Line], label: Line, after: Sequence[Line]) -> Literal["reference", "note"] | None:
    if NUMBER_LINE.fullmatch(label.words):
        return "reference" if BIBLIOGRAPHIC.search(" ".join(line.words for line in after)) else None
    return None if _is_in_table(block) else "note"


def is_numbered_heading(words: str) -> bool:
    """Whether a line is a section's number and title: "4.1.1 Recommendations of the group", not "12 October 2018"."""
    match = NUMBERED_HEADING.match(words)
    return bool(match) and is_short(words) and not BULLET.match(words) and parse_date(words) is None


def is_short(words: str) -> bool:
    """Whether words could be a heading by their length and end: no full stop, not the width of a paragraph."""
    return len(words) <= 100 and not re.search(r"[.:;,!]\Z", words)


def _is_label(line: Line) -> bool:
    return bool(NUMBER_LINE.fullmatch(line.words) or NOTE_LINE.fullmatch(line.words))


def _is_in_table(block: Sequence[Line]) -> bool:
    return sum(len(line.words) <= CELL for line in block) > len(block) // 2 and any(
        CELL_MARKER.fullmatch(line.words) for line in block
    )


def _item(block: Sequence[Line], index: int, width: int) -> tuple[int, Piece] | None:
    """A bulleted or numbered item with the lines that continue it."""
    bullet = BULLET.match(block[index].text)
    if not bullet:
        return None
    taken = 1
    while index + taken < len(block) and not BULLET.match(block[index + taken].text) and not _is_label(block[index + taken]):
        before, line = block[index + taken - 1], block[index + taken]
        is_deeper = line.indent > block[index].indent
        if not (is_deeper or joins(before.words, line.words, width)):
            break
        taken += 1
    whole = covering(block[index : index + taken])
    start = block[index].span.start + bullet.end()
    mark = Span(whole.start, start)
    return taken, Piece("item", Span(start, whole.end), mark, "markup", block[index].indent)


def _paragraph(block: Sequence[Line], index: int, width: int) -> tuple[int, Piece]:
    taken = 1
    while index + taken < len(block):
        line = block[index + taken]
        starts_new = BULLET.match(line.text) or RULE_LINE.fullmatch(line.words) or is_numbered_heading(line.words)
        if starts_new or not joins(block[index + taken - 1].words, line.words, width):
            break
        taken += 1
    return taken, Piece("paragraph", covering(block[index : index + taken]))


def _column(block: Sequence[Line]) -> int:
    """The width of the column a block was broken to fit, 0 where it was not: some line must break off inside a sentence."""
    width = max(len(line.words) for line in block)
    is_broken = any(_breaks_off(a.words, b.words) and not BULLET.match(b.text) for a, b in itertools.pairwise(block))
    return width if is_broken and width <= COLUMN else 0


def _breaks_off(words: str, following: str) -> bool:
    return not SENTENCE_END.search(words) and bool(CONTINUES.match(following))


def joins(words: str, following: str, width: int) -> bool:
    """Whether two lines in a row are one paragraph, in a block broken to `width` characters (0: to none)."""
    if _breaks_off(words, following) or OPEN_END.search(words):
        return True
    is_full = len(words) + 1 + len(following.split(" ", 1)[0]) >= FULL * width
    return bool(width) and is_full


def _is_broken_off(text: str, before: Piece, after: Piece) -> bool:
    ends, begins = before.span.of(text), after.span.of(text)
    is_apart = bool(text[before.span.end : after.span.start].strip())
    if before.kind != "paragraph" or after.kind != "paragraph" or is_apart:
        return False
    return len(ends) > SHORT and len(begins) > SHORT and not SENTENCE_END.search(ends) and bool(re.match(r"[a-z]", begins))


def _tables(draft: Draft, of: Sequence[Line]) -> Iterator[tuple[Line, ...] | Piece]:
    """The blocks of some lines, with runs of table fragments turned into rows and their table part.

    Fragments are five or more short lines in a row without a sentence's end, one of them a bare mark such as "*".
    """
    run: list[tuple[Line, ...]] = []
    for block in (*blocks(of), ()):
        is_next = not (run and block) or not draft.text[run[-1][-1].span.end : block[0].span.start].strip()
        if block and is_next and all(_is_fragment(line) for line in block):
            run.append(block)
            continue
        yield from _rows(draft, run)
        run = []
        if block:
            yield block


def _is_fragment(line: Line) -> bool:
    return len(line.words) <= CELL and not re.search(r"[.?!]\Z", line.words) and "://" not in line.words


def _rows(draft: Draft, run: list[tuple[Line, ...]]) -> Iterator[tuple[Line, ...] | Piece]:
    fragments = [line for block in run for line in block]
    if len(fragments) < ROWS_FROM or not any(CELL_MARKER.fullmatch(line.words) for line in fragments):
        yield from run
        return
    span = covering(fragments)
    draft.parts.append(PartDraft("table", span, span))
    draft.losses.append(loss("W215", 1, span))
    row: list[Line] = []
    for block in run:
        if any(CELL_MARKER.fullmatch(line.words) for line in row):
            yield Piece("row", covering(row))
            row = []
        row.extend(block)
    yield Piece("row", covering(row))


@dataclass
class Lists:
    """Where a writer stands among lists: the passage before, and those that introduce the lists it is in, outermost first."""

    previous: Piece | None = None
    leads: list[tuple[int, Span]] = field(default_factory=list)


def write_read(draft: Draft, found: Sequence[Piece], lists: Lists | None = None) -> None:
    """Add pieces in order, each item with the passage that introduces its list; `lists` goes on from an earlier call."""
    lists = Lists() if lists is None else lists
    for piece in found:
        if piece.mark is not None:
            draft.furnish(piece.mark_kind, piece.mark)
        lists.leads = _leads(draft.text, lists, piece)
        place = draft.pass_on(piece.kind, piece.span, lists.leads[-1][1] if lists.leads else None)
        lists.previous = Piece(piece.kind, place, indent=piece.indent)


def _leads(text: str, lists: Lists, piece: Piece) -> list[tuple[int, Span]]:
    """The passages that introduce the lists around `piece`, each with the indent its items exceed."""
    previous = lists.previous
    if piece.kind not in {"item", "row"} or previous is None:
        return []
    if previous.kind == "item" and previous.indent < piece.indent and previous.span.of(text).endswith(":"):
        return [*lists.leads, (previous.indent, previous.span)]
    if previous.kind in {"item", "row"}:
        return [lead for lead in lists.leads if lead[0] < piece.indent]
    return [(-1, previous.span)] if introduces(previous, text) else []


def introduces(piece: Piece, text: str) -> bool:
    """Whether a list may follow: a heading, or words that end in a colon or short of a sentence's end."""
    words = piece.span.of(text)
    return piece.kind == "heading" or words.endswith((":", "–", ";")) or not SENTENCE_END.search(words)
