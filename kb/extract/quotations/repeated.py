"""Quotations whose frame was lost: words of a post that an earlier post of the same thread already has.

Flattening a thread keeps the words of a quote box and drops the box. What tells them from a chance likeness is length, or that
whole lines are repeated, or that the post begins with them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.extract.found import Found
from kb.extract.quotations.blocks import Entry
from kb.model import Author, Quotation, Span
from kb.text.fidelity import compare
from kb.text.lines import Line, lines
from kb.text.matching import SHINGLE, Alignment, ShingleIndex
from kb.text.matching import repeats as find_repeats
from kb.text.words import TextWords, Words, joined

RULES = ("repeated-from-post",)

LONG, ALIGNED, AT_HEAD = 20, 12, 5
"""Equal words that make a quotation: anywhere, as whole lines, as whole lines at the head of a post."""

IN_A_ROW = 8
"""Equal words that must follow each other in a run that keeps to no lines: set phrases that meet by chance are shorter."""

DENSITY = 0.85
"""Share of equal words that a repeated stretch must have."""

SPARE = 2
"""Words at either end of a line that may differ and the line still counts as repeated whole."""

LONGEST_SPARE = 60

URL = re.compile(r"\b(?:https?://|www\.)[^\s<>]+")


@dataclass(frozen=True)
class _Run:
    """A stretch of a post and the earlier stretch it repeats."""

    span: Span
    original: Span
    matched: int
    longest: int
    """Equal words in a row."""


class _Earlier:
    """The posts before the one that is read, asked by place."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._starts: list[int] = []

    def add(self, entry: Entry) -> None:
        self._entries.append(entry)
        self._starts.append(_body(entry).start)

    def at(self, span: Span) -> list[Entry]:
        """The posts whose words share a code point with `span`; posts stand one after the other."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        near = self._entries[first : bisect_right(self._starts, span.end)]
        return [entry for entry in near if _body(entry).overlaps(span)]


def repeated(found: Found, entries: tuple[Entry, ...]) -> Iterator[Quotation]:
    """The unmarked quotations of a thread, in text order; none in documents without posts."""
    told = found.prepared.words
    index = ShingleIndex()
    earlier = _Earlier()
    for entry in entries:
        if entry.part is None or entry.part.kind != "post" or not entry.blocks:
            continue
        own = _words(told, entry)
        runs = _joined(_runs(told, entry, own, index), told, earlier)
        quoted = [run for run in runs if _is_quotation(run, told.text, entry, earlier)]
        yield from (_quotation(found, run, earlier) for run in quoted)
        # What a post only repeats is not its own: who quotes the same words later quotes the first post that has them.
        index.add(_parted(_outside(own, [run.span for run in quoted])))
        earlier.add(entry)


def _parted(own: Words) -> Words:
    """A post's words with what no post says behind them, so that no run goes on from one post into the next."""
    place = own.ends[-1] if own else 0
    parting = [f"\0{place}.{number}" for number in range(2 * SHINGLE + 1)]
    places = [place] * len(parting)
    return joined([own, Words(parting, places, places)])


def _words(told: TextWords, entry: Entry) -> Words:
    """The post's words without addresses, which threads repeat for reasons of their own."""
    body = _body(entry)
    addresses = [Span(*match.span()) for match in URL.finditer(told.text, body.start, body.end)]
    return _outside(joined([told.within(block.span) for block in entry.blocks]), addresses)


def _outside(of: Words, places: Sequence[Span]) -> Words:
    """The words that begin in none of the places, which do not overlap."""
    edges = [bisect_left(of.starts, edge) for span in sorted(places) for edge in (span.start, span.end)]
    kept = zip([0, *edges[1::2]], [*edges[::2], len(of)], strict=True)
    return joined([of[start:end] for start, end in kept]) if places else of


def _body(entry: Entry) -> Span:
    return Span(entry.blocks[0].span.start, entry.blocks[-1].span.end)


def _runs(told: TextWords, entry: Entry, own: Words, index: ShingleIndex) -> list[_Run]:
    found = [run for run in find_repeats(own.forms, index) if run.density >= DENSITY]
    if not found:
        return []
    text = told.text
    body = _body(entry)
    by_line = [line for line in lines(text[body.start : body.end]) if line]
    runs = [_run(text, alignment, own, index) for alignment in sorted(found, key=lambda each: each.query)]
    return [_snapped(run, body, by_line, told) for run in runs]


def _run(text: str, alignment: Alignment, own: Words, index: ShingleIndex) -> _Run:
    start, end = alignment.query
    span = own.span(start, end)
    original = index.span(alignment)
    longest = max(block.size for block in alignment.blocks)
    return _Run(with_stop(text, span), with_stop(text, original), alignment.matched, longest)


STOP = re.compile(r"[.!?…]+['\"”’)]*|['\"”’)]+[.!?]*")


def with_stop(text: str, span: Span) -> Span:
    """The span with the punctuation that closes it."""
    stop = STOP.match(text, span.end)
    return Span(span.start, stop.end()) if stop else span


def _snapped(run: _Run, body: Span, by_line: list[Line], told: TextWords) -> _Run:
    """The run with each end moved to that of a line, out or in, where no more than `SPARE` words lie between."""
    places = [line.place.shifted(body.start) for line in by_line]
    starts = [place.start for place in places if _near(told, place.start, run.span.start)]
    ends = [place.end for place in places if _near(told, place.end, run.span.end)]
    start, end = max([run.span.start, *starts]), min([run.span.end, *ends])
    if not any(place.start == start for place in places):
        start = min([start, *starts])
    if not any(place.end == end for place in places):
        end = max([end, *ends])
    return _Run(Span(start, max(start, end)), run.original, run.matched, run.longest)


def _near(told: TextWords, one: int, other: int) -> bool:
    return abs(one - other) <= LONGEST_SPARE and len(told.within(Span(min(one, other), max(one, other)))) <= SPARE


def _joined(runs: list[_Run], told: TextWords, earlier: _Earlier) -> list[_Run]:
    """Runs that follow each other without a word between, in the post and in the same order in one earlier post, as one."""
    joined: list[_Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and _goes_on(last, run, told) and earlier.at(last.original) == earlier.at(run.original):
            joined[-1] = _Run(
                Span(last.span.start, run.span.end),
                Span(last.original.start, run.original.end),
                last.matched + run.matched,
                max(last.longest, run.longest),
            )
        else:
            joined.append(run)
    return joined


def _goes_on(last: _Run, run: _Run, told: TextWords) -> bool:
    is_next = not told.within(Span(last.span.end, max(run.span.start, last.span.end)))
    return is_next and last.original.end <= run.original.start


def _is_quotation(run: _Run, text: str, entry: Entry, earlier: _Earlier) -> bool:
    if _is_signature(run, entry, earlier):
        return False
    starts_line = not text[text.rfind("\n", 0, run.span.start) + 1 : run.span.start].strip(" \t\u00a0•*>\"'“‘")
    ends_line = not text[run.span.end : _line_end(text, run.span.end)].strip()
    at_head = run.span.start <= entry.blocks[0].span.start + 1
    if run.matched >= LONG and run.longest >= IN_A_ROW:
        return True
    return starts_line and ends_line and run.matched >= (AT_HEAD if at_head else ALIGNED)


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _is_signature(run: _Run, entry: Entry, earlier: _Earlier) -> bool:
    """Whether both posts end with the words and the earlier one holds more than them."""
    if run.span.end < _body(entry).end:
        return False
    return any(
        run.original.end >= other.blocks[-1].span.end and _body(other).start < run.original.start < other.blocks[-1].span.end
        for other in earlier.at(run.original)
    )


def _quotation(found: Found, run: _Run, earlier: _Earlier) -> Quotation:
    told = found.prepared.words
    compared = compare(told, run.span, told.text, ShingleIndex(told.within(run.original)))
    return Quotation(
        span=run.span,
        rule="repeated-from-post",
        confidence=0.95,
        marked="unmarked",
        attributed_to=_author_at(run.original, earlier),
        match=compared.match if compared else "altered",
        place="as-attributed",
        original_source=found.document.source_id,
        original=run.original,
        similarity=compared.similarity if compared else None,
    )


def _author_at(original: Span, earlier: _Earlier) -> str | None:
    """The name of the earlier post's author; None where the thread lost it."""
    authors: list[Author | None] = [entry.part.author for entry in earlier.at(original) if entry.part]
    return authors[0].name if authors and authors[0] else None
