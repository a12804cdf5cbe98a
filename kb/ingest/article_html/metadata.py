"""Title, publisher, address and licence of an article page, with its byline, from what it states and from what it shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from kb.ingest.article_html.byline import Guess, authors_of, date_of, guessed_date
from kb.ingest.article_html.posts import level_of
from kb.ingest.article_html.statements import SAVED_FROM, Statements, text_of
from kb.ingest.article_html.tree import Page, tokens_of
from kb.model import When

SITE_BREAK = re.compile(r"\s+[|–—·•»«:-]+\s+|\s*\|\s*")
BREAK_MARKS = " |–—·•»«:-"
CC_ADDRESS = re.compile(
    r"creativecommons\.org/(?:licenses|publicdomain)/(?P<kind>by(?:-n[cd])?(?:-sa|-nd)?|zero)(?:/(?P<version>\d\.\d))?",
    re.IGNORECASE,
)
CC_WORDS = re.compile(r"\bCC[ -](?:BY(?:[ -]N[CD])?(?:[ -](?:SA|ND))?|0)(?: \d\.\d)?\b")
OGL_ADDRESS = re.compile(r"nationalarchives\.gov\.uk/doc/open-government-licence(?:/version/(?P<version>\d))?", re.IGNORECASE)
PUBLISHERS = ("og:site_name", "citation_publisher", "dc.publisher", "dcterms.publisher", "dc:publisher", "application-name")
NO_ADDRESS = "about:invalid"
NEAR = 25
"""Runs above the article in which its title, byline and date stand."""


@dataclass(frozen=True)
class Metadata:
    """What a page says of itself; `is_date_guessed` where it does not say that the date is that of publication."""

    title: str | None = None
    title_run: int | None = None
    """The run that shows the title."""
    authors: tuple[str, ...] = ()
    date: When | None = None
    is_date_guessed: bool = False


def read_metadata(page: Page, stated: Statements, kept: frozenset[int], guess: Guess, url: str | None) -> Metadata:
    """Title, authors and date of a page that is one article whose runs are `kept`."""
    first = min(kept, default=0)
    title, title_run = title_of(page, stated, first, guess)
    head = first if title_run is None else min(first, title_run)
    body = min((number for number in kept if title_run is None or number > title_run), default=first)
    near = range(max(0, head - NEAR), min(len(page.runs), body + 1))
    date = date_of(page, stated, near, url)
    guessed = guessed_date(page, guess) if date is None else None
    return Metadata(title, title_run, authors_of(page, stated, near, guess), date or guessed, guessed is not None)


def addresses_of(stated: Statements, text: str, given: str | None) -> tuple[str | None, str | None]:
    """The page's own address, and the one its links are relative to; None where nothing says. `text` is the file.

    `given` is what the manifest says; it counts where the page itself says nothing.
    """
    saved = SAVED_FROM.search(text, 0, 4096)
    said = [
        *stated.linked.get("canonical", ()),
        *stated.all("og:url"),
        *(text_of(thing.get("url")) or "" for thing in stated.articles()),
    ]
    url = next((one for one in said if is_web(one)), None) or (saved["url"] if saved else given)
    base = next((absolute(url, one) for one in stated.linked.get("base", ())), None)
    base = base if base and is_web(base) else url
    relative = next((one for one in stated.linked.get("canonical", ()) if not is_web(one)), None)
    return (absolute(base, relative) if url is None and base and relative else url), base


def absolute(base: str | None, href: str) -> str:
    """What an address means on a page at `base`; one with a broken host leads nowhere."""
    try:
        return urljoin(base, href) if base and href else href
    except ValueError:
        return NO_ADDRESS


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
    tags = [stated.first("citation_title"), stated.first("dc.title", "dcterms.title"), stated.first("og:title"), *headlines]
    title = next((title for title in tags if title), None) or stated.first("twitter:title") or stated.title_tag or guess.title
    return (without_site(title, publisher_of(stated)) if title else None), None


def without_site(title: str, site: str | None) -> str:
    """A title without the name of its site at either end.

    >>> without_site("What the figures hide | Some Site", "Some Site")
    'What the figures hide'
    >>> without_site("Pacing - a guide", None)
    'Pacing - a guide'
    """
    pieces = SITE_BREAK.split(title)
    own = tokens_of(site or "")
    if len(pieces) < 2 or not all(pieces):
        return title
    if own and tokens_of(pieces[-1]) == own:
        return title[: title.rindex(pieces[-1])].rstrip(BREAK_MARKS)
    if own and tokens_of(pieces[0]) == own:
        return title[len(pieces[0]) :].lstrip(BREAK_MARKS)
    return title.rsplit("|", 1)[0].rstrip() if "|" in title else title


def _shown_title(page: Page, stated: Statements, first: int) -> int | None:
    """The run that heads the article: an h1 that is not the site's name; else a heading that repeats the head of the page."""
    site = tokens_of(publisher_of(stated) or "")
    said = set(tokens_of(" ".join(filter(None, (stated.first("og:title"), stated.title_tag)))))
    heads = [number for number, run in enumerate(page.runs) if level_of(page, number) and run.tokens and run.tokens != site]
    tops = [number for number in heads if level_of(page, number) == 1]
    alike = [number for number in tops if set(page.runs[number].tokens) <= said]
    if alike:
        return min(alike, key=lambda number: abs(number - first))
    near = [number for number in tops if number <= first + 3]
    if near:
        return near[-1]
    others = [number for number in heads if number < first + 3 and len(page.runs[number].tokens) >= 2]
    return next((number for number in reversed(others) if set(page.runs[number].tokens) <= said), None)


def licence_of(page: Page, stated: Statements) -> str | None:
    """The licence the page states for itself; that of a picture in it is not meant, and two that differ are none."""
    said = [*stated.linked.get("license", ()), *stated.all("dcterms.license", "dc.rights", "dcterms.rights", "dc.rights.license")]
    said += [text_of(thing.get("license")) or "" for thing in stated.articles()]
    for element in page.elements:
        if "license" in element.attrs.get("rel", "").split() and not _is_in_figure(page, element.parent):
            said.append(element.attrs.get("href", ""))
    names = list(dict.fromkeys(name for one in said if (name := _licence_name(one))))
    return names[0] if len(names) == 1 else None


def _is_in_figure(page: Page, index: int) -> bool:
    return any(page.elements[at].tag in {"figure", "figcaption"} for at in page.around(index))


def _licence_name(said: str) -> str | None:
    match = CC_ADDRESS.search(said)
    if match:
        kind = match["kind"].lower()
        return " ".join(filter(None, ("CC0" if kind == "zero" else f"CC {kind.upper()}", match["version"])))
    match = OGL_ADDRESS.search(said)
    if match:
        return "Open Government Licence" + (f" v{match['version']}.0" if match["version"] else "")
    match = CC_WORDS.search(said)
    return match[0] if match else None
