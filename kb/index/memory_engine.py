"""A plain engine that holds the whole index in memory: what the others are compared with, and usable on small corpora.

It keeps nothing on disk: opening it analyses the entries anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kb.index.entries import Entry, Positions, terms
from kb.index.fields import FIELDS

Postings = dict[str, dict[int, list[int]]]
"""Term to entry number to positions."""


def write(directory: Path, indexed: Iterable[dict[str, Positions]]) -> None:
    """Nothing: see above."""
    del directory, indexed


class MemorySearcher:
    """An index in memory."""

    def __init__(self, indexed: Iterable[dict[str, Positions]]) -> None:
        self._postings: dict[str, Postings] = {name: {} for name in FIELDS}
        for number, fields in enumerate(indexed):
            for name, positions in fields.items():
                self._add(number, name, positions)

    def _add(self, number: int, name: str, positions: Positions) -> None:
        for position, alternatives in enumerate(positions):
            for term in alternatives:
                self._postings[name].setdefault(term, {}).setdefault(number, []).append(position)

    def terms(self, field: str) -> Iterator[str]:
        """Every term of an field, sorted."""
        return iter(sorted(self._postings[field]))

    def frequency(self, field: str, term: str) -> int:
        """In how many entries the field holds the term."""
        return len(self._postings[field].get(term, {}))

    def having(self, field: str, term: str) -> dict[int, int]:
        """How often the field holds the term, by entry."""
        return {number: len(places) for number, places in self._postings[field].get(term, {}).items()}

    def running(self, field: str, wanted: tuple[str, ...]) -> list[int]:
        """The entries whose field holds the terms at consecutive positions."""
        postings = [self._postings[field].get(term, {}) for term in wanted]
        return [number for number in postings[0] if self._starts([found.get(number, []) for found in postings])]

    @staticmethod
    def _starts(places: list[list[int]]) -> set[int]:
        return set.intersection(*({place - index for place in found} for index, found in enumerate(places)))


def open_searcher(directory: Path, read_entries: Callable[[], Iterable[Entry]]) -> MemorySearcher:
    """A searcher over the entries."""
    del directory
    return MemorySearcher(terms(entry) for entry in read_entries())
