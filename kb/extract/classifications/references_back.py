"""Placings whose conditions stand in the sentence before: "These are all listed by ...", "It is classified as ..."."""

from __future__ import annotations

from collections.abc import Iterator

from kb.extract.classifications.categories import umbrella
from kb.extract.classifications.placing import GENERIC, Placed, grammar, is_near, placement_in, scope
from kb.extract.listings import Clause, run_of
from kb.model import Mention, Span

RULES = ("reference-back", "of-the-one")
"""The ways to place that this module knows."""
_LEAD_WORDS = 3
"""Words before the condition that a sentence is about: "People with ME"."""


def by_reference_back(clause: Clause, previous: Clause | None) -> Iterator[Placed]:
    """What the list, or the one condition, of the sentence before is said to be; the span holds both sentences."""
    if previous is None or previous.passage.id != clause.passage.id or not previous.mentions or not clause.categories:
        return
    yield from _of_the_list(clause, previous)
    yield from _of_the_one(clause, previous)


def _of_the_list(clause: Clause, previous: Clause) -> Iterator[Placed]:
    members = max((run_of(previous, mention.span.start) for mention in previous.mentions), key=len, default=())
    for category in clause.categories if len(members) > 1 else ():
        if grammar("anaphora").fullmatch(clause.lowered, clause.span.start, category.span.start):
            placement = placement_in(clause, category)
            span = Span(previous.span.start, clause.span.end)
            for member in members:
                yield Placed(member.concept, category.slug, span, placement, "reference-back", 0.8, scope(clause, category))


def _of_the_one(clause: Clause, previous: Clause) -> Iterator[Placed]:
    pronoun = grammar("of_the_one").match(clause.lowered, clause.span.start, clause.span.end)
    meant = _subject_of(previous) if pronoun is not None else None
    if pronoun is None or meant is None:
        return
    for category in clause.categories:
        words = clause.lowered[pronoun.end() : category.span.start]
        if any(pronoun.end() <= mention.span.start < category.span.start for mention in clause.mentions):
            continue
        passive = grammar("passive").fullmatch(words)
        if grammar("copula").fullmatch(words) or (passive is not None and is_near(passive["aux"])):
            span = Span(previous.span.start, clause.span.end)
            placement = placement_in(clause, category)
            yield Placed(meant.concept, category.slug, span, placement, "of-the-one", 0.7, scope(clause, category))


def _subject_of(clause: Clause) -> Mention | None:
    """The condition a sentence is about: the one it begins with, else the only one it names."""
    named = [mention for mention in clause.mentions if mention.concept not in GENERIC and umbrella(mention) is None]
    if not named or len(run_of(clause, named[0].span.start)) > 1:
        return None
    ahead = clause.lowered[clause.span.start : named[0].span.start].split()
    is_first = len(ahead) <= _LEAD_WORDS and not (ahead and ahead[0].lower() in {"unlike", "like"})
    return named[0] if is_first or len({mention.concept for mention in named}) == 1 else None
