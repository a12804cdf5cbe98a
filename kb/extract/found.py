"""What earlier extractors found in the same document, for later ones to build on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from kb.model import AnyRecord, Document, Source

R = TypeVar("R", bound=AnyRecord)


@dataclass(frozen=True)
class Found:
    """One document on its way through the extractors, with the finished records of those that ran before."""

    source: Source
    document: Document
    records: tuple[AnyRecord, ...] = ()

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """The records of one kind, in text order."""
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> dict[type, tuple[Any, ...]]:
        kinds = {type(record) for record in self.records}
        return {kind: tuple(record for record in self.records if type(record) is kind) for kind in kinds}
