"""Which of many spans hold a place, asked by bisection: parts and quotations, nested or not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from kb.model import Span


class Holders:
    """Spans that may nest and overlap.

    >>> held = Holders([Span(0, 9), Span(2, 5), Span(4, 8)])
    >>> held.around(Span(4, 5)), held.around(Span(4, 6)), held.around(Span(9, 9))
    ([1, 2, 0], [2, 0], [])
    """

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        opening = sorted(range(len(spans)), key=lambda index: (spans[index].start, -spans[index].end, index))
        self._edges: list[int] = sorted({edge for span in spans for edge in (span.start, span.end)})
        self._inside: list[tuple[int, ...]] = []
        """From each edge to the next: the spans that lie around all of it, shortest first."""
        coming = 0
        around: list[int] = []
        for edge in self._edges:
            around = [index for index in around if spans[index].end > edge]
            while coming < len(opening) and spans[opening[coming]].start == edge:
                around.append(opening[coming])
                coming += 1
            self._inside.append(tuple(sorted(around, key=lambda index: (len(spans[index]), index))))

    def around(self, span: Span) -> list[int]:
        """The indices of the spans that hold the whole of `span`, the shortest first, then in the order given."""
        edge = bisect_right(self._edges, span.start) - 1
        inside = self._inside[edge] if edge >= 0 else ()
        return [index for index in inside if self._spans[index].end >= span.end]

    def innermost(self, span: Span) -> int | None:
        """The index of the shortest of them, or None."""
        return next(iter(self.around(span)), None)
