"""Places already taken, so that no two records of one kind overlap."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from kb.model import Span


class Places:
    """Spans in text order, none overlapping another; asked by bisection."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans = sorted(spans)

    def overlap(self, span: Span) -> bool:
        """Whether `span` shares a code point with one of them."""
        index = bisect_right(self._spans, span)
        return any(near.overlaps(span) for near in self._spans[max(0, index - 1) : index + 1])

    def within(self, span: Span) -> list[Span]:
        """Those that lie wholly inside `span`."""
        first = bisect_left(self._spans, Span(span.start, span.start))
        last = bisect_right(self._spans, Span(span.end, span.end))
        return [one for one in self._spans[first:last] if one.end <= span.end]

    def take(self, span: Span) -> bool:
        """Take `span` and say True, or say False where a part of it is taken already."""
        if self.overlap(span):
            return False
        self._spans.insert(bisect_right(self._spans, span), span)
        return True
