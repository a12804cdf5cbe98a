"""The saved pages of one thread, read one after the other: what all readers of forum pages do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from selectolax.lexbor import LexborHTMLParser

from kb.ingest.builder import named, read
from kb.ingest.markup.html_gate import check_for_lexbor
from kb.ingest.threads.head import write_head
from kb.ingest.threads.posts import ForumPost
from kb.ingest.threads.writer import ThreadWriter
from kb.model import Document, Source

FindPosts = Callable[[LexborHTMLParser, str, str], list[ForumPost]]
"""The posts of a page from its tree, its text and the name of its file; raises `UnreadableSourceError` where there are none."""


def read_pages(files: Sequence[bytes], source: Source, find_posts: FindPosts) -> Document:
    """The document of a thread's pages in the order given.

    Raises `UnreadableSourceError` for a page that no parser should be given, and where `find_posts` does.
    """
    reading = read(files, source)
    is_plain = reading.encoding == "utf-8" and not reading.replaced
    thread = ThreadWriter()
    for text, (data, name) in zip(reading.texts, named(files, source), strict=True):
        check_for_lexbor(text, name)
        tree = LexborHTMLParser(data if is_plain else text)
        posts = find_posts(tree, text, name)
        thread.writer.begin_file()
        write_head(tree, text, thread)
        thread.write_posts(posts)
    thread.finish()
    return thread.writer.finish(reading, source)
