"""Sources, records, passages, parts and works as lines of text: what `kb show` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from kb.cli.structure import Structure, structure_of, told
from kb.index.entries import describe_part
from kb.model import (
    AnyRecord,
    Basis,
    Document,
    Figure,
    Identifiers,
    KnowledgeBase,
    Link,
    Part,
    Passage,
    Quotation,
    Record,
    Source,
    Span,
    When,
    Work,
)

Thing: TypeAlias = Source | AnyRecord | Passage | Part | Work
REVIEW = {
    "machine": "machine-made, not checked by a person",
    "confirmed": "confirmed",
    "corrected": "corrected",
    "rejected": "rejected",
    "disputed": "disputed",
    "withdrawn": "withdrawn",
}
NOT_READ = "not read: kb check says why"
SHARED = {*Record.__struct_fields__, "original_source", "original"}
"""Fields of records that have lines of their own."""
WIDTH = 100
"""Code points shown of words that are only pointed at."""


@dataclass(frozen=True)
class Shown:
    """A knowledge base with its things by id."""

    knowledge: KnowledgeBase

    @cached_property
    def things(self) -> dict[str, Thing]:
        """Everything that has an id."""
        knowledge = self.knowledge
        things: dict[str, Thing] = {source.id: source for source in knowledge.sources}
        for document in knowledge.documents:
            things |= {part.id: part for part in document.parts} | {passage.id: passage for passage in document.passages}
        return things | {record.id: record for record in knowledge.records} | {work.id: work for work in knowledge.works}

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Documents by the id of their source."""
        return {document.source_id: document for document in self.knowledge.documents}

    @cached_property
    def _homes(self) -> dict[str, Document]:
        places = [(thing.id, document) for document in self.knowledge.documents for thing in (*document.passages,)]
        places += [(part.id, document) for document in self.knowledge.documents for part in document.parts]
        return dict(places)

    def home(self, thing: AnyRecord | Passage | Part) -> Document:
        """The document a thing stands in."""
        return self.documents[thing.source_id] if isinstance(thing, Record) else self._homes[thing.id]

    def links(self, identifier: str) -> list[Link]:
        """Links from and to a thing, in the order they were found."""
        return [link for link in self.knowledge.links if identifier in {link.origin, link.target}]

    def records_in(self, passage: Passage) -> list[AnyRecord]:
        """Records whose span begins in a passage."""
        return [record for record in self.knowledge.records if record.passage == passage.id]


def sources(shown: Shown) -> Iterator[str]:
    """What is held, a source a line."""
    counts = Counter(record.source_id for record in shown.knowledge.records)
    for source in shown.knowledge.sources:
        unread = "" if source.id in shown.documents else "; not read"
        yield f"{source.id}  {source.source_kind}, {counts[source.id]} record(s){unread}  {title_of(shown, source)}"


def describe(shown: Shown, thing: Thing) -> Iterator[str]:
    """A thing in lines: what it is, its exact words, where they stand, and what is linked to it."""
    match thing:
        case Source():
            yield from _source(shown, thing)
        case Passage():
            yield f"passage {thing.id} ({thing.kind})"
            yield from _words_and_place(shown, thing)
            yield from (f"  {record.KIND} {record.id}: {_short(record.quote.exact)}" for record in shown.records_in(thing))
        case Part():
            yield f"{describe_part(thing)} ({thing.id})"
            yield from _words_and_place(shown, thing)
        case Work():
            yield from _work(thing)
        case _:
            yield from _record(shown, thing)
    yield from _linked(shown, thing)


def structure(shown: Shown, source: Source) -> Structure | None:
    """The tree of a source's parts, and what was lost; None where it could not be read."""
    document = shown.documents.get(source.id)
    return structure_of(source, document) if document else None


def title_of(shown: Shown, source: Source) -> str:
    """The title the manifest or the document gives, else the id."""
    document = shown.documents.get(source.id)
    return source.title or (document.title if document else None) or source.id


def _source(shown: Shown, source: Source) -> Iterator[str]:
    yield f"source {source.id}"
    yield f"  title: {title_of(shown, source)}"
    yield f"  kind: {source.source_kind}, read as {source.shape}; published: {source.publish}"
    for name in ("authors", "publisher", "date", "jurisdiction", "licence", "url"):
        yield f"  {name}: {_plain(getattr(source, name)) or 'unknown'}"
    for name in ("retrieved", "digest_of", "withdrawn", "note"):
        if plain := _plain(getattr(source, name)):
            yield f"  {name.replace('_', ' ')}: {plain}"
    yield f"  files: {', '.join(file.path for file in source.files)}"
    document = shown.documents.get(source.id)
    if document is None:
        yield f"  {NOT_READ}"
        return
    yield f"  text: {len(document.text)} code points, {len(document.parts)} part(s), {len(document.passages)} passage(s)"
    counts = Counter(record.KIND for record in shown.knowledge.records if record.source_id == source.id)
    yield "  records: " + (", ".join(f"{kind} {count}" for kind, count in counts.items()) or "none")
    yield from (f"  {told(loss)}" for loss in document.losses)


def _words_and_place(shown: Shown, thing: AnyRecord | Passage | Part) -> Iterator[str]:
    document = shown.home(thing)
    yield "  " + thing.span.of(document.text).strip().replace("\n", "\n  ")
    source = shown.things[document.source_id]
    title = title_of(shown, source) if isinstance(source, Source) else document.source_id
    yield f"  in {title} ({document.source_id}), {_parts(document, thing.span)}{_range(thing.span)}"


def _parts(document: Document, span: Span) -> str:
    holders = [part for part in document.parts if part.span.contains(span) and part.span != span]
    return "".join(f"{describe_part(part)}, " for part in holders)


def _record(shown: Shown, record: AnyRecord) -> Iterator[str]:
    yield f"{record.KIND} {record.id}"
    yield from _words_and_place(shown, record)
    voice = f"{record.speaker or 'name not kept'} ({record.speaker_role})"
    yield f"  speaks: {voice}" + (f", crediting {record.attributed_to}" if record.attributed_to else "")
    for name in record.__struct_fields__:
        if name not in SHARED and (plain := _plain(getattr(record, name))):
            yield f"  {name.replace('_', ' ')}: {plain}"
    if isinstance(record, Quotation) and record.original_source and record.original:
        original = record.original.of(shown.documents[record.original_source].text)
        yield f"  original in {record.original_source} {_range(record.original)}: {' '.join(original.split())}"
    reviewed = ", ".join(piece for piece in (record.review.reviewer, record.review.date) if piece)
    by = f" by {reviewed}" if reviewed else ""
    yield f"  found by rule {record.rule}, confidence {record.confidence:.2f}; {REVIEW[record.review.status]}{by}"
    if record.passage:
        yield f"  passage: {record.passage}"


def _work(work: Work) -> Iterator[str]:
    yield f"work {work.id}"
    yield f"  {work.title or 'title unknown'}"
    for name in ("authors", "year", "container", "volume", "pages", "publisher", "publisher_place", "ids", "aliases"):
        if plain := _plain(getattr(work, name)):
            yield f"  {name}: {plain}"


def _linked(shown: Shown, thing: Thing) -> Iterator[str]:
    for link in shown.links(thing.id):
        is_origin = link.origin == thing.id
        other = link.target if is_origin else link.origin
        arrow = f"{link.relation} -> " if is_origin else f"<- {link.relation} by "
        yield f"  {arrow}{other}: {_label(shown, other)}"


def _label(shown: Shown, identifier: str) -> str:
    thing = shown.things.get(identifier)
    match thing:
        case None:
            return "not held"
        case Source():
            return title_of(shown, thing)
        case Work():
            return _short(thing.title or "title unknown")
        case _:
            return _short(thing.span.of(shown.home(thing).text))


def _plain(value: object) -> str:  # noqa: PLR0911 - one case a kind
    """A field's value for people; "" for what is unknown or empty."""
    match value:
        case None:
            return ""
        case When():
            return value.value
        case Figure():
            return " ".join(piece for piece in (value.qualifier, _plain(value.value), value.unit, value.of) if piece)
        case Basis():
            return value.code or value.kind
        case Identifiers():
            named = {name: getattr(value, name) for name in value.__struct_fields__}
            return ", ".join(f"{name} {known}" for name, known in named.items() if known)
        case tuple():
            return "; ".join(_plain(one) for one in value)
        case float():
            return f"{value:g}"
        case _:
            return str(value)


def _short(words: str) -> str:
    folded = " ".join(words.split())
    return folded if len(folded) <= WIDTH else folded[: WIDTH - 1] + "…"


def _range(span: Span) -> str:
    return f"{span.start}-{span.end}"
