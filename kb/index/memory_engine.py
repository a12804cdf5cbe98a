"""A plain engine that holds the whole index in memory: what the others are compared with, and usable on small corpora.

It keeps nothing on disk: opening it analyses the entries anew.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path

from kb.index.entries import Entry, Positions, terms
from kb.index.fields import index_fields, is_scored
from kb.index.plan import AllOf, AnyOf, Has, Plan, Rather, Run, Whole, Without

K1, B = 1.2, 0.75
"""BM25, as the Whoosh engine weighs."""
Scores = dict[int, float]
Postings = dict[str, dict[int, tuple[int, ...]]]
"""Term to entry number to positions."""


def write(directory: Path, indexed: Iterable[dict[str, Positions]]) -> None:
    """Nothing: see above."""
    del directory, indexed


class MemorySearcher:
    """An index in memory."""

    def __init__(self, indexed: Iterable[dict[str, Positions]]) -> None:
        self._postings: dict[str, Postings] = {name: {} for name in index_fields()}
        self._lengths: dict[str, Counter[int]] = {name: Counter() for name in index_fields()}
        self._count = 0
        for number, fields in enumerate(indexed):
            self._count = number + 1
            for name, positions in fields.items():
                self._add(number, name, positions)

    def _add(self, number: int, name: str, positions: Positions) -> None:
        for position, alternatives in enumerate(positions):
            for term in alternatives:
                places = self._postings[name].setdefault(term, {})
                places[number] = (*places.get(number, ()), position)
                self._lengths[name][number] += 1

    def terms(self, field: str) -> Iterator[str]:
        """Every term of an index field, sorted."""
        return iter(sorted(self._postings[field]))

    def frequency(self, field: str, term: str) -> int:
        """In how many entries the field holds the term."""
        return len(self._postings[field].get(term, {}))

    def find(self, plan: Plan) -> Scores:  # noqa: PLR0911 - one case a kind
        """The numbers of the entries that `plan` finds, with their scores."""
        match plan:
            case Whole():
                return dict.fromkeys(range(self._count), 0.0)
            case Has(field, term):
                return self._having(field, term)
            case Run(field, wanted):
                return self._running(field, wanted)
            case AllOf(parts):
                return _common([self.find(part) for part in parts])
            case AnyOf(parts):
                return _joined([self.find(part) for part in parts])
            case Without(part):
                unwanted = self.find(part)
                return {number: 0.0 for number in range(self._count) if number not in unwanted}
            case Rather(part, preferred):
                found, wished = self.find(part), self.find(preferred)
                return {number: score + wished.get(number, 0.0) for number, score in found.items()}

    def _having(self, field: str, term: str) -> Scores:
        places = self._postings[field].get(term, {})
        if not is_scored(field):
            return dict.fromkeys(places, 0.0)
        return {number: self._weight(field, number, len(found), len(places)) for number, found in places.items()}

    def _running(self, field: str, wanted: tuple[str, ...]) -> Scores:
        places = [self._postings[field].get(term, {}) for term in wanted]
        scores: Scores = {}
        for number in set.intersection(*map(set, places)):
            starts = set.intersection(*({place - index for place in found[number]} for index, found in enumerate(places)))
            if starts:
                scores[number] = sum(self._weight(field, number, len(starts), len(found)) for found in places)
        return scores

    def _weight(self, field: str, number: int, frequency: int, entries: int) -> float:
        rarity = math.log(self._count / (entries + 1)) + 1
        length = self._lengths[field][number] / self._mean_lengths[field]
        return rarity * frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * length))

    @cached_property
    def _mean_lengths(self) -> dict[str, float]:
        return {name: lengths.total() / max(self._count, 1) for name, lengths in self._lengths.items()}


def open_searcher(directory: Path, read_entries: Callable[[], Iterable[Entry]]) -> MemorySearcher:
    """A searcher over the entries."""
    del directory
    return MemorySearcher(terms(entry) for entry in read_entries())


def _common(found: list[Scores]) -> Scores:
    first, *others = found
    return {
        number: score + sum(other[number] for other in others)
        for number, score in first.items()
        if all(number in other for other in others)
    }


def _joined(found: list[Scores]) -> Scores:
    joined: Scores = {}
    for scores in found:
        for number, score in scores.items():
            joined[number] = joined.get(number, 0.0) + score
    return joined
