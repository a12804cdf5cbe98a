"""What kind of page an HTML file is: a XenForo thread, another forum's thread, or an article; told from its tags alone.

Only marks inside tags count: an article that writes about forums shows the same words between tags, and scripts hold pieces of
pages in their strings.
"""

from __future__ import annotations

import re
from html import unescape

from kb.sources.engines import engine_of

LONGEST_TAG = 4_000
UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<raw>script|style|textarea|template)\b.*?(?:</(?P=raw)\b|\Z)", re.DOTALL | re.IGNORECASE
)
XENFORO_ROOT = re.compile(r"""<html\b[^>]{0,4000}?\sid\s*=\s*["']?XF\b""", re.IGNORECASE)
POST_MARKS = ("message--post", "js-post", "js-selectToQuoteEnd", "MessageCard--post")
"""Classes of XenForo 2 that stand in each post, in one skin or another."""
BODY_MARKS = ("bbWrapper", "message-body", "js-selectToQuoteEnd")
MICRODATA_THREAD = re.compile(
    r"""<[a-z][^>]{0,4000}?\sitemtype\s*=\s*["'][^"'>]{0,200}?schema\.org/DiscussionForumPosting\b""", re.IGNORECASE
)
ADDRESSES: tuple[re.Pattern[str], ...] = (
    re.compile(
        r"""<link\b(?=[^>]{0,2000}?\srel\s*=\s*["']?canonical\b)[^>]{0,2000}?\shref\s*=\s*["'](?P<url>[^"'>]{1,2000})""",
        re.IGNORECASE,
    ),
    re.compile(
        r"""<meta\b(?=[^>]{0,2000}?\bproperty\s*=\s*["']?og:url\b)[^>]{0,2000}?\bcontent\s*=\s*["'](?P<url>[^"'>]{1,2000})""",
        re.IGNORECASE,
    ),
    re.compile(r"<!-- saved from url=\(\d+\)(?P<url>\S{1,2000})", re.IGNORECASE),
    re.compile(r"""<base\b[^>]{0,2000}?\shref\s*=\s*["'](?P<url>[^"'>]{1,2000})""", re.IGNORECASE),
)
"""Where a page says it comes from, the best first."""
PUBLISHERS = re.compile(
    r"""<meta\b(?=[^>]{0,2000}?\b(?:property|name)\s*=\s*["']?(?:og:site_name|dc\.publisher|dcterms\.publisher|dcterms\.creator
    |dc\.creator|citation_publisher|govuk:publishing-organisation)\b)[^>]{0,2000}?\bcontent\s*=\s*["'](?P<name>[^"'>]{1,200})""",
    re.IGNORECASE | re.VERBOSE,
)
HOST = re.compile(r"https?://(?:[^/?#@]*@)?(?P<host>[\w.-]+)", re.IGNORECASE)
PAPER = re.compile(r"""<meta\b[^>]{0,2000}?\bname\s*=\s*["']?citation_(?:journal_title|doi)\b""", re.IGNORECASE)
HEAD = 300_000
"""Code points in which a page says what it is; styles stand between."""
BLOCK = re.compile(r"</?(?:p|div|h[1-6]|li|td|tr|section|article|br|dt|dd)\b[^>]{0,4000}>", re.IGNORECASE)
TAG = re.compile(r"<[^<>]{0,4000}>")


def seen(html: str) -> str:
    """The page without scripts, styles and comments."""
    return UNSEEN.sub(" ", html)


def is_xenforo(html: str) -> bool:
    """A page of XenForo 2 that holds posts: its root's id or its posts' classes, and a post's body. `html` as `seen` gives it."""
    has_body = any(has_mark(html, mark) for mark in BODY_MARKS)
    is_skin = bool(XENFORO_ROOT.search(html, 0, HEAD)) and any(has_mark(html, mark) for mark in POST_MARKS)
    is_stripped = has_mark(html, "js-selectToQuoteEnd") or (has_mark(html, "message--post") and has_mark(html, "bbWrapper"))
    return has_body and (is_skin or is_stripped)


def is_xenforo_frame(html: str) -> bool:
    """A page of XenForo 2, with posts or without: a list of threads, a profile, a log-in form."""
    return bool(XENFORO_ROOT.search(html, 0, HEAD))


def is_microdata_thread(html: str) -> bool:
    """A thread of any engine that marks itself as one, post for post, with schema.org's types in its tags."""
    return bool(MICRODATA_THREAD.search(html))


def has_mark(html: str, mark: str) -> bool:
    """Whether a word stands inside a tag."""
    at = html.find(mark)
    while at >= 0:
        start = html.rfind("<", max(0, at - LONGEST_TAG), at)
        if start >= 0 and html[start + 1 : start + 2].isalpha() and html.find(">", start, at) < 0:
            return True
        at = html.find(mark, at + len(mark))
    return False


def address_of(html: str) -> str | None:
    """The web address that a page, with its comments, says it has."""
    found = (pattern.search(html, 0, HEAD) for pattern in ADDRESSES)
    urls = [unescape(match["url"]).strip() for match in found if match]
    return next((url for url in urls if host_of(url)), None)


def host_of(url: str) -> str | None:
    """The host of a web address, in lower case.

    >>> host_of("https://www.Example.org:443/a"), host_of("example.org/a"), host_of("http://[broken")
    ('www.example.org', None, None)
    """
    match = HOST.match(url)
    return match["host"].lower() if match else None


def publishers_of(html: str) -> tuple[str, ...]:
    """Who a page's head says published it."""
    return tuple(unescape(match["name"]).strip() for match in PUBLISHERS.finditer(html, 0, HEAD))


def is_paper(html: str) -> bool:
    """A journal's own page of an article: it carries the marks that reference managers read."""
    return bool(PAPER.search(html, 0, HEAD))


def plain(html: str) -> str:
    """The words of a page, a block a line: enough to count numbered paragraphs in."""
    return unescape(TAG.sub("", BLOCK.sub("\n", html)))


def is_other_thread(html: str) -> bool:
    """A page of another engine, by its marks or by microdata that tells posts apart; its reader names those it cannot read."""
    is_forum = is_microdata_thread(html) or engine_of(html) is not None
    return is_forum and not is_xenforo_frame(html) and not is_xenforo(html)


def is_article(html: str) -> bool:
    """Any other page that is no forum's."""
    return not is_xenforo_frame(html) and not is_xenforo(html) and not is_other_thread(html)


NO_POSTS = "it is a page of a XenForo forum without posts, such as a list of threads; save the pages of the thread itself"
"""Why a page of XenForo without posts is not read."""
