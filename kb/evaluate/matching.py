"""When an annotation counts as found: one rule a type, and the largest one-to-one pairing under it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

from kb.evaluate.annotation import Annotation, Number, OneOrMore, fold

Matches = Callable[[Annotation, Annotation], bool]
Verdict = Callable[[Annotation, Annotation], bool | None]

UNITS = frozenset({"%", "GBP", "years", "months", "weeks", "days", "hours", "minutes"})
"""Units that are compared; every other one is a count of things and equals any other count."""

THIRDS = (33.3, 66.7)
PLURAL = re.compile(r"(?<=[a-z])s$")


def overlap(one: Annotation, other: Annotation) -> int:
    """Code points both hold."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def iou(one: Annotation, other: Annotation) -> float:
    """Intersection over union of two places, 0 to 1."""
    shared = overlap(one, other)
    return shared / ((one.end - one.start) + (other.end - other.start) - shared)


def one_of(ours: str | None, theirs: str | None, also: OneOrMore) -> bool:
    """Whether our value is given and is the gold's, or one that the gold calls equally good."""
    allowed = {theirs, *(also if isinstance(also, list) else [also])} - {None}
    return ours is not None and ours in allowed


def _entry(ours: Annotation, gold: Annotation) -> bool:
    return iou(ours, gold) >= 0.75


def _quotation(ours: Annotation, gold: Annotation) -> bool:
    return iou(ours, gold) >= 0.6


def _link(ours: Annotation, gold: Annotation) -> bool:
    if PurePosixPath(ours.source_file or "").name != gold.source_file or iou(ours, gold) < 0.5:
        return False
    here, there = _original(ours), _original(gold)
    return here is not None and there is not None and iou(here, there) >= 0.5


def _original(row: Annotation) -> Annotation | None:
    if row.source_start is None or row.source_end is None or row.source_start >= row.source_end:
        return None
    return Annotation(type="original", start=row.source_start, end=row.source_end, quote="")


def _definition(ours: Annotation, gold: Annotation) -> bool:
    return iou(ours, gold) >= 0.2 and bool(_terms(ours) & _terms(gold))


def _terms(row: Annotation) -> set[str]:
    return {PLURAL.sub("", fold(name)) for name in (row.term, row.term_norm, *row.synonyms)} - {""}


def _claim(ours: Annotation, gold: Annotation) -> bool:
    return iou(ours, gold) >= 0.5


def _claim_and_kind(ours: Annotation, gold: Annotation) -> bool:
    return iou(ours, gold) >= 0.5 and one_of(ours.kind, gold.kind, gold.kind_alt)


def _figure(ours: Annotation, gold: Annotation) -> bool:
    return iou(ours, gold) >= 0.3 and same_value(ours.value, gold.value) and _unit(ours) == _unit(gold)


def same_value(ours: Number, gold: Number) -> bool:
    """Equal numbers; thirds within one point, since 33 and 33.3 say the same.

    >>> same_value(67, 66.7), same_value([6, 18], [6.0, 18.0]), same_value(45, 54)
    (True, True, False)
    """
    left, right = _numbers(ours), _numbers(gold)
    return len(left) == len(right) and all(abs(a - b) <= (1.0 if b in THIRDS else 1e-9) for a, b in zip(left, right, strict=True))


def _numbers(value: Number) -> list[float]:
    return value if isinstance(value, list) else [value]


def _unit(row: Annotation) -> str:
    return row.unit if row.unit in UNITS else "count"


def _reference(ours: Annotation, gold: Annotation) -> bool:
    return iou(ours, gold) >= 0.5 or (overlap(ours, gold) > 0 and _same_ids(ours, gold))


def _same_ids(ours: Annotation, gold: Annotation) -> bool:
    known, wanted = ours.ids or {}, gold.ids or {}
    return any(fold(known.get(name)) == fold(value) for name, value in wanted.items() if value and known.get(name))


def _citation(ours: Annotation, gold: Annotation) -> bool:
    return overlap(ours, gold) > 0 and bool(_keys(ours)) and _keys(ours) == _keys(gold)


def _keys(row: Annotation) -> set[str]:
    return {fold(key) for key in row.keys}


def _condition(ours: Annotation, gold: Annotation) -> bool:
    return overlap(ours, gold) > 0 and one_of(ours.concept, gold.concept, gold.alt_concepts)


def _classification(ours: Annotation, gold: Annotation) -> bool:
    same = ours.condition == gold.condition and ours.category == gold.category
    return overlap(ours, gold) > 0 and same and one_of(ours.stance, gold.stance, gold.stance_alt)


MATCHES: dict[str, Matches] = {
    "entry": _entry,
    "quotation": _quotation,
    "link": _link,
    "definition": _definition,
    "claim": _claim,
    "claim+kind": _claim_and_kind,
    "figure": _figure,
    "reference": _reference,
    "citation": _citation,
    "condition": _condition,
    "classification": _classification,
}
"""In the order they are reported; link, claim+kind and figure are derived (see `kb.evaluate.scores`)."""


def _form(ours: Annotation, gold: Annotation) -> bool | None:
    return one_of(ours.form, gold.form, gold.form_alt)


def _kind(ours: Annotation, gold: Annotation) -> bool | None:
    return one_of(ours.kind, gold.kind, gold.kind_alt)


def _definiens(ours: Annotation, gold: Annotation) -> bool | None:
    return fold(ours.definiens) == fold(gold.definiens) if gold.definiens else None


def _qualifier(ours: Annotation, gold: Annotation) -> bool | None:
    return ours.qualifier == gold.qualifier or one_of(ours.qualifier, gold.qualifier, gold.qualifier_alt)


def _year(ours: Annotation, gold: Annotation) -> bool | None:
    return str(ours.year) == str(gold.year) if gold.year else None


def _title(ours: Annotation, gold: Annotation) -> bool | None:
    return fold(ours.title) == fold(gold.title) if gold.title else None


SIDE: dict[str, dict[str, Verdict]] = {
    "claim": {"kind": _kind},
    "definition": {"form": _form, "definiens": _definiens},
    "figure": {"qualifier": _qualifier},
    "reference": {"form": _form, "year": _year, "title": _title},
}
"""Fields reported of the matched ones; None where the gold does not say."""


def pair(ours: Sequence[Annotation], gold: Sequence[Annotation], matches: Matches) -> dict[int, int]:
    """A largest one-to-one pairing, place in `gold` to place in `ours`; required gold is served before optional.

    Augmenting paths (Kuhn): each gold annotation tries its best overlaps first and may move earlier ones to others.
    """
    edges = [_candidates(ours, theirs, matches) for theirs in gold]
    owner: dict[int, int] = {}

    def place(wanted: int, seen: set[int]) -> bool:
        for candidate in edges[wanted]:
            if candidate not in seen:
                seen.add(candidate)
                if candidate not in owner or place(owner[candidate], seen):
                    owner[candidate] = wanted
                    return True
        return False

    for wanted in sorted(range(len(gold)), key=lambda at: gold[at].optional):
        place(wanted, set())
    return {wanted: candidate for candidate, wanted in owner.items()}


def _candidates(ours: Sequence[Annotation], gold: Annotation, matches: Matches) -> list[int]:
    fitting = [place for place, row in enumerate(ours) if overlap(row, gold) and matches(row, gold)]
    return sorted(fitting, key=lambda place: -iou(ours[place], gold))
