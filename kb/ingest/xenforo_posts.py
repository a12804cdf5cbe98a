"""Finds the posts of a XenForo page, whatever its skin, and what stands around their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from kb.ingest.forum_posts import ForumPost, Line, Meaning
from kb.ingest.xenforo_body import xenforo_body
from kb.model import When
from kb.model.document import FurnitureKind
from kb.sources.threads import post_in
from kb.text.dates import parse_date

STRATEGIES = (
    ".js-post, .message--post, .MessageCard, .message--article, li.message[id^=post]",
    "[itemtype*='schema.org/Comment'], [itemtype*='schema.org/DiscussionForumPosting'], [itemtype*='schema.org/Answer']",
    ".message:not(.message--quickReply), .resourceBody, .articleBody",
    ".bbWrapper",
)
"""Where posts stand, in the order of how sure that is."""
POST_ID = re.compile(r"(?:\A|[^a-z])post-?(\d{1,12})(?!\d)")
NUMBER = re.compile(r"#\s?\d{1,3}(?:[.,\s’']?\d{3})*|#\d{1,7}")
EDITED = re.compile(r"\(?(?:edited|bearbeitet|modifié|editado|modificato|bewerkt|edytowane|изменено)\)?\.?", re.IGNORECASE)
ROLE = re.compile(
    r"""(?:^|\s)(?:
      (?P<frame> (?: message-avatar[\w-]* | message-userArrow | message-actionBar | actionBar(?:-\w+)* | menu(?:-\w+)?
        | message-attribution-gadget | MessageCard__(?:avatar|comment-options|thread-info|title-wrapper|dot-separator)
        | cali-thread-actions | message-microdata | js-historyTarget | js-embedCopy | shareButtons[\w-]* | u-srOnly | u-hidden
        | message-newIndicator | reactionSummary | trophyShowcase[\w-]* | js-quickReply | message--quickReply | publicControls
        | privateControls | avatarHolder | avatar | avatarScaler | thThreads__userExtra--toggle | userExtra--toggle
        | message-responses | button | js-selectToQuoteEnd | signature-view
        | (?:\w+-)?(?:ad|ads|advert|adsense|adsbygoogle|sponsor|primis)(?:[-_][\w-]+)? )(?!\S) )
    | (?P<signature> (?:message-signature|signature) (?!\S) )
    | (?P<body> (?: message-body | bbWrapper | messageText | js-selectToQuote ) (?!\S) )
    | (?P<name> (?: message-name | MessageCard__user-info__name | message-attribution-user ) (?!\S) )
    | (?P<title> (?: message-userTitle | userTitle ) (?!\S) )
    | (?P<fact> (?: pairs | pairsJustified | message-userBanner | userBanner ) (?!\S) )
    | (?P<edited> (?: message-lastEdit | editDate ) (?!\S) )
    | (?P<attachments> (?: message-attachments | attachmentList | attachedFiles ) (?!\S) )
    | (?P<reactions> (?: reactionsBar | likesSummary | LikeText ) (?!\S) )
    | (?P<notice> messageNotice (?!\S) )
    | (?P<cell> (?: message-user | message-cell--user | messageUserInfo | MessageCard__user-info ) (?!\S) )
    )""",
    re.VERBOSE,
)
PLACE_FIELD = re.compile(
    r"""(?: location | country | state | county | city | town | region | (?:wohn)?ort | standort | land | lieu | localisation
      | ville | pays | ubicación | ciudad | país | località | città | luogo | plaats | woonplaats | locatie | sted | plats
      | bosted
      | miejscowość | lokalizacja | skąd | sijainti | откуда | город | адрес | konum | helység | umístění )\b""",
    re.IGNORECASE | re.VERBOSE,
)
NAME_FIELD = re.compile(
    r"(?:real|full|first|last|own|your)?\s*name|vorname|nachname|klarname|prénom|nombre|nome|имя", re.IGNORECASE
)
SKIPPED_TAGS = frozenset(
    ["script", "style", "template", "noscript", "svg", "button", "form", "input", "select", "meta", "link", "img", "i"]
)
MILLIONS = 8
"""Fewest digits of a moment counted in seconds from 1970."""


def posts_of(tree: LexborHTMLParser) -> list[ForumPost]:
    """The posts of a page, by the first strategy that finds any with words."""
    for selector in STRATEGIES:
        elements = list(_outermost(tree.css(selector)))
        own = {element.mem_id for element in elements}
        known: list[str] = []
        posts = [_Reader(element, own, known).read() for element in elements]
        if any(post.bodies for post in posts):
            known += sorted({post.author for post in posts if post.author}, key=lambda name: (-len(name), name))
            return [post for post in posts if post.items]
    return []


def _outermost(elements: list[LexborNode]) -> Iterator[LexborNode]:
    """The elements without those inside another that is the same post; a post inside another post is its own."""
    taken: dict[int, str | None] = {}
    for element in elements:
        if element.mem_id in taken:
            continue
        identifier = host_id_of(element)
        around, steps = element.parent, 0
        while around is not None and steps < 12 and around.mem_id not in taken:
            around, steps = around.parent, steps + 1
        is_inside = around is not None and around.mem_id in taken
        if is_inside and around is not None and (identifier is None or taken[around.mem_id] in {identifier, None}):
            continue
        taken[element.mem_id] = identifier
        yield element


def _is_body(element: LexborNode) -> bool:
    role = ROLE.search(element.attributes.get("class") or "")
    return role is not None and role["body"] is not None


def host_id_of(element: LexborNode) -> str | None:
    """The id its attributes give a post."""
    attrs = element.attributes
    for name in ("id", "data-content", "data-lb-id", "itemid"):
        value = attrs.get(name)
        match = POST_ID.search(value) if value else None
        identifier = match[1] if match else post_in(value) if value else None
        if identifier:
            return identifier
    return None


class _Reader:
    """Walks one post and keeps what stands in it, in the order of the page."""

    def __init__(self, element: LexborNode, own: set[int], known: Sequence[str]) -> None:
        self._element, self._own, self._known = element, own, known
        self._stated = element.attributes.get("data-author") or None
        self._loose: list[str] = []
        self._in_cell = False
        self.post = ForumPost(host_id=host_id_of(element))

    def read(self) -> ForumPost:
        """The post with its lines and bodies."""
        if _is_body(self._element):
            self.body(self._element)
        else:
            self._walk()
        self._end_line()
        post = self.post
        if post.author is None and self._stated:
            post.author = self._stated
            post.items.insert(0, Line("user-cell", self._stated, "name", (self._stated,)))
        return post

    def _walk(self) -> None:
        waiting: list[tuple[LexborNode | None, bool]] = [(self._element.first_child, False)]
        while waiting:
            node, self._in_cell = waiting.pop()
            while node is not None:
                if node.is_text_node:
                    self._text(node.text_content or "")
                elif node.is_element_node and node.tag not in SKIPPED_TAGS and node.mem_id not in self._own:
                    is_open, is_cell = self._element_in(node)
                    if is_open and node.first_child is not None:
                        waiting.append((node.next, self._in_cell))
                        node, self._in_cell = node.first_child, self._in_cell or is_cell
                        continue
                node = node.next

    def _element_in(self, node: LexborNode) -> tuple[bool, bool]:
        """Read an element that has a role; whether to go into it, and whether it is about the author."""
        attrs = node.attributes
        classes = attrs.get("class")
        if node.tag == "time":
            self._end_line()
            self._time(node)
            return False, False
        if self.post.host_id is None:
            self.post.host_id = _linked_id(attrs)
        role = ROLE.search(classes) if classes else None
        if role is None:
            is_author = attrs.get("itemprop") == "author"
            is_name = node.tag == "a" and self.post.author is None and "username" in (classes or "")
            if is_name:
                self.name(node)
            return not is_name, is_author
        name = role.lastgroup or ""
        if name in {"frame", "cell"}:
            self._end_line()
            return name == "cell", name == "cell"
        self._end_line()
        READ[name](self, node)
        return False, False

    def _text(self, data: str) -> None:
        words = " ".join(data.split())
        if not words:
            return
        if NUMBER.fullmatch(words) and self.post.label is None:
            self._end_line()
            self.post.label = words
            self.post.items.append(Line("label", words))
        elif EDITED.fullmatch(words):
            self._end_line()
            self._mark_edited(words)
        else:
            self._loose.append(words)

    def _end_line(self) -> None:
        """Keep the words met since the last line: of the author, or a label the page gives the post."""
        words = " ".join(self._loose)
        self._loose.clear()
        if not words:
            return
        if self.post.date is None and not self._in_cell:
            self.post.date = parse_date(words)
        self.post.items.append(Line("user-cell" if self._in_cell else "label", words))

    def _time(self, node: LexborNode) -> None:
        words = _words(node)
        if not self._in_cell and self.post.date is None:
            self.post.date = when_of(node.attributes, words)
        self._keep("label", words)

    def name(self, node: LexborNode) -> None:
        words = _words(node)
        own = self._stated if self._stated and self._stated in words else None
        if own is None:
            inner = node.css_first(".username") or node.css_first("[itemprop=name]")
            own = _words(inner) if inner is not None else words
        self._keep("user-cell", words, "name", (own,))
        self.post.author = self.post.author or own or None

    def title(self, node: LexborNode) -> None:
        self._keep("user-cell", _words(node), "title")

    def fact(self, node: LexborNode) -> None:
        label, value = _words(node.css_first("dt")), _words(node.css_first("dd"))
        markup = node.html or ""
        is_place = "location-info" in markup or "map-marker" in markup or PLACE_FIELD.match(label)
        if value and (is_place or NAME_FIELD.fullmatch(label.rstrip(":"))):
            self._keep("user-cell", _words(node), "location" if is_place else "names", (value,))
        else:
            self._keep("user-cell", _words(node))

    def edited(self, node: LexborNode) -> None:
        self._mark_edited(_words(node))

    def _mark_edited(self, words: str) -> None:
        self.post.is_edited = True
        self._keep("edited", words)

    def signature(self, node: LexborNode) -> None:
        self._keep("signature", _words(node))

    def reactions(self, node: LexborNode) -> None:
        names = tuple(_words(name) for name in node.css("bdi, .username"))
        self._keep("reactions", _words(node), "names", names)

    def attachments(self, node: LexborNode) -> None:
        files = node.css(".file, .attachment, li")
        for file in files or [node]:
            link = file.css_first("a[href]")
            self._keep("attachment", _words(file), href=link.attributes.get("href") if link is not None else None)

    def notice(self, node: LexborNode) -> None:
        self._keep("label", _words(node))

    def body(self, node: LexborNode) -> None:
        self.post.items.append(xenforo_body(node, self._known))
        self.post.words += " ".join((node.text_content or "").split())

    def _keep(
        self, kind: FurnitureKind, words: str, meaning: Meaning = "plain", names: tuple[str, ...] = (), href: str | None = None
    ) -> None:
        if words:
            self.post.items.append(Line(kind, words, meaning, tuple(name for name in names if name), href))


READ: dict[str, Callable[[_Reader, LexborNode], None]] = {
    "signature": _Reader.signature,
    "body": _Reader.body,
    "name": _Reader.name,
    "title": _Reader.title,
    "fact": _Reader.fact,
    "edited": _Reader.edited,
    "attachments": _Reader.attachments,
    "reactions": _Reader.reactions,
    "notice": _Reader.notice,
}


def when_of(attrs: Mapping[str, str | None], words: str) -> When | None:
    """The date that an element states in its attributes, else in its words; `raw` is what a reader sees."""
    stated = parse_date((attrs.get("datetime") or "").strip())
    seconds = attrs.get("data-time") or attrs.get("data-timestamp") or ""
    if stated is None and seconds.isdecimal() and MILLIONS <= len(seconds) <= 11:
        stated = parse_date(datetime.fromtimestamp(int(seconds), UTC).isoformat())
    if stated is None:
        return parse_date(words) or parse_date(attrs.get("title") or "")
    return msgspec.structs.replace(stated, raw=words or stated.raw)


def _words(node: LexborNode | None) -> str:
    """The words of an element, its blocks parted by spaces."""
    return " ".join(node.text(separator=" ").split()) if node is not None else ""


def _linked_id(attrs: Mapping[str, str | None]) -> str | None:
    identifier, href = attrs.get("id"), attrs.get("href")
    match = POST_ID.search(identifier) if identifier else None
    return match[1] if match else post_in(href) if href and "post" in href else None
