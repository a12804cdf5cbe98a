"""Patterns as they are used: compiled for a look at how long the texts are that they are given, and by which method.

Most patterns only ever see a word, a line or the few code points before a place, and may be dear there; what counts is what a
pattern costs on as much text as it can meet. So patterns are watched while documents are read and mined whose every line,
sentence and passage is long, and tried afterwards on as much.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

ROOMS = ("kb.text", "kb.vocabulary", "kb.extract", "kb.ingest")
BY_SCAN = ("search", "finditer", "findall", "sub", "subn", "split")
"""Methods that try every place of a text; the others try one."""


@dataclass(eq=False)
class Watched:
    """A compiled pattern, and the longest stretch each method was given."""

    pattern: re.Pattern[str]
    module: str
    longest: dict[str, int] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.pattern, name)
        return self._noting(name, found) if callable(found) and not name.startswith("_") else found

    def _noting(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        place = 1 if name in {"sub", "subn"} else 0

        def call(*given: Any, **named: Any) -> Any:
            length = len(given[place])
            if name in {"search", "finditer", "findall", "match", "fullmatch"}:
                start, end = (*given[1:3], *(0, length)[len(given) - 1 :])[:2]
                length = max(0, min(end, length) - start)
            self.longest[name] = max(self.longest.get(name, 0), length)
            return method(*given, **named)

        return call


@contextmanager
def watching() -> Iterator[list[Watched]]:
    """Every pattern that the rooms compile from now on, at import or later."""
    kept: dict[tuple[str, int], Watched] = {}
    compiled: Callable[..., re.Pattern[Any]] = re._compile  # type: ignore[attr-defined]

    def compile_watched(pattern: Any, flags: int) -> Any:
        if isinstance(pattern, Watched):
            return pattern
        made: re.Pattern[Any] = compiled(pattern, flags)
        module = _caller()
        if not module.startswith("kb.") or isinstance(made.pattern, bytes):
            return made
        return kept.setdefault((made.pattern, made.flags), Watched(made, module))

    re._compile = compile_watched  # type: ignore[attr-defined]
    found: list[Watched] = []
    try:
        yield found
    finally:
        re._compile = compiled  # type: ignore[attr-defined]
        found += kept.values()


def _caller() -> str:
    """The module whose code asked for a pattern."""
    frame = sys._getframe(2)
    while frame.f_back and frame.f_globals["__name__"] == "re":
        frame = frame.f_back
    return str(frame.f_globals["__name__"])


def import_rooms() -> None:
    """Import every module of the rooms whose patterns are watched."""
    for room in ROOMS:
        package = importlib.import_module(room)
        for module in pkgutil.iter_modules(package.__path__, f"{room}."):
            importlib.import_module(module.name)
