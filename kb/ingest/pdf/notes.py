"""Notes at the foot of a page, told from the text by small letters at the bottom of a column and the mark they begin with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.ingest.pdf.geometry import Box
from kb.ingest.pdf.lines import Line
from kb.ingest.pdf.order import Block
from kb.ingest.pdf.paragraphs import ENDED

SMALL = 0.94
"""Notes are at most this large beside running text."""
LONGEST_HEADING = 60
HIGHEST = 0.4
"""Share of the page's height above which no note stands."""
NOTE_MARK = re.compile(r"[\[(]?(?P<mark>\d{1,3}|[*∗†‡§¶‖#]{1,3}|[a-z](?=\s*[.)\]]|\s))[.)\]]{0,2}\s*(?=\S)")


@dataclass
class Note:
    """A note: its mark, its lines, and the key that links to it use."""

    mark: str
    skip: int
    lines: list[Line]
    key: str = ""

    @property
    def page(self) -> int:
        """Where it begins."""
        return self.lines[0].page


def mark_of(line: Line) -> tuple[str, int] | None:
    """The mark a note begins with, and the letters it takes: raised, or a number or sign before words."""
    text = line.text
    match = NOTE_MARK.match(text)
    if match is None or match.end() >= len(text):
        return None
    first = line.runs[0]
    if first.is_raised and match["mark"] in first.text:
        return match["mark"], match.end()
    has_stop = text[len(match["mark"]) : match.end()].strip() != ""
    is_set_apart = match.end() > match.end("mark")
    if match["mark"].isalpha() and not has_stop:
        return None
    return (match["mark"], match.end()) if is_set_apart or not match["mark"].isdigit() else None


def foot_blocks(blocks: Sequence[Block], body: float, height: float, rules: Sequence[Box]) -> list[Block]:
    """Blocks of small letters at the foot of their columns, from the bottom up; text of the usual size stands below none of them.

    What stands under a heading is no note, nor are the columns beside it.
    """
    found: list[Block] = []
    for block in sorted(blocks, key=lambda block: -block.box.y0):
        if block.kind != "text" or block.box.y0 < HIGHEST * height:
            continue
        is_ruled = any(_stands_over(rule, block) for rule in rules)
        size = block.lines[0].face.size
        if size > SMALL * body and not (is_ruled and size <= body * 0.99):
            continue
        below = [other for other in blocks if other.box.y0 > block.box.y1 - 2 and other.box.shares_columns(block.box)]
        if all(any(other is one for one in found) for other in below):
            found.append(block)
    headed = [block.box.y0 for block in found if _has_heading(block, blocks)]
    return [block for block in found if not any(abs(block.box.y0 - y) < 1.5 * block.lines[0].face.size for y in headed)]


def _has_heading(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether a bold or larger line alone stands close above."""
    first = block.lines[0]
    return any(
        0 < first.y - other.lines[-1].y < 3 * first.face.size
        and other.box.shares_columns(block.box)
        and len(other.lines) == 1
        and (other.lines[0].is_bold or other.lines[0].face.size > 1.15 * first.face.size)
        and len(other.lines[0].text) < LONGEST_HEADING
        and not ENDED.search(other.lines[0].text)
        for other in blocks
        if other is not block and other.kind == "text"
    )


def _stands_over(rule: Box, block: Block) -> bool:
    return rule.width > 30 and 0 <= block.box.y0 - rule.y0 < 14 and rule.shares_columns(block.box)


def notes_of(blocks: Iterable[Block], wanted: set[str], latest: Note | None) -> tuple[list[Note], list[Block]]:
    """The notes in foot blocks, in reading order, and the blocks that are none.

    Lines before the first mark go on a note begun on the page before. `wanted` are the raised marks that have no note yet: a line
    begins a note when its mark is raised, or is one of these, or counts on from the note before.
    """
    notes: list[Note] = []
    others: list[Block] = []
    for block in blocks:
        is_open = bool(notes)
        kept: list[Line] = []
        for line in block.lines:
            found = mark_of(line)
            if found is not None and _is_believed(found[0], line, wanted, notes[-1] if notes else latest):
                notes.append(Note(found[0], found[1], [line]))
                is_open = True
            elif is_open:
                notes[-1].lines.append(line)
            elif latest is not None and not notes and not kept and _goes_on(latest, line):
                latest.lines.append(line)
            else:
                kept.append(line)
        if kept:
            others.append(Block("text", kept))
    return notes, others


def _is_believed(mark: str, line: Line, wanted: set[str], before: Note | None) -> bool:
    if line.runs[0].is_raised:
        return True
    if before is None or not (mark.isdecimal() and before.mark.isdecimal()):
        return mark in wanted
    is_back = before.page == line.page and int(mark) <= int(before.mark)
    return not is_back and (mark in wanted or int(mark) == int(before.mark) + 1)


def _goes_on(note: Note, line: Line) -> bool:
    """Whether a line at the head of the notes goes on with the last note of the page before."""
    last = note.lines[-1]
    if last.page not in {line.page, line.page - 1} or abs(last.face.size - line.face.size) > 0.5:
        return False
    return ENDED.search(last.text.rstrip()) is None or (last.page == line.page and len(note.lines) > 1)
