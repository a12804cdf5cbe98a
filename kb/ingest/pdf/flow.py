"""The whole document in reading order: paragraphs, tables, boxes and notes, joined over columns and pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kb.ingest.pdf.furniture import Leaf
from kb.ingest.pdf.geometry import Address
from kb.ingest.pdf.layout import Layout, layout_of
from kb.ingest.pdf.lines import Line
from kb.ingest.pdf.notes import Note, notes_of
from kb.ingest.pdf.order import Block
from kb.ingest.pdf.paragraphs import Paragraph, joins, paragraphs_of


@dataclass
class Table:
    """Rows of cells of lines."""

    rows: list[list[list[Line]]]
    lines: list[Line]


@dataclass
class Boxed:
    """What stands in one box."""

    items: list[Paragraph | Table]


Item = Paragraph | Table | Boxed


@dataclass
class Flow:
    """A document's items in reading order, and its notes."""

    items: list[Item] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    body: float = 10.0
    """Size of running text."""
    marks: set[tuple[int, str]] = field(default_factory=set)
    """What stands raised in the text, by page."""
    prefix: str = ""
    """What the keys of its paragraphs and notes begin with, so that files of one source do not share them."""

    def paragraphs(self) -> Iterator[Paragraph]:
        """All paragraphs, those in boxes too."""
        for item in self.items:
            if isinstance(item, Paragraph):
                yield item
            elif isinstance(item, Boxed):
                yield from (inner for inner in item.items if isinstance(inner, Paragraph))


def body_size(leaves: Sequence[Leaf]) -> float:
    """The size most letters have."""
    weights: Counter[float] = Counter()
    for leaf in leaves:
        for line in leaf.lines:
            weights[round(line.face.size, 1)] += len(line.text)
    return max(weights, key=lambda size: (weights[size], size)) if weights else 10.0


def flow_of(leaves: Sequence[Leaf], prefix: str) -> Flow:
    """Read the pages, one after the other."""
    flow = Flow(body=body_size(leaves), prefix=prefix)
    before: set[str] = set()
    for leaf in leaves:
        layout = layout_of(leaf, flow.body)
        marks = _marks(layout)
        notes, others = notes_of(layout.foot, marks | before, flow.notes[-1] if flow.notes else None)
        before = marks - {note.mark for note in notes}
        flow.marks |= {(leaf.sheet.number, mark) for mark in marks}
        flow.notes += notes
        flow.items += [item for block in [*layout.blocks, *others] for item in _items(block)]
    flow.items = _joined(flow.items)
    _name(flow)
    return flow


def _marks(layout: Layout) -> set[str]:
    """What stands raised in the text of a page."""
    lines = [line for block in layout.blocks for line in block.lines]
    return {run.text.strip("()[] ,.") for line in lines for run in line.runs if run.is_raised}


def _items(block: Block) -> Iterator[Item]:
    if block.kind == "table":
        for paragraph in paragraphs_of(block.title):
            paragraph.kind, paragraph.label, paragraph.skip = "caption", None, 0
            yield paragraph
        yield Table(block.rows, block.lines)
    elif block.kind == "box":
        inner = [item for part in block.inner for item in _items(part) if not isinstance(item, Boxed)]
        paragraphs = [item for item in inner if isinstance(item, Paragraph)]
        yield Boxed(_joined(inner))  # type: ignore[arg-type] # boxes hold no boxes
        for paragraph in paragraphs:
            paragraph.in_box = True
    else:
        yield from paragraphs_of(block.lines)


def _joined(items: Sequence[Item]) -> list[Item]:
    """Paragraphs put together that a column's or page's end, a table or a box has parted."""
    done: list[Item] = []
    latest: Paragraph | None = None
    for item in items:
        if isinstance(item, Paragraph):
            if latest is not None and joins(latest, item):
                latest.lines += item.lines
                latest.right = item.right
                continue
            if item.kind != "caption":
                latest = item
        done.append(item)
    return done


def _name(flow: Flow) -> None:
    """Give paragraphs and notes the keys that links use."""
    for at, paragraph in enumerate(flow.paragraphs()):
        paragraph.key = f"{flow.prefix}p{paragraph.first.page}.{at}"
    for at, note in enumerate(flow.notes):
        note.key = f"{flow.prefix}n{note.page}.{at}"


@dataclass
class Places:
    """Where things stand, for links inside the file."""

    flow: Flow
    leaves: dict[int, Leaf]
    by_page: dict[int, list[Paragraph]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort paragraphs by page."""
        for paragraph in self.flow.paragraphs():
            self.by_page.setdefault(paragraph.first.page, []).append(paragraph)

    def key(self, address: Address) -> str | None:
        """The key of the first thing at or below a place."""
        if address.page is None or address.page + 1 not in self.leaves:
            return None
        number = address.page + 1
        y = None if address.y is None else self.leaves[number].sheet.turn(0.0, address.y)[1]
        if y is not None:
            for note in self.flow.notes:
                if note.page == number and abs(note.lines[0].box.y0 - y) < note.lines[0].face.size:
                    return note.key
        found = self.by_page.get(number, [])
        below = [paragraph for paragraph in found if y is None or paragraph.first.box.y0 >= y - paragraph.first.face.size]
        if below and y is not None:
            return min(below, key=lambda paragraph: paragraph.first.box.y0).key
        return found[0].key if found else None
