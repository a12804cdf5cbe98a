"""Parts that their authors took back: filled over, so that nothing of them goes further."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

import msgspec

from kb.model import Author, Document, Part, Person, Span

FILL = "█"
_FILLED = re.compile(r"[^\r\n]")


def withdraw(document: Document, ids: tuple[str, ...]) -> Document:
    """The document without the words of the parts `ids` names, of the parts inside them, and of the blocks that quote them.

    Every code point of such a part but its line ends becomes U+2588, so that all other places stay; its passages, links and
    people go; the part stays, marked, without heading and author's name. A name met only there that still stands elsewhere in the
    document is noted where it stands, so that it stays masked. Ids that name nothing here change nothing.
    """
    gone = {part.id for part in document.parts if part.id in ids}
    if not gone:
        return document
    places = _Places(_withdrawn(document, gone))
    text = places.filled(document.text)
    people = tuple(person for person in document.people if places.stays(person.span))
    return msgspec.structs.replace(
        document,
        text=text,
        parts=tuple(_marked(part) if places.holds(part.span) else part for part in document.parts),
        passages=tuple(passage for passage in document.passages if places.stays(passage.span)),
        furniture=tuple(furniture for furniture in document.furniture if places.stays(furniture.span)),
        links=tuple(link for link in document.links if places.stays(link.span)),
        people=tuple(sorted([*people, *_met_elsewhere(document, people, text)], key=lambda person: (person.span, person.field))),
    )


def _withdrawn(document: Document, gone: set[str]) -> Iterator[Span]:
    """The places of the parts taken back, and of the quotation blocks that repeat one of them or a part inside it."""
    inside = _Places(part.span for part in document.parts if part.id in gone)
    quoted = {part.id for part in document.parts if inside.holds(part.span)}
    for part in document.parts:
        if part.id in gone or (part.quote_of is not None and part.quote_of.part in quoted):
            yield part.span


def _met_elsewhere(document: Document, kept: tuple[Person, ...], text: str) -> Iterator[Person]:
    """The people whose every place went, where their name still stands."""
    known = {person.name for person in kept}
    for person in document.people:
        if person.name in known:
            continue
        known.add(person.name)
        still = re.search(rf"(?<!\w){re.escape(person.name)}(?!\w)", text)
        if still:
            yield msgspec.structs.replace(person, field="mention", span=Span(*still.span()))


def _marked(part: Part) -> Part:
    role = part.author.role if part.author else "unknown"
    return msgspec.structs.replace(part, is_withdrawn=True, heading=None, author=Author(None, role), quote_of=None)


class _Places:
    """Places joined where they touch, asked by bisection."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans: list[Span] = []
        for span in sorted(spans):
            if self._spans and span.start <= self._spans[-1].end:
                last = self._spans.pop()
                self._spans.append(Span(last.start, max(last.end, span.end)))
            else:
                self._spans.append(span)

    def stays(self, span: Span) -> bool:
        """Whether no code point of `span` lies in them."""
        index = bisect_right(self._spans, span.start, key=lambda place: place.start) - 1
        return not any(near.overlaps(span) for near in self._spans[max(0, index) : index + 2])

    def holds(self, span: Span) -> bool:
        """Whether all of `span` lies in one of them."""
        index = bisect_right(self._spans, span.start, key=lambda place: place.start) - 1
        return index >= 0 and self._spans[index].contains(span)

    def filled(self, text: str) -> str:
        """The text with every code point in them but line ends filled over."""
        pieces: list[str] = []
        end = 0
        for place in self._spans:
            pieces += [text[end : place.start], _FILLED.sub(FILL, place.of(text))]
            end = place.end
        return "".join([*pieces, text[end:]])
