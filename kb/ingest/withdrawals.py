"""Parts that their authors took back: filled over, so that nothing of them goes further."""

from __future__ import annotations

import re

import msgspec

from kb.model import Author, Document, Part, Span

FILL = "█"
_FILLED = re.compile(r"[^\r\n]")


def withdraw(document: Document, ids: tuple[str, ...]) -> Document:
    """The document without the words of the parts `ids` names, and of the parts inside them.

    Every code point of such a part but its line ends becomes U+2588, so that all other places stay; its passages, links and
    people go; the part stays, marked, without heading and author's name. Ids that name nothing here change nothing.
    """
    gone = [part.span for part in document.parts if part.id in ids]
    if not gone:
        return document

    def stays(span: Span) -> bool:
        return not any(span.overlaps(place) for place in gone)

    text = document.text
    for span in gone:
        text = text[: span.start] + _FILLED.sub(FILL, span.of(text)) + text[span.end :]
    return msgspec.structs.replace(
        document,
        text=text,
        parts=tuple(_marked(part) if any(place.contains(part.span) for place in gone) else part for part in document.parts),
        passages=tuple(passage for passage in document.passages if stays(passage.span)),
        furniture=tuple(furniture for furniture in document.furniture if stays(furniture.span)),
        links=tuple(link for link in document.links if stays(link.span)),
        people=tuple(person for person in document.people if stays(person.span)),
    )


def _marked(part: Part) -> Part:
    role = part.author.role if part.author else "unknown"
    return msgspec.structs.replace(part, is_withdrawn=True, heading=None, author=Author(None, role))
