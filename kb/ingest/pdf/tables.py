"""Tables: cells between ruled or shaded edges, or short words in columns under each other. Prose is never taken for one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from kb.ingest.pdf.geometry import Box
from kb.ingest.pdf.lines import Line
from kb.ingest.pdf.order import Block
from kb.ingest.pdf.paragraphs import CAPTION

NEAR = 3.5
"""Points between edges that are one."""
MOST_EDGES = 800
MOST_CELLS = 3_000
FILLED = 0.4
"""Share of cells with words in them, from which on a grid is a table and not a chart."""
FEWEST_ROWS = 3
LONG_CELL = 32
"""Letters of a line in a column of prose; cells of an unruled table are shorter but for one column."""
TITLE_WITHIN = 2.2
"""In letter sizes over a table."""


def tables_of(blocks: Sequence[Block], rules: Sequence[Box], areas: Sequence[Box], page: Box) -> tuple[list[Block], list[Line]]:
    """The tables of a page, made of stacked lines, and the lines that stand in none."""
    lines = [line for block in blocks for line in block.lines]
    tables: list[Block] = []
    left = list(lines)
    for edges in _connected(_edges(rules, areas, page)):
        table, left = _ruled(edges, left)
        if table is not None:
            tables.append(table)
    aligned, left = _aligned(left, {id(line) for block in blocks if _is_prose(block) for line in block.lines})
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
    rows = _split(_filled(inside, xs, ys))
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


def _aligned(lines: list[Line], prose: set[int]) -> tuple[list[Block], list[Line]]:
    """Tables without rules: rows of two words or more whose columns stand under each other."""
    rows = _rows(lines, prose)
    tables: list[Block] = []
    start = 0
    for end in range(1, len(rows) + 1):
        if end < len(rows) and _is_next_row(rows[end - 1], rows[end]):
            continue
        group = rows[start:end]
        start = end
        if len(group) >= FEWEST_ROWS and _is_table(group):
            tables.append(_table_of(group))
    held = {id(line) for table in tables for line in table.lines}
    return tables, [line for line in lines if id(line) not in held]


def _rows(lines: Sequence[Line], prose: set[int]) -> list[list[Line]]:
    """Rows of lines on one baseline, without those that stand in a column of running text."""
    rows: dict[int, list[Line]] = {}
    for line in sorted(lines, key=lambda line: (line.y, line.box.x0)):
        key = next((key for key in (round(line.y), round(line.y) - 1) if key in rows), round(line.y))
        rows.setdefault(key, []).append(line)
    return [kept for row in rows.values() if (kept := [line for line in row if id(line) not in prose])]


def _is_prose(block: Block) -> bool:
    """Whether a stack of lines is a column of text: its lines are long, and most fill its width."""
    if len(block.lines) < FEWEST_ROWS:
        return False
    width = block.box.width
    full = sum(1 for line in block.lines if line.box.width > 0.8 * width)
    letters = sum(len(line.text) for line in block.lines) / len(block.lines)
    return full >= 0.5 * len(block.lines) and letters > LONG_CELL * 0.9


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


def _split(rows: list[list[list[Line]]]) -> list[list[list[Line]]]:
    """Rows that no rule parts, under a head that one does: a line of the first column beside lines of others begins a row."""
    if not 1 < len(rows) <= FEWEST_ROWS:
        return rows
    return [piece for row in rows for piece in (_by_baselines(row) if _holds_rows(row) else [row])]


def _holds_rows(row: Sequence[Sequence[Line]]) -> bool:
    filled = [cell for cell in row if cell]
    lengths = [len(line.text.rstrip(" .")) for cell in filled for line in cell]
    starts = [line for line in row[0] if _beside(row, line) >= 0.5 * (len(row) - 1)]
    is_prose = any(line.text[:1].islower() for line in starts) or sum(lengths) > LONG_CELL * len(lengths)
    return len(row) > 1 and len(starts) > 1 and not is_prose


def _beside(row: Sequence[Sequence[Line]], line: Line) -> int:
    """How many other cells have a line on the same baseline."""
    return sum(1 for cell in row[1:] if any(abs(other.y - line.y) < 1.5 for other in cell))


def _by_baselines(row: Sequence[Sequence[Line]]) -> list[list[list[Line]]]:
    tops = [line.y - 1.5 for line in row[0] if _beside(row, line) >= 0.5 * (len(row) - 1)]
    pieces: list[list[list[Line]]] = [[[] for _ in row] for _ in tops]
    for column, cell in enumerate(row):
        for line in cell:
            pieces[max(0, sum(1 for top in tops if line.y >= top) - 1)][column].append(line)
    return pieces


def with_titles(tables: Sequence[Block], lines: list[Line]) -> list[Line]:
    """Give each table the line that stands alone over it, so that it stays with it; gives the lines left."""
    left = list(lines)
    for table in tables:
        box = table.box
        near = [line for line in left if line.box.shares_columns(box) and 0 <= box.y0 - line.y < TITLE_WITHIN * line.face.size]
        if len(near) != 1:
            continue
        line = near[0]
        beside = [
            other
            for other in left
            if other is not line and other.box.shares_columns(box) and abs(other.y - line.y) < 2 * line.face.size
        ]
        if not beside and _belongs(line, box):
            table.title = [line]
            table.area = box.join(line.box)
            del table.box
            left = [other for other in left if other is not line]
    return left


def _belongs(line: Line, box: Box) -> bool:
    """Whether a line is set over a table rather than down to it: in its middle, or at its edge in letters of its own."""
    is_centred = abs((line.box.x0 + line.box.x1) - (box.x0 + box.x1)) < 0.04 * box.width and line.box.width < 0.8 * box.width
    is_caption = CAPTION.match(line.text) is not None or line.is_bold
    return is_centred or (is_caption and abs(line.box.x0 - box.x0) < 12)
