"""Classifications: passages that place a condition under a category, dispute it, or report that others do.

Being named together is not enough: a sentence needs words of placing, a list its lead, a mark its key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kb.extract.found import Found
from kb.extract.listed import by_bare_run, by_lead, by_mark
from kb.extract.listings import Clause, clauses
from kb.extract.placing import Placed, by_code, by_copula, by_example, by_manual, by_reference_back, by_verb
from kb.extract.stances import jurisdiction_of, placed_by, stance_of
from kb.extract.voice import voice_of
from kb.model import Classification, Span
from kb.text.folding import fold_same_length

SENTENCE_RULES: tuple[Callable[[Clause], Iterator[Placed]], ...] = (by_verb, by_copula, by_code, by_manual, by_example)
"""In order of trust: of two that place the same condition alike in a sentence, the first is kept."""
_NO_PARTICULAR_CONDITION = frozenset({"other:mental-health-problem", "other:physical-health-problem"})


def extract(found: Found) -> Iterator[Classification]:
    """Every placing, each condition and category once a sentence."""
    every = list(clauses(found))
    previous: Clause | None = None
    for clause in every:
        yield from _distinct(found, clause, previous)
        previous = clause
    for placed in (*by_mark(found, every), *by_lead(found, every), *by_bare_run(found)):
        if placed.condition not in _NO_PARTICULAR_CONDITION:
            yield _classification(found, placed, placed.scope, placed.span)


def _distinct(found: Found, clause: Clause, previous: Clause | None) -> Iterator[Classification]:
    seen: dict[tuple[str, str], Placed] = {}
    placings = [placed for rule in SENTENCE_RULES for placed in rule(clause)]
    for placed in (*placings, *by_reference_back(clause, previous)):
        if placed.condition not in _NO_PARTICULAR_CONDITION and placed.condition != placed.category:
            seen.setdefault((placed.condition, placed.category), placed)
    for placed in seen.values():
        yield _classification(found, placed, clause.span, clause.passage.span)


def _classification(found: Found, placed: Placed, heard: Span, around: Span) -> Classification:
    """The record of a placing; `heard` is where words of stance, voice and jurisdiction are looked for, then `around`."""
    text = found.document.text
    voice = voice_of(found, heard)
    words = fold_same_length(heard.of(text))
    stance = "disputes" if placed.is_denied else stance_of(words, fold_same_length(placed.scope.of(text)), voice)
    by, reported_by = placed_by(words, voice, stance)
    return Classification(
        span=placed.span,
        rule=f"classification/{placed.rule}",
        confidence=placed.confidence,
        condition=placed.condition,
        category=placed.category,
        stance=stance,
        placement="said-not-to-be" if stance == "disputes" else placed.placement,
        by=by,
        reported_by=reported_by,
        jurisdiction=jurisdiction_of(found, heard, around),
    )
