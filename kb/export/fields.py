"""The fields of each record kind as plain values, under the model's names."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from kb.model import (
    AnyRecord,
    Citation,
    Claim,
    Classification,
    Definition,
    Document,
    Figure,
    Identifiers,
    Mention,
    Page,
    Quotation,
    Reference,
)

Row = dict[str, object]


def record_fields(document: Document, record: AnyRecord) -> Row:
    """What only this kind of record has: strings, numbers, None, lists and dicts of these."""
    return _FIELDS[type(record)](document, record)


def _definition(document: Document, record: Definition) -> Row:
    words = record.definiens.of(document.text) if record.definiens else None
    return {"term": record.term, "term_norm": record.term_norm, "form": record.form, "definiens": words}


def _claim(_: Document, record: Claim) -> Row:
    return {
        "claim_kind": record.claim_kind,
        "figures": [_value(figure) for figure in record.figures],
        "about": list(record.about),
        "basis": record.basis.kind if record.basis else None,
        "basis_code": record.basis.code if record.basis else None,
        "for_whom": record.for_whom,
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
        "issue": record.issue,
        "pages": record.pages,
        "publisher": record.publisher,
        "publisher_place": record.publisher_place,
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
    return {
        "marked": record.marked,
        "match": record.match,
        "place": record.place,
        "similarity": record.similarity,
        "original_source": record.original_source,
        "original_start": record.original.start if record.original else None,
        "original_end": record.original.end if record.original else None,
    }


_FIELDS: dict[type[AnyRecord], Callable[..., Row]] = {
    Definition: _definition,
    Claim: _claim,
    Reference: _reference,
    Citation: _citation,
    Mention: _mention,
    Classification: _classification,
    Quotation: _quotation,
}


def page_at(document: Document, place: int) -> Page | None:
    """The page a code point stands on, where the document has pages."""
    index = bisect_right(document.pages, place, key=lambda page: page.span.start) - 1
    return document.pages[index] if index >= 0 and document.pages[index].span.end > place else None
