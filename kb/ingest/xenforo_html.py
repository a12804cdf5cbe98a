"""Threads of XenForo forums as saved web pages: every skin, several pages of one thread in the order given.

What is read is the thread: its title and its posts with authors, dates, numbers and ids, quotations with whom they quote, links,
and as furniture the user cells, dates, reactions, signatures, attachments and embedded media. Navigation, notices, side bars and
lists of similar threads are the site's frame and not in the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser

from kb.errors import UnreadableSourceError
from kb.ingest.builder import named, read
from kb.ingest.forum_posts import ThreadWriter
from kb.ingest.html_gate import check_for_lexbor
from kb.ingest.thread_head import write_head
from kb.ingest.xenforo_posts import posts_of
from kb.model import Document, Source


def ingest(files: Sequence[bytes], source: Source) -> Document:
    """The thread's posts as parts, in the order of its pages.

    Raises `UnreadableSourceError` for a page without posts, and for one that no parser should be given.
    """
    reading = read(files, source)
    thread = ThreadWriter()
    is_plain = reading.encoding == "utf-8" and not reading.replaced
    for text, (data, name) in zip(reading.texts, named(files, source), strict=True):
        check_for_lexbor(text, name)
        tree = LexborHTMLParser(data if is_plain else text)
        posts = posts_of(tree)
        if not posts:
            raise UnreadableSourceError(name, source.shape, "no post of a XenForo thread was found in it")
        thread.begin_page()
        write_head(tree, thread)
        thread.write_posts(posts)
    thread.finish_people()
    return thread.writer.finish(reading, source)
