"""Quotations on their way: what is kept so far, and which of it a further find repeats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from kb.model import Quotation, Span

SAME = 0.6
"""Shared part (intersection over union) from which two finds are one quotation."""

STRETCH = 1024
"""Code points of one pigeonhole: what may be the same lies in a common one, so that few are compared."""


class Kept:
    """The quotations of one document, asked by place."""

    def __init__(self) -> None:
        self.drafts: list[Quotation] = []
        self._near: dict[int, list[int]] = {}

    def add(self, more: Iterable[Quotation]) -> None:
        """Add what is not there yet; a repeated passage under a head gives the head's quotation its end and its original."""
        for draft in more:
            same = next((place for place in self._beside(draft.span) if _is_same(self.drafts[place], draft)), None)
            if same is None:
                self._put(len(self.drafts), draft.span)
                self.drafts.append(draft)
            elif draft.original is not None and self.drafts[same].rule != "quotation-part":
                kept = self.drafts[same]
                who = kept.attributed_to or draft.attributed_to
                self.drafts[same] = msgspec.structs.replace(draft, attributed_to=who, marked=kept.marked)
                self._put(same, draft.span)

    def within(self, span: Span) -> list[Span]:
        """The places of what is kept and shares a code point with `span`, in the order it was added."""
        return [self.drafts[place].span for place in self._beside(span) if self.drafts[place].span.overlaps(span)]

    def _beside(self, span: Span) -> list[int]:
        return sorted({place for hole in _holes(span) for place in self._near.get(hole, ())})

    def _put(self, place: int, span: Span) -> None:
        for hole in _holes(span):
            self._near.setdefault(hole, []).append(place)


def _holes(span: Span) -> Iterator[int]:
    return iter(range(span.start // STRETCH, span.end // STRETCH + 1))


def _is_same(kept: Quotation, draft: Quotation) -> bool:
    if kept.rule == draft.rule:
        return kept.span == draft.span
    if _likeness(kept.span, draft.span) >= SAME:
        return True
    heads = kept.rule == "said-head" and draft.original is not None
    return heads and abs(kept.span.start - draft.span.start) <= 3


def _likeness(one: Span, other: Span) -> float:
    shared = max(0, min(one.end, other.end) - max(one.start, other.start))
    return shared / (len(one) + len(other) - shared)
