"""Letters answered point by point: paragraphs of an earlier text of the same document, each repeated above its answer.

Authors' responses to reviewers and replies to open letters paste what they answer, and a copy loses what set it apart. One
repeated paragraph may be a summary or a notice; several, in their old order and with other words between them, are answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.extract.found import Found
from kb.extract.quotations.blocks import Entry
from kb.model import Quotation, Span
from kb.text.fidelity import Comparison, compare
from kb.text.matching import SHINGLE, Shingle, ShingleIndex

RULES = ("repeated-in-answer",)

SHORTEST = 12
"""Words of a paragraph that nobody writes twice by chance."""

SAME = 0.85
"""Share of a paragraph's words that the earlier one has."""

FEWEST, SHARE = 2, 1 / 3
"""Paragraphs, and share of the repeated ones, behind which an answer begins before any is believed to be answered."""

OWN = 0.5
"""Code points that the answers have at least, for each repeated one."""

NEW = 2
"""How much more stands between the repeated paragraphs than between those they repeat: else the whole is printed twice."""


@dataclass(frozen=True)
class _Repeated:
    """A block that says what an earlier one said."""

    place: int
    """Its place among the entry's blocks."""
    compared: Comparison


def answered(found: Found, entries: Sequence[Entry]) -> Iterator[Quotation]:
    """The paragraphs that an article or section repeats to answer them, in text order.

    None in threads, whose posts quote, and in guidance, whose chapters repeat each other.
    """
    prose = [entry for entry in entries if entry.part is not None and entry.part.kind in {"article", "section"}]
    is_thread = any(entry.part is not None and entry.part.kind == "post" for entry in entries)
    if is_thread or found.source.source_kind == "guidance":
        return
    known: dict[Shingle, Span] = {}
    for entry in prose:
        answers = _answered(_repeated(found, entry, known), entry)
        yield from (_quotation(found, entry.blocks[one.place].span, one.compared) for one in answers)


def _repeated(found: Found, entry: Entry, known: dict[Shingle, Span]) -> list[_Repeated]:
    """The blocks of an entry that earlier ones have already, found by the words at their ends and in their middle.

    `known` has the blocks by these words, and learns those of the entry.
    """
    told = found.prepared.words
    repeated: list[_Repeated] = []
    for place, block in enumerate(entry.blocks):
        forms = told.within(block.span).forms if block.passage.kind in {"paragraph", "item"} else ()
        if len(forms) < SHORTEST:
            continue
        middle = len(forms) // 2
        signs = [tuple(forms[start : start + SHINGLE]) for start in (0, middle, len(forms) - SHINGLE)]
        earlier = next((known[sign] for sign in signs if sign in known), None)
        compared = compare(told, block.span, told.text, ShingleIndex(told.within(earlier))) if earlier else None
        if compared and compared.covered >= SAME and compared.similarity >= SAME:
            repeated.append(_Repeated(place, compared))
        for sign in signs:
            known.setdefault(sign, block.span)
    return repeated


def _answered(repeated: Sequence[_Repeated], entry: Entry) -> Sequence[_Repeated]:
    """Those that stand in their old order behind the text they repeat, where answers stand between them."""
    rising: list[_Repeated] = []
    first = entry.blocks[repeated[0].place].span.start if repeated else 0
    for one in repeated:
        original = one.compared.original
        if original.end <= first and (not rising or rising[-1].compared.original.end <= original.start):
            rising.append(one)
    return rising if rising and _has_answers(rising, entry) else ()


def _has_answers(repeated: Sequence[_Repeated], entry: Entry) -> bool:
    """Whether paragraphs stand behind enough of the repeated blocks, and words enough that the earlier text does not have."""
    places = {one.place for one in repeated}
    following = [(place, block) for place, block in enumerate(entry.blocks) if place > repeated[0].place and place not in places]
    answers = sum(place - 1 in places and block.passage.kind == "paragraph" for place, block in following)
    said = sum(len(entry.blocks[place].span) for place in places)
    own = sum(len(block.span) for _, block in following)
    between = sum(later.compared.original.start - one.compared.original.end for one, later in pairwise(repeated))
    return answers >= max(FEWEST, SHARE * len(repeated)) and own >= max(OWN * said, NEW * between)


def _quotation(found: Found, span: Span, compared: Comparison) -> Quotation:
    return Quotation(
        span=span,
        rule="repeated-in-answer",
        confidence=0.85,
        marked="unmarked",
        match=compared.match,
        place="as-attributed",
        original_source=found.document.source_id,
        original=compared.original,
        similarity=compared.similarity,
    )
