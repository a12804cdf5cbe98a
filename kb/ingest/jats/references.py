"""Notes and references of a JATS article, and what every block needs: its label, its part, its end."""

from __future__ import annotations

from collections.abc import Iterable

from kb.ingest.jats.inline import FIELDS
from kb.ingest.jats.walk import Flow, Step, Walk, apart, into
from kb.ingest.markup.xml_gate import Element, children_of, local_name
from kb.ingest.words import in_one_line
from kb.model.document import PartKind

STANDING = frozenset(
    ("fn-group", "table-wrap-foot", "back", "sec", "notes", "app", "ref-list", "table-wrap", "boxed-text", "ack")
)
"""Where a note stands as a block of its own; anywhere else it hangs on a word."""


FIELD_NAMES = frozenset(FIELDS)


def label_words(walk: Walk, label: Element | None) -> str | None:
    """What an element with this label calls itself: "2.1", "Figure 3"."""
    return None if label is None else in_one_line(walk.gather(label).text).strip() or None


def block(walk: Walk, element: Element) -> Step:
    """A paragraph, or whatever stands for one; what floats in it follows it."""
    walk.begin_block()

    def leave() -> list[Element]:
        walk.end_block()
        floats, walk.flow.floats = walk.flow.floats, []
        return floats

    return into(element, leave)


def in_part(walk: Walk, element: Element, kind: PartKind, flow: Flow, children: Iterable[Element]) -> Step:
    """Open a part whose words, and those of these children, go to `flow`."""
    opened = walk.writer.open_part(kind)
    outer = walk.enter(flow)
    level, walk.level = walk.level, 0

    def leave() -> None:
        walk.resume(outer)
        walk.writer.close_part(opened)
        walk.level = level
        walk.latest = None

    return element.text, iter(children), leave


def note(walk: Walk, element: Element) -> Step:
    """`fn`: below a table, in a group or section it is written where it stands; on a word it is kept for the end of the text."""
    parent = element.getparent()
    if walk.flow.blocks is not None:
        return block(walk, element)
    if not walk.flow.is_one and parent is not None and local_name(parent) in STANDING:
        return _standing(walk, element)
    return _hanging(walk, element)


def _standing(walk: Walk, element: Element) -> Step:
    walk.end_block()
    (label,), rest = apart(element, "label")
    name = label_words(walk, label)
    step = in_part(walk, element, "note", Flow("note", label=name), rest)
    walk.writer.innermost().label = name
    return step


def _hanging(walk: Walk, element: Element) -> Step:
    """The note's label marks its place, where no other mark does."""
    walk.disown(element)
    walk.notes += 1
    key = walk.scope.key(element.get("id") or f"note {walk.notes}")
    (label,), rest = apart(element, "label")
    name = label_words(walk, label)
    if name and walk.words and not walk.is_target(element):
        walk.words.mark(name, "note", key)
    kept = Flow("note", blocks=[])
    outer = walk.enter(kept)

    def leave() -> None:
        walk.resume(outer)
        walk.writer.note(key, name, kept.blocks or [])

    return element.text, iter(rest), leave


def citation(walk: Walk, element: Element) -> Step | None:
    """`mixed-citation` and its like: fields in the order of the file, read without the stack where they only hold words."""
    parent = element.getparent()
    if parent is None or local_name(parent) != "ref":
        return block(walk, element)
    walk.begin_block()
    walk.add(element.text)
    for inside in children_of(element):
        if inside.tag not in FIELD_NAMES or len(inside):
            walk.read(inside)
        else:
            if walk.is_ended:
                walk.part_words()
            walk.add(inside.text)
        walk.add(inside.tail)
    walk.end_block()
    return None


def reference(walk: Walk, element: Element) -> Step:
    """`ref`: one passage, a line for each citation in it, its label as furniture."""
    if walk.is_plain:
        return block(walk, element)
    walk.end_block()
    (label,), rest = apart(element, "label")
    name = label_words(walk, label)
    outer = walk.enter(Flow("reference", is_one=True))

    def leave() -> None:
        words = walk.words
        walk.resume(outer)
        walk.land(walk.writer.write("reference", words, label=name))

    return element.text, iter(rest), leave
