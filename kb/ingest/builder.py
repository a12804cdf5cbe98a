"""Puts a document together from what a reader found: order, nesting and permanent ids, checked once for every format."""

from __future__ import annotations

import hashlib
import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

import msgspec

from kb.errors import UnreadableSourceError
from kb.ingest.losses import loss
from kb.model import (
    Author,
    Document,
    DocumentLink,
    Furniture,
    IdCounter,
    Loss,
    Page,
    Part,
    Passage,
    Person,
    QuoteOf,
    Source,
    Span,
    When,
    fold,
)
from kb.model.document import FurnitureKind, PartKind, PassageKind
from kb.sources import decode
from kb.text.languages import language_of

BETWEEN_FILES = "\n\n"
PLACE = attrgetter("span")


@dataclass(frozen=True)
class Reading:
    """The files of one source as they were opened: their decoded texts in order, none for a format that is no text."""

    texts: tuple[str, ...]
    encoding: str
    sha256: str
    replaced: int = 0

    @property
    def text(self) -> str:
        """All texts, joined by a blank line where there are several."""
        return BETWEEN_FILES.join(self.texts)

    @property
    def file_spans(self) -> tuple[Span, ...]:
        """The place of each file's text in `text`."""
        starts = itertools.accumulate((len(text) + len(BETWEEN_FILES) for text in self.texts), initial=0)
        return tuple(Span(start, start + len(text)) for start, text in zip(starts, self.texts, strict=False))


def read(files: Sequence[bytes], source: Source) -> Reading:
    """Decode a source's files; raises `UnreadableSourceError` for one that holds no words."""
    decoded = [decode(data, name) for data, name in named(files, source)]
    return Reading(
        texts=tuple(part.text for part in decoded),
        encoding=", ".join(dict.fromkeys(part.encoding for part in decoded)),
        sha256=_checksum(files),
        replaced=sum(part.replaced for part in decoded),
    )


def read_binary(files: Sequence[bytes], source: Source, encoding: str = "binary") -> Reading:
    """The reading of files that are no text; raises `UnreadableSourceError` for an empty one."""
    for data, name in named(files, source):
        if not data.strip():
            raise UnreadableSourceError(name, source.shape, "it is empty")
    return Reading(texts=(), encoding=encoding, sha256=_checksum(files))


def named(files: Sequence[bytes], source: Source) -> list[tuple[bytes, str]]:
    """Each file's bytes with the name that messages give it; raises `UnreadableSourceError` where there is none."""
    if not files:
        raise UnreadableSourceError(source.id, source.shape, "it has no file")
    names = [file.path for file in source.files] + [source.id] * len(files)
    return list(zip(files, names, strict=False))


def _checksum(files: Sequence[bytes]) -> str:
    return hashlib.sha256(b"".join(files)).hexdigest()


class PartDraft(msgspec.Struct, frozen=True):
    """A part without id, order and parent, which follow from its place."""

    kind: PartKind
    span: Span
    body: Span
    label: str | None = None
    number: int | None = None
    heading: str | None = None
    author: Author | None = None
    date: When | None = None
    is_edited: bool = False
    host_id: str | None = None
    quote_of: QuoteOf | None = None


class PassageDraft(msgspec.Struct, frozen=True, gc=False):
    """A passage without id and part; `lead` is the place of the passage that introduces it."""

    kind: PassageKind
    span: Span
    lead: Span | None = None
    is_folded: bool = False
    """Whether its words are known to be what `fold` makes of them."""


@dataclass
class Draft:
    """What a reader has found so far, in any order.

    `anchors` gives the place of a passage for a key of the reader's own; the `target` of a link is such a key until the document
    is put together.
    """

    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    date: When | None = None
    parts: list[PartDraft] = field(default_factory=list)
    passages: list[PassageDraft] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)
    links: list[DocumentLink] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    anchors: dict[str, Span] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    file_spans: tuple[Span, ...] = ()
    url: str | None = None
    licence: str | None = None

    def furnish(self, kind: FurnitureKind, span: Span) -> None:
        """Mark a place as the carrier's, without the white space around it; white space alone is no furniture but U+00A0 is."""
        words = span.trimmed(self.text)
        if len(words) or kind == "boundary":
            self.furniture.append(Furniture(kind, words if len(words) else span))

    def pass_on(self, kind: PassageKind, span: Span, lead: Span | None = None) -> Span:
        """Add a passage without the white space around it, and give its place."""
        words = span.trimmed(self.text)
        if len(words):
            self.passages.append(PassageDraft(kind, words, lead))
        return words


USUAL_LANGUAGE = "en"
"""Of texts too short to tell, or of names and numbers."""


def assemble(draft: Draft, reading: Reading, source: Source) -> Document:
    """The document of a draft: parts nested by place, everything in text order, ids over words and place among equals.

    What the manifest states goes before what the file states. Raises `UnreadableSourceError` where no passage was found, and
    `ValueError` where passages overlap or parts cross: the reader is broken.
    """
    if not draft.passages:
        name = source.files[0].path if source.files else source.id
        raise UnreadableSourceError(name, source.shape, "no words were found in it but those of its frame")
    parts = sorted(draft.parts, key=lambda part: (part.span.start, -part.span.end))
    parents = _parents(parts)
    passages = sorted(draft.passages, key=PLACE)
    _check_passages(passages)
    passage_ids = _passage_ids(passages, draft.text, source.id)
    part_ids = _part_ids(parts, passages, passage_ids, source.id)
    by_place = {passage.span: identifier for passage, identifier in zip(passages, passage_ids, strict=True)}
    holders = _holders(parts, passages)
    damage = [loss("W216", reading.replaced)] if reading.replaced else []
    posts = _quotable(parts, part_ids)
    return Document(
        source_id=source.id,
        sha256=reading.sha256,
        reader=source.shape,
        text=draft.text,
        encoding=reading.encoding,
        title=source.title or draft.title,
        authors=source.authors or draft.authors,
        publisher=source.publisher or draft.publisher,
        date=source.date or draft.date,
        language=source.language or language_of(draft.text) or USUAL_LANGUAGE,
        parts=tuple(_part(part, order, part_ids, parents[order], posts) for order, part in enumerate(parts)),
        passages=tuple(
            Passage(
                id=passage_ids[place],
                kind=passage.kind,
                span=passage.span,
                part=None if holders[place] is None else part_ids[holders[place] or 0],
                lead=None if passage.lead is None else by_place.get(passage.lead),
            )
            for place, passage in enumerate(passages)
        ),
        furniture=tuple(sorted(draft.furniture, key=lambda furniture: (furniture.span, furniture.kind))),
        links=tuple(sorted([_aimed(link, draft, by_place) for link in draft.links], key=PLACE)),
        people=tuple(sorted(draft.people, key=lambda person: (person.span, person.field))),
        losses=tuple(sorted([*draft.losses, *damage], key=lambda lost: lost.code)),
        url=source.url or draft.url,
        licence=source.licence or draft.licence,
        file_spans=draft.file_spans or reading.file_spans,
        pages=tuple(draft.pages),
    )


def _aimed(link: DocumentLink, draft: Draft, by_place: dict[Span, str]) -> DocumentLink:
    """A link with the id of the passage its key stands for."""
    if link.target is None:
        return link
    place = draft.anchors.get(link.target)
    target = None if place is None else by_place.get(place)
    return DocumentLink(link.span, link.href, link.status, link.relation, target)


def _quotable(parts: list[PartDraft], ids: list[str]) -> dict[str, tuple[Span, str]]:
    """Place and id of the first post with each of the ids their host gave them."""
    posts: dict[str, tuple[Span, str]] = {}
    for part, identifier in zip(parts, ids, strict=True):
        if part.host_id:
            posts.setdefault(part.host_id, (part.span, identifier))
    return posts


def _quote_of(part: PartDraft, posts: dict[str, tuple[Span, str]]) -> QuoteOf | None:
    """What a quotation block repeats, with the part where that is an earlier post: no post quotes itself or a later one."""
    if part.quote_of is None or part.quote_of.host_id not in posts:
        return part.quote_of
    place, identifier = posts[part.quote_of.host_id]
    return msgspec.structs.replace(part.quote_of, part=identifier if place.end <= part.span.start else None)


def _part(part: PartDraft, order: int, ids: list[str], parent: int | None, posts: dict[str, tuple[Span, str]]) -> Part:
    return Part(
        id=ids[order],
        kind=part.kind,
        span=part.span,
        body=part.body,
        parent=None if parent is None else ids[parent],
        order=order,
        label=part.label,
        number=part.number,
        heading=part.heading,
        author=part.author,
        date=part.date,
        is_edited=part.is_edited,
        host_id=part.host_id,
        quote_of=_quote_of(part, posts),
    )


def _parents(parts: list[PartDraft]) -> list[int | None]:
    """The index of the innermost earlier part around each; `ValueError` where two cross or a body leaves its part."""
    parents: list[int | None] = []
    around: list[int] = []
    for index, part in enumerate(parts):
        while around and parts[around[-1]].span.end <= part.span.start:
            around.pop()
        if around and not parts[around[-1]].span.contains(part.span):
            raise ValueError(f"parts cross: {parts[around[-1]].span} and {part.span}")
        if not part.span.contains(part.body):
            raise ValueError(f"the body {part.body} leaves its part {part.span}")
        parents.append(around[-1] if around else None)
        around.append(index)
    return parents


def _check_passages(passages: list[PassageDraft]) -> None:
    for earlier, later in itertools.pairwise(passages):
        if earlier.span.end > later.span.start:
            raise ValueError(f"passages overlap: {earlier.span} and {later.span}")


def _passage_ids(passages: list[PassageDraft], text: str, source_id: str) -> list[str]:
    counter = IdCounter()
    ids = []
    for passage in passages:
        words = text[passage.span.start : passage.span.end]
        ids.append(counter.next_id("passage", source_id, words if passage.is_folded else fold(words)))
    return ids


def _part_ids(parts: list[PartDraft], passages: list[PassageDraft], ids: list[str], source_id: str) -> list[str]:
    counter = IdCounter()
    starts = [passage.span.start for passage in passages]
    made = []
    for part in parts:
        first = bisect_right(starts, part.span.start - 1)
        holds = first < len(passages) and part.span.contains(passages[first].span)
        words = (source_id, part.kind, part.label or "", part.heading or "", ids[first] if holds else "")
        made.append(counter.next_id("part", *words))
    return made


def _holders(parts: list[PartDraft], passages: list[PassageDraft]) -> list[int | None]:
    """The index of the innermost part around each passage; `ValueError` where a passage crosses a part's edge."""
    holders: list[int | None] = []
    around: list[int] = []
    coming = 0
    for passage in passages:
        while coming < len(parts) and parts[coming].span.start <= passage.span.start:
            while around and parts[around[-1]].span.end <= parts[coming].span.start:
                around.pop()
            around.append(coming)
            coming += 1
        while around and parts[around[-1]].span.end <= passage.span.start:
            around.pop()
        if around and parts[around[-1]].span.end < passage.span.end:
            raise ValueError(f"the passage {passage.span} leaves its part {parts[around[-1]].span}")
        holders.append(around[-1] if around else None)
    return holders
