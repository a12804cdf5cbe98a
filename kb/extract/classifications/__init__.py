"""Classifications: passages that place a condition under a category, dispute it, or report that others do.

Being named together is not enough: a sentence needs words of placing, a list its lead, a mark its key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kb.extract import listings
from kb.extract.classifications import appositions, coding, listed, placing, references_back, tables
from kb.extract.classifications.appositions import by_named_example, by_opening
from kb.extract.classifications.coding import by_code, by_manual
from kb.extract.classifications.listed import bare_conditions, by_bare_run, by_lead, by_mark
from kb.extract.classifications.placing import Placed, by_example, by_words
from kb.extract.classifications.references_back import by_reference_back
from kb.extract.classifications.stances import heard, is_left_open, jurisdiction_of, placed_by, stance_of
from kb.extract.classifications.tables import by_table
from kb.extract.found import Found
from kb.extract.listings import Clause, clauses
from kb.model import Classification, Span
from kb.model.records import Stance
from kb.vocabulary import concepts

SENTENCE_RULES: tuple[Callable[[Clause], Iterator[Placed]], ...] = (
    by_words,
    by_code,
    by_manual,
    by_example,
    by_named_example,
    by_opening,
)
"""In order of trust: of two that place the same condition alike in a sentence, the first is kept."""
RULES = tuple(
    f"classification/{rule}"
    for rule in (
        *(f"list-{rule}" for rule in listings.RULES),
        *(rule for module in (placing, appositions, coding, references_back, listed, tables) for rule in module.RULES),
    )
)
"""Every rule a classification may have."""
_SURE_OF: dict[Stance, float] = {"asserts": 1.0, "disputes": 0.95, "reports": 0.93}
"""How sure the reading of each stance is; who tells what others place is easily taken for one who places."""
_NO_PARTICULAR_CONDITION = frozenset({"other:mental-health-problem", "other:physical-health-problem"})


def _is_condition(slug: str) -> bool:
    """Whether a slug names a condition in particular, neither problems in general nor a single complaint."""
    concept = concepts().get(slug)
    return slug not in _NO_PARTICULAR_CONDITION and not (concept is not None and concept.symptom)


def extract(found: Found) -> Iterator[Classification]:
    """Every placing, each condition and category once a sentence."""
    hearing = _Hearing(found)
    previous: Clause | None = None
    for clause in clauses(found):
        for placed in _distinct(clause, previous):
            yield from hearing.records(placed, clause.span, clause.passage.span)
        previous = clause
    bare = bare_conditions(found)
    for placed in (*by_mark(found), *by_lead(found, bare), *by_bare_run(found, bare), *by_table(found)):
        if _is_condition(placed.condition):
            yield from hearing.records(placed, placed.scope, placed.span)


def _distinct(clause: Clause, previous: Clause | None) -> Iterable[Placed]:
    seen: dict[tuple[str, str], Placed] = {}
    placings = [placed for rule in SENTENCE_RULES for placed in rule(clause)] if clause.mentions else []
    for placed in (*placings, *by_reference_back(clause, previous)):
        if _is_condition(placed.condition) and placed.condition != placed.category:
            seen.setdefault((placed.condition, placed.category), placed)
    return seen.values()


@dataclass(frozen=True)
class _Said:
    """How a sentence places: its stance, who places, who reports that, and where it holds."""

    stance: Stance
    by: str | None
    reported_by: str | None
    jurisdiction: str | None


class _Hearing:
    """Hears each sentence that places something once, however many conditions it places."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self._said: dict[tuple[Span, Span, Span, bool, bool], _Said | None] = {}

    def records(self, placed: Placed, place: Span, around: Span) -> Iterator[Classification]:
        """The record of a placing, none where it is only asked.

        `place` is where words of stance, voice and jurisdiction are looked for, then `around`.
        """
        key = (place, placed.scope, around, placed.is_denied, placed.placement != "example-of")
        if key not in self._said:
            self._said[key] = self._hear(*key)
        said = self._said[key]
        if said is not None:
            yield Classification(
                span=placed.span,
                rule=f"classification/{placed.rule}",
                confidence=round(placed.confidence * _SURE_OF[said.stance], 2),
                condition=placed.condition,
                category=placed.category,
                stance=said.stance,
                placement="said-not-to-be" if said.stance == "disputes" else placed.placement,
                by=said.by,
                reported_by=said.reported_by,
                jurisdiction=said.jurisdiction,
            )

    def _hear(self, place: Span, scope: Span, around: Span, is_denied: bool, by_words: bool) -> _Said | None:  # noqa: FBT001
        sentence = heard(self._found, place, scope)
        if is_left_open(sentence):
            return None
        stance = "disputes" if is_denied else stance_of(sentence, by_words=by_words)
        by, reported_by = placed_by(sentence, stance)
        return _Said(stance, by, reported_by, jurisdiction_of(self._found, place, around))
