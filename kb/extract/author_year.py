"""Citation markers made of authors and a year: "Lee and Roe (2015)", "(Lee et al., 2015; Roe, 2016)", "Lee et al 2015"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kb.extract.titles import is_body, is_document_noun, is_sentence_word, is_short_body
from kb.model import Citation, Span
from kb.vocabulary.data import load

_PARTICLE = r"(?:(?:van|von|de|der|den|du|la|le)\s|[dO]')"
_NAME = rf"(?:{_PARTICLE}){{0,2}}[A-Z][a-zà-ÿ'-]{{1,30}}(?:-[A-Z][a-zà-ÿ']{{1,30}})?"
_ET_AL = r"(?:,?\s(?:et\.?\sal\b\.?|and\scolleagues|and\sothers))"
_PEOPLE = rf"{_NAME}(?:,\s{_NAME}){{0,5}}(?:,?\s(?:and|&)\s{_NAME}|{_ET_AL})?"
_BODY = r"(?:[A-Z][\w'&-]{1,30}\s(?:(?:of|for|and|the)\s){0,2}){1,7}[A-Z][\w'&-]{1,30}|[A-Z]{2,8}"
_YEARS = r"(?:(?:19|20)\d\d[a-z]?|in press)(?:,\s?(?:(?:19|20)\d\d)?[a-z]?)*"
_PAGE = r"(?:[,:]\s?(?:pp?\.?\s?)?\d{1,4}(?:-\d{1,4})?)?"
_LEAD = r"(?:(?:see+(?:\salso)?|e\.?g\.?|cf\.?|i\.?e\.?|[a-z]+(?:\s[a-z]+){0,4})[,:]?\s)?"

_NARRATIVE = re.compile(
    rf"(?P<open>\[{_LEAD})?\b(?P<who>{_PEOPLE}|{_BODY})(?:'s?)?,?\s\((?P<year>{_YEARS}){_PAGE}\)(?P<close>\])?"
)
_PARENTHESIS = re.compile(r"[(\[](?P<inside>[^()\[\]]{6,300}?\d{4}[a-z]?[^()\[\]]{0,40})[)\]]")
_PARENTHETIC = re.compile(rf"{_LEAD}(?P<who>{_PEOPLE}|{_BODY}),?\s(?P<year>{_YEARS}){_PAGE}\.?")
_OPEN = re.compile(rf"\b(?P<who>{_NAME}(?:,\s{_NAME}){{0,5}},?\set\.?\sal\b\.?),?\s(?P<year>(?:19|20)\d\d[a-z]?)(?![\d;:])")
_SEVERAL = re.compile(rf"{_ET_AL}|\sand\s|\s&\s")
_DETERMINER = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ii]n|[Ff]rom|[Ss]ince|[Bb]y the)\s$")


@cache
def _calendar() -> frozenset[str]:
    return frozenset(load("citations")["months"])


def find_author_year(words: str) -> Iterator[Citation]:
    """The markers of authors with a year in one passage, whose signs are plain already; places are in `words`.

    A key is the names as printed, a blank and the year. Square brackets around a marker belong to it.
    """
    for match in _NARRATIVE.finditer(words):
        if _is_author(match["who"], words[max(0, match.start("who") - 7) : match.start("who")]):
            is_whole = bool(match["open"]) and bool(match["close"])
            start = match.start() if is_whole else match.start("who")
            end = match.end() if is_whole or not match["close"] else match.end() - 1
            yield _marker(Span(start, end), "author-year", (_key(match),))
    for match in _PARENTHESIS.finditer(words):
        pieces = [_PARENTHETIC.fullmatch(piece.strip()) for piece in match["inside"].split(";")]
        named = [piece for piece in pieces if piece and _is_author(piece["who"], "")]
        if named and len(named) == len(pieces):
            yield _marker(Span(*match.span()), "author-year-in-brackets", tuple(_key(piece) for piece in named))
    for match in _OPEN.finditer(words):
        yield _marker(Span(*match.span()), "author-year-open", (_key(match),))


def _key(match: re.Match[str]) -> str:
    return f"{match['who']} {match['year']}"


def _marker(span: Span, rule: str, keys: tuple[str, ...]) -> Citation:
    return Citation(span=span, rule=rule, confidence=0.85, keys=keys, style="author-year")


def _is_author(who: str, before: str) -> bool:
    """Whether a name before a year is an author: no month, no title of a document, no word that only begins the sentence.

    Several capitals in a row are a body's name, and must say so ("... Association"); one alone is no author behind "the" or "in".
    """
    parts = [part for part in re.split(r"[\s,]+", who) if part[:1].isupper()]
    if is_sentence_word(parts[0]) or any(part in _calendar() or is_document_noun(part) for part in parts):
        return False
    if who.isupper() or (len(parts) > 1 and not _SEVERAL.search(who) and "," not in who):
        return is_body(who) or is_short_body(who)
    return _SEVERAL.search(who) is not None or not _DETERMINER.search(before)
