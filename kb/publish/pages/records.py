"""A page for each definition, each claim and each passage that is shown."""

from __future__ import annotations

from collections.abc import Iterator

from kb.model import AnyRecord, Citation, Claim, Definition
from kb.publish import related, wording
from kb.publish.catalogue import Catalogue
from kb.publish.pages.page import Page, root_of
from kb.publish.places import Place
from kb.publish.rendering import render


def definition_pages(catalogue: Catalogue) -> Iterator[Page]:
    """One page a definition, with the other definitions of its term beside it."""
    for definition in catalogue.of(Definition):
        yield _record_page(catalogue, definition, "definition.html", same_term=related.same_term(catalogue, definition))


def claim_pages(catalogue: Catalogue) -> Iterator[Page]:
    """One page a claim, with the same numbers elsewhere and the works its passage cites."""
    numbers = related.numbers(catalogue)
    for claim in catalogue.of(Claim):
        yield _record_page(catalogue, claim, "claim.html", same_number=related.same_number(claim, numbers))


def _record_page(catalogue: Catalogue, record: Definition | Claim, template: str, **values: object) -> Page:
    name = f"{record.KIND}/{record.id}"
    source = catalogue.sources[record.source_id]
    place = catalogue.places.get(record.passage)
    body = render(
        template,
        catalogue,
        root_of(name),
        record=record,
        source=source,
        place=place,
        beside=related.beside(catalogue, record),
        works=_works_in(catalogue, record.passage),
        quoted_by=related.quoted_by(catalogue, record.passage),
        **values,
    )
    kind = wording.KINDS[record.KIND]
    title = f"{kind}: {wording.record_title(record)}"
    description = f"{kind} in {wording.source_title(source, catalogue.documents.get(source.id))}"
    return Page(name, title, body, description, is_indexed=_is_indexed(catalogue, record))


def _is_indexed(catalogue: Catalogue, record: AnyRecord) -> bool:
    return not catalogue.is_commentary(catalogue.sources[record.source_id])


def _works_in(catalogue: Catalogue, passage: str) -> list[tuple[Citation, list[related.Cited]]]:
    markers = [record for record in catalogue.in_passage(passage) if isinstance(record, Citation)] if passage else []
    return [(marker, related.cited(catalogue, marker)) for marker in markers]


def passage_pages(catalogue: Catalogue) -> Iterator[Page]:
    """One page a passage that is shown: its words alone, to link to and to cite."""
    for source_id in catalogue.sources:
        places = catalogue.places_of(source_id)
        for index, place in enumerate(places):
            if place.is_shown:
                yield _passage_page(catalogue, place, places[index - 1 : index] + places[index + 1 : index + 2])


def _passage_page(catalogue: Catalogue, place: Place, neighbours: list[Place]) -> Page:
    passage = place.passage.id
    name = f"passage/{passage}"
    title = f"Passage {place.number} of {wording.source_title(place.source, place.document)}"
    body = render(
        "passage.html",
        catalogue,
        root_of(name),
        place=place,
        source=place.source,
        title=title,
        records=catalogue.in_passage(passage),
        neighbours=neighbours,
        quoted_by=related.quoted_by(catalogue, passage),
        cited=lambda marker: related.cited(catalogue, marker),
        originals=lambda quotation: related.originals(catalogue, quotation),
        work_of=lambda reference: related.work_of(catalogue, reference),
    )
    return Page(name, title, body, title, is_indexed=not catalogue.is_commentary(place.source))
