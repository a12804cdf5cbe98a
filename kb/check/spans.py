"""Whether places are where they say: quotes prove spans, passages do not overlap, parts of a record lie in it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kb.model import AnyRecord, Claim, Definition, Document, Finding, KnowledgeBase, Span, quote_at


def unproved_quotes(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """Records whose exact words, context or checksum are not those of their document."""
    for document, record in _placed(knowledge):
        fits = record.span.end <= len(document.text) and record.sha256 == document.sha256
        if not fits or record.quote != quote_at(document.text, record.span):
            message = f"{record.KIND} {record.id} does not stand where it says; run kb build"
            yield Finding(code="E301", message=message, source_id=record.source_id, span=record.span, subject=record.id)


def stray_passages(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """Passages that are empty, reach past the text, or begin before the one before them has ended."""
    for document in knowledge.documents:
        before = [Span(0, 0), *(passage.span for passage in document.passages)]
        for passage, (last, span) in zip(document.passages, pairwise(before), strict=True):
            if not len(span) or span.end > len(document.text) or span.start < last.end:
                message = f"passage {passage.id} is empty, overlapping or outside the text: a fault of {document.reader}"
                yield Finding(code="E302", message=message, source_id=document.source_id, span=span, subject=passage.id)


def outside_parts(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """Figures outside the words of their claim, and definientia outside those of their definition."""
    for _document, record in _placed(knowledge):
        for inner in _inner_spans(record):
            if not record.span.contains(inner):
                message = f"{record.KIND} {record.id} holds a figure or term outside its words: a fault of {record.rule}"
                yield Finding(code="E303", message=message, source_id=record.source_id, span=inner, subject=record.id)


def _inner_spans(record: AnyRecord) -> tuple[Span, ...]:
    match record:
        case Claim():
            return tuple(figure.span for figure in record.figures)
        case Definition(definiens=Span() as definiens):
            return (definiens,)
        case _:
            return ()


def _placed(knowledge: KnowledgeBase) -> Iterator[tuple[Document, AnyRecord]]:
    documents = {document.source_id: document for document in knowledge.documents}
    for record in knowledge.records:
        if record.source_id in documents:
            yield documents[record.source_id], record
