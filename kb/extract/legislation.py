"""Legislation named in running text: Acts and Regulations with their year, statutory instruments, law of the European Union."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kb.model import Span

_GAP = r"(?:[ \u00a0]|\r?\n)"
_BRACKETED = r"\([A-Z][\w\s'’-]{2,40}\)"
_WORD = rf"(?:[A-Z][\w'’-]{{0,40}}|{_BRACKETED})"
_END = re.compile(
    rf"(?:Act|Regulations|Order|Measure)(?:{_GAP}{_BRACKETED})?(?P<joint>,?\s(?:of\s)?)(?P<open>\()?(?P<year>(?:1[6-9]|20)\d\d)\b(?(open)\))"
)
_FRONT = re.compile(rf"\b{_WORD}(?:,?{_GAP}(?:{_WORD}|and|of|for|in|to)){{0,9}}{_GAP}$")
_LONGEST = 240
_LEADS = frozenset(
    ("The", "Under", "In", "As", "See", "By", "Since", "This", "That", "A", "An", "And", "Both", "Of", "For", "To", "UK", "UK's")
)
_CONNECTORS = frozenset(("and", "of", "for", "in", "to"))
_PIECE = re.compile(r"\S+\s*")
_EUROPEAN = re.compile(
    r"""(?:Regulation|Directive)\s(?P<mark>\((?:EU|EC|EEC|UK)\)\s)?(?:No\.?\s)?
        (?P<one>\d{1,4})/(?P<other>\d{1,4})(?:/(?:EU|EC|EEC)|(?(mark)|(?!)))(?![\w/])""",
    re.VERBOSE,
)
_INSTRUMENT = re.compile(r"S\.?I\.?\s(?:No\.?\s)?(?P<one>(?:19|20)\d\d)/(?P<other>\d{1,4})(?![\w/])")
_AMERICAN = re.compile(r"Public\sLaw\s(?:No\.?\s)?\d{2,3}[-–]\d{1,4}\b")


class Law(NamedTuple):
    """One piece of legislation at one place."""

    span: Span
    title: str
    year: int | None


def laws(text: str) -> list[Law]:
    """Legislation in text order. A name reaches back as far as its capitals run; an Act without a year is none.

    >>> [law.title for law in laws("Under the Care Act (2014) and Directive 95/46/EC, not the Act.")]
    ['Care Act 2014', 'Directive 95/46/EC']
    """
    return sorted([*_named(text), *_numbered(text)])


def _named(text: str) -> Iterator[Law]:
    floor = 0
    for end in _END.finditer(text):
        front = _FRONT.search(text, max(floor, end.start() - _LONGEST), end.start())
        start = front.start() + _lead_length(front.group()) if front else end.start()
        if start < end.start():
            floor = end.end()
            name = " ".join(text[start : end.start("joint")].split())
            yield Law(Span(start, end.end()), f"{name} {end['year']}", int(end["year"]))


def _lead_length(name: str) -> int:
    """Length of the words before the name proper: "Under the" of a sentence, and connectors left standing by it."""
    length = 0
    for piece in _PIECE.findall(name):
        if piece.strip(" ,\r\n\u00a0") not in _LEADS | _CONNECTORS:
            break
        length += len(piece)
    return length


def _numbered(text: str) -> Iterator[Law]:
    for pattern in (_EUROPEAN, _INSTRUMENT, _AMERICAN):
        for match in pattern.finditer(text):
            if not text[match.start() - 1 : match.start()].isalnum():
                yield Law(Span(*match.span()), " ".join(match.group().split()), _year(match))


def _year(match: re.Match[str]) -> int | None:
    """The number that is a year: before the slash, or behind it in older law; of two digits in law before 1999."""
    if match.re is _AMERICAN:
        return None
    one, other = int(match["one"]), int(match["other"])
    return next((year for year in (one, other, 1900 + one) if 1950 <= year < 2100), None)
