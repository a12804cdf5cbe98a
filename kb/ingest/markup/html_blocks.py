"""From the tree of an HTML page to blocks of words: what every reader of HTML shares.

Readers say by `Treat` what is special on their kind of page. A tree comes as events, so that its depth costs no stack and any
parser will do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kb.ingest.markup.html_events import (
    BLOCKS,
    SKIPPED,
    VOID,
    Attrs,
    Event,
    inside,
    plain,
    skip,
    without_skipped,
)
from kb.ingest.words import Words
from kb.ingest.writer import OpenPart, Writer
from kb.model import Span
from kb.model.document import FurnitureKind, LinkRelation, PartKind, PassageKind

HEADINGS = {f"h{level}": level for level in range(1, 7)}
PARAGRAPH = 7
"""Level of the sections that numbered paragraphs are: below every heading."""
LISTS = frozenset(("ul", "ol", "menu", "dl"))
DEEPEST_QUOTE = 32
"""Quotations inside quotations; deeper ones are read as part of the last."""
NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,3})+\.?(?=\s+[^a-z\s]|\Z)|\d{1,2}\.(?=\s+\S|\Z))")
"""The number of a heading: "2.1", "2."; figures are words of it in "10 things to know" and "1.5 million"."""
RAISED_MARK = re.compile(r"[\[(]?(?:\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*|[a-z]|[ivx]{1,4}|[*†‡§¶]{1,3})[\])]?")
UNIT_BEFORE = re.compile(r"(?:^|[^\w])(?:[a-zµ]|[ckmn]m|kg|10|sec|min|hr)\Z|\d\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Treat:
    """What is special about an element; the default is nothing."""

    skip: bool = False
    """Leave it out with all that is in it."""
    furniture: FurnitureKind | None = None
    """Its words are the carrier's: one block of furniture."""
    part: PartKind | None = None
    """Its words are a part; `fields` are those of `OpenPart`."""
    fields: Mapping[str, Any] = field(default_factory=dict)
    kind: PassageKind | None = None
    """What kind of passage its blocks are."""
    is_block: bool = False
    """Its words stand apart from those before and after."""
    words: str | None = None
    """Words to put in its place, such as an embedded video's address."""
    href: str | None = None
    """Where those words, or the element's own, lead."""


TreatAs = Callable[[str, Attrs], Treat | None]
Resolve = Callable[[str], tuple[str | None, LinkRelation, str | None]]


def in_page(href: str) -> tuple[str | None, LinkRelation, str | None]:
    """Where a link leads: to an anchor of the page, or to an address."""
    href = href.strip()
    return (None, "internal", href[1:]) if len(href) > 1 and href.startswith("#") else (href, "web", None)


def nothing_special(_tag: str, _attrs: Attrs) -> Treat | None:
    """Every element as its name says."""
    return None


def walk(
    events: Iterable[Event],
    writer: Writer,
    treat: TreatAs = nothing_special,
    resolve: Resolve = in_page,
    *,
    sections: bool = True,
) -> None:
    """Write the blocks of a subtree; with `sections` headings open sections, else they are passages of the kind "heading"."""
    walker = Walker(writer, treat, resolve, sections)
    walker.read(events)
    walker.end_block()


@dataclass
class _Element:
    """An open element and what ends with it."""

    tag: str
    kind: PassageKind | None = None
    part: OpenPart | None = None
    link: tuple[str | None, LinkRelation, str | None] | None = None
    is_block: bool = False


@dataclass
class Walker:
    """Where a walk stands: the open elements and the block that is being filled."""

    writer: Writer
    treat: TreatAs
    resolve: Resolve
    sections: bool
    words: Words = field(default_factory=Words)
    open: list[_Element] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    breaks: int = 0
    pre: int = 0
    quotes: int = 0
    last: Span | None = None
    last_text: str = ""
    leads: list[Span | None] = field(default_factory=list)
    images: int = 0
    is_numbered: bool = False
    """Whether paragraphs that begin with a number ("1.1.2") are sections of that number."""

    def read(self, events: Iterable[Event]) -> None:
        """Write what the events tell."""
        stream = iter(events)
        for kind, name, attrs in stream:
            if kind == "text":
                self.text(name)
            elif kind == "end":
                self.end(name)
            else:
                self.start(name, attrs, stream)

    def text(self, data: str) -> None:
        if self.pre:
            self.words.add_lines(data)
            return
        if self.breaks and data.strip():
            self._take_breaks()
        self.words.add(data)

    def start(self, tag: str, attrs: Attrs, stream: Iterator[Event]) -> None:
        special = self.treat(tag, attrs) or (SKIP if tag in SKIPPED else None)
        if special is not None and self._special(special, tag, stream):
            return
        if attrs:
            self._note_anchor(attrs)
        if tag in VOID:
            self._void(tag)
        elif tag == "sup":
            self._raised(inside(tag, stream))
        elif tag == "table":
            self._table([("start", tag, attrs), *inside(tag, stream)])
        else:
            self._open(tag, attrs, special)

    def _void(self, tag: str) -> None:
        self.breaks += tag == "br"
        self.images += tag == "img"
        if tag == "hr":
            self.end_block()

    def end(self, tag: str) -> None:
        if tag in VOID or not self.open:
            return
        element = self.open[-1]
        if element.link:
            self.words.close_link()
            element.link = None
        if element.is_block:
            self.end_block()
        self.open.pop()
        if element.part is not None:
            self.writer.close_part(element.part)
            self.quotes -= element.part.kind == "quotation"
        if tag in LISTS and self.leads:
            self.leads.pop()
        if tag == "dt" and self.leads:
            self.leads[-1] = self.last
        self.pre -= tag == "pre"

    def end_block(self) -> None:
        """Write the words gathered so far, if any."""
        self.breaks = 0
        words = self.words
        if not words:
            return
        links = [element.link for element in self.open if element.link]
        self.words = Words()
        for link in links:  # one around several blocks goes on in the next
            words.close_link()
            self.words.open_link(*link)
        self._write(words)

    def _write(self, words: Words) -> None:
        level = next((HEADINGS[element.tag] for element in reversed(self.open) if element.tag in HEADINGS), None)
        lead = self.leads[-1] if self.leads else None
        kind: PassageKind = next((element.kind for element in reversed(self.open) if element.kind), "paragraph")
        if level is not None and self.sections:
            number = NUMBERED.match(words.text)
            span = self.writer.heading(words.cut(number.end()) if number else words, level, number[0] if number else None)
        else:
            kind = "heading" if level is not None else kind
            number = NUMBERED.match(words.text) if self.is_numbered and kind == "paragraph" and not self.quotes else None
            span = self._numbered(words, number) if number else self.writer.write(kind, words, lead if kind == "item" else None)
        if span is None:
            return
        for anchor in self.anchors:
            self.writer.draft.anchors.setdefault(anchor, span)
        self.anchors.clear()
        self.last, self.last_text = span, words.text

    def _numbered(self, words: Words, number: re.Match[str]) -> Span | None:
        """Open the section of a numbered paragraph, and write it behind its number."""
        label = number[0].rstrip(".")
        self.writer.close_sections(PARAGRAPH)
        while self.writer.innermost().kind == "section" and _depth(self.writer.innermost().label) >= _depth(label):
            self.writer.close_part()
        self.writer.open_part("section", label=label, level=PARAGRAPH)
        return self.writer.write("paragraph", words.cut(number.end()), label=number[0])

    def _open(self, tag: str, attrs: Attrs, special: Treat | None) -> None:
        element = _Element(tag)
        element.is_block = tag in BLOCKS or bool(special and (special.is_block or special.part or special.kind))
        if element.is_block:
            self.end_block()
        if tag == "a" and attrs.get("href") and (special is None or special.href is None):
            element.link = self.resolve(attrs["href"] or "")
            self.words.open_link(*element.link)
        if tag in LISTS:
            self.leads.append(self._lead())
        element.kind = special.kind if special and special.kind else PASSAGE_KINDS.get(tag)
        self._open_part(element, special)
        self.pre += tag == "pre"
        self.open.append(element)

    def _open_part(self, element: _Element, special: Treat | None) -> None:
        kind: PartKind | None = special.part if special else None
        kind = kind or ("quotation" if element.tag == "blockquote" else None)
        if kind is None or (kind == "quotation" and self.quotes >= DEEPEST_QUOTE):
            return
        element.part = self.writer.open_part(kind, **(special.fields if special else {}))
        self.quotes += kind == "quotation"

    def _lead(self) -> Span | None:
        """The words that introduce a list: a heading, or words that do not end a sentence; those of the item around it."""
        is_nested = any(element.tag == "li" for element in self.open)
        introduces = self.last_text.rstrip().endswith((":", "–", "-", ";")) or self.last_text[-1:].isalnum()
        return self.last if self.last is not None and (introduces or is_nested) else None

    def _special(self, special: Treat, tag: str, stream: Iterator[Event]) -> bool:
        """Write what a reader says is special, and whether that was all of it."""
        if special.skip:
            skip(tag, stream)
            return True
        if special.words is None and not special.furniture:
            return False
        self.end_block()
        own = plain(inside(tag, stream))
        gathered = own if special.words is None else special.words
        words = Words()
        if special.href:
            with words.link(special.href):
                words.add(gathered)
        else:
            words.add(gathered)
        if special.furniture:
            self.writer.furnish(special.furniture, words)
        else:
            self.writer.write(special.kind or "paragraph", words)
        return True

    def _take_breaks(self) -> None:
        """One line break ends a line, two end a paragraph."""
        if self.breaks > 1 and not any(element.tag in {"a", "h1", "h2", "h3", "h4", "h5", "h6"} for element in self.open):
            self.end_block()
        else:
            self.words.line_break()
        self.breaks = 0

    def _note_anchor(self, attrs: Attrs) -> None:
        identifier = attrs.get("id") or attrs.get("name")
        if identifier:
            self.anchors.append(identifier)

    def _raised(self, events: list[Event]) -> None:
        """A raised mark of a note or citation stands apart; an exponent or ordinal is part of its word."""
        words = "".join(data for kind, data, _ in events if kind == "text").strip()
        href = next((attrs["href"] for kind, tag, attrs in events if kind == "start" and tag == "a" and attrs.get("href")), None)
        before = self.words.text[-12:]
        is_mark = bool(href) or (bool(RAISED_MARK.fullmatch(words)) and bool(before) and not UNIT_BEFORE.search(before))
        if not is_mark or not words:
            self.read(event for event in events if event[0] == "text" or event[1] != "sup")
            return
        if self.breaks:
            self._take_breaks()
        target_href, relation, target = self.resolve(href) if href else (None, "note", None)
        self.words.raise_mark()
        if target_href is not None and target is None:
            with self.words.link(target_href):
                self.words.add(words)
        else:
            self.words.mark(words, "note" if relation == "internal" else relation, target)

    def gather(self, events: Iterable[Event]) -> Words:
        """The words of one cell or note, its blocks parted by spaces, with links and marks."""
        outer, self.words = self.words, Words()
        stream = iter(without_skipped(events))
        links: list[bool] = []
        for kind, name, attrs in stream:
            if kind == "text":
                self.words.add(name)
            elif kind == "start" and name == "sup":
                self._raised(inside(name, stream))
            elif kind == "start":
                self.words.add(" " if name in BLOCKS or name == "br" else "")
                links.append(name == "a" and bool(attrs.get("href")))
                if links[-1]:
                    self.words.open_link(*self.resolve(attrs["href"] or ""))
            elif links and links.pop():
                self.words.close_link()
        gathered, self.words = self.words, outer
        return gathered

    def _table(self, events: list[Event]) -> None:
        self.end_block()
        if is_layout(events):
            self.read(event for event in events if event[1] != "table" or event[0] == "text")
            self.end_block()
            return
        Table(self).read(events)
        self.end_block()


SKIP = Treat(skip=True)
PASSAGE_KINDS: dict[str, PassageKind] = {"li": "item", "dd": "item", "figcaption": "caption", "caption": "caption"}


def _depth(label: str | None) -> int:
    """How many figures a section's number has; 0 for one without."""
    return label.count(".") + 1 if label and label[0].isdigit() else 0


def is_layout(events: list[Event]) -> bool:
    """Whether a table only places things on the page: another table or headings in it, or one cell in every row."""
    starts = [tag for kind, tag, _ in events if kind == "start"]
    cells, rows = starts.count("td") + starts.count("th"), starts.count("tr")
    return starts.count("table") > 1 or any(tag in HEADINGS for tag in starts) or cells <= rows


class Table:
    """A table on its way into rows of cells; the header row introduces the others."""

    def __init__(self, walker: Walker) -> None:
        self._walker = walker
        self._cells: list[Words] = []
        self._is_header: list[bool] = []
        self._lead: Span | None = None
        self._is_first = True

    def read(self, events: list[Event]) -> None:
        """Write the rows of one table as a part."""
        writer = self._walker.writer
        with writer.part("table"):
            stream = iter(events)
            for kind, tag, attrs in stream:
                if kind == "start" and tag == "caption":
                    writer.write("caption", self._walker.gather(inside(tag, stream)))
                elif kind == "start" and tag in {"td", "th"}:
                    self._cells.append(self._walker.gather(inside(tag, stream)))
                    self._is_header.append(tag == "th")
                    self._cells += [Words() for _ in range(min(_span(attrs), 20) - 1)]
                elif tag == "tr" and kind != "text":
                    self._end_row()
            self._end_row()

    def _end_row(self) -> None:
        if not self._cells:
            return
        span = self._walker.writer.row(self._cells, self._lead, is_first=self._is_first)
        if span is not None:
            if self._is_first and all(self._is_header):
                self._lead = span
            self._is_first = False
        self._cells, self._is_header = [], []


def _span(attrs: Attrs) -> int:
    value = attrs.get("colspan") or "1"
    return int(value) if value.isdecimal() and len(value) < 4 and int(value) else 1
