"""What stands in the body of a forum post: quotations, cards, media and spoilers, beside the words of its author."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Container, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from urllib.parse import quote

from selectolax.lexbor import LexborNode

from kb.ingest.markup.html_blocks import DEEPEST_QUOTE, Treat
from kb.ingest.markup.html_events import NO_ATTRS, Attrs, Event, inside, lexbor_events, plain
from kb.ingest.threads.posts import Body, BodyNotes
from kb.model import QuoteOf
from kb.sources.threads import post_in

SAID = re.compile(
    r"""(?P<who>\S.*?) \s* \b(?: said | wrote | schrieb | sagte | a[ ]dit | a[ ]écrit | dijo | escribió | ha[ ]scritto
    | ha[ ]detto | disse | escreveu | zei | schreef | skrev | sa | kirjoitti | sanoi | napisał(?:\(?a\)?)?
    | powiedział(?:\(?a\)?)?
    | написал(?:\(?а\)?)? | сказал(?:\(?а\)?)? | a[ ]spus | írta | dedi | yazdı | řekl(?:\(a\))?
    | napsal(?:\(a\))? )\s* [:：]?""",
    re.IGNORECASE | re.VERBOSE,
)
ROLE = re.compile(
    r"""(?:^|\s)(?:
      (?P<button> (?:bbCodeBlock-(?:expandLink|shrinkLink) | js-expandLink | js-shrinkLink | u-srOnly | u-hidden | u-jsOnly
        | (?:\w+-)?(?:ad|ads|advert|adsense|adsbygoogle|sponsor|primis)(?:[-_][\w-]+)? | js-extraPhrases | contentRow-figure
        | js-selectToQuoteEnd) (?!\S))
    | (?P<quote> bbCodeBlock--quote (?!\S) | bbCodeQuote | quoteContainer (?!\S))
    | (?P<title> bbCodeBlock-title (?!\S) | attribution (?!\S) | bbCodeSpoiler-button | bbCodeBlock-header (?!\S)
        | quotetitle | quoteheader | title (?!\S) | ipsQuote_(?:citation|title) )
    | (?P<embed> contentRow-(?:snippet|minor) )
    | (?P<hidden> bbCodeBlock--hidden | bbCodeHide | messageHide | hiddenContent | js-hiddenReply )
    | (?P<media> bbMediaWrapper (?!\S) )
    )""",
    re.VERBOSE,
)
POST_SOURCE = re.compile(r"post\s*:\s*(\d{1,12})")
MEDIA = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "twitter": "https://twitter.com/i/status/{}",
    "spotify": "https://open.spotify.com/{}",
    "twitch": "https://www.twitch.tv/{}",
}
"""Where a host's key for a medium leads; others are kept by their key alone."""
TREATED = {
    "button": Treat(skip=True),
    "title": Treat(furniture="label"),
    "embed": Treat(furniture="embed"),
    "hidden": Treat(furniture="label"),
}
NAME_KEYS = ("data-quote", "data-author", "data-ipsquote-username", "data-username")
SOURCE_KEYS = ("data-source", "data-ipsquote-contentcommentid", "data-post")
MOST_LOOKS = 20_000
"""Events that may be looked at ahead in one body: enough for honest posts, and a bound for nested ones."""
HEAD_EVENTS = 24
"""How far behind its beginning the title of a quotation may stand."""


def post_body(node: LexborNode, known: Sequence[str], posts: Container[int]) -> Body:
    """The body of a post, without other `posts` inside it, given by their `mem_id`.

    `known` holds the members of the thread, longest name first, by the time the body is written.
    """
    return Body(lambda notes: _Events(lexbor_events(node, posts), notes, known), treat)


def treat(tag: str, attrs: Attrs) -> Treat | None:
    """What is special in the body of a post."""
    if tag == "iframe":
        source = attrs.get("src") or ""
        return Treat(furniture="embed", words=source, href=source) if source else None
    classes = attrs.get("class")
    if tag == "blockquote":
        return Treat(part="quotation", fields={"quote_of": _quote_of(attrs)})
    if tag == "cite":
        return TREATED["title"]
    return TREATED.get(_role(classes) or "") if classes else None


@lru_cache(maxsize=1024)
def _role(classes: str) -> str | None:
    """What an element is in the body of a post by its classes, of which forums have few."""
    role = ROLE.search(classes)
    return role.lastgroup if role else None


def role_in(attrs: Attrs) -> str | None:
    """What the classes of an element say it is in the body of a post."""
    classes = attrs.get("class")
    return _role(classes) if classes else None


def _quote_of(attrs: Attrs) -> QuoteOf | None:
    name, source = attrs.get("data-quote") or None, attrs.get("data-source") or ""
    post = POST_SOURCE.search(source)
    return QuoteOf(name, post[1] if post else None) if name or post else None


def said_by(words: str, known: Sequence[str]) -> str | None:
    """Whose words a quotation's title says follow: "Ann said:", or a known name in front of words in another language."""
    words = words.rstrip("↑ ").strip()
    match = SAID.fullmatch(words)
    if match:
        return match["who"]
    return next((name for name in known if words.startswith(name + " ") and words.endswith((":", "："))), None)


class _Events:
    """The events of a post's body, with what its elements' classes say put into events that need no classes."""

    def __init__(self, stream: Iterator[Event], notes: BodyNotes, known: Sequence[str]) -> None:
        self._stream = stream
        self._ahead: deque[Event] = deque()
        self._notes, self._known = notes, known
        self._open: list[bool] = []
        self._is_inner = False
        self._looks = MOST_LOOKS

    def __iter__(self) -> Iterator[Event]:
        stream, ahead, is_quote = self._stream, self._ahead, self._open
        while True:
            event = ahead.popleft() if ahead else next(stream, None)
            if event is None:
                return
            if event[0] == "start":
                change = CHANGES.get(event[1])
                event = change(self, event) if change else event
                if event[0] == "start":
                    is_quote.append(event[1] == "blockquote")
            elif event[0] == "end" and is_quote:
                is_quote.pop()
            yield event

    def _pull(self) -> Event:
        return self._ahead.popleft() if self._ahead else next(self._stream)

    def image(self, event: Event) -> Event:
        """A smiley is the words its author typed; other pictures are counted."""
        attrs = event[2]
        self._pull()
        classes = attrs.get("class") or ""
        if "smilie" in classes or "emoji" in classes:
            return "text", attrs.get("alt") or "", NO_ATTRS
        if "bbCodeBlockUnfurl-icon" not in classes and "avatar" not in classes:
            self._notes.pictures += 1
        return "text", "", NO_ATTRS

    def division(self, event: Event) -> Event:
        role = role_in(event[2])
        if role == "quote":
            return self.quotation(("start", "blockquote", event[2]))
        if role == "media":
            return self.medium(event)
        self._notes.hidden += role == "hidden"
        return event

    def medium(self, event: Event) -> Event:
        """An embedded medium: as the frame it is in, else by the host's key for it, else as the words that stand for it."""
        own = self._ahead_in(event)
        if own is None:
            return event
        attrs = event[2]
        sources = [attr.get("src") or attr.get("data-src") for kind, _, attr in [event, *own] if kind == "start"]
        source = next((found for found in sources if found and not found.startswith("data:")), None)
        site, key = attrs.get("data-media-site-id"), attrs.get("data-media-key")
        if source is None and site and key:
            source = MEDIA[site].format(quote(key, safe="/:")) if site in MEDIA else f"{site} {key}"
        if source is None:
            self._notes.unread += 1
            self._ahead.extendleft([("end", "div", NO_ATTRS), *reversed(own)])
            return "start", "div", NO_ATTRS
        self._ahead.appendleft(("end", "iframe", NO_ATTRS))
        return "start", "iframe", {"src": source}

    def _ahead_in(self, event: Event) -> list[Event] | None:
        """Take what is in an element that has just begun, with its end; None where a body has made it look ahead too often."""
        if self._looks <= 0:
            return None
        own = inside(event[1], iter(self._pull, None))
        self._looks -= 1 + len(own)
        return own

    def quotation(self, event: Event) -> Event:
        """A quotation with its author and post in the attributes that XenForo 2 uses, wherever the page has them."""
        attrs = event[2]
        if self._is_inner or "quoteContainer" in (attrs.get("class") or ""):
            self._is_inner = False
            return "start", "div", attrs
        self._notes.deep_quotes += sum(self._open) >= DEEPEST_QUOTE
        name = next((attrs[key] for key in NAME_KEYS if attrs.get(key)), None)
        source = next((attrs[key] for key in SOURCE_KEYS if attrs.get(key)), None)
        if not (name and source):
            title, post = self._title_ahead()
            name, source = name or said_by(title, self._known), source or post
        stated = {"data-quote": name, "data-source": f"post: {source}" if source and source.isdecimal() else source}
        self._notes.note_quoted(stated)
        return "start", "blockquote", {**attrs, **stated}

    def aside(self, event: Event) -> Event:
        """A quotation around which another element holds its author."""
        if "quote" not in (event[2].get("class") or "").split():
            return event
        quotation = self.quotation(event)
        self._is_inner = True
        return quotation

    def _title_ahead(self) -> tuple[str, str | None]:
        """The words of the title of a quotation that has just begun, and the post they lead to."""
        ahead: list[Event] = []
        words, source, depth = "", None, 0
        for event in islice(iter(self._pull, None), HEAD_EVENTS):
            ahead.append(event)
            is_title = event[0] == "start" and (event[1] == "cite" or role_in(event[2]) == "title")
            depth += is_title or (depth > 0) * ((event[0] == "start") - (event[0] == "end"))
            if (event[0] == "start" and event[1] in {"blockquote", "p"}) or (words and not depth):
                break
            if depth:
                words += event[1] if event[0] == "text" else ""
                source = source or post_in(event[2].get("href") or "")
        self._ahead.extendleft(reversed(ahead))
        return " ".join(words.split()), source

    def link(self, event: Event) -> Event:
        """A member's name, marked as such; what marks it may be no link."""
        own = self._ahead_in(event) if "username" in (event[2].get("class") or "").split() else None
        if own is not None:
            self._notes.mentions.append(" ".join(plain(own).split()).lstrip("@"))
            self._ahead.extendleft([("end", event[1], NO_ATTRS), *reversed(own)])
        return event

    def unfurled(self, event: Event) -> Event:
        """The title of a card is no heading of the post."""
        return ("start", "div", event[2]) if "contentRow-header" in (event[2].get("class") or "") else event


CHANGES: dict[str, Callable[[_Events, Event], Event]] = {
    "img": _Events.image,
    "div": _Events.division,
    "blockquote": _Events.quotation,
    "video": _Events.medium,
    "audio": _Events.medium,
    "a": _Events.link,
    "span": _Events.link,
    "h3": _Events.unfurled,
    "aside": _Events.aside,
}
