"""A document's entries as runs of passages: what quotations begin and end at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.extract.found import Found
from kb.extract.voice import OWN, own_voice
from kb.model import Document, Part, Passage, Reference, Span

ENTRY_KINDS = frozenset({"post", "article", "section", "box"})


@dataclass(frozen=True)
class Block:
    """One passage as it stands in its entry."""

    passage: Passage
    blank_lines: int
    """Between the passage before it in the entry and this one."""
    is_reference: bool
    """Whether most of it is a full reference."""
    own: float
    """How much it sounds like the entry's author: see `kb.extract.voice.own_voice`."""

    @property
    def span(self) -> Span:
        """The passage's place."""
        return self.passage.span

    @property
    def is_own(self) -> bool:
        """Whether it sounds like the entry's author enough to end a quotation."""
        return self.own >= OWN


@dataclass(frozen=True)
class Entry:
    """The passages directly under one post, article, section or box; under None those outside all of them."""

    part: Part | None
    blocks: tuple[Block, ...]

    @property
    def is_free_prose(self) -> bool:
        """Whether it is a post or an article, where texts are pasted without marks."""
        return self.part is not None and self.part.kind in {"post", "article"}


def entries(found: Found) -> tuple[Entry, ...]:
    """All entries with their passages, in text order; an entry interrupted by another stays one."""
    document = found.document
    parts = {part.id: part for part in document.parts}
    grouped: dict[str | None, list[Passage]] = {}
    for passage in document.passages:
        grouped.setdefault(_entry_id(passage, parts), []).append(passage)
    references = [reference.span for reference in found.of(Reference) if reference.form == "bibliographic"]
    return tuple(
        Entry(parts[key] if key else None, tuple(_blocks(document, passages, references))) for key, passages in grouped.items()
    )


def _entry_id(passage: Passage, parts: dict[str, Part]) -> str | None:
    place = passage.part
    while place is not None and parts[place].kind not in ENTRY_KINDS:
        place = parts[place].parent
    return place


def _blocks(document: Document, passages: list[Passage], references: list[Span]) -> Iterator[Block]:
    before: Passage | None = None
    for passage in passages:
        between = document.text[before.span.end : passage.span.start] if before else ""
        covered = sum(_shared(passage.span, reference) for reference in references)
        yield Block(
            passage=passage,
            blank_lines=max(0, between.count("\n") - 1) if not between.strip() else 1,
            is_reference=passage.kind == "reference" or 2 * covered > len(passage.span),
            own=own_voice(document.text, passage.span),
        )
        before = passage


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))
