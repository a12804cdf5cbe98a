"""What people call conditions, and the short names under which `concept` and `category` hold them."""

from __future__ import annotations

from functools import cache

from kb.index.analysis import keyword
from kb.vocabulary import Concept, conditions

NAMED_BY_CONCEPT = frozenset({"concept", "category"})
"""Fields whose values may be given by any name of a condition."""


@cache
def _by_name() -> dict[str, Concept]:
    named: dict[str, Concept] = {}
    for concept in conditions():
        for name in (concept.id, concept.pref_label, *concept.alt_label, *concept.exact_label, *concept.hidden_label):
            named.setdefault(keyword(name), concept)
    return named


def short_name(field: str, name: str) -> str:
    """The value under which `field` holds what people call `name`; `name` folded where nobody is known to.

    >>> short_name("concept", "Medically unexplained symptoms"), short_name("concept", "toothache")
    ('mus', 'toothache')
    """
    folded = keyword(name)
    concept = _by_name().get(folded)
    if concept is None:
        return folded
    return (concept.category if field == "category" else None) or concept.id


def see_also(text: str) -> tuple[str, ...]:
    """Queries to offer beside one that is nothing but the name of a condition: its records, then those of related conditions.

    They are offered and never applied: whether two names mean the same is what texts disagree about.

    >>> see_also("chronic fatigue syndrome")[0], see_also("fatigue clinics")
    ('concept:cfs', ())
    """
    concept = _by_name().get(keyword(text.strip().strip('"“”')))
    return () if concept is None else tuple(f"concept:{name}" for name in (concept.id, *concept.related))
