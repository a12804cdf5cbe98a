"""Claims: sentences, list items and table rows that assert something, with their kind and their figures.

A passage is split into sentences; each that asserts something is one claim, a row is one claim. What introduces a list speaks
for the kind of its items. Words that repeat an earlier passage of the same document are left to that passage.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from kb.extract.assertions import asserts, asserts_in_list, fictions_in, has_verb
from kb.extract.attribution import credited
from kb.extract.claim_kinds import Scores, best_kind, cue_scores
from kb.extract.coverage import Coverage
from kb.extract.figures import figures, numbers_in, stated_quantities
from kb.extract.found import Found
from kb.extract.table_rows import heads, is_table_row, is_worded, row_figures, said_in_cells
from kb.extract.titles import is_reference_heading
from kb.extract.wordings import wording
from kb.model import Claim, Definition, Mention, Part, Passage, Quotation, Reference, Span
from kb.model.records import ClaimKind
from kb.vocabulary.claim_cues import claim_cues, cue_pattern

_CLAIMING = frozenset({"paragraph", "item", "row", "cell", "note", "caption"})
_TEXTS = frozenset({"section", "post", "article"})
_TOLD, _TALE = frozenset({"post", "article", "quotation"}), 3
"""A text with so many beings of tales in it is satire as a whole."""
_ANAPHORA = re.compile(
    r"\W{0,3}(?:of these|of those|this|these|those|that|such|they|it|he|she|both|the former|the latter)\b", re.IGNORECASE
)
_LEAD_SHARE, _BEFORE_SHARE = 0.7, 0.5
_NAMED_SHARE, _FEW = 0.5, 18
"""Where references and names of conditions are this much of the words, and so few characters are left, nothing is claimed."""
_STATING, _EXPLAINING, _DEFINING = frozenset({"explicit", "glossary"}), frozenset({"guidance", "quoted"}), 2.0
"""A definition in explaining voice says what is, whatever causes and faults its words name."""
_SHORT_LEAD = 12
_LONGEST_NAME = 350
"""A reference longer than this was read beyond its end, and has sentences in it."""
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
    """What introduces it; a short lead-in together with the paragraph before."""
    lead_scores: Scores | None


class _Surroundings:
    """What earlier extractors and the reader found, asked by place."""

    def __init__(self, found: Found) -> None:
        document = found.document
        self.passages = {passage.id: passage for passage in document.passages}
        self._in_order = document.passages
        self._order = {passage.id: place for place, passage in enumerate(document.passages)}
        self.quoted = Coverage(quotation.span for quotation in found.of(Quotation))
        self.repeated = Coverage(one.span for one in found.of(Quotation) if one.original_source == found.source.id)
        """Quotations whose original stands in this document itself: its claims are made there."""
        self._fictions = fictions_in(document.text)
        self.told = Coverage(part.body for part in document.parts if self._is_tale(part))
        self.pointing = Coverage(part.span for part in document.parts if part.heading and _is_pointing(found, part.heading))
        """Sections that point to works or, in a digest, tell of the copy we hold: neither says anything about the subject."""
        named = [record.span for record in (*found.of(Reference), *found.of(Mention))]
        self.named = Coverage(span for span in named if len(span) < _LONGEST_NAME)
        self.defined = Coverage(record.span for record in found.of(Definition) if record.form in _STATING)
        self.heads = heads(document)
        self.has_texts = any(part.kind in _TEXTS for part in document.parts)
        """Whether words outside every part stand before or between texts, as title pages do."""
        self.mentions = sorted(found.of(Mention), key=lambda mention: mention.span)
        self._starts = [mention.span.start for mention in self.mentions]

    def fictions(self, span: Span) -> int:
        """How many beings of tales and jokes stand there."""
        return bisect_left(self._fictions, span.end) - bisect_left(self._fictions, span.start)

    def _is_tale(self, part: Part) -> bool:
        return part.kind in _TOLD and self.fictions(part.body) >= _TALE

    def introduction(self, lead: Passage, length: int) -> Span:
        """A lead-in of `length` words; with the paragraph before it in the same part where it is short and says little itself."""
        place = self._order[lead.id]
        before = self._in_order[place - 1] if place else lead
        is_joined = length < _SHORT_LEAD and before.kind == "paragraph" and before.part == lead.part
        return Span(before.span.start if is_joined else lead.span.start, lead.span.end)

    def about(self, span: Span) -> tuple[str, ...]:
        """Slugs of the conditions mentioned there, each once, in order of mention."""
        near = self.mentions[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]
        return tuple(dict.fromkeys(mention.concept for mention in near if span.contains(mention.span)))

    def is_entry(self, span: Span) -> bool:
        """Whether only references and names of conditions stand there: an entry of a list, nothing claimed."""
        share = self.named.share_of(span)
        return share >= _NAMED_SHARE and (1 - share) * len(span) < _FEW


def extract(found: Found) -> Iterator[Claim]:
    """Yield the claims of the document in text order."""
    around = _Surroundings(found)
    for passage in found.document.passages:
        if _is_claiming(passage, around) and not any(
            silent.holds(passage.span) for silent in (around.told, around.pointing, around.repeated)
        ):
            yield from _claims_of(found, _placed(found, passage, around), around)


def _is_claiming(passage: Passage, around: _Surroundings) -> bool:
    is_in_text = passage.part is not None or not around.has_texts
    is_text = passage.kind in _CLAIMING and passage.id not in around.heads
    return is_in_text and is_text and not around.fictions(passage.span)


def _claims_of(found: Found, place: _Place, around: _Surroundings) -> Iterator[Claim]:
    text = found.document.text
    if _is_plain_row(found, place.passage):
        yield from _claims_of_row(found, place, around)
        return
    before: Scores | None = None
    for span in _units(found, place.passage):
        scores = cue_scores(wording(span.of(text)), place.voice)
        if place.voice in _EXPLAINING and around.defined.share_of(span) >= _NAMED_SHARE:
            scores["finding"] += _DEFINING
        if _is_claim(found, span, place, scores) and not around.is_entry(span):
            kind, confidence = _kind(found, span, place, scores, before)
            yield Claim(
                span=span,
                rule=f"claims/{'list' if place.lead_scores is not None else place.passage.kind}",
                confidence=confidence,
                claim_kind=kind,
                figures=figures(found.prepared, span, kind, lead=place.lead),
                about=around.about(span),
                attributed_to=credited(span.of(text)),
            )
        before = scores


def _is_plain_row(found: Found, passage: Passage) -> bool:
    """Whether a passage is a row of several cells that are numbers and names, none of which states anything by its words."""
    text, span = found.document.text, passage.span
    is_labelled = _LABEL_CELL.match(text, span.start, span.end) is not None
    return is_table_row(found.document, passage) and not is_labelled and not is_worded(text, span)


def _claims_of_row(found: Found, place: _Place, around: _Surroundings) -> Iterator[Claim]:
    """A row of a table claims what its numbers measure or count; without any it only names."""
    span = place.passage.span
    lead = around.passages.get(place.passage.lead or "")
    measured = row_figures(found.prepared, span, lead.span if lead and lead.id in around.heads else None)
    if measured:
        yield Claim(
            span=span, rule="claims/table", confidence=0.8, claim_kind="figure", figures=measured, about=around.about(span)
        )


def _kind(found: Found, span: Span, place: _Place, scores: Scores, before: Scores | None) -> tuple[ClaimKind, float]:
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
    is_charged = max(scores.values()) >= _CHARGED
    is_carried = is_charged or has_verb(sentence) or (place.lead is not None and has_verb(place.lead.of(text)))
    return bool(stated) or (is_carried and asserts_in_list(sentence, is_charged=is_charged))


def _placed(found: Found, passage: Passage, around: _Surroundings) -> _Place:
    lead = around.passages.get(passage.lead) if passage.lead else None
    voice = "row" if passage.kind == "row" else _voice(found, passage.span, around)
    if lead is None:
        return _Place(passage, voice, None, None)
    said = wording(lead.span.of(found.document.text))
    return _Place(passage, voice, around.introduction(lead, len(said.plain.split())), cue_scores(said, voice))


def _voice(found: Found, span: Span, around: _Surroundings) -> str:
    is_quoted = found.source.source_kind != "guidance" and around.quoted.holds(span)
    return "quoted" if is_quoted else found.source.source_kind


def _is_pointing(found: Found, heading: str) -> bool:
    is_of_copy = (
        found.source.digest_of is not None and cue_pattern(claim_cues().refusals.copy_headings).search(heading) is not None
    )
    return is_of_copy or is_reference_heading(heading)
