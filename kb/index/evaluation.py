"""Which entries a plan finds and what they score: engines look terms up, this combines what they find, alike for all.

Whoosh can combine too, but not rightly: its matchers let through what a nested exclusion should take away and lose hits that
score nothing (the property tests of the engines show both).
"""

from __future__ import annotations

from collections import Counter

from kb.index.engines import Searcher
from kb.index.plan import AllOf, AnyOf, Has, Plan, Rather, Run, Whole, Without
from kb.index.weighing import Lengths

Scores = dict[int, float]
"""Entry number to score."""


def find(plan: Plan, searcher: Searcher, lengths: Lengths) -> Scores:  # noqa: PLR0911 - one case a kind
    """Every entry that `plan` finds, with its score: the sum over the terms that answered, filters adding nothing."""
    match plan:
        case Whole():
            return dict.fromkeys(range(lengths.count), 0.0)
        case Has(field, terms):
            found = _counted([searcher.having(field, term) for term in terms])
            weigh = lengths.weigher(field, len(found))
            return {number: weigh(number, frequency) for number, frequency in found.items()}
        case Run(field, terms):
            each = _common([find(Has(field, (term,)), searcher, lengths) for term in terms])
            return {number: each[number] for number in searcher.running(field, terms)}
        case AllOf(parts):
            return _common([find(part, searcher, lengths) for part in parts])
        case AnyOf(parts):
            return _joined([find(part, searcher, lengths) for part in parts])
        case Without(part):
            unwanted = find(part, searcher, lengths)
            return {number: 0.0 for number in range(lengths.count) if number not in unwanted}
        case Rather(part, preferred):
            wished = find(preferred, searcher, lengths)
            return {number: score + wished.get(number, 0.0) for number, score in find(part, searcher, lengths).items()}


def _counted(found: list[dict[int, int]]) -> dict[int, int]:
    if len(found) == 1:
        return found[0]
    together: Counter[int] = Counter()
    for counts in found:
        together.update(counts)
    return together


def _common(found: list[Scores]) -> Scores:
    fewest = min(found, key=len)
    kept = [number for number in fewest if all(number in scores for scores in found)]
    return {number: sum(scores[number] for scores in found) for number in kept}


def _joined(found: list[Scores]) -> Scores:
    joined: Scores = {}
    for scores in found:
        for number, score in scores.items():
            joined[number] = joined.get(number, 0.0) + score
    return joined
