"""What a page states about itself for machines: JSON-LD, Open Graph, Highwire and Dublin Core tags, links in its head."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from lxml import html

ARTICLE_TYPE = re.compile(
    r"(?:Article|Posting|Report|WebPage|BlogPost|Guide|CreativeWork|Chapter|Book|Review|HowTo|FAQPage|ItemPage)\Z", re.IGNORECASE
)
PAGE_TYPE = re.compile(r"Page\Z", re.IGNORECASE)
SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(?P<url>https?://[^\s>]+)\s*-->", re.IGNORECASE)
DEEPEST_JSON = 60
STATES_NOTHING: tuple[object, ...] = ()


@dataclass(frozen=True)
class Statements:
    """Values in page order: `meta` by the lower-case name of the tag, `linked` by its relation, `things` from JSON-LD."""

    meta: dict[str, list[str]] = field(default_factory=dict)
    linked: dict[str, list[str]] = field(default_factory=dict)
    things: tuple[dict[str, Any], ...] = ()
    by_id: dict[str, dict[str, Any]] = field(default_factory=dict)
    title_tag: str = ""
    language: str | None = None

    def first(self, *names: str) -> str | None:
        """The first value of the first of these tags that has one."""
        return next((value for name in names for value in self.meta.get(name, ())), None)

    def all(self, *names: str) -> list[str]:
        """All values of the first of these tags that has any."""
        return next((self.meta[name] for name in names if self.meta.get(name)), [])

    def articles(self) -> Iterator[dict[str, Any]]:
        """The things of JSON-LD that may be this page: articles before pages."""
        things = [thing for thing in self.things if any(ARTICLE_TYPE.search(kind) for kind in types(thing))]
        yield from (thing for thing in things if not any(PAGE_TYPE.search(kind) for kind in types(thing)))
        yield from (thing for thing in things if any(PAGE_TYPE.search(kind) for kind in types(thing)))

    def names(self, value: object) -> list[str]:
        """The names of the persons or organisations that a JSON-LD value stands for."""
        found = []
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str):
                found.append(one)
            elif isinstance(one, dict):
                known = self.by_id.get(str(one.get("@id")), {})
                found.append(text_of(one.get("name") or known.get("name")) or "")
        return [name.strip() for one in found if (name := unescape(one)).strip()]


def types(thing: dict[str, Any]) -> list[str]:
    """The types of a JSON-LD thing."""
    kinds = thing.get("@type", [])
    return [str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])]


def text_of(value: object) -> str | None:
    """A JSON-LD value as plain words: a text, or the first of a list."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("@id") or value.get("url")
    return " ".join(unescape(value).split()) or None if isinstance(value, str) else None


def read_statements(root: html.HtmlElement) -> Statements:
    """Everything the page states about itself outside its words."""
    meta: dict[str, list[str]] = {}
    for tag in root.iter("meta"):
        content = " ".join((tag.get("content") or "").split())
        for key in ("property", "name", "itemprop"):
            name = (tag.get(key) or "").strip().lower()
            if name and content:
                meta.setdefault(name, []).append(content)
    linked: dict[str, list[str]] = {}
    for tag in root.iter("link"):
        for relation in (tag.get("rel") or "").lower().split():
            if tag.get("href"):
                linked.setdefault(relation, []).append(str(tag.get("href")).strip())
    bases = [str(tag.get("href")) for tag in root.iter("base") if tag.get("href")]
    linked["base"] = bases[:1]
    things = tuple(_things(root))
    titles = [tag.text or "" for tag in root.iter("title") if tag.getparent() is not None and tag.getparent().tag == "head"]
    return Statements(
        meta=meta,
        linked=linked,
        things=things,
        by_id={str(thing["@id"]): thing for thing in reversed(things) if thing.get("@id") and thing.get("name")},
        title_tag=" ".join(titles[0].split()) if titles else "",
        language=root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"),
    )


def _things(root: html.HtmlElement) -> Iterator[dict[str, Any]]:
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            yield from _flat(_decoded(script.text))


def _decoded(text: str) -> object:
    """The value of a JSON-LD script; one that is damaged beyond the usual (comments around it, line ends in texts) is none."""
    plain = (
        text.strip()
        .removeprefix("<!--")
        .removesuffix("-->")
        .strip()
        .removeprefix("//<![CDATA[")
        .removesuffix("//]]>")
        .rstrip(";")
    )
    try:
        return json.loads(plain, strict=False)
    except (ValueError, RecursionError):
        return STATES_NOTHING


def _flat(value: object) -> Iterator[dict[str, Any]]:
    """The things of a JSON-LD value and those inside them, outermost first."""
    level: list[object] = [value]
    for _ in range(DEEPEST_JSON):
        yield from (one for one in level if isinstance(one, dict) and "@type" in one)
        level = [inner for one in level for inner in _values(one)]


def _values(value: object) -> Iterable[object]:
    return value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
