"""Citations, the references they name, and what references leave out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kb.model import Citation, Finding, KnowledgeBase, Reference, fold

IDENTIFIERS = ("doi", "pmid", "isbn")


def dangling_citations(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """Keys that no reference of the document answers, one finding a key and document, at its first marker.

    A numeric key is answered by a reference with that label; one of author and year by a link of its citation.
    """
    markers: dict[tuple[str, str], list[Citation]] = defaultdict(list)
    for citation, key in _unanswered(knowledge):
        markers[citation.source_id, key].append(citation)
    for (source_id, key), citations in markers.items():
        first = citations[0]
        times = f", cited {len(citations)} times," if len(citations) > 1 else ""
        message = f"{key!r}{times} has no entry in this document: its list of references was not kept, or never given"
        yield Finding(code="W401", message=message, source_id=source_id, span=first.span, subject=first.id)


def _unanswered(knowledge: KnowledgeBase) -> Iterator[tuple[Citation, str]]:
    labels = {(record.source_id, record.label) for record in knowledge.records if isinstance(record, Reference)}
    resolved = {link.origin for link in knowledge.links if link.relation == "resolves-to"}
    citations = (record for record in knowledge.records if isinstance(record, Citation))
    for citation, key in ((one, key) for one in citations for key in one.keys):
        if (citation.source_id, key) not in labels and (key.isdigit() or citation.id not in resolved):
            yield citation, key


def repeated_entries(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """References that repeat an earlier entry with the same identifier, word for word or under another label.

    Two addresses of one work are no repetition: each may have been wanted.
    """
    first: dict[tuple[str, str, str, str], Reference] = {}
    references = (record for record in knowledge.records if isinstance(record, Reference))
    for record, name, value in ((one, name, value) for one in references for name, value in _identifiers(one)):
        entry = (record.source_id, name, value, "" if record.label else fold(record.quote.exact))
        if entry in first:
            message = f"{name.upper()} {value} is listed twice; {first[entry].id} has it before"
            yield Finding(code="W403", message=message, source_id=record.source_id, span=record.span, subject=record.id)
        first.setdefault(entry, record)


def _identifiers(reference: Reference) -> Iterator[tuple[str, str]]:
    for name in IDENTIFIERS:
        value = getattr(reference.ids, name)
        if value:
            yield name, value


def unnamed_journals(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """References with the volume or pages of a journal, and no journal."""
    for record in knowledge.records:
        if isinstance(record, Reference) and (record.volume or record.pages) and not record.container:
            place = f"volume {record.volume}" if record.volume else f"pages {record.pages}"
            message = f"the reference gives {place} of a journal it does not name"
            yield Finding(code="W404", message=message, source_id=record.source_id, span=record.span, subject=record.id)
