"""Figures of a claim: its quantities with what they are of, whom, where, when, and what sort of number they are."""

from __future__ import annotations

import re

from kb.extract.claim_kinds import Numbers
from kb.extract.figure_context import counted, nature, period, population, setting, word_after
from kb.extract.prepared import Prepared
from kb.model import Figure, Span
from kb.model.records import MEASURED, ClaimKind
from kb.text.numbers import Quantity
from kb.vocabulary.claim_cues import claim_cues

_AGE_OF = re.compile(r"\bage\s(?:of\s)?$")
_AT = re.compile(r"\bat\s$")
_SHARES = frozenset({"%", "percentage points"})
_TIMES = frozenset({"years", "months", "weeks", "days", "hours", "minutes"})
_LARGE = 20


def stated_quantities(prepared: Prepared, span: Span) -> list[Quantity]:
    """The quantities of a sentence but for those that only say how long ago, how old, or when a share was measured."""
    quantities = prepared.quantities(span)
    if not quantities:
        return []
    text, passing = prepared.document.text, claim_cues().figures.passing
    found = [one for one in quantities if word_after(text, one.span.end, span.end) not in passing]
    is_share = any(one.unit in _SHARES for one in found)
    return [one for one in found if not _only_dates(text, span, one, beside_share=is_share)]


def _only_dates(text: str, span: Span, one: Quantity, *, beside_share: bool) -> bool:
    """Whether a time is an age ("age of 65"), or the moment of a share in the same sentence ("40% at 12 months")."""
    before = text[max(span.start, one.span.start - 12) : one.span.start]
    is_moment = beside_share and one.unit in _TIMES and _AT.search(before) is not None
    return is_moment or _AGE_OF.search(before) is not None


def numbers_in(found: list[Quantity]) -> Numbers:
    """Whether quantities measure, say how long, count a few things, or are absent: what they say about the kind of claim."""
    if not found:
        return "none"
    if any(map(_is_measured, found)):
        return "measured"
    return "timed" if any(one.unit in _TIMES for one in found) else "counted"


def figures(prepared: Prepared, span: Span, kind: ClaimKind, *, lead: Span | None = None) -> tuple[Figure, ...]:
    """The figures of the claim at `span`. `lead` is what introduces its list; it may carry population, setting and period."""
    found_here = stated_quantities(prepared, span)
    if not found_here:
        return ()
    text = prepared.document.text
    sentence, introduction = span.of(text), lead.of(text) if lead else ""
    whose = _population_in(prepared, lead) if lead else None
    where, when = setting(sentence) or setting(introduction), period(sentence) or period(introduction)
    of_nature = nature(sentence, kind)
    return tuple(
        Figure(
            span=found.span,
            value=found.value,
            unit=found.unit,
            qualifier=found.qualifier,
            of=counted(text, found, span),
            population=population(text, found, span) or whose,
            setting=where,
            period=when,
            nature=of_nature,
        )
        for found in found_here
    )


def _is_measured(one: Quantity) -> bool:
    high = one.value[1] if isinstance(one.value, tuple) else one.value
    return one.unit in MEASURED or (one.unit not in _TIMES and high >= _LARGE)


def _population_in(prepared: Prepared, lead: Span) -> str | None:
    """The population that the first figure of a lead-in names."""
    text = prepared.document.text
    return next((whom for one in stated_quantities(prepared, lead) if (whom := population(text, one, lead))), None)
