"""Tables of a Word document: rows of cells in their columns, and tables that only place things on the page."""

from __future__ import annotations

from collections.abc import Iterator

from kb.ingest.docx.walk import Step, Story, Walk
from kb.ingest.markup.xml_gate import Element, local_name
from kb.ingest.words import Words
from kb.model import Span

WIDEST = 200
FIRST_ROW = 0x20
"""The bit of a table's look that gives its first row a look of its own."""


def table(walk: Walk, element: Element) -> Step | None:
    """`tbl`: a passage for each row. One cell alone is a box; one column, or headings inside, only place things."""
    rows = list(_within(element, "tr"))
    if walk.story.blocks is not None:
        return iter(element), None
    if _is_layout(walk, element, rows):
        return _placed(walk, element, rows)
    walk.latest = None
    with walk.writer.part("table"):
        _write_rows(walk, element, rows)
    return None


def _within(element: Element, name: str) -> Iterator[Element]:
    """The rows of a table, or the cells of a row, whatever they are wrapped in; not those of tables inside."""
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif local_name(child) == name:
            yield child
        elif local_name(child) in {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"}:
            stack.append(iter(child))


def _is_layout(walk: Walk, element: Element, rows: list[Element]) -> bool:
    cells = sum(1 for row in rows for _ in _within(row, "tc"))
    if cells <= len(rows) or next(element.iterdescendants(f"{walk.w}tbl"), None) is not None:
        return True
    styles = (style.get(f"{walk.w}val") for style in element.iter(f"{walk.w}pStyle"))
    return any((walk.known.styles.style(style).level or 0) > 0 for style in styles)


def _placed(walk: Walk, element: Element, rows: list[Element]) -> Step:
    """Its words as blocks; one cell that stands alone is a box."""
    if len(rows) > 1:
        return iter(element), None
    opened = walk.writer.open_part("box")

    def leave() -> None:
        walk.writer.close_part(opened)
        walk.latest = None

    return iter(element), leave


def _write_rows(walk: Walk, element: Element, rows: list[Element]) -> None:
    lead: Span | None = None
    is_first = True
    for number, row in enumerate(rows):
        cells = list(_cells(walk, row))
        is_head = _is_head(walk, element, row, number)
        span = walk.writer.row(cells, None if is_head else lead, is_first=is_first)
        if span is None:
            continue
        walk.land(span, cells[-1])
        is_first = False
        lead = span if is_head else lead
    walk.latest = None


def _cells(walk: Walk, row: Element) -> Iterator[Words]:
    """The words of each cell; one that goes on from the row above is empty, and so are columns that a wide cell takes."""
    properties = row.find(f"{walk.w}trPr")
    yield from (Words() for _ in range(_count(walk.value(properties, "gridBefore"))))
    for cell in _within(row, "tc"):
        about = cell.find(f"{walk.w}tcPr")
        yield _words(walk, cell)
        yield from (Words() for _ in range(_count(walk.value(about, "gridSpan")) - 1))


def _words(walk: Walk, cell: Element) -> Words:
    """The words of a cell, a line for each paragraph, its number before it."""
    outer = walk.enter(Story(walk.story.part, blocks=[]))
    walk.run(cell)
    words = Words()
    for number, block in enumerate(walk.story.blocks or []):
        words.extend(block, " " if number else "")
    walk.story = outer
    return words


def _is_head(walk: Walk, element: Element, row: Element, number: int) -> bool:
    """Whether a row heads the columns: it says so, or it is the first and bold, or the first of a style that gives it a look."""
    if walk.is_on(row.find(f"{walk.w}trPr"), "tblHeader"):
        return True
    if number:
        return False
    about = element.find(f"{walk.w}tblPr")
    look = about.find(f"{walk.w}tblLook") if about is not None else None
    stated = look.get(f"{walk.w}val") if look is not None else None
    bits = int(stated, 16) if stated and len(stated) == 4 and stated.isalnum() and _is_hex(stated) else 0
    is_looked = look is not None and (bool(bits & FIRST_ROW) or look.get(f"{walk.w}firstRow") == "1")
    if is_looked and walk.value(about, "tblStyle") in walk.known.styles.headed_tables:
        return True
    runs = [run for run in row.iter(f"{walk.w}r") if run.find(f"{walk.w}t") is not None]
    return bool(runs) and all(walk.is_on(run.find(f"{walk.w}rPr"), "b") for run in runs)


def _is_hex(stated: str) -> bool:
    return all(sign in "0123456789abcdefABCDEF" for sign in stated)


def _count(stated: str | None) -> int:
    return min(int(stated), WIDEST) if stated and stated.isascii() and stated.isdigit() and len(stated) < 6 else 0
