"""Where and when a figure holds, and what sort of number it is: what stands nearest to it in its sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from kb.extract.figures.period_phrases import periods_in
from kb.extract.figures.phrases import PART_OF, SAME, Stated
from kb.model import Span
from kb.model.records import ClaimKind, Nature
from kb.vocabulary.figure_words import figure_words
from kb.vocabulary.units import units

_MARK = re.compile(
    r"(?<!\d)[,;:]|[,;:](?!\d)|\s[–-]\s"
    r"|\s(?:but|whereas|while)\s|\sand\s(?=(?:are|can|could|has|have|is|may|might|should|then|was|were|will|would)\b)"
)
_STOP = re.compile(r"[;:]\s|\.\s(?=[A-Z])|,\s(?:but|whereas|while)\s")
_WORD = re.compile(r"[a-z]+")
_CLAUSE_START = re.compile(r"[,;:]\s(?:(?:across|and|at|but|in|within)\s){0,2}$")
_NAMED_BEFORE = re.compile(r"[A-Z][\w’'-]*\s$")
_POINTING = re.compile(r"(?:last|next|this)\s")
_PLACED = re.compile(r"\s(?:across|among|at|for|in|within)\s")
_ATTACHED = {"derived": 32, "target": 12}
"""So near before a figure these cues decide, whatever else is said: "a target of 50% was missed"."""
_FAR = 10_000
"""Farther than any word of a sentence."""


def settings_in(text: str, span: Span) -> list[Span]:
    """The places of words that say where, in order."""
    found = (match for match in _place_pattern().finditer(text, span.start, span.end))
    return [Span(*match.span(str(match.lastgroup))) for match in found if not _is_in_name(text, match)]


def when_in(lowered: str, span: Span, but: Sequence[Span] = ()) -> list[Span]:
    """The places of words that say when, in order; without those that overlap one of `but`. The text is in small letters."""
    others = Places(but)
    found = (place.shifted(span.start) for place in periods_in(span.of(lowered)))
    return [place for place in found if (other := others.last_before(place.end)) is None or other.end <= place.start]


def dates_in(lowered: str, span: Span) -> list[Span]:
    """The places of words that say when wherever they are read; "this week" does not."""
    return [place for place in when_in(lowered, span) if _POINTING.match(lowered, place.start) is None]


class Places:
    """Words that say where, or when, in the order of the text; none overlap.

    >>> places = Places([Span(2, 4), Span(9, 12)])
    >>> places.between(2, 9), places.last_before(9), places.last_before(2)
    ([Span(start=2, end=4)], Span(start=2, end=4), None)
    """

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = spans
        self._starts = [span.start for span in spans]

    def between(self, start: int, end: int) -> Sequence[Span]:
        """Those that begin from `start` on and before `end`."""
        return self.spans[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def last_before(self, end: int) -> Span | None:
        """The last that begins before `end`."""
        index = bisect_left(self._starts, end)
        return self.spans[index - 1] if index else None


def nearest(text: str, places: Places, stated: Stated) -> Span | None:
    """The place that belongs to a figure: beside it, else the last before it, else the first after it in the same clause.

    Where a place stands before the first figure of the sentence, places lead their figures; else they follow them, and one
    that follows another figure is this one's only where that is the first of all and this one says no other ("and 30% at sea").
    What stands right behind a figure belongs to it and no other ("£7 per hour").
    """
    last = places.last_before(stated.end)
    if not places.spans or (last and last.end > stated.start):
        return None
    is_leading = places.spans[0].start < stated.first
    beside = _beside(text, places, stated, is_leading=is_leading)
    if beside:
        return beside
    ahead = places.last_before(stated.start if is_leading else min(stated.second, stated.start))
    if ahead:
        return ahead if is_leading or not _PLACED.match(text, stated.end) else None
    first = places.spans[0]
    return first if first.start >= stated.end and not _MARK.search(text, stated.end, first.start) else None


def _beside(text: str, places: Places, stated: Stated, *, is_leading: bool) -> Span | None:
    """The place in the words between this figure and those beside it."""
    left = stated.since if stated.since == stated.sentence.start else stated.since + 2
    before = [place for place in places.between(left, stated.start) if is_leading or _opens(text, left, place)]
    stop = _STOP.search(text, stated.end, stated.until)
    after = places.between(stated.end, (stop.start() if stop else stated.until) + 1)
    if after and (not before or after[0].start <= stated.end + 1):
        return after[0]
    return before[-1] if before else None


def _opens(text: str, left: int, place: Span) -> bool:
    """Whether a place begins a clause: "; in April, 84%"."""
    return _CLAUSE_START.search(text, left, place.start) is not None


def natures(lowered: str, sentence: Sequence[Stated], kind: ClaimKind) -> list[Nature]:
    """For each figure whether it is to be reached, worked out, expected or achieved, as far as the words of its clause say.

    `lowered` is the text in small letters.
    """
    span = sentence[0].sentence
    pattern, lists = _cues()
    matches = list(pattern.finditer(lowered, span.start, span.end))
    cues = Places([Span(*match.span()) for match in matches])
    names = {match.start(): lists[(match.lastindex or 1) - 1] for match in matches}
    marks = Places([Span(*match.span()) for match in _MARK.finditer(lowered, span.start, span.end)])
    found: list[Nature | None] = []
    for stated in sentence:
        parts = _clause(lowered, stated, marks)
        near = [cue for part in parts for cue in cues.between(part.start, part.end) if cue.end <= part.end]
        own = _nature([(names[cue.start], _distance(cue, stated)) for cue in near], kind)
        gap = lowered[stated.since : stated.start]
        is_same = bool(found) and (SAME.fullmatch(gap) or PART_OF.fullmatch(gap)) is not None
        if is_same and found[-1] is None:
            found[-1] = own
        found.append(found[-1] if own is None and found and (is_same or _goes_on(lowered, gap, stated, marks)) else own)
    otherwise: Nature = "target" if kind == "target" else "unknown"
    return [nature or otherwise for nature in found]


def _distance(cue: Span, stated: Stated) -> int:
    """How far a cue stands before a figure; behind it, a negative number."""
    return stated.start - cue.end if cue.end <= stated.start else stated.end - cue.start


def _nature(cues: list[tuple[str, int]], kind: ClaimKind) -> Nature | None:
    """What the cues of its clause say of a figure, by their lists and how far they stand; None where they say nothing."""
    attached = (name for name, distance in cues if name in _ATTACHED and 0 <= distance < _ATTACHED[name])
    decided = next(attached, None)
    if decided:
        return decided  # type: ignore[return-value]
    near: dict[str, int] = {}
    for name, distance in cues:
        near[name] = min(abs(distance), near.get(name, abs(distance)))
    is_target = kind == "target" and bool(near)
    if (is_target or "target" in near) and near.get("target", _FAR) <= near.get("told", _FAR):
        return "target"
    for name in ("expected", "outcome"):
        if name in near:
            return name  # type: ignore[return-value]
    return "unknown" if "told" in near and kind == "target" else None


def _goes_on(lowered: str, gap: str, stated: Stated, marks: Places) -> bool:
    """Whether a figure follows another one in the same clause, without a verb of its own before it or behind."""
    behind = marks.between(stated.end, stated.until)
    words = _WORD.findall(f"{gap} {lowered[stated.end : behind[0].start if behind else stated.until]}")
    return _STOP.search(gap) is None and (figure_words().finite - units().words.months).isdisjoint(words)


def _clause(text: str, stated: Stated, marks: Places) -> list[Span]:
    """The words around a figure up to `marks` and to the figures beside it, and the words that head a list of figures."""
    is_first = stated.since == stated.sentence.start
    ahead = [mark.end for mark in marks.between(stated.since, stated.start)]
    left = next((end for end in reversed(ahead) if is_first or len(text[end : stated.start].split()) > 1), stated.since)
    behind = marks.between(stated.end, stated.until)
    clause = [Span(left, behind[0].start if behind else stated.until)]
    head = text.find(":", stated.sentence.start, stated.first)
    return [Span(stated.sentence.start, head), *clause] if 0 <= head < left else clause


_LISTS = ("derived", "target", "told", "expected", "outcome")


@cache
def _cues() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """A pattern for every cue, told apart by their first letters, and the list that each of its groups stands for."""
    by_first: dict[str, dict[str, list[str]]] = {}
    for name in _LISTS:
        for cue in sorted(getattr(figure_words(), name), key=len, reverse=True):
            by_first.setdefault(cue[0], {}).setdefault(name, []).append(_rest(cue))
    letters = (
        rf"{first}(?:{'|'.join('(' + '|'.join(rest) + ')' for rest in lists.values())})" for first, lists in by_first.items()
    )
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(letters)})"), tuple(name for lists in by_first.values() for name in lists)


def _rest(cue: str) -> str:
    """A pattern for a cue behind its first letter; "*" is the rest of a word."""
    end = "" if cue.endswith("*") else r"(?![\w-])"
    return re.escape(cue[1:]).replace(r"\ ", r"\s+").replace(r"\*", r"\w*") + end


def _is_in_name(text: str, match: re.Match[str]) -> bool:
    """Whether "of England" goes on with a name: "the Bank of England", "NHS England"."""
    return match["of"] is not None and _NAMED_BEFORE.search(text, max(0, match.start() - 24), match.start()) is not None


@cache
def _place_pattern() -> re.Pattern[str]:
    words = figure_words()
    places, heads = _spelled((*words.places, *words.lands)), _spelled(words.place_heads)
    lands = _spelled(words.lands)
    plural = _spelled(tuple(head for head in words.place_heads if head.endswith("s")))
    word = rf"(?!(?:{_spelled(tuple(words.not_in_places))})\b)[\w’'&-]+\s"
    determiner = r"(?:an?|the|our|its|their|this|these|those)\s"
    built = rf"{determiner}(?:{word}){{0,3}}?(?:{heads})|(?:{word}){{1,3}}?(?:{heads})|(?:{plural})"
    whose = _spelled((*words.people, "average", "mean", "prevalence", "rate"))
    return re.compile(
        rf"(?<![\w-])(?:(?:[Ii]n|[Aa]cross|[Ww]ithin|[Tt]hroughout|[Aa]t)\s(?:(?:all|both|many|most|some|several)\s)?"
        rf"(?P<place>{built}|(?:the\s)?(?:{places}))|of\s(?P<of>(?:the\s)?(?:{lands}))"
        rf"|(?:[Tt]he|of|[Aa]ll|%|cent)\s(?P<land>{lands})(?=\s(?:[a-z]+\s)?(?:{whose}))"
        rf"|(?P<where>{_spelled((*words.where, *(word.capitalize() for word in words.where)))}))(?![\w-]|\s[A-Z][a-z])"
    )


def _spelled(names: tuple[str, ...]) -> str:
    return "|".join(re.escape(name).replace(r"\ ", r"\s") for name in sorted(names, key=lambda name: (-len(name), name)))
