"""What each rule is worth, and whether confidence means what it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kb.evaluate.annotation import Annotation
from kb.evaluate.matching import one_of
from kb.evaluate.scores import Scores
from kb.export.annotations import NAMES
from kb.extract import RULES
from kb.model import RECORD_KINDS

KINDS = ("quotation", "definition", "claim", "claim+kind", "reference", "citation", "condition", "classification")
"""Types that rules find: entries come from readers, figures and links with their claims and quotations."""
CALIBRATED = tuple(name for name in KINDS if name != "claim")
"""Types whose confidence is judged; a claim is right with its kind."""
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)
SURE = 0.9


@dataclass(frozen=True)
class RuleScore:
    """How often one rule fired in the annotated ranges, and how often it was right; doubtful ones are neither."""

    type: str
    rule: str
    right: int
    doubtful: int
    false: int

    @property
    def fired(self) -> int:
        """Records it gave."""
        return self.right + self.doubtful + self.false

    @property
    def precision(self) -> float | None:
        """Share of right ones among those that could be judged; None where none could."""
        judged = self.right + self.false
        return self.right / judged if judged else None


@dataclass(frozen=True)
class Bin:
    """Records whose confidence is at least `low` and below the next bin's."""

    low: float
    right: int
    false: int


def rule_scores(scores: Scores) -> list[RuleScore]:
    """Each rule that fired, by type, those with most false ones first."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for name in KINDS:
        for verdict, row in _judged(scores, name):
            counts.setdefault((name, row.rule or "unknown"), Counter())[verdict] += 1
    found = [RuleScore(*key, count["right"], count["doubtful"], count["false"]) for key, count in counts.items()]
    return sorted(found, key=lambda rule: (KINDS.index(rule.type), -rule.false, -rule.fired, rule.rule))


def silent_rules(scores: Scores) -> dict[str, list[str]]:
    """By type, the rules there are that gave no record in the annotated ranges: dead ones, or cases these texts do not have."""
    fired = {(score.type, score.rule) for score in rule_scores(scores)}
    listed = {NAMES.get(RECORD_KINDS[kind], kind): names for kind, names in RULES.items()}
    return {name: [rule for rule in listed[name] if (name, rule) not in fired] for name in KINDS if name in listed}


def calibration(scores: Scores) -> list[Bin]:
    """Right and false records by their confidence."""
    judged = [
        (verdict, row.confidence)
        for name in CALIBRATED
        for verdict, row in _judged(scores, name)
        if row.confidence is not None and verdict != "doubtful"
    ]
    found = []
    for low, high in zip(BINS, (*BINS[1:], 2.0), strict=True):
        inside = Counter(verdict for verdict, confidence in judged if low <= confidence < high)
        found.append(Bin(low, inside["right"], inside["false"]))
    return found


def sure(bins: list[Bin]) -> tuple[float, float]:
    """Of the records at or above 0.9 the share that is right, and of all right records the share that is there."""
    above = [each for each in bins if each.low >= SURE]
    right, judged = sum(each.right for each in above), sum(each.right + each.false for each in above)
    total = sum(each.right for each in bins)
    return (right / judged if judged else 0.0), (right / total if total else 0.0)


def confusion(scores: Scores) -> Counter[tuple[str, str]]:
    """How often a claim of one kind (the gold's) was given another (ours); equally good kinds count as the gold's."""
    counts: Counter[tuple[str, str]] = Counter()
    for ours, theirs in scores["claim"].pairs:
        given = theirs.kind if one_of(ours.kind, theirs.kind, theirs.kind_alt) else ours.kind
        counts[theirs.kind or "", given or ""] += 1
    return counts


def _judged(scores: Scores, name: str) -> Iterator[tuple[str, Annotation]]:
    score = scores[name]
    yield from (("right", ours) for ours, _ in score.pairs)
    yield from (("doubtful", ours) for ours in score.doubtful)
    yield from (("false", ours) for ours in score.false)
