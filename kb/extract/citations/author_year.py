"""Citation markers made of authors and a year: "Lee and Roe (2015)", "(Lee et al., 2015; Roe, 2016)", "Lee et al 2015"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kb.extract.references.titles import is_body, is_document_noun, is_sentence_word, is_short_body
from kb.model import Citation, Span
from kb.vocabulary.data import load

RULES = ("author-year", "author-year-in-brackets", "author-year-open")

_PARTICLE = r"(?:(?:van|von|de|der|den|du|la|le)\s|[dO]')"
_CAPITAL, _SMALL = "A-ZÀ-ÖØ-ÞŁŚŠŞŽŻČĆĐ", "a-zß-öø-ÿā-ž"
_SURNAME = rf"(?:Ma?c|D[eiu]|L[aeo]|Fitz|Van)?[{_CAPITAL}][{_SMALL}'-]{{1,30}}(?:-[{_CAPITAL}][{_SMALL}']{{1,30}})?"
_INITIALS = r"(?:[A-Z]\.[\s-]?){1,3}"
_NAME = rf"(?:{_PARTICLE}){{0,2}}(?:{_INITIALS})?{_SURNAME}(?:,?\s(?:{_INITIALS}(?<=\S)|[A-Z]{{1,2}}(?=,?\s|$)))?"
_ET_AL = r"(?:,?\s(?:et\.?\sal\b\.?|and\scolleagues|and\sothers))"
_PEOPLE = rf"{_NAME}(?:,\s{_NAME}){{0,5}}(?:,?\s(?:and|&)\s{_NAME}|{_ET_AL})?"
_BODY = r"(?:[A-Z][\w'&-]{1,30}\s(?:(?:of|for|and|the)\s){0,2}){1,7}[A-Z][\w'&-]{1,30}|[A-Z]{2,8}"
_YEARS = r"(?:(?:19|20)\d\d[a-z]?|in press)(?:,\s?(?:(?:19|20)\d\d)?[a-z]?)*"
_PAGE = r"(?:[,:]\s?(?:pp?\.?\s?)?\d{1,4}(?:-\d{1,4})?)?"
_LEAD = r"(?:(?:see+(?:\salso)?|e\.?g\.?|cf\.?|i\.?e\.?|[a-z]+(?:\s[a-z]+){0,4})[,:]?\s)??"
_TRAIL = r"(?:,?\s(?:for|in|cited\sin|as\scited|and\sreferences|table|figure|fig\.|chapter|section|appendix)\b[^;]{0,60})?"

# Years are few, and names many: the year is looked for first, then whose it is.
_YEAR_IN_BRACKETS = re.compile(rf"\((?P<year>{_YEARS}){_PAGE}\)(?P<close>\])?")
_PEOPLE_BEFORE = re.compile(rf"(?P<open>\[{_LEAD})?\b(?P<who>{_PEOPLE}|{_BODY})(?:'s?)?,?\s$")
_BRACKETS = re.compile(r"[(\[](?P<inside>[^()\[\]]{8,350})[)\]]")
_HAS_YEAR = re.compile(r"19\d\d|20\d\d|in press")
_PARENTHETIC = re.compile(rf"{_LEAD}(?P<who>{_PEOPLE}|{_BODY}),?\s\(?(?P<year>{_YEARS}){_PAGE}\)?{_TRAIL}\.?")
_NEXT = re.compile(r"\s?;\s?|(?<=\d{4}),\s(?=[A-Z])|(?<=\d{4}[a-z]),\s(?=[A-Z])|(?<=\d{4}),?\s(?:and|&)\s(?=[A-Z])")
"""What parts two markers in one pair of brackets."""
_ET_AL_YEAR = re.compile(r"et(?<=\set)\.?\sal\b(?P<stop>\.?),?\s(?P<year>(?:19|20)\d\d[a-z]?)(?![\d;:])")
_NAMES_BEFORE = re.compile(rf"\b{_NAME}(?:,\s{_NAME}){{0,5}},?\s$")
_LONGEST_NAMES = 250
"""Code points before a year in which its authors are looked for."""
_SEVERAL = re.compile(rf"{_ET_AL}|\sand\s|\s&\s")
_DETERMINER = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ii]n|[Ff]rom|[Ss]ince|[Bb]y the)\s$")


_FIRST_WORD = re.compile(r"(?P<word>\w+)[\s.]+")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("citations")[name])


def find_author_year(words: str) -> Iterator[Citation]:
    """The markers of authors with a year in one passage, whose signs are plain already; places are in `words`.

    A key is the names as printed, a blank and the year. Square brackets around a marker belong to it.
    """
    if _HAS_YEAR.search(words):
        yield from _narrative(words)
        yield from _parenthetic(words)
        yield from _open(words)


def _narrative(words: str) -> Iterator[Citation]:
    """Names before a year in brackets: "Lee and Roe (2015)"."""
    done = 0
    for year in _YEAR_IN_BRACKETS.finditer(words):
        before = _people_before(words, max(done, year.start() - _LONGEST_NAMES), year.start())
        if before is None:
            continue
        if _is_author(before["who"], words[max(0, before.start("who") - 7) : before.start("who")]):
            is_whole = bool(before["open"]) and bool(year["close"])
            start = before.start() if is_whole else before.start("who")
            end = year.end() if is_whole or not year["close"] else year.end() - 1
            yield _marker("author-year", Span(start, end), (_key(before["who"], year["year"]),))
        done = year.end()


def _people_before(words: str, start: int, end: int) -> re.Match[str] | None:
    """The names right before a year, without what stands before them and is no name ("As Lee", "Dr Lee")."""
    before = _PEOPLE_BEFORE.search(words, start, end)
    while (
        before
        and (first := _FIRST_WORD.match(before["who"]))
        and (is_sentence_word(first["word"]) or first["word"] in _words("forms_of_address"))
    ):
        shorter = _PEOPLE_BEFORE.search(words, before.start("who") + first.end(), end)
        if shorter is None:
            break
        before = shorter
    return before


def _parenthetic(words: str) -> Iterator[Citation]:
    """Names and years that fill a pair of brackets: "(Lee et al., 2015; Roe, 2016)"."""
    for match in _BRACKETS.finditer(words):
        if not _HAS_YEAR.search(match["inside"]):
            continue
        pieces = [_PARENTHETIC.fullmatch(piece.strip()) for piece in _NEXT.split(match["inside"])]
        named = [piece for piece in pieces if piece and (_is_author(piece["who"], "") or _is_acronym(piece))]
        if named and len(named) == len(pieces) and not _is_of_thing(words[max(0, match.start() - 20) : match.start()]):
            keys = tuple(_key(piece["who"], piece["year"]) for piece in named)
            yield _marker("author-year-in-brackets", Span(*match.span()), keys)


def _is_acronym(piece: re.Match[str]) -> bool:
    """Whether a body goes by its initials, and the year stands behind a comma: "(ONS, 2015)"."""
    return piece["who"].isupper() and piece.string.startswith(",", piece.end("who"))


def _is_of_thing(before: str) -> bool:
    """Whether the words before a pair of brackets name a thing that has a year itself: "his film (Titanic, 1997)"."""
    last = before.split()[-1:]
    return bool(last) and last[0].lower() in _words("dated_things")


def _open(words: str) -> Iterator[Citation]:
    """Names before a year without brackets: "Lee et al 2015"."""
    for year in _ET_AL_YEAR.finditer(words):
        before = _NAMES_BEFORE.search(words, max(0, year.start() - _LONGEST_NAMES), year.start())
        if before:
            who = words[before.start() : year.end("stop")]
            yield _marker("author-year-open", Span(before.start(), year.end()), (_key(who, year["year"]),))


def _key(who: str, year: str) -> str:
    name = who.removesuffix("'s")
    return f"{name} {year}"


def _marker(rule: str, span: Span, keys: tuple[str, ...]) -> Citation:
    return Citation(span=span, rule=rule, confidence=0.85, keys=keys, style="author-year")


def _is_author(who: str, before: str) -> bool:
    """Whether a name before a year is an author: no month, no title of a document, no word that only begins the sentence.

    Several capitals in a row are a body's name, and must say so ("... Association"); one alone is no author behind "the" or "in".
    """
    parts = [part for part in re.split(r"[\s,]+", who) if part[:1].isupper()]
    if is_sentence_word(parts[0]) or any(part in _words("months") or is_document_noun(part) for part in parts):
        return False
    if who.isupper() or (len(parts) > 1 and not _SEVERAL.search(who) and "," not in who):
        return is_body(who) or is_short_body(who)
    return _SEVERAL.search(who) is not None or not _DETERMINER.search(before)
