"""Quotation records: words that a document presents as another's, or repeats from an earlier post.

The surest first: blocks the reader knew for quotations, quote boxes that forum software left a head of, words an earlier post
already has, paragraphs repeated to answer them, passages pasted under a cue, words in quotation marks. Where two find the same
place the surer one's record is kept; a quotation inside another is a record of its own, unless the post that the outer one
repeats has it already.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from kb.extract.coverage import Coverage
from kb.extract.found import Found
from kb.extract.places import Places
from kb.extract.quotations import answers, pastes, quote_blocks, repeated
from kb.extract.quotations.blocks import Entry, entries
from kb.extract.quotations.full_names import full_name
from kb.extract.quotations.kept import Kept
from kb.extract.quotations.pastes import CREDIT, attribution, credited, pasted, said
from kb.extract.references.title_case import is_title
from kb.model import Quotation, Span
from kb.text.fidelity import Comparison, compare
from kb.text.matching import ShingleIndex, shingles
from kb.text.quote_marks import Marked

RULES = (*quote_blocks.RULES, *repeated.RULES, *answers.RULES, *pastes.RULES, "quotation-marks")
"""Names of the rules, the surest first."""

SHORTEST = 7
"""Words in quotation marks that make a quotation; fewer are scare quotes, terms and titles."""

LOOK_BACK = 600
"""Code points before a quotation in which its speaker is looked for."""

_BLANK = re.compile(r"\s{0,9}")


def extract(found: Found) -> Iterator[Quotation]:
    """The quotations of the document, in text order, nested ones after what holds them.

    A digest has none: its words are ours, and words in quotation marks there are titles and terms.
    """
    if found.source.digest_of is not None:
        return
    all_entries = entries(found)
    kept = Kept()
    kept.add(quote_blocks.quote_blocks(found))
    told = {draft.span for draft in kept.drafts if draft.original is not None}
    labels = Places(_loose_labels(found))
    kept.add(draft for entry in all_entries for draft in said(found, entry, labels))
    kept.add(repeated.repeated(found, all_entries))
    kept.add(answers.answered(found, all_entries))
    for entry in all_entries:
        if entry.is_free_prose and entry.part is not None:
            kept.add(list(pasted(found, entry, Coverage(kept.within(entry.part.span)))))
            kept.add(list(credited(found, entry, Coverage(kept.within(entry.part.span)))))
    for entry in all_entries:
        if entry.part is None or entry.part.body.trimmed(found.document.text) not in told:
            kept.add(_in_marks(found, entry))
    ordered = sorted(kept.drafts, key=lambda draft: (draft.span.start, -draft.span.end))
    yield from _with_originals(found, [_in_full(found, draft) for draft in ordered])


def _in_full(found: Found, draft: Quotation) -> Quotation:
    """With the surname of who is credited; members of a forum go by the names they chose."""
    if draft.attributed_to is None or found.source.source_kind == "forum":
        return draft
    name = full_name(draft.attributed_to, found.document.text, draft.span.start)
    return draft if name == draft.attributed_to else msgspec.structs.replace(draft, attributed_to=name)


def _loose_labels(found: Found) -> Iterator[Span]:
    """The labels of the document but for those that head a block the reader kept as a part."""
    framed = Coverage(part.span for part in found.document.parts if part.kind == "quotation")
    starts = {part.span.start for part in found.document.parts if part.kind == "quotation"}
    text = found.document.text
    for piece in found.document.furniture:
        following = piece.span.end + len(_BLANK.match(text, piece.span.end).group()) if starts else 0  # type: ignore[union-attr]
        if piece.kind == "label" and not framed.holds(piece.span) and following not in starts:
            yield piece.span


def _in_marks(found: Found, entry: Entry) -> Iterator[Quotation]:
    text = found.document.text
    for stretch in entry.marked:
        is_long = len(stretch.span) >= SHORTEST and len(found.prepared.words.within(stretch.span)) >= SHORTEST
        if stretch.is_closed and is_long and not is_title(stretch.span.of(text)):
            yield Quotation(
                span=stretch.span.trimmed(text),
                rule="quotation-marks",
                confidence=0.85,
                marked="quotation-marks",
                attributed_to=_speaker(text, entry, stretch),
            )


CREDIT_LINE = re.compile(r"\s*(?:[–—-]+\s*)?(?P<who>[A-Z][^\n.!?]{2,100})(?:\n|$)")


def _speaker(text: str, entry: Entry, stretch: Marked) -> str | None:
    """Who is named in the paragraph before the quotation, or in a line of its own below one that fills its paragraph."""
    place = bisect_right(entry.blocks, stretch.marks.start, key=lambda block: block.span.start) - 1
    block = entry.blocks[max(0, place)]
    named = attribution(text[max(block.span.start, stretch.marks.start - LOOK_BACK) : stretch.marks.start])
    following = text[stretch.marks.end : stretch.marks.end + 200].lstrip(" .\t")
    if named or not following.startswith("\n"):
        return named
    credit = CREDIT.match(following.lstrip()) or CREDIT_LINE.match(following.lstrip())
    return credit["who"].strip() if credit and is_title(credit["who"]) else None


COVERED, LEAST = 0.8, SHORTEST
"""Share of the quoted words, and words, that an earlier place must have."""

LIKELY = 0.15
"""Share of the runs of words below which nothing like `COVERED` comes out."""


def _with_originals(found: Found, drafts: Sequence[Quotation]) -> Iterator[Quotation]:
    """Each draft, with the earlier place of the same document that has its words, where there is one."""
    told = found.prepared.words
    asked = {shingle for draft in drafts if _is_open(draft) for shingle in shingles(told.within(draft.span).forms)}
    index = ShingleIndex(asked=asked)
    reached = 0
    for draft in drafts:
        if not _is_open(draft):
            yield draft
            continue
        index.add(told.within(Span(reached, max(reached, draft.span.start))))
        reached = max(reached, draft.span.start)
        is_likely = index.share(told.within(draft.span).forms) >= LIKELY
        compared = compare(told, draft.span, told.text, index) if is_likely else None
        yield _found_earlier(found, draft, compared) if compared and _is_enough(compared) else draft


def _is_open(draft: Quotation) -> bool:
    """Whether no rule has said where the words come from."""
    return draft.original is None and draft.place != "not-found"


def _is_enough(compared: Comparison) -> bool:
    return compared.covered >= COVERED and compared.matched >= LEAST and compared.similarity >= COVERED


def _found_earlier(found: Found, draft: Quotation, compared: Comparison) -> Quotation:
    return msgspec.structs.replace(
        draft,
        match=compared.match,
        place="as-attributed" if _is_by(found, compared.original, draft.attributed_to) else "elsewhere",
        original_source=found.document.source_id,
        original=compared.original,
        similarity=compared.similarity,
    )


def _is_by(found: Found, original: Span, name: str | None) -> bool:
    """Whether the innermost author around the original has the name that the words are credited to."""
    parts = found.document.parts
    authors = (parts[index].author for index in found.prepared.parts_around.around(Span(original.start, original.start)))
    author = next((author for author in authors if author is not None), None)
    return name is not None and author is not None and author.name == name
