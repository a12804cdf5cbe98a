"""The trained tagger: a linear-chain model read from a data file, and the best sequence of labels by Viterbi.

The file is made by `benchmarks/train_references.py`; its numbers are whole, hundredths of the trained weights, so that every
machine sums them alike.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from operator import add

import msgspec

from kb.extract.references.tagger.features import bare, features

FILE = "references.json"
_BIAS = 1 << 30
_IS_LITTLE = sys.byteorder == "little"
_CERTAIN = 1_000_000
"""More than all weights of a string together."""
UNKNOWN = "-"
"""What a word is used as that the training strings hold less than twice."""


class Stored(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The data file as it stands. Each label has two states: 2n goes on with label n, 2n + 1 is the last token of a field."""

    labels: list[str]
    known_as: dict[str, str]
    """What words are used as, each with the words, blank between: "titA" for words that nearly always stand in titles."""
    following: list[list[int]]
    """Weight of the step from the last token of label n to each state."""
    going_on: list[int]
    """Weight of the step to each state from an earlier token of its own label."""
    weights: dict[str, list[int]]
    """By feature: state, weight, state, weight, and so on."""


class Tagger:
    """Labels token by token. Immutable once made; `tag` is a pure function."""

    def __init__(self, stored: Stored) -> None:
        self.labels = stored.labels
        self._known_as = {word: use for use, words in stored.known_as.items() for word in words.split(" ")}
        self._weights = {feature: _packed(flat[::2], flat[1::2]) for feature, flat in stored.weights.items()}
        self._zero = _packed(range(2 * len(self.labels)), [_BIAS] * (2 * len(self.labels)))
        self._following = stored.following
        self._going_on = stored.going_on
        steps = [weight for row in stored.following for weight in row]
        self._spread = max(steps) - min(steps)

    def tag(self, words: Sequence[str], authors: int = 0) -> list[str]:
        """The label of each token. That the first `authors` tokens, and no more, are the authors may be known beforehand."""
        if not words:
            return []
        rows = features(words, known_as(words, self._known_as))
        emissions = [self._emissions(row) for row in rows]
        if 0 < authors < len(words):
            self._give(emissions, authors)
        return [self.labels[state // 2] for state in self._best(emissions)]

    def _give(self, emissions: Sequence[list[int]], authors: int) -> None:
        going_on = 2 * self.labels.index("author")
        for at, sums in enumerate(emissions[:authors]):
            sums[going_on + (at == authors - 1)] += _CERTAIN
        for state in (going_on, going_on + 1):
            emissions[authors][state] -= _CERTAIN

    def _emissions(self, row: Sequence[str]) -> list[int]:
        """For each state the weights of a token's features together, and `_BIAS`, which is the same for all."""
        weights = self._weights
        packed = sum([weights[feature] for feature in row if feature in weights], self._zero)
        return list(memoryview(packed.to_bytes(8 * len(self.labels), sys.byteorder)).cast("I"))[:: 1 if _IS_LITTLE else -1]

    def _best(self, emissions: Sequence[Sequence[int]]) -> list[int]:
        """The states of the best path. The first of equals wins."""
        scores = list(emissions[0])
        steps: list[list[int]] = []
        for sums in emissions[1:]:
            scores, step = self._advance(scores, sums)
            steps.append(step)
        # A field ends with the string, so the path ends in a last token.
        state = max(range(1, len(scores), 2), key=scores.__getitem__)
        path = [state]
        for step in reversed(steps):
            state = step[state]
            path.append(state)
        return path[::-1]

    def _advance(self, scores: Sequence[int], sums: Sequence[int]) -> tuple[list[int], list[int]]:
        """Scores and origins one token on: a label goes on in itself, and every label may follow the end of any."""
        ends = scores[1::2]
        floor = max(ends) - self._spread
        # No step is worth more than the spread of all steps: ends below the floor lead nowhere.
        first, *others = [end for end, score in enumerate(ends) if score >= floor]
        reached = [ends[first] + weight for weight in self._following[first]]
        origins = [2 * first + 1] * len(reached)
        for end in others:
            score = ends[end]
            for state, weight in enumerate(self._following[end]):
                if score + weight > reached[state]:
                    reached[state], origins[state] = score + weight, 2 * end + 1
        for state, weight in enumerate(self._going_on):
            own = state & ~1
            if scores[own] + weight > reached[state]:
                reached[state], origins[state] = scores[own] + weight, own
        return list(map(add, reached, sums)), origins


def _packed(states: Iterable[int], weights: Iterable[int]) -> int:
    """Weights of states as one number, 32 bits a state: adding two such numbers adds those of all states at once.

    Negative weights borrow from the next state; once `_BIAS` is in every state, nothing is borrowed any more.
    """
    return sum(weight << 32 * state for state, weight in zip(states, weights, strict=True))


def known_as(words: Sequence[str], uses: Mapping[str, str]) -> list[str]:
    """What each word is mostly used as."""
    return [uses.get(bare(word), UNKNOWN) for word in words]


@cache
def tagger() -> Tagger:
    """The tagger that ships, read once. It raises nothing a reader of references could mend."""
    data = (resources.files(__package__) / FILE).read_bytes()
    return Tagger(msgspec.json.decode(data, type=Stored))
