"""In which voice a document speaks, where nobody said of what kind it is: as a critique, or as guidance that lays down rules."""

from __future__ import annotations

from kb.extract.found import Found
from kb.extract.wordings import Wording, wording

_RULING = ("duties", "orders", "permissions", "plans", "arrangements", "imperatives")
_FAULTING = ("faults", "shortfalls")
_SPEAKERS = frozenset({"i", "my", "me"})
_FEWEST = 12
"""A text of fewer sentences shows no manner of speaking."""
_RULES, _RULES_TO_FAULTS, _IN_PERSON = 0.3, 1.5, 0.1
"""Guidance lays down rules in so many of its sentences, so many times as often as it finds faults, and seldom says "I"."""
_SPEAKING = frozenset({"paragraph", "item"})


def register(found: Found) -> str:
    """The voice of a source's own words: its kind, but "guidance" for a critique by name that speaks as guidance does.

    "critique" is what a text is taken for that nothing is known of.
    """
    kind = found.source.source_kind
    return "guidance" if kind == "critique" and _lays_down_rules(_wordings(found)) else kind


def _wordings(found: Found) -> list[Wording]:
    text = found.document.text
    passages = (passage for passage in found.document.passages if passage.kind in _SPEAKING)
    return [wording(span.of(text)) for passage in passages for span in found.prepared.sentences(passage.span)]


def _lays_down_rules(said: list[Wording]) -> bool:
    ruling = _count_with(said, _RULING)
    in_person = sum(not _SPEAKERS.isdisjoint(one.tokens) for one in said)
    is_enough = len(said) >= _FEWEST and ruling >= _RULES * len(said)
    return is_enough and ruling >= _RULES_TO_FAULTS * _count_with(said, _FAULTING) and in_person < _IN_PERSON * len(said)


def _count_with(said: list[Wording], lists: tuple[str, ...]) -> int:
    return sum(not one.phrases.keys().isdisjoint(lists) for one in said)
