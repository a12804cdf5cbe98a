"""The way through a story of a Word document (its body, a note, a cell): one loop with a stack, whatever the depth.

What an element means stands in the tables of other modules; here are the block that is being filled and where it goes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from kb.ingest.docx.numbering import Numbering
from kb.ingest.docx.package import Related
from kb.ingest.docx.styles import Styles
from kb.ingest.docx.survey import Survey
from kb.ingest.markup.xml_gate import Element, local_name
from kb.ingest.words import Words
from kb.ingest.writer import Writer
from kb.model import Span
from kb.model.document import LinkRelation

Address: TypeAlias = tuple[str | None, LinkRelation, str | None]
Leave: TypeAlias = Callable[[], None]
Step: TypeAlias = tuple[Iterator[Element], Leave | None]
"""How to go into an element: its children, and what to do behind them."""
RELATIONSHIPS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)


@dataclass
class Field:
    """A field that is open: its instruction as far as it was read, and whether its result has begun."""

    instruction: str = ""
    has_result: bool = False
    link: Address | None = None


@dataclass
class Known:
    """What the other parts of the package say."""

    styles: Styles
    numbering: Numbering
    notes: Mapping[str, Element]
    """Footnotes and endnotes by their keys."""
    relations: Mapping[str, Mapping[str, Related]]
    """Relationships of each story's part: "main", "footnote", "endnote"."""
    survey: Survey = field(default_factory=Survey)
    end_format: str = "lowerRoman"
    foot_format: str = "decimal"


@dataclass
class Story:
    """What is being read, and the words of its open paragraph.

    `blocks` keeps finished paragraphs instead of writing them: those of a note or cell.
    """

    part: str = "main"
    blocks: list[Words] | None = None
    words: Words = field(default_factory=Words)
    links: list[Address] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    floats: list[Element] = field(default_factory=list)
    is_raised: bool = False
    """Whether the last run stood raised."""
    paragraph: Element | None = None


Handler: TypeAlias = Callable[["Walk", Element], Step | None]
"""Gives the way into an element, or None where it has been read or is left out."""


class Walk:
    """Where the reading of a document stands."""

    def __init__(self, writer: Writer, known: Known, handlers: Mapping[str, Handler], prefix: str) -> None:
        self.writer, self.known, self.w = writer, known, prefix
        self.story = Story()
        self.missed: Counter[str] = Counter()
        """Codes of losses, with how often."""
        self.latest: Span | None = None
        self.latest_words = ""
        self.anchors: list[str] = []
        self.marks: dict[str, str] = {}
        """Notes met so far and the marks they were given."""
        self.has_body = False
        """Whether running text or a heading has been met: titles stand before it."""
        self.title: str | None = None
        """From the lines of the title, or the one heading that is above all others."""
        self._table = handlers
        self._handlers: dict[object, Handler | None] = {}

    def run(self, elements: Iterable[Element]) -> None:
        """Read elements in order, with all that is in them."""
        stack: list[tuple[Iterator[Element], Leave | None]] = [(iter(elements), None)]
        while stack:
            children, leave = stack[-1]
            for child in children:
                step = self._step(child)
                if step is not None:
                    stack.append(step)
                    break
            else:
                stack.pop()
                if leave is not None:
                    leave()

    def _step(self, element: Element) -> Step | None:
        try:
            handler = self._handlers[element.tag]
        except KeyError:
            handler = self._handlers[element.tag] = self._table.get(local_name(element))
        if handler is not None:
            return handler(self, element)
        return (iter(element), None) if len(element) else None

    def value(self, element: Element | None, name: str) -> str | None:
        """The value of a child such as `<w:numId w:val="3"/>`."""
        found = element.find(f"{self.w}{name}") if element is not None else None
        return found.get(f"{self.w}val") if found is not None else None

    def attribute(self, element: Element, name: str) -> str | None:
        """An attribute in Word's namespace."""
        return element.get(f"{self.w}{name}")

    def is_on(self, properties: Element | None, name: str) -> bool:
        """Whether a switch such as bold is set: it is there, and not there as "off"."""
        found = properties.find(f"{self.w}{name}") if properties is not None else None
        return found is not None and found.get(f"{self.w}val") not in {"0", "false", "off", "none"}

    def enter(self, story: Story) -> Story:
        """Read something else; gives the story to go back to."""
        outer, self.story = self.story, story
        return outer

    def open_link(self, address: Address) -> None:
        """What is added until `close_link` leads somewhere; a paragraph's end does not end it."""
        self.story.links.append(address)
        self.story.words.open_link(*address)

    def close_link(self) -> None:
        """End the link begun last."""
        if self.story.links:
            self.story.links.pop()
            self.story.words.close_link()

    def take_words(self) -> Words:
        """The words of the paragraph; the next one begins, and links that are open go on in it."""
        story = self.story
        words, story.words = story.words, Words()
        for address in story.links:
            words.close_link()
            story.words.open_link(*address)
        return words

    def land(self, span: Span | None, words: Words) -> None:
        """A passage was written: it bears the bookmarks met since the last one."""
        if span is None:
            return
        for key in self.anchors:
            self.writer.draft.anchors.setdefault(key, span)
        self.anchors.clear()
        self.latest, self.latest_words = span, words.ending[-1:]

    def address(self, element: Element) -> Address | None:
        """Where a `hyperlink` leads."""
        identifier = next((element.get(name) for name in RELATIONSHIPS if element.get(name)), None)
        anchor = self.attribute(element, "anchor")
        related = self.known.relations.get(self.story.part, {}).get(identifier or "")
        if related is not None and related.is_outside:
            return related.target + (f"#{anchor}" if anchor and "#" not in related.target else ""), "web", None
        return (None, "internal", anchor) if anchor else None
