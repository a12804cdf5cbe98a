"""Words that make a number a quantity, as `LANGUAGE/units.toml` has them."""

from __future__ import annotations

from functools import cache

import msgspec

from kb.vocabulary.data import load_as


class HalfWords(msgspec.Struct, frozen=True):
    """Beside which words "half" is no share."""

    not_after: tuple[str, ...]
    not_before: tuple[str, ...]


class PartWords(msgspec.Struct, frozen=True):
    """Before which words "a third" is a share."""

    before: frozenset[str]


class NumberWords(msgspec.Struct, frozen=True):
    """Words around numbers; the data file says what each set is for."""

    fillers: frozenset[str]
    labels: frozenset[str]
    word_labels: frozenset[str]
    months: frozenset[str]
    plurals: frozenset[str]
    not_plurals: frozenset[str]
    stops: frozenset[str]
    year_prepositions: frozenset[str]
    people: frozenset[str]
    changes: frozenset[str]
    times: tuple[str, ...]
    persons: frozenset[str]
    scores: frozenset[str]
    weighing: frozenset[str]
    lasting: frozenset[str]


class Units(msgspec.Struct, frozen=True):
    """The whole file. `before` and `after` map a qualifier to the phrases that stand on that side of a number."""

    units: dict[str, tuple[str, ...]]
    subunits: dict[str, str]
    """Units that count hundredths of another one."""
    currencies: dict[str, str]
    scales: dict[str, int]
    cardinals: dict[str, int]
    tens: dict[str, int]
    parts: dict[str, int]
    half: HalfWords
    part: PartWords
    before: dict[str, tuple[str, ...]]
    after: dict[str, tuple[str, ...]]
    words: NumberWords


@cache
def units(language: str = "en") -> Units:
    """The units of a language, read once."""
    return load_as("units", Units, language)
