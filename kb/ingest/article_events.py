"""The events of the chosen article as blocks are made of them: frame left out, links resolved, boxes and titles marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin

from kb.ingest.article_choice import Choice
from kb.ingest.article_metadata import Metadata, is_web
from kb.ingest.article_tree import Element, Page
from kb.ingest.html_blocks import Treat
from kb.ingest.html_events import NO_ATTRS, Attrs, Event
from kb.model.document import LinkRelation

KEPT_ATTRS = ("id", "name", "colspan")
MARK = "kb-treat"
"""Attribute of our own that leads from an event to what is special about its element; the page's own attributes are left behind."""
BOX = re.compile(
    r"""(?<![a-z])(?: box | call-?out | panel | inset(?:-text)? | info-?box | alert | notice | admonition | note | warning(?:-text)? | tip | highlight(?:ed)?-?box
    | key-?(?:points?|messages?|facts?|findings?|info) | care-card | summary-?box | take-?aways? | factbox | infobox )(?![a-z])""",
    re.IGNORECASE | re.VERBOSE,
)
BOX_TAGS = frozenset({"div", "section", "aside"})


@dataclass(frozen=True)
class Marked:
    """Events to walk, and how."""

    events: list[Event]
    treats: dict[str, Treat] = field(default_factory=dict)

    def treat(self, _tag: str, attrs: Attrs) -> Treat | None:
        """What is special about an element."""
        return self.treats.get(attrs.get(MARK) or "")

    def resolve(self, href: str) -> tuple[str | None, LinkRelation, str | None]:
        """Where a link leads; addresses are absolute by now."""
        return (None, "internal", href[1:]) if href.startswith("#") else (href, "web", None)


def marked(page: Page, choice: Choice, known: Metadata, address: str | None) -> Marked:
    """The article's events; `address` is what the manifest says of the page's."""
    what = Marked([])
    links = Links(page, known.base or address, known.url or address)
    kept_text = _kept_text(page, choice, known.title_run)
    elements = iter(enumerate(page.elements))
    for at, event in enumerate(page.events):
        if event[0] == "text":
            if at in kept_text:
                what.events.append(event)
        elif event[0] == "end":
            what.events.append(event)
        else:
            index, element = next(elements)
            what.events.append(("start", element.tag, _attrs(element, index, links, what.treats)))
            special = _special(page, choice, index, element)
            if special is not None:
                what.treats[str(index)] = special
    return what


def _attrs(element: Element, index: int, links: Links, treats: dict[str, Treat]) -> Attrs:
    attrs: dict[str, str | None] = {name: element.attrs[name] for name in KEPT_ATTRS if element.attrs.get(name)}
    href = links.resolved(element.attrs.get("href", "")) if element.tag == "a" else None
    if href:
        attrs["href"] = href
    if element.tag in BOX_TAGS:
        attrs[MARK] = str(index)
    return attrs or NO_ATTRS


def _kept_text(page: Page, choice: Choice, title_run: int | None) -> set[int]:
    """The indexes of the text events that belong to the article."""
    kept: set[int] = set()
    for number, run in enumerate(page.runs):
        if choice.kept[number] and number != title_run:
            kept.update(range(run.begin, run.end))
    return kept


def _special(page: Page, choice: Choice, index: int, element: Element) -> Treat | None:
    """Boxes: areas set apart inside the article that hold a smaller part of it."""
    if element.tag not in BOX_TAGS:
        return None
    if not (element.tag == "aside" or element.attrs.get("role") == "note" or BOX.search(element.label)):
        return None
    inside = [number for number in page.runs_in(element) if choice.kept[number]]
    words = sum(len(page.runs[number].tokens) for number in inside)
    whole = sum(len(run.tokens) for number, run in enumerate(page.runs) if choice.kept[number])
    return Treat(part="box", is_block=True) if inside and words < whole / 2 else None


class Links:
    """Resolves what links say against the page's addresses."""

    def __init__(self, page: Page, base: str | None, own: str | None) -> None:
        self._base, self._own = base, urldefrag(own)[0] if own else None
        self._ids = {value for element in page.elements for name in ("id", "name") if (value := element.attrs.get(name))}

    def resolved(self, href: str) -> str | None:
        """An absolute address, or "#" and the place on this page; None for what leads nowhere or is no address."""
        href = href.strip()
        if href.startswith("#"):
            return href if href[1:] in self._ids else None
        if href.lower().startswith("mailto:"):
            return href
        try:
            full = urljoin(self._base, href) if self._base and href else href
            address, place = urldefrag(full)
        except ValueError:
            return None
        if place and address == self._own and place in self._ids:
            return "#" + place
        return full if is_web(full) else None


def link_texts(page: Page) -> Iterator[tuple[Element, str]]:
    """Every link of the page with its words."""
    for element in page.elements:
        if element.tag == "a" and element.attrs.get("href"):
            yield element, page.words_of(element)
