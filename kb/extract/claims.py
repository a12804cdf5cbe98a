"""Claims: sentences, list items and table rows that assert something, with their kind and their figures.

A passage is split into sentences; each that asserts something is one claim, a row is one claim. What introduces a list speaks
for the kind of its items. Words that repeat an earlier passage of the same document are left to that passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.extract.assertions import asserts, asserts_in_list, is_event_listing, plain_words
from kb.extract.claim_kinds import Scores, best_kind, kind_scores
from kb.extract.figures import figures, numbers_in, stated_quantities
from kb.extract.found import Found
from kb.model import Claim, Document, Mention, Part, Passage, Quotation, Reference, Span
from kb.text.sentences import sentences
from kb.vocabulary.claim_cues import claim_cues

_CLAIMING = frozenset({"paragraph", "item", "row", "cell", "note"})
_ANAPHORA = re.compile(r"\W{0,3}(?:this|these|those|that|such|they|it|he|she|both|the former|the latter)\b", re.IGNORECASE)
_LEAD_SHARE, _BEFORE_SHARE = 0.7, 0.35
_REFERENCE_SHARE = 0.6
_LABEL_CELL = re.compile(r"[^\t\n|]{1,60}:\s{0,3}[\t|]\s{0,3}")
_CHARGED = 2.5
_BARE_ROW = 4
"""A row of fewer words names things and states nothing."""


@dataclass(frozen=True)
class _Place:
    """A passage on its way: who speaks there and what introduces it."""

    passage: Passage
    voice: str
    lead: Span | None
    lead_scores: Scores | None


def extract(found: Found) -> Iterator[Claim]:
    """Yield the claims of the document in text order."""
    document = found.document
    passages = {passage.id: passage for passage in document.passages}
    announced = _announcements(document)
    repeated = _repeated(found)
    for passage in document.passages:
        is_claiming = passage.kind in _CLAIMING and passage.part is not None and passage.part not in announced
        if is_claiming and not any(place.contains(passage.span) for place in repeated):
            yield from _claims_of(found, _placed(found, passage, passages))


def _claims_of(found: Found, place: _Place) -> Iterator[Claim]:
    text = found.document.text
    references = [record.span for record in found.of(Reference)]
    before: Scores | None = None
    for span in _units(text, place.passage):
        words = plain_words(span.of(text))
        scores = kind_scores(words, place.voice, numbers_in(stated_quantities(text, span)))
        if _is_claim(text, span, place, scores) and not _is_mostly(references, span):
            yield _claim(found, span, place, scores, before)
        before = scores


def _claim(found: Found, span: Span, place: _Place, scores: Scores, before: Scores | None) -> Claim:
    text = found.document.text
    if place.lead_scores is not None:
        kind, confidence = best_kind(scores, lead=place.lead_scores, share=_LEAD_SHARE)
    else:
        is_carried = before is not None and _ANAPHORA.match(text, span.start) is not None
        kind, confidence = best_kind(scores, lead=before if is_carried else None, share=_BEFORE_SHARE)
    return Claim(
        span=span,
        rule=f"claims/{'list' if place.lead_scores is not None else place.passage.kind}",
        confidence=confidence,
        claim_kind=kind,
        figures=figures(text, span, kind, lead=place.lead),
        about=_about(found, span),
        attributed_to=credited(span.of(text)),
    )


def _units(text: str, passage: Passage) -> list[Span]:
    """What may be one claim each: sentences, or a row as a whole; of a row that only labels a text, the sentences of that text."""
    if passage.kind != "row":
        return sentences(text, passage.span)
    label = _LABEL_CELL.match(text, passage.span.start, passage.span.end)
    if label is None:
        return [passage.span.trimmed(text)]
    return [span for span in sentences(text, Span(label.end(), passage.span.end)) if asserts(span.of(text))]


def _is_claim(text: str, span: Span, place: _Place, scores: Scores) -> bool:
    sentence = span.of(text)
    if asserts(sentence):
        return True
    found = stated_quantities(text, span)
    if place.passage.kind == "row":
        return len(sentence.split()) >= _BARE_ROW or bool(found)
    if place.passage.kind != "item":
        return False
    if place.lead_scores is None:
        return numbers_in(found) == "measured"
    return bool(found) or asserts_in_list(sentence, is_charged=max(scores.values()) >= _CHARGED)


def _placed(found: Found, passage: Passage, passages: Mapping[str, Passage]) -> _Place:
    lead = passages.get(passage.lead) if passage.lead else None
    voice = "row" if passage.kind == "row" else _voice(found, passage.span)
    if lead is None:
        return _Place(passage, voice, None, None)
    words = plain_words(lead.span.of(found.document.text))
    return _Place(passage, voice, lead.span, kind_scores(words, voice, "none"))


def _voice(found: Found, span: Span) -> str:
    is_quoted = any(quotation.span.contains(span) for quotation in found.of(Quotation))
    if is_quoted and found.source.source_kind != "guidance":
        return "quoted"
    return found.source.source_kind


def _announcements(document: Document) -> frozenset[str]:
    return frozenset(part.id for part in document.parts if _is_announcement(document, part))


def _is_announcement(document: Document, part: Part) -> bool:
    return part.kind in {"post", "article", "quotation"} and is_event_listing(part.body.of(document.text))


def _repeated(found: Found) -> list[Span]:
    """Quotations whose original stands in this document itself: its claims are made there."""
    return [quotation.span for quotation in found.of(Quotation) if quotation.original_source == found.source.id]


def _is_mostly(places: list[Span], span: Span) -> bool:
    shared = sum(min(place.end, span.end) - max(place.start, span.start) for place in places if place.overlaps(span))
    return shared >= _REFERENCE_SHARE * len(span)


def _about(found: Found, span: Span) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.concept for mention in found.of(Mention) if span.contains(mention.span)))


_NAME = r"(?:[A-Z][\w’'.-]*(?:\s(?:of|for|and|on|the|&)\b)?\s?){1,6}"
_CREDIT_BEFORE = re.compile(rf"\b(?i:{'|'.join(claim_cues().attribution.before)})\s(?:the\s)?(?P<name>{_NAME})")
_CREDIT_AFTER = re.compile(
    rf"^\W{{0,4}}(?:The\s)?(?P<name>{_NAME})(?:\[[\d,\s]*\]\s|\(\d{{4}}\)\s)?(?:{'|'.join(claim_cues().attribution.after)})\b"
)
_NOBODY = frozenset(
    {
        "it",
        "this",
        "these",
        "they",
        "he",
        "she",
        "we",
        "i",
        "there",
        "that",
        "those",
        "you",
        "who",
        "research",
        "evidence",
        "studies",
    }
)


def credited(sentence: str) -> str | None:
    """Whom the sentence itself credits: the name after "according to", or before "found", "says" and the like.

    >>> credited("Healthwatch found that most callers gave up."), credited("We found nothing.")
    ('Healthwatch', None)
    """
    folded = " ".join(sentence.split())
    match = _CREDIT_BEFORE.search(folded) or _CREDIT_AFTER.search(folded)
    name = match["name"].strip(" ,.") if match else ""
    return name if name and name.split()[0].lower() not in _NOBODY else None
