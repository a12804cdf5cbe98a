"""Conditions placed without a verb: "As a neurological disease, ME ...", "neurological diseases like ME"."""

from __future__ import annotations

from collections.abc import Iterator

from kb.extract.classifications.categories import Category
from kb.extract.classifications.placing import GENERIC, Placed, grammar, placed
from kb.extract.listings import Clause, examples_after, examples_before
from kb.model import Mention, Span

RULES = ("as-a", "list-of-named")
"""The ways to place that this module knows."""
_NEAR = 24
"""Code points between a category that opens its sentence and the condition behind the comma: "As a ..., people with ME"."""


def by_opening(clause: Clause) -> Iterator[Placed]:
    """What a sentence opens with: "As a neurological disease, ME ..."."""
    for category in clause.categories:
        following = _first_behind(clause, category)
        opens = grammar("as_a").fullmatch(clause.lowered, clause.span.start, category.span.start)
        if opens and following and clause.text[category.span.end] == "," and _is_next(category, following):
            yield placed(clause, following, category, "as-a", 0.75)


def by_named_example(clause: Clause) -> Iterator[Placed]:
    """Examples of a category that is no umbrella term: "neurological conditions such as ME", "ME and other such conditions"."""
    for category in clause.categories:
        if category.mention is not None or category.slug.startswith(("icd-", "dsm-")):
            continue
        behind, before = examples_after(clause, category.span.end), examples_before(clause, category.span.start)
        for mention in behind or before:
            edges = (mention.span, category.span)
            span = Span(min(edge.start for edge in edges), max(edge.end for edge in edges))
            scope = Span(category.span.end, mention.span.start) if behind else Span(mention.span.end, category.span.start)
            yield Placed(mention.concept, category.slug, span, "example-of", "list-of-named", 0.85, scope)


def _first_behind(clause: Clause, category: Category) -> Mention | None:
    behind = (mention for mention in clause.mentions if mention.span.start >= category.span.end)
    return next((mention for mention in behind if mention.concept not in GENERIC), None)


def _is_next(category: Category, mention: Mention) -> bool:
    return mention.span.start - category.span.end <= _NEAR
