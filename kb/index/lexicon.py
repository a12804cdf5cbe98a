"""The words an index knows, and which of them are forms of one word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from kb.index.analysis import ACRONYM, stem
from kb.index.engines import Searcher
from kb.index.entries import Positions

Forms = dict[str, tuple[str, ...]]
"""Stem to the words of the text that have it, sorted; acronyms as such have none."""


def forms_in(indexed: Iterable[Mapping[str, Positions]]) -> Forms:
    """The forms in the text of entries."""
    words = {word for fields in indexed for alternatives in fields.get("text", ()) for word in alternatives}
    forms: dict[str, list[str]] = {}
    for word in sorted(words):
        if not ACRONYM.fullmatch(word):
            forms.setdefault(stem(word), []).append(word)
    return {root: tuple(found) for root, found in forms.items()}


@dataclass(frozen=True)
class Lexicon:
    """An open index's terms, with the forms of its text."""

    searcher: Searcher
    forms: Forms

    def has(self, field: str, term: str) -> bool:
        """Whether the field of any entry holds the term."""
        return self.searcher.frequency(field, term) > 0

    def terms(self, field: str) -> Iterator[str]:
        """Every term of a field, sorted."""
        return self.searcher.terms(field)

    def forms_of(self, word: str) -> Sequence[str]:
        """The words of the text that are forms of this one."""
        return self.forms.get(stem(word), ())

    def near(self, word: str, edits: int, field: str = "text") -> Iterator[str]:
        """The terms of a field that are at most `edits` letters from `word`, sorted; `word` itself where it occurs."""
        for known in self.searcher.terms(field):
            if abs(len(known) - len(word)) <= edits and OSA.distance(word, known, score_cutoff=edits) <= edits:
                yield known

    def nearest(self, word: str) -> str | None:
        """The most frequent word of the text that is one letter from `word`, equals by spelling; None where there is none."""
        found = sorted(self.near(word, 1), key=lambda known: (-self.searcher.frequency("text", known), known))
        return found[0] if found else None
