"""The order in which a page is read: lines stacked into blocks, blocks put in order by where they stand (Breuel 2003).

Of two blocks that share columns the upper comes first. Of two that stand side by side the left comes first, unless something
between them in height reaches over both: a heading across two columns ends what stands above it. What the content stream does
plays no part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heappop, heappush
from typing import Literal

from kb.ingest.pdf.geometry import Box
from kb.ingest.pdf.lines import Line, share_a_size

STACKED_WITHIN = 2.4
"""In letter sizes from baseline to baseline: two lines farther apart belong to two blocks."""
COLUMN_WITHIN = 4.0
MOST_BLOCKS = 300
"""On a page; one with more is a map or a chart, and read from top to bottom. The fullest page of text measured has 60."""
COMPARED = 400_000
FEWEST_ACROSS = 8
"""Of the widest blocks: what may stand between two others. All of them on pages of text, fewer on pages full of crumbs."""
UNDERLINED = 0.3
"""In letter sizes below a baseline: a rule nearer than this underlines words."""


@dataclass
class Block:
    """Lines below each other, or a thing read whole: a table or a box with blocks of its own."""

    kind: Literal["text", "box", "table", "rule"]
    lines: list[Line] = field(default_factory=list)
    area: Box | None = None
    inner: list[Block] = field(default_factory=list)
    rows: list[list[list[Line]]] = field(default_factory=list)
    """For a table: rows of cells of lines."""
    title: list[Line] = field(default_factory=list)
    """For a table: the line or lines that stand over it."""

    @cached_property
    def box(self) -> Box:
        """Where it stands."""
        if self.area is not None:
            return self.area
        box = self.lines[0].box
        for line in self.lines[1:]:
            box = box.join(line.box)
        return box


def stacked(lines: Sequence[Line], rules: Sequence[Box] = ()) -> list[Block]:
    """Blocks of lines, each of which has exactly the next below it and exactly the one before above it.

    Letters of another size and a rule across begin another block.
    """
    ordered = sorted(lines, key=lambda line: (line.y, line.box.x0))
    places = [(line.y, line.box.x0, line.box.x1, line.face.size) for line in ordered]
    below = [_next_to(places, at, 1) for at in range(len(ordered))]
    above = [_next_to(places, at, -1) for at in range(len(ordered))]
    blocks: list[list[Line]] = []
    holder: dict[int, int] = {}
    for at, line in enumerate(ordered):
        upper = above[at][0] if len(above[at]) == 1 else None
        if upper is not None and below[upper] == [at] and _goes_on(ordered[upper], line, rules):
            holder[at] = holder[upper]
            blocks[holder[at]].append(line)
        else:
            holder[at] = len(blocks)
            blocks.append([line])
    return [Block("text", found) for found in blocks]


def _goes_on(upper: Line, lower: Line, rules: Sequence[Box]) -> bool:
    sizes = sorted((upper.face.size, lower.face.size))
    if lower.y - upper.y > STACKED_WITHIN * sizes[1] or not share_a_size(upper, lower):
        return False
    top, bottom = upper.y + UNDERLINED * upper.face.size, lower.y - 0.5 * lower.face.size
    return not any(top < rule.y0 < bottom and rule.shares_columns(lower.box) and rule.width > rule.height for rule in rules)


def _next_to(places: Sequence[tuple[float, float, float, float]], at: int, step: int) -> list[int]:
    """The lines that stand directly below (or above, with step -1) one: in sight of it, and not behind one another.

    A place is baseline, left edge, right edge and letter size.
    """
    y, x0, x1, size = places[at]
    found: list[int] = []
    seen: list[tuple[float, float]] = []
    reach = 3 * STACKED_WITHIN * size
    other = at + step
    while 0 <= other < len(places):
        near_y, left, right, near_size = places[other]
        distance = abs(near_y - y)
        if distance > reach:
            break
        shares = right - x0 > 0.5 and x1 - left > 0.5 and distance > 0.3 * min(size, near_size)
        if shares and not any(right - first > 0.5 and last - left > 0.5 for first, last in seen):
            found.append(other)
            seen.append((left, right))
            if left <= x0 and x1 <= right:
                break
        other += step
    return found


def in_order(blocks: Sequence[Block]) -> list[Block]:
    """Blocks as they are read; where the rules go round in a circle, the uppermost of what is left comes first."""
    if len(blocks) > MOST_BLOCKS:
        return sorted(blocks, key=lambda block: (block.box.y0, block.box.x0))
    boxes = _columns([block.box for block in blocks])
    budget = max(FEWEST_ACROSS, COMPARED // max(1, len(boxes) ** 2))
    across = sorted(range(len(boxes)), key=lambda at: -boxes[at].width)[:budget]
    walls = [boxes[at] for at in sorted(across)]
    after: list[list[int]] = [[] for _ in boxes]
    waits = [0] * len(boxes)
    for one in range(len(boxes)):
        for other in range(len(boxes)):
            if one != other and _is_before(boxes[one], boxes[other], walls):
                after[one].append(other)
                waits[other] += 1
    return [blocks[at] for at in _sorted(boxes, after, waits)]


def _sorted(boxes: Sequence[Box], after: Sequence[Sequence[int]], waits: list[int]) -> list[int]:
    """Places in an order that keeps what goes before what; `waits` counts what each one waits for."""
    places = sorted(range(len(boxes)), key=lambda at: (boxes[at].y0, boxes[at].x0, at))
    rank = {at: number for number, at in enumerate(places)}
    free = [rank[at] for at in places if not waits[at]]
    done: dict[int, None] = {}
    rest = iter(places)
    while len(done) < len(places):
        at = places[heappop(free)] if free else next(at for at in rest if at not in done)
        if at in done:
            continue
        done[at] = None
        for other in after[at]:
            waits[other] -= 1
            if not waits[other] and other not in done:
                heappush(free, rank[other])
    return list(done)


def _is_before(a: Box, b: Box, walls: Sequence[Box]) -> bool:
    """Whether one is read before another; `walls` may stand between them."""
    if a.shares_columns(b):
        return a.y0 + a.y1 < b.y0 + b.y1 if (a.y0 < b.y0) == (a.y1 < b.y1) else a.y0 < b.y0
    if a.y0 >= b.y1 and not _are_columns(a, b, walls):
        return False
    if a.x0 > b.x0:
        return a.y1 <= b.y0 and not _are_columns(b, a, walls)
    top, bottom = (a.y1, b.y0) if a.y1 <= b.y0 else (b.y1, a.y0)
    return top > bottom or not any(
        c.y0 >= top - 2 and c.y1 <= bottom + 2 and c.shares_columns(a) and c.shares_columns(b) for c in walls
    )


def _are_columns(lower: Box, upper: Box, others: Sequence[Box]) -> bool:
    """Whether something stands beside one of two boxes in the column of the other."""
    return any(
        (c.shares_columns(lower) and not c.shares_columns(upper) and c.y0 < upper.y1 and upper.y0 < c.y1)
        or (c.shares_columns(upper) and not c.shares_columns(lower) and c.y0 < lower.y1 and lower.y0 < c.y1)
        for c in others
    )


def _columns(boxes: Sequence[Box]) -> list[Box]:
    """Boxes as wide as the column they stand in: that of the nearest wider one below or above, if nothing is beside."""
    blocks = [box for box in boxes if box.height > 3]
    return [_column(box, blocks) if box.height > 3 else box for box in boxes]


def _column(box: Box, boxes: Sequence[Box]) -> Box:
    reach = COLUMN_WITHIN * max(box.height, 10.0)
    for distances in (
        [(other.y0 - box.y1, other) for other in boxes],
        [(box.y0 - other.y1, other) for other in boxes],
    ):
        near = [(gap, other) for gap, other in distances if -2 < gap < min(reach, 40.0) and other.shares_columns(box)]
        if near:
            _, other = min(near)
            if other.x0 - 1 <= box.x0 and box.x1 <= other.x1 + 1:
                return _widened(box, other, boxes)
    return box


def _widened(box: Box, column: Box, boxes: Sequence[Box]) -> Box:
    """A box as wide as another, if nothing stands beside it there."""
    wide = Box(column.x0, box.y0, column.x1, box.y1)
    beside = any(
        other is not box and other is not column and other.shares_columns(wide) and other.y0 < box.y1 and box.y0 < other.y1
        for other in boxes
    )
    return box if beside else wide
