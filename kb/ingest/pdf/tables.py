"""Tables: cells between ruled or shaded edges, or short words in columns under each other. Prose is never taken for one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from kb.ingest.pdf.geometry import Box
from kb.ingest.pdf.lines import Line
from kb.ingest.pdf.order import Block

NEAR = 3.5
"""Points between edges that are one."""
MOST_EDGES = 1_500
MOST_CELLS = 3_000
FILLED = 0.4
"""Share of cells with words in them, from which on a grid is a table and not a chart."""
FEWEST_ROWS = 3
LONG_CELL = 32
"""Letters of a line in a column of prose; cells of an unruled table are shorter but for one column."""
INSIDE = 0.5


def tables_of(lines: Sequence[Line], rules: Sequence[Box], areas: Sequence[Box], page: Box) -> tuple[list[Block], list[Line]]:
    """The tables of a page and the lines that stand in none."""
    tables: list[Block] = []
    left = list(lines)
    for edges in _connected(_edges(rules, areas, page)):
        table, left = _ruled(edges, left)
        if table is not None:
            tables.append(table)
    aligned, left = _aligned(left)
    return tables + aligned, left


def _edges(rules: Sequence[Box], areas: Sequence[Box], page: Box) -> list[Box]:
    """Rules, and the sides of painted cells."""
    sides = list(rules)
    for area in areas:
        if area.height < 0.5 * page.height and area.width < 0.98 * page.width:
            x0, y0, x1, y1 = area
            sides += [Box(x0, y0, x1, y0), Box(x0, y1, x1, y1), Box(x0, y0, x0, y1), Box(x1, y0, x1, y1)]
    return sides if len(sides) <= MOST_EDGES else []


def _connected(edges: Sequence[Box]) -> list[list[Box]]:
    """Edges that touch, put together."""
    groups: list[tuple[Box, list[Box]]] = []
    for edge in sorted(edges):
        wide = Box(edge.x0 - NEAR, edge.y0 - NEAR, edge.x1 + NEAR, edge.y1 + NEAR)
        members, around, others = [edge], edge, []
        for box, group in groups:
            touches = box.x0 <= wide.x1 and wide.x0 <= box.x1 and box.y0 <= wide.y1 and wide.y0 <= box.y1
            if touches and any(_touch(wide, member) for member in group):
                members, around = members + group, around.join(box)
            else:
                others.append((box, group))
        groups = [*others, (around, members)]
    return [group for box, group in sorted(groups, key=lambda pair: (pair[0].y0, pair[0].x0)) if len(group) > 3]


def _touch(one: Box, other: Box) -> bool:
    return one.x0 <= other.x1 and other.x0 <= one.x1 and one.y0 <= other.y1 and other.y0 <= one.y1


def _ruled(edges: Sequence[Box], lines: list[Line]) -> tuple[Block | None, list[Line]]:
    across = [edge for edge in edges if edge.width > edge.height]
    down = [edge for edge in edges if edge.height >= edge.width]
    area = edges[0]
    for edge in edges[1:]:
        area = area.join(edge)
    inside = [line for line in lines if _is_inside(line, area)]
    ys = _positions([edge.y0 for edge in across] + [area.y0, area.y1])
    xs = _positions([edge.x0 for edge in down] + [area.x0, area.x1])
    if len(ys) < 3 or len(inside) < 3:
        return None, lines
    if len(xs) < 3:
        xs = _columns_of(inside, area)
    if len(xs) < 3 or (len(xs) - 1) * (len(ys) - 1) > MOST_CELLS:
        return None, lines
    rows = _filled(inside, xs, ys)
    cells = [cell for row in rows for cell in row]
    if len(rows) < 2 or sum(1 for cell in cells if cell) < max(3, FILLED * len(cells)):
        return None, lines
    held = {id(line) for line in inside}
    return Block("table", inside, area, rows=rows), [line for line in lines if id(line) not in held]


def _is_inside(line: Line, area: Box) -> bool:
    x, y = (line.box.x0 + line.box.x1) / 2, (line.box.y0 + line.box.y1) / 2
    return area.holds(x, y)


def _positions(values: Iterable[float]) -> list[float]:
    """Places of edges, those that are one counted once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


def _columns_of(lines: Sequence[Line], area: Box) -> list[float]:
    """Where columns part that no rule parts: strips that no line enters, but for headings across."""
    rows: dict[int, int] = {}
    for line in lines:
        rows[round(line.y)] = rows.get(round(line.y), 0) + 1
    many = [line for line in lines if rows[round(line.y)] > 1]
    spans = sorted((line.box.x0, line.box.x1) for line in many)
    if len(spans) < 2 * 2:
        return []
    edges, reach = [area.x0], spans[0][1]
    for x0, x1 in spans[1:]:
        if x0 > reach + NEAR:
            edges.append((reach + x0) / 2)
        reach = max(reach, x1)
    return [*edges, area.x1]


def _filled(lines: Sequence[Line], xs: Sequence[float], ys: Sequence[float]) -> list[list[list[Line]]]:
    """Rows of cells of lines; rows and columns without words are left out."""
    cells: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        row = sum(1 for y in ys[1:-1] if line.box.y0 + line.box.y1 > 2 * y)
        column = sum(1 for x in xs[1:-1] if min(line.box.x0 + 2 * NEAR, (line.box.x0 + line.box.x1) / 2) > x)
        cells.setdefault((row, column), []).append(line)
    used = sorted({column for _, column in cells})
    return [[cells.get((row, column), []) for column in used] for row in sorted({row for row, _ in cells})]


def _aligned(lines: list[Line]) -> tuple[list[Block], list[Line]]:
    """Tables without rules: rows of two words or more whose columns stand under each other."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.y, line.box.x0)):
        if rows and abs(rows[-1][0].y - line.y) < 1.5:
            rows[-1].append(line)
        else:
            rows.append([line])
    tables, start = [], 0
    for end in range(1, len(rows) + 1):
        if end < len(rows) and _is_next_row(rows[end - 1], rows[end]):
            continue
        group = rows[start:end]
        start = end
        if len(group) >= FEWEST_ROWS and _is_table(group):
            tables.append(_table_of(group))
    held = {id(line) for table in tables for line in table.lines}
    return tables, [line for line in lines if id(line) not in held]


def _is_next_row(upper: Sequence[Line], lower: Sequence[Line]) -> bool:
    if len(upper) < 2 or len(lower) < 2 or lower[0].y - upper[0].y > 3 * lower[0].face.size:
        return False
    edges = [edge for line in upper for edge in (line.box.x0, line.box.x1)]
    aligned = sum(1 for line in lower if any(abs(edge - near) < NEAR for edge in (line.box.x0, line.box.x1) for near in edges))
    return aligned >= max(2, 0.6 * min(len(upper), len(lower)))


def _is_table(rows: Sequence[Sequence[Line]]) -> bool:
    """Whether rows hold figures or single words, not columns of prose: at most one column has long lines."""
    xs = _columns_of([line for row in rows for line in row], Box(0.0, 0.0, 1e6, 1e6))
    if len(xs) < 3:
        return False
    columns: list[list[Line]] = [[] for _ in xs[1:]]
    for row in rows:
        for line in row:
            middle = (line.box.x0 + line.box.x1) / 2
            columns[sum(1 for x in xs[1:-1] if middle > x)].append(line)
    long = sum(1 for column in columns if column and sum(len(line.text) for line in column) / len(column) > LONG_CELL / 2)
    figures = sum(1 for row in rows for line in row if any(letter.isdigit() for letter in line.text) and len(line.text) < 12)
    cells = sum(len(row) for row in rows)
    has_prose = any(len(line.text) > 2 * LONG_CELL for row in rows for line in row)
    return long <= 1 and not has_prose and (len(columns) > 2 or figures > 0.3 * cells)


def _table_of(rows: Sequence[Sequence[Line]]) -> Block:
    lines = [line for row in rows for line in row]
    area = lines[0].box
    for line in lines[1:]:
        area = area.join(line.box)
    xs = _columns_of(lines, area)
    ys = [area.y0, *((upper[0].y + lower[0].box.y0) / 2 for upper, lower in pairwise(rows)), area.y1]
    return Block("table", lines, area, rows=_filled(lines, xs, ys))
