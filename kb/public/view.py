"""The public view: the one door between the private store and everything that leaves it.

It is a knowledge base again, with the same offsets and ids, in which whatever must not be published has been filled over or
left out. Whoever builds a page or an export from it cannot leak what it no longer holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

import msgspec

from kb.extract.coverage import Coverage
from kb.model import (
    AnyRecord,
    Author,
    Claim,
    Document,
    DocumentLink,
    Figure,
    Finding,
    KnowledgeBase,
    Mention,
    Part,
    Passage,
    Reference,
    Source,
    Work,
    quote_at,
)
from kb.public.health import withheld_passages
from kb.public.masks import GAP, MASK, Mask, make_mask

Visibility = Literal["shown", "gap", "withheld"]
"""shown: published. gap: the source's licence allows only quotations, and no record needs this passage. withheld: tells a
member's own health, or its author took it back."""
ALWAYS_SHOWN = frozenset({"title", "heading"})
R = TypeVar("R", bound=AnyRecord)


@dataclass(frozen=True)
class PublicView:
    """What may be published of a knowledge base."""

    knowledge: KnowledgeBase
    visibility: Mapping[str, Visibility]
    """Of every passage, by id."""
    shares: Mapping[str, float]
    """Published part of each source's words, 0 to 1, by source id."""
    is_private: bool = False


def public_view(knowledge: KnowledgeBase, *, private: bool = False) -> PublicView:
    """What of `knowledge` may be published; with `private`, all of it, marked as such."""
    if private:
        visibility: dict[str, Visibility] = {it.id: "shown" for document in knowledge.documents for it in document.passages}
        return PublicView(knowledge, visibility, {source.id: 1.0 for source in knowledge.sources}, is_private=True)
    mask = make_mask(knowledge.documents)
    sources = {source.id: source for source in knowledge.sources}
    visibility = {}
    own: dict[str, list[AnyRecord]] = {}
    for record in knowledge.records:
        own.setdefault(record.source_id, []).append(record)
    for document in knowledge.documents:
        visibility |= passage_visibility(sources[document.source_id], document, own.get(document.source_id, []))
    documents = tuple(
        _public_document(document, visibility, mask, is_forum=sources[document.source_id].source_kind == "forum")
        for document in knowledge.documents
    )
    shares = {document.source_id: published_share(document, visibility) for document in knowledge.documents}
    records = _public_records(knowledge, documents, visibility, mask)
    return PublicView(_whole(knowledge, documents, records, mask), visibility, shares)


def passage_visibility(source: Source, document: Document, records: list[AnyRecord]) -> dict[str, Visibility]:
    """What becomes of each passage of one document.

    `publish = "quotes"` shows the passages in which a record other than a mere mention stands, and titles and headings.
    """
    withheld = withheld_passages(source, document, [record for record in records if isinstance(record, Mention)])
    carrying = Coverage(record.span for record in records if not isinstance(record, Mention) and not record.is_kept_back)
    return {passage.id: _visibility(source, passage, withheld, carrying) for passage in document.passages}


def _visibility(source: Source, passage: Passage, withheld: frozenset[str], carrying: Coverage) -> Visibility:
    if passage.id in withheld:
        return "withheld"
    if source.publish == "full" or passage.kind in ALWAYS_SHOWN:
        return "shown"
    if source.publish == "quotes" and carrying.share_of(passage.span) > 0:
        return "shown"
    return "gap"


def published_share(document: Document, visibility: Mapping[str, Visibility]) -> float:
    """Published code points of passages over all code points of passages; 0 for a document without passages."""
    total = sum(len(passage.span) for passage in document.passages)
    shown = sum(len(passage.span) for passage in document.passages if visibility[passage.id] == "shown")
    return shown / total if total else 0.0


def _public_document(document: Document, visibility: Mapping[str, Visibility], mask: Mask, *, is_forum: bool) -> Document:
    """The document with every code point outside its published passages filled over, line breaks kept."""
    masked = mask.fill(document.text)
    pieces: list[str] = []
    end = 0
    for passage in document.passages:
        if visibility[passage.id] == "shown":
            pieces += [_gap(masked[end : passage.span.start]), passage.span.of(masked)]
            end = passage.span.end
    text = "".join([*pieces, _gap(masked[end:])])
    return msgspec.structs.replace(
        document,
        text=text,
        title=mask.replace(document.title) if document.title else None,
        authors=tuple(mask.replace(name) for name in document.authors),
        parts=tuple(_public_part(part, mask) for part in document.parts),
        furniture=(),
        links=tuple(
            msgspec.structs.replace(link, href=None if _names_somebody(link, text, mask, is_forum=is_forum) else link.href)
            for link in document.links
            if GAP not in link.span.of(text)
        ),
        people=(),
        url=None if mask.hides(document.url) else document.url,
    )


PROFILE = re.compile(r"[/?&=](?:members?|users?|profiles?|u)(?:[/.?&=]|$)", re.IGNORECASE)
"""In a forum's addresses: the page of a member, whose name is spelt there in ways no mask foresees."""


def _names_somebody(link: DocumentLink, text: str, mask: Mask, *, is_forum: bool) -> bool:
    """Whether a link's address, or all of its words, say who a member is."""
    if link.href is None or mask.hides(link.href):
        return True
    return is_forum and (PROFILE.search(link.href) is not None or not link.span.of(text).strip(f"@{MASK} "))


def _gap(words: str) -> str:
    return "".join(char if char.isspace() else GAP for char in words)


def _public_part(part: Part, mask: Mask) -> Part:
    author = part.author
    if author is not None and author.role in ("member", "unknown"):
        author = Author(None, author.role)
    quote_of = part.quote_of
    if quote_of is not None and mask.hides(quote_of.name):
        quote_of = msgspec.structs.replace(quote_of, name=None)
    heading = mask.replace(part.heading) if part.heading else None
    return msgspec.structs.replace(part, author=author, heading=heading, quote_of=quote_of)


def _public_records(
    knowledge: KnowledgeBase, documents: tuple[Document, ...], visibility: Mapping[str, Visibility], mask: Mask
) -> tuple[AnyRecord, ...]:
    texts = {document.source_id: document.text for document in documents}
    return tuple(
        _public_record(record, texts[record.source_id], mask)
        for record in knowledge.records
        if visibility.get(record.passage) == "shown"
        and not record.is_kept_back
        and not record.span.of(texts[record.source_id]).startswith(GAP)
    )


def _public_record(record: R, text: str, mask: Mask) -> R:
    changes: dict[str, object] = {"quote": quote_at(text, record.span)}
    if record.speaker_role == "member":
        changes["speaker"] = None
    for field in _NAMING_FIELDS:
        value = changes.get(field, getattr(record, field, None))
        if isinstance(value, str):
            changes[field] = mask.replace(value)
    if isinstance(record, Reference):
        changes["authors"] = tuple(mask.replace(name) for name in record.authors)
    if isinstance(record, Claim):
        changes["figures"] = tuple(_public_figure(figure, mask) for figure in record.figures)
    return msgspec.structs.replace(record, **changes)


_NAMING_FIELDS = (
    "speaker",
    "attributed_to",
    "by",
    "reported_by",
    "term",
    "term_norm",
    "title",
    "container",
    "publisher",
    "for_whom",
)
"""Fields of any record that hold words in which a name may stand."""


def _public_figure(figure: Figure, mask: Mask) -> Figure:
    return msgspec.structs.replace(
        figure,
        of=_masked(figure.of, mask),
        population=_masked(figure.population, mask),
        setting=_masked(figure.setting, mask),
        period=_masked(figure.period, mask),
    )


def _masked(words: str | None, mask: Mask) -> str | None:
    return mask.replace(words) if words else words


def _whole(
    knowledge: KnowledgeBase, documents: tuple[Document, ...], records: tuple[AnyRecord, ...], mask: Mask
) -> KnowledgeBase:
    ids = {record.id for record in records} | {source.id for source in knowledge.sources}
    ids |= {passage.id for document in documents for passage in document.passages}
    works = {work.id for work in knowledge.works}
    links = tuple(link for link in knowledge.links if link.origin in ids | works and link.target in ids | works)
    pointed_at = {link.target for link in links} | {link.origin for link in links if link.relation == "held-as"}
    kept = tuple(_public_work(work, mask) for work in knowledge.works if work.id in pointed_at)
    ids |= {work.id for work in kept}
    return KnowledgeBase(
        sources=tuple(_public_source(source, mask) for source in knowledge.sources),
        documents=documents,
        records=records,
        works=kept,
        links=tuple(link for link in links if link.origin in ids and link.target in ids),
        aliases=tuple(alias for alias in knowledge.aliases if alias.target in ids),
        findings=tuple(_public_finding(finding, mask) for finding in knowledge.findings),
    )


def _public_source(source: Source, mask: Mask) -> Source:
    return msgspec.structs.replace(
        source,
        title=_masked(source.title, mask),
        authors=tuple(mask.replace(name) for name in source.authors),
        note=_masked(source.note, mask),
    )


def _public_work(work: Work, mask: Mask) -> Work:
    named = {name: _masked(getattr(work, name), mask) for name in ("title", "container", "publisher")}
    return msgspec.structs.replace(work, authors=tuple(mask.replace(it) for it in work.authors), **named)


def _public_finding(finding: Finding, mask: Mask) -> Finding:
    return msgspec.structs.replace(finding, message=mask.replace(finding.message))
