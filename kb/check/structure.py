"""Documents: what is missing from them."""

from __future__ import annotations

from collections.abc import Iterator

from kb.check.links import cut_addresses, lost_targets
from kb.extract import LANGUAGES
from kb.model import Document, Finding, KnowledgeBase, Part
from kb.text.languages import UNDETERMINED


def empty_sections(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """Sections and boxes with a heading and neither words nor parts of their own."""
    for document in knowledge.documents:
        parents = {part.parent for part in document.parts}
        for part in document.parts:
            if part.kind in {"section", "box"} and part.heading and part.id not in parents and _is_empty(document, part):
                message = f"{part.heading!r} has a heading and no words below it; compare the original"
                yield Finding(code="W201", message=message, source_id=document.source_id, span=part.span, subject=part.id)


def posts_without_body(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """Posts and articles of which nothing but the frame is left; those withdrawn by their author are meant to be empty."""
    for document in knowledge.documents:
        for part in document.parts:
            if part.kind in {"post", "article"} and not part.is_withdrawn and not part.body.of(document.text).strip():
                name = part.label or f"number {part.number}"
                message = f"{part.kind} {name} has no words of its own; compare the page it was saved from"
                yield Finding(code="W202", message=message, source_id=document.source_id, span=part.span, subject=part.id)


def other_languages(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """Documents that were read and can be searched, and from which nothing was extracted."""
    for document in knowledge.documents:
        if document.language not in LANGUAGES:
            seen = "of none that kb knows" if document.language == UNDETERMINED else f"{document.language!r}"
            message = f'its language is {seen}: indexed, not extracted; if it is English, write language = "en" in the manifest'
            yield Finding(code="I206", message=message, source_id=document.source_id)


def _is_empty(document: Document, part: Part) -> bool:
    held = [passage for passage in document.passages if part.span.contains(passage.span)]
    return all(passage.kind in {"heading", "title"} for passage in held)


TOLD_BY_PLACE = {"W211": "W202", "W212": "W402", "W213": "W405", "W214": "W405", "W219": "W201"}
"""Losses that readers only count, and the check that tells each place of them."""


def losses(knowledge: KnowledgeBase) -> Iterator[Finding]:
    """What readers say they could not recover, under the readers' own codes.

    A loss that another check has told place by place is not told again.
    """
    by_place = (empty_sections, posts_without_body, cut_addresses, lost_targets)
    told = {(finding.code, finding.source_id) for check in by_place for finding in check(knowledge)}
    for document in knowledge.documents:
        for loss in document.losses:
            if (TOLD_BY_PLACE.get(loss.code), document.source_id) not in told:
                yield Finding(code=loss.code, message=loss.message, source_id=document.source_id, span=loss.span)
