"""Definitions: passages that say what a term means, list what falls under it, or refuse it.

What a sentence defines is read by patterns (`defining`) and brackets (`glosses`), what its form defines by layout (`glossaries`);
patterns and phrases are data, `vocabulary/en/definitions.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.extract import listings
from kb.extract.definitions import glossaries, glosses
from kb.extract.definitions.defining import Defined, Definer, opinions, rules
from kb.extract.definitions.noun_phrases import without_brackets
from kb.extract.found import Found
from kb.extract.labels import concept_of
from kb.extract.listings import Clause, clauses
from kb.extract.prepared import Prepared
from kb.extract.voice import voice_of
from kb.model import Definition, Mention, Span
from kb.text.abbreviations import Abbreviation, bare_short

RULES = (
    *("definition/abbreviation", *(f"definition/list-{rule}" for rule in listings.RULES if rule != "most-common")),
    *(f"definition/{rule}" for rule in (*rules(), *glosses.RULES, *glossaries.RULES)),
)
"""Every rule a definition may have."""
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
    definer = Definer(found.prepared)
    for defined in _of_passages(found.prepared, definer):
        if not _is_opinion(found, defined):
            yield _definition(text, defined, names)
    for clause in clauses(found):
        for defined in _of_sentence(definer, clause):
            if not _is_opinion(found, defined):
                yield _definition(text, defined, names)
        yield from _lists(text, clause, names)


def _is_opinion(found: Found, defined: Defined) -> bool:
    """Whether a member says what something is, in words of their own and without words of defining."""
    return defined.rule in {"box-kind", *opinions()} and voice_of(found, defined.span).role == "member"


def _of_passages(prepared: Prepared, definer: Definer) -> Iterator[Defined]:
    for position, passage in enumerate(prepared.document.passages):
        if passage.kind != "reference":
            yield from glossaries.laid_out(prepared, definer, position)


def _of_sentence(definer: Definer, clause: Clause) -> Iterator[Defined]:
    """Each term once a sentence: words of defining go before brackets."""
    taken: list[Span] = []
    has_bracket = clause.prepared.cued(glosses.SIGNS).is_any_inside(clause.span)
    in_brackets = glosses.glossed(clause.prepared, clause.span) if has_bracket else ()
    for defined in (*definer.defined_in(clause.span), *in_brackets):
        if not clause.is_question and not any(place.overlaps(defined.term) for place in taken):
            taken.append(defined.term)
            yield defined


def _abbreviation(text: str, pair: Abbreviation, names: _Names) -> Definition:
    short = pair.short.of(text)
    return Definition(
        span=pair.whole,
        rule="definition/abbreviation",
        confidence=0.95,
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
    for listing in clause.listings if clause.mentions and not clause.is_question else ():
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
