"""What linkers are given and what they hand on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.model import Alias, AnyRecord, Document, Link, Source, Span, Work, make_id
from kb.model.knowledge import Relation

DigestSpans = Mapping[str, tuple[tuple[Span, Span], ...]]
"""Digest's source id -> (place in the digest, place it restates in the original), in any order."""


@dataclass(frozen=True)
class Held:
    """Everything that is the same for all linkers: what we hold, in the corpus's order."""

    sources: tuple[Source, ...]
    documents: tuple[Document, ...]
    digest_spans: DigestSpans = field(default_factory=dict)


@dataclass(frozen=True)
class Linked:
    """What is known after a linker ran; each returns a new one, changed only where its own relation asks for it.

    `records` keep the order documents and extractors gave them; `links` stand in the order they were found; no two links have
    the same relation, origin and target.
    """

    records: tuple[AnyRecord, ...]
    works: tuple[Work, ...] = ()
    links: tuple[Link, ...] = ()
    aliases: tuple[Alias, ...] = ()


def make_link(relation: Relation, origin: str, target: str, confidence: float = 1.0) -> Link:
    """A link whose id is taken over its relation and both ends."""
    return Link(
        id=make_id("link", relation, origin, target), relation=relation, origin=origin, target=target, confidence=confidence
    )
