"""Tables of a JATS article: rows of cells in their columns."""

from __future__ import annotations

from collections.abc import Iterator

from kb.ingest.jats.walk import Step, Walk, into
from kb.ingest.markup.grid import Grid
from kb.ingest.markup.xml_gate import Element, children_of, local_name
from kb.model import Span

ROWS = frozenset(("tr", "row"))
ONE = (None, "1")
INSIDE = ROWS | {"thead", "tbody", "tfoot", "tgroup"}


def table(walk: Walk, element: Element) -> Step | None:
    """`table`: a passage for each row; the fullest row of its head introduces those below."""
    if walk.is_plain:
        return into(element)
    walk.end_block()
    grid = Grid()
    lead: Span | None = None
    most, is_first = 0, True
    for row, is_head in rows(element):
        cells = grid.row([(walk.gather(cell), *spans(cell)) for cell in children_of(row)])
        span = walk.writer.row(cells, None if is_head else lead, is_first=is_first)
        walk.land(span)
        is_first = is_first and span is None
        filled = sum(map(bool, cells)) if is_head else 0
        if is_head and filled >= most:
            lead, most = span or lead, filled
    return None


def rows(element: Element) -> Iterator[tuple[Element, bool]]:
    """The rows of a table, and whether each stands in its head."""
    groups: list[tuple[Element, bool]] = [(element, False)]
    while groups:
        group, is_head = groups.pop()
        if local_name(group) in ROWS:
            yield group, is_head
            continue
        inside = [child for child in children_of(group) if local_name(child) in INSIDE]
        groups += [(child, is_head or local_name(child) == "thead") for child in reversed(inside)]


def spans(cell: Element) -> tuple[int, int]:
    """How many columns and rows a cell takes."""
    columns, down, more = cell.get("colspan"), cell.get("rowspan"), cell.get("morerows")
    if columns in ONE and down in ONE and more is None:
        return 1, 1
    return _count(columns, 1), _count(down, 1) + _count(more, 0)


def _count(stated: str | None, default: int) -> int:
    return int(stated) if stated and stated.isascii() and stated.isdigit() and len(stated) < 5 else default
