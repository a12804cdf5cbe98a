"""Where in a document the words stand without which a rule cannot match, asked by bisection: most sentences hold none."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from kb.model import Span


class Signposts:
    """The places of many rules' words in a text: which of the rules a stretch of it may hold.

    >>> posts = Signposts("no means, no ends", (("means", "end"), ("no",), ("yes",)))
    >>> posts.inside(Span(0, 9)), posts.inside(Span(3, 9)), posts.is_any_inside(Span(14, 17))
    ([0, 1], [0], False)
    """

    def __init__(self, text: str, signs: Sequence[Iterable[str]]) -> None:
        rules: dict[str, list[int]] = {}
        for rule, words in enumerate(signs):
            for word in words:
                rules.setdefault(word, []).append(rule)
        self._rules = list(rules.values())
        """For each word, the rules it is a sign of."""
        self._words = max(1, len(rules))
        self._posts = sorted(
            place * self._words + number for number, word in enumerate(rules) for place in _places_of(text, word)
        )
        """Place and word as one number, because there are many."""

    def inside(self, span: Span) -> list[int]:
        """The rules, by their index, of which a word begins inside `span`; in order."""
        first = bisect_left(self._posts, span.start * self._words)
        last = bisect_left(self._posts, span.end * self._words, first)
        found = {post % self._words for post in self._posts[first:last]}
        return sorted({rule for number in found for rule in self._rules[number]})

    def is_any_inside(self, span: Span) -> bool:
        """Whether a word of any rule begins inside `span`."""
        first = bisect_left(self._posts, span.start * self._words)
        return first < len(self._posts) and self._posts[first] < span.end * self._words

    def next_from(self, place: int) -> int | None:
        """Where the first word of any rule begins at `place` or behind it.

        >>> Signposts("no means, no ends", [("means", "end")]).next_from(4)
        13
        """
        index = bisect_left(self._posts, place * self._words)
        return self._posts[index] // self._words if index < len(self._posts) else None


def _places_of(text: str, word: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)
