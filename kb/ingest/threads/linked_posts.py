"""Posts from the linked data in the head of a page, for engines whose page marks them nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from kb.ingest.markup.html_blocks import nothing_special
from kb.ingest.markup.html_events import NO_ATTRS, Event
from kb.ingest.threads.posts import Body, ForumPost, Line
from kb.text.dates import parse_date

POST_TYPES = frozenset(["DiscussionForumPosting", "Comment", "Question", "Answer"])
UNREADABLE: dict[str, object] = {}
"""Stands for a script that is no JSON: it holds no posts, and a page without posts is refused."""
HELD_IN = ("suggestedAnswer", "acceptedAnswer", "comment", "mainEntity", "@graph")


def linked_posts(tree: LexborHTMLParser) -> list[ForumPost]:
    """The posts that the page's JSON-LD holds with their words, in its order; empty where there are fewer than two."""
    posts = [post for script in tree.css("script[type='application/ld+json']") for post in _posts(script.text())]
    return posts if len(posts) > 1 else []


def _posts(script: str) -> Iterator[ForumPost]:
    waiting = [_loaded(script)]
    while waiting:
        entry = waiting.pop()
        if isinstance(entry, list):
            waiting += reversed(entry)
        elif isinstance(entry, dict):
            if entry.get("@type") in POST_TYPES and isinstance(entry.get("text"), str):
                yield _post(entry)
            waiting += [entry[name] for name in HELD_IN if isinstance(entry.get(name), dict | list)]


def _loaded(script: str) -> object:
    """What a script holds; nothing where it is no JSON, or nested as no page's own is."""
    try:
        return json.loads(script)
    except (ValueError, RecursionError):
        return UNREADABLE


def _post(entry: dict[str, object]) -> ForumPost:
    post, words = ForumPost(), str(entry["text"])
    author = entry.get("author")
    name = author.get("name") if isinstance(author, dict) else author
    if isinstance(name, str) and name.strip():
        post.author = " ".join(name.split())
        post.items.append(Line("user-cell", post.author, "name", (post.author,)))
    stated = entry.get("datePublished") or entry.get("dateCreated")
    if isinstance(stated, str) and stated.strip():
        post.date = parse_date(stated)
        post.items.append(Line("label", stated))
    post.items.append(Body(lambda _: _paragraphs(words), nothing_special))
    return post


def _paragraphs(words: str) -> Iterator[Event]:
    for paragraph in words.splitlines():
        yield "start", "p", NO_ATTRS
        yield "text", paragraph, NO_ATTRS
        yield "end", "p", NO_ATTRS
