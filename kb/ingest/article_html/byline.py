"""Who wrote an article and when it was published, from what its page states for machines and from what it shows above the text.

Each comes from the first source that has it, in an order that goes by how seldom the source is wrong: JSON-LD, then tags of the
head, then what the page shows; what trafilatura found comes last, and its date only where words of the page bear it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from kb.ingest.article_html.statements import Statements, text_of
from kb.ingest.article_html.tree import Element, Page
from kb.model import Span, When
from kb.text.dates import find_dates, parse_date

BY = re.compile(
    r"""^(?: (?:(?:guest[ ])?(?:post(?:ed)?|article|blog|written|words|story|text|reported|published|authored)[ ])?
      by (?:[: ]|\Z) \s*
    | authors?:\s* | written[ ]by:?\s* )""",
    re.IGNORECASE | re.VERBOSE,
)
AFTER_NAME = re.compile(
    r"""\s*(?: [|•·–—] | \bon\b\s+(?=\w+[ ]\d|\d) | ,?\s+(?:posted|published|updated|last[ ](?:updated|modified))\b
    | \b\d{1,2}\s+[A-Z][a-z]{2} | \b[A-Z][a-z]{2,8}\s+\d{1,2},?\s+\d{4} ).*\Z""",
    re.DOTALL | re.VERBOSE,
)
NO_NAME = re.compile(
    r"""https?: | www\. | @[\w.]+\.\w | \d{3}
    | \A(?:by|authors?|admin(?:istrator)?|editor|staff|unknown|anonymous|none|null|n/a|user\d*|wordpress|webmaster
      |about[ ]the[ ]author|read[ ]more|view[ ]all[ ]posts?.*|share|comments?)\Z""",
    re.IGNORECASE | re.VERBOSE,
)
BETWEEN_NAMES = re.compile(r"\s*(?:;|\||\s&\s|\sand\s|,\s*(?:and|&)\s)\s*")
FULL_NAMES = re.compile(
    r"(?:[A-Z][\w.’'-]*(?: (?:de|van|von|der|la|del|da))?(?: [A-Z][\w.’'-]*)+)(?:, [A-Z][\w.’'-]*(?: [\w.’'-]+)+)+"
)
"""Two or more names of several words with commas between."""
SLASHED = re.compile(r"(?P<year>(?:1[89]|20)\d\d)[/.](?P<month>\d\d?)(?:[/.](?P<day>\d\d?))?")
IN_ADDRESS = re.compile(r"/(?P<year>20\d\d|19[89]\d)/(?P<month>0[1-9]|1[0-2])(?:/(?P<day>0[1-9]|[12]\d|3[01]))?/")
PUBLISHED_CLASS = re.compile(
    r"(?<![a-z])(?:published|entry-date|post-?date|date-?published|pub-?date|posted-on|publish(?:ed)?-date|article-date|dt-published|date)(?![a-z])",
    re.IGNORECASE,
)
UPDATED_CLASS = re.compile(r"(?<![a-z])(?:updated|modified|dt-updated)(?![a-z])", re.IGNORECASE)
UPDATED_WORDS = re.compile(r"\b(?:updated|modified|reviewed|accessed|expires?|next review)\b", re.IGNORECASE)
BYLINE_CLASS = re.compile(
    r"(?<![a-z])(?:by-?line|author-?name|entry-author|post-?author|p-author|vcard|fn|submitted-by|posted-by|authors?)(?![a-z])",
    re.IGNORECASE,
)
PUBLISHED = [
    "article:published_time",
    "og:published_time",
    "datepublished",
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "govuk:first-published-at",
    "dcterms.issued",
    "dcterms:issued",
    "dc.date.issued",
    "dcterms.date",
    "dc.date",
    "dc:date",
    "dcterms.created",
    "dcterms:created",
    "dc.date.created",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "publish_date",
    "publication_date",
    "pubdate",
    "publishdate",
    "article.published",
    "published_time",
    "originalpublicationdate",
    "date",
]
"""Tags that state when a page was published, the surest first."""
AUTHORS = [
    "citation_author",
    "citation_authors",
    "dc.creator",
    "dc:creator",
    "dcterms.creator",
    "author",
    "authors",
    "article:author",
    "og:author",
    "book:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "shareaholic:article_author_name",
]
"""Tags that state who wrote a page, the surest first."""
NAME = re.compile(r"(?:(?:[A-Z][\w.’'-]*|de|van|von|der|den|la|le|del|di|da|dos|bin|al|the|of|for),?(?: |\Z))+")
DATELINE = re.compile(
    r"(?:(?:first|last|originally) )?(?:published|posted|updated|modified|reviewed|written|date|created|issued)\b"
    r"(?: on| date| by .{3,40})?[: ]",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?:on|in|at|since|until|by|from|after|before|the|a|an)\b", re.IGNORECASE)
LONGEST = 12
"""Words of a byline or a date line."""
LONGEST_PARAGRAPH = 500
"""Words of a run in which a guessed date is looked for."""
LARGEST = 6
"""Runs of an element that may be a byline."""


@dataclass(frozen=True)
class Guess:
    """What trafilatura found."""

    title: str | None = None
    author: str | None = None
    date: str | None = None


def authors_of(page: Page, stated: Statements, near: range, guess: Guess) -> tuple[str, ...]:
    """Who wrote the article. A name of one word gives way to a fuller one from a later source."""
    things = [stated.names(thing.get("author")) or stated.names(thing.get("creator")) for thing in stated.articles()]
    tags = [stated.all(name) for name in AUTHORS]
    return _fullest([*things, *tags, *([name] for name in _shown_authors(page, near)), [guess.author or ""]])


def shown_authors(page: Page, near: range) -> tuple[str, ...]:
    """Who wrote the article as the byline says."""
    return _fullest([[name] for name in _shown_authors(page, near)])


def _fullest(sources: Sequence[Sequence[str]]) -> tuple[str, ...]:
    found = [names for source in sources if (names := clean_names(source))]
    full = [names for names in found if any(" " in name for name in names)]
    return tuple(next(iter(full or found), ()))


def clean_names(raw: Sequence[str]) -> list[str]:
    """Names without "by", dates and addresses, one a person, each once.

    >>> clean_names(["By Ann Example and Lee Other on 3 May 2019"])
    ['Ann Example', 'Lee Other']
    """
    pieces: list[str] = []
    for one in raw:
        words = AFTER_NAME.sub("", BY.sub("", " ".join(one.split())))
        pieces += words.split(", ") if FULL_NAMES.fullmatch(words) else BETWEEN_NAMES.split(words)
    plain = [piece.strip(" ,.;:-–—|\"'") for piece in pieces]
    return list(
        dict.fromkeys(name for name in plain if 2 <= len(name) <= 60 and len(name.split()) <= 7 and not NO_NAME.search(name))
    )


def _shown_authors(page: Page, near: range) -> Iterator[str]:
    """Names in the byline: elements that say they hold an author, by what they say; then words that begin with "by"."""
    named: list[tuple[bool, int, str]] = []
    for index, element in _elements_near(page, near):
        is_said = "author" in element.attrs.get("rel", "").split() or "author" in element.attrs.get("itemprop", "").split()
        if is_said or BYLINE_CLASS.search(element.label):
            named.append((not is_said, index, page.words_of(element)))
    yield from (words for _, _, words in sorted(named) if 0 < len(words.split()) <= LONGEST)
    yield from (run.words for run in page.runs[near.start : near.stop] if is_byline(run.words))


def is_byline(words: str) -> bool:
    """Whether a line says who wrote the text, and no more than when.

    >>> is_byline("By Ann Example on 3 May 2019"), is_byline("By the sea it was cold")
    (True, False)
    """
    return (
        bool(BY.match(words))
        and len(words.split()) <= LONGEST
        and all(NAME.fullmatch(name) for name in clean_names([words]) or [""])
    )


def is_dateline(words: str) -> bool:
    """Whether a line says when the text was published or changed, and no more than who wrote it.

    >>> is_dateline("Published: 3 May 2019"), is_dateline("3 May 2019 at 10:15"), is_dateline("On 3 May 2019 the trial began.")
    (True, True, False)
    """
    dates = find_dates(words, Span(0, len(words))) if len(words.split()) <= LONGEST + 4 else []
    if not dates or dates[0][1].precision not in {"day", "second"}:
        return False
    others = len(words.split()) - len(dates[0][1].raw.split())
    return bool(DATELINE.match(words)) or (others <= 2 and words[-1] not in ".:?!" and not SENTENCE.match(words))


def _elements_near(page: Page, near: range) -> Iterator[tuple[int, Element]]:
    """Small elements inside the stretch `near`, in page order."""
    if not near:
        return
    begin = page.runs[near.start - 1].end if near.start else 0
    end = page.runs[near.stop - 1].end
    for index in range(*page.elements_between(begin, end)):
        inside = page.elements[index].runs
        if inside.stop <= near.stop and len(inside) <= LARGEST:
            yield index, page.elements[index]


def date_of(page: Page, stated: Statements, near: range, url: str | None) -> When | None:
    """When the article was published, as it states or shows."""
    things = [text_of(thing.get(key)) for thing in stated.articles() for key in ("datePublished", "dateCreated")]
    for raw in (*things, *(stated.first(name) for name in PUBLISHED)):
        when = read_date(raw) if raw else None
        if when is not None:
            return when
    return shown_date(page, near) or date_in_address(url)


def read_date(raw: str) -> When | None:
    """The one date in `raw`, which is kept whole.

    >>> read_date("2019/03/05"), read_date("Published: 5 March 2019").value
    (When(value='2019-03-05', precision='day', raw='2019/03/05'), '2019-03-05')
    """
    plain = raw.strip()
    slashed = SLASHED.fullmatch(plain)
    words = "-".join(f"{int(part):02}" for part in slashed.groups() if part) if slashed else plain
    when = parse_date(words)
    if when is None:
        found = [when for _, when in find_dates(words, Span(0, len(words)))]
        is_one = len({when.value for when in found}) == 1 or (bool(found) and words.startswith(found[0].raw))
        when = found[0] if is_one else None
    return None if when is None else When(when.value, when.precision, plain)


def shown_date(page: Page, near: range) -> When | None:
    """The date above the article: in an element that says it was published, in any `time`, in words of a byline."""
    found = [
        (rank, index, when)
        for index, element in _elements_near(page, near)
        for rank, when in _dated(page, element)
        if when.precision in {"day", "second"}
    ]
    if found:
        return min(found, key=lambda one: one[:2])[2]
    lines = (run.words for run in page.runs[near.start : near.stop] if is_dateline(run.words))
    return next((when for line in lines if not UPDATED_WORDS.search(line) and (when := read_date(line))), None)


def _dated(page: Page, element: Element) -> Iterator[tuple[int, When]]:
    """The date of an element that should hold one, and how far that is from saying that the article was published then."""
    is_said = "datepublished" in element.attrs.get("itemprop", "").lower() or "pubdate" in element.attrs
    is_published = bool(PUBLISHED_CLASS.search(element.label))
    if not (element.tag == "time" or is_said or is_published):
        return
    words = page.words_of(element)
    named = (
        element.attrs.get("datetime")
        or element.attrs.get("content")
        or (element.attrs.get("title") if element.tag == "abbr" else "")
    )
    raw = named or (words if len(words.split()) <= LONGEST else "")
    when = read_date(raw)
    is_update = bool(UPDATED_WORDS.search(words) or (UPDATED_CLASS.search(element.label) and not is_published))
    if when is not None:
        yield (3 if is_update else 0 if is_said else 1 if is_published else 2), when


def date_in_address(url: str | None) -> When | None:
    """The date in an address such as blogs have."""
    match = IN_ADDRESS.search(urlsplit(url).path + "/") if url else None
    when = parse_date("-".join(part for part in match.groups() if part)) if match else None
    return None if when is None or match is None else When(when.value, when.precision, match[0].strip("/"))


def guessed_date(page: Page, guess: Guess) -> When | None:
    """The date trafilatura took, as far as some words of the page state it."""
    if not guess.date:
        return None
    for run in page.runs:
        if guess.date[:4] not in run.words or len(run.tokens) > LONGEST_PARAGRAPH:
            continue
        for _, when in find_dates(run.words, Span(0, len(run.words))):
            if when.value[:10] == guess.date or (when.precision == "month" and guess.date.startswith(when.value)):
                return when
    return None
