"""Gives found records what every record has: its words, its passage, its voice, its permanent id."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from hashlib import sha256

import msgspec

from kb.extract.found import Found
from kb.extract.voice import Voice, voice_of
from kb.model import AnyRecord, Basis, Citation, Figure, IdCounter, Mention, Passage, Span, fold, quote_at

SHORT = 40
"""Records of fewer folded code points than this take the words of their passage into their id, as mentions and citations do."""

LONGEST_CONTEXT = 10_000
"""Of longer passages ids take in a checksum: a line of two megabytes is not hashed again for each record in it."""


def identified(found: Found, drafts: Iterable[AnyRecord]) -> tuple[AnyRecord, ...]:
    """`drafts` in text order with id, source, checksum, passage, quote and voice filled in.

    Drafts on the same span with the same subject are one record: the more confident is kept. Raises `ValueError` for a span
    outside the text or an empty one: an extractor that yields these is broken.
    """
    kept: dict[tuple[Span, str], AnyRecord] = {}
    for draft in drafts:
        document = found.whole if isinstance(draft, Citation) else found.document
        if not len(draft.span) or draft.span.end > len(document.text):
            raise ValueError(f"rule {draft.rule!r} gave an impossible span: {draft.span}")
        key = (draft.span, draft.subject())
        if key not in kept or kept[key].confidence < draft.confidence:
            kept[key] = draft
    finish = _Finish(found)
    return tuple(finish.record(kept[key]) for key in sorted(kept))


class _Finish:
    """Finishes drafts one after the other, in text order."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self._counter = IdCounter()
        self._passages = found.whole.passages
        self._starts = [passage.span.start for passage in self._passages]
        self._folded: dict[str, str] = {}
        """The folded words of passages by id, or their checksum, so that each is folded once."""

    def record(self, draft: AnyRecord) -> AnyRecord:
        """The draft as a record."""
        document = self._found.whole
        place = draft.span if isinstance(draft, Citation) else self._found.restored(draft.span)
        passage = _passage_at(self._passages, self._starts, place)
        words = fold(place.of(document.text))
        needs_context = len(words) < SHORT or isinstance(draft, Mention | Citation)
        context = self._context(passage) if passage is not None and needs_context else ""
        voice = self._voice(draft)
        return msgspec.structs.replace(
            draft,
            id=self._counter.next_id(draft.KIND, document.source_id, words, context, draft.subject()),
            source_id=document.source_id,
            sha256=document.sha256,
            passage=passage.id if passage else "",
            quote=quote_at(document.text, place),
            speaker=voice.name,
            speaker_role=voice.role,
            attributed_to=voice.attributed_to if draft.attributed_to is None else draft.attributed_to,
        )

    def _voice(self, draft: AnyRecord) -> Voice:
        """Whose words the draft's are: those it says itself, else those of the place."""
        if draft.speaker_role != "unknown":
            return Voice(draft.speaker, draft.speaker_role, draft.attributed_to)
        return voice_of(self._found, self._found.reading(draft.span) if isinstance(draft, Citation) else draft.span)

    def _context(self, passage: Passage) -> str:
        if passage.id not in self._folded:
            words = fold(passage.span.of(self._found.whole.text))
            is_long = len(words) > LONGEST_CONTEXT
            self._folded[passage.id] = sha256(words.encode("utf-8", "surrogatepass")).hexdigest() if is_long else words
        return self._folded[passage.id]


def restored(found: Found, record: AnyRecord) -> AnyRecord:
    """A record with every place of its own fields moved from the text without marks into the document as it is."""
    if isinstance(record, Citation):
        return record
    fields = {name: _moved(found, getattr(record, name)) for name in record.__struct_fields__}
    return msgspec.structs.replace(record, **fields)


def _moved(found: Found, value: object) -> object:
    match value:
        case Span():
            return found.restored(value)
        case Figure() | Basis() if value.span is not None:
            return msgspec.structs.replace(value, span=found.restored(value.span))
        case (Figure(), *_):
            return tuple(_moved(found, each) for each in value)
        case _:
            return value


def _passage_at(passages: Sequence[Passage], starts: Sequence[int], span: Span) -> Passage | None:
    """The passage that holds the span's start, else the first one the span overlaps, else None.

    By bisection: passages stand in text order and do not overlap; `starts` are theirs.
    """
    index = bisect_right(starts, span.start) - 1
    if index >= 0 and passages[index].span.overlaps(span):
        return passages[index]
    following = passages[index + 1] if index + 1 < len(passages) else None
    return following if following is not None and following.span.overlaps(span) else None
