"""The events of a chosen article: frame left out, links resolved, boxes, notes and references marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urldefrag

from kb.ingest.article_html.frame import Frames
from kb.ingest.article_html.metadata import absolute, is_web
from kb.ingest.article_html.notes import REFERENCES, Mark, Note, Notes, find_notes
from kb.ingest.article_html.tree import Element, Page
from kb.ingest.markup.html_blocks import HEADINGS, Treat
from kb.ingest.markup.html_events import NO_ATTRS, Attrs, Event
from kb.model.document import LinkRelation

KEPT_ATTRS = ("id", "name", "colspan")
MARK = "kb-treat"
"""Attribute of our own that leads from an event to what is special about its element; the page's own are left behind."""
BOX = re.compile(
    r"""(?<![a-z])(?: box | call-?out | panel | inset(?:-text)? | info-?box | alert | notice | admonition | note | tip | example
    | warning(?:-text)? | highlight(?:ed)?-?box | key-?(?:points?|messages?|facts?|findings?|info) | care-card | summary-?box
    | take-?aways? | factbox | call-to-action | advisory | information-block | help-notice )(?![a-z])""",
    re.IGNORECASE | re.VERBOSE,
)
SUBTITLE = re.compile(
    r"(?<![a-z])(?:sub-?title|sub-?heading|standfirst|dek|tagline|strapline|excerpt|intro(?:duction)?)(?![a-z])", re.IGNORECASE
)
BOX_TAGS = frozenset({"div", "section", "aside"})


@dataclass
class Prepared:
    """A page made ready: where its links lead and which of them lead to notes."""

    page: Page
    addresses: dict[int, str]
    """Resolved address by element of each link; "#" and a place for one inside the page."""
    notes: Notes
    frames: Frames
    unsaid: set[int]
    """The events of notes, which stand elsewhere, of what leads back from them, and of hidden words."""
    treats: dict[str, Treat] = field(default_factory=dict)

    def treat(self, _tag: str, attrs: Attrs) -> Treat | None:
        """What is special about an element."""
        return self.treats.get(attrs.get(MARK) or "")

    def resolve(self, href: str) -> tuple[str | None, LinkRelation, str | None]:
        """Where a link leads; addresses are absolute by now."""
        if not href.startswith("#"):
            return href, "web", None
        return None, self.notes.relations.get(href[1:], "internal"), href[1:]


def prepare(page: Page, base: str | None, own: str | None) -> Prepared:
    """Resolve the links of a page whose address is `own`, and find its notes."""
    ids = {value for element in page.elements for name in ("id", "name") if (value := element.attrs.get(name))}
    own = urldefrag(own)[0] if own else None
    addresses = {
        index: address
        for index, element in enumerate(page.elements)
        if element.tag == "a" and (address := resolved(element.attrs.get("href", ""), base, own, ids))
    }
    inside = {index: address[1:] for index, address in addresses.items() if address.startswith("#")}
    notes, frames = find_notes(page, inside), Frames(page)
    hidden = ((element.begin, element.end) for element in frames.inline())
    places = (*((note.begin, note.end) for note in notes.notes), *notes.backs, *hidden)
    return Prepared(page, addresses, notes, frames, {at for begin, end in places for at in range(begin, end)})


def resolved(href: str, base: str | None, own: str | None, ids: set[str]) -> str | None:
    """An absolute address, or "#" and the place on this page; None for what leads nowhere or is no address."""
    href = href.strip()
    if href.startswith("#"):
        return href if href[1:] in ids else None
    if href.lower().startswith("mailto:"):
        return href
    full = absolute(base, href)
    address, place = urldefrag(full)
    if place and address == own and place in ids:
        return "#" + place
    return full if is_web(full) else None


def article_events(ready: Prepared, kept: frozenset[int], part: Element) -> list[Event]:
    """The events of one article inside `part` with the words of the kept runs alone, notes and back links left out."""
    kept_text = _kept_text(ready, kept)
    whole = sum(len(ready.page.runs[number].tokens) for number in kept)
    events: list[Event] = []
    skip_to = 0
    index = ready.page.element_from(part.begin + 1)
    for at in range(part.begin + 1, part.end - 1):
        event = ready.page.events[at]
        mark = ready.notes.marks.get(at)
        if event[0] == "start":
            element, index = ready.page.elements[index], index + 1
            if at >= skip_to and mark is None:
                events.append(("start", _tag(element), _attrs(ready, element, index - 1, kept, whole)))
        elif at >= skip_to and (event[0] == "end" or at in kept_text):
            events.append(event)
        if mark is not None and at >= skip_to:
            skip_to = mark.end
            events += _mark_events(ready, mark, kept_text)
    return events


def _tag(element: Element) -> str:
    """The element's tag; a line under the title that a page makes a heading is a paragraph."""
    return "p" if element.tag in HEADINGS and SUBTITLE.search(element.attrs.get("class", "")) else element.tag


def note_events(ready: Prepared, note: Note) -> Iterator[list[Event]]:
    """The events of each block of a note, without what leads back."""
    backs = ready.notes.backs_in(note)
    start = note.begin
    index = ready.page.element_from(note.begin)
    for number in ready.page.runs_between(note.begin, note.end):
        end = ready.page.runs[number].end
        events: list[Event] = []
        for at in range(start, end):
            event = ready.page.events[at]
            if event[0] == "start":
                events.append(
                    ("start", ready.page.elements[index].tag, _attrs(ready, ready.page.elements[index], index, frozenset(), 0))
                )
                index += 1
            elif event[0] == "end" or at not in backs:
                events.append(event)
        start = end
        yield events


def _mark_events(ready: Prepared, mark: Mark, kept_text: set[int]) -> Iterator[Event]:
    """A note's mark as a link, and a raised one as a raised link, however the page builds it."""
    link = ready.page.elements[mark.link]
    if not any(at in kept_text for at in range(link.begin, link.end)):
        return
    if mark.is_raised:
        yield "start", "sup", NO_ATTRS
    yield "start", "a", {"href": ready.addresses[mark.link]}
    yield "text", ready.page.words_of(link), NO_ATTRS
    yield "end", "a", NO_ATTRS
    if mark.is_raised:
        yield "end", "sup", NO_ATTRS


def _kept_text(ready: Prepared, kept: frozenset[int]) -> set[int]:
    """The indexes of the text events that belong to the article."""
    runs = (ready.page.runs[number] for number in kept)
    return {at for run in runs for at in range(run.begin, run.end)} - ready.unsaid


def _attrs(ready: Prepared, element: Element, index: int, kept: frozenset[int], whole: int) -> Attrs:
    block = ready.notes.block_at(element.begin)
    is_note = block is not None and not block.is_reference
    attrs: dict[str, str | None] = (
        {} if is_note else {name: element.attrs[name] for name in KEPT_ATTRS if element.attrs.get(name)}
    )
    if index in ready.addresses:
        attrs["href"] = ready.addresses[index]
    special = _special(ready.page, element, kept, whole) if kept else None
    if block is not None and block.is_reference and block.begin == element.begin and element.tag in {"li", "p", "dd", "div"}:
        special = Treat(kind="reference")
    if special is not None:
        ready.treats[str(index)] = special
        attrs[MARK] = str(index)
    return attrs or NO_ATTRS


def _special(page: Page, element: Element, kept: frozenset[int], whole: int) -> Treat | None:
    """Boxes, areas set apart that hold a smaller part of the article; and the items of a list of references."""
    if element.tag in BOX_TAGS:
        if not _is_box(element) or any(_is_box(page.elements[at]) for at in page.around(element.parent)):
            return None
        inside = [number for number in element.runs if number in kept]
        words = sum(len(page.runs[number].tokens) for number in inside)
        return Treat(part="box", is_block=True) if inside and words < whole / 2 else None
    if element.tag == "li" and _is_reference(page, element):
        return Treat(kind="reference")
    return None


def _is_box(element: Element) -> bool:
    """Whether an area is set apart; "__" is how the parts of one are named."""
    names = " ".join(name for name in element.label.split() if "__" not in name)
    return element.tag in BOX_TAGS and (element.tag == "aside" or element.attrs.get("role") == "note" or bool(BOX.search(names)))


def _is_reference(page: Page, item: Element) -> bool:
    """Whether a list item stands in the list right below a heading such as "References"."""
    around = page.elements[item.parent]
    before = around.runs.start - 1
    if before < 0 or around.tag not in {"ol", "ul"}:
        return False
    head = page.runs[before]
    is_head = any(page.elements[at].tag in HEADINGS for at in page.around(head.element)) or len(head.tokens) <= 3
    return is_head and bool(REFERENCES.fullmatch(head.words))
