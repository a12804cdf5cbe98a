"""A page for each source: its passages in order, what was found in each, what is missing and where the text came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kb.model import Part, Source, fold
from kb.publish import related, wording
from kb.publish.catalogue import Catalogue, Place
from kb.publish.pages.page import Page, root_of
from kb.publish.rendering import render


@dataclass(frozen=True)
class Stretch:
    """Passages of one part that are printed alike: one that is shown, or a run of ones that are not."""

    parts: tuple[Part, ...]
    """The parts that begin here, outermost first."""
    places: tuple[Place, ...]
    has_records: bool = False

    @property
    def visibility(self) -> str:
        """Of all its passages."""
        return self.places[0].visibility

    @property
    def headed(self) -> Part | None:
        """The part whose heading this passage is, where it holds no more than that: it is printed as the heading."""
        part = self.parts[-1] if self.parts else None
        place = self.places[0]
        if part is None or not part.heading or not place.is_shown or self.has_records:
            return None
        is_heading = place.passage.kind == "heading" and fold(place.words).endswith(fold(part.heading))
        return part if is_heading else None

    @property
    def word_count(self) -> int:
        """How many words its passages have."""
        return sum(len(place.words.split()) for place in self.places)


def stretches(catalogue: Catalogue, places: list[Place]) -> list[Stretch]:
    """Places in order, with runs of gaps and of withheld passages in one part taken together."""
    found: list[Stretch] = []
    opened: set[str] = set()
    for place in places:
        begun = tuple(part for part in place.parts if part.id not in opened)
        opened.update(part.id for part in begun)
        last = found[-1] if found else None
        if (
            last
            and not begun
            and not place.is_shown
            and last.visibility == place.visibility
            and last.places[0].parts == place.parts
        ):
            found[-1] = Stretch(last.parts, (*last.places, place))
        else:
            found.append(Stretch(begun, (place,), has_records=bool(catalogue.in_passage(place.passage.id))))
    return found


def source_pages(catalogue: Catalogue) -> Iterator[Page]:
    """One page a source."""
    for source in catalogue.sources.values():
        yield _source_page(catalogue, source)


def _source_page(catalogue: Catalogue, source: Source) -> Page:
    name = f"source/{source.id}"
    document = catalogue.documents.get(source.id)
    records = catalogue.in_source(source.id)
    places = catalogue.shown_places(source.id)
    title = wording.source_title(source, document)
    body = render(
        "source.html",
        catalogue,
        root_of(name),
        source=source,
        document=document,
        title=title,
        stretches=stretches(catalogue, places),
        counts=Counter(record.KIND for record in records),
        shown=sum(place.is_shown for place in places),
        outside=[record for record in records if not record.passage],
        digests=[other for other in catalogue.sources.values() if other.digest_of == source.id],
        quoted_by=lambda passage: related.quoted_by(catalogue, passage),
    )
    kind = wording.SOURCE_KINDS[source.source_kind]
    return Page(name, title, body, f"{kind}: {title}", is_indexed=not catalogue.is_commentary(source))
