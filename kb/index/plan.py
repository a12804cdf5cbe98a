"""What an engine must find: index terms and how they combine. Everything a person may write comes down to these."""

from __future__ import annotations

from typing import TypeAlias

import msgspec


class Has(msgspec.Struct, frozen=True):
    """The field holds one of the terms, which count as forms of one word; without terms nothing does."""

    field: str
    terms: tuple[str, ...]


class Run(msgspec.Struct, frozen=True):
    """The field holds the terms at consecutive positions."""

    field: str
    terms: tuple[str, ...]


class AllOf(msgspec.Struct, frozen=True):
    """Every part holds; there is at least one."""

    parts: tuple[Plan, ...]


class AnyOf(msgspec.Struct, frozen=True):
    """At least one part holds; without parts nothing does."""

    parts: tuple[Plan, ...]


class Without(msgspec.Struct, frozen=True):
    """The part does not hold."""

    part: Plan


class Rather(msgspec.Struct, frozen=True):
    """`part` holds; entries where `preferred` holds too score more."""

    part: Plan
    preferred: Plan


class Whole(msgspec.Struct, frozen=True):
    """Every entry."""


Plan: TypeAlias = Has | Run | AllOf | AnyOf | Without | Rather | Whole


def sought(plan: Plan) -> tuple[Has | Run, ...]:
    """The leaves a hit may be shown by: all but those under `Without`, in the order of the query."""
    match plan:
        case Has() | Run():
            return (plan,)
        case AllOf(parts) | AnyOf(parts):
            return tuple(leaf for part in parts for leaf in sought(part))
        case Rather(part, preferred):
            return sought(part) + sought(preferred)
        case Without() | Whole():
            return ()
