"""Citation markers made of numbers: brackets, superscripts that a copy glued to the text, "reference 12", bare numbers.

Brackets are sure by their form. The others are told from variables, names, sections and amounts by what stands around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kb.model import Citation, Span
from kb.vocabulary.data import load

_NUMBERS = r"\d{1,3}(?:\s?[,;-]\s?\d{1,3})*"
_RAISED_NUMBERS = r"[⁰¹²³⁴-⁹]{1,3}(?:[,⁻-][⁰¹²³⁴-⁹]{1,3})*"
_GLUED_NUMBERS = r"(?P<keys>\d{1,3}(?:\s?[,-]\s?\d{1,3}(?![\w%]))*)"

_BRACKET = re.compile(rf"\[\s?(?:refs?\.?\s)?(?P<keys>{_NUMBERS})\s?\]", re.IGNORECASE)
_INTERVAL_BEFORE = re.compile(r"(?:\bCIs?|\binterval|\brange|\bIQR|\bfrom|=|\bbetween|%)\s*[:=]?\s*$", re.IGNORECASE)
_STATISTIC = re.compile(r"(?<![^\W_])[A-Za-zχ]²?$")
"""The letter that a test statistic's degrees of freedom stand behind: "F[1,12]"."""
_TAGGED = re.compile(rf"<sup>\s?\[?(?P<keys>{_NUMBERS})\]?\s?</sup>|\[\^(?P<note>\d{{1,3}})\](?!:)")
_GLUED_TO_WORD = re.compile(rf"(?<![\w.@/-])(?P<word>[a-z]+(?:-[a-z]+)*[\")]?){_GLUED_NUMBERS}(?![\w%°/]|[.,:-]\d)")
_GLUED_TO_STOP = re.compile(
    rf"(?<![\w@/-])(?P<word>[A-Za-z][A-Za-z/-]*|\d+%)(?P<stop>[\")]*[.,;:?!][\")]*){_GLUED_NUMBERS}"
    r"(?=\s|$|[)\]\"])(?!\s?%)(?P<next>\s+[\"(\[]?\w+)?"
)
_RAISED = re.compile(rf"(?:(?<=[^\W\d_])(?<!\bm)(?<!\b[ckm]m)(?<!\bkg)|(?<=[.,;:)\"]))(?P<keys>{_RAISED_NUMBERS})")
_RAISED_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_REFERENCE_WORD = re.compile(
    rf"\b(?:[Rr]eferences?|[Rr]efs?\.?)\s(?P<keys>{_NUMBERS}(?:,?\sand\s\d{{1,3}})?)\b(?![.,]?\d|\s?%|\s(?:year|month|week|day|page|time)s?\b)"
)
_PARENTHESIS = re.compile(rf"\((?:refs?\.?\s)?(?P<keys>{_NUMBERS})\)")
_BARE = re.compile(r"(?<=[A-Za-z)]\s)(?P<keys>\d{1,3})(?=\s?(?:[(.,;:]|$))(?![.,]\d)")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("citations")[name])


def find_numeric(words: str, labels: frozenset[str] = frozenset()) -> Iterator[Citation]:
    """The numeric markers of one passage, the surer first; places are in `words`, whose signs are plain already.

    `labels` are the numbers of the document's own entries: only these make a number in round brackets, or a bare one, a marker.
    """
    yield from _brackets(words)
    for match in _TAGGED.finditer(words):
        yield _marker(match, "tagged", match["keys"] or match["note"], 0.95)
    for match in _REFERENCE_WORD.finditer(words):
        keys = re.sub(r",?\sand\s", ",", match["keys"])
        yield Citation(span=Span(*match.span()), rule="reference-word", confidence=0.9, keys=expand_keys(keys), style="number")
    yield from _superscripts(words)
    for match in _PARENTHESIS.finditer(words):
        if labels.issuperset(expand_keys(match["keys"])):
            yield Citation(
                span=Span(*match.span()), rule="parenthesis", keys=expand_keys(match["keys"]), style="bracket", confidence=0.8
            )
    for match in _BARE.finditer(words):
        if match["keys"] in labels and not _counts_before(words, match.start()):
            yield Citation(
                span=Span(*match.span()), rule="number-of-entry", confidence=0.8, keys=(match["keys"],), style="number"
            )


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


def _marker(match: re.Match[str], rule: str, printed: str, confidence: float) -> Citation:
    return Citation(
        span=Span(match.start("keys"), match.end("keys")) if rule.startswith("glued") else Span(*match.span()),
        rule=rule,
        confidence=confidence,
        keys=expand_keys(printed),
        style="superscript",
    )


def _brackets(words: str) -> Iterator[Citation]:
    for match in _BRACKET.finditer(words):
        keys = expand_keys(match["keys"])
        is_interval = "0" in keys or _INTERVAL_BEFORE.search(words, max(0, match.start() - 20), match.start())
        is_rising = [int(key) for key in keys] == sorted(int(key) for key in keys)
        is_statistic = _STATISTIC.search(words, max(0, match.start() - 3), match.start()) is not None
        if is_rising and not is_interval and not is_statistic and words[: match.start()].strip():
            yield Citation(span=Span(*match.span()), rule="bracket", confidence=0.98, keys=keys, style="bracket")


def _superscripts(words: str) -> Iterator[Citation]:
    for match in _GLUED_TO_STOP.finditer(words):
        if _may_carry(match["word"]) and _goes_on(match["stop"], (match["next"] or "").lstrip(' "([')):
            yield _marker(match, "glued-to-stop", match["keys"], 0.9)
    for match in _GLUED_TO_WORD.finditer(words):
        word = match["word"].strip('")')
        is_inside = bool(words[: match.start()].strip()) and not words[match.end() :].startswith((" said", ":"))
        if is_inside and len(word) > 3 and word not in _words("numbered_words") | _words("abbreviations"):
            is_list = not match["keys"].isdigit()
            yield _marker(match, "glued-list" if is_list else "glued-to-word", match["keys"], 0.9 if is_list else 0.7)
    for match in _RAISED.finditer(words):
        yield _marker(match, "raised", match["keys"].translate(_RAISED_DIGITS), 0.9)


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
