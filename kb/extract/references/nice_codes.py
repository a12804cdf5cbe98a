"""Codes of NICE products in every spelling: "CG53", "NG 206", "NICE guideline 56", "NICE (2007) Clinical Guideline 53"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kb.extract.places import Places
from kb.model import Span

_SERIES_LETTERS = {
    "clinical guideline": "cg",
    "guideline": "ng",
    "quality standard": "qs",
    "public health guidance": "ph",
    "public health guideline": "ph",
    "technology appraisal": "ta",
    "technology appraisal guidance": "ta",
    "interventional procedure guidance": "ipg",
    "interventional procedures guidance": "ipg",
    "medical technology guidance": "mtg",
    "medical technologies guidance": "mtg",
    "diagnostic guidance": "dg",
    "diagnostics guidance": "dg",
    "highly specialised technologies guidance": "hst",
    "evidence summary": "es",
}
"""What NICE calls its series, and the letters of the series' codes."""

_SERIES = "|".join(name.replace(" ", r"\s") for name in sorted(_SERIES_LETTERS, key=len, reverse=True))
_LETTERS = "CG|NG|QS|PH|TA|IPG|MTG|DG|ES|HST"
_NAME = (
    r"[Nn](?:(?:ICE|ice)(?<!\w....)(?:['’]s)?|ational\sInstitute\sfor\sHealth\sand\s(?:Care|Clinical)\sExcellence)(?:\s\(NICE\))?"
)
_YEAR = r"(?:[,.:]?\s\(?(?:19|20)\d\d\)?[,.:]?)?"
_NUMBER_WORD = r"(?:\s++(?:[Nn]o\.?|[Nn]umber))?\s*+[:,]?\s*+"
_OF = r"(?![.,]?\d|[)\]]?\s*(?:%|per\scent|(?:or\smore\s)?(?:year|month|week|day|hour|time)s?\b))"
"""Not behind a number that counts something: "NICE guidelines 5 years ago"."""

# Patterns begin with letters, not with a word border: only then the engine skips to where they can match.
_NAMED = re.compile(
    rf"""{_NAME}{_YEAR}\s++
         (?:(?P<series>(?i:{_SERIES}))(?P<plural>s?)\b{_NUMBER_WORD})?
         (?: (?P<open>[(\[])?\b(?P<letters>(?i:{_LETTERS}))[\s-]?(?P<code>\d{{1,4}})\b(?(open)[)\]])
           | (?(series)(?P<number>\d{{1,3}})\b{_OF}|(?!)) )""",
    re.VERBOSE,
)
_NAMES = tuple(map(re.compile, ("NICE", "Nice", "nice", "National Institute for Health", "National\nInstitute for Health")))
_MORE = re.compile(rf"(?:,\s|,?\s(?:and|&)\s)(?P<number>\d{{1,3}})\b{_OF}")
_CODED = re.compile(rf"(?:{_LETTERS})[\s-]?\d{{1,4}}\b")
_SERIES_BEFORE = re.compile(rf"\b(?i:{_SERIES})s?\b{_NUMBER_WORD}(?P<open>[(\[])?$")
_LONGEST_SERIES = 60
_BLANK = re.compile(r"[\s-]")
_CLEAR = re.compile(r"(?:CG|NG|IPG|MTG)\d{2,3}")
_POSTCODE_END = re.compile(r"\s?\d[A-Z]{2}\b")
_CUE = re.compile(r"\b(?:NICE|guidelines?|guidance|quality standards?|appraisals?)\b", re.IGNORECASE)
_BEFORE, _BEHIND = 60, 30
"""Code points around an ambiguous code in which a cue makes it one."""

URL = re.compile(rf"nice\.org\.uk/(?:guidance/)?(?P<code>(?:{_LETTERS})\d{{1,4}})\b", re.IGNORECASE)
"""The address of a product's page."""


class NiceCode(NamedTuple):
    """One product at one place; `code` in small letters without a blank: "cg53"."""

    span: Span
    code: str


def nice_codes(text: str) -> list[NiceCode]:
    """NICE products by code ("CG53", "NG206") or by series and number ("NICE clinical guideline 91"), none inside another.

    A bare number counts only after the body's name and that of a series, a code of an ambiguous shape ("NG5" is also a postcode)
    only near a word that says guideline.

    >>> [found.code for found in nice_codes("See NICE quality standards 8 and 11, CG 53 and guideline NG206.")]
    ['qs8', 'qs11', 'cg53', 'ng206']
    """
    named = [found for name in _NAMES for place in name.finditer(text) for found in _named(text, place.start())]
    taken = Places(found.span for found in named)
    alone = [found for match in _CODED.finditer(text) if (found := _coded(text, match)) and taken.take(found.span)]
    return sorted(named + alone)


def _named(text: str, start: int) -> Iterator[NiceCode]:
    """What follows the body's name at `start`: a code, or a series and its numbers."""
    match = _NAMED.match(text, start)
    if match is None:
        return
    if match["letters"]:
        if not _POSTCODE_END.match(text, match.end()):
            yield NiceCode(Span(*match.span()), f"{match['letters']}{match['code']}".lower())
        return
    letters = _SERIES_LETTERS[" ".join(match["series"].lower().split())]
    yield NiceCode(Span(*match.span()), letters + match["number"])
    more = _MORE.match(text, match.end()) if match["plural"] else None
    while more:
        yield NiceCode(Span(*more.span("number")), letters + more["number"])
        more = _MORE.match(text, more.end())


def _coded(text: str, match: re.Match[str]) -> NiceCode | None:
    """A code without the body's name, with the series before it; None where it may be something else."""
    start, end = match.span()
    if text[start - 1 : start].isalnum() or _POSTCODE_END.match(text, end):
        return None
    code = _BLANK.sub("", match.group())
    series = _SERIES_BEFORE.search(text, max(0, start - _LONGEST_SERIES), start)
    if series:
        is_closed = series["open"] and text[end : end + 1] in (")", "]")
        return NiceCode(Span(series.start(), end + bool(is_closed)), code.lower())
    around = f"{text[max(0, start - _BEFORE) : start]} {text[end : end + _BEHIND]}"
    return NiceCode(Span(start, end), code.lower()) if _CLEAR.fullmatch(code) or _CUE.search(around) else None
