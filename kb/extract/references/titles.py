"""Titles of works in running text: runs of capitals headed by a document noun, quoted titles, words of links, title lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kb.model import Span
from kb.vocabulary.data import load

_NAME = r"[A-Z][\w'’/&-]*(?:\.\d[\w.-]*\w)?"
_WORD = rf"(?:{_NAME}|\([A-Z][\w'’/ -]{0, 40}\)|(?:19|20)\d\d(?:/\d\d(?:\d\d)?)?|\((?:19|20)\d\d\)(?=\s[A-Z]))"
_JOINT = r"(?:and|at|by|for|from|in|into|of|on|the|to|with|[Aa]n?|&|[-–—])"
_RUN = re.compile(rf"(?<![\w.]){_NAME}(?:(?:[:;]|,(?=\s(?:Annex|Part|Volume)\b))?\s(?:{_JOINT}\s){{0,3}}{_WORD})*")
_TOKEN = re.compile(r"\S+")
_LOOK_AHEAD = 60
_HEAD_ENDS = frozenset(("for", "of", "on", "to", "with", "in", "from", "by", "-", "–", "—"))
_AFTER_HEAD = re.compile(r"(?:\(|(?:No\.?\s)?[A-Z]{0,6}[-/. ]?\d[\w./-]*$|Annex\b|Part\b|Volume\b|(?:19|20)\d\d)")
_YEAR_AFTER = re.compile(
    r"""\s?\((?:[A-Z][a-z]+\s)?(?P<bracket>(?:19|20)\d\d)\)
      | [\])(#,]{0,6}\s(?:which\swas\s)?(?:first\s)?(?:published|issued|released)\s(?:in\s)?(?:[A-Z][a-z]+\s)?
        (?P<published>(?:19|20)\d\d)\b
      | (?:\sof\s[^.;:()\n]{1,60}?)?,?\sdated\s(?:\d{1,2}\s)?(?:[A-Z][a-z]+\s)?(?P<dated>(?:19|20)\d\d)\b""",
    re.VERBOSE,
)
_QUOTED = re.compile(r"(?P<mark>[\"'])(?<!\w.)(?P<title>[A-Z][^\"\n]{8,200}?)(?P=mark)(?!\w)")
_ANNOUNCED = re.compile(r"(?P<noun>[A-Za-z]+)(?:\s(?:on|called|entitled|titled)(?:\sthe)?)?[,:]?\s$")
_FOLLOWED = re.compile(r"[,.]?\s(?:is\sthe\stitle\sof|(?P<noun>[a-z]+)\b)")
_ACRONYM = re.compile(r"[A-Z]{2,}")
_GENERAL = re.compile(
    r"(?:^|\s)(?:[A-Z/]{2,}|National|Local|Clinical|Statutory)\s(?:Guidance|Guidelines?|Standards?|Plans?|Statements?|Reviews?|Strategy)$"
)
"""An issuer and its kind of document ("NICE Guidance") name no single work."""
_DATE_AT_END = re.compile(
    r"[,\s]+(?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*,?\s(?:19|20)\d\d\s*$"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@cache
def _nouns(*names: str) -> re.Pattern[str]:
    words = sorted({word for name in names for word in load("works")[name]}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(word) for word in words)})s?\b", re.IGNORECASE)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("works")[name])


@cache
def document_nouns() -> tuple[str, ...]:
    """The nouns that head the title of a document, in small letters."""
    return tuple(load("works")["document_nouns"])


@cache
def _capital_nouns() -> re.Pattern[str]:
    return re.compile("|".join(f"{noun[0].upper()}(?i:{re.escape(noun[1:])})" for noun in document_nouns()))


def may_hold_runs(text: str) -> bool:
    """Whether a document noun in it begins with a capital, without which `find_runs` finds nothing; quick."""
    return _capital_nouns().search(text) is not None


def find_runs(text: str) -> Iterator[Span]:
    """Title Case runs whose head is a document noun: three capitalised words or more, or two with an acronym.

    A run is cut before words that only begin the sentence ("From the ..."), and ends where its capitals end. White space of every
    kind must be blanks already.

    >>> text = "From the Autumn Waiting Times Report we learn little."
    >>> [span.of(text) for span in find_runs(text)]
    ['Autumn Waiting Times Report']
    """
    for match in _RUN.finditer(text):
        is_whole = not (text[: match.start()] + text[match.end() :]).strip()
        span = Span(*match.span()) if is_whole else _without_lead(text, Span(*match.span()))
        words = span.of(text)
        if _has_head(words) and _is_name(words):
            yield span


def _without_lead(text: str, span: Span) -> Span:
    start = span.start
    for token in _TOKEN.finditer(text, span.start, span.end):
        start = token.start()
        if token.group() not in _words("sentence_words") and token.group() not in _HEAD_ENDS | {"the", "and", "a", "an"}:
            break
    return Span(start, span.end)


def _has_head(words: str) -> bool:
    """Whether a document noun in `words`, with a capital, ends the name or is followed by what it is about."""
    for noun in _nouns("document_nouns").finditer(words):
        rest = words[noun.end() : noun.end() + _LOOK_AHEAD].lstrip()
        is_head = not rest or rest[0] in ":;" or rest.split()[0] in _HEAD_ENDS or bool(_AFTER_HEAD.match(rest))
        if noun.group()[0].isupper() and is_head:
            return True
    return False


def _is_name(words: str) -> bool:
    capitals = [token for token in words.split() if token[0].isupper()]
    return not _GENERAL.search(words) and (len(capitals) >= 3 or (len(capitals) == 2 and _ACRONYM.search(words) is not None))


def find_quoted(text: str) -> Iterator[Span]:
    """Titles in plain quotation marks, these included, that a noun of publication announces or follows.

    Words that are a sentence of their own, or more than 25 of them, are a quotation and no title.
    """
    for match in _QUOTED.finditer(text):
        if len(match["title"].split()) > 25 or match["title"].rstrip().endswith((".", ",", "!")):
            continue
        before = _ANNOUNCED.search(text, max(0, match.start() - 40), match.start())
        after = _FOLLOWED.match(text, match.end())
        if _is_publication(before) or _is_publication(after) or (after and not after["noun"]):
            yield Span(*match.span())


def _is_publication(match: re.Match[str] | None) -> bool:
    return match is not None and (match["noun"] or "").lower() in _words("publication_nouns")


def is_document_link(words: str) -> bool:
    """Whether the words of a hyperlink name a document: its head is a document noun, with what it is about behind it.

    >>> is_document_link("full service specification"), is_document_link("our website"), is_document_link("page 7")
    (True, False, False)
    """
    for noun in _nouns("document_nouns", "link_nouns").finditer(words):
        rest = words[noun.end() :].split()
        before = words[: noun.start()].split()
        if (not rest or rest[0].strip(",:") in _HEAD_ENDS or rest[0][0] in "(:") and (before or rest):
            return True
    return False


def is_title_line(words: str) -> bool:
    """Whether a line by itself is a title: it begins with a capital, holds a document noun and is no sentence.

    >>> is_title_line("Waiting for help: annual report of the pilot sites"), is_title_line("The report is late")
    (True, False)
    """
    tokens = words.split()
    if not 4 <= len(tokens) <= 30 or not words[0].isupper() or words.rstrip()[-1] in ".:!,":
        return False
    is_sentence = has_verb(words) or tokens[0] in ("I", "We", "It", "There", "They", "See")
    return not is_sentence and _nouns("document_nouns").search(words) is not None


def has_verb(words: str) -> bool:
    """Whether words hold a verb that titles seldom have ("is", "should", "said")."""
    return any(token.lower().strip(",;.") in _words("verbs") for token in words.split())


def is_reference_heading(heading: str) -> bool:
    """Whether a heading says that references follow, numbered or not ("7. References")."""
    return heading.strip(" .:0123456789").lower() in _words("reference_headings")


def without_date_line(words: str) -> str:
    """A title line without the date that stands under it ("... report March 2011")."""
    return _DATE_AT_END.sub("", words)


def is_body(words: str) -> bool:
    """Whether words name an organisation by its kind ("The British Pain Society")."""
    return any(token.lower().strip(",") in _words("body_nouns") for token in words.split())


def has_document_noun(words: str) -> bool:
    """Whether words hold a noun that names a kind of document, in any case."""
    return _nouns("document_nouns").search(words) is not None


def is_short_body(words: str) -> bool:
    """Whether words hold the short name of a body known by it ("NHS England")."""
    return any(token.lower().strip(",") in _words("short_bodies") for token in words.split())


def is_issuer(words: str) -> bool:
    """Whether words name a body, by its kind or by the short name it is known by."""
    return is_body(words) or is_short_body(words)


def year_after(text: str, end: int) -> tuple[int | None, int]:
    """The year a text gives behind a title ("(2013)", "published in March 2017"), and where it ends if it is the title's own.

    Its own are a year in brackets and a date: "Report of the visit, dated March 2017".
    """
    match = _YEAR_AFTER.match(text, end)
    if match is None:
        return None, end
    return int(match["bracket"] or match["dated"] or match["published"]), end if match["published"] else match.end()


def year_in(words: str) -> int | None:
    """The last year a title line states, if any."""
    years = _YEAR.findall(words)
    return int(years[-1]) if years else None


def is_document_noun(word: str) -> bool:
    """Whether one word names a kind of document ("Report", "Guidelines")."""
    return _nouns("document_nouns", "link_nouns").fullmatch(word) is not None


def is_sentence_word(word: str) -> bool:
    """Whether a capitalised word only begins a sentence ("From", "This")."""
    return word in _words("sentence_words")
