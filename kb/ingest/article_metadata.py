"""Title, authors, date, publisher, address and licence of an article page, from what it states and from what it shows.

Each comes from the first source that has it, in an order that goes by how seldom the source is wrong: what the page shows above its
article as the title, then what it states for machines; names and dates stated for machines before those it shows; what trafilatura
found last, and its date only where the words of the page bear it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from kb.ingest.article_choice import Choice
from kb.ingest.article_statements import SAVED_FROM, Statements, read_statements, text_of
from kb.ingest.article_tree import Page, Run, tokens_of
from kb.model import Span, When
from kb.text.dates import find_dates, parse_date

SITE_BREAK = re.compile(r"\s+[|–—·•»«:\-]+\s+|\s*\|\s*")
BY = re.compile(
    r"^(?:(?:guest )?(?:post(?:ed)?|article|blog|written|words|story|text|reported|published|reviewed|authored) )?by[: ]\s*|^authors?:\s*|^written by:?\s*",
    re.IGNORECASE,
)
AFTER_NAME = re.compile(
    r"\s*(?:[|•·–—]|\bon\b\s+(?=\w+ \d|\d)|,?\s+(?:posted|published|updated|last updated|last modified)\b|\d{1,2}\s+[A-Z][a-z]{2}|[A-Z][a-z]{2,8}\s+\d{1,2},?\s+\d{4}).*\Z",
    re.DOTALL,
)
NO_NAME = re.compile(
    r"https?:|www\.|@[\w.]+\.\w|\A(?:by|author|authors|admin(?:istrator)?|editor|staff|unknown|anonymous|none|null|n/a|user\d*|wordpress|webmaster|about the author|read more|view all posts?.*|share|comments?)\Z|\d{3}",
    re.IGNORECASE,
)
BETWEEN_NAMES = re.compile(r"\s*(?:;|\||\s&\s|\sand\s|/|,\s*(?:and|&)\s)\s*")
SLASHED = re.compile(r"(?P<year>(?:1[89]|20)\d\d)/(?P<month>\d\d?)(?:/(?P<day>\d\d?))?")
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
PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "citation_publication_date", "citation_date", "citation_online_date", "govuk:first-published-at", "dcterms.issued", "dcterms.date",
    "dcterms.created", "dc.date.issued", "dc.date.created", "dc.date", "dc:date", "dcterms:issued", "dcterms:created", "parsely-pub-date", "sailthru.date", "publish-date", "publish_date", "publication_date", "pubdate", "publishdate", "article.published", "published_time", "originalpublicationdate", "date",
)  # fmt: skip
AUTHORS = ("citation_author", "citation_authors", "dc.creator", "dc:creator", "dcterms.creator", "author", "authors", "article:author", "og:author", "book:author", "parsely-author", "sailthru.author", "byl", "article:author_name", "shareaholic:article_author_name")  # fmt: skip
PUBLISHERS = (
    "og:site_name",
    "citation_publisher",
    "dc.publisher",
    "dcterms.publisher",
    "dc:publisher",
    "application-name",
    "al:android:app_name",
)
CC_ADDRESS = re.compile(
    r"creativecommons\.org/(?:licenses|publicdomain)/(?P<kind>by(?:-n[cd])?(?:-sa|-nd)?|zero)(?:/(?P<version>\d\.\d))?",
    re.IGNORECASE,
)
CC_WORDS = re.compile(r"\bCC[ -](?:BY(?:[ -]N[CD])?(?:[ -](?:SA|ND))?|0)(?: \d\.\d)?\b")
OGL_ADDRESS = re.compile(r"nationalarchives\.gov\.uk/doc/open-government-licence(?:/version/(?P<version>\d))?", re.IGNORECASE)
NEAR = 25
"""Runs above the article in which its title, byline and date stand."""


@dataclass(frozen=True)
class Guess:
    """What trafilatura found."""

    title: str | None = None
    author: str | None = None
    date: str | None = None


@dataclass(frozen=True)
class Metadata:
    """What a page says of itself; `is_date_guessed` where it does not say that the date is that of publication."""

    title: str | None = None
    title_run: int | None = None
    authors: tuple[str, ...] = ()
    date: When | None = None
    is_date_guessed: bool = False
    publisher: str | None = None
    url: str | None = None
    base: str | None = None
    """What relative links are relative to."""
    licence: str | None = None


def read_metadata(page: Page, text: str, choice: Choice, guess: Guess) -> Metadata:
    """All that the page says of itself; `text` is its file, whose comments the tree has not."""
    stated = read_statements(page.root)
    saved = SAVED_FROM.search(text, 0, 4096)
    url, base = base_address(stated, saved["url"] if saved else None)
    first = next((number for number, is_kept in enumerate(choice.kept) if is_kept), 0)
    title, title_run = title_of(page, stated, first, guess)
    head = first if title_run is None else min(first, title_run)
    near = range(max(0, head - NEAR), min(len(page.runs), max(first, head) + 4))
    date = date_of(page, stated, near, url)
    guessed = guessed_date(page, guess) if date is None else None
    return Metadata(
        title=title,
        title_run=title_run,
        authors=authors_of(page, stated, near, guess),
        date=date or guessed,
        is_date_guessed=guessed is not None,
        publisher=publisher_of(stated),
        url=url,
        base=base,
        licence=licence_of(page, stated),
    )


def base_address(stated: Statements, given: str | None) -> tuple[str | None, str | None]:
    """The page's own address, and the one its links are relative to; None where it names neither."""
    candidates = [
        *stated.linked.get("canonical", ()),
        *stated.all("og:url"),
        *(text_of(thing.get("url")) or "" for thing in stated.articles()),
    ]
    url = next((one for one in candidates if is_web(one)), None)
    base = next((urljoin(url or given or "", one) for one in stated.linked.get("base", ())), None)
    if url is None and base and is_web(base):
        url = next((urljoin(base, one) for one in stated.linked.get("canonical", ()) if one), None)
    url = url or given
    return url, base if base and is_web(base) else url


def is_web(address: str) -> bool:
    """Whether an address is absolute and of the web."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme.lower() in {"http", "https"} and bool(parts.netloc)


def publisher_of(stated: Statements) -> str | None:
    """Who publishes the page, as its tags or JSON-LD say."""
    named = stated.first(*PUBLISHERS)
    if named:
        return named
    names = [name for thing in stated.articles() for name in stated.names(thing.get("publisher"))]
    return names[0] if names and not is_web(names[0]) else None


def title_of(page: Page, stated: Statements, first: int, guess: Guess) -> tuple[str | None, int | None]:
    """The title, and the run that shows it, if one does; `first` is the first run of the article."""
    shown = _shown_title(page, stated, first)
    if shown is not None:
        return page.runs[shown].words, shown
    headlines = [text_of(thing.get("headline")) for thing in stated.articles()]
    tags = [
        stated.first("citation_title"),
        stated.first("dc.title", "dcterms.title"),
        stated.first("og:title"),
        *headlines,
        stated.first("twitter:title"),
    ]
    stated_title = next((title for title in tags if title), None) or stated.title_tag or guess.title
    return (without_site(stated_title, publisher_of(stated)) if stated_title else None), None


def without_site(title: str, site: str | None) -> str:
    """A title without the name of its site at either end.

    >>> without_site("What the figures hide | Some Site", "Some Site")
    'What the figures hide'
    >>> without_site("Pacing - a guide", None)
    'Pacing - a guide'
    """
    pieces = SITE_BREAK.split(title)
    if len(pieces) < 2:
        return title
    own = tokens_of(site or "")
    if own and tokens_of(pieces[-1]) == own:
        return title[: title.rindex(pieces[-1])].rstrip(" |–—·•»«:-")
    if own and tokens_of(pieces[0]) == own:
        return title[len(pieces[0]) :].lstrip(" |–—·•»«:-")
    return title.rsplit("|", 1)[0].rstrip() if "|" in title else title


def _shown_title(page: Page, stated: Statements, first: int) -> int | None:
    """The run that heads the article: an h1 that is not the site's name; else a heading that says what the head of the page says."""
    site = tokens_of(publisher_of(stated) or "")
    stated_words = set(tokens_of(" ".join(filter(None, (stated.first("og:title"), stated.title_tag)))))
    heads = [number for number, run in enumerate(page.runs) if _level(page, run) == 1 and run.tokens and run.tokens != site]
    alike = [number for number in heads if set(page.runs[number].tokens) <= stated_words]
    near = [number for number in heads if number <= first + 3]
    if alike:
        return min(alike, key=lambda number: abs(number - first))
    if near:
        return near[-1]
    others = [
        number
        for number, run in enumerate(page.runs[: first + 3])
        if _level(page, run) and len(run.tokens) >= 2 and set(run.tokens) <= stated_words and run.tokens != site
    ]
    return others[-1] if others else None


def _level(page: Page, run: Run) -> int | None:
    tags = [page.elements[index].tag for index in page.around(run.element)]
    levels = [int(tag[1]) for tag in tags if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()]
    return levels[0] if levels else None


def authors_of(page: Page, stated: Statements, near: range, guess: Guess) -> tuple[str, ...]:
    """Who wrote the article. A name of one word gives way to a fuller one from a later source."""
    stated_names = [stated.names(thing.get("author")) or stated.names(thing.get("creator")) for thing in stated.articles()]
    sources = [
        *stated_names,
        *(stated.all(name) for name in AUTHORS),
        *([name] for name in shown_authors(page, near)),
        [guess.author or ""],
    ]
    found = [names for source in sources if (names := clean_names(source))]
    full = [names for names in found if any(" " in name for name in names)]
    return tuple(next(iter(full or found), ()))


def clean_names(raw: Sequence[str]) -> list[str]:
    """Names without "by", dates and addresses, one a person, each once."""
    pieces = [piece for one in raw for piece in BETWEEN_NAMES.split(AFTER_NAME.sub("", BY.sub("", " ".join(one.split()))))]
    plain = [piece.strip(" ,.;:-–—|\"'") for piece in pieces]
    return list(
        dict.fromkeys(name for name in plain if 2 <= len(name) <= 60 and not NO_NAME.search(name) and len(name.split()) <= 7)
    )


def shown_authors(page: Page, near: range) -> Iterator[str]:
    """Names in the byline: links and elements that say they hold an author, then words that begin with "by"."""
    named = []
    for index, element in enumerate(page.elements):
        inside = page.runs_in(element)
        if inside.stop <= near.start or inside.start >= near.stop:
            continue
        said = "author" in element.attrs.get("rel", "").split() or "author" in element.attrs.get("itemprop", "").split()
        if said or BYLINE_CLASS.search(element.label):
            words = page.words_of(element)
            if 0 < len(words.split()) <= 12:
                named.append((not said, index, words))
    yield from (words for _, _, words in sorted(named))
    for run in page.runs[near.start : near.stop]:
        if BY.match(run.words) and len(run.tokens) <= 12:
            yield run.words


def date_of(page: Page, stated: Statements, near: range, url: str | None) -> When | None:
    """When the article was published, as it states or shows."""
    stated_dates = [text_of(thing.get(key)) for thing in stated.articles() for key in ("datePublished", "dateCreated")]
    tags = [stated.first(name) for name in PUBLISHED]
    for raw in (*stated_dates, *tags):
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
        found = find_dates(words, Span(0, len(words)))
        when = (
            found[0][1]
            if len({other.value for _, other in found}) == 1 or (found and words.startswith(found[0][1].raw))
            else None
        )
    return replace_raw(when, plain)


def replace_raw(when: When | None, raw: str) -> When | None:
    """The date with the words it was read from."""
    return None if when is None else When(when.value, when.precision, raw)


def shown_date(page: Page, near: range) -> When | None:
    """The date above the article: in an element that says it was published, in any `time`, in words of a byline."""
    found: list[tuple[int, int, When]] = []
    for index, element in enumerate(page.elements):
        inside = page.runs_in(element)
        if (
            inside.stop <= near.start
            or inside.start >= near.stop
            or UPDATED_CLASS.search(element.label)
            and not PUBLISHED_CLASS.search(element.label)
        ):
            continue
        said = "datepublished" in element.attrs.get("itemprop", "").lower() or "pubdate" in element.attrs
        if element.tag == "time" or said or PUBLISHED_CLASS.search(element.label):
            words = page.words_of(element)
            raw = element.attrs.get("datetime") or element.attrs.get("content") or (words if len(words.split()) <= 12 else "")
            when = read_date(raw)
            rank = 0 if said else 3 if UPDATED_WORDS.search(words) else 1 if PUBLISHED_CLASS.search(element.label) else 2
            if when is not None and when.precision in {"day", "second"}:
                found.append((rank, index, when))
    if found:
        return min(found, key=lambda one: one[:2])[2]
    for run in page.runs[near.start : near.stop]:
        when = read_date(run.words) if len(run.tokens) <= 16 and not UPDATED_WORDS.search(run.words) else None
        if when is not None and when.precision == "day":
            return when
    return None


def date_in_address(url: str | None) -> When | None:
    """The date in an address such as blogs have."""
    match = IN_ADDRESS.search(urlsplit(url).path + "/") if url else None
    return replace_raw(parse_date("-".join(part for part in match.groups() if part)), match[0].strip("/")) if match else None


def guessed_date(page: Page, guess: Guess) -> When | None:
    """The date trafilatura took, as far as some words of the page state it."""
    if not guess.date:
        return None
    for run in page.runs:
        for _, when in find_dates(run.words, Span(0, len(run.words))) if any(char.isdigit() for char in run.words) else ():
            if when.value[:10] == guess.date or (when.precision == "month" and guess.date.startswith(when.value)):
                return when
    return None


def licence_of(page: Page, stated: Statements) -> str | None:
    """The licence the page states for itself; that of a picture in it is not meant, and two that differ are none."""
    said = [*stated.linked.get("license", ()), *stated.all("dcterms.license", "dc.rights", "dcterms.rights", "dc.rights.license")]
    said += [text_of(thing.get("license")) or "" for thing in stated.articles()]
    for element in page.elements:
        if "license" in element.attrs.get("rel", "").split() and not any(
            page.elements[index].tag in {"figure", "figcaption"} for index in page.around(element.parent)
        ):
            said.append(element.attrs.get("href", ""))
    names = {name for one in said if (name := _licence_name(one))}
    return names.pop() if len(names) == 1 else None


def _licence_name(said: str) -> str | None:
    match = CC_ADDRESS.search(said)
    if match:
        kind = match["kind"].lower()
        return " ".join(filter(None, ("CC0" if kind == "zero" else f"CC {kind.upper()}", match["version"])))
    ogl = OGL_ADDRESS.search(said)
    if ogl:
        return "Open Government Licence" + (f" v{ogl['version']}.0" if ogl["version"] else "")
    match = CC_WORDS.search(said)
    return match[0] if match else None
