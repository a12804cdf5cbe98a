"""The engines an index can be kept in."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol, cast

from kb.errors import EngineUnavailableError, UsageError
from kb.index.entries import Entry, Positions


class Searcher(Protocol):
    """An open index."""

    def terms(self, field: str) -> Iterator[str]:
        """Every term of an field, sorted."""

    def frequency(self, field: str, term: str) -> int:
        """In how many entries the field holds the term."""

    def having(self, field: str, term: str) -> dict[int, int]:
        """How often the field holds the term, by the numbers of the entries that do."""

    def running(self, field: str, wanted: tuple[str, ...]) -> list[int]:
        """The entries whose field holds the terms at consecutive positions, each once; only prose fields are asked."""


class Engine(Protocol):
    """A module that keeps an index; entries are numbered from 0 in the order they are written."""

    def write(self, directory: Path, indexed: Iterable[dict[str, Positions]]) -> None:
        """Index entries, each given by the terms of its fields, into files below `directory`."""

    def open_searcher(self, directory: Path, read_entries: Callable[[], Iterable[Entry]]) -> Searcher:
        """Open what `write` left in `directory`; an engine that left nothing reads the entries instead."""


ENGINES: dict[str, str] = {
    "whoosh": "kb.index.whoosh_engine",
    "memory": "kb.index.memory_engine",
}
"""Name to module, imported when first used; the first is the default."""


def engine_named(name: str) -> Engine:
    """The engine of this name. Raises `UsageError` for an unknown name, `EngineUnavailableError` for one not installed."""
    if name not in ENGINES:
        raise UsageError(f"there is no search engine {name!r}: choose one of {', '.join(ENGINES)}")
    try:
        module = importlib.import_module(ENGINES[name])
    except ImportError as error:
        raise EngineUnavailableError(name, f"{error}; install it, or search with --engine memory") from error
    return cast("Engine", module)
