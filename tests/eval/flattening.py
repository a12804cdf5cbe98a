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
    """A post of a page: its id, its author, and where the words of its body stand in the flattened text (None: lost)."""

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


_Found = tuple[DOMNode, tuple[TruePost | TrueQuote, ...]]


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


def _text_nodes(tree: HTMLTree, page: Flattened) -> list[_Found]:
    """The text nodes of bodies, once the page's posts and quotes are noted; one pass, since nodes are slow to find again."""
    found: list[_Found] = []
    posts: list[tuple[DOMNode, TruePost]] = []
    quotes: list[tuple[DOMNode, TrueQuote]] = []
    for node in list(tree.body):
        chain = list(_ancestors(node))
        holder = next((element for element in chain if POST.search(_class(element))), None)
        if holder is None:
            continue
        post = next((post for element, post in reversed(posts) if element == holder), None)
        if post is None:
            post = _post(holder, page)
            posts.append((holder, post))
        found += _read_node(node, chain, post, quotes)
    page.quotes = [quote for _, quote in quotes]
    bodies = _bodies(found)
    for quote in page.quotes:
        quote.quoted = _quoted(quote, page.posts, bodies)
    return found


def _read_node(
    node: DOMNode, chain: Sequence[DOMNode], post: TruePost, quotes: list[tuple[DOMNode, TrueQuote]]
) -> Iterator[_Found]:
    box = next((element for element in chain if QUOTE.search(_class(element))), None)
    quote = next((quote for element, quote in reversed(quotes) if element == box), None) if box is not None else None
    if box is not None and quote is None:
        source = NUMBER.search(box.getattr("data-source") or "")
        quote = TrueQuote(post.id, source[0] if source else None, (box.getattr("data-quote") or "").strip(), "")
        quotes.append((box, quote))
    if node.type == NodeType.ELEMENT and quote is not None and JUMP.search(_class(node)):
        jump = NUMBER.search(node.getattr("href") or "")
        quote.quoted = quote.quoted or (jump[0] if jump else None)
    if node.type == NodeType.TEXT and node.value.strip() and any(NAME.search(_class(element)) for element in chain):
        post.author = post.author or node.value.strip()
    if node.type == NodeType.TEXT and node.value.strip() and _is_body(chain):
        if quote is not None and not any("expandLink" in _class(element) for element in chain):
            quote.words += f" {node.value}"
        yield node, (post,) if quote is None else (post, quote)


def _bodies(found: Sequence[_Found]) -> dict[str, str]:
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


def _post(element: DOMNode, page: Flattened) -> TruePost:
    identifier = NUMBER.search(element.getattr("data-content") or element.getattr("id") or "")
    post = TruePost(identifier[0] if identifier else "", (element.getattr("data-author") or "").strip())
    page.posts.append(post)
    return post


def _ancestors(node: DOMNode) -> Iterator[DOMNode]:
    parent = node.parent
    while parent is not None:
        if parent.type == NodeType.ELEMENT:
            yield parent
        parent = parent.parent


def _class(element: DOMNode) -> str:
    return element.getattr("class") or ""


def _is_body(chain: Sequence[DOMNode]) -> bool:
    """Whether a node stands in a post's body: in no signature, script or quote's title."""
    classes = [_class(element) for element in chain]
    tags = {element.tag for element in chain}
    is_inside = any(BODY.search(each) for each in classes) and not any(SIGNATURE.search(each) for each in classes)
    return is_inside and not tags & {"script", "style", "noscript"} and not any("bbCodeBlock-title" in each for each in classes)
