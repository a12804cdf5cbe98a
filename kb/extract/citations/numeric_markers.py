"""Citation markers made of numbers: brackets, superscripts that a copy glued to the text, "reference 12", bare numbers.

Brackets are sure by their form. The others are told from variables, names, sections and amounts by what stands around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from kb.model import Citation, Span
from kb.vocabulary.data import load

CitationStyle = Literal["bracket", "superscript", "author-year", "number"]

_STYLES: dict[str, tuple[CitationStyle, float]] = {
    "bracket": ("bracket", 0.98),
    "tagged": ("superscript", 0.95),
    "reference-word": ("number", 0.9),
    "glued-to-stop": ("superscript", 0.9),
    "glued-list": ("superscript", 0.9),
    "glued-to-word": ("superscript", 0.7),
    "raised": ("superscript", 0.9),
    "parenthesis": ("bracket", 0.8),
    "number-of-entry": ("number", 0.8),
}
"""What the markers of each rule look like, and how sure they are."""

RULES = tuple(_STYLES)

_NUMBERS = r"\d{1,3}(?:\s?[,;-]\s?\d{1,3})*"
_RAISED_DIGIT = "[⁰¹²³⁴-⁹]"
_GLUED_NUMBERS = r"(?P<keys>\d{1,3}(?:\s?[,-]\s?\d{1,3}(?![\w%]))*)"

_ANY_NUMBER = re.compile(rf"\d|{_RAISED_DIGIT}")
_IN_BRACKETS = rf"\[\s?(?:refs?\.?\s)?{_NUMBERS}(?:,?\s(?:and|&)\s\d{{1,3}})?(?:,\spp?\.?\s?\d{{1,4}}(?:-\d{{1,4}})?)?\s?\]"
_BRACKET = re.compile(rf"{_IN_BRACKETS}(?:\s?[,;-]\s?{_IN_BRACKETS})*", re.IGNORECASE)
"""One pair, or several that stand for one marker: "[4]-[7]", "[4], [6]"."""
_NO_NUMBER = re.compile(r",\spp?\.?\s?[\d-]+|[^\d,;-]+")
_AND = re.compile(r"\s(?:and|&)\s")
_INTERVAL_BEFORE = re.compile(
    r"(?:\bCIs?|\binterval|\brange|\bIQR|\bfrom|=|\bbetween|%)\s?(?:[:=]|was|is|of)?\s?$", re.IGNORECASE
)
_STATISTIC = re.compile(r"(?<![^\W_])[A-Za-zχ]²?$")
"""The letter that a test statistic's degrees of freedom stand behind: "F[1,12]"."""
_TAGGED = re.compile(
    rf"<sup>\s?\[?(?P<keys>{_NUMBERS})\]?\s?</sup>|\[\^(?P<note>\d{{1,3}})\](?!:)|\^(?<=[a-z][a-z.,;:)\"]\^)(?P<caret>{_NUMBERS})\^"
)

# Glued numbers are few, and words many: the digit behind a word or stop is looked for first, then what stands before it.
_DIGIT_AT_WORD = re.compile(r"\d(?<=[a-z\")]\d)")
_WORD_BEFORE = re.compile(r"(?<![\w.@/-])(?P<word>[a-z]+(?:-[a-z]+)*)[\")]?$")
_AT_WORD = re.compile(rf"{_GLUED_NUMBERS}(?![\w%°/]|[.,:-]\d)")
_STOP_AND_DIGIT = re.compile(r"[.,;:?!](?=[\")]{0,3}\d)(?<=[A-Za-z%\")].)")
_CARRIER_BEFORE = re.compile(r"(?<![\w@/-])(?P<word>[A-Za-z][A-Za-z/-]*|\d+%)[\")]*$")
_AT_STOP = re.compile(rf"[\")]*{_GLUED_NUMBERS}(?=\s|$|[)\]\"])(?!\s?%|\s(?:U\.?S\.?C|C\.?F\.?R)\b)(?P<next>\s+[\"(\[]?\w+)?")
_LONGEST_ASIDE = 600
"""Code points before a closing bracket in which its opening one is looked for."""
_LONGEST_WORD = 80
"""Code points before a glued number in which the word that carries it is looked for."""

_RAISED = re.compile(rf"{_RAISED_DIGIT}{_RAISED_DIGIT}{{0,2}}(?:[,⁻-]{_RAISED_DIGIT}{{1,3}})*")
_MAY_BE_RAISED = re.compile(r"(?<=[^\W\d_])(?<!\bm)(?<!\b[ckm]m)(?<!\bkg)|(?<=[.,;:)\"])")
_RAISED_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_REFERENCE_WORD = re.compile(
    rf"[Rr](?<=\b[Rr])ef(?:erences?|s?\.?)\s(?P<keys>{_NUMBERS}(?:,?\sand\s\d{{1,3}})?)\b"
    r"(?![.,]?\d|\s?%|\s(?:year|month|week|day|page|time)s?\b)"
)
_PARENTHESIS = re.compile(rf"\((?:refs?\.?\s)?(?P<keys>{_NUMBERS})\)")
_BARE = re.compile(r"(?P<keys>\d(?<=[A-Za-z)]\s\d)\d{0,2})(?=\s?(?:[(.,;:]|$))(?![.,]\d)")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("citations")[name])


def find_numeric(words: str, labels: frozenset[str] = frozenset()) -> Iterator[Citation]:
    """The numeric markers of one passage, the surer first; places are in `words`, whose signs are plain already.

    `labels` are the numbers of the document's own entries: only these make a number in round brackets, or a bare one, a marker.
    """
    if not _ANY_NUMBER.search(words):
        return
    yield from _brackets(words)
    for match in _TAGGED.finditer(words):
        yield _marker("tagged", Span(*match.span()), match["keys"] or match["note"] or match["caret"])
    for match in _REFERENCE_WORD.finditer(words):
        yield _marker("reference-word", Span(*match.span()), re.sub(r",?\sand\s", ",", match["keys"]))
    yield from _behind_stops(words)
    yield from _behind_words(words)
    for match in _RAISED.finditer(words):
        if _MAY_BE_RAISED.match(words, match.start()):
            yield _marker("raised", Span(*match.span()), match.group().translate(_RAISED_DIGITS))
    if labels:
        yield from _labels(words, labels)


def _labels(words: str, labels: frozenset[str]) -> Iterator[Citation]:
    """Numbers that are markers because the document has entries of these numbers."""
    for match in _PARENTHESIS.finditer(words):
        if labels.issuperset(expand_keys(match["keys"])):
            yield _marker("parenthesis", Span(*match.span()), match["keys"])
    for match in _BARE.finditer(words):
        if match["keys"] in labels and not _counts_before(words, match.start()):
            yield _marker("number-of-entry", Span(*match.span()), match["keys"])


def expand_keys(printed: str) -> tuple[str, ...]:
    """The keys of a numeric marker, ranges written out; a range that runs backwards or too far is left as its ends.

    >>> expand_keys("13 ,15-17")
    ('13', '15', '16', '17')
    """
    keys: list[str] = []
    for piece in re.split(r"\s?[,;]\s?", printed):
        ends = [end.strip() for end in re.split(r"[-–]", piece)]
        low, high = int(ends[0]), int(ends[-1])
        is_range = len(ends) == 2 and low < high <= low + 50
        keys += [str(key) for key in range(low, high + 1)] if is_range else [str(int(end)) for end in ends]
    return tuple(dict.fromkeys(keys))


def _marker(rule: str, span: Span, printed: str) -> Citation:
    style, confidence = _STYLES[rule]
    return Citation(span=span, rule=rule, confidence=confidence, keys=expand_keys(printed), style=style)


def _brackets(words: str) -> Iterator[Citation]:
    first = _first_word(words)
    for match in _BRACKET.finditer(words):
        printed = _NO_NUMBER.sub("", _AND.sub(",", match.group())).replace(",,", ",")
        keys = expand_keys(printed)
        is_interval = "0" in keys or _INTERVAL_BEFORE.search(words, max(0, match.start() - 20), match.start())
        is_rising = [int(key) for key in keys] == sorted(int(key) for key in keys)
        is_statistic = _STATISTIC.search(words, max(0, match.start() - 3), match.start()) is not None
        if is_rising and not is_interval and not is_statistic and match.start() > first:
            yield _marker("bracket", Span(*match.span()), printed)


def _first_word(words: str) -> int:
    """Where the passage begins, white space aside."""
    return len(words) - len(words.lstrip())


def _behind_stops(words: str) -> Iterator[Citation]:
    """Superscripts glued to a stop: "clinic.11", "(in Leeds),13"."""
    for stop in _STOP_AND_DIGIT.finditer(words):
        before = _CARRIER_BEFORE.search(words, max(0, stop.start() - _LONGEST_WORD), stop.start())
        match = _AT_STOP.match(words, stop.end()) if before and _may_carry(before["word"]) else None
        goes_on = match is not None and _goes_on(stop.group(), (match["next"] or "").lstrip(' "(['))
        if match and goes_on and not _counts_off(words, *match.span("keys")):
            yield _marker("glued-to-stop", Span(*match.span("keys")), match["keys"])


def _behind_words(words: str) -> Iterator[Citation]:
    """Superscripts glued to a word: "method12-14"; a single one may be the word's own number."""
    first = _first_word(words)
    for digit in _DIGIT_AT_WORD.finditer(words):
        before = _WORD_BEFORE.search(words, max(0, digit.start() - _LONGEST_WORD), digit.start())
        match = _AT_WORD.match(words, digit.start()) if before and before.start() > first else None
        if not before or not match or words.startswith((" said", ":"), match.end()):
            continue
        if _may_be_numbered(before["word"]) and not _counts_off(words, *match.span()):
            rule = "glued-to-word" if match["keys"].isdigit() else "glued-list"
            yield _marker(rule, Span(*match.span()), match["keys"])


def _counts_off(words: str, start: int, end: int) -> bool:
    """Whether a bracket closes behind a number and none was opened before it: "... is late.2) The boat ..."."""
    closed = words[end : end + 1]
    opening = {")": "(", "]": "["}.get(closed)
    return opening is not None and words.rfind(opening, max(0, start - _LONGEST_ASIDE), start) <= words.rfind(
        closed, max(0, start - _LONGEST_ASIDE), start
    )


def _may_be_numbered(word: str) -> bool:
    """Whether a number glued to the word may be a superscript: the word is no short one, nor one that numbers follow anyway."""
    return len(word) > 3 and word not in _words("numbered_words") and word not in _words("abbreviations")


def _may_carry(word: str) -> bool:
    """Whether the word before a stop can end a cited statement: no abbreviation of "number" or "page", no single letter."""
    return len(word) > 1 and word.lower() not in _words("abbreviations")


def _goes_on(stop: str, following: str) -> bool:
    """Whether the text goes on as the stop asks: with a capital after a full stop; never with a month ("Leeds,12 May")."""
    if following in _words("months"):
        return False
    return "." not in stop or not following[:1].islower()


def _counts_before(words: str, start: int) -> bool:
    """Whether the word before a bare number makes it the number of something ("Figure 5", "page 11", "in May 12")."""
    before = re.findall(r"[A-Za-z]+", words[max(0, start - 20) : start])
    return bool(before) and (
        before[-1].lower().rstrip("s") in _words("numbered_words") | _words("abbreviations") or before[-1] in _words("months")
    )
