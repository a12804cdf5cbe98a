"""What earlier extractors found in the same document, for later ones to build on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from kb.extract.holders import Holders
from kb.extract.prepared import Prepared
from kb.model import AnyRecord, Document, Quotation, Source, Span
from kb.text.marks import Unmarked

R = TypeVar("R", bound=AnyRecord)


@dataclass(frozen=True)
class Found:
    """One document on its way through the extractors, with the records of those that ran before.

    `document` is read without the raised marks that stand between its words, and the spans of records are places in it;
    `marks` leads back to the document as it is. Citations alone, which are such marks, have their spans there.
    """

    source: Source
    document: Document
    records: tuple[AnyRecord, ...] = ()
    marks: Unmarked | None = None
    known: Prepared | None = None

    @cached_property
    def prepared(self) -> Prepared:
        """What follows from the document alone; the same object for every extractor."""
        return self.known or Prepared(self.document)

    def with_records(self, records: tuple[AnyRecord, ...]) -> Found:
        """The same document with what was found in it by now."""
        return Found(self.source, self.document, records, self.marks, self.prepared)

    @property
    def whole(self) -> Document:
        """The document as it is, marks included."""
        return self.marks.whole if self.marks else self.document

    def restored(self, span: Span) -> Span:
        """The place in the whole document of a place in `document`."""
        return self.marks.restored(span) if self.marks else span

    def reading(self, span: Span) -> Span:
        """The place in `document` of a place in the whole document."""
        return self.marks.reading(span) if self.marks else span

    def of(self, kind: type[R]) -> tuple[R, ...]:
        """The records of one kind, in text order."""
        return self._by_kind.get(kind, ())

    @cached_property
    def quotations_around(self) -> Holders:
        """Look-up of the quotations around a place, by their index in `of(Quotation)`."""
        return Holders([quotation.span for quotation in self.of(Quotation)])

    @cached_property
    def voices(self) -> dict[tuple[int, ...], Any]:
        """What `kb.extract.voice` knows by now: who speaks in parts that lie one in another, by their indices."""
        return {}

    @cached_property
    def _by_kind(self) -> dict[type, tuple[Any, ...]]:
        kinds: dict[type, list[AnyRecord]] = {}
        for record in self.records:
            kinds.setdefault(type(record), []).append(record)
        return {kind: tuple(records) for kind, records in kinds.items()}
