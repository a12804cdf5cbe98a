"""Links of documents that lead nowhere, and links of ours whose ends are gone."""

from __future__ import annotations

from collections.abc import Iterator

from kb.model import DocumentLink, Finding, KnowledgeBase

SHOWN = 200
"""Code points of a text that a message repeats."""
LOST = {
    "dead": "the target of this link was not kept; its words remain",
    "lost": "a link is announced here and is not there",
}


def cut_addresses(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """Addresses of which the middle or end was left out."""
    for source_id, link, words in _links(knowledge):
        if link.status == "truncated":
            message = f"{words} was cut short; look the full address up in the original"
            yield Finding(code="W402", message=message, source_id=source_id, span=link.span)


def lost_targets(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """Links whose words survived and whose target did not."""
    for source_id, link, words in _links(knowledge):
        if link.status in LOST:
            yield Finding(code="W405", message=f"{LOST[link.status]}: {words!r}", source_id=source_id, span=link.span)


def _links(knowledge: KnowledgeBase) -> Iterator[tuple[str, DocumentLink, str]]:
    for document in knowledge.documents:
        for link in document.links:
            yield document.source_id, link, " ".join(link.span.of(document.text).split())[:SHOWN]


def broken_ends(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """Links and aliases whose origin or target is nothing that is held."""
    held = {source.id for source in knowledge.sources}
    held |= {record.id for record in knowledge.records} | {work.id for work in knowledge.works}
    held |= {passage.id for document in knowledge.documents for passage in document.passages}
    held |= {part.id for document in knowledge.documents for part in document.parts}
    ends = [(link.id, end) for link in knowledge.links for end in (link.origin, link.target)]
    ends += [(alias.id, alias.target) for alias in knowledge.aliases]
    for subject, end in ends:
        if end not in held:
            yield Finding(code="E501", message=f"{subject} leads to {end}, which is not held: run kb build", subject=subject)
