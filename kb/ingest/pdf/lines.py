"""Runs of a page put into lines: a line is what stands in one column on one baseline, raised marks and all."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from kb.ingest.pdf.geometry import THIN, Box, Face, Run
from kb.ingest.pdf.glyphs import BULLETS, SPACE_GAP, WIDE_GAP

SMALLER = 0.86
"""A raised mark is at most this large beside the letters it hangs on."""
LARGEST_HOST = 4.0
"""In sizes of the mark: no letters that a mark hangs on are larger."""
RAISED_FROM = 0.12
"""In letter sizes above the baseline; fonts differ, printers' habits more."""
SAME_BASELINE = 0.22
LOOSE_GAP = 1.5
"""In letter sizes: what a justified line may tear its words apart."""
NARROWEST_GUTTER = 0.45
ROWS_OF_A_GUTTER = 4
WIDEST_STRETCH = 4.5
EQUAL_GAPS = 3
WIDEST_LABEL_GAP = 6.0
FEWEST_CONTENTS = 3
MOST_WALLS = 1_000
LEADER = re.compile(r"(?:[.…_·]\s?){3,}")
LABEL = re.compile(
    rf"(?:[{BULLETS}oO*–—-]|\(?(?:\d{{1,3}}(?:\.\d{{1,3}}){{0,4}}|[A-Za-z]|[ivxlIVXL]{{1,6}})[.):]{{0,2}}|(?:Table|Figure|Box)\s\d+[.:]?)"
)
"""What stands before the words of an item, a numbered paragraph or a heading."""


@dataclass
class Line:
    """Runs of one column on one baseline, from left to right."""

    runs: list[Run]
    page: int

    @cached_property
    def box(self) -> Box:
        """About the ink of its ordinary letters."""
        return Box(
            self.runs[0].x0,
            self.y - 0.75 * self.face.size,
            max(run.x1 for run in self.runs),
            self.y + 0.22 * self.face.size,
        )

    @cached_property
    def face(self) -> Face:
        """How most of its letters look."""
        weights: Counter[Face] = Counter()
        for run in self.runs:
            if not run.is_raised:
                weights[run.face] += len(run.text)
        if not weights:
            return self.runs[0].face
        return max(weights, key=lambda face: (weights[face], face))

    @cached_property
    def y(self) -> float:
        """The baseline of most of its letters."""
        return next((run.y for run in self.runs if run.face == self.face and not run.is_raised), self.runs[0].y)

    @cached_property
    def text(self) -> str:
        """Its words."""
        return "".join(piece for run, space in spaced(self.runs) for piece in (" " * space, run.text))

    @cached_property
    def tag(self) -> str:
        """The element of the structure tree that most of it belongs to."""
        return Counter(run.tag for run in self.runs).most_common(1)[0][0]

    @cached_property
    def leads_to_page(self) -> bool:
        """Whether it ends with a number far to the right, as lines of contents do."""
        last = self.runs[-1]
        return len(self.runs) > 1 and last.text.isdecimal() and last.x0 - self.runs[-2].x1 > LOOSE_GAP * last.face.size

    @cached_property
    def is_italic(self) -> bool:
        """Whether all of its letters are italic, marks aside."""
        return all(run.face.is_italic for run in self.runs if not run.is_raised)

    @cached_property
    def is_bold(self) -> bool:
        """Whether all of its letters are bold, marks and labels aside."""
        return all(run.face.is_bold for run in self.runs if not run.is_raised and run.text not in BULLETS)


def share_a_size(one: Line, other: Line) -> bool:
    """Whether some letters of two lines are equally large: small capitals do not part them."""
    return any(
        0.955 < mine.face.size / theirs.face.size < 1.047
        for mine in one.runs
        if not mine.is_raised
        for theirs in other.runs
        if not theirs.is_raised
    )


def spaced(runs: Sequence[Run]) -> Iterator[tuple[Run, bool]]:
    """Each run, and whether a space parts it from the one before."""
    before: Run | None = None
    for run in runs:
        yield run, before is not None and _is_apart(before, run)
        before = run


def _is_apart(before: Run, run: Run) -> bool:
    size = max(before.face.size, run.face.size)
    gap = run.x0 - before.x1
    if run.follows and gap < WIDE_GAP * size:
        return False
    return gap > SPACE_GAP * size


def lines_of(runs: Iterable[Run], page: int, edges: Sequence[Box] = ()) -> list[Line]:
    """The lines of a page from top to bottom, and from left to right where they stand side by side.

    `edges` are the rules and painted areas of the page: no line goes through the upright sides of a cell.
    """
    rows = _rows(sorted(runs, key=lambda run: (run.y, run.x0)))
    walls = sorted({wall for edge in edges for wall in _upright(edge)})
    lines = [Line(part, page) for part in _parted(rows, walls if len(walls) <= MOST_WALLS else [])]
    return sorted(lines, key=lambda line: (line.y, line.runs[0].x0))


def _upright(edge: Box) -> list[tuple[float, float, float]]:
    """The upright sides of a rule or an area: place, top, bottom."""
    if edge.width > edge.height and edge.height < THIN:
        return []
    sides = {edge.x0, edge.x1} if edge.width > THIN else {(edge.x0 + edge.x1) / 2}
    return [(side, edge.y0, edge.y1) for side in sides]


def _hung(runs: list[Run]) -> dict[int, int]:
    """Small runs that hang on larger letters they touch, with what they hang on; says of each whether it is raised."""
    ys = [run.y for run in runs]
    largest = max((run.face.size for run in runs), default=0.0)
    hung: dict[int, int] = {}
    for at in sorted(range(len(runs)), key=lambda at: runs[at].x0):
        run = runs[at]
        reach = min(largest, LARGEST_HOST * run.face.size)
        around = range(bisect_left(ys, run.y - reach), bisect_left(ys, run.y + reach))
        near = next((near for near in around if near != at and _holds(runs, hung, near, run)), None)
        if near is None:
            continue
        host = runs[near]
        is_chained = near in hung
        hung[at] = hung[near] if is_chained else near
        run.is_raised = host.is_raised if is_chained else host.y - run.y > RAISED_FROM * host.face.size
    return hung


def _holds(runs: list[Run], hung: dict[int, int], near: int, run: Run) -> bool:
    """Whether a run hangs on another, or goes on with one that hangs itself."""
    host = runs[near]
    if near not in hung:
        return _hangs(run, host)
    return abs(host.y - run.y) < 0.5 and 0 <= run.x0 - host.x1 < 0.4 * run.face.size


def _host(hung: dict[int, int], place: int) -> int:
    """What a run hangs on in the end."""
    while place in hung:
        place = hung[place]
    return place


def _hangs(run: Run, host: Run) -> bool:
    """Whether a run is a raised or lowered mark at the letters of another."""
    size = host.face.size
    if run.face.size > SMALLER * size or not host.y - 0.95 * size < run.y - 0.3 * run.face.size < host.y + 0.4 * size:
        return False
    if abs(host.y - run.y) < 0.08 * size:
        return False
    return -0.35 * size < run.x0 - host.x1 < 0.5 * size or -0.35 * size < host.x0 - run.x1 < 0.8 * size


def _rows(runs: list[Run]) -> list[list[Run]]:
    """All runs of a page on one baseline each, with what hangs on them, from left to right."""
    hung = _hung(runs)
    rows: list[list[Run]] = []
    row_of: dict[int, list[Run]] = {}
    at = float("-inf")
    for place, run in enumerate(runs):
        if place in hung:
            continue
        if not rows or run.y - at > SAME_BASELINE * min(run.face.size, rows[-1][0].face.size):
            rows.append([])
            at = run.y
        rows[-1].append(run)
        row_of[place] = rows[-1]
    for place in hung:
        row_of[_host(hung, place)].append(runs[place])
    return [sorted(row, key=lambda run: run.x0) for row in rows]


def _parted(rows: list[list[Run]], walls: Sequence[tuple[float, float, float]]) -> Iterator[list[Run]]:
    """Rows cut at the gaps between columns and at the sides of cells."""
    leading = _leading_to_pages(rows)
    for index, row in enumerate(rows):
        part = [row[0]]
        for run in row[1:]:
            is_cut = _is_walled(part, run, walls) or (id(run) not in leading and _is_gutter(rows, index, part, run))
            if is_cut:
                yield part
                part = []
            part.append(run)
        yield part


def _is_walled(part: list[Run], run: Run, walls: Sequence[tuple[float, float, float]]) -> bool:
    right = part[-1].x1
    if run.x0 - right < SPACE_GAP * run.face.size:
        return False
    return any(right - 1 < x < run.x0 + 1 and top < run.y - 1 < bottom for x, top, bottom in walls)


def _leading_to_pages(rows: list[list[Run]]) -> set[int]:
    """The numbers at the end of lines of contents: under each other at the right, and never falling."""
    ends: dict[int, list[Run]] = {}
    for row in rows:
        last = row[-1]
        if len(row) > 1 and last.text.isdecimal() and len(last.text) < 5 and last.x0 - row[-2].x1 > LOOSE_GAP * last.face.size:
            ends.setdefault(round(last.x1 / 2), []).append(last)
    found: set[int] = set()
    for runs in ends.values():
        numbers = [int(run.text) for run in runs]
        if len(runs) >= FEWEST_CONTENTS and numbers == sorted(numbers) and numbers[0] < numbers[-1]:
            found.update(id(run) for run in runs)
    return found


def _is_gutter(rows: list[list[Run]], index: int, part: list[Run], run: Run) -> bool:
    before = part[-1]
    right = max(other.x1 for other in part[-3:])
    size = max(before.face.size, run.face.size)
    gap = run.x0 - right
    if gap < WIDE_GAP * size or LEADER.match(run.text):
        return False
    if gap < WIDEST_LABEL_GAP * size and LABEL.fullmatch("".join(other.text for other in part)):
        return False
    is_loose = gap > LOOSE_GAP * size
    if is_loose and not (gap < WIDEST_STRETCH * size and _is_stretched(rows[index], gap)):
        return True
    strip = (right, run.x0)
    count = 1 + _supporting(rows[index + 1 :], strip, size) + _supporting(rows[index - 1 :: -1] if index else [], strip, size)
    return count >= ROWS_OF_A_GUTTER


def _is_stretched(row: Sequence[Run], gap: float) -> bool:
    """Whether a row has several gaps of one width: a justified line of few words, and no cells."""
    return sum(1 for one, other in pairwise(row) if abs(other.x0 - one.x1 - gap) < 0.15 * gap) >= EQUAL_GAPS


def _supporting(rows: Sequence[list[Run]], strip: tuple[float, float], size: float) -> int:
    """How many rows in a row leave the strip empty and have words on both sides of it."""
    left, right = strip
    count = 0
    for row in rows[:60]:
        sides = 0
        for run in row:
            if run.x1 <= left:
                sides |= 1
            elif run.x0 >= right:
                sides |= 2
            elif run.x0 < left and run.x1 > right:
                return count
            elif run.x1 - left < right - run.x0:
                left, sides = run.x1, sides | 1
            else:
                right, sides = run.x0, sides | 2
        if right - left < NARROWEST_GUTTER * size:
            return count
        count += sides == 3
    return count
