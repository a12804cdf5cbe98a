"""What stands around a claim: what the reader and earlier extractors found in the same document, asked by place."""

from __future__ import annotations

from bisect import bisect_left

from kb.extract.claims.assertions import fictions_in
from kb.extract.claims.register import register
from kb.extract.coverage import Coverage
from kb.extract.figures.table_rows import heads
from kb.extract.found import Found
from kb.extract.references.titles import is_reference_heading
from kb.model import Definition, Mention, Part, Passage, Quotation, Reference, Span
from kb.vocabulary.claim_cues import claim_cues, cue_pattern

_TEXTS = frozenset({"section", "post", "article"})
_TOLD, _TALE = frozenset({"post", "article", "quotation"}), 3
"""A text with so many beings of tales in it is satire as a whole."""
_HALF, _FEW = 0.5, 18
"""Where references and names of conditions are this much of the words, and so few characters are left, nothing is claimed."""
_STATING = frozenset({"explicit", "glossary"})
_OWN_WORDS = frozenset({"guidance", "rules"})
"""Voices in which what is quoted is said as well."""
_SHORT_LEAD = 12
_LONGEST_NAME = 350
"""A reference longer than this was read beyond its end, and has sentences in it."""


class Surroundings:
    """What earlier extractors and the reader found, asked by place."""

    def __init__(self, found: Found) -> None:
        document = found.document
        self._voice = register(found)
        self._in_order = document.passages
        self._order = {passage.id: place for place, passage in enumerate(document.passages)}
        self._quoted = Coverage(quotation.span for quotation in found.of(Quotation))
        self._repeated = Coverage(one.span for one in found.of(Quotation) if one.original_source == found.source.id)
        """Quotations whose original stands in this document itself: its claims are made there."""
        self._fictions = fictions_in(document.text)
        self._told = Coverage(part.body for part in document.parts if self._is_tale(part))
        self._pointing = Coverage(part.span for part in document.parts if part.heading and _is_pointing(found, part.heading))
        """Sections that point to works or, in a digest, tell of the copy we hold: neither says anything about the subject."""
        named = [record.span for record in (*found.of(Reference), *found.of(Mention))]
        self._named = Coverage(span for span in named if len(span) < _LONGEST_NAME)
        self._defined = Coverage(record.span for record in found.of(Definition) if record.form in _STATING)
        self.heads = heads(document)
        self._has_texts = any(part.kind in _TEXTS for part in document.parts)
        """Whether words outside every part stand before or between texts, as title pages do."""
        self._mentions = sorted(found.of(Mention), key=lambda mention: mention.span)
        self._headings = {passage.part: passage for passage in document.passages if passage.kind == "heading" and passage.part}
        self._starts = [mention.span.start for mention in self._mentions]

    def is_silent(self, passage: Passage) -> bool:
        """Whether nothing is claimed there: a tale, pointers to works, words claimed elsewhere, or words outside every text."""
        is_outside = passage.part is None and self._has_texts
        is_covered = any(covering.holds(passage.span) for covering in (self._told, self._pointing, self._repeated))
        return is_outside or is_covered or self._fictions_in(passage.span) > 0

    def voice(self, passage: Passage) -> str:
        """Who speaks there, as a key of the priors: a row of a table, somebody quoted, or the source by its manner.

        Tables of guidance and in what discusses it say what to do; those of a report do not.
        """
        if passage.kind == "row" and self._voice != "report":
            return "row"
        is_quoted = self._voice not in _OWN_WORDS and self._quoted.holds(passage.span)
        return "quoted" if is_quoted else self._voice

    def is_defining(self, span: Span) -> bool:
        """Whether half of the words or more are a definition."""
        return self._defined.share_of(span) >= _HALF

    def _fictions_in(self, span: Span) -> int:
        """How many beings of tales and jokes stand there."""
        return bisect_left(self._fictions, span.end) - bisect_left(self._fictions, span.start)

    def _is_tale(self, part: Part) -> bool:
        return part.kind in _TOLD and self._fictions_in(part.body) >= _TALE

    def introduction(self, lead: Passage, length: int) -> Span:
        """A lead-in of `length` words; with the paragraph before it in the same part where it is short and says little itself."""
        place = self._order[lead.id]
        before = self._in_order[place - 1] if place else lead
        is_joined = length < _SHORT_LEAD and before.kind == "paragraph" and before.part == lead.part
        return Span(before.span.start if is_joined else lead.span.start, lead.span.end)

    def about(self, span: Span) -> tuple[str, ...]:
        """Slugs of the conditions mentioned there, each once, in order of mention."""
        near = self._mentions[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]
        return tuple(dict.fromkeys(mention.concept for mention in near if span.contains(mention.span)))

    def heading(self, passage: Passage) -> Passage | None:
        """The last heading of the part a passage stands in."""
        return self._headings.get(passage.part) if passage.part else None

    def named_first(self, text: str, row: Span) -> str | None:
        """The words of the condition that a row begins with."""
        index = bisect_left(self._starts, row.start)
        first = self._mentions[index].span if index < len(self._mentions) else row
        return " ".join(first.of(text).split()) if not text[row.start : first.start].strip(" \t*•") and first != row else None

    def is_entry(self, span: Span) -> bool:
        """Whether only references and names of conditions stand there: an entry of a list, nothing claimed."""
        share = self._named.share_of(span)
        return share >= _HALF and (1 - share) * len(span) < _FEW


def _is_pointing(found: Found, heading: str) -> bool:
    is_of_copy = (
        found.source.digest_of is not None and cue_pattern(claim_cues().refusals.copy_headings).search(heading) is not None
    )
    return is_of_copy or is_reference_heading(heading)
