"""A page as blocks in reading order: tables and boxes kept whole, notes set apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.ingest.pdf.furniture import Leaf
from kb.ingest.pdf.geometry import Box
from kb.ingest.pdf.lines import Line
from kb.ingest.pdf.notes import foot_blocks
from kb.ingest.pdf.order import Block, in_order, stacked
from kb.ingest.pdf.tables import tables_of, with_titles

LARGEST_BOX = 0.85
"""Share of the page's lines or of its area, beyond which a painted area is the paper."""
NARROWEST_BOX = 60.0
LOWEST_BOX = 26.0
MOST_LINES_OF_A_BAR = 3
LARGER = 1.18
"""A painted bar behind so few lines, all so much larger than the text, is a heading and no box."""
WALL = 0.5
"""Share of the page's width: a rule so long ends what stands above it, in all columns."""
MOST_WALLS = 30
MOST_AREAS = 500
"""Painted on one page; more are a picture."""


@dataclass
class Layout:
    """The blocks of one page, and those at its foot that look like notes, each in reading order."""

    blocks: list[Block]
    foot: list[Block]


def layout_of(leaf: Leaf, body: float) -> Layout:
    """Put a page in order; `body` is the size of running text."""
    sheet = leaf.sheet
    page = Box(0.0, 0.0, sheet.width, sheet.height)
    blocks = stacked(leaf.lines, sheet.rules)
    tables, lines = tables_of(blocks, sheet.rules, sheet.areas, page)
    lines = with_titles(tables, lines)
    boxes: list[Block] = []
    for area in _boxes(sheet.areas, lines, page, body):
        inside = [line for line in lines if area.contains(line.box, slack=3.0)]
        within = [table for table in tables if area.contains(table.box, slack=3.0)]
        held = {id(line) for line in inside}
        lines = [line for line in lines if id(line) not in held]
        tables = [table for table in tables if not any(table is other for other in within)]
        boxes.append(Block("box", inside, area, inner=in_order([*stacked(inside, sheet.rules), *within])))
    if len(lines) < len(leaf.lines):
        blocks = stacked(lines, sheet.rules)
    whole = [*tables, *boxes]
    foot = foot_blocks([*blocks, *whole], body, sheet.height, sheet.rules)
    chosen = {id(block) for block in foot}
    walls = [Block("rule", area=rule) for rule in sheet.rules if rule.width > WALL * sheet.width and rule.height < rule.width]
    body_blocks = [block for block in blocks if id(block) not in chosen]
    ordered = in_order([*body_blocks, *whole, *walls[:MOST_WALLS]])
    return Layout([block for block in ordered if block.kind != "rule"], in_order(foot))


def _boxes(areas: Sequence[Box], lines: Sequence[Line], page: Box, body: float) -> list[Box]:
    """Painted areas that set some lines apart from the rest of the page, the outermost of those in each other."""
    candidates: list[Box] = []
    for area in _merged(areas) if len(areas) <= MOST_AREAS else ():
        held = [line for line in lines if area.contains(line.box, slack=3.0)]
        is_paper = area.width * area.height > LARGEST_BOX * page.width * page.height or len(held) > LARGEST_BOX * len(lines)
        is_bar = len(held) <= MOST_LINES_OF_A_BAR and all(line.face.size > LARGER * body for line in held)
        if len(held) >= 2 and not is_bar and area.width > NARROWEST_BOX and area.height > LOWEST_BOX and not is_paper:
            candidates.append(area)
    candidates.sort(key=lambda area: (-area.width * area.height, area))
    chosen: list[Box] = []
    for area in candidates:
        if not any(other.contains(area, slack=3.0) for other in chosen):
            chosen.append(area)
    return sorted(chosen, key=lambda area: (area.y0, area.x0))


def _merged(areas: Sequence[Box]) -> list[Box]:
    """Areas with those set flush on top of each other made one: a coloured head and the frame below it."""
    found: list[Box] = []
    for area in sorted(set(areas), key=lambda area: (area.y0, area.x0)):
        for at, other in enumerate(found):
            is_flush = abs(other.x0 - area.x0) < 2 and abs(other.x1 - area.x1) < 2 and area.y0 - other.y1 < 2
            if is_flush:
                found[at] = other.join(area)
                break
        else:
            found.append(area)
    return found
