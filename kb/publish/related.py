"""What belongs beside a record: the works its passage cites, who quotes it, and the same number elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.model import AnyRecord, Citation, Claim, Definition, Quotation, Reference, Source, Work
from kb.publish.catalogue import Catalogue
from kb.publish.places import Place

SAME_NUMBER_LIMIT = 12


@dataclass(frozen=True)
class Cited:
    """One entry of a reference list with the work it points to, and the source we hold of that work."""

    reference: Reference
    work: Work | None
    held: Source | None


@dataclass(frozen=True)
class CitedBy:
    """A marker in running text that leads to a work, or the reference alone where no marker does."""

    place: Place | None
    citation: Citation | None
    reference: Reference


def work_of(catalogue: Catalogue, reference: Reference) -> Work | None:
    """The work a reference was resolved to."""
    return next((catalogue.works[work] for work in catalogue.targets("refers-to", reference.id) if work in catalogue.works), None)


def held_source(catalogue: Catalogue, work: Work) -> Source | None:
    """The source we hold of a work."""
    return next((catalogue.sources[held] for held in catalogue.targets("held-as", work.id) if held in catalogue.sources), None)


def cited(catalogue: Catalogue, citation: Citation) -> list[Cited]:
    """What a marker points to."""
    references = [record for record in catalogue.linked("resolves-to", origin=citation.id) if isinstance(record, Reference)]
    works = [work_of(catalogue, reference) for reference in references]
    return [
        Cited(reference, work, held_source(catalogue, work) if work else None)
        for reference, work in zip(references, works, strict=True)
    ]


def cited_by(catalogue: Catalogue, work: Work) -> list[CitedBy]:
    """Every reference to a work, once for each marker that leads to it."""
    rows: list[CitedBy] = []
    for reference in catalogue.linked("refers-to", target=work.id):
        if not isinstance(reference, Reference):
            continue
        markers = [record for record in catalogue.linked("resolves-to", target=reference.id) if isinstance(record, Citation)]
        rows += [CitedBy(catalogue.places.get(marker.passage), marker, reference) for marker in markers]
        if not markers:
            rows.append(CitedBy(catalogue.places.get(reference.passage), None, reference))
    return rows


def originals(catalogue: Catalogue, quotation: Quotation) -> list[Place]:
    """The passages a quotation was found in."""
    ids = catalogue.targets("quotes", quotation.id)
    return [catalogue.places[identifier] for identifier in ids if identifier in catalogue.places]


def quoted_by(catalogue: Catalogue, passage: str) -> list[Quotation]:
    """The quotations that repeat words of a passage."""
    return [record for record in catalogue.linked("quotes", target=passage) if isinstance(record, Quotation)]


def same_term(catalogue: Catalogue, definition: Definition) -> list[Definition]:
    """Other definitions of the same term or the same condition, in the catalogue's order."""
    return [
        other
        for other in catalogue.of(Definition)
        if other.id != definition.id
        and (other.term_norm == definition.term_norm or (other.concept and other.concept == definition.concept))
    ]


Numbers = Mapping[tuple[object, str], Sequence[Claim]]
"""Claims by the numbers in them, value and unit."""


def numbers(catalogue: Catalogue) -> Numbers:
    """Every claim under each of its numbers. Equal numbers join nothing: they are shown together, no more."""
    claims: dict[tuple[object, str], list[Claim]] = defaultdict(list)
    for claim in catalogue.of(Claim):
        for key in _keys(claim):
            claims[key].append(claim)
    return claims


def same_number(claim: Claim, among: Numbers) -> list[Claim]:
    """Other claims that state one of this claim's numbers with the same unit, at most `SAME_NUMBER_LIMIT`."""
    found = {other.id: other for key in _keys(claim) for other in among[key] if other.id != claim.id}
    return list(found.values())[:SAME_NUMBER_LIMIT]


def _keys(claim: Claim) -> list[tuple[object, str]]:
    return list(dict.fromkeys((figure.value, figure.unit) for figure in claim.figures))


def beside(catalogue: Catalogue, record: AnyRecord) -> list[AnyRecord]:
    """The other definitions, claims, classifications and quotations of the same passage."""
    if not record.passage:
        return []
    return [
        other
        for other in catalogue.in_passage(record.passage)
        if other.id != record.id and other.KIND in {"definition", "claim", "classification", "quotation"}
    ]
