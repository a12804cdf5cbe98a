"""Records out of one document: one module a record kind, run in the order of one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from kb.extract import citations, claims, classifications, definitions, mentions, quotations, references
from kb.extract.found import Found
from kb.extract.identified import identified, restored
from kb.model import AnyRecord, Document, Source
from kb.text.marks import Unmarked

Extractor = Callable[[Found], Iterable[AnyRecord]]

EXTRACTORS: dict[str, Extractor] = {
    "references": references.extract,
    "citations": citations.extract,
    "quotations": quotations.extract,
    "mentions": mentions.extract,
    "definitions": definitions.extract,
    "claims": claims.extract,
    "classifications": classifications.extract,
}
"""In the order they run: each sees what those before it found. Quotations come early because they set voices."""

RULES: dict[str, tuple[str, ...]] = {
    "reference": references.RULES,
    "citation": citations.RULES,
    "quotation": quotations.RULES,
    "mention": mentions.RULES,
    "definition": definitions.RULES,
    "claim": claims.RULES,
    "classification": classifications.RULES,
}
"""Every rule a record of each kind may name as the one that found it."""

LANGUAGES = frozenset({"en"})
"""Languages there are cues and terms for; documents in others are indexed and not extracted."""


def extract(source: Source, document: Document) -> tuple[AnyRecord, ...]:
    """Every record of one document, in the table's order and, within a kind, in text order.

    A pure function of its arguments. A document in a language without cues gives no records.
    """
    if document.language not in LANGUAGES:
        return ()
    marks = Unmarked(_with_words(document))
    found = Found(source, marks.document, (), marks)
    for extractor in EXTRACTORS.values():
        found = found.with_records(found.records + identified(found, extractor(found)))
    return tuple(restored(found, record) for record in found.records) if marks.cuts else found.records


def _with_words(document: Document) -> Document:
    """The document without the passages that hold nothing but white space: no rule looks for these."""
    kept = tuple(passage for passage in document.passages if not document.words(passage).isspace() and len(passage.span))
    return document if len(kept) == len(document.passages) else msgspec.structs.replace(document, passages=kept)
