"""The manifest: what it asks for and could not be done."""

from __future__ import annotations

from collections.abc import Iterator

from kb.model import Finding, KnowledgeBase


def unknown_withdrawals(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """Withdrawals that name no post of their source: the words their author took back may still stand."""
    taken_back = {part.id for document in knowledge.documents for part in document.parts if part.is_withdrawn}
    for source in knowledge.sources:
        for name in source.withdrawn:
            if name not in taken_back:
                message = (
                    f"{source.id} has no post {name!r} to withdraw; kb show {source.id} --structure lists the ids of its parts"
                )
                yield Finding(code="W103", message=message, source_id=source.id, subject=name)
