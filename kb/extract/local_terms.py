"""Abbreviations and terms of one document: what a text introduces as short for what, wherever it says so.

A pass of its own, before mentions and definitions: what an abbreviation means here goes before what the vocabulary says.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property

from kb.extract.labels import concept_of, known_acronyms
from kb.model import Passage, Span
from kb.text.abbreviations import Abbreviation, abbreviations, bare_short, spelt_out

_LONGEST_LINE = 160
"""Code points."""


class LocalTerms:
    """The abbreviations that the passages of a text introduce."""

    def __init__(self, text: str, passages: Iterable[Passage]) -> None:
        """`text` is the folded one."""
        self._text = text
        self._introduced: list[tuple[Passage, Abbreviation]] = []
        lines: set[str] = set()
        for passage in passages:
            line = spelt_out(text, passage.span) if len(passage.span) <= _LONGEST_LINE else None
            lines.update([passage.id] if line is not None else [])
            pairs = [line] if line is not None else abbreviations(text, passage.span)
            self._introduced += [(passage, pair) for pair in pairs]
        self.lines = frozenset(lines)
        """The passages that spell out an abbreviation and do nothing else, by their ids."""

    @cached_property
    def first(self) -> dict[str, Abbreviation]:
        """Where each is introduced first in running text, by its bare form, in text order; references introduce none."""
        pairs: dict[str, Abbreviation] = {}
        for passage, pair in self._introduced:
            if passage.kind != "reference":
                pairs.setdefault(self._bare(pair), pair)
        return pairs

    def introduces(self, span: Span) -> bool:
        """Whether an abbreviation is introduced by the words at `span`, its bracket's."""
        index = bisect_left(self._short_starts, span.start)
        return index < len(self._short_starts) and self._short_starts[index] < span.end

    @cached_property
    def _short_starts(self) -> list[int]:
        return sorted(pair.short.start for _, pair in self._introduced)

    @cached_property
    def long_forms(self) -> frozenset[str]:
        """What they are short for, in small letters."""
        return frozenset(" ".join(pair.long.of(self._text).lower().split()) for pair in self.first.values())

    @cached_property
    def concepts(self) -> dict[str, str | None]:
        """What they mean by their bare form: the concept of the long form, None for one that names no condition.

        Only abbreviations that this could change are kept: the long form is a condition, or the vocabulary knows the short form.
        """
        meanings: dict[str, str | None] = {}
        for _, pair in self._introduced:
            short = self._bare(pair)
            if "/" in short:
                continue
            concept = concept_of(self._text, pair.long)
            if concept is not None or short in known_acronyms():
                meanings[short] = meanings.get(short) or concept
        return meanings

    def _bare(self, pair: Abbreviation) -> str:
        return bare_short(pair.short.of(self._text))
