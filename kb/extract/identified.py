"""Gives found records what every record has: its words, its passage, its voice, its permanent id."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

import msgspec

from kb.extract.found import Found
from kb.extract.voice import voice_of
from kb.model import AnyRecord, Citation, Document, IdCounter, Mention, Passage, Span, fold, quote_at

SHORT = 40
"""Records of fewer folded code points than this take the words of their passage into their id, as mentions and citations do."""


def identified(found: Found, drafts: Iterable[AnyRecord]) -> tuple[AnyRecord, ...]:
    """`drafts` in text order with id, source, checksum, passage, quote and voice filled in.

    Drafts on the same span with the same subject are one record: the more confident is kept. Raises `ValueError` for a span
    outside the text or an empty one: an extractor that yields these is broken.
    """
    kept: dict[tuple[Span, str], AnyRecord] = {}
    for draft in drafts:
        if not len(draft.span) or draft.span.end > len(found.document.text):
            raise ValueError(f"rule {draft.rule!r} gave an impossible span: {draft.span}")
        key = (draft.span, draft.subject())
        if key not in kept or kept[key].confidence < draft.confidence:
            kept[key] = draft
    counter = IdCounter()
    passages = _PassageFinder(found.document)
    return tuple(_finish(found, kept[key], passages, counter) for key in sorted(kept))


def _finish(found: Found, draft: AnyRecord, passages: _PassageFinder, counter: IdCounter) -> AnyRecord:
    document = found.document
    passage = passages.at(draft.span)
    words = fold(draft.span.of(document.text))
    context = ""
    if passage is not None and (isinstance(draft, Mention | Citation) or len(words) < SHORT):
        context = fold(passage.span.of(document.text))
    changes: dict[str, object] = {
        "id": counter.next_id(draft.KIND, document.source_id, words, context, draft.subject()),
        "source_id": document.source_id,
        "sha256": document.sha256,
        "passage": passage.id if passage else "",
        "quote": quote_at(document.text, draft.span),
    }
    if draft.speaker_role == "unknown":
        voice = voice_of(found, draft.span)
        changes |= {"speaker": voice.name, "speaker_role": voice.role}
        if draft.attributed_to is None:
            changes["attributed_to"] = voice.attributed_to
    return msgspec.structs.replace(draft, **changes)


class _PassageFinder:
    """Finds the passage a place begins in, by bisection: passages stand in text order and do not overlap."""

    def __init__(self, document: Document) -> None:
        self._passages = document.passages
        self._starts = [passage.span.start for passage in document.passages]

    def at(self, span: Span) -> Passage | None:
        """The passage that holds the span's start, else the first one the span overlaps, else None."""
        index = bisect_right(self._starts, span.start) - 1
        candidates = self._passages[max(index, 0) : index + 2]
        return next((passage for passage in candidates if passage.span.overlaps(span)), None)
