"""Threads of other forum engines as saved web pages: by the marks of an engine, else by schema.org's.

A page whose posts cannot be told apart is refused with the engine's name.
"""

from __future__ import annotations

from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser

from kb.errors import UnreadableSourceError
from kb.ingest.threads.linked_posts import linked_posts
from kb.ingest.threads.pages import read_pages
from kb.ingest.threads.post_reader import posts_of
from kb.ingest.threads.posts import ForumPost
from kb.ingest.threads.skins import MICRODATA, SKINS, XENFORO
from kb.model import Document, Source
from kb.sources.engines import engine_of
from kb.sources.tags import tags_of

UNKNOWN = "it is a forum page whose posts this version cannot tell apart; save it as text, or copy its posts into a text file"


def ingest(files: Sequence[bytes], source: Source) -> Document:
    """The thread's posts as parts, in the order of its pages.

    Raises `UnreadableSourceError`, naming the engine where it is known, for a page whose posts cannot be told apart.
    """
    return read_pages(files, source, _posts)


def _posts(tree: LexborHTMLParser, text: str, name: str) -> list[ForumPost]:
    engine = engine_of(tags_of(text))
    skins = [SKINS[engine]] if engine in SKINS else [XENFORO] if engine == "XenForo 1" else []
    for skin in [*skins, MICRODATA]:
        posts = posts_of(tree, skin)
        if posts:
            return posts
    posts = linked_posts(tree)
    if posts:
        return posts
    cause = UNKNOWN if engine is None else UNKNOWN.replace("a forum page", f"a {engine} forum page")
    raise UnreadableSourceError(name, "forum-html", cause)
