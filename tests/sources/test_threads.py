"""Heads of saved forum pages beside the thread and the page they belong to."""

from __future__ import annotations

import pytest

from kb.sources.engines import engine_of
from kb.sources.threads import Thread, post_in, thread_of, without_page

CANONICAL = '<link rel="canonical" href="{}"><title>A thread | A forum</title>'


@pytest.mark.parametrize(
    ("address", "key", "page"),
    [
        ("https://f.example/threads/a-thread.7/", "f.example/threads/a-thread.7", 1),
        ("https://f.example/threads/a-thread.7/page-12", "f.example/threads/a-thread.7", 12),
        ("https://f.example/threads/a-thread.7/page-2#post-9", "f.example/threads/a-thread.7", 2),
        ("https://F.example/Threads/a-thread.7/post-99", "f.example/threads/a-thread.7", 1),
        ("https://f.example/t/a-topic/55?page=3", "f.example/t/a-topic/55", 3),
        ("https://f.example/topic/55-a-topic/page/4/", "f.example/topic/55-a-topic", 4),
        ("https://f.example/showthread.php?t=7&amp;page=2", "f.example/showthread.php?t=7", 2),
        ("https://f.example/viewtopic.php?f=1&t=7&start=20", "f.example/viewtopic.php?f=1&t=7", 21),
        ("https://f.example/index.php?topic=7.40", "f.example/index.php?topic=7", 41),
    ],
)
def test_pages_of_one_thread_have_one_key(address: str, key: str, page: int) -> None:
    thread = thread_of(CANONICAL.format(address).encode())
    assert thread is not None
    assert (thread.key, thread.page, thread.title) == (key, page, "A thread | A forum")


@pytest.mark.parametrize(
    ("head", "thread"),
    [
        (
            '<meta property="og:url" content="https://f.example/threads/a.7/page-2"/>',
            Thread("f.example/threads/a.7", "https://f.example/threads/a.7/", 2, None),
        ),
        (
            '<title>A thread | Page 3 | A forum</title><a href="/threads/a.7/post-9">#41</a>',
            Thread("/threads/a.7", None, 3, "A thread | Page 3 | A forum"),
        ),
        (
            '<html data-content-key="thread-7"><li class="pageNav-page pageNav-page--current"><a href="?">2</a></li>',
            Thread("thread-7", None, 2, None),
        ),
        ('<link rel="canonical" href="https://f.example/an-article/">', None),
        ('<link rel="canonical" href="/threads/a.7/">', None),
        ("<p>https://f.example/threads/a.7/page-2</p>", None),
        ("", None),
    ],
)
def test_what_a_page_without_canonical_says(head: str, thread: Thread | None) -> None:
    assert thread_of(head.encode()) == thread


@pytest.mark.parametrize(
    ("href", "post"),
    [
        ("/threads/a.7/post-9", "9"),
        ("/posts/9/", "9"),
        ("/goto/post?id=9", "9"),
        ("showthread.php?p=9#post9", "9"),
        ("#post-9", "9"),
        ("/threads/a.7/page-2", None),
        ("/members/ann.9/", None),
        ("/threads/compost-heaps.9/", None),
    ],
)
def test_the_post_in_an_address(href: str, post: str | None) -> None:
    assert post_in(href) == post


def test_an_address_that_is_none_stays() -> None:
    assert without_page("http://[broken") == ("http://[broken", None)


@pytest.mark.parametrize(
    ("html", "engine"),
    [
        ('<html id="XenForo" class="Public">', "XenForo 1"),
        ('<meta name="generator" content="Discourse 3.2 - https://github.com">', "Discourse"),
        ('<td class="alt1" id="td_post_12">', "vBulletin"),
        ('<body id="phpbb" class="nojs">', "phpBB"),
        ('<body class="ipsApp ipsApp_front">', "Invision Community"),
        ('<body id="firefox" class="action_display">', "Simple Machines"),
        ('<div class="post_body" id="pid_12">', "MyBB"),
        ('<td class="t_f" id="postmessage_12">', "Discuz!"),
        ('<body id="vanilla_discussion_index">', "Vanilla"),
        ('<li component="post" data-pid="1">', "NodeBB"),
        ('<div id="flarum-loading">', "Flarum"),
        ('<html id="XF">', None),
        ('<meta name="generator" content="WordPress 6.5">', None),
        ("<p>It runs on phpBB, and postprofile is a class of it.</p>", None),
        ('<meta name="keywords" content="Discourse analysis">', None),
    ],
)
def test_engines_by_their_marks(html: str, engine: str | None) -> None:
    assert engine_of(html) == engine
