"""Rows of each table from the values of a knowledge base, in the order they are written."""

from __future__ import annotations

from collections.abc import Iterator

from kb.model import (
    AnyRecord,
    Citation,
    Claim,
    Classification,
    Definition,
    Document,
    KnowledgeBase,
    Mention,
    Quotation,
    QuoteOf,
    Reference,
    Source,
    encode,
)

Cell = str | int | float | None
Row = tuple[str, tuple[Cell, ...]]
"""A table's name and one row of it."""


def rows(knowledge: KnowledgeBase) -> Iterator[Row]:
    """Every row of the store except `meta`, parents before children."""
    for position, source in enumerate(knowledge.sources):
        yield from _source_rows(position, source)
    for document in knowledge.documents:
        yield from _document_rows(document)
    for position, record in enumerate(knowledge.records):
        yield "record", _record_row(position, record)
        yield from _kind_rows(record)
    yield from _shared_rows(knowledge)


def _json(value: object) -> str:
    return encode(value).decode("utf-8")


def _source_rows(position: int, source: Source) -> Iterator[Row]:
    date = source.date.value if source.date else None
    yield (
        "source",
        (
            source.id, position, source.source_kind, source.shape, source.title, source.publisher, date, source.url,
            source.licence, source.publish, source.jurisdiction, source.language, source.digest_of, _json(source),
        ),
    )  # fmt: skip
    for number, file in enumerate(source.files):
        yield "source_file", (source.id, number, file.path, file.sha256)


def _document_rows(document: Document) -> Iterator[Row]:
    owner = document.source_id
    rest = {"authors": document.authors, "date": document.date}
    date = document.date.value if document.date else None
    yield (
        "document",
        (
            owner, document.sha256, document.reader, document.encoding, document.title, document.publisher, date,
            document.language, document.url, document.licence, document.text, _json(rest),
        ),
    )  # fmt: skip
    for number, span in enumerate(document.file_spans):
        yield "file_span", (owner, number, span.start, span.end)
    for number, page in enumerate(document.pages):
        yield "page", (owner, number, page.number, page.label, page.span.start, page.span.end)
    yield from _part_rows(document)
    for number, passage in enumerate(document.passages):
        words = document.words(passage)
        place = (passage.span.start, passage.span.end)
        yield "passage", (passage.id, owner, number, passage.kind, passage.part, passage.lead, *place, words)
    yield from _carrier_rows(document)


def _part_rows(document: Document) -> Iterator[Row]:
    owner = document.source_id
    for number, part in enumerate(document.parts):
        quoted = part.quote_of or QuoteOf()
        yield (
            "part",
            (
                part.id, owner, number, part.parent, part.kind, part.label, part.number, part.heading,
                part.author.name if part.author else None, part.author.role if part.author else None,
                part.date.value if part.date else None, int(part.is_edited), int(part.is_withdrawn),
                part.span.start, part.span.end, part.body.start, part.body.end, part.host_id,
                quoted.name, quoted.host_id, quoted.part, _json(part),
            ),
        )  # fmt: skip


def _carrier_rows(document: Document) -> Iterator[Row]:
    owner = document.source_id
    for number, furniture in enumerate(document.furniture):
        yield "furniture", (owner, number, furniture.kind, furniture.span.start, furniture.span.end)
    for number, link in enumerate(document.links):
        told = (link.href, link.status, link.relation, link.target)
        yield "hyperlink", (owner, number, *told, link.span.start, link.span.end)
    for number, person in enumerate(document.people):
        yield "person", (owner, number, person.name, person.field, person.role, person.span.start, person.span.end)
    for number, loss in enumerate(document.losses):
        place = (loss.span.start, loss.span.end) if loss.span else (None, None)
        yield "loss", (owner, number, loss.code, loss.message, *place)


def _record_row(position: int, record: AnyRecord) -> tuple[Cell, ...]:
    return (
        record.id, position, record.KIND, record.source_id, record.passage or None, record.span.start, record.span.end,
        record.quote.exact, record.quote.prefix, record.quote.suffix, record.sha256, record.rule, record.confidence,
        record.speaker, record.speaker_role, record.attributed_to, record.review.status, record.review.reviewer,
        record.review.date, _json(record),
    )  # fmt: skip


def _kind_rows(record: AnyRecord) -> Iterator[Row]:
    match record:
        case Definition():
            place = (record.definiens.start, record.definiens.end) if record.definiens else (None, None)
            yield "definition", (record.id, record.term, record.term_norm, record.form, record.concept, *place)
        case Claim():
            yield from _claim_rows(record)
        case Reference():
            yield "reference", _reference_row(record)
        case Citation():
            yield from _citation_rows(record)
        case Mention():
            yield "mention", (record.id, record.concept)
        case Classification():
            placed = (record.condition, record.category, record.stance, record.placement)
            yield "classification", (record.id, *placed, record.by, record.reported_by, record.jurisdiction)
        case Quotation():
            place = (record.original.start, record.original.end) if record.original else (None, None)
            found = (record.marked, record.match, record.place, record.original_source)
            yield "quotation", (record.id, *found, *place, record.similarity)


def _citation_rows(citation: Citation) -> Iterator[Row]:
    yield "citation", (citation.id, citation.style)
    for number, key in enumerate(citation.keys):
        yield "citation_key", (citation.id, number, key)


def _claim_rows(claim: Claim) -> Iterator[Row]:
    basis = claim.basis
    place = (basis.span.start, basis.span.end) if basis and basis.span else (None, None)
    rests_on = (basis.kind, basis.code, *place) if basis else (None, None, *place)
    yield "claim", (claim.id, claim.claim_kind, claim.certainty, *rests_on, claim.for_whom)
    for number, figure in enumerate(claim.figures):
        low, high = figure.value if isinstance(figure.value, tuple) else (figure.value, figure.value)
        yield (
            "figure",
            (
                claim.id, number, low, high, figure.unit, figure.qualifier, figure.of, figure.population, figure.setting,
                figure.period, figure.nature, figure.span.start, figure.span.end,
            ),
        )  # fmt: skip


def _reference_row(record: Reference) -> tuple[Cell, ...]:
    ids = record.ids
    described = (record.form, record.label, record.title, record.year, record.container)
    numbered = (record.volume, record.issue, record.pages)
    published = (record.publisher, record.publisher_place)
    return (record.id, *described, *numbered, *published, ids.doi, ids.pmid, ids.isbn, ids.nice, ids.url)


def _shared_rows(knowledge: KnowledgeBase) -> Iterator[Row]:
    for position, work in enumerate(knowledge.works):
        ids = work.ids
        named = (ids.doi, ids.pmid, ids.isbn, ids.nice, ids.url)
        yield "work", (work.id, position, work.title, work.year, work.container, *named, _json(work))
    for position, link in enumerate(knowledge.links):
        yield "link", (link.id, position, link.relation, link.origin, link.target, link.confidence)
    for position, alias in enumerate(knowledge.aliases):
        yield "alias", (alias.id, position, alias.target)
    for position, finding in enumerate(knowledge.findings):
        place = (finding.span.start, finding.span.end) if finding.span else (None, None)
        yield "finding", (position, finding.code, finding.message, finding.source_id, finding.subject, *place)
