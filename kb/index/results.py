"""What a search gives back."""

from __future__ import annotations

import msgspec

from kb.index.entries import Entry
from kb.model import Span


class SearchOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How to search. `kinds` and `sources` keep hits of any of the values given; empty keeps all. Pages count from 1."""

    kinds: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    limit: int = 10
    page: int = 1
    engine: str | None = None
    """A key of `kb.index.ENGINES`; None is the one the index was built with."""


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One entry that answers, and where its words do."""

    score: float
    entry: Entry
    snippet: Span
    """What to show of `entry.words` where they are long."""
    highlights: tuple[Span, ...] = ()
    """Places in `entry.words` that the query asked for, in order; they do not overlap."""


class FacetCount(msgspec.Struct, frozen=True):
    """How many hits have this value."""

    value: str
    count: int


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """One page of hits, best first, equals in text order; facets count over all hits."""

    query: str
    total: int
    page: int
    limit: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetCount, ...]]
    """By field of `kb.index.FACETS`; most frequent first, equals by value."""
    unknown: tuple[str, ...] = ()
    """Words of the query that occur nowhere; looked up when nothing was found."""
    see_also: tuple[str, ...] = ()
    """Queries for the records about a condition, where the query is nothing but its name; those of related conditions follow."""
    suggestions: tuple[str, ...] = ()
    """Queries that would find something; given when nothing was found."""
