"""Threads of other engines: invented pages beside what should be read, and pages refused with their engine's name."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import UnreadableSourceError
from kb.ingest.forum_html import ingest
from kb.model import Document, Source, SourceFile
from tests.ingest.test_contract import faults
from tests.ingest.test_golden import GOLDEN, outline

PAGES = sorted((GOLDEN / "forum-html").glob("*.html"))


def read(page: str) -> Document:
    return ingest(
        [page.encode()], Source(id="a-thread", files=(SourceFile("a.html", ""),), source_kind="forum", shape="forum-html")
    )


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_outline(path: Path, golden: Callable[[Path, str], None]) -> None:
    document = read(path.read_text(encoding="utf-8"))
    quoted = [f"quotes {part.quote_of.name} in {part.quote_of.host_id}" for part in document.parts if part.quote_of]
    posts = [part for part in document.parts if part.kind == "post"]
    ids = [f"post {part.host_id}: {part.date.raw if part.date else 'no date'}" for part in posts]
    golden(path.with_suffix(".outline"), "\n".join([*outline(document), *ids, *quoted, f"url: {document.url}"]) + "\n")
    assert faults(document) == []


@pytest.mark.parametrize(
    ("page", "cause"),
    [
        ('<meta name="generator" content="Discuz! X3.4"><p>words</p>', "it is a Discuz! forum page whose posts"),
        ('<body id="vanilla_discussion_index"><p>words</p>', "it is a Vanilla forum page whose posts"),
        ('<ul><li component="post"><p>words</p></li></ul>', "it is a NodeBB forum page whose posts"),
        ('<noscript id="flarum-content"><p>words</p></noscript>', "it is a Flarum forum page whose posts"),
        ('<body id="phpbb"><p>a list of topics</p></body>', "it is a phpBB forum page whose posts"),
        ("<p>words</p>", "it is a forum page whose posts"),
        ('<script type="application/ld+json">{"@type": "Comment", "text": "one"}</script>', "it is a forum page whose posts"),
        ('<script type="application/ld+json">' + "[" * 9000 + "</script>", "it is a forum page whose posts"),
    ],
)
def test_pages_refused_by_name(page: str, cause: str) -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        read(f"<html>{page}</html>")
    rest = "this version cannot tell apart; save it as text, or copy its posts into a text file"
    assert str(raised.value) == f"a.html: not read: {cause} {rest}"


def test_scripts_and_comments_show_no_engine() -> None:
    with pytest.raises(UnreadableSourceError, match="it is a forum page"):
        read('<html><!-- <body id="phpbb"> --><script>"<body id=phpbb>"</script><p>words</p></html>')


FRAGMENTS = (
    *(
        '<div itemscope itemtype="https://schema.org/Comment" id="post_2">',
        '<div itemprop="text">',
        '<span itemprop="author">',
        "Ann",
    ),
    *(
        '<meta name="generator" content="vBulletin">',
        '<table id="post7"><tr><td class="alt1">',
        '<div id="post_message_7">',
        "words",
    ),
    *(
        '<body id="phpbb">',
        '<div class="post" id="p7">',
        '<div class="content">',
        "<blockquote><cite>Ann wrote:</cite>",
        "</div>",
    ),
    *(
        '<a href="/u/ann">',
        "</a>",
        '<time datetime="2020-01-01">',
        "</time>",
        '<dl class="postprofile">',
        "</dl>",
        "<sup>1",
        "<li>",
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join))
def test_any_markup_gives_a_sound_document_or_is_unreadable(markup: str) -> None:
    with contextlib.suppress(UnreadableSourceError):
        assert faults(read(markup or " ")) == []
