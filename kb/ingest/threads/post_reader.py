"""Finds the posts of a forum page, and what stands around their words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kb.ingest.threads.post_body import post_body
from kb.ingest.threads.post_facts import host_id_of, linked_id, shown_date, when_of
from kb.ingest.threads.posts import ForumPost, Line, Meaning
from kb.ingest.threads.skins import Skin
from kb.model.document import FurnitureKind

NUMBER = re.compile(r"#\s?\d{1,3}(?:[.,\s’']?\d{3})*|#\d{1,7}")
EDITED = re.compile(r"\(?(?:edited|bearbeitet|modifié|editado|modificato|bewerkt|edytowane|изменено)\)?\.?", re.IGNORECASE)
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
COUNTER = re.compile(r"[\d.,KM]+|[A-Z][a-z]{2} \d{1,2}, \d{4}")
PLACE_MARK = re.compile(r"location-info|map-marker|fa-location|mdi-map")


class _Roles(dict[str, str | None]):
    """What marks mean in a skin, each looked up once: a page has few different ones."""

    def __init__(self, skin: Skin) -> None:
        super().__init__({"": None})
        self._skin = skin

    def __missing__(self, marks: str) -> str | None:
        role = self._skin.roles.search(marks)
        self[marks] = role.lastgroup if role else None
        return self[marks]

    def of(self, attrs: Mapping[str, str | None], tag: str) -> str | None:
        """What an element is in a post: by its tag, and by its marks."""
        if tag == "time":
            return "date"
        marks = self._skin.marks(attrs) if self._skin.uses_ids else attrs.get("class") or ""
        role = self[marks]
        return "member" if role is None and tag in {"a", "span"} and "username" in marks else role


def posts_of(tree: LexborHTMLParser, skin: Skin) -> list[ForumPost]:
    """The posts of a page, by the first of the skin's selectors that finds any with words."""
    for selector in skin.posts:
        elements = list(_outermost(tree.css(selector)))
        own = {element.mem_id for element in elements}
        known: list[str] = []
        roles = _Roles(skin)
        posts = [_Reader(element, own, known, roles).read() for element in elements]
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
        identifier = host_id_of(element.attributes)
        around, steps = element.parent, 0
        while around is not None and steps < 12 and around.mem_id not in taken:
            around, steps = around.parent, steps + 1
        is_inside = around is not None and around.mem_id in taken
        if is_inside and around is not None and (identifier is None or taken[around.mem_id] in {identifier, None}):
            continue
        taken[element.mem_id] = identifier
        yield element


class _Reader:
    """Walks one post and keeps what stands in it, in the order of the page."""

    def __init__(self, element: LexborNode, own: set[int], known: Sequence[str], roles: _Roles) -> None:
        self._element, self._own, self._known, self._roles = element, own, known, roles
        self._stated = element.attributes.get("data-author") or None
        self._loose: list[str] = []
        self._fact_lines: list[str] = []
        self._in_cell = False
        self.post = ForumPost(host_id=host_id_of(element.attributes))

    def read(self) -> ForumPost:
        """The post with its lines and bodies."""
        if self._roles.of(self._element.attributes, "") == "body":
            self.body(self._element)
        else:
            self._walk()
        self._end_line()
        self._end_facts()
        post = self.post
        if post.author is None and self._stated:
            post.author = self._stated
            post.items.insert(0, Line("user-cell", self._stated, "name", (self._stated,)))
        return post

    def _walk(self) -> None:
        waiting: list[tuple[LexborNode | None, bool]] = []
        node = self._element.first_child
        while node is not None or waiting:
            if node is None:
                node, is_cell = waiting.pop()
                self._turn(is_cell=is_cell)
                continue
            if node.is_text_node:
                self._text(node.text_content or "")
            elif node.is_element_node and node.tag not in SKIPPED_TAGS and node.mem_id not in self._own:
                attrs = node.attributes
                role = self._roles.of(attrs, node.tag or "")
                if role is None or role == "cell" or not self._read(role, node):
                    waiting.append((node.next, self._in_cell))
                    node = self._enter(node, attrs, role)
                    continue
            node = node.next

    def _turn(self, *, is_cell: bool) -> None:
        """What follows is about the author, or no longer."""
        if is_cell != self._in_cell:
            self._end_line()
            self._in_cell = is_cell

    def _enter(self, node: LexborNode, attrs: Mapping[str, str | None], role: str | None) -> LexborNode | None:
        """The first node inside an element that has no words of its own to read."""
        if self.post.host_id is None:
            self.post.host_id = linked_id(attrs)
        if role == "cell" or ("itemprop" in attrs and attrs["itemprop"] == "author"):
            self._turn(is_cell=True)
        return node.first_child

    def _read(self, role: str, node: LexborNode) -> bool:
        """Read an element that has a role; False where it must be looked into."""
        if role == "member" and self.post.author is not None:
            return False
        self._end_line()
        if role in READ:
            READ[role](self, node)
        return True

    def _text(self, data: str) -> None:
        if data.isspace():
            return
        words = " ".join(data.split())
        if NUMBER.fullmatch(words) and self.post.label is None:
            self._end_line()
            self.post.label = words
            self._keep("label", words)
        elif EDITED.fullmatch(words):
            self._end_line()
            self._mark_edited(words)
        else:
            self._loose.append(words)

    def _end_line(self) -> None:
        """Keep the words met since the last line: of the author, or a label the page gives the post."""
        if not self._loose:
            return
        words = " ".join(self._loose)
        self._loose.clear()
        if self.post.date is None and not self._in_cell:
            self.post.date = shown_date(words)
        if self._in_cell:
            self._fact_lines.append(words)
        else:
            self._keep("label", words)

    def time(self, node: LexborNode) -> None:
        words = _words(node)
        if not self._in_cell and self.post.date is None:
            self.post.date = when_of(node.attributes, words)
        self._keep("label", words)

    def number(self, node: LexborNode) -> None:
        words = _words(node)
        self.post.label = self.post.label or words or None
        self._keep("label", words)

    def name(self, node: LexborNode) -> None:
        """A member's name; of what stands around it in its place, only the name itself is one."""
        words = _words(node)
        own = self._stated if self._stated and self._stated in words else None
        if own is None:
            inner = node.css_first(".username, [itemprop=name]")
            own = _words(inner) or words
        self._keep("user-cell", words, "name", (own,))
        self.post.author = self.post.author or own

    def title(self, node: LexborNode) -> None:
        self._keep("user-cell", _words(node), "title")

    def fact(self, node: LexborNode) -> None:
        """Something told about the author: a place and a name are to be masked, the rest is counters and ranks."""
        words = _words(node)
        if not words or COUNTER.fullmatch(words):
            self._fact_lines += [words] if words else []
            return
        label = _words(_first_element(node, "dt"))
        is_place = PLACE_FIELD.match(label) is not None or PLACE_MARK.search(str(node.html)) is not None
        if is_place or NAME_FIELD.fullmatch(label.rstrip(":")):
            self._keep("user-cell", words, "location" if is_place else "names", (words.removeprefix(label).strip(),))
        else:
            self._fact_lines.append(words)

    def edited(self, node: LexborNode) -> None:
        self._mark_edited(_words(node))

    def _mark_edited(self, words: str) -> None:
        self.post.is_edited = True
        self._keep("edited", words)

    def signature(self, node: LexborNode) -> None:
        self._keep("signature", _words(node))

    def reactions(self, node: LexborNode) -> None:
        words = _words(node)
        if words:
            people = node.css_first(".reactionsBar-link") or node
            names = tuple(_words(name) for name in people.css("bdi") or people.css(".username"))
            self._keep("reactions", words.replace(" , ", ", "), "names", names)

    def attachments(self, node: LexborNode) -> None:
        files = node.css("li") or node.css(".file") or [node]
        for file in files:
            link = file.css_first("a[href]")
            self._keep("attachment", _words(file), href=link.attributes.get("href") if link is not None else None)

    def notice(self, node: LexborNode) -> None:
        self._keep("label", _words(node))

    def fields(self, node: LexborNode) -> None:
        """What its author entered beside the words of a post, such as a summary."""
        self._end_facts()
        self.post.items.append(post_body(node, self._known, self._own))

    def body(self, node: LexborNode) -> None:
        self._end_facts()
        self.post.items.append(post_body(node, self._known, self._own))

    def _keep(
        self, kind: FurnitureKind, words: str, meaning: Meaning = "plain", names: tuple[str, ...] = (), href: str | None = None
    ) -> None:
        self._end_facts()
        if words:
            self.post.items.append(Line(kind, words, meaning, tuple(name for name in names if name), href))

    def _end_facts(self) -> None:
        """Counters and ranks that follow each other are one block of lines."""
        if self._fact_lines:
            self.post.items.append(Line("user-cell", "\n".join(self._fact_lines)))
            self._fact_lines.clear()


READ: dict[str, Callable[[_Reader, LexborNode], None]] = {
    "date": _Reader.time,
    "number": _Reader.number,
    "member": _Reader.name,
    "fields": _Reader.fields,
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


def _first_element(node: LexborNode, tag: str) -> LexborNode | None:
    child = node.first_child
    while child is not None and not child.is_element_node:
        child = child.next
    return child if child is not None and child.tag == tag else None


def _words(node: LexborNode | None) -> str:
    """The words of an element, its blocks parted by spaces."""
    return " ".join(node.text(separator=" ").split()) if node is not None else ""
