"""How much of a place is covered by spans that may overlap, asked by bisection."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from kb.model import Span


class Coverage:
    """The union of spans.

    >>> union = Coverage([Span(0, 4), Span(2, 6), Span(10, 12)])
    >>> union.holds(Span(1, 6)), union.holds(Span(5, 11)), union.share_of(Span(4, 12))
    (True, False, 0.5)
    """

    def __init__(self, spans: Iterable[Span]) -> None:
        merged: list[Span] = []
        for span in sorted(spans):
            if merged and span.start < merged[-1].end:
                merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
            elif len(span):
                merged.append(span)
        self._spans = merged
        self._starts = [span.start for span in merged]

    def holds(self, span: Span) -> bool:
        """Whether the whole of `span` is covered without a gap."""
        index = bisect_right(self._starts, span.start) - 1
        return index >= 0 and self._spans[index].contains(span)

    def share_of(self, span: Span) -> float:
        """The share of `span` that is covered, 0 to 1; 0 for an empty one."""
        first = max(0, bisect_right(self._starts, span.start) - 1)
        last = bisect_right(self._starts, span.end)
        covered = sum(
            min(near.end, span.end) - max(near.start, span.start) for near in self._spans[first:last] if near.overlaps(span)
        )
        return covered / len(span) if len(span) else 0.0
