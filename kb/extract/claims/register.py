"""In which voice a document speaks, where nobody said of what kind it is: as a critique, in rules, or as a report."""

from __future__ import annotations

from itertools import islice

from kb.extract.claims.wordings import Wording, wording
from kb.extract.found import Found

_RULING = ("duties", "orders", "permissions", "plans", "arrangements", "imperatives")
_FAULTING = ("faults", "shortfalls")
_SPEAKERS = frozenset({"i", "my", "me"})
_FEWEST, _ENOUGH = 12, 200
"""A text of fewer sentences shows no manner of speaking; in its first so many it has."""
_RULES, _RULES_TO_FAULTS, _IN_PERSON = 0.3, 1.5, 0.1
"""Guidance lays down rules in so many of its sentences, so many times as often as it finds faults, and seldom says "I"."""
_FAULTS = 0.12
"""A critique finds fault in so many of its sentences."""
_SPEAKING = frozenset({"paragraph", "item"})


def register(found: Found) -> str:
    """The voice of a source's own words, as a key of the priors: its kind, but for a critique by name.

    "critique" is what a text is taken for that nothing is known of. It is one where it finds fault often enough; else it speaks
    in "rules", or it is a "report".
    """
    kind = found.source.source_kind
    if kind != "critique":
        return kind
    said = _wordings(found)
    if len(said) < _FEWEST:
        return kind
    if _lays_down_rules(said):
        return "rules"
    return "report" if _count_with(said, _FAULTING) < _FAULTS * len(said) else kind


def _wordings(found: Found) -> list[Wording]:
    text = found.document.text
    passages = (passage for passage in found.document.passages if passage.kind in _SPEAKING)
    spans = (span for passage in passages for span in found.prepared.sentences(passage.span))
    return [wording(span.of(text)) for span in islice(spans, _ENOUGH)]


def _lays_down_rules(said: list[Wording]) -> bool:
    ruling = _count_with(said, _RULING)
    in_person = sum(not _SPEAKERS.isdisjoint(one.tokens) for one in said)
    is_ruling = ruling >= _RULES * len(said) and ruling >= _RULES_TO_FAULTS * _count_with(said, _FAULTING)
    return is_ruling and in_person < _IN_PERSON * len(said)


def _count_with(said: list[Wording], lists: tuple[str, ...]) -> int:
    return sum(not one.phrases.keys().isdisjoint(lists) for one in said)
