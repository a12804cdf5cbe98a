"""Where each passage stands: its source, parts, pages and links, everything a page needs to print and cite it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from kb.model import Document, DocumentLink, Page, Part, Passage, Source, Span
from kb.text.marks import markers

if TYPE_CHECKING:
    from kb.public import PublicView

SHOWN = "shown"


@dataclass(frozen=True)
class Place:
    """A passage with everything needed to say where it stands. `number` counts the passages of its document from 1."""

    source: Source
    document: Document
    passage: Passage
    number: int
    parts: tuple[Part, ...]
    """From the outermost to the innermost."""
    visibility: str
    links: tuple[DocumentLink, ...] = ()
    """The hyperlinks that stand wholly inside."""
    raised: tuple[Span, ...] = ()
    """What is set above the line: marks of notes and citations that stand in no brackets, and the commas between them."""
    pages: tuple[Page, ...] = ()
    """Those it stands on, where its format has pages."""

    @property
    def words(self) -> str:
        """The exact words of the passage."""
        return self.document.words(self.passage)

    def unraised(self, span: Span) -> str:
        """The words at a place of the document, with blanks one for one where something raised stands in this passage."""
        pieces: list[str] = []
        end = span.start
        for raised in self.raised:
            if span.contains(raised):
                pieces += [self.document.text[end : raised.start], " " * len(raised)]
                end = raised.end
        return "".join([*pieces, self.document.text[end : span.end]])

    @property
    def post(self) -> Part | None:
        """The post around it, if any."""
        return next((part for part in reversed(self.parts) if part.kind == "post"), None)

    @property
    def is_shown(self) -> bool:
        """Whether the passage's words may be printed."""
        return self.visibility == SHOWN


def places(view: PublicView, sources: dict[str, Source]) -> Iterable[tuple[str, Place]]:
    for document in view.knowledge.documents:
        parts = {part.id: part for part in document.parts}
        links = sorted(document.links, key=lambda link: link.span)
        raised = sorted(_raised(document))
        for number, passage in enumerate(document.passages, 1):
            yield (
                passage.id,
                Place(
                    source=sources[document.source_id],
                    document=document,
                    passage=passage,
                    number=number,
                    parts=tuple(_trail(parts, passage.part)),
                    visibility=view.visibility.get(passage.id, "gap"),
                    links=tuple(link for link in _beginning_in(links, passage.span) if passage.span.contains(link.span)),
                    raised=tuple(one.span for one in _beginning_in(raised, passage.span) if passage.span.contains(one.span)),
                    pages=tuple(_pages_at(document.pages, passage.span)),
                ),
            )


class _Spanned(Protocol):
    """Anything with a place."""

    @property
    def span(self) -> Span: ...


S = TypeVar("S", bound=_Spanned)


def _beginning_in(ordered: Sequence[S], span: Span) -> Sequence[S]:
    first = bisect_left(ordered, span.start, key=lambda one: one.span.start)
    return ordered[first : bisect_left(ordered, span.end, key=lambda one: one.span.start)]


def _pages_at(pages: Sequence[Page], span: Span) -> Iterable[Page]:
    first = max(0, bisect_right(pages, span.start, key=lambda page: page.span.start) - 1)
    near = pages[first : bisect_left(pages, span.end, key=lambda page: page.span.start)]
    return (page for page in near if page.span.overlaps(span))


class _Raised(NamedTuple):
    span: Span


def _raised(document: Document) -> Iterable[_Raised]:
    """The links of markers outside brackets, and what stands between two of one marker."""
    for marker in markers(document) if document.links else ():
        if not marker.is_bare or document.text[marker.span.start] in "[(":
            continue
        yield from (_Raised(link.span) for link in marker.links)
        for one, other in pairwise(marker.links):
            if one.span.end < other.span.start:
                yield _Raised(Span(one.span.end, other.span.start))


POST_IN_ADDRESS = re.compile(r"(?P<before>https?://\S*?(?:#post-?|#p|#pid|/posts?/|/post-|[?&]p=))(?P<id>\d+)(?P<after>[/#]?)$")


def post_address(document: Document) -> tuple[str, str] | None:
    """What stands before and after a post's id in its permanent address, where a link of the thread shows it.

    Never made up: without such a link posts have no address here.
    """
    hosted = {part.host_id for part in document.parts if part.kind == "post" and part.host_id}
    for link in document.links if hosted else ():
        match = POST_IN_ADDRESS.fullmatch(link.href or "")
        if match and match["id"] in hosted:
            return match["before"], match["after"]
    return None


def _trail(parts: dict[str, Part], innermost: str | None) -> list[Part]:
    trail: list[Part] = []
    current = parts.get(innermost or "")
    while current is not None and current not in trail:
        trail.append(current)
        current = parts.get(current.parent or "")
    return trail[::-1]
