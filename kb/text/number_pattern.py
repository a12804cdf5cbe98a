"""The shapes of numbers in digits and words, and where in a text one may begin."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby

from kb.text.folding import lower_same_length
from kb.vocabulary.units import units

VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅕": 0.2, "⅖": 0.4, "⅗": 0.6, "⅘": 0.8, "⅛": 0.125}
"""Fractions in one character, and their values."""
ROUND_NUMBER = r"(?:\d{1,3}(?:[,\ ]?000)+|100|(?:an?\s|one\s)?(?:hundred(?:\sthousand)?|thousand|million))"
"""What rates are counted on: "1,000", "100 000", "a million"."""


def either(spellings: Iterable[str]) -> str:
    """A pattern for any of them, the longest first, told apart by their first character before anything else is tried."""
    longest_first = sorted(spellings, key=lambda spelling: (spelling[0], -len(spelling), spelling))
    by_first = groupby(longest_first, key=lambda spelling: spelling[0])
    return "|".join(rf"{re.escape(first)}(?:{'|'.join(re.escape(one[1:]) for one in group)})" for first, group in by_first)


@cache
def times(language: str = "en") -> tuple[str, ...]:
    """The spellings of units of time."""
    known = units(language)
    return tuple(spelling for unit in known.words.times for spelling in known.units[unit])


def _glued(language: str) -> tuple[str, ...]:
    """Units of time that stand right behind digits: "15yrs"."""
    return tuple(spelling for spelling in times(language) if len(spelling) > 1)


@cache
def amount_pattern(language: str = "en") -> re.Pattern[str]:
    known = units(language)
    ones = either([name for name, value in known.cardinals.items() if value < 10])
    base = rf"(?:(?:{either(known.tens)})(?:[\s-](?:{ones}))?|{either(known.cardinals)})"
    long_scale = either([name for name in known.scales if len(name) > 2])
    words = rf"{base}(?:[\s-](?:{long_scale})(?:\sand\s{base})?){{0,2}}"
    blank = "[ \u00a0\u2009\u202f]"
    by_blanks = rf"(?<!\d{blank})(?<!\+)[1-9]\d{{0,2}}(?:{blank}\d{{3}})+(?!{blank}?\d)"
    digits = rf"(?:(?:\d{{1,3}}(?:,\d{{3}})+|{by_blanks}|\d+)(?:\.\d+)?|\.\d+)"
    number = rf"(?:\d{{1,3}}(?:,\d{{3}})*|{words})"
    return re.compile(
        rf"""(?<![\w\#@/,&£$€])(?<!\d[.,:;])(?:(?<![^\W\d]-)|(?=[£$€])|(?<=\d[km]-)|(?<=\d[bmt]n-))(?<![\w)];)(?<![\w)]:)(?:
        (?P<part>{number})(?:\s{{1,9}}(?:{either(known.words.persons)})(?=\s{{1,9}}(?:in|out)\b))?
          (?:\s{{1,9}}|-)(?:in|out\s{{1,9}}of)(?:\s{{1,9}}|-)(?:every\s|each\s)?
          (?P<whole>{number})(?![\w%.,]*\d)\b(?!\s?%|[\s-](?:per\s?cent|{either(times(language))})\b)
        |(?:(?P<pieces>an?|one|two|three|\d)[\s-])?(?P<piece>half|quarters?\sof)[\s-]an?[\s-](?P<pieced>{long_scale})\b
        |an?\s(?P<article>{long_scale})\b
        |(?P<single>an?)(?=[\s-](?:{either(times(language))})\b)
        |(?P<fold>{base}|\d{{1,3}})(?:[\s-]?fold\b|x(?=\s(?:as|bigger|faster|fewer|greater|higher|larger|less|lower|more|smaller|the)\b))
        |(?P<over>[1-9]\d?)/(?P<under>[1-9]\d?)(?=(?:rds|ths)?\sof\s)(?:rds|ths)?
        |(?P<rate>{digits})\s(?:per|for\severy|in\severy)\s(?P<base>{ROUND_NUMBER})\b(?!,\d)
        |(?:(?P<many>an?|\d|{ones})(?:\s|-))?(?P<parts>{either(known.parts)})(?P<plural>s)?\b
        |(?P<words>{words})\b(?:\sand\san?\s(?P<half>half)(?=\s\w)(?:\s(?P<half_scale>{long_scale})\b)?)?
        |(?:(?P<currency>{either(known.currencies)})\s?)?(?P<digits>{digits})(?:\sand\san?\s(?P<digits_half>half)(?=\s\w))?
          (?P<vulgar>\s?[{"".join(VULGAR)}])?(?:(?P<glued>k|m|mn|bn|tn|p)\b|[\s-]?(?P<scale>{long_scale}|bn|mn)\b)?(?:(?!\w|,\d)|(?={either(_glued(language))}\b))
        |(?P<fraction>[{"".join(VULGAR)}])(?!\w)
        )""",
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _place_pattern(language: str = "en") -> re.Pattern[str]:
    known = units(language)
    long_scale = either([name for name in known.scales if len(name) > 2])
    following = rf"an?[\s-](?:{long_scale}|{either([*known.parts, *times(language)])})"
    opening = [*known.cardinals, *known.tens, *known.parts, *known.currencies, *VULGAR]
    first = "".join(sorted({re.escape(word[0]) for word in opening}))
    return re.compile(rf"(?<!\w)(?=[\d.a{first}])(?=\.?\d|{either(opening)}|{following})")


def number_places(text: str, language: str = "en") -> list[int]:
    """Where a number may begin in `text`, in order: at digits, currencies and words that open a number; a first, fast look."""
    return [match.start() for match in _place_pattern(language).finditer(lower_same_length(text))]
