"""The way through the elements of a JATS article: one loop with a stack, whatever the depth.

What an element means stands in tables of other modules; here is what they share: the block that is being filled, where a finished
block goes, keys of links' targets, and things that float out of a paragraph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from kb.ingest.markup.xml_gate import Element, children_of, entity_text, local_name
from kb.ingest.words import Words
from kb.ingest.writer import Writer
from kb.model import Span
from kb.model.document import LinkRelation, PassageKind

JOINTS = frozenset(",;–-‐‑—")
"""What stands between the raised marks of a row: "1,2–4"."""
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"


@dataclass(frozen=True)
class Scope:
    """The ids of one article, sub-article or response, and of those around it, nearest first.

    Sub-articles repeat ids, and cite the figures and references of the article they belong to. An article that stands alone needs
    no `ids` but those of its references: every id means its own.
    """

    number: int
    ids: frozenset[str]
    references: frozenset[str]
    outer: tuple[Scope, ...] = ()

    def find(self, identifier: str) -> Scope:
        """The scope an id means when it is used here; this one for an id that nothing bears."""
        if identifier in self.ids:
            return self
        return next((scope for scope in self.outer if identifier in scope.ids), self)

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
    waiting: list[tuple[None, LinkRelation, str]] = field(default_factory=list)
    """Targets of pointers without words; the next pointer takes them."""


Leave = Callable[[], Iterable[Element] | None]


Step: TypeAlias = tuple[str | None, Iterator[Element], Leave | None]
"""How to go into an element: its first words, its children, and what to do behind them (which may give more to read)."""

Handler = Callable[["Walk", Element], Step | None]
"""Gives the way into an element, or None where it has been read or is left out."""


def into(element: Element, leave: Leave | None = None) -> Step:
    """All of an element."""
    return element.text, iter(children_of(element)), leave


def child_of(element: Element, name: str) -> Element | None:
    """The first child of that name; much sooner than by `find`."""
    for inside in children_of(element):
        if inside.tag == name:
            return inside
    return None


def apart(element: Element, *names: str) -> tuple[list[Element | None], list[Element]]:
    """The first child of each name, and the other children."""
    found: dict[str, Element | None] = dict.fromkeys(names)
    rest: list[Element] = []
    for inside in children_of(element):
        tag = inside.tag
        if tag in found and found[tag] is None:
            found[tag] = inside
        else:
            rest.append(inside)
    return list(found.values()), rest


def _entity(walk: Walk, element: Element) -> None:
    """A character by its name."""
    known = entity_text(element)
    walk.missed["W264"] += known is None
    walk.add(known or element.text)


_Open: TypeAlias = tuple[Iterator[Element], Leave | None, str | None, Element | None, bool]
"""An element that is being read: its children, what to do behind them, its tail, itself, and whether its children have tails.

Floats have none: those were read in the paragraph they left.
"""


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
        self._run: list[str] = []
        self.is_ended = False
        """Whether an element began or ended since the last words: what follows stands right against it."""
        self.notes = 0
        self.missed: Counter[str] = Counter()
        """Codes of losses, with how often."""
        self._table = handlers
        self._handlers: dict[object, Handler | None] = {}
        """By full name, as they were met."""
        self._targets = targets
        self._pending: list[str] = []
        self._is_marked = False
        self._is_joined = False

    def run(self, elements: Iterable[Element], *, has_tails: bool = True) -> None:
        """Read elements in order, with what follows each inside its parent; the loop ends when all below them is read."""
        stack: list[_Open] = [(iter(elements), None, None, None, has_tails)]
        while stack:
            children, _, _, _, has_tails = stack[-1]
            for child in children:
                step = self.step(child)
                tail = child.tail if has_tails else None
                if step is not None:
                    text, below, leave = step
                    self.add(text)
                    stack.append((below, leave, tail, child, True))
                    break
                if tail and not self._is_marked:  # as `add` does, without a call for each of so many
                    self._run.append(tail)
                    self.is_ended = False
                elif has_tails:
                    self.add(tail)
            else:
                self._leave(stack)

    def read(self, element: Element) -> None:
        """Read one element whole, without what follows it."""
        step = self.step(element)
        if step is not None:
            text, children, leave = step
            self.add(text)
            self.run(children)
            if leave is not None:
                leave()

    def _leave(self, stack: list[_Open]) -> None:
        _, leave, tail, element, _ = stack.pop()
        more = leave() if leave else None
        if self._pending and element is not None:
            self._forget(element.get("id"))
        if more:
            stack.append((iter(more), None, tail, None, False))
        else:
            self.add(tail)

    def step(self, element: Element) -> Step | None:
        """The way into an element; one that holds nothing but running words is read at once."""
        identifier = element.get("id")
        if identifier in self._targets:
            self._pending.append(self.scope.key(identifier or ""))
        try:
            handler = self._handlers[element.tag]
        except KeyError:
            handler = self._handler(element)
        if handler is not None:
            return handler(self, element)
        text = element.text
        if len(element):
            return text, iter(children_of(element)), None
        if text and not self._is_marked:  # as `add` does
            self._run.append(text)
            self.is_ended = False
        else:
            self.add(text)
        return None

    def _handler(self, element: Element) -> Handler | None:
        """What a name met for the first time means, its namespace apart; None for an element that is read through."""
        name = local_name(element)
        handler = self._handlers[element.tag] = self._table.get(name) if name else _entity
        return handler

    @property
    def words(self) -> Words:
        """The block that is being filled, with all that was added so far."""
        if self._run:
            self.flow.words.add("".join(self._run))
            self._run.clear()
        return self.flow.words

    def add(self, words: str | None) -> None:
        """Add running text to the block."""
        if not words:
            self.is_ended = True
            return
        if self._is_marked:
            self._after_mark(words)
        self._run.append(words)
        self.is_ended = False

    def add_linked(self, words: str, *ways: tuple[str | None, LinkRelation, str | None]) -> None:
        """Add words that are links and hold nothing else."""
        if self._is_marked:
            self._after_mark(words)
        self.words.add_linked(words, *ways)
        self.is_ended = False

    def _after_mark(self, words: str) -> None:
        """Words that come right behind a raised mark stand apart from it; what joins two marks does not end their row."""
        if words[0].isalnum() and not self._is_joined:
            self._run.append(" ")
        self._is_marked = self._is_joined = words.strip() in JOINTS

    def part_words(self) -> None:
        """What follows stands apart from the word before it."""
        self._run.append(" ")

    @property
    def last(self) -> str:
        """The last two characters of the block, for what stands against them; "" at its beginning."""
        run = self._run
        return run[-1][-2:] if run and len(run[-1]) > 1 else (self.flow.words.ending + "".join(run[-3:]))[-2:]

    def set_apart(self) -> None:
        """What follows is a raised mark: it never runs into the word before."""
        is_in_row = self._is_marked and self._is_joined
        if not is_in_row and self.last[-1:] not in {"(", "[", "{"}:
            self.part_words()

    def end_mark(self) -> None:
        """A raised mark ends: a word that follows at once stands apart from it."""
        self._is_marked, self._is_joined = True, False

    def begin_block(self) -> None:
        """End what stands before a block, unless that is the block's own label."""
        if self.flow.is_opening:
            self.flow.is_opening = False
            self.part_words()
        else:
            self.end_block()

    def end_block(self) -> None:
        """Write the words gathered so far, if any."""
        flow = self.flow
        words = self.words if self._run else flow.words
        self._is_marked = False
        if flow.waiting:
            self.missed["W261"] += len(flow.waiting)
            flow.waiting.clear()
        if flow.is_one:
            words.line_break()
            return
        flow.is_opening = False
        if not words.length:
            return
        flow.words = Words()
        self.latest_words = words.ending[-1:]
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
        if self._pending:
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
        if identifier and not self.words:
            key = self.scope.key(identifier)
            if key in self._pending:
                self._pending.remove(key)

    def gather(self, element: Element) -> Words:
        """The words of an element as one block; for titles, labels and cells, which hold no structure of their own."""
        plain = self._plain(element) if len(element) else element.text or ""
        if plain is not None:
            return Words(plain)
        outer = self.enter(Flow(is_one=True))
        self.add(element.text)
        self.run(children_of(element))
        words = self.words
        if self.flow.waiting:
            self.missed["W261"] += len(self.flow.waiting)
        self.flow = outer
        self._is_marked = False
        return words

    def _plain(self, element: Element) -> str | None:
        """The words of an element in which nothing stands but what changes their look; None for any other."""
        pieces = [element.text or ""]
        for inside in children_of(element):
            tag = inside.tag
            if len(inside) or self._handlers.get(tag, tag) is not None or inside.get("id"):
                return None
            pieces += (inside.text or "", inside.tail or "")
        self._is_marked = False
        return "".join(pieces)

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
        outer = self.flow
        if self._run:
            outer.words.add("".join(self._run))
            self._run.clear()
        self.flow = flow
        return outer

    def resume(self, outer: Flow) -> None:
        """End the block and the flow that `enter` began."""
        self.end_block()
        self.flow = outer
