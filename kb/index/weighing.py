"""How well an entry answers: BM25, computed here above the engines so that their answers agree."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import cached_property

from kb.index.entries import Positions
from kb.index.fields import FIELDS, SCORED

K1, B = 1.2, 0.75
Weigher = Callable[[int, int], float]
"""From an entry's number and how often it holds the term to what that is worth."""


class Lengths:
    """How many words each scored field of each entry holds."""

    def __init__(self, by_field: dict[str, list[int]]) -> None:
        self.by_field = by_field

    @classmethod
    def of(cls, indexed: Iterable[dict[str, Positions]]) -> Lengths:
        """The lengths of entries, in order."""
        scored = [name for name, field in FIELDS.items() if field.kind in SCORED]
        by_field: dict[str, list[int]] = {name: [] for name in scored}
        for fields in indexed:
            for name, lengths in by_field.items():
                lengths.append(len(fields.get(name, ())))
        return cls(by_field)

    @property
    def count(self) -> int:
        """How many entries there are."""
        return len(self.by_field["text"])

    @cached_property
    def _means(self) -> dict[str, float]:
        return {name: sum(lengths) / max(len(lengths), 1) or 1.0 for name, lengths in self.by_field.items()}

    def weigher(self, field: str, entries: int) -> Weigher:
        """What weighs a term that `entries` entries hold in this field; fields that only filter weigh nothing."""
        if field not in self.by_field:
            return _nothing
        rarity = math.log(max(self.count, 1) / (entries + 1)) + 1
        lengths, mean = self.by_field[field], self._means[field]

        def weigh(number: int, frequency: int) -> float:
            return rarity * frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * lengths[number] / mean))

        return weigh


def _nothing(_number: int, _frequency: int) -> float:
    return 0.0
