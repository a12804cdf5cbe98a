"""Where in a document the words stand without which a rule cannot match, asked by bisection: most sentences hold none."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from kb.model import Span


class Cued:
    """The places of some words in a text.

    >>> places = Cued("no means, no ends", ("means", "end"))
    >>> [places.inside(span) for span in (Span(0, 3), Span(0, 4), Span(4, 13), Span(13, 14))]
    [False, True, False, True]
    """

    def __init__(self, text: str, words: Iterable[str]) -> None:
        self._places = sorted(place for word in words for place in _places_of(text, word))

    def inside(self, span: Span) -> bool:
        """Whether one of them begins inside `span`."""
        index = bisect_left(self._places, span.start)
        return index < len(self._places) and self._places[index] < span.end


def _places_of(text: str, word: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)
