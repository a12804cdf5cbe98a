"""The front matter of a JATS article: what it says about itself, as fields and as words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kb.ingest.jats.inline import SCHEMES, doi
from kb.ingest.jats.walk import XLINK_HREF, Walk, child_of
from kb.ingest.markup.xml_gate import Element, entity_text, local_name, text_in
from kb.ingest.words import Words
from kb.model import Author, When
from kb.text.dates import parse_date

READ = frozenset(
    (
        "abstract",
        "trans-abstract",
        "kwd-group",
        "funding-group",
        "product",
        "supplementary-material",
        "fig",
        "notes",
    )
)
"""Front matter that is read as the article is; author notes are kept for the end."""
PUBLISHED = ("pub", "published", "epub", "published-online", "online", "epub-ppub", "ppub", "print", "collection", "issue", "")
"""What dates of publication are called, the article's own first: an issue may be dated later, and by year alone."""
NOT_AUTHORS = re.compile(r"edit|review|translat|illustrat|contact", re.IGNORECASE)
ISO = re.compile(r"\d{4}(?:-\d\d){0,2}")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CREATIVE = re.compile(
    r"creativecommons\.org/(?:licenses/(?P<terms>by[a-z-]*)|publicdomain/(?P<public>zero|mark))/(?P<version>\d\.\d)"
)


def write_front(walk: Walk, front: Element) -> str | None:
    """Write title, authors and what else of the front matter is words; gives the title."""
    meta = front.find("article-meta")
    meta = front if meta is None else meta
    title = _write_title(walk, meta)
    _furnish_lines(walk, [plain(subject) for subject in meta.iterfind("article-categories//subject")])
    _furnish_lines(walk, authors(meta))
    for place in _addresses(meta):
        walk.writer.furnish("banner", walk.gather(place))
    walk.run([child for child in meta if local_name(child) in READ], has_tails=False)
    walk.run(meta.iterfind("author-notes/*[p]"), has_tails=False)
    walk.run(meta.iterfind("author-notes/p"), has_tails=False)
    walk.run(meta.iterfind("title-group/fn-group/fn"), has_tails=False)
    walk.end_block()
    for words in meta.iterfind("permissions/*"):
        if local_name(words) in {"copyright-statement", "license"}:
            walk.writer.furnish("banner", walk.gather(words))
    return title


def _furnish_lines(walk: Walk, names: list[str]) -> None:
    lines = Words()
    for name in names:
        lines.line_break()
        lines.add(name)
    walk.writer.furnish("banner", lines)


def _addresses(meta: Element) -> Iterator[Element]:
    """Where the authors work and how to reach them."""
    for element in meta.iter("aff", "corresp"):
        if not any(local_name(around) == "aff" for around in element.iterancestors()):
            yield element


def _write_title(walk: Walk, meta: Element) -> str | None:
    group = meta.find("title-group")
    group = meta if group is None else group
    titles = [title for title in group if local_name(title) in {"article-title", "subtitle"}]
    for title in (*titles, *group.iterfind("trans-title-group/*")):
        walk.writer.write("title", walk.gather(title))
    written = [words for words in map(_without_marks, titles) if words]
    if not written:
        return None
    return written[0] + "".join(f"{' ' if before[-1] in ':?!.–—' else ': '}{title}" for before, title in pairwise(written))


def _without_marks(title: Element) -> str:
    """The words of a title without the marks of its notes."""
    pieces: list[str] = []
    stack: list[Element | str] = [title]
    while stack:
        element = stack.pop()
        if isinstance(element, str):
            pieces.append(element)
            continue
        if element is not title:
            stack.append(element.tail or "")
        if local_name(element) == "sup" and not any(map(str.isalnum, plain(element))):
            continue
        if not local_name(element):
            stack.append(entity_text(element) or element.text or "")
        elif local_name(element) not in {"xref", "fn"}:
            stack += [*reversed(element), element.text or ""]
    return " ".join("".join(pieces).split())


def plain(element: Element | None) -> str:
    """The words of an element of the front matter, in one line."""
    return " ".join(text_in(element).split()) if element is not None else ""


def authors(meta: Element) -> list[str]:
    """The names of the authors, groups included, editors and the members of groups not."""
    found = []
    for group in meta.iterfind("contrib-group"):
        if NOT_AUTHORS.search(group.get("content-type") or ""):
            continue
        found += [name for name in map(_name, group.iterfind("contrib")) if name]
    return found


def _name(contributor: Element) -> str | None:
    """Given name and surname, or the name of a group; None for editors and for those without a name."""
    kind = contributor.get("contrib-type") or contributor.get("role") or ""
    if NOT_AUTHORS.search(kind) and "author" not in kind:
        return None
    for found in contributor.iterdescendants():
        match local_name(found):
            case "name":
                parts = [plain(child_of(found, part)) for part in ("given-names", "surname", "suffix")]
                return " ".join(filter(None, parts))
            case "string-name":
                return _spaced(found)
            case "collab":
                own = [
                    found.text or "",
                    *(part for child in found if local_name(child) != "contrib-group" for part in _texts(child)),
                ]
                return " ".join("".join(own).split()) or None
            case _:
                continue
    return None


def _texts(element: Element) -> list[str]:
    return [text_in(element), element.tail or ""]


def _spaced(name: Element) -> str:
    given, surname = plain(child_of(name, "given-names")), plain(child_of(name, "surname"))
    return f"{given} {surname}".strip() if surname else plain(name)


def authored_by(front: Element | None) -> Author | None:
    """Who wrote a sub-article, where its front matter says."""
    if front is None:
        return None
    meta = front.find("article-meta")
    names = authors(front if meta is None else meta)
    return Author("; ".join(names), "public") if names else None


def publication_date(meta: Element) -> When | None:
    """The day it came out: of its electronic form, else of print or issue, as exactly as is stated."""
    dated = [(_rank(date), date) for date in meta.iterfind("pub-date")]
    ranked = sorted(((rank, at) for at, (rank, _) in enumerate(dated) if rank is not None))
    whens = [when for when in (_when(dated[at][1]) for _, at in ranked) if when]
    if not whens:
        return None
    year = whens[0].value[:4]
    same_year = [when for when in whens if when.value.startswith(year)]
    return max(same_year, key=lambda when: len(when.value))


def _rank(date: Element) -> int | None:
    kind = date.get("date-type") or date.get("pub-type") or ""
    return PUBLISHED.index(kind) if kind in PUBLISHED else None


def _when(date: Element) -> When | None:
    """A date from its fields, its ISO form or its words; a month that is no month leaves the year."""
    stated = (date.get("iso-8601-date") or "")[:10]
    year, month, day = (plain(date.find(part)) for part in ("year", "month", "day"))
    raw = " ".join(part for part in (day, month, year) if part)
    if not year:
        words = plain(date.find("string-date"))
        return parse_date(words or stated) if words or ISO.fullmatch(stated) else None
    number = _month(month)
    value = "-".join(part for part in (year[:4], number, f"{int(day):02}" if number and day.isdecimal() else "") if part)
    found = parse_date(value) or parse_date(year[:4])
    return When(found.value, found.precision, raw) if found else None


def _month(words: str) -> str:
    if words.isdecimal():
        return f"{int(words):02}"
    name = words.lower()[:3]
    return f"{MONTHS.index(name) + 1:02}" if name in MONTHS else ""


def address(meta: Element) -> str | None:
    """The article's DOI as an address."""
    for identifier in meta.iterfind("article-id"):
        if identifier.get("pub-id-type") == "doi":
            bare = doi(plain(identifier))
            return SCHEMES["doi"] + bare if bare else None
    return None


def licence(meta: Element) -> str | None:
    """The licence by its short name where it is one of Creative Commons, else in the words of the file."""
    for stated in meta.iter("license"):
        places = [stated.get(XLINK_HREF) or "", *(link.get(XLINK_HREF) or "" for link in stated.iter()), plain(stated)]
        found = next((match for match in map(CREATIVE.search, places) if match), None)
        if found:
            return _creative(found)
        if plain(stated):
            return plain(stated)
    return None


def _creative(found: re.Match[str]) -> str:
    if found["terms"]:
        return f"CC {found['terms'].upper()} {found['version']}"
    return f"CC0 {found['version']}" if found["public"] == "zero" else "public domain"


def journal(front: Element) -> str | None:
    """Where it came out: the journal, else the publisher."""
    places = (
        "journal-meta/journal-title-group/journal-title",
        "journal-meta/journal-title",
        "journal-meta/publisher/publisher-name",
    )
    return next((words for words in (plain(front.find(place)) for place in places) if words), None)
