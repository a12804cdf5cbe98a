"""Threads of XenForo forums as saved web pages: every skin, several pages of one thread in the order given.

What is read is the thread: its title and its posts with authors, dates, numbers and ids, quotations with whom they quote, links,
and as furniture the user cells, dates, reactions, signatures, attachments and embedded media. Navigation, notices, side bars and
lists of similar threads are the site's frame and not in the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser

from kb.errors import UnreadableSourceError
from kb.ingest.threads.pages import read_pages
from kb.ingest.threads.post_reader import posts_of
from kb.ingest.threads.posts import ForumPost
from kb.ingest.threads.skins import XENFORO
from kb.model import Document, Source


def ingest(files: Sequence[bytes], source: Source) -> Document:
    """The thread's posts as parts, in the order of its pages.

    Raises `UnreadableSourceError` for a page without posts, and for one that no parser should be given.
    """
    return read_pages(files, source, _posts)


def _posts(tree: LexborHTMLParser, _text: str, name: str) -> list[ForumPost]:
    posts = posts_of(tree, XENFORO)
    if not posts:
        raise UnreadableSourceError(name, "xenforo-html", "no post of a XenForo thread was found in it")
    return posts
