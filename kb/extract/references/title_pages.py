"""References by the look of a title page pasted into a post or article: title, body and date on lines of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kb.extract.found import Found
from kb.extract.references.entries import CENTURIES
from kb.extract.references.titles import has_document_noun, has_verb, is_document_noun, is_issuer, year_in
from kb.model import Reference, Span
from kb.text.lines import FILLED

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = rf"(?:\d{{1,2}} )?(?:{_MONTH},? )?(?:19|20)\d\d"
_DATED = re.compile(rf"(?P<body>.{{0,300}}?)[ ,;(]*(?:\b{_DATE}(?: ?- ?| to ))?\b{_DATE}\)?\.?")
_YEAR_AT_END = re.compile(r"\d{4}\)?\.?$")
_DATE_WORDS = re.compile(rf"\b{_DATE}\b")
_MAKERS = re.compile(
    r"(?:[Ii]n (?:partnership|association|collaboration) with|[Pp](?:ublished|repared|roduced) (?:by|for)|[Bb]y):? ?"
)
_ANNOUNCED = re.compile(r"(?:[\w'’()-]+ ){0,8}?(?P<noun>[a-z]+?)s?(?: [\w'’()-]+){0,4}:")
_FEWEST, _MOST = 4, 30
_MOST_LINES = 5
_LONGEST = 200


def title_pages(found: Found) -> Iterator[Reference]:
    """Title, who made it and when, on lines that follow each other, whether in one passage or in several."""
    if found.source.source_kind == "guidance":
        return
    years = found.prepared.cued(CENTURIES)
    places = list(_lines(found))
    dated = [index for index, place in enumerate(places) if years.is_any_inside(place)]
    followed = {above for index in dated for above in range(max(0, index - _MOST_LINES + 1), index)}
    for index in sorted(followed):
        title = _words(found, places[index])
        if is_title(title):
            yield from _page(
                places[index], title, [(place, _words(found, place)) for place in places[index + 1 : index + _MOST_LINES]]
            )


def _lines(found: Found) -> Iterator[Span]:
    """The lines of passages that are not blank."""
    folded = found.prepared.folded
    for passage in found.document.passages:
        for line in FILLED.finditer(folded, passage.span.start, passage.span.end):
            if not line.group().isspace():
                yield Span(*line.span())


def _words(found: Found, line: Span) -> str:
    """The words of a line, typographic signs and white space made plain."""
    return " ".join(line.of(found.prepared.folded).split())


def announced_titles(found: Found) -> Iterator[Reference]:
    """A title by itself behind a line that announces a document: "The report in full:"."""
    folded = found.prepared.folded
    for before, passage in pairwise(found.document.passages):
        cue, words = before.span.of(folded), passage.span.of(folded)
        announced = _ANNOUNCED.fullmatch(cue) if cue.endswith(":") else None
        if announced and is_document_noun(announced["noun"]) and is_title(words) and _is_capitalised(words):
            yield Reference(
                span=passage.span, rule="announced-title", confidence=0.7, form="title", title=words, year=year_in(words)
            )


def _page(place: Span, title: str, below: list[tuple[Span, str]]) -> Iterator[Reference]:
    """The title page that begins with `title`, where a date ends the lines below it and a body's name stands before the date."""
    words = ""
    for span, line in below:
        if has_verb(_DATE_WORDS.sub("", line)) or len(line) > _LONGEST or line.endswith("."):
            return
        words = f"{words} {line}".strip()
        dated = _DATED.fullmatch(_MAKERS.sub("", words)) if _YEAR_AT_END.search(words, len(words) - 6) else None
        if dated and _is_maker(dated["body"]):
            yield Reference(
                span=Span(place.start, span.end),
                rule="title-page",
                confidence=0.75,
                form="bibliographic",
                title=title,
                publisher=dated["body"].strip(" ,;"),
                year=year_in(words),
            )
            return


def _is_maker(words: str) -> bool:
    return is_issuer(words) and not has_verb(words)


def is_title(words: str) -> bool:
    """Whether words by themselves can be a title: a capital in front, no verb that titles seldom have, no final stop."""
    tokens = words.split()
    is_of_length = _FEWEST <= len(tokens) <= _MOST
    return is_of_length and words[0].isupper() and words[-1] not in ".:!?," and "://" not in words and not has_verb(words)


def _is_capitalised(words: str) -> bool:
    """Whether most longer words begin with a capital, or a noun among them names a kind of document."""
    long = [token for token in words.split() if len(token) > 3]
    return sum(token[0].isupper() for token in long) * 4 > 3 * len(long) or has_document_noun(words)
