"""Classifications: passages that place a condition under a category, dispute it, or report that others do.

Being named together is not enough: a sentence needs words of placing, a list its lead, a mark its key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kb.extract import coding, listed, listings, placing, references_back, tables
from kb.extract.coding import by_code, by_manual
from kb.extract.found import Found
from kb.extract.listed import bare_conditions, by_bare_run, by_lead, by_mark
from kb.extract.listings import Clause, clauses
from kb.extract.placing import Placed, by_copula, by_example, by_removal, by_verb
from kb.extract.references_back import by_reference_back
from kb.extract.stances import heard, is_left_open, jurisdiction_of, placed_by, stance_of
from kb.extract.tables import by_table
from kb.model import Classification, Span
from kb.vocabulary import concepts

SENTENCE_RULES: tuple[Callable[[Clause], Iterator[Placed]], ...] = (
    by_verb,
    by_copula,
    by_code,
    by_removal,
    by_manual,
    by_example,
)
"""In order of trust: of two that place the same condition alike in a sentence, the first is kept."""
RULES = tuple(
    f"classification/{rule}"
    for rule in (
        *(f"list-{rule}" for rule in listings.RULES),
        *(rule for module in (placing, coding, references_back, listed, tables) for rule in module.RULES),
    )
)
"""Every rule a classification may have."""
_NO_PARTICULAR_CONDITION = frozenset({"other:mental-health-problem", "other:physical-health-problem"})


def _is_condition(slug: str) -> bool:
    """Whether a slug names a condition in particular, neither problems in general nor a single complaint."""
    concept = concepts().get(slug)
    return slug not in _NO_PARTICULAR_CONDITION and not (concept is not None and concept.symptom)


def extract(found: Found) -> Iterator[Classification]:
    """Every placing, each condition and category once a sentence."""
    every = list(clauses(found))
    previous: Clause | None = None
    for clause in every:
        yield from _distinct(found, clause, previous)
        previous = clause
    bare = bare_conditions(found)
    for placed in (*by_mark(found, every), *by_lead(found, every, bare), *by_bare_run(found, bare), *by_table(found)):
        if _is_condition(placed.condition):
            yield from _classification(found, placed, placed.scope, placed.span)


def _distinct(found: Found, clause: Clause, previous: Clause | None) -> Iterator[Classification]:
    seen: dict[tuple[str, str], Placed] = {}
    placings = [placed for rule in SENTENCE_RULES for placed in rule(clause)] if clause.mentions else []
    for placed in (*placings, *by_reference_back(clause, previous)):
        if _is_condition(placed.condition) and placed.condition != placed.category:
            seen.setdefault((placed.condition, placed.category), placed)
    for placed in seen.values():
        yield from _classification(found, placed, clause.span, clause.passage.span)


def _classification(found: Found, placed: Placed, place: Span, around: Span) -> Iterator[Classification]:
    """The record of a placing, none where it is only asked.

    `place` is where words of stance, voice and jurisdiction are looked for, then `around`.
    """
    sentence = heard(found, place, placed.scope)
    if is_left_open(sentence):
        return
    by_words = placed.placement != "example-of"
    stance = "disputes" if placed.is_denied else stance_of(sentence, by_words=by_words)
    by, reported_by = placed_by(sentence, stance)
    yield Classification(
        span=placed.span,
        rule=f"classification/{placed.rule}",
        confidence=placed.confidence,
        condition=placed.condition,
        category=placed.category,
        stance=stance,
        placement="said-not-to-be" if stance == "disputes" else placed.placement,
        by=by,
        reported_by=reported_by,
        jurisdiction=jurisdiction_of(found, place, around),
    )
