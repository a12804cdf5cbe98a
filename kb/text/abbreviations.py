"""Pairs of a long form and its abbreviation: the algorithm of Schwartz and Hearst (2003), and the reversed form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.model import Span
from kb.text.folding import fold_same_length

_BRACKET = re.compile(r"[(\[](?P<inside>[^()\[\]]{2,120})[)\]]")
LINK_TARGET = re.compile(r"\]\([^()\s]*\)")
"""What stands behind the words of a Markdown link."""
_SHORT = re.compile(r"(?=[^\W_])(?=[^a-z]*[A-Za-z])[^\s,;:()\[\]\"]{2,10}(?: [A-Z0-9]{1,4})?$")
_LEAD = re.compile(
    r" *(?:hereafter|henceforth|or|abbreviated(?: to| as)?|known as|called|referred to as|the|also)(?: (?:the|as|called))? +",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"(?P<mark>['\"])(?P<quoted>[^'\"]+)(?P=mark)(?: for short)?|(?P<bare>[^'\"]+) for short")
_WORD = re.compile(r"\S+")
_SHORT_BEFORE = re.compile(r"(?P<short>[A-Za-z][\w./&-]{1,9}(?:'s)?) *$")
_BETWEEN_COMMAS = re.compile(
    r", (?:or|abbreviated (?:to|as)|shortened to|known as|hereafter|henceforth)(?: the| simply| just)? "
    r"['\"‘“]?(?P<short>[A-Z][A-Z/&-]{1,8}s?)['\"’”]?(?=[,.;]|$)"
)
_LINE = re.compile(
    r"\W{0,4}(?P<short>[A-Z][\w/&-]{1,9}) ?(?:=|:|- | stands for| means)\s*+(?P<long>[A-Za-z][\w' &/,-]{4,100}?)[ .;]*+"
)
_CAPITAL = re.compile(r"[A-Z]")
_LOOK_BACK = 14
_ENDING = re.compile(r"'?s$")
_PART = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_SMALL = frozenset({"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})
_NOT_LONG = re.compile(r"[()\[\]=<>|]")
_CLAUSE_END = re.compile(r"[.;:!?\"](?= )")


@dataclass(frozen=True)
class Abbreviation:
    """Where a long form and its abbreviation stand; `whole` holds both with their brackets."""

    short: Span
    long: Span
    is_bracketed: bool = True

    @property
    def whole(self) -> Span:
        """From the first of the two to the second, with the bracket that closes after it."""
        return Span(min(self.short.start, self.long.start), max(self.short.end, self.long.end) + self.is_bracketed)


def abbreviations(text: str, span: Span) -> list[Abbreviation]:
    """Abbreviations introduced inside `span`: "long form (LF)", "long form [LF]", "LF (long form)" and "long form, or LF,".

    Places are absolute. Letters of the abbreviation must occur in order in the long form and its first letter must begin a word;
    abbreviations without a capital letter, and long forms that run over the end of a clause, are not accepted.

    >>> words = "people with long-term conditions (LTCs)"
    >>> [(pair.short.of(words), pair.long.of(words)) for pair in abbreviations(words, Span(0, len(words)))]
    [('LTCs', 'long-term conditions')]
    """
    words = span.of(text)
    if _BRACKET.search(words) is None and _BETWEEN_COMMAS.search(words) is None:
        return []
    words = _unmarked(fold_same_length(words))
    pairs = sorted([*_pairs(words), *_between_commas(words)], key=lambda pair: pair.short)
    return [Abbreviation(pair.short.shifted(span.start), pair.long.shifted(span.start), pair.is_bracketed) for pair in pairs]


def spelt_out(folded: str, span: Span) -> Abbreviation | None:
    """The abbreviation that a line spells out, and does nothing else: "LCB = local care board", "LCB: Local Care Board"."""
    match = _LINE.fullmatch(folded, span.start, span.end)
    if match is None or not _has_capital(match["short"]) or not _spells(match["short"], match["long"]):
        return None
    return Abbreviation(Span(*match.span("short")), Span(*match.span("long")), is_bracketed=False)


def _between_commas(words: str) -> Iterator[Abbreviation]:
    """So: "local care boards, or LCBs, meet"."""
    for match in _BETWEEN_COMMAS.finditer(words):
        long = _long_before(words, match["short"], match.start()) if _has_capital(match["short"]) else None
        if long is not None:
            yield Abbreviation(Span(*match.span("short")), long, is_bracketed=False)


def bare_short(short: str) -> str:
    """An abbreviation without plural or possessive ending.

    >>> bare_short("LTCs"), bare_short("LTC's"), bare_short("CFS")
    ('LTC', 'LTC', 'CFS')
    """
    return _ENDING.sub("", fold_same_length(short))


def _unmarked(words: str) -> str:
    """Link targets, link brackets and emphasis of Markdown blanked, one for one."""
    if "](" not in words:
        return words.replace("*", " ")
    letters = list(words)
    open_at: list[int] = []
    place = 0
    for match in LINK_TARGET.finditer(words):
        open_at += [at for at in range(place, match.start()) if words[at] == "["]
        if open_at:
            letters[open_at.pop()] = " "
            letters[match.start() : match.end()] = " " * (match.end() - match.start())
        place = match.end()
    return "".join(letters).replace("*", " ")


def _pairs(words: str) -> Iterator[Abbreviation]:
    for match in _BRACKET.finditer(words):
        inside = _bare_inside(words, match)
        if _SHORT.fullmatch(inside.of(words)) and _has_capital(inside.of(words)):
            long = _long_before(words, inside.of(words), match.start())
            if long is not None:
                yield Abbreviation(inside, long)
                continue
        near = max(0, match.start() - _LOOK_BACK)
        before = _SHORT_BEFORE.search(words, near, match.start()) if _CAPITAL.search(words, near, match.start()) else None
        if before is not None and _has_capital(before["short"]) and _spells(before["short"], inside.of(words)):
            yield Abbreviation(Span(*before.span("short")), inside)


def _bare_inside(words: str, match: re.Match[str]) -> Span:
    """What stands in a bracket, without "hereafter" and quotation marks around it."""
    lead = _LEAD.match(words, match.start("inside"), match.end("inside"))
    inside = Span(lead.end() if lead else match.start("inside"), match.end("inside")).trimmed(words)
    quoted = _QUOTED.fullmatch(words, inside.start, inside.end)
    return Span(*quoted.span("quoted" if quoted["quoted"] else "bare")) if quoted else inside


def _has_capital(short: str) -> bool:
    return all(any(letter.isupper() or letter.isdigit() for letter in part) for part in short.split()) and not short.istitle()


def _long_before(words: str, short: str, end: int) -> Span | None:
    letters = bare_short(short)
    most = min(len(letters) + 5, len(letters) * 2)
    places = list(_WORD.finditer(words, max(0, end - 200), end))[-most:]
    if not places:
        return None
    floor = max([places[0].start(), *(match.end() for match in _CLAUSE_END.finditer(words, places[0].start(), end))])
    for start in (
        _start_by_initials(words, letters, floor, end),
        *(_start_of_long(words, form, floor, end) for form in (short, letters)),
    ):
        if start is not None:
            long = Span(start, end).trimmed(words)
            is_long = len(long) > len(short) and not _NOT_LONG.search(long.of(words)) and short not in long.of(words).split()
            return long if is_long else None
    return None


def _start_by_initials(words: str, short: str, floor: int, end: int) -> int | None:
    """Where the words begin whose initials are the letters in order, small words left out."""
    letters = [letter.lower() for letter in short if letter.isalnum()]
    start = None
    for part in reversed(list(_PART.finditer(words, floor, end))):
        if not letters:
            break
        if part[0][0].lower() == letters[-1]:
            letters.pop()
            start = part.start()
        elif part[0].lower() not in _SMALL:
            return None
    return start if not letters else None


def _start_of_long(words: str, short: str, floor: int, end: int) -> int | None:
    """The right-to-left search of the algorithm: each letter as far right as it goes, the first one at the start of a word."""
    place = end
    letters = [letter.lower() for letter in short if letter.isalnum()]
    for index in range(len(letters) - 1, -1, -1):
        place -= 1
        while place >= floor and not _fits(words, place, letters[index], is_first=index == 0):
            place -= 1
        if place < floor:
            return None
    return place


def _fits(words: str, place: int, letter: str, *, is_first: bool) -> bool:
    if words[place].lower() != letter:
        return False
    return not is_first or place == 0 or not words[place - 1].isalnum()


def _spells(short: str, inside: str) -> bool:
    """Whether the words inside brackets are the long form: as many initials as letters, more than one word."""
    letters = [letter.lower() for letter in bare_short(short) if letter.isalnum()]
    if len(inside.split()) < 2 or len(letters) < 2 or len(inside.split()) > len(letters) + 3:
        return False
    short_form = "".join(letters)
    return 0 in {_start_by_initials(inside, short_form, 0, len(inside)), _start_of_long(inside, short_form, 0, len(inside))}
