"""What the texts are about, as data: conditions and umbrella categories, organisations, jurisdictions, cue phrases.

The data lie in one folder a language; `kb.vocabulary.data` reads them, this module gives the ones several rooms need as values.
"""

from __future__ import annotations

from functools import cache

import msgspec

from kb.vocabulary.data import load_as


class Concept(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """A condition or umbrella category and its names, in the terms of SKOS.

    `conditions.toml` says how each kind of label matches.
    """

    id: str
    pref_label: str
    alt_label: tuple[str, ...] = ()
    hidden_label: tuple[str, ...] = ()
    exact_label: tuple[str, ...] = ()
    short_label: tuple[str, ...] = ()
    joined_label: tuple[str, ...] = ()
    notation: dict[str, tuple[str, ...]] = {}
    """Codes by scheme ("icd-10", "icd-11", "mesh", "snomed-ct")."""
    umbrella: bool = False
    category: str | None = None
    """Its name as a category of classifications, for umbrellas."""
    symptom: bool = False
    """Whether it is a single complaint: as an example it tells what a category is like and is not placed under it."""
    related: tuple[str, ...] = ()


class Guard(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where an exact label does not name its concept: patterns of what stands right before or after it."""

    label: str
    before: str | None = None
    after: str | None = None
    shouting: bool = True
    """Whether it counts between ordinary words in capitals."""


class Organisation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A body with a public name; `other` are further names and abbreviations."""

    name: str
    other: tuple[str, ...] = ()
    kind: str
    jurisdiction: str | None = None


class _Conditions(msgspec.Struct, frozen=True):
    condition: tuple[Concept, ...]
    guard: tuple[Guard, ...]


class _Organisations(msgspec.Struct, frozen=True):
    organisation: tuple[Organisation, ...]


class _Jurisdictions(msgspec.Struct, frozen=True):
    jurisdictions: dict[str, tuple[str, ...]]


@cache
def conditions(language: str = "en") -> tuple[Concept, ...]:
    """Every condition and umbrella category, in the order of the data file."""
    return load_as("conditions", _Conditions, language).condition


@cache
def concepts(language: str = "en") -> dict[str, Concept]:
    """The same by id."""
    return {concept.id: concept for concept in conditions(language)}


@cache
def guards(language: str = "en") -> dict[str, Guard]:
    """Where exact labels are something else, by label."""
    return {guard.label: guard for guard in load_as("conditions", _Conditions, language).guard}


@cache
def organisations(language: str = "en") -> tuple[Organisation, ...]:
    """Organisations whose names hold a condition's name, and those that place conditions."""
    return load_as("organisations", _Organisations, language).organisation


@cache
def jurisdictions(language: str = "en") -> dict[str, tuple[str, ...]]:
    """Words that name a jurisdiction, by the name it is recorded under."""
    return load_as("jurisdictions", _Jurisdictions, language).jurisdictions
