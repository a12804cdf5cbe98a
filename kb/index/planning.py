"""From what a person asked to what an engine must find: analysis, stop words, prefixes, typos, ranges; alike for all engines."""

from __future__ import annotations

from collections.abc import Iterable

from kb.index.analysis import ACRONYM, STOP_WORDS, Token, fold_case, keyword, parse_number, tokens
from kb.index.concepts import NAMED_BY_CONCEPT, short_name
from kb.index.fields import FIELDS, is_scored
from kb.index.lexicon import Lexicon
from kb.index.plan import AllOf, AnyOf, Has, Plan, Rather, Run, Whole, Without
from kb.index.query import And, Between, Everything, Fuzzy, Not, Or, Phrase, Preferring, Prefix, Query, Term

LONGEST_ACRONYM = 6
"""Longer words in capitals are shouted or headings: they are asked for like any other word."""
NO_WORDS: frozenset[str] = frozenset()
NOTHING = AnyOf(())


def plan(query: Query, lexicon: Lexicon) -> Plan:
    """What finds `query` in an index with this lexicon.

    Stop words ask for nothing, unless nothing else is asked for; a query without a single letter or digit finds nothing.
    """
    for stop_words in (STOP_WORDS, NO_WORDS):
        found = _Planner(lexicon, stop_words).plan(query)
        if found is not None:
            return found
    return NOTHING


class _Planner:
    """Plans one query; a part that asks for nothing (a stop word, a lone sign) has the plan None."""

    def __init__(self, lexicon: Lexicon, stop_words: frozenset[str]) -> None:
        self._lexicon, self._stop_words = lexicon, stop_words

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
                return self._word(field, text) if is_scored(field) else Has(field, (self._value(field, text),))
            case Phrase(field, text):
                return self._phrase(field, text) if is_scored(field) else Has(field, (self._value(field, text),))
            case Prefix(field, text):
                return self._prefix(field, text)
            case Fuzzy(field, text, edits):
                near = (known for token in tokens(text) for known in self._lexicon.near(token.words[-1], edits, field))
                return Has(field, tuple(near))
            case Between(field=field):
                return Has(field, tuple(term for term in self._lexicon.terms(field) if _is_between(term, query)))

    def _value(self, field: str, text: str) -> str:
        value = keyword(text)
        if field in NAMED_BY_CONCEPT and not self._lexicon.has(field, value):
            return short_name(field, text)
        return value

    def _word(self, field: str, text: str) -> Plan | None:
        found = list(tokens(text))
        if len(found) != 1:
            return self._phrase(field, text)
        if found[0].words[0] in self._stop_words:
            return None
        return self._any_form(field, found[0])

    def _phrase(self, field: str, text: str) -> Plan | None:
        found = list(tokens(text))
        if FIELDS[field].kind != "prose":
            return _all_of(tuple(self._any_form(field, token) for token in found))
        words = tuple(token.words[0] if self._is_particular(field, token) else token.words[-1] for token in found)
        if len(words) > 1:
            return Run(field, words)
        return Has(field, words) if words else None

    def _any_form(self, field: str, token: Token) -> Has:
        """The token as an acronym or figure where it is one, else any form of its word."""
        if self._is_particular(field, token):
            return Has(field, (token.words[0],))
        if FIELDS[field].kind != "prose":
            return Has(field, (token.stems[-1],))
        return Has(field, tuple(self._lexicon.forms_of(token.words[-1])))

    def _is_particular(self, field: str, token: Token) -> bool:
        """Whether the first of several terms is meant; words in capitals must be acronyms the index knows."""
        if len(token.words) == 1 or not ACRONYM.fullmatch(token.words[0]):
            return len(token.words) > 1
        return len(token.span) <= LONGEST_ACRONYM and self._lexicon.has(field, token.words[0])

    def _prefix(self, field: str, text: str) -> Plan | None:
        if not is_scored(field):
            return Has(field, self._beginning(field, keyword(text)))
        *whole, last = [token.words[-1] for token in tokens(text)] or [fold_case(text)]
        return _all_of((*(Has(field, (word,)) for word in whole), Has(field, self._beginning(field, last))))

    def _beginning(self, field: str, start: str) -> tuple[str, ...]:
        return tuple(term for term in self._lexicon.terms(field) if term.startswith(start))


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
