"""Quotations beside their originals."""

from __future__ import annotations

from collections.abc import Iterator

from kb.model import Finding, KnowledgeBase, Quotation


def altered_quotations(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """Quotations whose original is held and says it in other words; the message says where, never who is right."""
    for quotation in _quotations(knowledge):
        if quotation.match == "altered":
            where = quotation.original_source or "a held source"
            message = f"these words are not those of {where}; kb show {quotation.id} sets them side by side"
            yield Finding(code="W502", message=message, source_id=quotation.source_id, span=quotation.span, subject=quotation.id)


def unheld_originals(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """Quotations that cannot be compared, because what they are taken from is not held."""
    for quotation in _quotations(knowledge):
        if quotation.place == "not-held":
            of = f" ({quotation.attributed_to})" if quotation.attributed_to else ""
            message = f"the original{of} is not held; add it with kb add to compare the words"
            yield Finding(code="I503", message=message, source_id=quotation.source_id, span=quotation.span, subject=quotation.id)


def _quotations(knowledge: KnowledgeBase) -> Iterator[Quotation]:
    return (record for record in knowledge.records if isinstance(record, Quotation))
