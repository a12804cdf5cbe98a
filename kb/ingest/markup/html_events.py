"""The tree of an HTML page as events, so that its depth costs no stack and any parser will do."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Attrs: TypeAlias = Mapping[str, str | None]
Event: TypeAlias = tuple[Literal["start", "text", "end"], str, Attrs]
"""What begins or ends and its tag, or "text" and the words."""
NO_ATTRS: Attrs = {}

SKIPPED = frozenset(
    {"audio", "button", "canvas", "datalist", "embed", "head", "iframe", "input", "link", "math", "meta", "noscript", "object"}
    | {"script", "select", "style", "svg", "template", "textarea", "title", "video"}
)
"""Elements whose content is not the words of a page."""
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt"}
    | {"fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html"}
    | {"legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th"}
    | {"thead", "tr", "ul"}
)
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])


def lexbor_events(root: LexborNode, without: Container[int] = ()) -> Iterator[Event]:
    """The events of what is inside a selectolax element, but for elements whose `mem_id` is in `without`."""
    node = root.first_child
    while node is not None:
        tag = node.tag or ""
        if node.is_text_node:
            yield "text", node.text_content or "", NO_ATTRS
        elif node.is_element_node and node.mem_id not in without:
            yield "start", tag, node.attributes
            if node.first_child is not None:
                node = node.first_child
                continue
            yield "end", tag, NO_ATTRS
        following = node.next
        while following is None:
            parent = node.parent
            if parent is None or parent.mem_id == root.mem_id:
                return
            node = parent
            yield "end", node.tag or "", NO_ATTRS
            following = node.next
        node = following


def inside(tag: str, stream: Iterator[Event]) -> list[Event]:
    """The events up to the end of an element that has just begun, without that end."""
    if tag in VOID:
        next(stream, None)
        return []
    depth, found = 0, []
    for event in stream:
        depth += (event[0] == "start") - (event[0] == "end")
        if depth < 0:
            break
        found.append(event)
    return found


def skip(tag: str, stream: Iterator[Event]) -> None:
    """Pass over an element that has just begun."""
    inside(tag, stream)


def plain(events: Iterable[Event]) -> str:
    """The text of some events, blocks and line breaks as white space."""
    words = (
        data if kind == "text" else " " if data in BLOCKS or data == "br" else "" for kind, data, _ in without_skipped(events)
    )
    return "".join(words)


def without_skipped(events: Iterable[Event]) -> Iterator[Event]:
    stream = iter(events)
    for event in stream:
        if event[0] == "start" and event[1] in SKIPPED:
            skip(event[1], stream)
        else:
            yield event
