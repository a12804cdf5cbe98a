"""A page for each source: its passages in order, what was found in each, what is missing and where the text came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kb.model import AnyRecord, Citation, Claim, Document, Mention, Part, Quotation, Reference, Source, fold
from kb.publish import related, wording
from kb.publish.catalogue import Catalogue, Place
from kb.publish.pages.page import Page, root_of
from kb.publish.rendering import render

NOTE_LENGTH = 44
"""A note stands beside the words it is about: enough of them to tell two notes apart."""


@dataclass(frozen=True)
class Stretch:
    """Passages of one part that are printed alike: one that is shown, or a run of ones that are not."""

    parts: tuple[Part, ...]
    """The parts that begin here, outermost first."""
    places: tuple[Place, ...]
    has_records: bool = False
    """Whether more than mentions begin in its first passage."""

    @property
    def visibility(self) -> str:
        """Of all its passages; "none" where it has none."""
        return self.places[0].visibility if self.places else "none"

    @property
    def headed(self) -> Part | None:
        """The part whose heading this passage is, where it holds no more than that: it is printed as the heading."""
        part = self.parts[-1] if self.parts and self.places else None
        if part is None or not part.heading or not self.places[0].is_shown or self.has_records:
            return None
        place = self.places[0]
        is_heading = place.passage.kind == "heading" and fold(place.words).endswith(fold(part.heading))
        return part if is_heading else None

    @property
    def word_count(self) -> int:
        """How many words its passages have."""
        return sum(len(place.words.split()) for place in self.places)


def stretches(catalogue: Catalogue, document: Document) -> list[Stretch]:
    """A document in order, runs of gaps and of withheld passages in one part taken together.

    Parts without any passage, as posts whose words were lost, begin where they stand.
    """
    waiting = sorted(document.parts, key=lambda part: (part.span.start, part.order))
    found: list[Stretch] = []
    for place in catalogue.places_of(document.source_id):
        begun = tuple(part for part in waiting if part.span.start <= place.passage.span.start)
        waiting = waiting[len(begun) :]
        last = found[-1] if found else None
        if last and not begun and not place.is_shown and last.visibility == place.visibility:
            found[-1] = Stretch(last.parts, (*last.places, place))
        else:
            found.append(Stretch(begun, (place,), has_records=_has_records(catalogue, place)))
    return [*found, Stretch(tuple(waiting), ())] if waiting else found


def _has_records(catalogue: Catalogue, place: Place) -> bool:
    return any(not isinstance(record, Mention) for record in catalogue.in_passage(place.passage.id))


def wordless(document: Document) -> frozenset[str]:
    """Ids of the posts and articles in which no passage stands."""
    starts = [passage.span.start for passage in document.passages]
    return frozenset(
        part.id
        for part in document.parts
        if part.kind in {"post", "article"} and not any(part.span.start <= start < part.span.end for start in starts)
    )


@dataclass(frozen=True)
class NoteLink:
    """A link in a note: what `href` needs, and its words."""

    kind: str
    id: str
    text: str


@dataclass(frozen=True)
class Note:
    """One line beside a passage. `kind` is the record kind it counts as."""

    kind: str
    label: str
    links: tuple[NoteLink, ...]


def notes(catalogue: Catalogue, place: Place) -> list[Note]:
    """What stands beside a passage: a line for each record, one for all its mentions, one for those who quote it."""
    here = catalogue.in_passage(place.passage.id)
    lines = [Note(record.KIND, _label(record), (_link(record),)) for record in here if not isinstance(record, Mention)]
    slugs = dict.fromkeys(wording.condition_slug(record.concept) for record in here if isinstance(record, Mention))
    if slugs:
        named = tuple(NoteLink("condition", slug, wording.condition_name(slug)) for slug in slugs)
        lines.append(Note("mention", "Mentions", named))
    quotations = related.quoted_by(catalogue, place.passage.id)
    if quotations:
        times = NoteLink("passage", place.passage.id, wording.counted(len(quotations), "time"))
        lines.append(Note("quoted", "Quoted", (times,)))
    return lines


def _label(record: AnyRecord) -> str:
    return wording.CLAIM_KINDS[record.claim_kind] if isinstance(record, Claim) else wording.KINDS[record.KIND]


def _link(record: AnyRecord) -> NoteLink:
    match record:
        case Claim() if record.figures:
            text = wording.shortened(", ".join(map(wording.figure_title, record.figures)), NOTE_LENGTH)
        case Claim():
            text = wording.shortened(record.quote.exact.rstrip(" ."), NOTE_LENGTH)
        case Quotation():
            text = wording.MATCHES[record.match]
        case Citation() | Reference():
            text = wording.shortened(record.quote.exact, 60)
        case _:
            text = wording.record_title(record)
    return NoteLink("record", record.id, text)


def note_counts(lines: list[Note]) -> str:
    """How many records of each kind a passage has, in words: the summary of notes that are folded away."""
    counts = Counter(note.kind for note in lines if note.kind in wording.KINDS and note.kind != "mention")
    return wording.capitalised(", ".join(wording.counted(count, wording.KINDS[kind].lower()) for kind, count in counts.items()))


def source_pages(catalogue: Catalogue) -> Iterator[Page]:
    """One page a source."""
    for source in catalogue.sources.values():
        yield _source_page(catalogue, source)


def _source_page(catalogue: Catalogue, source: Source) -> Page:
    name = f"source/{source.id}"
    document = catalogue.documents.get(source.id)
    records = catalogue.in_source(source.id)
    places = catalogue.places_of(source.id)
    title = wording.source_title(source, document)
    body = render(
        "source.html",
        catalogue,
        root_of(name),
        source=source,
        document=document,
        title=title,
        stretches=stretches(catalogue, document) if document else [],
        wordless=wordless(document) if document else frozenset(),
        counts=Counter(record.KIND for record in records),
        shown=sum(place.is_shown for place in places),
        outside=[record for record in records if not record.passage],
        digests=[other for other in catalogue.sources.values() if other.digest_of == source.id],
        notes=lambda place: notes(catalogue, place),
        note_counts=note_counts,
    )
    kind = wording.SOURCE_KINDS[source.source_kind]
    return Page(name, title, body, f"{kind}: {title}", is_indexed=not catalogue.is_commentary(source))
