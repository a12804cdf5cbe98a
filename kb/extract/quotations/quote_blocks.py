"""Quotation blocks that a reader kept as parts, as HTML, JATS and DOCX have them, and what they repeat.

Where the block says which post it quotes and that post is held in the same document, the original is looked for there and
nowhere else: words that are not there were put into the author's mouth, or taken back since.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

from kb.extract.found import Found
from kb.extract.quotations.pastes import attribution
from kb.extract.quotations.repeated import with_stop
from kb.model import Part, Passage, Quotation, Span
from kb.text.fidelity import Comparison, compare
from kb.text.matching import SHINGLE, ShingleIndex

RULES = ("quotation-part",)

ENOUGH = 0.4
"""Share of a block's words that the post it names must have to be called their original, however altered."""

LOOSE = 2
"""Words in a row by which words that were much altered are still found."""


def quote_blocks(found: Found) -> Iterator[Quotation]:
    """A quotation for each block with words of its own, in text order."""
    quoted = _Quoted(found)
    for part in found.document.parts:
        span = part.body.trimmed(found.document.text)
        if part.kind == "quotation" and len(span):
            yield _quotation(found, part, span, quoted)


def _quotation(found: Found, block: Part, span: Span, quoted: _Quoted) -> Quotation:
    who = _name(block) or quoted.named_before(block)
    post = quoted.parts.get(block.quote_of.part or "") if block.quote_of else None
    if post is None:
        return Quotation(span=span, rule="quotation-part", marked="block", attributed_to=who)
    compared = quoted.compared(span, post)
    is_there = compared is not None and compared.covered >= ENOUGH
    return Quotation(
        span=span,
        rule="quotation-part",
        marked="block",
        attributed_to=who or (post.author.name if post.author else None),
        match=compared.match if compared and is_there else "none",
        place="as-attributed" if is_there else "not-found",
        original_source=found.document.source_id if is_there else None,
        original=with_stop(found.document.text, compared.original) if compared and is_there else None,
        similarity=compared.similarity if compared and is_there else None,
    )


def _name(block: Part) -> str | None:
    """Whom the block itself names: in its head, as its author, in its heading."""
    named = block.quote_of.name if block.quote_of else None
    return named or (block.author.name if block.author else None) or block.heading


class _Quoted:
    """What blocks of one document may repeat; the words of a post are taken in once."""

    def __init__(self, found: Found) -> None:
        self._found = found
        self.parts = {part.id: part for part in found.document.parts}
        self._indices: dict[tuple[str, int], ShingleIndex] = {}

    def compared(self, span: Span, post: Part) -> Comparison | None:
        """How the words at `span` compare with those of the post; None where they share none.

        Where they are so altered that no run of `SHINGLE` is left of them, shorter runs are looked for.
        """
        told = self._found.prepared.words
        size = min(SHINGLE, len(told.within(span)))
        if not size:
            return None
        compared = compare(told, span, told.text, self._index(post, size))
        return compared or (compare(told, span, told.text, self._index(post, LOOSE)) if size > LOOSE else None)

    def _index(self, post: Part, size: int) -> ShingleIndex:
        if (post.id, size) not in self._indices:
            self._indices[post.id, size] = ShingleIndex(self._found.prepared.words.within(post.body), size=size)
        return self._indices[post.id, size]

    def named_before(self, block: Part) -> str | None:
        """Whom the paragraph right before a block names, where it belongs to the same part."""
        index = bisect_left(self._starts, block.span.start) - 1
        before = self._passages[index] if index >= 0 else None
        if before is None or before.part != block.parent or before.kind == "heading":
            return None
        return attribution(before.span.of(self._found.document.text))

    @property
    def _passages(self) -> Sequence[Passage]:
        return self._found.document.passages

    @cached_property
    def _starts(self) -> list[int]:
        return [passage.span.start for passage in self._passages]
