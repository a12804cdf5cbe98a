"""The way through the elements of a JATS article: one loop with a stack, whatever the depth.

What an element means stands in tables of other modules; here is what they share: the block that is being filled, where a finished
block goes, keys of links' targets, and things that float out of a paragraph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kb.ingest.words import Words
from kb.ingest.writer import Writer
from kb.ingest.xml_gate import Element, entity_text, local_name
from kb.model import Span
from kb.model.document import LinkRelation, PassageKind

XLINK_HREF = "{http://www.w3.org/1999/xlink}href"


@dataclass(frozen=True)
class Scope:
    """The ids of one article, sub-article or response, and of those around it, nearest first.

    Sub-articles repeat ids, and cite the figures and references of the article they belong to.
    """

    number: int
    ids: frozenset[str]
    references: frozenset[str]
    outer: tuple[Scope, ...] = ()

    def find(self, identifier: str) -> Scope:
        """The scope an id means when it is used here; this one for an id that nothing bears."""
        return next((scope for scope in (self, *self.outer) if identifier in scope.ids), self)

    def key(self, identifier: str) -> str:
        """The key of an element's anchor."""
        return f"{self.number} {identifier}"


@dataclass
class Flow:
    """Where words go. `is_one`: all are one block, and blocks inside only begin a line of it.

    `blocks` keeps finished blocks instead of writing them; `label` stands before the next block, as furniture.
    """

    kind: PassageKind = "paragraph"
    is_one: bool = False
    blocks: list[Words] | None = None
    lead: Span | None = None
    label: str | None = None
    words: Words = field(default_factory=Words)
    is_opening: bool = False
    """The words so far are a label that the next block goes on from."""
    floats: list[Element] = field(default_factory=list)
    waiting: list[tuple[LinkRelation, str]] = field(default_factory=list)
    """Targets of pointers without words; the next pointer takes them."""


Leave = Callable[[], "Iterable[Element] | None"]


class Step(NamedTuple):
    """How to go into an element: its first words, its children, and what to do behind them (which may give more to read)."""

    text: str | None
    children: Iterator[Element]
    leave: Leave | None = None


Handler = Callable[["Walk", Element], Step | None]
"""Gives the way into an element, or None where it has been read or is left out."""


def into(element: Element, leave: Leave | None = None) -> Step:
    """All of an element."""
    return Step(element.text, iter(element), leave)


@dataclass
class _Open:
    """An element that is being read. Floats have no tails: those were read in the paragraph they left."""

    children: Iterator[Element]
    leave: Leave | None = None
    tail: str | None = None
    identifier: str | None = None
    has_tails: bool = True


class Walk:
    """Where the reading of an article stands."""

    def __init__(self, writer: Writer, handlers: Mapping[str, Handler], targets: frozenset[str]) -> None:
        self.writer = writer
        self.scope = Scope(0, frozenset(), frozenset())
        self.flow = Flow()
        self.level = 0
        self.latest: Span | None = None
        """The last passage, while no section or other part has begun or ended since."""
        self.latest_words = ""
        """How the last block ended."""
        self.last = ""
        """The last words of the block, for what stands against them."""
        self.notes = 0
        self.missed: Counter[str] = Counter()
        """Codes of losses, with how often."""
        self._handlers = handlers
        self._targets = targets
        self._names: dict[str, str] = {}
        self._pending: list[str] = []
        self._is_marked = False

    def run(self, elements: Iterable[Element], *, has_tails: bool = True) -> None:
        """Read elements in order, with what follows each inside its parent; the loop ends when all below them is read."""
        stack = [_Open(iter(elements), has_tails=has_tails)]
        while stack:
            around = stack[-1]
            child = next(around.children, None)
            if child is None:
                self._leave(stack)
                continue
            step = self._step(child)
            tail = child.tail if around.has_tails else None
            if step is None:
                self.add(tail)
            else:
                self.add(step.text)
                stack.append(_Open(step.children, step.leave, tail, child.get("id")))

    def _leave(self, stack: list[_Open]) -> None:
        element = stack.pop()
        more = element.leave() if element.leave else None
        self._forget(element.identifier)
        if more:
            stack.append(_Open(iter(more), None, element.tail, has_tails=False))
        else:
            self.add(element.tail)

    def _step(self, element: Element) -> Step | None:
        tag = element.tag
        if not isinstance(tag, str):
            self._entity(element)
            return None
        identifier = element.get("id")
        if identifier in self._targets:
            self._pending.append(self.scope.key(identifier or ""))
        name = self._names.get(tag)
        if name is None:
            name = self._names[tag] = local_name(element)
        handler = self._handlers.get(name)
        return handler(self, element) if handler else into(element)

    def _entity(self, element: Element) -> None:
        known = entity_text(element)
        if known is None:
            self.missed["W264"] += 1
        self.add(known or element.text)

    def add(self, words: str | None) -> None:
        """Add running text to the block."""
        if not words:
            return
        if self._is_marked:
            self._is_marked = False
            if words[0].isalnum():
                self.flow.words.raise_mark()
        self.flow.words.add(words)
        self.last = words

    def set_apart(self) -> None:
        """What follows is a raised mark: it never runs into the word before."""
        if self.last and not self.last[-1].isspace() and self.last[-1] not in "([{":
            self.flow.words.raise_mark()

    def end_mark(self) -> None:
        """A raised mark ends: a word that follows at once stands apart from it."""
        self._is_marked = True

    def begin_block(self) -> None:
        """End what stands before a block, unless that is the block's own label."""
        if self.flow.is_opening:
            self.flow.is_opening = False
            self.flow.words.raise_mark()
        else:
            self.end_block()

    def end_block(self) -> None:
        """Write the words gathered so far, if any."""
        flow = self.flow
        self._is_marked, self.last = False, ""
        self.missed["W261"] += len(flow.waiting)
        flow.waiting.clear()
        if flow.is_one:
            flow.words.line_break()
            return
        words, flow.words, flow.is_opening = flow.words, Words(), False
        if not words:
            return
        self.latest_words = words.text[-1:]
        if flow.blocks is not None:
            flow.blocks.append(words)
            return
        label, flow.label = flow.label, None
        self.land(self.writer.write(flow.kind, words, flow.lead, label=label))
        if flow.kind == "item":
            flow.kind, flow.lead = "paragraph", None

    def land(self, span: Span | None) -> None:
        """A passage was written: it bears the ids met since the last one."""
        if span is None:
            return
        for key in self._pending:
            self.writer.draft.anchors.setdefault(key, span)
        self._pending.clear()
        self.latest = span

    def anchor(self, element: Element) -> None:
        """The next passage bears the id of an element that is read by hand."""
        identifier = element.get("id")
        if identifier in self._targets:
            self._pending.append(self.scope.key(identifier or ""))

    def disown(self, element: Element) -> None:
        """The next passage does not bear the id of this element after all: it is read later, or elsewhere."""
        key = self.scope.key(element.get("id") or "")
        if key in self._pending:
            self._pending.remove(key)

    def is_target(self, element: Element) -> bool:
        """Whether anything in the file points to the element."""
        return element.get("id") in self._targets

    def _forget(self, identifier: str | None) -> None:
        """An element ends whose id no words took."""
        if identifier and self._pending and not self.flow.words:
            key = self.scope.key(identifier)
            if key in self._pending:
                self._pending.remove(key)

    def gather(self, *elements: Element) -> Words:
        """The words of elements as one block; for titles, labels and references, which hold no structure of their own."""
        outer, self.flow = self.flow, Flow(is_one=True)
        last, self.last = self.last, ""
        for element in elements:
            self.add(element.text)
            self.run(element)
            self.flow.words.add(" ")
        gathered, self.flow, self.last = self.flow, outer, last
        self.missed["W261"] += len(gathered.waiting)
        self._is_marked = False
        return gathered.words

    @property
    def is_plain(self) -> bool:
        """Whether words go into a title, cell, reference or note, which have no parts of their own."""
        return self.flow.is_one or self.flow.blocks is not None

    def introduction(self) -> Span | None:
        """The passage that introduces the list that begins: one that does not end as a sentence does."""
        is_open = self.latest_words in {":", "–", "-", ";"} or self.latest_words.isalnum()
        return self.latest if is_open else None

    def enter(self, flow: Flow) -> Flow:
        """Let words go elsewhere; gives the flow to `resume`."""
        outer, self.flow = self.flow, flow
        self.last = ""
        return outer

    def resume(self, outer: Flow) -> None:
        """End the block and the flow that `enter` began."""
        self.end_block()
        self.flow = outer
        self.last = ""
