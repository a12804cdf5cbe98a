"""Quotations to their originals: the same words, found in another document that is held.

Shared runs of words find the documents worth looking at; where a quotation shares none, its rarer words standing close together
may still find a short altered one. `kb.text.fidelity` places and grades. Digests are never quoted: their words are ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from kb.extract.holders import Holders
from kb.link.linked import Held, Linked, make_link
from kb.link.quotable import Library, Quotable, name_words
from kb.model import AnyRecord, Link, Quotation, Span
from kb.model.records import Place
from kb.text.fidelity import Comparison, compare
from kb.text.matching import ShingleIndex
from kb.text.words import TextWords

SHORTEST = 6
"""Words a quotation must have to be looked for."""

WHOLE = 0.75
"""Share of the quoted words that an original of any quotation has."""

PART, PART_WORDS, PART_RUN = 0.35, 20, 8
"""For long quotations that only partly repeat an original: that share, that many words, that many in one run."""


@dataclass(frozen=True)
class _Original:
    """A place that has a quotation's words."""

    text: Quotable
    compared: Comparison


def link_quotations(held: Held, linked: Linked) -> Linked:
    """Quotations with their originals, grades and places, and a link from each to the passage its original begins in.

    What extraction found inside the document stands, unless that place is itself a quotation of a held document.
    """
    sources = {source.id: source for source in held.sources if source.digest_of is None}
    by_id = {
        document.source_id: Quotable(sources[document.source_id], document)
        for document in held.documents
        if document.source_id in sources
    }
    marked: dict[str, list[Span]] = {}
    for record in linked.records:
        if isinstance(record, Quotation) and record.marked != "unmarked":
            marked.setdefault(record.source_id, []).append(record.span)
    holders = {source_id: Holders(spans) for source_id, spans in marked.items()}
    library = Library(by_id.values(), _asked(linked.records, by_id))
    records = tuple(_linked(record, by_id, library, holders) for record in linked.records)
    links = tuple(_links(records, by_id))
    return Linked(records, linked.works, (*linked.links, *links), linked.aliases)


def _asked(records: Sequence[AnyRecord], by_id: Mapping[str, Quotable]) -> Iterator[Sequence[str]]:
    """The words of every quotation that may be looked for."""
    for record in records:
        if isinstance(record, Quotation) and record.source_id in by_id:
            yield by_id[record.source_id].told.within(record.span).forms


def _linked(record: AnyRecord, by_id: Mapping[str, Quotable], library: Library, marked: Mapping[str, Holders]) -> AnyRecord:
    if not isinstance(record, Quotation) or record.source_id not in by_id:
        return record
    if record.original is not None and not _is_second_hand(record, marked):
        return record
    if record.original is None and record.place == "not-found":
        return record
    own = by_id[record.source_id]
    original = _find(own, record.span, library, marked)
    if original is None:
        return record if record.original is not None else _missing(record, library.texts)
    return msgspec.structs.replace(
        record,
        match=original.compared.match,
        place=_place(record, original),
        original_source=original.text.source.id,
        original=original.compared.original,
        similarity=original.compared.similarity,
    )


def _is_second_hand(record: Quotation, marked: Mapping[str, Holders]) -> bool:
    """Whether the original stands inside a marked quotation of the same document, so that the first statement is elsewhere."""
    holders = marked.get(record.original_source or "")
    return holders is not None and record.original is not None and bool(holders.around(record.original))


def _find(own: Quotable, span: Span, library: Library, marked: Mapping[str, Holders]) -> _Original | None:
    """The best original of the words at `span` of `own` in the other documents; of equals the first document's.

    Where one has the words and another only quotes them, the first is meant, as when a thread is held in two copies.
    """
    forms = tuple(own.told.within(span).forms)
    if len(forms) < SHORTEST:
        return None
    sharing = [text for text in library.sharing(forms) if text is not own]
    found = [_Original(text, compared) for text in sharing if (compared := _in(own, span, text))]
    if not found and len(forms) <= MAX_SCREENED:
        others = [text for text in library.likely(forms) if text is not own]
        found = [_Original(text, compared) for text in others if (compared := _by_rare_words(own, span, forms, text))]
    return max(
        found, key=lambda one: (_is_whole_and_first(one, marked), one.compared.matched, one.compared.similarity), default=None
    )


def _is_whole_and_first(original: _Original, marked: Mapping[str, Holders]) -> bool:
    """Whether nearly all quoted words stand there, and not in a quotation."""
    holders = marked.get(original.text.source.id)
    is_quoted = holders is not None and bool(holders.around(original.compared.original))
    return original.compared.covered >= WHOLE and not is_quoted


def _in(own: Quotable, span: Span, text: Quotable) -> Comparison | None:
    compared = compare(own.told, span, text.text, text.index)
    return compared if compared and is_original(compared) else None


def _by_rare_words(own: Quotable, span: Span, forms: tuple[str, ...], text: Quotable) -> Comparison | None:
    """A second look without shared shingles, for quotations short enough to have lost all of theirs to changes."""
    window = text.likely_window(forms)
    compared = compare_within(own.told, span, text.told, window) if window else None
    return compared if compared and is_original(compared) else None


MAX_SCREENED = 40


def compare_within(told: TextWords, span: Span, original: TextWords, window: Span) -> Comparison | None:
    """As `compare`, with the words around `window` as the only place to look and no shingle needed."""
    wider = Span(max(0, window.start - 80), min(len(original.text), window.end + 80))
    return compare(told, span, original.text, ShingleIndex(original.within(wider), size=2))


def is_original(compared: Comparison) -> bool:
    """Whether a place has enough of the quoted words to be called their original."""
    if compared.covered >= WHOLE and compared.similarity >= WHOLE and compared.matched >= SHORTEST:
        return True
    return compared.covered >= PART and compared.matched >= PART_WORDS and compared.longest >= PART_RUN


def _place(record: Quotation, original: _Original) -> Place:
    """As attributed where the text names the document or the author of the part the words stand in; elsewhere if not."""
    authors = original.text.authors_at(original.compared.original)
    return "as-attributed" if _names(record.attributed_to, original.text, authors) else "elsewhere"


def _missing(record: Quotation, texts: Sequence[Quotable]) -> Quotation:
    """Not found where the document it is attributed to is held; not held otherwise."""
    is_held = any(_names(record.attributed_to, text, ()) for text in texts if text.source.id != record.source_id)
    return msgspec.structs.replace(record, place="not-found" if is_held else "not-held")


def _names(attribution: str | None, text: Quotable, authors: tuple[frozenset[str], ...]) -> bool:
    """Whether an attribution means this document: its title but for a few words, or the whole or the surname of who made it."""
    named = name_words(attribution or "")
    if not named:
        return False
    by_title = any(len(named & title) >= SAME_TITLE * len(named | title) for title in text.titles)
    return by_title or any(named <= maker or maker <= named for maker in (*text.makers, *authors) if maker)


SAME_TITLE = 0.7
"""Shared part of the words of two titles from which they are one: fields repeat their terms in every title."""


def _links(records: Sequence[AnyRecord], by_id: Mapping[str, Quotable]) -> Iterator[Link]:
    for record in records:
        text = by_id.get(record.original_source or "") if isinstance(record, Quotation) else None
        if isinstance(record, Quotation) and record.original is not None and text is not None:
            passage = text.passage_at(record.original)
            if passage is not None:
                yield make_link("quotes", record.id, passage.id, record.similarity or 0.0)
