"""What kind of page an HTML file is: a XenForo thread, another forum's thread, or an article; told from its tags alone.

Only marks inside tags count: an article that writes about forums shows the same words between tags. `tags` are always those
that `kb.sources.tags.tags_of` gives.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Literal

from kb.sources.engines import engine_of
from kb.sources.tags import classes_of
from kb.sources.threads import stated_address

Page = Literal["xenforo", "xenforo without posts", "thread", "article"]
XENFORO_ROOT = re.compile(r"""<html\b[^>]*?\sid\s*=\s*["']?XF\b""", re.IGNORECASE)
POST_CLASSES = frozenset({"message--post", "js-post", "js-selectToQuoteEnd", "MessageCard--post"})
"""Classes of XenForo 2 that stand in each post, in one skin or another."""
BODY_CLASSES = frozenset({"bbWrapper", "message-body", "js-selectToQuoteEnd"})
MICRODATA_THREAD = re.compile(
    r"""<\w[^>]*?\sitemtype\s*=\s*["'][^"'>]{0,200}?schema\.org/DiscussionForumPosting\b""", re.IGNORECASE
)
SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{1,6}\)(?P<url>\S{1,2000})", re.IGNORECASE)
"""What browsers write into the pages they save."""
PUBLISHER = re.compile(
    r"""\b(?:property|name)\s*=\s*["']?(?:og:site_name|dc\.publisher|dcterms\.publisher|dcterms\.creator|dc\.creator
    |citation_publisher|govuk:publishing-organisation)\b""",
    re.IGNORECASE | re.VERBOSE,
)
CONTENT = re.compile(r"""\scontent\s*=\s*["'](?P<name>[^"'>]{1,200})""", re.IGNORECASE)
PAPER = re.compile(r"""<meta\b[^>]*?\bname\s*=\s*["']?citation_(?:journal_title|doi)\b""", re.IGNORECASE)
HOST = re.compile(r"https?://(?:[^/?#@\s]{0,100}@)?(?P<host>[\w.-]+)", re.IGNORECASE)
HEAD = 300_000
"""Code points in which a page says what it is; styles stand between."""
BLOCK = re.compile(r"</?(?:p|div|h[1-6]|li|td|tr|section|article|br|dt|dd)\b[^<>]*>", re.IGNORECASE)
TAG = re.compile(r"<[^<>]*>")


def page_of(tags: str) -> Page:
    """What kind of page it is: every page is one, so that no two readers want it.

    A thread of another engine is told by the engine's marks or by microdata that tells posts apart; its reader names those that
    it cannot read.
    """
    is_framed = bool(XENFORO_ROOT.search(tags))
    if _has_xenforo_posts(classes_of(tags), is_framed=is_framed):
        return "xenforo"
    if is_framed:
        return "xenforo without posts"
    return "thread" if MICRODATA_THREAD.search(tags) or engine_of(tags) else "article"


def _has_xenforo_posts(classes: frozenset[str], *, is_framed: bool) -> bool:
    """Posts of XenForo 2: a body, and the root's id or enough of their classes."""
    is_skin = is_framed and bool(classes & (POST_CLASSES | {"bbWrapper"}))
    is_stripped = "js-selectToQuoteEnd" in classes or {"message--post", "bbWrapper"} <= classes
    return bool(classes & BODY_CLASSES) and (is_skin or is_stripped)


NO_POSTS = "it is a page of a XenForo forum without posts, such as a list of threads; save the pages of the thread itself"
"""Why a page of XenForo without posts is not read."""


def address_of(html: str, tags: str) -> str | None:
    """The web address that a page says it has: in its head, else where its browser noted it."""
    saved = SAVED_FROM.search(html, 0, HEAD)
    stated = (stated_address(tags[:HEAD]), saved["url"] if saved else None)
    return next((url for url in stated if url and host_of(url)), None)


def host_of(url: str) -> str | None:
    """The host of a web address, in lower case.

    >>> host_of("https://www.Example.org:443/a"), host_of("example.org/a"), host_of("http://[broken")
    ('www.example.org', None, None)
    """
    match = HOST.match(url)
    return match["host"].lower() if match else None


def publishers_of(tags: str) -> tuple[str, ...]:
    """Who a page's head says published it."""
    metas = (tag for tag in tags[:HEAD].split("\n") if tag[:5].lower() == "<meta" and PUBLISHER.search(tag))
    named = (CONTENT.search(tag) for tag in metas)
    return tuple(unescape(match["name"]).strip() for match in named if match)


def is_paper(tags: str) -> bool:
    """A journal's own page of an article: it carries the marks that reference managers read."""
    return bool(PAPER.search(tags, 0, HEAD))


def plain(html: str) -> str:
    """The words of a page, a block a line: enough to count numbered paragraphs in."""
    return unescape(TAG.sub("", BLOCK.sub("\n", html)))
