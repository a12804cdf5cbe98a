"""Full-text search over passages and records: query language, ranking, engines, and the index on disk."""

from __future__ import annotations

from pathlib import Path

from kb.index.engines import ENGINES, engine_named
from kb.index.entries import Entry, describe_part, entries, terms
from kb.index.fields import FACETS, FIELDS
from kb.index.results import FacetCount, Hit, Results, SearchOptions
from kb.index.searching import search
from kb.index.stamped import clear, write_entries, write_stamp
from kb.model import KnowledgeBase

__all__ = [
    "ENGINES",
    "FACETS",
    "FIELDS",
    "Entry",
    "FacetCount",
    "Hit",
    "Results",
    "SearchOptions",
    "build_index",
    "describe_part",
    "search",
]


def build_index(directory: Path, knowledge: KnowledgeBase, generation: str, engine: str = "whoosh") -> None:
    """Index every passage and record of `knowledge` into `directory`, in place of an index that stands there.

    The stamp is written last: an index that was not finished is never opened. Raises `StoreError` where `directory` holds
    files that are no index.
    """
    clear(directory)
    found = list(entries(knowledge))
    indexed = [terms(entry) for entry in found]
    write_entries(directory, found, indexed)
    engine_named(engine).write(directory, indexed)
    write_stamp(directory, generation, engine, len(found))
