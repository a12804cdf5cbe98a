"""Definitions: passages that say what a term means, list what falls under it, or refuse it.

Each rule is one function over a sentence or a passage, one line in `SENTENCE_RULES` or `PASSAGE_RULES`. Phrases are data:
`vocabulary/en/definitions.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kb.extract.defining import (
    Defined,
    aliased,
    boxed,
    boxed_in_bold,
    cued,
    defined_by_genus,
    defined_by_verb,
    glossed,
    rejected,
    rejected_for_another,
)
from kb.extract.found import Found
from kb.extract.listings import Clause, clauses, listings
from kb.extract.mentions import concept_of
from kb.extract.noun_phrases import without_brackets
from kb.model import Definition, Document, Mention, Span
from kb.text.abbreviations import Abbreviation, abbreviations, bare_short

SentenceRule = Callable[[str, Span], Iterator[Defined]]
PassageRule = Callable[[Document, int], Iterator[Defined]]

SENTENCE_RULES: tuple[SentenceRule, ...] = (
    rejected_for_another,
    rejected,
    defined_by_verb,
    defined_by_genus,
    aliased,
    glossed,
)
"""In order of trust: of two that find the same term in a sentence, the first is kept."""
PASSAGE_RULES: tuple[PassageRule, ...] = (cued, boxed, boxed_in_bold)
_MARKS = re.compile(r"(?<![^\W_])['\"‘’“”]|['\"‘’“”](?![^\W_])")
_LISTED_MARKERS = ("such", "incl", "e.g", "eg", "for ex", "for in", "which")

_OPENING_WORDS = 4
""""Examples include" and its like are no part of the meaning; "an approach was used which included" is in part."""


@dataclass(frozen=True)
class _Names:
    """What abbreviations stand for in this document, by their bare form."""

    long_forms: dict[str, str]

    def of(self, term: str) -> str:
        """The term's long form in lower case, as far as the document gives one."""
        bare = without_brackets(term)
        long = self.long_forms.get(bare_short(bare))
        return (long or _MARKS.sub("", bare)).lower()


def extract(found: Found) -> Iterator[Definition]:
    """Every definition; abbreviations at their first occurrence alone."""
    pairs = _first_abbreviations(found.document)
    text = found.document.text
    names = _Names({short: without_brackets(pair.long.of(text)) for short, pair in pairs.items()})
    yield from (_abbreviation(text, pair, names) for pair in pairs.values())
    for defined in _of_passages(found.document):
        yield _definition(text, defined, names)
    for clause in clauses(found):
        taken: list[Span] = []
        for defined in _of_sentence(clause):
            if not any(place.overlaps(defined.term) for place in taken):
                taken.append(defined.term)
                yield _definition(text, defined, names)
        yield from _lists(clause, names)


def _of_passages(document: Document) -> Iterator[Defined]:
    for position, passage in enumerate(document.passages):
        if passage.kind != "reference":
            for rule in PASSAGE_RULES:
                yield from rule(document, position)


def _of_sentence(clause: Clause) -> Iterator[Defined]:
    if not clause.is_question:
        for rule in SENTENCE_RULES:
            yield from rule(clause.text, clause.span)


def _first_abbreviations(document: Document) -> dict[str, Abbreviation]:
    pairs: dict[str, Abbreviation] = {}
    for passage in document.passages:
        if passage.kind != "reference":
            for pair in abbreviations(document.text, passage.span):
                pairs.setdefault(bare_short(pair.short.of(document.text)), pair)
    return pairs


def _abbreviation(text: str, pair: Abbreviation, names: _Names) -> Definition:
    short = pair.short.of(text)
    return Definition(
        span=pair.whole,
        rule="definition/abbreviation",
        confidence=0.9,
        term=short,
        term_norm=names.of(short),
        form="abbreviation",
        definiens=pair.long,
        concept=concept_of(text, pair.long),
    )


def _definition(text: str, defined: Defined, names: _Names) -> Definition:
    return Definition(
        span=defined.span,
        rule=f"definition/{defined.rule}",
        confidence=defined.confidence,
        term=" ".join(defined.term.of(text).split()),
        term_norm=names.of(defined.term.of(text)),
        form=defined.form,
        definiens=defined.definiens,
        concept=concept_of(text, defined.term),
    )


def _lists(clause: Clause, names: _Names) -> Iterator[Definition]:
    for listing in () if clause.is_question else listings(clause):
        opening = listing.marker.of(clause.text).lower()
        if _is_health_problem(listing.category) or not (listing.is_clause or opening.startswith(_LISTED_MARKERS)):
            continue
        if listing.rule == "most-common" or len(listing.members) < 2:
            continue
        is_opener = (
            listing.is_clause and len(clause.text[clause.span.start : listing.members[0].span.start].split()) <= _OPENING_WORDS
        )
        start = listing.members[0].span.start if is_opener else listing.marker.start
        term = listing.category.span.of(clause.text)
        yield Definition(
            span=listing.span,
            rule=f"definition/list-{listing.rule}",
            confidence=0.8,
            term=" ".join(term.split()),
            term_norm=names.of(term),
            form="list",
            definiens=Span(min(start, listing.members[-1].span.start), listing.members[-1].span.end),
            concept=listing.category.concept,
        )


def _is_health_problem(category: Mention) -> bool:
    return category.concept.startswith("other:")
