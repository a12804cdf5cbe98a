"""Definitions by what they explain, so that documents which explain one term stand side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.model import Definition
from kb.publish import wording
from kb.publish.catalogue import Catalogue


@dataclass(frozen=True)
class Term:
    """A term with everything that explains it. `concept` is the condition it names, "" where it names none."""

    name: str
    concept: str
    definitions: tuple[Definition, ...]

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"term-{self.concept or self.definitions[0].id}"

    @property
    def documents(self) -> int:
        """How many documents explain it."""
        return len({definition.source_id for definition in self.definitions})


def terms(definitions: Iterable[Definition]) -> list[Term]:
    """Definitions of one condition, or of one term that names none, taken together; by name."""
    groups: dict[tuple[str, str], list[Definition]] = {}
    for definition in definitions:
        concept = wording.condition_slug(definition.concept) if definition.concept else ""
        groups.setdefault((concept, "" if concept else definition.term_norm), []).append(definition)
    found = [
        Term(wording.condition_name(concept) if concept else wording.unmasked(group[0].term), concept, tuple(group))
        for (concept, _), group in groups.items()
    ]
    return sorted(found, key=lambda term: (term.name.lower(), term.anchor))


def in_order(catalogue: Catalogue) -> list[Definition]:
    """All definitions in the order of their terms."""
    return [definition for term in terms(catalogue.of(Definition)) for definition in term.definitions]
