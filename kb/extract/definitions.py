"""Definitions: passages that say what a term means, list what falls under it, or refuse it.

Each rule is one function over a sentence or a passage, one line in `SENTENCE_RULES` or `PASSAGE_RULES`. Phrases are data:
`vocabulary/en/definitions.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kb.extract.cued import Cued
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
    signs,
)
from kb.extract.found import Found
from kb.extract.labels import concept_of
from kb.extract.listings import Clause, clauses, listings
from kb.extract.noun_phrases import without_brackets
from kb.extract.prepared import Prepared
from kb.model import Definition, Mention, Span
from kb.text.abbreviations import Abbreviation, bare_short

SentenceRule = Callable[[str, Span], Iterator[Defined]]
PassageRule = Callable[[Prepared, int], Iterator[Defined]]

SENTENCE_RULES: tuple[tuple[str, SentenceRule], ...] = (
    ("not_but", rejected_for_another),
    ("rejected", rejected),
    ("verb", defined_by_verb),
    ("genus", defined_by_genus),
    ("alias", aliased),
    ("gloss", glossed),
)
"""In order of trust, each with the name of its signs: of two that find the same term in a sentence, the first is kept."""
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
    pairs = found.prepared.local_terms.first
    text = found.document.text
    names = _Names({short: without_brackets(pair.long.of(text)) for short, pair in pairs.items()})
    yield from (_abbreviation(text, pair, names) for pair in pairs.values())
    for defined in _of_passages(found.prepared):
        yield _definition(text, defined, names)
    rules = [(found.prepared.cued(signs(name)), rule) for name, rule in SENTENCE_RULES]
    for clause in clauses(found):
        taken: list[Span] = []
        for defined in _of_sentence(rules, clause):
            if not any(place.overlaps(defined.term) for place in taken):
                taken.append(defined.term)
                yield _definition(text, defined, names)
        yield from _lists(text, clause, names)


def _of_passages(prepared: Prepared) -> Iterator[Defined]:
    for position, passage in enumerate(prepared.document.passages):
        if passage.kind != "reference":
            for rule in PASSAGE_RULES:
                yield from rule(prepared, position)


def _of_sentence(rules: Sequence[tuple[Cued, SentenceRule]], clause: Clause) -> Iterator[Defined]:
    for places, rule in rules:
        if places.inside(clause.span) and not clause.is_question:
            yield from rule(clause.text, clause.span)


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


def _lists(text: str, clause: Clause, names: _Names) -> Iterator[Definition]:
    for listing in listings(clause) if clause.mentions and not clause.is_question else ():
        opening = listing.marker.of(clause.text).lower()
        if _is_health_problem(listing.category) or not (listing.is_clause or opening.startswith(_LISTED_MARKERS)):
            continue
        if listing.rule == "most-common" or len(listing.members) < 2:
            continue
        is_opener = (
            listing.is_clause and len(clause.text[clause.span.start : listing.members[0].span.start].split()) <= _OPENING_WORDS
        )
        start = listing.members[0].span.start if is_opener else listing.marker.start
        term = listing.category.span.of(text)
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
