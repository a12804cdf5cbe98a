"""How far a score could lie from the one measured, since the gold is small."""

from __future__ import annotations

import random
from collections import Counter

from kb.evaluate.scores import TypeScore

DRAWS = 1000
SEED = 20180321
"""Any number, but always the same: the same scores have the same interval."""


def interval(score: TypeScore, draws: int = DRAWS) -> tuple[float, float]:
    """The 95 % bootstrap interval of F1: outcomes (found, missed, false) drawn anew as often as there are any.

    Percentile bootstrap (Efron 1979), with half an outcome of each kind added as in Jeffreys' prior: six of six found is no proof
    that nothing is ever missed. Outcomes are drawn one by one though those of one passage go together, so that the true interval
    is rather wider. Without outcomes (0.0, 0.0).

    >>> low, high = interval(TypeScore(found=6, required=6))
    >>> low < 0.9, high
    (True, 1.0)
    """
    outcomes = (score.found, score.required - score.found, len(score.false))
    total = sum(outcomes)
    if not total:
        return 0.0, 0.0
    weights = [count + 0.5 for count in outcomes]
    draw = random.Random(SEED)  # noqa: S311 - statistics, no secret
    drawn = sorted(_f1(Counter(draw.choices(range(3), weights, k=total))) for _ in range(draws))
    return drawn[round(0.025 * (draws - 1))], drawn[round(0.975 * (draws - 1))]


def _f1(outcomes: Counter[int]) -> float:
    found, missed, false = outcomes[0], outcomes[1], outcomes[2]
    return 2 * found / (2 * found + missed + false)
