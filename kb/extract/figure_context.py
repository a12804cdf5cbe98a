"""Where and when a figure holds, and what sort of number it is: what stands nearest to it in its sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kb.extract.figure_phrases import PART_OF, SAME, Stated
from kb.extract.period_phrases import periods_in
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

Cue = tuple[int, int, str]
"""Where a cue begins and ends, and the list it is of."""


def settings_in(text: str, span: Span) -> list[Span]:
    """The places of words that say where, in order."""
    found = (match for match in _place_pattern().finditer(text, span.start, span.end))
    return [Span(*match.span(str(match.lastgroup))) for match in found if not _is_in_name(text, match)]


def when_in(lowered: str, span: Span, but: Sequence[Span] = ()) -> list[Span]:
    """The places of words that say when, in order; without those that overlap one of `but`. The text is in small letters."""
    found = (place.shifted(span.start) for place in periods_in(span.of(lowered)))
    return [place for place in found if not any(map(place.overlaps, but))]


def dates_in(lowered: str, span: Span) -> list[Span]:
    """The places of words that say when wherever they are read; "this week" does not."""
    return [place for place in when_in(lowered, span) if _POINTING.match(lowered, place.start) is None]


def nearest(text: str, places: Sequence[Span], stated: Stated) -> Span | None:
    """The place that belongs to a figure: beside it, else the last before it, else the first after it in the same clause.

    Where a place stands before the first figure of the sentence, places lead their figures; else they follow them, and one
    that follows another figure is this one's only where that is the first of all and this one says no other ("and 30% at sea").
    What stands right behind a figure belongs to it and no other ("£7 per hour").
    """
    if not places:
        return None
    if any(map(stated.quantity.span.overlaps, places)):
        return None
    is_leading = places[0].start < stated.first
    left = stated.since if stated.since == stated.sentence.start else stated.since + 2
    before = [place for place in places if left <= place.start < stated.start and (is_leading or _opens(text, left, place))]
    stop = _STOP.search(text, stated.end, stated.until)
    after = [place for place in places if stated.end <= place.start <= (stop.start() if stop else stated.until)]
    if after and (not before or after[0].start <= stated.end + 1):
        return after[0]
    if before:
        return before[-1]
    ahead = [place for place in places if place.start < (stated.start if is_leading else min(stated.second, stated.start))]
    if ahead:
        return ahead[-1] if is_leading or not _PLACED.match(text, stated.end) else None
    is_later = places[0].start >= stated.end and not _MARK.search(text, stated.end, places[0].start)
    return places[0] if is_later else None


def _opens(text: str, left: int, place: Span) -> bool:
    """Whether a place begins a clause: "; in April, 84%"."""
    return _CLAUSE_START.search(text, left, place.start) is not None


def natures(lowered: str, sentence: Sequence[Stated], kind: ClaimKind) -> list[Nature]:
    """For each figure whether it is to be reached, worked out, expected or achieved, as far as the words of its clause say.

    `lowered` is the text in small letters.
    """
    span = sentence[0].sentence
    cues = [(match.start(), match.end(), str(match.lastgroup)) for match in _cues().finditer(lowered, span.start, span.end)]
    found: list[Nature | None] = []
    for stated in sentence:
        own = _nature(cues, _clause(lowered, stated), stated, kind)
        gap = lowered[stated.since : stated.start]
        is_same = bool(found) and (SAME.fullmatch(gap) or PART_OF.fullmatch(gap)) is not None
        if is_same and found[-1] is None:
            found[-1] = own
        found.append(found[-1] if own is None and found and (is_same or _goes_on(lowered, gap, stated)) else own)
    otherwise: Nature = "target" if kind == "target" else "unknown"
    return [nature or otherwise for nature in found]


def _nature(cues: list[Cue], clause: list[Span], stated: Stated, kind: ClaimKind) -> Nature | None:
    """What the cues of its clause say; None where they say nothing."""
    near: dict[str, int] = {}
    for start, end, name in cues:
        if any(part.start <= start and end <= part.end for part in clause):
            distance = stated.start - end if end <= stated.start else start - stated.end
            near[name] = min(distance, near.get(name, distance))
            if name in _ATTACHED and 0 <= stated.start - end < _ATTACHED[name]:
                return name  # type: ignore[return-value]
    is_target = kind == "target" and bool(near)
    if (is_target or "target" in near) and near.get("target", _FAR) <= near.get("told", _FAR):
        return "target"
    for name in ("expected", "outcome"):
        if name in near:
            return name  # type: ignore[return-value]
    return "unknown" if "told" in near and kind == "target" else None


def _goes_on(lowered: str, gap: str, stated: Stated) -> bool:
    """Whether a figure follows another one in the same clause, without a verb of its own before it or behind."""
    behind = _MARK.search(lowered, stated.end, stated.until)
    words = _WORD.findall(f"{gap} {lowered[stated.end : behind.start() if behind else stated.until]}")
    return _STOP.search(gap) is None and (figure_words().finite - units().words.months).isdisjoint(words)


def _clause(text: str, stated: Stated) -> list[Span]:
    """The words around a figure up to marks and to the figures beside it, and the words that head a list of figures."""
    marks = [match.end() for match in _MARK.finditer(text, stated.since, stated.start)]
    behind = _MARK.search(text, stated.end, stated.until)
    is_first = stated.since == stated.sentence.start
    left = next((mark for mark in reversed(marks) if is_first or len(text[mark : stated.start].split()) > 1), stated.since)
    clause = [Span(left, behind.start() if behind else stated.until)]
    head = text.find(":", stated.sentence.start, stated.first)
    return [Span(stated.sentence.start, head), *clause] if 0 <= head < left else clause


@cache
def _cues() -> re.Pattern[str]:
    words = figure_words()
    lists = {name: getattr(words, name) for name in ("derived", "target", "told", "expected", "outcome")}
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(rf'(?P<{name}>{_either(cues)})' for name, cues in lists.items())})")


def _either(cues: tuple[str, ...]) -> str:
    """Any of the cues, in which "*" is the rest of a word; told apart by their first letter."""
    by_first: dict[str, list[str]] = {}
    for cue in sorted(cues, key=len, reverse=True):
        end = "" if cue.endswith("*") else r"(?![\w-])"
        by_first.setdefault(cue[0], []).append(re.escape(cue[1:]).replace(r"\ ", r"\s+").replace(r"\*", r"\w*") + end)
    return "|".join(rf"{first}(?:{'|'.join(rest)})" for first, rest in by_first.items())


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
        rf"(?<![\w-])(?:(?i:in|across|within|throughout|at)\s(?:(?:all|both|many|most|some|several)\s)?"
        rf"(?P<place>{built}|(?:the\s)?(?:{places}))|of\s(?P<of>(?:the\s)?(?:{lands}))"
        rf"|(?i:the|of|all|%|cent)\s(?P<land>{lands})(?=\s(?:[a-z]+\s)?(?:{whose})))(?![\w-]|\s[A-Z][a-z])"
    )


def _spelled(names: tuple[str, ...]) -> str:
    return "|".join(re.escape(name).replace(r"\ ", r"\s") for name in sorted(names, key=lambda name: (-len(name), name)))
