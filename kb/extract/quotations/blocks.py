"""A document's entries as runs of passages: what quotations begin and end at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.extract.found import Found
from kb.extract.voice import OWN, WRAPPED, own_voice
from kb.model import Document, Part, Passage, Span
from kb.text.quote_marks import Marked, marked

ENTRY_KINDS = frozenset({"post", "article", "section", "box", "quotation"})


@dataclass(frozen=True)
class Block:
    """One passage as it stands in its entry."""

    passage: Passage
    text: str
    """Of the whole document."""
    start: int
    """Where it begins together with the number, key or bullet that stands before the passage."""
    blank_lines: int
    """Between the passage before it in the entry and this one."""
    is_wrapped: bool
    """Whether its lines are broken within sentences, in a document whose lines mostly are not."""
    is_behind_rule: bool
    """Whether a drawn line stands before it."""
    in_marks: Sequence[Span]
    """What stands in quotation marks in it."""

    @cached_property
    def own(self) -> float:
        """How much it sounds like the entry's author: see `kb.extract.voice.own_voice`."""
        return own_voice(self.text, self.span, self.in_marks, is_wrapped=self.is_wrapped)

    @property
    def span(self) -> Span:
        """The passage's place."""
        return self.passage.span

    @property
    def is_note(self) -> bool:
        """Whether it is an entry of a reference list or a footnote."""
        return self.passage.kind in {"reference", "note"}

    @property
    def is_own(self) -> bool:
        """Whether it sounds like the entry's author enough to end a quotation."""
        return self.own >= OWN


@dataclass(frozen=True)
class Entry:
    """The passages directly under one post, article, section, box or quotation block; under None those outside all of them."""

    part: Part | None
    blocks: tuple[Block, ...]
    marked: tuple[Marked, ...] = ()
    """What stands in quotation marks in it."""

    @property
    def is_free_prose(self) -> bool:
        """Whether it is a post or an article, where texts are pasted without marks."""
        return self.part is not None and self.part.kind in {"post", "article"}


def entries(found: Found) -> tuple[Entry, ...]:
    """All entries with their passages, in text order; an entry interrupted by another stays one."""
    document = found.document
    parts = {part.id: part for part in document.parts}
    grouped: dict[str | None, list[Passage]] = {}
    for passage in document.passages:
        grouped.setdefault(_entry_id(passage, parts), []).append(passage)
    wraps = not _is_wrapped_throughout(document)
    return tuple(_entry(document, parts[key] if key else None, passages, wraps=wraps) for key, passages in grouped.items())


def _entry(document: Document, part: Part | None, passages: list[Passage], *, wraps: bool) -> Entry:
    stretches = tuple(marked(document.text, [passage.span for passage in passages]))
    quoted = _quoted_in(passages, stretches)
    return Entry(part, tuple(_blocks(document, passages, quoted, wraps=wraps)), stretches)


def _entry_id(passage: Passage, parts: dict[str, Part]) -> str | None:
    place = passage.part
    while place is not None and parts[place].kind not in ENTRY_KINDS:
        place = parts[place].parent
    return place


LONG_LINE = 60
WRAPPED_SHARE = 0.4
DRAWN_LINE = re.compile(r"[-_=*~]{5,}")


def _is_wrapped_throughout(document: Document) -> bool:
    """Whether broken lines say nothing here, because most long passages have them."""
    long = [words for passage in document.passages if len(words := document.words(passage)) > 2 * LONG_LINE]
    return sum(bool(WRAPPED.search(words)) for words in long) > WRAPPED_SHARE * len(long)


def _blocks(
    document: Document, passages: Sequence[Passage], quoted: Mapping[int, Sequence[Span]], *, wraps: bool
) -> Iterator[Block]:
    text = document.text
    before = passages[0]
    for place, passage in enumerate(passages):
        between = text[min(before.span.end, passage.span.start) : passage.span.start]
        yield Block(
            passage=passage,
            text=text,
            start=passage.span.start - len(between.lstrip()),
            blank_lines=max(0, between.count("\n") - 1) if not between.strip() else 1,
            is_wrapped=wraps and WRAPPED.search(text, passage.span.start, passage.span.end) is not None,
            is_behind_rule=DRAWN_LINE.search(between) is not None,
            in_marks=quoted.get(place, ()),
        )
        before = passage


def _quoted_in(passages: Sequence[Passage], stretches: Sequence[Marked]) -> dict[int, list[Span]]:
    """What stands in quotation marks in each passage, by its place among them."""
    starts = [passage.span.start for passage in passages]
    quoted: dict[int, list[Span]] = {}
    for stretch in stretches:
        if stretch.is_closed:
            first = bisect_right(starts, stretch.span.start) - 1
            for place in range(first, bisect_right(starts, stretch.span.end)):
                quoted.setdefault(place, []).append(stretch.span)
    return quoted
