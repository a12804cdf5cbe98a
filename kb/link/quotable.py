"""A document that may be quoted, ready to be searched: its words are taken in once a run, however often they are asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from kb.extract.holders import Holders
from kb.model import Document, Passage, Source, Span
from kb.text.marks import blanked
from kb.text.matching import Shingle, ShingleIndex, shingles
from kb.text.words import TextWords, words

COMMON = frozenset(
    {"the", "of", "and", "for", "in", "on", "to", "a", "an", "dr", "prof", "professor", "document", "guidance", "report"}
)
RARE = 400
"""Places in one document up to which a word says where its sentence stands."""

SHARED = 0.6
"""Share of a quotation's rare words that stand close together where it is worth a second look."""

FEWEST = 3

RAREST = 4
"""Words of a quotation of which a document must have half to be looked through for the others."""


@dataclass(frozen=True)
class Quotable:
    """A document and what searching it needs."""

    source: Source
    document: Document

    @cached_property
    def text(self) -> str:
        """Its text, with blanks where raised marks stand."""
        return blanked(self.document)

    @cached_property
    def told(self) -> TextWords:
        """Everything it says, in order, without marks."""
        return TextWords(self.text)

    @cached_property
    def index(self) -> ShingleIndex:
        """Its runs of words."""
        return ShingleIndex(self.told.all)

    @cached_property
    def titles(self) -> tuple[frozenset[str], ...]:
        """The words of each title it goes by."""
        return tuple(name_words(title) for title in (self.document.title, self.source.title) if title)

    @cached_property
    def makers(self) -> tuple[frozenset[str], ...]:
        """The words of each author's and publisher's name."""
        document, source = self.document, self.source
        names = [*document.authors, *source.authors, document.publisher, source.publisher]
        return tuple(name_words(name) for name in names if name)

    def authors_at(self, span: Span) -> tuple[frozenset[str], ...]:
        """The words of the names of those in whose parts `span` begins or ends."""
        edges = (Span(span.start, span.start), Span(max(span.start, span.end - 1), max(span.start, span.end - 1)))
        indices = dict.fromkeys(index for edge in edges for index in self._bodies.around(edge))
        authors = [self.document.parts[index].author for index in indices]
        return tuple(name_words(author.name) for author in authors if author and author.name)

    def passage_at(self, span: Span) -> Passage | None:
        """The first passage that shares a code point with `span`."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        return next((passage for passage in self.document.passages[first : first + 2] if passage.span.overlaps(span)), None)

    def likely_window(self, forms: tuple[str, ...]) -> Span | None:
        """Where most of the rare words among `forms` stand close together; None where they do not."""
        rare = {form for form in forms if 0 < len(self._places.get(form, ())) <= RARE}
        wanted = max(FEWEST, SHARED * len(rare))
        if len(rare) < wanted:
            return None
        near = sorted((place, form) for form in rare for place in self._places[form])
        width = len(forms) + len(forms) // 2
        best, most = (0, 0), 0
        low = 0
        inside: dict[str, int] = {}
        for high, (place, form) in enumerate(near):
            inside[form] = inside.get(form, 0) + 1
            while place - near[low][0] > width:
                _leave(inside, near[low][1])
                low += 1
            if len(inside) > most:
                best, most = (near[low][0], near[high][0]), len(inside)
        if most < wanted:
            return None
        return self.told.all.span(best[0], best[1] + 1)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for place, form in enumerate(self.told.all.forms):
            places.setdefault(form, []).append(place)
        return places

    @cached_property
    def _bodies(self) -> Holders:
        return Holders([part.body for part in self.document.parts])

    @cached_property
    def _starts(self) -> list[int]:
        return [passage.span.start for passage in self.document.passages]


class Library:
    """Documents that may be quoted, and which of them have which of the words and runs of words that are `asked` for.

    Each document is gone through once, however many quotations there are.
    """

    def __init__(self, texts: Iterable[Quotable], asked: Iterable[Sequence[str]]) -> None:
        self.texts = tuple(texts)
        told = list(asked)
        self._holders: dict[Shingle, list[int]] = {shingle: [] for forms in told for shingle in shingles(forms)}
        words = frozenset(form for forms in told for form in forms)
        self._words: dict[str, list[int]] = {form: [] for form in words}
        for number, text in enumerate(self.texts):
            for form in words.intersection(text.told.all.forms):
                self._words[form].append(number)
            for shingle in shingles(text.told.all.forms):
                holders = self._holders.get(shingle)
                if holders is not None and holders[-1:] != [number]:
                    holders.append(number)

    def sharing(self, forms: Sequence[str]) -> list[Quotable]:
        """The documents that have a run of these words, in the order given."""
        numbers = {number for shingle in shingles(forms) for number in self._holders.get(shingle, ())}
        return [self.texts[number] for number in sorted(numbers)]

    def likely(self, forms: Iterable[str]) -> list[Quotable]:
        """The documents that have the rarest of these words, of those that more than one document has."""
        known = sorted((len(numbers), form) for form in set(forms) if len(numbers := self._words.get(form, [])) > 1)
        holding = Counter(number for _, form in known[:RAREST] for number in self._words[form])
        return [self.texts[number] for number in sorted(holding) if 2 * holding[number] >= min(RAREST, len(known))]


def _leave(inside: dict[str, int], form: str) -> None:
    inside[form] -= 1
    if not inside[form]:
        del inside[form]


@cache
def name_words(name: str) -> frozenset[str]:
    """The words of a name or title that tell it from others."""
    return frozenset(words(name, Span(0, len(name))).forms) - COMMON
