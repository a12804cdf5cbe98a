"""Words around figures, as `LANGUAGE/figures.toml` has them."""

from __future__ import annotations

from functools import cache

import msgspec

from kb.vocabulary.data import load_as


class FigureWords(msgspec.Struct, frozen=True):
    """The whole file, which says what each list is for."""

    people: frozenset[str]
    agents: frozenset[str]
    cases: frozenset[str]
    pointers: frozenset[str]
    ends: frozenset[str]
    continuing: frozenset[str]
    finite: frozenset[str]
    participles: frozenset[str]
    absolutes: frozenset[str]
    auxiliaries: frozenset[str]
    before_article: frozenset[str]
    trailing: frozenset[str]
    bridges: frozenset[str]
    reporting: frozenset[str]
    places: tuple[str, ...]
    lands: tuple[str, ...]
    place_heads: tuple[str, ...]
    where: tuple[str, ...]
    not_in_places: frozenset[str]
    derived: tuple[str, ...]
    expected: tuple[str, ...]
    outcome: tuple[str, ...]
    target: tuple[str, ...]
    told: tuple[str, ...]
    passing: frozenset[str]


@cache
def figure_words(language: str = "en") -> FigureWords:
    """The words of a language, read once."""
    return load_as("figures", FigureWords, language)
