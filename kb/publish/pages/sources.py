"""A page for each source: its passages in order, what was found in each, what is missing and where the text came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kb.model import AnyRecord, Citation, Claim, Mention, Quotation, Reference, Source
from kb.publish import related, wording
from kb.publish.catalogue import Catalogue
from kb.publish.pages.page import Page, root_of
from kb.publish.places import Place
from kb.publish.rendering import render
from kb.publish.stretches import page_starts, stretches, wordless

NOTE_LENGTH = 44
"""A note stands beside the words it is about: enough of them to tell two notes apart."""


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
        pages=page_starts(places),
        counts=Counter(record.KIND for record in records),
        shown=sum(place.is_shown for place in places),
        outside=[record for record in records if not record.passage],
        digests=[other for other in catalogue.sources.values() if other.digest_of == source.id],
        notes=lambda place: notes(catalogue, place),
        note_counts=note_counts,
    )
    kind = wording.SOURCE_KINDS[source.source_kind]
    return Page(name, title, body, f"{kind}: {title}", is_indexed=not catalogue.is_commentary(source))
