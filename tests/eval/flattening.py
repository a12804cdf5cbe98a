"""Threads with known truth, flattened: which posts of a page survive Resiliparse's main text, and where they stand in it.

The words of every post are replaced before flattening by coded words of the same length, which changes nothing in what is kept
(lengths are compared), so that each place of the flattened page tells which post, or which quote inside it, it came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import DOMNode, HTMLTree, NodeType

from kb.model import Span

WORD = re.compile(r"[A-Za-z]{4,}")
POST = re.compile(r"(?:^|\s)(?:js-post|message--post)(?:\s|$)")
BODY = re.compile(r"(?:^|\s)bbWrapper(?:\s|$)")
JUMP = re.compile(r"(?:^|\s)bbCodeBlock-sourceJump(?:\s|$)")
SIGNATURE = re.compile(r"(?:^|\s)(?:message-signature|MessageCard__signature)(?:\s|$)")
QUOTE = re.compile(r"(?:^|\s)bbCodeBlock--quote(?:\s|$)")
NAME = re.compile(r"(?:^|\s)(?:message-name|MessageCard__user-info__name)(?:\s|$)")
NUMBER = re.compile(r"\d+")


@dataclass
class TruePost:
    """A post of a page: its id, its author, and where the words of its body stand in the flattened text, None where they are lost."""

    id: str
    author: str
    span: Span | None = None


@dataclass
class TrueQuote:
    """A quote block: the post it stands in and the one it quotes (None: another page's), its place in the flattened text."""

    inside: str
    quoted: str | None
    author: str
    words: str
    span: Span | None = None


@dataclass
class Flattened:
    """A page's main text with the posts and quote blocks that it was made from, in the order of the page."""

    text: str
    posts: list[TruePost] = field(default_factory=list)
    quotes: list[TrueQuote] = field(default_factory=list)

    @property
    def surviving(self) -> list[TruePost]:
        """The posts of which words survive."""
        return [post for post in self.posts if post.span is not None]


@dataclass(frozen=True)
class _Node:
    """A text node of a body with the post and quote it belongs to."""

    words: str
    owners: tuple[TruePost | TrueQuote, ...]


@dataclass(frozen=True)
class _Word:
    """A word that was coded, and how far into its node's collapsed words it stands."""

    original: str
    node: _Node
    at: int


class PageDiffersError(AssertionError):
    """The coded page was flattened otherwise than the page, so its truth cannot be used."""


def flatten(html: str) -> Flattened:
    """The page's main text with its truth."""
    page = Flattened(extract_plain_text(html, main_content=True))
    tree = HTMLTree.parse(html)
    coded: dict[str, _Word] = {}
    for dom, owners in _text_nodes(tree, page):
        node = _Node(dom.value, owners)
        dom.value = WORD.sub(lambda match, node=node: _coded(coded, node, match), node.words)  # type: ignore[misc]
    text = extract_plain_text(tree, main_content=True)
    if len(text) != len(page.text):
        raise PageDiffersError
    for match in WORD.finditer(text):
        word = coded.get(match[0][1:])
        if word is not None and word.original == page.text[match.start() : match.end()] != match[0]:
            place = _place(text, word.node.words, match.start() - word.at)
            for owner in word.node.owners:
                owner.span = _joined(owner.span, place)
    return page


def _joined(one: Span | None, other: Span) -> Span:
    return other if one is None else Span(min(one.start, other.start), max(one.end, other.end))


def _coded(coded: dict[str, _Word], node: _Node, match: re.Match[str]) -> str:
    number, letters = len(coded), ""
    for _ in range(len(match[0]) - 1):
        letters = chr(97 + number % 26) + letters
        number //= 26
    before = node.words[: match.start()].lstrip()
    coded[letters] = _Word(match[0], node, len(" ".join(f"{before}.".split())) - 1)
    return match[0][0] + letters


def _place(text: str, words: str, start: int) -> Span:
    """Where a text node stands that begins about `start`: not beyond its line."""
    line_start = text.rfind("\n", 0, start + 1) + 1
    length = len(" ".join(words.split()))
    begin = max(start, line_start)
    end = text.find("\n", begin)
    return Span(begin, min(begin + length, end if end >= 0 else len(text)))


def _text_nodes(tree: HTMLTree, page: Flattened) -> list[tuple[DOMNode, tuple[TruePost | TrueQuote, ...]]]:
    found = []
    for element in tree.body.get_elements_by_tag_name("*"):
        if POST.search(element.getattr("class") or ""):
            found += list(_post_nodes(element, page))
    bodies = _bodies(found)
    for quote in page.quotes:
        quote.quoted = _quoted(quote, page.posts, bodies)
    return found


def _bodies(found: Sequence[tuple[DOMNode, tuple[TruePost | TrueQuote, ...]]]) -> dict[str, str]:
    """Each post's own words, without those it quotes."""
    bodies: dict[str, str] = {}
    for node, owners in found:
        if len(owners) == 1 and isinstance(owners[0], TruePost):
            bodies[owners[0].id] = f"{bodies.get(owners[0].id, '')} {node.value}"
    return {identifier: _bare(words) for identifier, words in bodies.items()}


def _quoted(quote: TrueQuote, posts: Sequence[TruePost], bodies: dict[str, str]) -> str | None:
    """The id of the quoted post: as the page links it, else the only earlier post by the named author with those words."""
    if quote.quoted is not None:
        return quote.quoted if quote.quoted in bodies else None
    place = next(at for at, post in enumerate(posts) if post.id == quote.inside)
    fitting = [post.id for post in posts[:place] if post.author == quote.author and _bare(quote.words) in bodies.get(post.id, "")]
    return fitting[0] if len(fitting) == 1 else None


def _bare(words: str) -> str:
    return "".join(re.findall(r"\w+", words))


def _post_nodes(element: DOMNode, page: Flattened) -> Iterator[tuple[DOMNode, tuple[TruePost | TrueQuote, ...]]]:
    identifier = NUMBER.search(element.getattr("data-content") or element.getattr("id") or "")
    names = [other.text.strip() for other in element.get_elements_by_tag_name("*") if NAME.search(other.getattr("class") or "")]
    post = TruePost(identifier[0] if identifier else "", (element.getattr("data-author") or (names[0] if names else "")).strip())
    if any(other.id == post.id for other in page.posts):
        return
    page.posts.append(post)
    quotes: list[tuple[DOMNode, TrueQuote]] = []
    for node in element:
        chain = list(_ancestors(node, element))
        if node.type != NodeType.TEXT or not node.value.strip() or not _is_body(chain):
            continue
        box = next((other for other in chain if QUOTE.search(other.getattr("class") or "")), None)
        yield node, (post,) if box is None else (post, _quote(box, quotes, page, post))


def _ancestors(node: DOMNode, stop: DOMNode) -> Iterator[DOMNode]:
    parent = node.parent
    while parent is not None and parent != stop:
        if parent.type == NodeType.ELEMENT:
            yield parent
        parent = parent.parent


def _is_body(chain: Sequence[DOMNode]) -> bool:
    classes = [element.getattr("class") or "" for element in chain]
    tags = {element.tag for element in chain}
    is_inside = any(BODY.search(each) for each in classes) and not any(SIGNATURE.search(each) for each in classes)
    return is_inside and not tags & {"script", "style", "noscript"} and not any("bbCodeBlock-title" in each for each in classes)


def _quote(box: DOMNode, quotes: list[tuple[DOMNode, TrueQuote]], page: Flattened, post: TruePost) -> TrueQuote:
    known = next((quote for other, quote in quotes if other == box), None)
    if known:
        return known
    jumps = [other.getattr("href") or "" for other in box.get_elements_by_tag_name("a") if JUMP.search(other.getattr("class") or "")]
    source = NUMBER.search(" ".join([box.getattr("data-source") or "", *jumps]))
    author = (box.getattr("data-quote") or "").strip()
    content = [other for other in box.get_elements_by_tag_name("div") if "expandContent" in (other.getattr("class") or "")]
    quote = TrueQuote(post.id, source[0] if source else None, author, content[0].text if content else box.text)
    quotes.append((box, quote))
    page.quotes.append(quote)
    return quote
