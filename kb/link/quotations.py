"""Quotations to their originals: the same words, found in another document that is held.

Shared runs of words find the documents worth looking at; where a quotation shares none, a fuzzy screen may still find a short
altered one. `kb.text.fidelity` places and grades. Digests are never quoted: their words are ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import msgspec

from kb.link.linked import Held, Linked, make_link
from kb.model import AnyRecord, Document, Link, Passage, Quotation, Source, Span
from kb.model.records import Place
from kb.text.fidelity import Comparison, compare
from kb.text.folding import fold_same_length, lower_same_length
from kb.text.matching import ShingleIndex, words

SHORTEST = 6
"""Words a quotation must have to be looked for."""

WHOLE = 0.75
"""Share of the quoted words that an original of any quotation has."""

PART, PART_WORDS, PART_RUN = 0.35, 20, 8
"""For long quotations that only partly repeat an original: that share, that many words, that many in one run."""

SCREEN = 82.0
"""Likeness (rapidfuzz, 0 to 100) from which a stretch without shared shingles is looked at."""

COMMON = frozenset(
    {"the", "of", "and", "for", "in", "on", "to", "a", "an", "dr", "prof", "professor", "document", "guidance", "report"}
)


@dataclass(frozen=True)
class _Text:
    """A document that may be quoted, ready to be searched."""

    source: Source
    document: Document

    @cached_property
    def index(self) -> ShingleIndex:
        return ShingleIndex(words(self.document.text, Span(0, len(self.document.text))))

    @cached_property
    def folded(self) -> str:
        return fold_same_length(lower_same_length(self.document.text))

    @cached_property
    def titles(self) -> tuple[frozenset[str], ...]:
        """The words of each title it goes by."""
        return tuple(_name_words(title) for title in (self.document.title, self.source.title) if title)

    @cached_property
    def makers(self) -> tuple[frozenset[str], ...]:
        """The words of each author's and publisher's name."""
        document, source = self.document, self.source
        names = [*document.authors, *source.authors, document.publisher, source.publisher]
        return tuple(_name_words(name) for name in names if name)


@dataclass(frozen=True)
class _Original:
    """A place that has a quotation's words."""

    text: _Text
    compared: Comparison


def link_quotations(held: Held, linked: Linked) -> Linked:
    """Quotations with their originals, grades and places, and a link from each to the passage its original begins in.

    What extraction found inside the document stands, unless that place is itself a quotation of a held document.
    """
    texts = [
        _Text(source, document)
        for document in held.documents
        for source in held.sources
        if source.id == document.source_id and source.digest_of is None
    ]
    by_id = {text.source.id: text for text in texts}
    marked = [record for record in linked.records if isinstance(record, Quotation) and record.marked != "unmarked"]
    records = tuple(_linked(record, by_id, marked) for record in linked.records)
    links = tuple(_links(records, by_id))
    return Linked(records, linked.works, (*linked.links, *links), linked.aliases)


def _linked(record: AnyRecord, by_id: dict[str, _Text], marked: Sequence[Quotation]) -> AnyRecord:
    if not isinstance(record, Quotation) or record.source_id not in by_id:
        return record
    if record.original is not None and not _is_second_hand(record, marked):
        return record
    own = by_id[record.source_id]
    texts = tuple(by_id.values())
    original = _find(own, record.span, texts)
    if original is None:
        return record if record.original is not None else _missing(record, texts)
    return msgspec.structs.replace(
        record,
        match=original.compared.match,
        place=_place(record, original),
        original_source=original.text.source.id,
        original=original.compared.original,
        similarity=original.compared.similarity,
    )


def _is_second_hand(record: Quotation, quotations: Sequence[Quotation]) -> bool:
    """Whether the original stands inside a marked quotation of the same document, so that the first statement is elsewhere."""
    return any(
        other.source_id == record.original_source and record.original is not None and other.span.contains(record.original)
        for other in quotations
    )


def _find(own: _Text, span: Span, texts: Sequence[_Text]) -> _Original | None:
    """The best original of the words at `span` of `own` in the other documents; of equals the first document's."""
    quoted = words(own.document.text, span)
    if len(quoted) < SHORTEST:
        return None
    others = [text for text in texts if text is not own]
    found = [_Original(text, compared) for text in others if (compared := _by_shingles(own, span, text))]
    if not found and len(quoted) <= MAX_SCREENED:
        found = [_Original(text, compared) for text in others if (compared := _by_screen(own, span, text))]
    return max(found, key=lambda original: (original.compared.matched, original.compared.similarity), default=None)


def _by_shingles(own: _Text, span: Span, text: _Text) -> Comparison | None:
    compared = compare(own.document.text, span, text.document.text, text.index)
    return compared if compared and is_original(compared) else None


def _by_screen(own: _Text, span: Span, text: _Text) -> Comparison | None:
    """A second look without shared shingles, for quotations short enough to have lost all of theirs to changes."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - heavy, and most commands never match

    window = fuzz.partial_ratio_alignment(own.folded[span.start : span.end], text.folded, score_cutoff=SCREEN)
    if window is None:
        return None
    compared = compare_within(own.document.text, span, text.document.text, Span(window.dest_start, window.dest_end))
    return compared if compared and is_original(compared) else None


MAX_SCREENED = 40


def compare_within(text: str, span: Span, original_text: str, window: Span) -> Comparison | None:
    """As `compare`, with the words around `window` as the only place to look and no shingle needed."""
    wider = Span(max(0, window.start - 80), min(len(original_text), window.end + 80))
    return compare(text, span, original_text, ShingleIndex(words(original_text, wider), size=2))


def is_original(compared: Comparison) -> bool:
    """Whether a place has enough of the quoted words to be called their original."""
    if compared.covered >= WHOLE and compared.similarity >= WHOLE and compared.matched >= SHORTEST:
        return True
    return compared.covered >= PART and compared.matched >= PART_WORDS and compared.longest >= PART_RUN


def _place(record: Quotation, original: _Original) -> Place:
    """As attributed where the text names the document or the author of the part the words stand in; elsewhere if not."""
    parts = original.text.document.parts
    inside = [part for part in parts if part.body.overlaps(original.compared.original)]
    authors = tuple(_name_words(part.author.name) for part in inside if part.author and part.author.name)
    return "as-attributed" if _names(record.attributed_to, original.text, authors) else "elsewhere"


def _missing(record: Quotation, texts: Sequence[_Text]) -> Quotation:
    """Not found where the document it is attributed to is held; not held otherwise."""
    is_held = any(_names(record.attributed_to, text, ()) for text in texts if text.source.id != record.source_id)
    return msgspec.structs.replace(record, place="not-found" if is_held else "not-held")


def _names(attribution: str | None, text: _Text, authors: tuple[frozenset[str], ...]) -> bool:
    """Whether an attribution means this document: its title but for a few words, or the whole or the surname of who made it."""
    named = _name_words(attribution or "")
    if not named:
        return False
    by_title = any(len(named & title) >= SAME_TITLE * len(named | title) for title in text.titles)
    return by_title or any(named <= maker or maker <= named for maker in (*text.makers, *authors) if maker)


SAME_TITLE = 0.7
"""Shared part of the words of two titles from which they are one: fields repeat their terms in every title."""


def _name_words(name: str) -> frozenset[str]:
    return frozenset(word.form for word in words(name, Span(0, len(name)))) - COMMON


def _links(records: Sequence[AnyRecord], by_id: dict[str, _Text]) -> Iterator[Link]:
    for record in records:
        if isinstance(record, Quotation) and record.original is not None and record.original_source in by_id:
            passage = _passage_at(by_id[record.original_source].document.passages, record.original)
            if passage is not None:
                yield make_link("quotes", record.id, passage.id, record.similarity or 0.0)


def _passage_at(passages: Sequence[Passage], span: Span) -> Passage | None:
    return next((passage for passage in passages if passage.span.overlaps(span)), None)
