"""Dates in words and figures, kept as exactly as they were written.

Libraries fill in what a text leaves out ("2018" becomes a day, "March 2011" the 21st) and read "version 1.2" as a date; these
rules never do. ISO 8601 comes first. A date in figures alone whose order is in doubt ("04/05/2018") keeps its year only, unless
the caller knows the order that its text follows. A time of day without seconds or zone is no part of a value: the day is what is
known, and `raw` holds the rest. "Yesterday at 4:15 PM" is a date only for a caller that knows the day it was written on.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from kb.model import Precision, Span, When

_MONTHS = {
    name[:3]: number
    for number, name in enumerate(
        (
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ),
        start=1,
    )
}
_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[89]|20)\d{2})"
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,?\s+)?"

# What may stand behind a day: "at 4:15 PM", ", 16:15:20 +0100", "- 4.15pm".
_TIME = (
    r"(?:,?\s++(?:at\s++|[-–—@|·•]\s*+)?(?P<time>\d{1,2}[:.]\d\d(?::\d\d)?)(?:\s*+(?P<half>[ap]\.?\s?m\b\.?))?"
    r"(?:\s*+(?:(?P<zone>Z\b|[+-]\d\d:?\d\d)|(?<=\s)(?:GMT|UTC|BST|CES?T|[ECMP][SD]T)\b))?(?![\d:]))?"
)

Order = Literal["day-first", "month-first"]
"""How a text writes dates in figures."""

ISO_MOMENT = re.compile(
    rf"\b{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)[T ](?P<time>\d\d:\d\d(?::\d\d)?)(?:[.,]\d{{1,9}})?"
    r"(?:\s?(?P<zone>Z|[+-]\d\d(?::?\d\d)?))?(?![\d:])"
)
ISO_DAY = re.compile(rf"\b{_YEAR}(?P<mark>[-/])(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?![\d/-])")
ISO_MONTH = re.compile(rf"\b{_YEAR}-(?P<month>\d\d)(?![\d-])")
DAY_MONTH_YEAR = re.compile(
    rf"(?<![\d.]){_WEEKDAY}{_DAY}(?:\s+(?:of\s+)?|-){_MONTH}(?:,?\s+|-){_YEAR}(?!\d){_TIME}", re.IGNORECASE
)
MONTH_DAY_YEAR = re.compile(rf"\b{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}(?!\d){_TIME}", re.IGNORECASE)
MONTH_YEAR = re.compile(rf"\b{_MONTH},?\s+{_YEAR}(?!\d)", re.IGNORECASE)
FIGURES = re.compile(
    rf"(?<![\d/.-])(?P<first>\d{{1,2}})(?P<mark>[/.-])(?P<second>\d{{1,2}})(?P=mark){_YEAR}(?![\d/-]|\.\d){_TIME}", re.IGNORECASE
)
YEAR = re.compile(rf"(?<![\d/.,£$€-]){_YEAR}(?![\d/-]|[.,]\d)")


CLOCK = re.compile(r"(?:[01]\d|2[0-3])(?::[0-5]\d){1,2}")
LABEL = re.compile(
    r"""
    (?: (?:first|last|date)\s+ )?
    (?: posted | published | updated | modified | reviewed | created | written | issued | joined | started | dated?
      | start\s+date | publication\s+date )
    (?: \s+on )? \s* (?: [:|·–-]\s* | \s+ (?=\S) )
    """,
    re.IGNORECASE | re.VERBOSE,
)
RELATIVE = re.compile(
    rf"(?P<day>Today|Yesterday|(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)){_TIME}",
    re.IGNORECASE,
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EARLIEST = 100_000_000
LATEST = 4_102_444_800
"""Seconds up to the year 2100: a larger number counts something else, such as milliseconds."""


LONGEST = 200
"""Code points; no date with its weekday, time and zone takes more."""


def parse_date(raw: str, *, order: Order | None = None, written: When | None = None) -> When | None:
    """The date that `raw` states and nothing else does, or None; white space and a label such as "Updated:" may stand before it.

    `order` says how figures are meant where they do not tell ("04/05/2019"). `written` is the day the words were written or saved
    on, from which "Yesterday at 4:15 PM", "Today" and "Sunday at 10:00 AM" count; without it they are no date.

    >>> parse_date("21st March 2018")
    When(value='2018-03-21', precision='day', raw='21st March 2018')
    >>> parse_date("March 2011").value, parse_date("2018").precision, parse_date("soon")
    ('2011-03', 'year', None)
    >>> parse_date("04/05/2019").value, parse_date("04/05/2019", order="day-first").value
    ('2019', '2019-05-04')
    """
    words = raw.strip()
    label = LABEL.match(words)
    stated = words[label.end() :] if label else words
    if len(stated) > LONGEST:
        return None
    if order and (figures := FIGURES.fullmatch(stated)):
        when = _ordered(figures, order)
        return When(when.value, when.precision, words) if when else None
    for pattern, read in _FORMS:
        match = pattern.fullmatch(stated)
        if match:
            when = read(match)
            return When(when.value, when.precision, words) if when else None
    return _relative(stated, words, written) if written and written.precision in {"day", "second"} else None


def parse_timestamp(seconds: int | str) -> When | None:
    """The moment that a count of seconds since 1970 stands for, as pages keep it in `data-time`, or None where it is none.

    A number below a hundred million, which was in 1973, is no moment of a page.

    >>> parse_timestamp("1551645791")
    When(value='2019-03-03T20:43:11+00:00', precision='second', raw='1551645791')
    >>> parse_timestamp(12), parse_timestamp("1551645791000"), parse_timestamp("soon")
    (None, None, None)
    """
    raw = str(seconds).strip()
    if not (raw.isascii() and raw.isdigit()) or not EARLIEST <= int(raw[:11]) < LATEST:
        return None
    return When(f"{datetime.fromtimestamp(int(raw), UTC):%Y-%m-%dT%H:%M:%S}+00:00", "second", raw)


def _relative(stated: str, raw: str, written: When) -> When | None:
    match = RELATIVE.fullmatch(stated)
    if not match:
        return None
    today = date.fromisoformat(written.value[:10])
    if match["weekday"]:
        back = (today.weekday() - _WEEKDAYS.index(match["weekday"].lower())) % 7 or 7
    else:
        back = match["day"].lower() == "yesterday"
    return When((today - timedelta(days=back)).isoformat(), "day", raw)


def find_dates(text: str, span: Span) -> list[tuple[Span, When]]:
    """Every date inside `span`, with its absolute place, in text order and not overlapping; the fullest reading wins."""
    found: list[tuple[Span, When]] = []
    for place, when in _candidates(text, span):
        if not any(place.overlaps(other) for other, _ in found):
            found.append((place, when))
    return sorted(found, key=lambda pair: pair[0])


def _candidates(text: str, span: Span) -> Iterator[tuple[Span, When]]:
    for pattern, read in _FORMS:
        for match in pattern.finditer(text, span.start, span.end):
            when = read(match)
            if when is not None:
                yield Span(*match.span()), when


def _month_number(name: str) -> int:
    return int(name) if name.isdigit() else _MONTHS[name[:3].lower()]


def _when(match: re.Match[str], *parts: int, precision: Precision) -> When | None:
    year, month, day = (*parts, 1, 1)[:3]
    if not (1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return When("-".join(f"{part:02}" for part in parts), precision, match[0])


def _moment(match: re.Match[str]) -> When | None:
    day = _day(match)
    if day is None or not CLOCK.fullmatch(match["time"]):
        return None
    if match["time"].count(":") < 2:
        return day
    return When(f"{day.value}T{match['time']}{match['zone'] or ''}", "second", match[0])


def _day(match: re.Match[str]) -> When | None:
    return _when(match, int(match["year"]), _month_number(match["month"]), int(match["day"]), precision="day")


def _timed_day(match: re.Match[str]) -> When | None:
    """A day in words; a moment where seconds and an offset from UTC stand behind it, as in the heads of letters."""
    day = _day(match)
    if day is None or not match["zone"] or match["half"] or not CLOCK.fullmatch(match["time"]) or match["time"].count(":") < 2:
        return day
    return When(f"{day.value}T{match['time']}{match['zone']}", "second", match[0])


def _month(match: re.Match[str]) -> When | None:
    return _when(match, int(match["year"]), _month_number(match["month"]), precision="month")


def _year(match: re.Match[str]) -> When | None:
    return _when(match, int(match["year"]), precision="year")


def _ordered(match: re.Match[str], order: Order) -> When | None:
    """A date in figures whose order the caller knows; one that cannot stand in that order is read in the other."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    day, month = (first, second) if order == "day-first" else (second, first)
    return _when(match, year, *((month, day) if month <= 12 else (day, month)), precision="day")


def _figures(match: re.Match[str]) -> When | None:
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if first > 12 >= second or first == second:
        return _when(match, year, second, first, precision="day")
    if second > 12 >= first:
        return _when(match, year, first, second, precision="day")
    return _when(match, year, precision="year") if max(first, second) <= 12 else None


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], When | None]], ...] = (
    (ISO_MOMENT, _moment),
    (ISO_DAY, _day),
    (DAY_MONTH_YEAR, _timed_day),
    (MONTH_DAY_YEAR, _timed_day),
    (FIGURES, _figures),
    (ISO_MONTH, _month),
    (MONTH_YEAR, _month),
    (YEAR, _year),
)
