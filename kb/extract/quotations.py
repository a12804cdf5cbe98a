"""Quotation records: words that a document presents as another's, or repeats from an earlier post.

Five rules, the surest first: blocks the reader knew for quotations, quote boxes that forum software left a head of, words an
earlier post already has, passages pasted under a cue, words in quotation marks. Where two find the same place the surer one's
record is kept; a quotation inside another is a record of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from kb.extract.blocks import Entry, entries
from kb.extract.found import Found
from kb.extract.pastes import CREDIT, attribution, credited, pasted, said
from kb.extract.repeated import repeated
from kb.model import Quotation, Span
from kb.text.fidelity import Comparison, compare
from kb.text.matching import ShingleIndex, words
from kb.text.quote_marks import Marked, marked

SHORTEST = 7
"""Words in quotation marks that make a quotation; fewer are scare quotes, terms and titles."""

SAME = 0.6
"""Shared part (intersection over union) from which two finds are one quotation."""

WORD_START = re.compile(r"[^\W\d_]+")
SMALL = frozenset({"a", "an", "the", "of", "for", "and", "or", "in", "on", "to", "with", "by", "at", "from", "is", "as", "vs"})


def extract(found: Found) -> Iterator[Quotation]:
    """The quotations of the document, in text order, nested ones after what holds them.

    A digest has none: its words are ours, and words in quotation marks there are titles and terms.
    """
    if found.source.digest_of is not None:
        return
    all_entries = entries(found)
    drafts: list[Quotation] = list(_framed(found))
    labels = [piece.span for piece in found.document.furniture if piece.kind == "label"]
    _keep(drafts, [draft for entry in all_entries for draft in said(found, entry, labels)])
    _keep(drafts, list(repeated(found, all_entries)))
    for entry in all_entries:
        _keep(drafts, list(pasted(found, entry, [draft.span for draft in drafts])))
        _keep(drafts, list(credited(found, entry, [draft.span for draft in drafts])))
    for entry in all_entries:
        _keep(drafts, list(_in_marks(found, entry)))
    yield from _with_originals(found, sorted(drafts, key=lambda draft: (draft.span.start, -draft.span.end)))


def _framed(found: Found) -> Iterator[Quotation]:
    """Quotation blocks that the reader kept as parts, as HTML and JATS have them."""
    for part in found.document.parts:
        if part.kind == "quotation" and len(part.body.trimmed(found.document.text)):
            who = part.author.name if part.author else part.heading
            span = part.body.trimmed(found.document.text)
            yield Quotation(span=span, rule="quotation-part", marked="block", attributed_to=who)


def _keep(drafts: list[Quotation], more: Sequence[Quotation]) -> None:
    """Add what is not there yet; a repeated passage under a head gives the head's quotation its end and its original."""
    for draft in more:
        same = next((place for place, kept in enumerate(drafts) if _is_same(kept, draft)), None)
        if same is None:
            drafts.append(draft)
        elif draft.original is not None:
            who = drafts[same].attributed_to or draft.attributed_to
            drafts[same] = msgspec.structs.replace(draft, attributed_to=who, marked=drafts[same].marked)


def _is_same(kept: Quotation, draft: Quotation) -> bool:
    if kept.rule == draft.rule:
        return kept.span == draft.span
    if _likeness(kept.span, draft.span) >= SAME:
        return True
    heads = kept.rule == "said-head" and draft.original is not None
    return heads and abs(kept.span.start - draft.span.start) <= 3


def _likeness(one: Span, other: Span) -> float:
    shared = max(0, min(one.end, other.end) - max(one.start, other.start))
    return shared / (len(one) + len(other) - shared)


def _in_marks(found: Found, entry: Entry) -> Iterator[Quotation]:
    text = found.document.text
    for stretch in marked(text, [block.span for block in entry.blocks]):
        if stretch.is_closed and len(words(text, stretch.span)) >= SHORTEST and not is_title(stretch.span.of(text)):
            yield Quotation(
                span=stretch.span.trimmed(text),
                rule="quotation-marks",
                confidence=0.85,
                marked="quotation-marks",
                attributed_to=_speaker(text, entry, stretch),
            )


def is_title(phrase: str) -> bool:
    """Whether the words are spelt like a title: nearly all but the small ones with a capital.

    >>> is_title("A Plan for the Care of Older People"), is_title("We plan to care for older people")
    (True, False)
    """
    weighty = [word for word in WORD_START.findall(phrase) if word.lower() not in SMALL]
    capital = sum(word[0].isupper() for word in weighty)
    return bool(weighty) and capital >= 0.75 * len(weighty)


CREDIT_LINE = re.compile(r"\s*(?:[–—-]+\s*)?(?P<who>[A-Z][^\n.!?]{2,100})(?:\n|$)")


def _speaker(text: str, entry: Entry, stretch: Marked) -> str | None:
    """Who is named in the paragraph before the quotation, or in a line of its own below one that fills its paragraph."""
    place = next(
        (at for at, block in enumerate(entry.blocks) if block.span.contains(Span(stretch.marks.start, stretch.marks.start))), 0
    )
    block = entry.blocks[place]
    named = attribution(text[block.span.start : stretch.marks.start])
    following = text[stretch.marks.end : stretch.marks.end + 200].lstrip(" .\t")
    if named or not following.startswith("\n"):
        return named
    credit = CREDIT.match(following.lstrip()) or CREDIT_LINE.match(following.lstrip())
    return credit["who"].strip() if credit and is_title(credit["who"]) else None


COVERED, LEAST = 0.8, SHORTEST


def _with_originals(found: Found, drafts: Sequence[Quotation]) -> Iterator[Quotation]:
    """Each draft, with the earlier place of the same document that has its words, where there is one."""
    text = found.document.text
    index = ShingleIndex()
    reached = 0
    for draft in drafts:
        index.add(words(text, Span(reached, max(reached, draft.span.start))))
        reached = max(reached, draft.span.start)
        compared = compare(text, draft.span, text, index) if draft.original is None else None
        yield _found_earlier(found, draft, compared) if compared and _is_enough(compared) else draft


def _is_enough(compared: Comparison) -> bool:
    return compared.covered >= COVERED and compared.matched >= LEAST and compared.similarity >= COVERED


def _found_earlier(found: Found, draft: Quotation, compared: Comparison) -> Quotation:
    return msgspec.structs.replace(
        draft,
        match=compared.match,
        place="elsewhere",
        original_source=found.document.source_id,
        original=compared.original,
        similarity=compared.similarity,
    )
