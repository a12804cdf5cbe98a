"""Conditions placed by codes of the ICD and by the diagnostic manuals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kb.extract.classifications.categories import Category, umbrella
from kb.extract.classifications.placing import GENERIC, Placed, cue, grammar, scope, subject_before
from kb.extract.listings import Clause
from kb.model import Mention, Span
from kb.text.small_letters import in_small_letters

RULES = ("code", "code-bracket", "code-for", "code-placed", "code-label", "described-in", "manual-lists")
"""The ways to place that this module knows."""
_NEAR = 10
"""Words between a condition that a verb places and the code in brackets behind it."""


@cache
def _coding() -> re.Pattern[str]:
    return in_small_letters(rf"\b(?:{cue('placing')}|{cue('coding')})\b")


def by_code(clause: Clause) -> Iterator[Placed]:
    """Codes: "ME (ICD-10 G93.3)", "patients categorised with ICD-10 F45.0"; the condition goes before umbrellas it is under."""
    for category in clause.categories:
        if category.slug.startswith("icd-"):
            mention, rule = _coded(clause, category)
            if mention is not None:
                yield Placed(mention.concept, category.slug, clause.span, "coded-as", rule, 0.8, scope(clause, category))


def _coded(clause: Clause, category: Category) -> tuple[Mention | None, str]:
    """The condition that a code is given to, and the rule that says so."""
    named = [mention for mention in clause.mentions if mention.concept not in GENERIC]
    before = [mention for mention in named if mention.span.end <= category.span.start]
    specific = [mention for mention in before if umbrella(mention) is None] or before
    if specific:
        mention = specific[-1]
        words = clause.lowered[mention.span.end : category.span.start]
        if _coding().search(words):
            return mention, "code"
        if grammar("bracket").fullmatch(words):
            return mention, "code-bracket"
        ahead = clause.lowered[clause.span.start : mention.span.start]
        if grammar("code_for").search(ahead) and grammar("code_is").fullmatch(words):
            return mention, "code-for"
        is_placed = grammar("active").search(ahead) is not None and len(words.split()) <= _NEAR
        if is_placed and grammar("in_bracket").search(words):
            return mention, "code-placed"
    following = next((mention for mention in named if mention.span.start >= category.span.end), None)
    if following is not None and grammar("code_label").fullmatch(clause.lowered, category.span.end, following.span.start):
        return following, "code-label"
    return None, ""


def by_manual(clause: Clause) -> Iterator[Placed]:
    """Diagnostic manuals: "hypochondriasis as described in the DSM IV", "DSM-5 lists illness anxiety disorder"."""
    for category in clause.categories:
        if not category.slug.startswith("dsm-"):
            continue
        subject, end = subject_before(clause, category.span.start, generic=True)
        if subject and grammar("described").fullmatch(clause.lowered, end, category.span.start):
            for member in subject:
                yield Placed(
                    member.concept, category.slug, clause.span, "listed-under", "described-in", 0.7, scope(clause, category)
                )
        yield from _listed_by(clause, category)


def _listed_by(clause: Clause, category: Category) -> Iterator[Placed]:
    following = next((mention for mention in clause.mentions if mention.span.start >= category.span.end), None)
    if following is not None and grammar("lists").fullmatch(clause.lowered, category.span.end, following.span.start):
        place = Span(clause.span.start, following.span.start)
        yield Placed(following.concept, category.slug, clause.span, "listed-under", "manual-lists", 0.7, place)
