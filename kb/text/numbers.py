"""Quantities: numbers with a unit or a counted noun, their ranges and their qualifiers.

Fractions are percentages ("one in two" is 50). Years, dates, sections, keys, telephones and other names are no quantities.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kb.model import Span
from kb.model.records import Qualifier
from kb.text.amounts import Amount, amounts
from kb.vocabulary.units import Units, units


@dataclass(frozen=True)
class Quantity:
    """A number that measures or counts. `span` holds the number and its unit, without qualifier and noun.

    `unit` is one of the units of `units.toml`, a currency code, or the counted noun in lower case ("count" where none stands
    near); `noun` is that noun's place.
    """

    span: Span
    value: float | tuple[float, float]
    unit: str
    qualifier: Qualifier | None = None
    noun: Span | None = None


@dataclass(frozen=True)
class _Measured:
    """An amount with what follows it: the end of its unit, the unit, a qualifier behind it and the noun."""

    amount: Amount
    end: int
    unit: str | None
    after: Qualifier | None = None
    noun: Span | None = None


_TO = re.compile(r"-?\s{0,2}(?:-|–|—|−|\bto\b|\bor\b)\s{0,2}(?:an?\s)?(?=$)")
_AND = re.compile(r"\s{1,2}and\s{1,2}")
_BETWEEN = re.compile(r"\bbetween(?:\s{1,2}(?:about|around))?\s{1,2}$", re.IGNORECASE)
_AGED = re.compile(r"\bage[ds]?\s{1,2}(?:over\s|under\s)?$", re.IGNORECASE)
_ADDED = re.compile(r"\s{0,2}(?:plus|\+)\s{1,2}(?:VAT\b|an?\b|the\b|some\b|[A-Z]{2,}|[£$€\d])")
""""£50 plus VAT", "5 plus 3": something is added, not left open upwards."""
_PLURAL = re.compile(r"[A-Za-z]{3,}s(?<!ss)(?<!us)(?<!is)", re.IGNORECASE)
_WORD = re.compile(r"[\s'’‘“\"*(]{0,3}([A-Za-z][A-Za-z'’-]*)")
_OF_THE = re.compile(r"\s{1,2}of(?:\s{1,2}(?:the|these|those|their|our|its|his|her|my|your))?\b")
_LOOK_BACK = 48
_NOUN_WITHIN = 4
_DURATIONS = frozenset({"years", "months", "weeks", "days", "hours", "minutes"})


def quantities(text: str, span: Span, places: Sequence[int] | None = None, language: str = "en") -> list[Quantity]:
    """The quantities inside `span` of `text`, in order.

    `places` are the `number_places` of the whole text, where the caller asks for many spans of it that begin with words.

    >>> text = "around half of 4,500 sites, and six to 18 weeks"
    >>> [(found.value, found.unit, found.qualifier) for found in quantities(text, Span(0, len(text)))]
    [(50.0, '%', 'around'), (4500.0, 'sites', None), ((6.0, 18.0), 'weeks', None)]
    """
    near = None if places is None else places[bisect_left(places, span.start) : bisect_left(places, span.end)]
    if near is not None and not near:
        return []
    words = span.of(text)
    known = units(language)
    begins = near and [place - span.start for place in near]
    measured = [_measure(words, amount, known) for amount in amounts(words, begins, language)]
    if not measured:
        return []
    found = [_with_qualifier(words, quantity) for quantity in _joined(words, measured, known)]
    return [
        replace(quantity, span=quantity.span.shifted(span.start), noun=quantity.noun and quantity.noun.shifted(span.start))
        for quantity in found
    ]


@cache
def _unit_pattern(language: str = "en") -> re.Pattern[str]:
    spellings = {spelling: unit for unit, all_of in units(language).units.items() for spelling in all_of}
    either = "|".join(re.escape(name).replace(r"\ ", r"\s") for name in sorted(spellings, key=len, reverse=True))
    return re.compile(rf"(?:\s|-){{0,2}}({either})(?![A-Za-z])(?!-olds?\b)(?!\solds?\b)", re.IGNORECASE)


@cache
def _side_pattern(side: str, language: str = "en") -> tuple[tuple[Qualifier, re.Pattern[str]], ...]:
    """A pattern for each qualifier on that side, longest phrases first."""
    known = units(language)
    phrases: dict[Qualifier, tuple[str, ...]] = getattr(known, side)
    made: list[tuple[Qualifier, re.Pattern[str]]] = []
    fillers = "|".join(sorted(known.words.fillers, key=len, reverse=True))
    for qualifier, spellings in phrases.items():
        either = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(spellings, key=len, reverse=True))
        text = rf"(?<!\w)({either})(?:\s+(?:{fillers})\b){{0,2}}[\s*_]*$" if side == "before" else rf"\s{{0,2}}(?:{either})(?!\w)"
        made.append((qualifier, re.compile(text, re.IGNORECASE)))
    return tuple(made)


def _measure(words: str, amount: Amount, known: Units) -> _Measured:
    place, after = _qualified_behind(words, amount.end)
    unit_match = _unit_pattern().match(words, place)
    if unit_match:
        unit = _unit_named(unit_match[1], known)
        _, behind = _qualified_behind(words, unit_match.end())
        return _Measured(amount, unit_match.end(), unit, after or behind)
    if amount.currency or amount.kind == "share":
        return _Measured(amount, amount.end, amount.currency or "%", after)
    if _AGED.search(words, max(0, amount.start - _LOOK_BACK), amount.start):
        return _Measured(amount, amount.end, "years", after)
    is_whole = amount.is_large or "." not in words[amount.start : amount.end]
    noun = _counted_noun(words, place, known) if is_whole else None
    return _Measured(amount, amount.end, noun.of(words).lower() if noun else None, after, noun)


def _unit_named(spelling: str, known: Units) -> str:
    folded = " ".join(spelling.lower().split())
    return next(unit for unit, spellings in known.units.items() if folded in spellings)


def _qualified_behind(words: str, place: int) -> tuple[int, Qualifier | None]:
    for qualifier, pattern in _side_pattern("after"):
        match = pattern.match(words, place)
        if match and not _ADDED.match(words, match.start()):
            return match.end(), qualifier
    return place, None


def _counted_noun(words: str, place: int, known: Units) -> Span | None:
    """The first plural within four words, none of them a function word; "of the" may come first."""
    of_the = _OF_THE.match(words, place)
    place = of_the.end() if of_the else place
    for _ in range(_NOUN_WITHIN):
        match = _WORD.match(words, place)
        word = match[1].lower().rstrip("'’") if match else ""
        if match is None or word in known.words.stops:
            return None
        if _is_plural(word, known):
            return Span(match.start(1), match.start(1) + len(word))
        place = match.end()
    return None


def _is_plural(word: str, known: Units) -> bool:
    return word in known.words.plurals or (_PLURAL.fullmatch(word) is not None and word not in known.words.not_plurals)


def _joined(words: str, measured: list[_Measured], known: Units) -> Iterator[Quantity]:
    """Quantities of single amounts and of pairs that make a range; amounts that are no quantity are left out."""
    index = 0
    while index < len(measured):
        first = measured[index]
        second = measured[index + 1] if index + 1 < len(measured) else None
        if second is not None and _is_range(words, first, second, known):
            index += 2
            if (_is_grounded(second) or _is_grounded(first)) and not _is_vague(first, second):
                yield _range(first, second)
            continue
        index += 1
        if _is_grounded(first):
            yield _single(first)


def _is_grounded(measured: _Measured) -> bool:
    """Whether something besides the number itself says that it is a quantity."""
    amount = measured.amount
    if amount.kind == "words" and amount.value == 1:
        return measured.unit in _DURATIONS - {"days"} or measured.unit == "%"
    return measured.unit is not None or amount.is_large


def _is_vague(first: _Measured, second: _Measured) -> bool:
    """Whether the range only says "a few" ("one or two people"); "one or two weeks" measures."""
    return first.amount.kind == "words" and first.amount.value == 1 and second.unit not in _DURATIONS | {"%"}


def _is_range(words: str, first: _Measured, second: _Measured, known: Units) -> bool:
    gap = words[first.end : second.amount.start]
    lead = words[max(0, first.amount.start - _LOOK_BACK) : first.amount.start]
    units_agree = first.unit in {None, second.unit} or (first.amount.currency is not None and second.unit is None)
    if not units_agree or len(gap) > 8 or _shared_scale(first, second) * first.amount.value >= second.amount.value:
        return False
    if _AND.fullmatch(gap):
        return _BETWEEN.search(lead) is not None
    return _TO.fullmatch(gap) is not None and not _tells_a_change(lead, known)


def _tells_a_change(lead: str, known: Units) -> bool:
    """Whether the amount stands after "fell from", "an increase of costs from" and the like."""
    if not lead.rstrip().lower().endswith("from"):
        return False
    return any(word.strip(".,;:()").lower() in known.words.changes for word in lead.split()[-6:])


def _shared_scale(first: _Measured, second: _Measured) -> int:
    """The scale of the second amount where it holds for the first too, as in "5 to 10 million"; else 1."""
    one, two = first.amount, second.amount
    is_shared = one.scale == 1 and two.scale > 1 and one.kind != "share" and one.value < min(1000, two.value / two.scale)
    return two.scale if is_shared else 1


def _range(first: _Measured, second: _Measured) -> Quantity:
    low = first.amount.value * _shared_scale(first, second)
    unit = second.unit or first.unit or first.amount.currency or "count"
    unit = first.amount.currency or unit
    return Quantity(Span(first.amount.start, second.end), (low, second.amount.value), unit, second.after, second.noun)


def _single(measured: _Measured) -> Quantity:
    unit = measured.unit or "count"
    return Quantity(Span(measured.amount.start, measured.end), measured.amount.value, unit, measured.after, measured.noun)


def _with_qualifier(words: str, quantity: Quantity) -> Quantity:
    lead = words[max(0, quantity.span.start - _LOOK_BACK) : quantity.span.start]
    matches = [
        (match.start(1), qualifier, match[1]) for qualifier, pattern in _side_pattern("before") if (match := pattern.search(lead))
    ]
    if not matches:
        return quantity
    _, qualifier, phrase = min(matches)
    is_range_within = isinstance(quantity.value, tuple) and phrase.lower() == "within"
    return quantity if is_range_within else replace(quantity, qualifier=qualifier)
