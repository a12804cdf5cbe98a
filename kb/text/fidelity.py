"""How faithfully words repeat an original: letter for letter, but for typography, with marked omissions, or altered.

The grades are those of `kb.model.Match`. A dropped or added negation, a changed number, unit or qualifier is always "altered",
also where an omission is marked: what stands in the gap is looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kb.model import Span
from kb.model.records import Match
from kb.text.matching import Alignment, Block, ShingleIndex, align, locate
from kb.text.words import TextWords, Words
from kb.vocabulary.data import load

ELISION = re.compile(
    r"""
    [\[(] \s* (?: \.{2,} | … | (?:\.\ ){2}\. | snip | cut ) \s* [\])]     # [...] (…) [snip]
    | \.{3,} | … | \.\ \.\ \.
    """,
    re.VERBOSE | re.IGNORECASE,
)
EDITORIAL = re.compile(r"\[(?!\s*(?:\d|\.|…))[^\[\]\n]{1,60}\](?!\()")
"""Words in square brackets that the one who quotes put in: "[the]", not "[12]", "[...]" or a Markdown link."""

NUMBER = re.compile(r"\d|^[%£$€<>≤≥]$")
SENTENCE_END = re.compile(r"[.!?]['\"”’)\]]*\s")
OUTER_MARKS = " \t\r\n\"'“”‘’«»*_"
LONGEST_GAP = 200
"""Words that one marked omission may stand for."""


@dataclass(frozen=True)
class Comparison:
    """Where an original was found and how the quoted words compare with it."""

    match: Match
    original: Span
    similarity: float
    """Share of equal words on both sides, 0 to 1; words under a marked omission are not counted."""
    covered: float
    """Share of the quoted words that the original has, 0 to 1."""
    longest: int
    """Equal words in the longest unbroken run."""
    matched: int
    """Equal words in all."""


def compare(told: TextWords, span: Span, original_text: str, index: ShingleIndex) -> Comparison | None:
    """The best place in the indexed `original_text` for what is `told` at `span`, graded; None where no words are shared."""
    segments = list(_segments(told, span))
    quoted = [form for segment in segments for form in segment.forms]
    stretch = LONGEST_GAP * (len(segments) - 1)
    whole = locate(quoted, index, stretch=stretch)
    if whole is None:
        return None
    alignments = _aligned(segments, index, whole, stretch) if len(segments) > 1 else [whole]
    if not alignments:
        return None
    return _graded(_Pair(told.text, span, original_text, index), segments, alignments)


@dataclass(frozen=True)
class _Pair:
    """What is compared: the quoted place and the text it may come from."""

    text: str
    span: Span
    original_text: str
    index: ShingleIndex


def _segments(told: TextWords, span: Span) -> Iterator[Words]:
    """The words between marked omissions, where there are any."""
    marks = [mark.span() for mark in ELISION.finditer(told.text, span.start, span.end)]
    starts = [span.start, *(end for _, end in marks)]
    ends = [*(start for start, _ in marks), span.end]
    yield from filter(None, (told.within(Span(*edges)) for edges in zip(starts, ends, strict=True)))


def _aligned(segments: Sequence[Words], index: ShingleIndex, whole: Alignment, stretch: int) -> list[Alignment]:
    """Each segment's own alignment, in order, behind the one before; empty where one of them is not there."""
    longest = max(range(len(segments)), key=lambda place: len(segments[place]))
    low = max(0, whole.original[0] - stretch)
    high = min(len(index.forms), whole.original[1] + stretch)
    anchor = align(segments[longest].forms, index.forms, (low, high))
    if anchor is None:
        return []
    before = _backwards(segments[:longest], index, (low, anchor.original[0]))
    after = _forwards(segments[longest + 1 :], index, (anchor.original[1], high))
    return [*before, anchor, *after] if len(before) + len(after) + 1 == len(segments) else []


def _forwards(segments: Sequence[Words], index: ShingleIndex, window: tuple[int, int]) -> list[Alignment]:
    found: list[Alignment] = []
    low, high = window
    for segment in segments:
        alignment = align(segment.forms, index.forms, (low, high))
        if alignment is None:
            return []
        found.append(alignment)
        low = alignment.original[1]
    return found


def _backwards(segments: Sequence[Words], index: ShingleIndex, window: tuple[int, int]) -> list[Alignment]:
    found: list[Alignment] = []
    low, high = window
    for segment in reversed(segments):
        alignment = align(segment.forms, index.forms, (low, high))
        if alignment is None:
            return []
        found.append(alignment)
        high = alignment.original[0]
    return found[::-1]


def _graded(pair: _Pair, segments: Sequence[Words], alignments: Sequence[Alignment]) -> Comparison:
    quoted = sum(len(segment) for segment in segments)
    matched = sum(alignment.matched for alignment in alignments)
    start, end = alignments[0].original[0], alignments[-1].original[1]
    original = Span(pair.index.starts[start], pair.index.ends[end - 1])
    beside = sum(alignment.original[1] - alignment.original[0] for alignment in alignments)
    return Comparison(
        match=_grade(pair, original, segments, alignments),
        original=original,
        similarity=round(2 * matched / (quoted + beside), 3),
        covered=round(matched / quoted, 3),
        longest=max(block.size for alignment in alignments for block in alignment.blocks),
        matched=matched,
    )


def _grade(pair: _Pair, original: Span, segments: Sequence[Words], alignments: Sequence[Alignment]) -> Match:
    changes = [
        change for pieces in zip(segments, alignments, strict=True) for change in _changes(pieces[0], pieces[1], pair.index)
    ]
    brackets = [Span(*match.span()) for match in EDITORIAL.finditer(pair.text, pair.span.start, pair.span.end)]
    if not all(_is_editorial(change, brackets) for change in changes):
        return "altered"
    gaps = [(left.original[1], right.original[0]) for left, right in pairwise(alignments)]
    if not all(_is_harmless(pair, low, high) for low, high in gaps):
        return "altered"
    if gaps or changes:
        return "elided"
    same = pair.span.of(pair.text).strip(OUTER_MARKS + ".,;:") == original.of(pair.original_text).strip(OUTER_MARKS + ".,;:")
    return "exact" if same else "normalised"


@dataclass(frozen=True)
class _Change:
    """Words of the quotation that stand where the original has other words, or none."""

    quoted: Words
    original: Sequence[str]


def _changes(segment: Words, alignment: Alignment, index: ShingleIndex) -> Iterator[_Change]:
    first, last = alignment.blocks[0], alignment.blocks[-1]
    yield from _change(segment[: first.query], ())
    for left, right in pairwise(alignment.blocks):
        yield from _change(segment[_after(left) : right.query], index.forms[left.original + left.size : right.original])
    yield from _change(segment[last.query + last.size :], ())


def _after(block: Block) -> int:
    return block.query + block.size


def _change(quoted: Words, original: Sequence[str]) -> Iterator[_Change]:
    if quoted or original:
        yield _Change(quoted, original)


def _is_editorial(change: _Change, brackets: Sequence[Span]) -> bool:
    """Whether a change is openly the quoting author's and leaves negations, numbers and qualifiers alone."""
    places = zip(change.quoted.starts, change.quoted.ends, strict=True)
    inside = all(any(span.contains(Span(*place)) for span in brackets) for place in places)
    forms = [*change.quoted.forms, *change.original]
    weighty = any(NUMBER.search(form) for form in forms) or _has(forms, "negations", "hedges", "number-qualifiers")
    return bool(change.quoted) and inside and not weighty


def _is_harmless(pair: _Pair, low: int, high: int) -> bool:
    """Whether the words `low` to `high` can be left out without turning what stands beside them round.

    Whole sentences can; of a sentence that is cut, neither a negation nor a hedge; never what qualifies or counts a kept number.
    """
    if low >= high:
        return True
    if any(_has(piece, "negations", "hedges") for piece in _cut_pieces(pair, low, high)):
        return False
    return not _splits_number(pair.index.forms, low, high)


def _cut_pieces(pair: _Pair, low: int, high: int) -> list[list[str]]:
    """The left-out words that share a sentence with words that were kept."""
    index = pair.index
    before = index.ends[low - 1] if low else 0
    after = index.starts[high] if high < len(index.forms) else len(pair.original_text)
    ends = [match.end() for match in SENTENCE_END.finditer(pair.original_text, before, after)]
    if not ends:
        return [index.forms[low:high]]
    first, last = bisect_right(index.ends, ends[0], low, high), bisect_left(index.starts, ends[-1], low, high)
    return [index.forms[low:first], index.forms[last:high]]


def _splits_number(forms: Sequence[str], low: int, high: int) -> bool:
    """Whether the gap takes the unit from a kept number, the number from a kept unit, or what qualifies a kept number."""
    kept_after = forms[high] if high < len(forms) else ""
    lost_unit = low > 0 and forms[low - 1][0].isdigit() and forms[low] in _phrases("units")
    lost_number = kept_after in _phrases("units") and forms[high - 1][0].isdigit()
    qualified = NUMBER.search(kept_after) and any(
        forms[high - len(phrase.split()) : high] == phrase.split() for phrase in _phrases("number-qualifiers")
    )
    return lost_unit or lost_number or bool(qualified)


def _has(forms: Sequence[str], *tables: str) -> bool:
    joined = f" {' '.join(forms)} "
    listed = any(f" {phrase} " in joined for table in tables for phrase in _phrases(table))
    return listed or ("negations" in tables and any(form.endswith("n't") for form in forms))


@cache
def _phrases(table: str) -> tuple[str, ...]:
    return tuple(load("fidelity")[table])
