"""Every record and entry in the form of the gold annotations: complete and private, for scoring and for other programs.

One row an annotation: `file` (name of the source's first file), `type`, `start`, `end` (half-open code points of the
canonical text), `quote` (the words there) and the fields of its type under the names the gold uses.
"""

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from kb.model import (
    AnyRecord,
    Citation,
    Claim,
    Classification,
    Definition,
    Document,
    Figure,
    Identifiers,
    KnowledgeBase,
    Mention,
    Part,
    Quotation,
    Reference,
    Span,
)

Row = dict[str, object]

ENTRY_KINDS = frozenset({"post", "article", "section", "box"})


def annotations(knowledge: KnowledgeBase) -> list[Row]:
    """All rows, source by source in the order of the knowledge base, in text order within each.

    Sources without a document give none. A quotation's `source_file` is there only when its original was found.
    """
    files = {source.id: PurePosixPath(source.files[0].path).name for source in knowledge.sources}
    by_source: dict[str, list[AnyRecord]] = {}
    for record in knowledge.records:
        by_source.setdefault(record.source_id, []).append(record)
    targets = _resolved(knowledge)
    rows: list[Row] = []
    for document in knowledge.documents:
        named = {"file": files[document.source_id]}
        found = [_entry(document, part) for part in document.parts if _is_entry(document, part)]
        records = by_source.get(document.source_id, [])
        found += [_record(document, record) | _links(record, files, targets) for record in records]
        rows += [named | row for row in sorted(found, key=_place)]
    return rows


def own_body(document: Document, part: Part) -> Span:
    """What is written directly under a part: its body up to the first entry inside it."""
    inner = [
        other.span.start
        for other in document.parts
        if other.parent == part.id and other.kind in ENTRY_KINDS and part.body.start <= other.span.start < part.body.end
    ]
    return Span(part.body.start, min([*inner, part.body.end])).trimmed(document.text)


def _is_entry(document: Document, part: Part) -> bool:
    if part.kind not in ENTRY_KINDS or not len(own_body(document, part)):
        return False
    return part.kind in {"post", "article"} or bool(part.label or part.heading)


def _entry(document: Document, part: Part) -> Row:
    return _placed(document, "entry", own_body(document, part)) | {
        "id": part.id,
        "number": part.number,
        "label": part.label,
        "title": part.heading,
        "author": part.author.name if part.author else None,
        "date": part.date.value if part.date else None,
    }


def _record(document: Document, record: AnyRecord) -> Row:
    base = _placed(document, NAMES.get(type(record), record.KIND), record.span)
    base |= {"id": record.id, "by": record.speaker, "attributed_to": record.attributed_to}
    return (
        base | {"rule": record.rule, "confidence": record.confidence, "review": record.review.status} | _fields(document, record)
    )


def _placed(document: Document, name: str, span: Span) -> Row:
    return {"type": name, "start": span.start, "end": span.end, "quote": span.of(document.text)}


def _place(row: Row) -> tuple[str, ...]:
    return (f"{row['start']:012}", f"{row['end']:012}", str(row["type"]), str(row["id"]))


NAMES: dict[type[AnyRecord], str] = {Mention: "condition"}
"""Kinds that the gold calls by another name."""


def _fields(document: Document, record: AnyRecord) -> Row:
    return _FIELDS[type(record)](document, record)


def _definition(document: Document, record: Definition) -> Row:
    words = record.definiens.of(document.text) if record.definiens else None
    return {"term": record.term, "term_norm": record.term_norm, "form": record.form, "definiens": words}


def _claim(_: Document, record: Claim) -> Row:
    return {
        "kind": record.claim_kind,
        "values": [_value(figure) for figure in record.figures],
        "about": list(record.about),
    }


def _value(figure: Figure) -> Row:
    value = list(figure.value) if isinstance(figure.value, tuple) else figure.value
    return {"value": value, "unit": figure.unit, "qualifier": figure.qualifier}


def _reference(_: Document, record: Reference) -> Row:
    return {
        "form": record.form,
        "ids": identifier_fields(record.ids),
        "label": record.label,
        "title": record.title,
        "authors": list(record.authors),
        "year": record.year,
        "container": record.container,
        "volume": record.volume,
        "pages": record.pages,
    }


def identifier_fields(ids: Identifiers) -> Row:
    """The identifiers that are known, by their names."""
    return {name: value for name in ids.__struct_fields__ if (value := getattr(ids, name)) is not None}


def _citation(_: Document, record: Citation) -> Row:
    return {"keys": list(record.keys)}


def _mention(_: Document, record: Mention) -> Row:
    return {"concept": record.concept}


def _classification(_: Document, record: Classification) -> Row:
    return {
        "condition": record.condition,
        "category": record.category,
        "stance": record.stance,
        "placement": record.placement,
        "by": record.by,
        "reported_by": record.reported_by,
    }


def _quotation(_: Document, record: Quotation) -> Row:
    return {"marked": record.marked, "match": record.match, "place": record.place, "similarity": record.similarity}


_FIELDS: dict[type[AnyRecord], Callable[..., Row]] = {
    Definition: _definition,
    Claim: _claim,
    Reference: _reference,
    Citation: _citation,
    Mention: _mention,
    Classification: _classification,
    Quotation: _quotation,
}


def _links(record: AnyRecord, files: dict[str, str], targets: dict[str, list[str]]) -> Row:
    if isinstance(record, Citation):
        return {"resolves_to": targets.get(record.id, [])}
    if isinstance(record, Quotation) and record.original_source in files and record.original is not None:
        return {
            "source_file": files[record.original_source],
            "source_start": record.original.start,
            "source_end": record.original.end,
        }
    return {}


def _resolved(knowledge: KnowledgeBase) -> dict[str, list[str]]:
    targets: dict[str, list[str]] = {}
    for origin, target in _resolutions(knowledge):
        targets.setdefault(origin, []).append(target)
    return targets


def _resolutions(knowledge: KnowledgeBase) -> Iterator[tuple[str, str]]:
    return ((link.origin, link.target) for link in knowledge.links if link.relation == "resolves-to")
