"""Figures of a claim: its quantities with what they are of, whom, where, when, and what sort of number they are."""

from __future__ import annotations

import re

from kb.extract.claim_kinds import Numbers
from kb.model import Figure, Span
from kb.model.records import ClaimKind, Nature
from kb.text.numbers import Quantity, quantities
from kb.vocabulary.claim_cues import FigureWords, claim_cues, cue_pattern

_OF = re.compile(r"[\s)]{0,3}(?:of|in)\s+")
_OF_THE = re.compile(r"^\s{0,3}of\s(?:(?:the|these|those|their|our|its)\s)?")
_ELLIPSIS = re.compile(r"\s+(?=(?:with|without|aged)\s)")
_NEXT_WORD = re.compile(r"\s*([A-Za-z0-9][\w/&'’-]*)")
_LABEL = re.compile(r"[\w][\w /&'’-]{1,60}(?=\s{0,3}[(:–-]\s{0,3}$)")
_AGE_OF = re.compile(r"\bage\s(?:of\s)?$")
_PERIOD = re.compile(
    r"\b(?:(?:each|every|per|a)\s(?:year|month|week|day)|annually|per annum|yearly|monthly"
    r"|(?:by|in|since|from|until|during|for)\s(?:[A-Za-z]{3,9}[\s-]){0,2}(?:19|20)\d\d(?:[/–-]\d{2,4})?|between\s(?:19|20)\d\d\sand\s(?:19|20)\d\d|at\s\w{1,9}\s(?:months|weeks|years)"
    r"|over\sthe\s(?:next|last|past)\s(?:\w{1,9}\s)?(?:years?|months?|weeks?|decade))\b",
    re.IGNORECASE,
)
_SETTING_LEAD = r"\b(?:in|across|within|throughout)\s(?:all\s|most\s)?(?P<setting>{settings})\b"
_MOST_WORDS = 14
_LOOK_AHEAD = 160
_MEASURES = frozenset({"%", "percentage points", "GBP", "USD", "EUR"})
_TIMES = frozenset({"years", "months", "weeks", "days", "hours", "minutes"})
_LARGE = 20


def stated_quantities(text: str, span: Span) -> list[Quantity]:
    """The quantities of a sentence but for those that only say how long ago or how old."""
    passing = claim_cues().figures.passing
    found = [one for one in quantities(text, span) if _word_after(text, one.span.end, span.end) not in passing]
    return [one for one in found if not _AGE_OF.search(text, max(span.start, one.span.start - 12), one.span.start)]


def numbers_in(found: list[Quantity]) -> Numbers:
    """Whether quantities measure, say how long, count a few things, or are absent: what they say about the kind of claim."""
    if not found:
        return "none"
    if any(map(_is_measured, found)):
        return "measured"
    return "timed" if any(one.unit in _TIMES for one in found) else "counted"


def figures(text: str, span: Span, kind: ClaimKind, *, lead: Span | None = None) -> tuple[Figure, ...]:
    """The figures of the claim at `span`. `lead` is the passage that introduces its list and may carry population and setting."""
    sentence = span.of(text)
    return tuple(
        Figure(
            span=found.span,
            value=found.value,
            unit=found.unit,
            qualifier=found.qualifier,
            of=_of(text, found, span),
            population=_population(text, found, span) or (_population_in(text, lead) if lead else None),
            setting=_setting(sentence) or (_setting(lead.of(text)) if lead else None),
            period=_period(sentence),
            nature=_nature(sentence, kind),
        )
        for found in stated_quantities(text, span)
    )


def _is_measured(one: Quantity) -> bool:
    high = one.value[1] if isinstance(one.value, tuple) else one.value
    return one.unit in _MEASURES or (one.unit not in _TIMES and high >= _LARGE)


def _word_after(text: str, place: int, end: int) -> str:
    match = _NEXT_WORD.match(text, place, end)
    return match[1].lower() if match else ""


def _of(text: str, found: Quantity, span: Span) -> str | None:
    """The noun phrase after "of"; for a count the words up to its noun; for "Neurology (62%)" the label before it."""
    if found.noun is not None:
        return _folded(_OF_THE.sub("", text[found.span.end : found.noun.end].lstrip(" +-")))
    phrase = _phrase(text, _OF.match(text, found.span.end, span.end), span)
    label = _LABEL.search(text, max(span.start, found.span.start - _LOOK_AHEAD), found.span.start)
    return phrase or (_folded(label.group()) if label and label.start() == span.start else None)


def _population(text: str, found: Quantity, span: Span) -> str | None:
    people = claim_cues().figures.people
    if found.noun is not None:
        is_people = found.noun.of(text).lower() in people
        return _phrase_from(text, found.noun.start, span) if is_people else None
    phrase = _phrase(text, _OF.match(text, found.span.end, span.end), span)
    if phrase is None:
        return _phrase(text, _ELLIPSIS.match(text, found.span.end, span.end), span)
    return phrase if people & set(phrase.lower().split()) else None


def _population_in(text: str, lead: Span) -> str | None:
    """The population that the first figure of a lead-in names."""
    return next((whom for one in stated_quantities(text, lead) if (whom := _population(text, one, lead))), None)


def _phrase(text: str, opening: re.Match[str] | None, span: Span) -> str | None:
    return _phrase_from(text, opening.end(), span) if opening else None


def _phrase_from(text: str, start: int, span: Span) -> str | None:
    """The words from `start` up to a mark or a word that begins the predicate."""
    ends: FigureWords = claim_cues().figures
    place = start
    for _ in range(_MOST_WORDS):
        match = _NEXT_WORD.match(text, place, min(span.end, start + _LOOK_AHEAD))
        if match is None or match[1].lower() in ends.ends or match[1][0].isdigit():
            break
        place = match.end()
    words = text[start:place].split()
    while words and words[-1].lower() in {"and", "or", "in", "of", "with", "the", "a", "an", "to", "for"}:
        words.pop()
    return " ".join(words) or None


def _setting(sentence: str) -> str | None:
    settings = "|".join(sorted(map(re.escape, claim_cues().figures.settings), key=len, reverse=True))
    match = re.search(_SETTING_LEAD.format(settings=settings), " ".join(sentence.split()), re.IGNORECASE)
    return match["setting"] if match else None


def _period(sentence: str) -> str | None:
    match = _PERIOD.search(" ".join(sentence.split()))
    return match.group() if match else None


def _nature(sentence: str, kind: ClaimKind) -> Nature:
    words = claim_cues().figures
    if kind == "target":
        return "target"
    if cue_pattern(words.derived).search(sentence):
        return "derived"
    if cue_pattern(words.expected).search(sentence):
        return "expected"
    return "outcome" if cue_pattern(words.outcome).search(sentence) else "unknown"


def _folded(words: str) -> str | None:
    return " ".join(words.split()) or None
