"""Which thread a saved forum page belongs to, and which of its pages it is, told from its bytes alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

HEAD = 400_000
"""Bytes in which a page says what it is."""
LINK_TAG = re.compile(r"<(?:link|meta)\b[^<>]*>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""(?<![\w:-])([\w:-]++)\s*+=\s*(?:"([^"]*)"|'([^']*)')""")
TITLE = re.compile(r"<title[^<>]*>([^<]{0,500})</title", re.IGNORECASE)
# /threads/some-words.123/page-2, /topic/123-some-words/page/2/, /t/some-words/123?page=2, showthread.php?t=123&page=2
PAGE_IN_PATH = re.compile(r"/(?:page-?/?|p)(?P<page>\d{1,6})/?\Z", re.IGNORECASE)
POST_IN_PATH = re.compile(r"/(?:post-\d+|latest|unread|latest-post)/?\Z", re.IGNORECASE)
THREAD_PATH = re.compile(
    r"/(?:threads|topics?|t|discussions?|questions?|d|viewtopic|showthread|tid)[/.-]|(?:viewtopic|showthread|index)\.php",
    re.IGNORECASE,
)
THREAD_KEY = re.compile(r"""\bdata-content-key=["']thread-(\d+)["']""")
XENFORO_PERMALINK = re.compile(r"""href=["']([^"'\s]*?/threads/[^"'/\s]*?\.?\d+/)(?:page-\d+)?(?:\#?post-\d+)""")
CURRENT_PAGE = re.compile(r"""pageNav-page--current[^<>]*>\s*+(?:<a[^<>]*>)?\s*+(\d{1,6})\s*<""")
TITLE_PAGE = re.compile(
    r"\s*[|–—-]\s*(?:page|seite|página|pagina|sida|side|strona|страница)\s+(\d{1,6})\b.*\Z", re.IGNORECASE | re.DOTALL
)
POST_IN_HREF = re.compile(r"(?:\bpost-|/posts/|goto/post\?id=|[?&#]p(?:ost)?=?)(\d{1,12})(?!\d)")
PAGE_KEYS = frozenset(["page", "pagenumber"])
POSTS_BEFORE = re.compile(r"(?:start|topic=(?P<topic>\d{1,12})[.]|st)=?(?P<before>\d{1,7})", re.IGNORECASE)
"""Addresses that count the posts before the page: viewtopic.php?t=7&start=20, index.php?topic=7.20"""
MARKS = frozenset(["ref", "fbclid", "gclid", "s", "sid", "highlight", "sort", "order"])
"""Query fields that do not say which thread it is."""


@dataclass(frozen=True)
class Thread:
    """The thread a page is of: its address without the page, the page's number, and the title of the page.

    Pages count from 1; where an address counts posts, the number is that of the page's first post.
    """

    key: str
    """Equal for pages of one thread: the address in small letters, or what the page gives in its place."""
    url: str | None
    page: int
    title: str | None


def thread_of(data: bytes) -> Thread | None:
    """The thread that a saved page says it is of, or None where it does not say."""
    head = data[:HEAD].decode("utf-8", "replace")
    title = TITLE.search(head)
    words = " ".join(unescape(title[1]).split()) if title else ""
    in_title = TITLE_PAGE.search(words)
    address = stated_address(head)
    if address and THREAD_PATH.search(address):
        url, page = without_page(address)
        return Thread(_key(url), url, page or _shown_page(head, in_title), words or None)
    permalink = XENFORO_PERMALINK.search(head)
    number = THREAD_KEY.search(head)
    if permalink:
        key = _key(unescape(permalink[1]))
    elif number:
        key = f"thread-{number[1]}"
    else:
        return None
    return Thread(key, None, _shown_page(head, in_title), words or None)


def stated_address(head: str) -> str | None:
    """The address that the head of a page gives as its own: canonical before `og:url`."""
    found: dict[str, str] = {}
    for tag in LINK_TAG.finditer(head):
        fields = {name.lower(): unescape(one or other) for name, one, other in ATTRIBUTE.findall(tag[0])}
        if fields.get("rel", "").lower() == "canonical":
            found.setdefault("canonical", fields.get("href", ""))
        elif fields.get("property", "").lower() == "og:url":
            found.setdefault("og:url", fields.get("content", ""))
    return next((found[name].strip() for name in ("canonical", "og:url") if found.get(name, "").startswith("http")), None)


def without_page(address: str) -> tuple[str, int | None]:
    """An address without the part that says which page of a thread it is, and that page's number.

    >>> without_page("https://forum.example/threads/a-question.12/page-3")
    ('https://forum.example/threads/a-question.12/', 3)
    >>> without_page("https://forum.example/showthread.php?t=12&page=2#post9")
    ('https://forum.example/showthread.php?t=12', 2)
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return address, None
    path, page = POST_IN_PATH.sub("/", parts.path), None
    in_path = PAGE_IN_PATH.search(path)
    if in_path:
        page, path = int(in_path["page"]), path[: in_path.start()] + "/"
    fields = []
    for name, value in parse_qsl(parts.query):
        counted = POSTS_BEFORE.fullmatch(f"{name}={value}")
        if name.lower() in PAGE_KEYS and value.isdecimal() and len(value) < 7:
            page = int(value)
        elif counted:
            page = int(counted["before"]) + 1
            fields += [("topic", counted["topic"])] if counted["topic"] else []
        elif name.lower() not in MARKS:
            fields.append((name, value))
    return urlunsplit((parts.scheme, parts.netloc, path, urlencode(fields), "")), page


def post_in(href: str) -> str | None:
    """The id of the post that an address leads to.

    >>> post_in("/threads/a-question.12/post-345"), post_in("#post-345"), post_in("/members/ann.3/")
    ('345', '345', None)
    """
    match = POST_IN_HREF.search(href)
    return match[1] if match else None


def _key(url: str) -> str:
    try:
        parts = urlsplit(url.lower())
    except ValueError:
        return url.lower()
    return f"{parts.netloc}{parts.path.rstrip('/')}?{parts.query}".rstrip("?")


def _shown_page(head: str, in_title: re.Match[str] | None) -> int:
    shown = CURRENT_PAGE.search(head)
    return int(shown[1]) if shown else int(in_title[1]) if in_title else 1
