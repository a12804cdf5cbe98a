"""Claims: sentences, list items and table rows that assert something, with their kind and their figures.

A passage is split into sentences; each that asserts something is one claim, a row is one claim. What introduces a list speaks
for the kind of its items. Words that repeat an earlier passage of the same document are left to that passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from kb.extract.claims.assertions import asserts, asserts_in_list, has_verb
from kb.extract.claims.attribution import credited
from kb.extract.claims.doubts import doubt_in
from kb.extract.claims.kinds import Decision, Scores, best_kind, cue_scores, reasons
from kb.extract.claims.recommendations import basis_of, for_whom
from kb.extract.claims.surroundings import Surroundings
from kb.extract.claims.wordings import wording
from kb.extract.figures import figures, numbers_in, stated_quantities
from kb.extract.figures.table_rows import cells, is_table_row, is_worded, row_figures, said_in_cells
from kb.extract.found import Found
from kb.model import Claim, Passage, Span

_CLAIMING = frozenset({"paragraph", "item", "row", "cell", "note", "caption"})
_ANAPHORA = re.compile(
    r"\W{0,3}(?:of these|of those|this|these|those|that|such|they|it|he|she|both|the former|the latter)\b", re.IGNORECASE
)
_LEAD_SHARE, _BEFORE_SHARE = 0.7, 0.5
_EXPLAINING, _DEFINING = frozenset({"guidance", "quoted", "rules"}), 2.0
"""A definition in explaining voice says what is, whatever causes and faults its words name."""
_LABEL_CELL = re.compile(r"[^\t\n|]{1,60}:\s{0,3}[\t|]\s{0,3}")
_CHARGED = 2.5
_BARE_ROW = 4
"""A row of fewer words names things and states nothing."""
_ROW = "claims/figure-row"
RULES = (*(f"claims/{reason}" for reason in reasons()), _ROW)
"""Every rule a claim may name: what decided its kind."""


@dataclass(frozen=True)
class _Place:
    """A passage on its way: who speaks there and what introduces it."""

    passage: Passage
    voice: str
    lead: Span | None
    """What introduces it; a short lead-in together with the paragraph before."""
    lead_scores: Scores | None


def extract(found: Found) -> Iterator[Claim]:
    """Yield the claims of the document in text order."""
    around = Surroundings(found)
    for passage in found.document.passages:
        if passage.kind in _CLAIMING and passage.id not in around.heads and not around.is_silent(passage):
            yield from _claims_of(found, _placed(found, passage, around), around)


def _claims_of(found: Found, place: _Place, around: Surroundings) -> Iterator[Claim]:
    text = found.document.text
    if _is_plain_row(found, place.passage):
        yield from _claims_of_row(found, place, around)
        return
    before: Scores | None = None
    for span in _units(found, place.passage):
        scores = cue_scores(wording(span.of(text)), place.voice)
        if place.voice in _EXPLAINING and around.is_defining(span):
            scores.add("finding", _DEFINING, "finding-definition")
        if _is_claim(found, span, place, scores) and not around.is_entry(span):
            claim = _claim(found, span, place, _decided(found, span, place, scores, before), around)
            yield _with_grounds(found, claim, place, around) if claim.claim_kind == "recommendation" else claim
        before = scores


def _claim(found: Found, span: Span, place: _Place, decided: Decision, around: Surroundings) -> Claim:
    sentence = span.of(found.document.text)
    return Claim(
        span=span,
        rule=f"claims/{decided.reason}",
        confidence=decided.confidence,
        claim_kind=decided.kind,
        figures=figures(found.prepared, span, decided.kind, lead=place.lead),
        about=around.about(span),
        attributed_to=credited(sentence),
        certainty="unclear" if doubt_in(sentence) else "asserted",
    )


def _with_grounds(found: Found, claim: Claim, place: _Place, around: Surroundings) -> Claim:
    """A recommendation with what it rests on and whom it is for."""
    text, passage = found.document.text, place.passage
    lead, heading = found.prepared.passages.get(passage.lead or ""), around.heading(passage)
    introducing = [near.span for near in (lead, heading) if near is not None]
    row = [passage.span] if passage.kind == "row" else []
    whom = next((around.named_first(text, span) for span in row), None)
    return msgspec.structs.replace(
        claim,
        basis=basis_of(text, claim.span, introducing, cells=[cell for span in row for cell in cells(text, span)]),
        for_whom=whom or for_whom(text, [claim.span, *introducing[:1], *([place.lead] if place.lead else [])]),
    )


def _is_plain_row(found: Found, passage: Passage) -> bool:
    """Whether a passage is a row of several cells that are numbers and names, none of which states anything by its words."""
    text, span = found.document.text, passage.span
    is_labelled = _LABEL_CELL.match(text, span.start, span.end) is not None
    return is_table_row(found.document, passage) and not is_labelled and not is_worded(text, span)


def _claims_of_row(found: Found, place: _Place, around: Surroundings) -> Iterator[Claim]:
    """A row of a table claims what its numbers measure or count; without any it only names."""
    span = place.passage.span
    lead = found.prepared.passages.get(place.passage.lead or "")
    measured = row_figures(found.prepared, span, lead.span if lead and lead.id in around.heads else None)
    if measured:
        yield Claim(span=span, rule=_ROW, confidence=0.8, claim_kind="figure", figures=measured, about=around.about(span))


def _decided(found: Found, span: Span, place: _Place, scores: Scores, before: Scores | None) -> Decision:
    numbers = numbers_in(stated_quantities(found.prepared, span))
    if place.lead_scores is not None:
        return best_kind(scores, numbers, carried=place.lead_scores, share=_LEAD_SHARE)
    is_carried = before is not None and _ANAPHORA.match(found.document.text, span.start) is not None
    return best_kind(scores, numbers, carried=before if is_carried else None, share=_BEFORE_SHARE)


def _units(found: Found, passage: Passage) -> list[Span]:
    """What may be one claim each: sentences, or a row as a whole; of a row with texts in it, the sentences of those texts."""
    text, sentences = found.document.text, found.prepared.sentences
    if passage.kind != "row":
        return list(sentences(passage.span))
    label = _LABEL_CELL.match(text, passage.span.start, passage.span.end)
    said = [Span(label.end(), passage.span.end)] if label else said_in_cells(text, passage.span)
    if label is None and (not said or said == [passage.span]):
        return [passage.span.trimmed(text)]
    return [span for cell in said for span in sentences(cell) if asserts(span.of(text))]


def _is_claim(found: Found, span: Span, place: _Place, scores: Scores) -> bool:
    text = found.document.text
    sentence = span.of(text)
    if place.passage.kind == "caption":
        return asserts(sentence) and has_verb(sentence)
    if asserts(sentence):
        return True
    stated = stated_quantities(found.prepared, span)
    if place.passage.kind == "row":
        return len(sentence.split()) >= _BARE_ROW or bool(stated)
    if place.lead_scores is None:
        is_figure = numbers_in(stated) == "measured" and asserts_in_list(sentence, is_charged=False)
        return is_figure or (place.passage.kind == "item" and numbers_in(stated) in {"measured", "timed"})
    is_charged = max(scores.of.values()) >= _CHARGED
    is_carried = is_charged or has_verb(sentence) or (place.lead is not None and has_verb(place.lead.of(text)))
    return bool(stated) or (is_carried and asserts_in_list(sentence, is_charged=is_charged))


def _placed(found: Found, passage: Passage, around: Surroundings) -> _Place:
    lead = found.prepared.passages.get(passage.lead) if passage.lead else None
    voice = around.voice(passage)
    if lead is None:
        return _Place(passage, voice, None, None)
    said = wording(lead.span.of(found.document.text))
    return _Place(passage, voice, around.introduction(lead, len(said.plain.split())), cue_scores(said, voice))
