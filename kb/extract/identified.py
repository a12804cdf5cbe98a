"""Gives found records what every record has: its words, its passage, its voice, its permanent id."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import msgspec

from kb.extract.found import Found
from kb.extract.voice import voice_of
from kb.model import AnyRecord, Citation, IdCounter, Mention, Passage, Span, fold, quote_at

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
    passages = found.document.passages
    starts = [passage.span.start for passage in passages]
    folded: dict[str, str] = {}
    drafts = [kept[key] for key in sorted(kept)]
    return tuple(_finish(found, draft, _passage_at(passages, starts, draft.span), counter, folded) for draft in drafts)


def _finish(found: Found, draft: AnyRecord, passage: Passage | None, counter: IdCounter, folded: dict[str, str]) -> AnyRecord:
    """The draft as a record; `folded` keeps the folded words of passages by id, so that each is folded once."""
    document = found.document
    words = fold(draft.span.of(document.text))
    context = ""
    if passage is not None and (isinstance(draft, Mention | Citation) or len(words) < SHORT):
        context = folded.get(passage.id) or folded.setdefault(passage.id, fold(passage.span.of(document.text)))
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


def _passage_at(passages: Sequence[Passage], starts: Sequence[int], span: Span) -> Passage | None:
    """The passage that holds the span's start, else the first one the span overlaps, else None.

    By bisection: passages stand in text order and do not overlap; `starts` are theirs.
    """
    index = bisect_right(starts, span.start) - 1
    candidates = passages[max(index, 0) : index + 2]
    return next((passage for passage in candidates if passage.span.overlaps(span)), None)
