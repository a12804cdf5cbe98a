"""A document cut into what is printed alike: shown passages, tables, runs of gaps; and the frames around them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from kb.extract.figures.table_rows import TAB, heads
from kb.model import Document, Mention, Page, Part, fold
from kb.publish.catalogue import Catalogue
from kb.publish.places import Place

FRAMES = {"quotation": "blockquote", "box": "section", "note": "aside", "table": "figure"}
"""Kinds of parts that are set apart on the page, and the element each becomes."""


HEADINGS = frozenset({"heading", "title", "caption"})


@dataclass
class Stretch:
    """Passages of one part that are printed alike: one that is shown, the rows of a table, or a run of ones that are not."""

    parts: tuple[Part, ...]
    """The parts that begin here, outermost first."""
    places: tuple[Place, ...]
    has_records: bool = False
    """Whether more than mentions begin in its first passage."""
    frames: frozenset[str] = frozenset()
    """Ids of those parts that are frames around this and, perhaps, further passages."""
    closing: list[str] = field(default_factory=list)
    """The elements of the frames that end behind it, innermost first."""
    page: Page | None = None
    """The page that begins with it."""

    @property
    def visibility(self) -> str:
        """Of all its passages; "none" where it has none."""
        return self.places[0].visibility if self.places else "none"

    @property
    def is_table(self) -> bool:
        """Whether it is rows of a table that are shown."""
        return bool(self.places) and self.places[0].is_shown and _is_row(self.places[0])

    @property
    def headed(self) -> Part | None:
        """The part whose heading this passage is, where it holds no more than that: it is printed as the heading."""
        part = self.parts[-1] if self.parts and self.places else None
        if part is None or not part.heading or not self.places[0].is_shown or self.has_records:
            return None
        place = self.places[0]
        is_heading = place.passage.kind in HEADINGS and fold(place.words).endswith(fold(part.heading))
        return part if is_heading else None

    @property
    def word_count(self) -> int:
        """How many words its passages have."""
        return sum(len(place.words.split()) for place in self.places)


def stretches(catalogue: Catalogue, document: Document) -> list[Stretch]:
    """A document in order, runs of gaps and of withheld passages in one part taken together, and so the rows of a table.

    Parts without any passage, as posts whose words were lost, begin where they stand.
    """
    cutter = _Cutter(catalogue, document)
    for place in catalogue.places_of(document.source_id):
        cutter.take(place)
    return cutter.finish()


class _Cutter:
    """Takes the places of a document one after the other."""

    def __init__(self, catalogue: Catalogue, document: Document) -> None:
        self._catalogue = catalogue
        self._waiting = sorted(document.parts, key=lambda part: (part.span.start, part.order))
        self._next = 0
        self._open: list[Part] = []
        self._found: list[Stretch] = []
        self._page: int | None = None

    def take(self, place: Place) -> None:
        """Go on with the next place: into the stretch before, or into one of its own."""
        start = place.passage.span.start
        is_closed = self._close(start)
        begun = self._begun(start)
        page = place.pages[0] if place.pages and place.pages[0].number != self._page else None
        self._page = place.pages[-1].number if place.pages else self._page
        last = self._found[-1] if self._found else None
        if last and not (is_closed or begun or page) and _go_together(last, place):
            last.places = (*last.places, place)
            return
        frames = [part for part in begun if part.kind in FRAMES and part.span.end > start]
        self._open += frames
        ids = frozenset(part.id for part in frames)
        self._found.append(Stretch(begun, (place,), _has_records(self._catalogue, place), ids, [], page))

    def finish(self) -> list[Stretch]:
        """All stretches, every frame closed."""
        self._close(None)
        rest = tuple(self._waiting[self._next :])
        return [*self._found, Stretch(rest, ())] if rest else self._found

    def _begun(self, start: int) -> tuple[Part, ...]:
        first = self._next
        while self._next < len(self._waiting) and self._waiting[self._next].span.start <= start:
            self._next += 1
        return tuple(self._waiting[first : self._next])

    def _close(self, start: int | None) -> bool:
        """End the frames that do not reach over the place that comes; whether there were any."""
        before = len(self._open)
        while self._open and (start is None or self._open[-1].span.end <= start):
            self._found[-1].closing.append(FRAMES[self._open.pop().kind])
        return len(self._open) < before


def _go_together(last: Stretch, place: Place) -> bool:
    if place.is_shown:
        return last.is_table and _is_row(place) and last.places[0].passage.part == place.passage.part
    return last.visibility == place.visibility


def _is_row(place: Place) -> bool:
    return place.passage.kind == "row" and TAB in place.words


def _has_records(catalogue: Catalogue, place: Place) -> bool:
    return any(not isinstance(record, Mention) for record in catalogue.in_passage(place.passage.id))


def wordless(document: Document) -> frozenset[str]:
    """Ids of the posts and articles in which no passage stands."""
    starts = [passage.span.start for passage in document.passages]
    return frozenset(
        part.id
        for part in document.parts
        if part.kind in {"post", "article"} and bisect_left(starts, part.span.start) == bisect_left(starts, part.span.end)
    )


def page_starts(places: Iterable[Place]) -> list[tuple[Page, Place]]:
    """Each page with the first place that begins on it, by number."""
    first: dict[int, tuple[Page, Place]] = {}
    for place in places:
        for page in place.pages:
            first.setdefault(page.number, (page, place))
    return [first[number] for number in sorted(first)]


def head_rows(document: Document) -> frozenset[str]:
    """Ids of the passages that head the columns of a table."""
    return heads(document)
