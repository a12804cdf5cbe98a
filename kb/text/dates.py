"""Dates in words and figures, kept as exactly as they were written.

Libraries fill in what a text leaves out ("2018" becomes a day, "March 2011" the 21st) and read "version 1.2" as a date; these
rules never do. ISO 8601 comes first; a date in figures alone whose order is in doubt ("04/05/2018") keeps its year only.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator

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

ISO_MOMENT = re.compile(
    rf"\b{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)[T ](?P<time>\d\d:\d\d(?::\d\d)?)(?P<zone>Z|[+-]\d\d:?\d\d)?(?![\d:])"
)
ISO_DAY = re.compile(rf"\b{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])")
ISO_MONTH = re.compile(rf"\b{_YEAR}-(?P<month>\d\d)(?![\d-])")
DAY_MONTH_YEAR = re.compile(rf"(?<![\d.]){_WEEKDAY}{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}(?!\d)", re.IGNORECASE)
MONTH_DAY_YEAR = re.compile(rf"\b{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}(?!\d)", re.IGNORECASE)
MONTH_YEAR = re.compile(rf"\b{_MONTH},?\s+{_YEAR}(?!\d)", re.IGNORECASE)
FIGURES = re.compile(rf"(?<![\d/.-])(?P<first>\d{{1,2}})(?P<mark>[/.-])(?P<second>\d{{1,2}})(?P=mark){_YEAR}(?![\d/.-])")
YEAR = re.compile(rf"(?<![\d/.,£$€-]){_YEAR}(?![\d/-]|[.,]\d)")


def parse_date(raw: str) -> When | None:
    """The date that `raw` states and nothing else does, or None; white space around it is allowed.

    >>> parse_date("21st March 2018")
    When(value='2018-03-21', precision='day', raw='21st March 2018')
    >>> parse_date("March 2011").value, parse_date("2018").precision, parse_date("soon")
    ('2011-03', 'year', None)
    """
    words = raw.strip()
    for pattern, read in _FORMS:
        match = pattern.fullmatch(words)
        if match:
            return read(match)
    return None


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
    if day is None or not re.fullmatch(r"(?:[01]\d|2[0-3])(?::[0-5]\d){1,2}", match["time"]):
        return None
    if match["time"].count(":") < 2:
        return When(day.value, "day", match[0])
    return When(f"{day.value}T{match['time']}{match['zone'] or ''}", "second", match[0])


def _day(match: re.Match[str]) -> When | None:
    return _when(match, int(match["year"]), _month_number(match["month"]), int(match["day"]), precision="day")


def _month(match: re.Match[str]) -> When | None:
    return _when(match, int(match["year"]), _month_number(match["month"]), precision="month")


def _year(match: re.Match[str]) -> When | None:
    return _when(match, int(match["year"]), precision="year")


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
    (DAY_MONTH_YEAR, _day),
    (MONTH_DAY_YEAR, _day),
    (FIGURES, _figures),
    (ISO_MONTH, _month),
    (MONTH_YEAR, _month),
    (YEAR, _year),
)
