"""The words of one block on their way into the text of a document, with the links and page turns inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import msgspec

from kb.model import DocumentLink, Span
from kb.model.document import LinkRelation, LinkStatus
from kb.text.folding import SURROGATE

ASCII_WHITE = " \t\r\n\f\v"
BETWEEN_CELLS = "\t"
SAFE = ("http://", "https://", "mailto:")


def in_one_line(words: str) -> str:
    """The words with each stretch of ASCII white space as one blank; a pattern would stop at every blank.

    >>> in_one_line("two\\n  words")
    'two words'
    """
    for sign in ASCII_WHITE[1:]:
        if sign in words:
            words = words.replace(sign, " ")
    while "  " in words:
        words = words.replace("  ", " ")
    return words


class _OpenLink(msgspec.Struct, gc=False):
    href: str | None
    relation: LinkRelation
    target: str | None
    start: int | None = None
    end: int = 0

    def shifted(self, by: int) -> _OpenLink:
        """The same link so much later, or earlier, yet never before the beginning."""
        return _OpenLink(self.href, self.relation, self.target, max(0, (self.start or 0) + by), self.end + by)


class Words:
    """The words of one block on their way into the text, with its links; white space is collapsed as they come."""

    __slots__ = ("_breaks", "_links", "_open", "_pieces", "_space", "is_folded", "length", "pages")

    def __init__(self, words: str = "") -> None:
        self._pieces: list[str] = []
        self.length = 0
        """Code points so far."""
        self._space = False
        self._breaks = 0
        self._open: list[_OpenLink] = []
        self._links: list[_OpenLink] = []
        self.is_folded = True
        """Whether its white space is nothing but single blanks, as far as that is known."""
        self.pages: list[tuple[int, int, str | None]] = []
        if words:
            self.add(words)

    def __len__(self) -> int:
        return self.length

    def __bool__(self) -> bool:
        return bool(self.length)

    @property
    def has_links(self) -> bool:
        """Whether any link has ended."""
        return bool(self._links)

    @property
    def text(self) -> str:
        """The words so far."""
        return "".join(self._pieces)

    @property
    def ending(self) -> str:
        """What was added last: the end of the words so far, without joining them all."""
        return "".join(self._pieces[-2:])

    def add(self, words: str) -> None:
        """Add running text; white space at its ends counts as one space between words."""
        core = words.strip(ASCII_WHITE)
        if not core:
            self._space = self._space or bool(words)
            return
        is_white = len(core) != len(words)
        if is_white and words[0] in ASCII_WHITE:
            self._space = True
        # most words hold no white space but single blanks, and no surrogate: neither is printable
        if not core.isprintable() or "  " in core:
            core = SURROGATE.sub("\ufffd", in_one_line(core))
            self.is_folded = self.is_folded and core.isprintable()
        self._put(core)
        self._space = is_white and words[-1] in ASCII_WHITE

    def add_lines(self, words: str) -> None:
        """Add preformatted text: its line ends stay, and so does white space inside its lines."""
        self.is_folded = False
        for number, line in enumerate(words.splitlines()):
            if number:
                self.line_break()
            if line.strip():
                self._put(SURROGATE.sub("\ufffd", line.rstrip().replace("\t", " ")))

    def line_break(self) -> None:
        """End the line, if a word follows."""
        self._breaks += 1
        self._space = False
        self.is_folded = False

    def page(self, number: int, label: str | None = None) -> None:
        """What is added from here on stands on this page."""
        self.pages.append((self.length, number, label))

    @contextmanager
    def link(self, href: str | None, relation: LinkRelation = "web", target: str | None = None) -> Iterator[None]:
        """What is added inside is a link to an address, or to the anchor `target` of the same document."""
        self.open_link(href, relation, target)
        try:
            yield
        finally:
            self.close_link()

    def open_link(self, href: str | None, relation: LinkRelation = "web", target: str | None = None) -> None:
        """Begin a link; the words added until `close_link` are its own."""
        self._open.append(_OpenLink(href, relation, target))

    def add_linked(self, words: str, *ways: tuple[str | None, LinkRelation, str | None]) -> None:
        """Add words that are links and hold nothing else: address, relation and target of each."""
        before = self.length
        self.add(words)
        if self.length > before:
            start = before + (self._pieces[-1][0] in " \n")
            self._links += [_OpenLink(*way, start, self.length) for way in ways]

    def close_link(self) -> None:
        """End the link begun last; one without words is none."""
        link = self._open.pop()
        if link.start is not None and link.end > link.start:
            self._links.append(link)

    def mark(self, words: str, relation: LinkRelation = "note", target: str | None = None) -> None:
        """Add a raised mark, set apart by a space from the word before it."""
        self.raise_mark()
        with self.link(None, relation, target):
            self.add(words)

    def raise_mark(self) -> None:
        """Set what follows apart from the word before it."""
        self._space = True

    def links(self, start: int, inside: Span) -> Iterator[DocumentLink]:
        """The links, where the block begins at `start` of the text, as far as they stand inside a span."""
        for link in self._links:
            first, last = max(start + (link.start or 0), inside.start), min(start + link.end, inside.end)
            if first >= last:
                continue
            place = Span(first, last)
            is_live = link.href is not None and link.href.lower().startswith(SAFE)
            is_inside = link.target is not None or link.relation != "web"
            status: LinkStatus = "ok" if is_live or is_inside else "dead"
            yield DocumentLink(place, link.href if is_live else None, status, link.relation, link.target)

    def cut(self, start: int) -> Words:
        """The words from `start` on, with their links."""
        rest = Words()
        text = self.text[start:].lstrip()
        rest.is_folded = self.is_folded
        by = self.length - len(text)
        rest._pieces, rest.length = [text], len(text)
        kept = (link.shifted(-by) for link in self._links)
        rest._links = [link for link in kept if link.end > 0]
        rest.pages = [(max(0, at - by), number, label) for at, number, label in self.pages]
        return rest

    def extend(self, other: Words, between: str) -> None:
        """Add another block's words with their links and pages, line ends as spaces."""
        by = self.length + len(between)
        self.is_folded = False
        self._pieces += (between, other.text.replace("\n", " "))
        self.length = by + other.length
        if other._links:
            self._links += [link.shifted(by) for link in other._links]
        if other.pages:
            self.pages += [(by + at, number, label) for at, number, label in other.pages]

    def _put(self, core: str) -> None:
        start = self.length
        self.length = end = start + len(core)
        if start and (self._breaks or self._space):
            self.length = end = end + 1
            self._pieces.append(("\n" if self._breaks else " ") + core)
        else:
            self._pieces.append(core)
        self._space, self._breaks = False, 0
        for link in self._open:
            link.start = end - len(core.lstrip(" ")) if link.start is None else link.start
            link.end = end


def joined(cells: Sequence[Words]) -> Words:
    """The cells of a row as one block, with a tab between two; empty ones at the end are left out."""
    row = Words()
    filled = [number for number, cell in enumerate(cells) if cell.length]
    for number, cell in enumerate(cells[: filled[-1] + 1] if filled else ()):
        row.extend(cell, BETWEEN_CELLS if number else "")
    return row
