"""Figures of a claim: its quantities with what they are of, whom, where, when, and what sort of number they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.extract.claims.kinds import Numbers
from kb.extract.figures.context import Places, dates_in, natures, nearest, settings_in, when_in
from kb.extract.figures.pairs import labelled, paired
from kb.extract.figures.people import after_of, counted, people_in, populations
from kb.extract.figures.phrases import in_sentence, names, word_after
from kb.extract.prepared import Prepared
from kb.model import Figure, Span
from kb.model.records import MEASURED, ClaimKind
from kb.text.numbers import Quantity
from kb.vocabulary.figure_words import figure_words

_AGE_OF = re.compile(r"\bage\s(?:of\s)?$")
_AGED = re.compile(r"\b(?:age[ds]?|ages\sof)\s(?:(?:over|under|between|from|about|around)\s)?$", re.IGNORECASE)
_FROM_NOW = re.compile(r"\bthe\s(?:coming|last|next|past|previous)\s$", re.IGNORECASE)
_IN_THE = re.compile(r"\b(?:during|for|in|over)\sthe\s$", re.IGNORECASE)
_BOUNDED = re.compile(r"\s(?:after|before|ended|ending|following|from|since|to|up\sto)\b")
""""In the six months to May" says when."""
_AT = re.compile(r"\bat\s$")
_OF_AGE = re.compile(r"\s(?:of\sage|olds?)\b")
_MARKS = " *•-"
_SHARES = frozenset({"%", "percentage points"})
_TIMES = frozenset({"years", "months", "weeks", "days", "hours", "minutes"})
_LARGE = 20


def stated_quantities(prepared: Prepared, span: Span) -> list[Quantity]:
    """The quantities of a sentence but for those that only say how long ago, how old, or when a share was measured."""
    quantities = prepared.quantities(span)
    if not quantities:
        return []
    text, passing = prepared.document.text, figure_words().passing
    found = [one for one in quantities if word_after(text, one.span.end, span.end) not in passing]
    is_share = any(one.unit in _SHARES for one in found)
    stated = [one for one in found if not _only_dates(text, span, one, beside_share=is_share)]
    others = [one for one in stated if not _is_age(text, span, one)]
    return others or stated


def _only_dates(text: str, span: Span, one: Quantity, *, beside_share: bool) -> bool:
    """Whether a time is an age ("age of 65"), counted from now ("the next 5 years"), or when a share holds ("at 12 months")."""
    if one.unit not in _TIMES:
        return False
    before = text[max(span.start, one.span.start - 24) : one.span.start]
    is_moment = beside_share and _AT.search(before) is not None
    is_bounded = _IN_THE.search(before) is not None and _BOUNDED.match(text, one.span.end) is not None
    return is_moment or is_bounded or _AGE_OF.search(before) is not None or _FROM_NOW.search(before) is not None


def _is_age(text: str, span: Span, one: Quantity) -> bool:
    """Whether years say who is meant ("aged 65 or over"): a figure only where a sentence has no other."""
    if one.unit != "years":
        return False
    before = text[max(span.start, one.span.start - 24) : one.span.start]
    is_bounded = one.qualifier is not None and before.split()[-2:-1] != [] and before.split()[-2].lower() in figure_words().people
    return is_bounded or _AGED.search(before) is not None or _OF_AGE.match(text, one.span.end) is not None


def numbers_in(found: Sequence[Quantity]) -> Numbers:
    """Whether quantities measure, say how long, count a few things, or are absent: what they say about the kind of claim."""
    if not found:
        return "none"
    if any(map(_is_measured, found)):
        return "measured"
    return "timed" if any(one.unit in _TIMES for one in found) else "counted"


def figures(prepared: Prepared, span: Span, kind: ClaimKind, *, lead: Span | None = None) -> tuple[Figure, ...]:
    """The figures of the claim at `span`. `lead` is what introduces its list; it may carry population, setting and period."""
    text = prepared.document.text
    sentence = in_sentence(stated_quantities(prepared, span), span)
    if not sentence:
        return ()
    whose = _population_in(prepared, lead) if lead else None
    where = Places(settings_in(text, span) or (settings_in(text, lead)[:1] if lead else []))
    times = [one.span for one in prepared.quantities(span) if not _only_dates(text, span, one, beside_share=True)]
    when = Places(when_in(prepared.lowered, span, times) or (dates_in(prepared.lowered, lead)[:1] if lead else []))
    phrases = [after_of(text, stated) for stated in sentence]
    labels = {index: label for index, label in labelled(text, sentence).items() if phrases[index] is None}
    pairs = labels | paired(text, sentence)
    whom = _by_pairs(populations(text, sentence, phrases), pairs)
    found = zip(sentence, whom, natures(prepared.lowered, sentence, kind), strict=True)
    return tuple(
        Figure(
            span=stated.quantity.span,
            value=stated.quantity.value,
            unit=stated.quantity.unit,
            qualifier=stated.quantity.qualifier,
            of=pairs.get(index) or counted(text, stated, phrases[index]),
            population=population or whose,
            setting=_words(text, nearest(text, where, stated)),
            period=_words(text, nearest(text, when, stated)),
            nature=nature,
        )
        for index, (stated, population, nature) in enumerate(found)
    )


def _by_pairs(whom: list[str | None], pairs: dict[int, str]) -> list[str | None]:
    """The populations, with the people among what lists give to each."""
    people = {index: words for index, words in pairs.items() if names(words, figure_words().people)}
    return [people.get(index, phrase) for index, phrase in enumerate(whom)]


def _words(text: str, place: Span | None) -> str | None:
    return " ".join(place.of(text).split()).strip(_MARKS) if place else None


def _is_measured(one: Quantity) -> bool:
    high = one.value[1] if isinstance(one.value, tuple) else one.value
    return one.unit in MEASURED or (one.unit not in _TIMES and high >= _LARGE)


def _population_in(prepared: Prepared, lead: Span) -> str | None:
    """The population that the first figure of a lead-in names, else the people it speaks of."""
    text = prepared.document.text
    sentence = in_sentence(stated_quantities(prepared, lead), lead)
    named = (whom for whom in populations(text, sentence, [after_of(text, stated) for stated in sentence]) if whom)
    return next(named, None) or people_in(text, lead.start, lead.end)
