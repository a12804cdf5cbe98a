"""Reads one reference string into its fields, hard-wrapped or not: Vancouver, Harvard, chapters, grey literature.

The tagger says what is what; the numeric tail ("2012;72(3):242-47") is read by its grammar, because it is the one part whose
grammar is sure. A field the string does not state stays None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kb.extract.references.forms import AUTHORS, AUTHORS_END, BOOK_TAIL, JOURNAL_TAIL, LONG_TAIL, MONTHS, YEAR, split_label
from kb.extract.references.identifiers import find_identifiers
from kb.extract.references.tagged import Tagged, names_in, tagged
from kb.extract.references.titles import has_verb, is_issuer
from kb.model import Identifiers

_FRONT_YEAR = re.compile(rf"[A-Z][^.():]{{2,120}}?[.,]?\s\(?{YEAR}\)[.,:]?\s")
_FRONT_BODY = re.compile(r"(?P<body>[A-Z][\w'’&-]*(?:\s(?:of|for|and|the|in)\b|,?\s[A-Z][\w'’&-]*){1,12})\.\s(?=[A-Z\d‘“'\"])")
_ONE_MORE = re.compile(r"(?:\s[A-Z]{1,3}; \S.*\s[A-Z]|\s[A-Z]{2,3})\.\s[A-Z][a-z]+$")
"""Two last authors of whom the second one's initials are followed by a word, where the first one's end the name."""
_SENTENCE = re.compile(r"[.,:]?\s(?P<title>[A-Z][^.?!\d]{2,200}[?!]?)(?:(?<=[?!])|\.)\s")
_JOURNAL = re.compile(r"(?P<name>[A-Z][A-Za-z&]*(?: [A-Za-z&()]+){0,12})[.,]? ")
_TO_YEAR = re.compile(rf"(?:1[89]|20)\d\d\s?(?:to|[-–])\s?{MONTHS}\s{YEAR}(?!\w)")
_ANY_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_TITLE_WORD = re.compile(r"[A-Z][^\W\d_]{2,}")
_LONGEST = 800
"""Code points; what is longer is no reference, whatever it begins with."""
_LONGEST_READ = 2_000
"""Of what a reader calls a reference, however long, so much is read."""


_NO_IDS = Identifiers()


@dataclass(frozen=True)
class Bibliographic(Tagged):
    """The fields of one reference."""

    ids: Identifiers = _NO_IDS

    @property
    def is_full(self) -> bool:
        """Whether it says what the work is called, when it came out, and in what or by whom."""
        return bool(self.title and self.year and (self.container or self.publisher or self.pages))


def parse_reference(raw: str) -> Bibliographic:
    """The fields of one reference string; white space of every kind counts as one blank, a leading label is skipped.

    >>> lee = parse_reference("3. Lee A, Roe BC. Costs of\\nwaiting. BMJ. 2012;72:242-47.")
    >>> lee.authors, lee.title, lee.container, lee.year, lee.volume, lee.pages
    (('Lee A', 'Roe BC'), 'Costs of waiting', 'BMJ', 2012, '72', '242-47')
    """
    words = _joined(raw[split_label(raw)[1] :])[:_LONGEST_READ]
    seen = _plain(words) or _seen(words)
    fields = {name: getattr(seen, name) for name in seen.__dataclass_fields__}
    years = _TO_YEAR.search(words)
    if years:
        fields["year"] = int(years["year"])
    return Bibliographic(**fields | _numbers(words), ids=identifiers_in(words))


def is_reference(raw: str) -> bool:
    """Whether a string stands as a reference by itself.

    It does with authors and initials in front, a year and a word with a capital behind them, or with a body and a year in front
    and a place and publisher or an address behind, or when "Place: Publisher; year" ends it.
    """
    words = _joined(raw[split_label(raw)[1] :])
    if not words or not words[0].isupper() or len(words) > _LONGEST or not _ANY_YEAR.search(words):
        return False
    authors = AUTHORS.match(words)
    if authors and AUTHORS_END.match(words, authors.end()):
        rest = words[authors.end() :]
        return _ANY_YEAR.search(rest) is not None and _TITLE_WORD.search(_ANY_YEAR.sub("", rest)) is not None
    tail = BOOK_TAIL.search(words, max(0, len(words) - 160)) if ": " in words[-160:] else None
    if tail and tail["year"] and tail.end() >= len(words) - 2:
        return tail.start() > 8 and not has_verb(words)
    return (tail is not None or "http" in words[-120:]) and _FRONT_YEAR.match(words) is not None


def _plain(words: str) -> Tagged | None:
    """What needs no tagger: authors with initials, one sentence, a journal's name without a stop, and a journal's tail."""
    authors = AUTHORS.match(words)
    front = _SENTENCE.match(words, authors.end()) if authors else None
    journal = _JOURNAL.match(words, front.end()) if front else None
    if authors is None or front is None or journal is None or not JOURNAL_TAIL.match(words, journal.end()):
        return None
    return Tagged(authors=names_in(authors.group()), title=front["title"], container=journal["name"])


def _seen(words: str) -> Tagged:
    """What the tagger sees, its border between authors and title corrected where the grammar is sure.

    A body's name in front is the author. A list of authors with initials ends with initials, never with one more word; where
    the tagger sees no title behind it, the next sentence is the title.
    """
    body = _FRONT_BODY.match(words)
    if body and is_issuer(body["body"]):
        return tagged(words, body.end("body") + 1)
    seen = tagged(words)
    authors = AUTHORS.match(words)
    if authors is None or not AUTHORS_END.match(words, authors.end()):
        return seen
    if not seen.title or _ONE_MORE.search("; ".join(seen.authors[-2:])):
        seen = tagged(words, authors.end() + 1)
    return seen if seen.title else _with_title(seen, words[authors.end() :])


def _with_title(seen: Tagged, rest: str) -> Tagged:
    sentence = _SENTENCE.match(rest)
    if sentence is None:
        return seen
    title = sentence["title"]
    container = seen.container.removeprefix(title).strip(" .") if seen.container else None
    return replace(seen, title=title, container=container or None)


def _joined(raw: str) -> str:
    """One line; a word the line end split at a hyphen is left as it stands, since the hyphen may be its own."""
    return " ".join(raw.split())


def identifiers_in(words: str) -> Identifiers:
    """DOI, PMID, ISBN and address in the string, the first of each."""
    taken: dict[str, str] = {}
    for found in reversed(find_identifiers(words)):
        if found.scheme in ("url", "doi", "pmid", "isbn"):
            taken |= {name: value for name in ("doi", "pmid", "isbn", "url") if (value := getattr(found.ids, name))}
    return Identifiers(**taken)


def _numbers(words: str) -> dict[str, object]:
    """Year, volume, issue and pages of a journal's tail, the last where there are several."""
    tails = list(LONG_TAIL.finditer(words)) or list(JOURNAL_TAIL.finditer(words))
    if not tails:
        return {}
    numbers = tails[-1].groupdict()
    pages = numbers["pages"] or numbers.get("pages_only")
    if not numbers["volume"] and not pages:
        return {}
    pages = "".join(pages.split()) if pages else None
    issue = numbers["issue"] or numbers.get("supplement")
    return {"year": int(numbers["year"]), "volume": numbers["volume"], "issue": issue, "pages": pages}
