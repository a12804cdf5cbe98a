"""From what a person asked to what an engine must find: analysis, stop words, prefixes, typos, ranges; alike for all engines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from rapidfuzz.distance import OSA

from kb.index.analysis import ACRONYM, STOP_WORDS, Token, fold_case, keyword, parse_number, tokens
from kb.index.fields import EXACT, FIELDS
from kb.index.plan import AllOf, AnyOf, Has, Plan, Rather, Run, Whole, Without
from kb.index.query import And, Between, Everything, Fuzzy, Not, Or, Phrase, Preferring, Prefix, Query, Term

LONGEST_ACRONYM = 6
"""Longer words in capitals are shouted or headings: they are asked for like any other word."""
NO_WORDS: frozenset[str] = frozenset()
NOTHING = AnyOf(())


class Vocabulary(Protocol):
    """The terms an index holds."""

    def terms(self, field: str) -> Iterable[str]:
        """Every term of an index field, sorted."""

    def frequency(self, field: str, term: str) -> int:
        """In how many entries the field holds the term."""


def plan(query: Query, vocabulary: Vocabulary) -> Plan:
    """What finds `query` in an index with this vocabulary.

    Stop words ask for nothing, unless nothing else is asked for; a query without a single letter or digit finds nothing.
    """
    for stop_words in (STOP_WORDS, NO_WORDS):
        found = _Planner(vocabulary, stop_words).plan(query)
        if found is not None:
            return found
    return NOTHING


class _Planner:
    """Plans one query; a part that asks for nothing (a stop word, a lone sign) has the plan None."""

    def __init__(self, vocabulary: Vocabulary, stop_words: frozenset[str]) -> None:
        self._vocabulary, self._stop_words = vocabulary, stop_words

    def plan(self, query: Query) -> Plan | None:  # noqa: PLR0911 - one case a kind
        """The plan of one part."""
        match query:
            case Everything():
                return Whole()
            case And(parts):
                return _all_of(self._plans(parts))
            case Or(parts):
                return _any_of(self._plans(parts))
            case Not(part):
                unwanted = self.plan(part)
                return None if unwanted is None else Without(unwanted)
            case Preferring(part, preferred):
                needed, wished = self.plan(part), self.plan(preferred)
                if needed is None or wished is None:
                    return needed if wished is None else wished
                return Rather(needed, wished)
            case Term() | Phrase() | Prefix() | Fuzzy() | Between():
                return self._leaf(query)

    def _plans(self, parts: Iterable[Query]) -> tuple[Plan, ...]:
        return tuple(found for part in parts if (found := self.plan(part)) is not None)

    def _leaf(self, query: Term | Phrase | Prefix | Fuzzy | Between) -> Plan | None:
        match query:
            case Term(field, text):
                return self._words(field, text) if _is_prose(field) else Has(field, keyword(text))
            case Phrase(field, text):
                return self._phrase(field, text) if _is_prose(field) else Has(field, keyword(text))
            case Prefix(field, text):
                return self._prefix(field, text)
            case Fuzzy(field, text, edits):
                words = [word for token in tokens(text) for word in near(token.words[-1], edits, self._vocabulary, field)]
                return AnyOf(tuple(Has(field + EXACT, word) for word in words))
            case Between(field=field):
                return AnyOf(tuple(Has(field, term) for term in self._vocabulary.terms(field) if _is_between(term, query)))

    def _words(self, field: str, text: str) -> Plan | None:
        found = list(tokens(text))
        if len(found) != 1:
            return self._phrase(field, text)
        wanted = found[0]
        if wanted.words[0] in self._stop_words:
            return None
        return Has(field, self._particular(field, wanted, wanted.stems))

    def _phrase(self, field: str, text: str) -> Plan | None:
        exact = field + EXACT
        words = tuple(self._particular(exact, token, token.words) for token in tokens(text))
        if len(words) > 1:
            return Run(exact, words)
        return Has(exact, words[0]) if words else None

    def _particular(self, field: str, token: Token, terms: tuple[str, ...]) -> str:
        """The most particular of a token's terms; words in capitals the index does not know as acronyms lose them."""
        if not ACRONYM.fullmatch(terms[0]):
            return terms[0]
        if len(token.span) <= LONGEST_ACRONYM and self._vocabulary.frequency(field, terms[0]):
            return terms[0]
        return terms[-1]

    def _prefix(self, field: str, text: str) -> Plan | None:
        if not _is_prose(field):
            start = keyword(text)
            return AnyOf(tuple(Has(field, term) for term in self._vocabulary.terms(field) if term.startswith(start)))
        exact = field + EXACT
        *whole, last = [token.words[-1] for token in tokens(text)] or [fold_case(text)]
        matching = AnyOf(tuple(Has(exact, word) for word in self._vocabulary.terms(exact) if word.startswith(last)))
        return _all_of((*(Has(exact, word) for word in whole), matching))


def near(word: str, edits: int, vocabulary: Vocabulary, field: str = "text") -> Iterator[str]:
    """The words a prose field holds that are at most `edits` letters from `word`, sorted; `word` itself where it occurs."""
    for known in vocabulary.terms(field + EXACT):
        if abs(len(known) - len(word)) <= edits and OSA.distance(word, known, score_cutoff=edits) <= edits:
            yield known


def _is_prose(field: str) -> bool:
    return FIELDS[field].kind == "prose"


def _is_between(term: str, wanted: Between) -> bool:
    value = parse_number(term)
    if value is None:
        return False
    above = wanted.low is None or value > wanted.low or (value == wanted.low and not wanted.is_low_open)
    below = wanted.high is None or value < wanted.high or (value == wanted.high and not wanted.is_high_open)
    return above and below


def _all_of(parts: tuple[Plan, ...]) -> Plan | None:
    return AllOf(parts) if len(parts) > 1 else next(iter(parts), None)


def _any_of(parts: tuple[Plan, ...]) -> Plan | None:
    return AnyOf(parts) if len(parts) > 1 else next(iter(parts), None)
