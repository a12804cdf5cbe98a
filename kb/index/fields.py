"""The fields a query may name. The guide to searching is checked against this table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FieldKind = Literal["prose", "words", "keyword", "number"]

SCORED: frozenset[FieldKind] = frozenset({"prose", "words"})


@dataclass(frozen=True)
class Field:
    """How a field's values are compared.

    `prose` is indexed as written and in order, and stems are looked up; of `words` the stems are indexed, without their order, so
    that a phrase there asks for its words alone.
    `keyword` values are compared whole, ignoring case; `number` values know ranges.
    """

    kind: FieldKind
    description: str


FIELDS: dict[str, Field] = {
    "text": Field("prose", "the exact words of the passage or record; what a word without a field looks in"),
    "title": Field("words", "the title of the source"),
    "heading": Field("words", "the heading of the part it stands in"),
    "term": Field("words", "the term a definition defines"),
    "kind": Field(
        "keyword", "passage, or a kind of record: definition, claim, reference, citation, mention, classification, quotation"
    ),
    "passage_kind": Field("keyword", "for passages: title, heading, paragraph, item, row, cell, caption, reference, note"),
    "source": Field("keyword", "the source's id"),
    "source_kind": Field("keyword", "guidance, forum or critique"),
    "part": Field("keyword", "what the source calls the part: 4.2, #12"),
    "page": Field("keyword", "where the source has pages: the number printed on it, or counted from its beginning"),
    "concept": Field("keyword", "the condition or umbrella term named, by its slug"),
    "category": Field("keyword", "for classifications: the category a condition is placed under"),
    "stance": Field("keyword", "for classifications: asserts, disputes, reports"),
    "placement": Field("keyword", "for classifications: example-of, listed-under, coded-as and so on"),
    "claim_kind": Field("keyword", "for claims: figure, target, recommendation, finding, criticism, causal, policy"),
    "basis": Field("keyword", "for recommendations: guideline, trial, consensus, not-stated"),
    "for_whom": Field("words", "for recommendations: whose care or conduct they are about"),
    "form": Field("keyword", "the form of a definition or reference: explicit, glossary, doi, pmid and so on"),
    "unit": Field("keyword", "for figures: the unit or what is counted: %, GBP, sites"),
    "qualifier": Field("keyword", "for figures: up to, at least, around"),
    "nature": Field("keyword", "for figures: target, outcome, expected, derived, unknown"),
    "value": Field("number", "for figures: the number; ranges such as value:[40 TO 50] or value:>=40"),
    "year": Field("number", "the work's year, else the year of the part or source; ranges as for value"),
    "speaker_role": Field("keyword", "whose words: document, quoted, member, organisation, author, unknown"),
    "jurisdiction": Field("keyword", "where the source or classification applies"),
    "match": Field("keyword", "for quotations: exact, normalised, elided, altered, none"),
    "place": Field("keyword", "for quotations: as-attributed, elsewhere, not-held, not-found"),
    "key": Field("keyword", "for citations: the number or name in the marker; for references: their label"),
    "doi": Field("keyword", "for references: the DOI"),
    "pmid": Field("keyword", "for references: the PubMed number"),
    "status": Field("keyword", "review: machine, confirmed, corrected, rejected, disputed, withdrawn"),
}

FACETS = ("kind", "source", "source_kind", "concept", "claim_kind")
"""Fields whose values are counted over all hits."""


def is_scored(field: str) -> bool:
    """Whether finding a term in this field says how well an entry answers; keywords and numbers only filter."""
    return FIELDS[field].kind in SCORED
