"""What a text says of a number before or behind it: "up to", "at least", "around"."""

from __future__ import annotations

import re
from functools import cache

from kb.model.records import Qualifier
from kb.text.number_pattern import either
from kb.vocabulary.units import units

_ADDED = re.compile(r"\s{0,2}(?:plus|\+)\s{1,2}(?:VAT\b|an?\b|the\b|some\b|[A-Z]{2,}\b|[£$€\d])")
""""£50 plus VAT", "5 plus 3": something is added, not left open upwards."""
_OVER_TIME = re.compile(r"(\w+)\s(?:out\s)?over\s(?:an?\s|the\s)?$|\bover\s(?:an?|the\sfirst)\s$|\d\s(?:[a-z-]+\s){1,3}over\s$")
_LOOK_BACK = 48


def qualified_ahead(words: str, place: int, *, is_time: bool, is_range: bool) -> Qualifier | None:
    """What the phrase before a number that begins at `place` says of it.

    "within" before a range, and "over" before a time that something goes on for, say nothing of the number.
    """
    lead = words[max(0, place - _LOOK_BACK) : place].lower()
    match = _side_pattern("before").search(lead)
    if match is None:
        return None
    phrase = " ".join(match[1].split())
    is_silent = (is_range and phrase == "within") or (is_time and phrase == "over" and _lasts(lead))
    return None if is_silent else _qualifiers("before")[phrase]


def qualified_behind(words: str, place: int) -> tuple[int, Qualifier | None]:
    """The end of a phrase such as "or more" at `place` and what it says of the number before; `place` itself without one."""
    match = _side_pattern("after").match(words[place : place + _LOOK_BACK].lower())
    if match and not _ADDED.match(words, place):
        return place + match.end(), _qualifiers("after")[" ".join(match[1].split())]
    return place, None


def _lasts(lead: str) -> bool:
    """Whether "over" says how long something goes on: "over a three-year period", "spread over six weeks"."""
    match = _OVER_TIME.search(lead)
    return match is not None and (match[1] is None or match[1] in units().words.lasting)


@cache
def _qualifiers(side: str, language: str = "en") -> dict[str, Qualifier]:
    """What each phrase on that side of a number says of it."""
    phrases: dict[Qualifier, tuple[str, ...]] = getattr(units(language), side)
    return {spelling: qualifier for qualifier, spellings in phrases.items() for spelling in spellings}


@cache
def _side_pattern(side: str, language: str = "en") -> re.Pattern[str]:
    """The qualifiers on that side, longest phrases first."""
    either_of = either(_qualifiers(side, language)).replace(r"\ ", r"\s+")
    fillers = either(units(language).words.fillers)
    text = rf"(?<!\w)({either_of})(?:\s+(?:{fillers})\b){{0,2}}[\s*_]*$" if side == "before" else rf"\s{{0,2}}({either_of})(?!\w)"
    return re.compile(text)
