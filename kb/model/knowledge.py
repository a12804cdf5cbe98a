"""What stands between records: works, links, findings; and the whole that a build stores."""

from __future__ import annotations

from typing import Literal

import msgspec

from kb.model.document import Document, Source
from kb.model.records import AnyRecord, Identifiers
from kb.model.span import Span

Relation = Literal[
    "resolves-to",  # citation -> reference
    "refers-to",  # reference -> work
    "quotes",  # quotation -> passage of the original
    "held-as",  # work -> source
    "restates",  # record of a digest -> record of its original
]
Severity = Literal["error", "warning", "info"]


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """The intellectual object references point to; its id is taken over its best identifier."""

    id: str
    title: str | None
    authors: tuple[str, ...] = ()
    year: int | None = None
    container: str | None = None
    volume: str | None = None
    pages: str | None = None
    publisher: str | None = None
    publisher_place: str | None = None
    ids: Identifiers = Identifiers()
    aliases: tuple[str, ...] = ()
    """Ids its other identifiers would have given; they redirect here."""


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A typed relation between two things with ids, and how sure the machine is."""

    id: str
    relation: Relation
    origin: str
    target: str
    confidence: float = 1.0


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something that does not add up in the data: a code (see `kb.check`), a place, a sentence with the next step."""

    code: str
    message: str
    source_id: str | None = None
    span: Span | None = None
    subject: str | None = None
    """Id of the record or part it is about."""

    @property
    def severity(self) -> Severity:
        """From the code's letter: E, W or I."""
        severities: dict[str, Severity] = {"E": "error", "W": "warning", "I": "info"}
        return severities[self.code[0]]


class Alias(msgspec.Struct, frozen=True):
    """An id that was or could be linked to, and the id that answers for it now."""

    id: str
    target: str


class KnowledgeBase(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one build knows, in a defined order: what the store writes and reads back."""

    sources: tuple[Source, ...]
    documents: tuple[Document, ...]
    records: tuple[AnyRecord, ...]
    works: tuple[Work, ...] = ()
    links: tuple[Link, ...] = ()
    aliases: tuple[Alias, ...] = ()
    findings: tuple[Finding, ...] = ()
