"""What the head of a forum page says of its thread: address, title, the site's name."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kb.ingest.markup.html_blocks import Treat, walk
from kb.ingest.markup.html_events import Attrs, lexbor_events
from kb.ingest.threads.writer import ThreadWriter
from kb.sources.threads import without_page

POLL_MARK = "ollContainer"
POLLS = "[class*=js-pollContainer], .PollContainer"
VOTES = re.compile(r"pollResult-(?:votes|percentage|voters)|block-footer|\bvotes\b")
BUTTONS = re.compile(r"formSubmitRow|button|js-submitDisable|pollResult-bar")
STATED = "link[rel=canonical], meta[property='og:url'], meta[property='og:title'], meta[property='og:site_name'], title"
SHORTEST_TITLE = 4
HEADING = re.compile(r"p-title-value|thread-title|topic-title|headline")
SITE_BEHIND = re.compile(r"\s+(?:[|•·»]|[-–—])\s+[^|•·»]*\Z")


def write_head(tree: LexborHTMLParser, text: str, thread: ThreadWriter) -> None:
    """Write the title of a thread's first page as its title passage, and keep what the page states about itself."""
    stated = _stated(tree)
    draft = thread.writer.draft
    is_first = not draft.passages
    if thread.url is None:
        address = next((value for value in (stated.get("canonical"), stated.get("og:url")) if _is_thread(value)), None)
        thread.url = draft.url = without_page(address)[0] if address else None
        draft.publisher = stated.get("og:site_name") or None
    if draft.title is not None or not is_first:
        return
    heading = _heading(tree, stated)
    if heading is not None and (words := _write_title(heading, thread)):
        draft.title = words
    else:
        draft.title = stated.get("og:title") or SITE_BEHIND.sub("", stated.get("title", "")) or None
    if POLL_MARK in text:
        _write_polls(tree, thread)


def _write_polls(tree: LexborHTMLParser, thread: ThreadWriter) -> None:
    """Write the questions that a thread puts to its readers, with the answers to choose from: content beside the posts."""
    for poll in tree.css(POLLS)[:1]:
        with thread.writer.part("box"):
            walk(lexbor_events(poll), thread.writer, _of_poll, sections=False)


def _of_poll(_tag: str, attrs: Attrs) -> Treat | None:
    """Votes and what to press are the site's; questions and answers stay."""
    classes = attrs.get("class") or ""
    if VOTES.search(classes):
        return Treat(furniture="label")
    return Treat(skip=True) if BUTTONS.search(classes) else None


def _is_thread(address: str | None) -> bool:
    return address is not None and address.startswith(("http://", "https://"))


def _heading(tree: LexborHTMLParser, stated: dict[str, str]) -> LexborNode | None:
    """The heading that is marked as a thread's, else the longest that the page's own title holds."""
    headings = tree.css("h1")
    marked = next((found for found in headings if HEADING.search(_marks(found))), None)
    if marked is not None:
        return marked
    titles = [stated[name] for name in ("og:title", "title") if name in stated]
    held = [(found, " ".join(found.text(separator=" ").split())) for found in [*headings, *tree.css("h2, h3")]]
    named = [pair for pair in held if len(pair[1]) >= SHORTEST_TITLE and any(pair[1] in title for title in titles)]
    return max(named, key=lambda pair: len(pair[1]))[0] if named else None


def _marks(heading: LexborNode) -> str:
    attrs = heading.attributes
    return f"{attrs.get('class')} {attrs.get('itemprop')}"


def _stated(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.head.css(STATED) if tree.head is not None else ():
        attrs = node.attributes
        name = attrs.get("property") or attrs.get("rel") or "title"
        value = attrs.get("content") or attrs.get("href") or (node.text() if node.tag == "title" else "")
        found.setdefault(name, " ".join((value or "").split()))
    return found


def _write_title(heading: LexborNode, thread: ThreadWriter) -> str | None:
    """Write a thread's title; a prefix such as "Solved" in front of it is a label."""
    prefixes = []
    for node in heading.css("[class*=label], [class*=prefix]"):
        words = " ".join(node.text(separator=" ").split())
        if words:
            prefixes.append(words)
    words = " ".join(heading.text(separator=" ").split())
    for prefix in dict.fromkeys(prefixes):
        if words.startswith(prefix) and words != prefix:
            thread.writer.furnish("label", prefix)
            words = words.removeprefix(prefix).strip()
    span = thread.writer.write("title", words)
    return words if span is not None else None
