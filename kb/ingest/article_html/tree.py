"""A page as a list of events, with its elements and its runs of words: what the choice of the article is made on.

lxml parses, once: trafilatura reads the same tree, so what it chose can be found again here word for word. The parser's limit on
depth is lifted, or it would give an empty tree without a word; `check_html` has set a lower one before.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html
from lxml.etree import ParserError, XMLSyntaxError

from kb.errors import UnreadableSourceError
from kb.ingest.markup.html_blocks import HEADINGS
from kb.ingest.markup.html_events import BLOCKS, NO_ATTRS, SKIPPED, Event
from kb.ingest.markup.html_gate import check_html

for _library in ("trafilatura", "htmldate"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)

UNREAD = SKIPPED | {"map", "base", "progress", "meter", "dialog", "area", "rp"}
"""Elements whose words are no words of the page."""
DOCTYPE = re.compile(r"\A\s*(?:<\?xml[^>]*>\s*)?<!doctype[^>]*>", re.IGNORECASE)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LONGEST_ATTRIBUTE = 20_000
"""Characters; pictures inside a page are longer."""
TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the page: its events are those from `begin` up to `end`; `parent` is an index of `Page.elements`, or -1.

    `runs` are the indexes of the runs that begin inside it.
    """

    tag: str
    attrs: dict[str, str]
    parent: int
    begin: int
    end: int
    runs: range

    @property
    def label(self) -> str:
        """Its id, classes and role, as authors of themes name things."""
        return f"{self.attrs.get('id', '')} {self.attrs.get('class', '')} {self.attrs.get('role', '')}".strip()


@dataclass(frozen=True, slots=True)
class Run:
    """Words between two ends of blocks; `element` is the block they stand in, `linked` how many of them are in links."""

    element: int
    begin: int
    end: int
    words: str
    tokens: tuple[str, ...]
    linked: int
    inward: int
    """How many of its words are in links to a place on the page."""

    @property
    def link_share(self) -> float:
        """Which part of the run is link."""
        return self.linked / len(self.tokens) if self.tokens else 0.0


@dataclass(frozen=True)
class Page:
    """One parsed page; events, elements and runs stand in the order of the page."""

    root: html.HtmlElement
    events: list[Event]
    elements: list[Element]
    runs: list[Run]

    def runs_between(self, begin: int, end: int) -> range:
        """The indexes of the runs that begin between two events."""
        first = bisect_left(self.runs, begin, key=_begin)
        return range(first, bisect_left(self.runs, end, key=_begin))

    def element_from(self, event: int) -> int:
        """The index of the first element that begins at an event or after it."""
        return bisect_left(self.elements, event, key=_begin)

    def elements_between(self, begin: int, end: int) -> tuple[int, int]:
        """The first index of the elements that begin between two events, and the one behind the last."""
        return self.element_from(begin), self.element_from(end)

    def around(self, index: int) -> Iterator[int]:
        """The element itself and those around it, innermost first, as indexes."""
        while index >= 0:
            yield index
            index = self.elements[index].parent

    def words_of(self, element: Element) -> str:
        """All words of an element, blocks parted by a space."""
        pieces = (
            name if kind == "text" else " " if kind == "start" and (name in BLOCKS or name == "br") else ""
            for kind, name, _ in self.events[element.begin : element.end]
        )
        return " ".join("".join(pieces).split())


def _begin(one: Run | Element) -> int:
    return one.begin


def tokens_of(words: str) -> tuple[str, ...]:
    """The words as they are compared: composed, in small letters, without marks."""
    return tuple(TOKEN.findall(unicodedata.normalize("NFC", words).lower()))


def parse(text: str, path: str) -> Page:
    """The page of a file. Raises `UnreadableSourceError` where it is no page, or one that no parser should be given."""
    check_html(text, path)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False)
    plain = CONTROLS.sub("", DOCTYPE.sub("", text))
    try:
        root = html.document_fromstring(plain.encode("utf-8", "replace"), parser=parser)
    except (ParserError, XMLSyntaxError, ValueError):
        raise UnreadableSourceError(path, "article-html", "no page could be made of its markup") from None
    _shorten(root)
    page = _Builder().build(root)
    if not page.runs and len(re.sub(r"<[^>]*>", "", plain)) > len(plain) / 2:
        raise UnreadableSourceError(path, "article-html", "its markup is damaged: the parser found no words in it")
    return page


def _shorten(root: html.HtmlElement) -> None:
    """Take away attributes as long as a picture: they cost every search of the page, and none of them is read."""
    for node in root.iter(html.etree.Element):
        for name in [name for name, value in node.attrib.items() if len(value) > LONGEST_ATTRIBUTE]:
            del node.attrib[name]


class _Builder:
    """Walks a tree without recursion."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._elements: list[Element] = []
        self._runs: list[Run] = []
        self._block = [-1]
        self._open: list[int] = []
        self._links: list[bool] = []
        self._pieces: list[str] = []
        self._run_begin: int | None = None
        self._linked = self._inward = 0

    def build(self, root: html.HtmlElement) -> Page:
        stack: list[tuple[html.HtmlElement, bool]] = [(root, False)]
        while stack:
            node, is_done = stack.pop()
            if is_done:
                self._end()
                self._text(node.tail)
            elif not isinstance(node.tag, str) or _is_unread(node):
                self._text(node.tail)
            else:
                self._start(node)
                stack.append((node, True))
                self._text(node.text)
                stack += [(child, False) for child in reversed(node)]
        self._close_run()
        return Page(root, self._events, self._elements, self._runs)

    @property
    def _next_run(self) -> int:
        """The index of the next run to begin."""
        return len(self._runs) + (self._run_begin is not None)

    def _start(self, node: html.HtmlElement) -> None:
        tag = "span" if node.tag == "button" else str(node.tag).lower()
        if tag in BLOCKS:
            self._close_run()
        attrs = {str(name): str(value) for name, value in node.attrib.items()}
        parent = self._open[-1] if self._open else -1
        self._open.append(len(self._elements))
        self._elements.append(Element(tag, attrs, parent, len(self._events), 0, range(self._next_run, 0)))
        if tag in BLOCKS:
            self._block.append(self._open[-1])
        if tag == "a":
            self._links.append(attrs.get("href", "").startswith("#"))
        self._events.append(("start", tag, attrs))
        if tag == "br":
            self._pieces.append(" ")

    def _end(self) -> None:
        index = self._open.pop()
        begun = self._elements[index]
        if begun.tag in BLOCKS:
            self._close_run()
            self._block.pop()
        if begun.tag == "a":
            self._links.pop()
        self._events.append(("end", begun.tag, NO_ATTRS))
        runs = range(begun.runs.start, self._next_run)
        self._elements[index] = Element(begun.tag, begun.attrs, begun.parent, begun.begin, len(self._events), runs)

    def _text(self, words: str | None) -> None:
        if not words or not self._open:
            return
        if self._run_begin is None and not words.isspace():
            self._run_begin = len(self._events)
        self._pieces.append(words)
        if self._links:
            count = len(TOKEN.findall(words))
            self._linked += count
            self._inward += count * self._links[-1]
        self._events.append(("text", words, NO_ATTRS))

    def _close_run(self) -> None:
        if self._run_begin is not None:
            words = " ".join("".join(self._pieces).split())
            place = (self._block[-1], self._run_begin, len(self._events))
            self._runs.append(Run(*place, words, tokens_of(words), self._linked, self._inward))
        self._pieces, self._linked, self._inward, self._run_begin = [], 0, 0, None


def _is_unread(node: html.HtmlElement) -> bool:
    tag = str(node.tag).lower()
    return tag in UNREAD and not (tag == "button" and _heads(node))


def _heads(node: html.HtmlElement) -> bool:
    """Whether a button holds the words of a heading, as those that open and close a section do."""
    return any(around.tag in HEADINGS or around.tag == "summary" for around in node.iterancestors())
