"""What several extractors need to know of one document, worked out once and only when asked for.

Records change from extractor to extractor, the text does not: everything here follows from the document alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property
from typing import TypeVar, cast

from kb.extract.cued import Signposts
from kb.extract.holders import Holders
from kb.extract.local_terms import LocalTerms
from kb.model import Document, Passage, Span
from kb.text import numbers, sentences
from kb.text.folding import fold_same_length, lower_same_length
from kb.text.number_pattern import number_places
from kb.text.numbers import Quantity
from kb.text.words import TextWords

T = TypeVar("T")


class Prepared:
    """One document on its way through the extractors, and what follows from its text."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._sentences: dict[Span, tuple[Span, ...]] = {}
        self._once: dict[str, object] = {}
        self._cued: dict[tuple[str, ...], Signposts] = {}
        self._quantities: dict[Span, tuple[Quantity, ...]] = {}

    @cached_property
    def folded(self) -> str:
        """The text with plain quotation marks, dashes and blanks, one code point for one: a span here is one in the text."""
        return fold_same_length(self.document.text)

    @cached_property
    def lowered(self) -> str:
        """The same in small letters, still one code point for one."""
        return lower_same_length(self.folded)

    def cued(self, words: tuple[str, ...]) -> Signposts:
        """Look-up of the places where one of `words`, in small letters, stands in any case, searched for once."""
        if words not in self._cued:
            self._cued[words] = Signposts(self.lowered, [words])
        return self._cued[words]

    def once(self, name: str, work_out: Callable[[], T]) -> T:
        """What `work_out` gives, worked out at the first call under this name: for what several extractors read from records."""
        if name not in self._once:
            self._once[name] = work_out()
        return cast("T", self._once[name])

    @cached_property
    def local_terms(self) -> LocalTerms:
        """The abbreviations that the document introduces."""
        return LocalTerms(self.folded, self.document.passages)

    @cached_property
    def words(self) -> TextWords:
        """The words of the text as quotations are compared by them."""
        return TextWords(self.document.text)

    @cached_property
    def parts_around(self) -> Holders:
        """Look-up of the parts around a place, by their index in the document."""
        return Holders([part.span for part in self.document.parts])

    @cached_property
    def passages(self) -> dict[str, Passage]:
        """The passages by id."""
        return {passage.id: passage for passage in self.document.passages}

    @cached_property
    def first_rows(self) -> dict[str, Passage]:
        """The first row of each table, by the id of the part that the table is: where its columns have heads, these."""
        rows: dict[str, Passage] = {}
        for passage in self.document.passages:
            if passage.kind == "row":
                rows.setdefault(passage.part or "", passage)
        return rows

    @cached_property
    def _starts(self) -> list[int]:
        return [passage.span.start for passage in self.document.passages]

    def passage_at(self, place: int) -> Passage | None:
        """The passage that holds the code point at `place`; None between passages."""
        index = bisect_right(self._starts, place) - 1
        passage = self.document.passages[index] if index >= 0 else None
        return passage if passage is not None and place < passage.span.end else None

    def sentences(self, span: Span) -> tuple[Span, ...]:
        """The sentences inside `span`, as `kb.text.sentences` finds them, split once however often they are asked for."""
        if span not in self._sentences:
            self._sentences[span] = tuple(sentences.sentences(self.document.text, span))
        return self._sentences[span]

    @cached_property
    def _number_places(self) -> list[int]:
        return number_places(self.lowered)

    def quantities(self, span: Span) -> tuple[Quantity, ...]:
        """The quantities inside `span`, a sentence or a cell, read once however often they are asked for."""
        if span not in self._quantities:
            self._quantities[span] = tuple(numbers.quantities(self.document.text, span, self._number_places))
        return self._quantities[span]
