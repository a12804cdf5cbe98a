"""What a person asks, as values: what `kb.index.syntax` makes of a query's text, before any engine is known."""

from __future__ import annotations

from typing import TypeAlias

import msgspec


class Everything(msgspec.Struct, frozen=True):
    """Each entry of the index."""


class Term(msgspec.Struct, frozen=True):
    """A word as typed; in a prose field any form of the word answers."""

    field: str
    text: str


class Phrase(msgspec.Struct, frozen=True):
    """Words as typed, exactly these and in this order; only case, accents and punctuation are free."""

    field: str
    text: str


class Prefix(msgspec.Struct, frozen=True):
    """The beginning of a word; the empty one asks for any value in the field."""

    field: str
    text: str


class Fuzzy(msgspec.Struct, frozen=True):
    """A word and those at most `edits` letters away, two neighbours swapped counting as one."""

    field: str
    text: str
    edits: int = 1


class Between(msgspec.Struct, frozen=True, kw_only=True):
    """A number field's values from `low` to `high`, None where open; the ends count unless said otherwise."""

    field: str
    low: float | None
    high: float | None
    is_low_open: bool = False
    is_high_open: bool = False


class And(msgspec.Struct, frozen=True):
    """What all parts find."""

    parts: tuple[Query, ...]


class Or(msgspec.Struct, frozen=True):
    """What at least one part finds."""

    parts: tuple[Query, ...]


class Not(msgspec.Struct, frozen=True):
    """What `part` does not find."""

    part: Query


class Preferring(msgspec.Struct, frozen=True):
    """What `part` finds; what `preferred` also finds comes earlier."""

    part: Query
    preferred: Query


Query: TypeAlias = Everything | Term | Phrase | Prefix | Fuzzy | Between | And | Or | Not | Preferring
