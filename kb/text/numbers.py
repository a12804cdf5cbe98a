"""Quantities: numbers with a unit or a counted noun, their ranges and their qualifiers.

Fractions are percentages ("one in two" is 50). Years, dates, sections, keys, telephones and other names are no quantities.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec
from msgspec.structs import replace

from kb.model import Span
from kb.model.records import Qualifier
from kb.text.amounts import Amount, amounts, rate_unit
from kb.text.number_pattern import ROUND_NUMBER
from kb.text.qualifiers import qualified_ahead, qualified_behind
from kb.vocabulary.units import Units, units


class Quantity(msgspec.Struct, frozen=True):
    """A number that measures or counts. `span` holds the number and its unit, without qualifier and noun.

    `unit` is one of the units of `units.toml`, a currency code, or the counted noun in lower case ("count" where none stands
    near); `noun` is that noun's place.
    """

    span: Span
    value: float | tuple[float, float]
    unit: str
    qualifier: Qualifier | None = None
    noun: Span | None = None


class _Measured(msgspec.Struct, frozen=True):
    """An amount with what follows it: the end of its unit, the unit, a qualifier behind it and the noun."""

    amount: Amount
    end: int
    unit: str | None
    after: Qualifier | None = None
    noun: Span | None = None
    is_age: bool = False


_TO = re.compile(r"-?\s{0,2}(?:-|–|—|−|\bto\b|\bor\b)\s{0,2}(?:an?\s)?(?=$)")
_AND = re.compile(r"\s{1,2}and\s{1,2}")
_COMMA = re.compile(r",\s|,?\s(?:and|or)\s")
_BETWEEN = re.compile(r"\bbetween(?:\s{1,2}(?:about|around|approximately|the\sages\sof))?\s{1,2}$", re.IGNORECASE)
_AGED = re.compile(r"\b(?:age[ds]?|ages\sof)\s{1,2}(?:(?:over|under|between|from|about|around)\s)?$", re.IGNORECASE)
_OLDER = re.compile(r"\b(?:older|younger)\sthan\s$")
_PLURAL = re.compile(r"(?:[A-Za-z]{3,}|[A-Z]{2})s(?<!ss)(?<!us)(?<!is)")
_WORD = re.compile(r"[\s'’‘“\"*(]{0,3}([A-Za-z][A-Za-z'’-]*)")
_NAMED_AHEAD = re.compile(r"[A-Z][\w-]*\s$")
_OF_THE = re.compile(r"\s{1,2}of(?:\s{1,2}(?:the|these|those|their|our|its|his|her|my|your))?\b")
_SHARE_BETWEEN = re.compile(r"\s?\([^()]{0,9}\d\s?(?:%|per\s?cent)\)")
"""The share in brackets between a count and its noun: "1.5 million (25%) adults"."""
_OLD = re.compile(r"[\s-]?(?:olds?\b|of\sage\b)")
_PER = re.compile(rf"\s(?:per|for\severy|in\severy)\s({ROUND_NUMBER})\b")
_PART_OF = re.compile(r"\s(?:out\s)?of\s(?:(?:all|the|these|those|our|their|its|a|total|of)\s){0,3}")
_EACH = re.compile(r"\s(?:an?|each|every|per)\s\w+(?=\sor\s)")
_LATER = re.compile(r"\blater\sthan\s$", re.IGNORECASE)
_BEFORE = re.compile(r"\s(?:before|prior\sto)\b")
_LATER_THAN = 12
""""Not later than seven days before" leaves at least seven."""
_OPENS = re.compile(r"\s?[(\[]\s?")
_LOOK_BACK = 48
_NOUN_WITHIN = 4
_OLDEST = 120
_DURATIONS = frozenset({"years", "months", "weeks", "days", "hours", "minutes"})
_HUNDRED = 100


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
    found = [_qualified(words, quantity) for quantity in _joined(words, _completed(words, measured), known)]
    return [
        replace(quantity, span=quantity.span.shifted(span.start), noun=quantity.noun and quantity.noun.shifted(span.start))
        for quantity in found
        if quantity.qualifier or not _is_article(words, quantity)
    ]


def _qualified(words: str, quantity: Quantity) -> Quantity:
    is_time, is_range = quantity.unit in _DURATIONS, isinstance(quantity.value, tuple)
    ahead = qualified_ahead(words, quantity.span.start, is_time=is_time, is_range=is_range)
    if (
        is_time
        and _LATER.search(words, max(0, quantity.span.start - _LATER_THAN), quantity.span.start)
        and _BEFORE.match(words, quantity.span.end)
    ):
        ahead = "at least"
    return replace(quantity, qualifier=ahead) if ahead else quantity


def _is_article(words: str, quantity: Quantity) -> bool:
    """Whether the number is only an article: "a year", of which nothing is said; "a month's trial" lasts one month."""
    if words[quantity.span.start] not in "aA" or quantity.value != 1:
        return False
    return quantity.unit == "days" or not words.startswith(("'s ", "’s "), quantity.span.end)


@cache
def _spellings(language: str = "en") -> dict[str, str]:
    """The unit of each spelling in lower case."""
    return {spelling.lower(): unit for unit, all_of in units(language).units.items() for spelling in all_of}


@cache
def _unit_pattern(language: str = "en") -> re.Pattern[str]:
    either = "|".join(re.escape(name).replace(r"\ ", r"\s") for name in sorted(_spellings(language), key=len, reverse=True))
    return re.compile(rf"(?:\s|-){{0,2}}({either})(?![A-Za-z])(?!-olds?\b)(?!\solds?\b)", re.IGNORECASE)


def _measure(words: str, amount: Amount, known: Units) -> _Measured:
    place, after = qualified_behind(words, amount.end)
    unit_match = _unit_pattern().match(words, place)
    if unit_match:
        return _in_units(words, amount, unit_match, after, known)
    if amount.unit or amount.kind == "share":
        rate = _EACH.match(words, amount.end) if amount.unit else None
        after = after or (qualified_behind(words, rate.end())[1] if rate else None)
        return _Measured(amount, amount.end, amount.unit or "%", after, _noun_of_rate(words, amount, place, known))
    if _AGED.search(words, max(0, amount.start - _LOOK_BACK), amount.start) and amount.value <= _OLDEST:
        return _Measured(amount, amount.end, "years", after, is_age=True)
    is_whole = amount.is_large or "." not in words[amount.start : amount.end]
    between = _SHARE_BETWEEN.match(words, place)
    noun = _counted_noun(words, between.end() if between else place, known) if is_whole else None
    per = _PER.match(words, noun.end) if noun else None
    counted = noun.of(words).lower() if noun else None
    unit = rate_unit(per[1], known) if per else counted
    if noun and not after and words.startswith(" or ", noun.end):
        _, after = qualified_behind(words, noun.end)
    return _Measured(amount, amount.end, unit, after, noun)


def _in_units(words: str, amount: Amount, spelled: re.Match[str], after: Qualifier | None, known: Units) -> _Measured:
    """An amount before a unit; hundredths become the whole unit, and pounds that are weighed are counted."""
    unit = _spellings()[" ".join(spelled[1].lower().split())]
    around = words[max(0, amount.start - _LOOK_BACK) : spelled.end() + _LOOK_BACK].lower().split()
    if unit == "GBP" and not known.words.weighing.isdisjoint(around):
        return _Measured(amount, amount.end, "pounds", after, Span(spelled.start(1), spelled.end(1)))
    if unit in known.subunits:
        amount, unit = replace(amount, value=round(amount.value / _HUNDRED, 6)), known.subunits[unit]
    _, behind = qualified_behind(words, spelled.end())
    return _Measured(amount, spelled.end(), unit, after or behind)


def _noun_of_rate(words: str, amount: Amount, place: int, known: Units) -> Span | None:
    """What a rate counts on: the people of "12 per 1,000 people"."""
    return _counted_noun(words, place, known) if amount.unit and amount.unit.startswith("per ") else None


def _counted_noun(words: str, place: int, known: Units) -> Span | None:
    """The first plural within four words, none of them a function word; "of the" may come first, but then no longer name."""
    of_the = _OF_THE.match(words, place)
    place = of_the.end() if of_the else place
    for _ in range(_NOUN_WITHIN):
        match = _WORD.match(words, place)
        word = match[1].rstrip("'’") if match else ""
        if match is None or word.lower() in known.words.stops:
            return None
        if _is_plural(word, known):
            found = Span(match.start(1), match.start(1) + len(word))
            is_in_name = of_the is not None and word[0].isupper() and _NAMED_AHEAD.search(words, of_the.end(), found.start)
            return None if is_in_name or _OLD.match(words, found.end) else found
        place = match.end()
    return None


def _is_plural(word: str, known: Units) -> bool:
    lower = word.lower()
    return lower in known.words.plurals or (_PLURAL.fullmatch(word) is not None and lower not in known.words.not_plurals)


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


def _completed(words: str, measured: list[_Measured]) -> list[_Measured]:
    """The amounts, with those that have no unit of their own in the one that a neighbour gives them.

    "40, 30 and 20%" are shares; of "12 of the 40 clinics" and "120 (40%)" the first is a count too.
    """
    known = list(measured)
    for index in range(len(known) - 2, -1, -1):
        first, second = known[index], known[index + 1]
        if first.unit is not None or first.amount.is_large:
            continue
        gap = words[first.end : second.amount.start]
        if _PART_OF.fullmatch(gap) and second.noun is not None and first.amount.value <= second.amount.value:
            known[index] = replace(first, unit=second.unit, noun=second.noun)
        elif _OPENS.fullmatch(gap) and second.unit == "%" and first.amount.value >= 1:
            known[index] = replace(first, unit="count")
        elif _is_listed(words, known, index):
            known[index] = replace(first, unit="%")
    return known


def _is_listed(words: str, known: list[_Measured], index: int) -> bool:
    """Whether an amount stands in a list of shares whose last alone has the sign; a comma goes on to "and"."""
    first, second = known[index], known[index + 1]
    gap = words[first.end : second.amount.start]
    is_share = second.unit == "%" and second.amount.kind == first.amount.kind and first.amount.value <= _HUNDRED
    if not (is_share and _COMMA.fullmatch(gap)) or _is_age_ahead(words, first.amount.start):
        return False
    before = words[known[index - 1].end : first.amount.start] if index else ""
    goes_on = index + 2 < len(known) and _COMMA.fullmatch(words[second.end : known[index + 2].amount.start]) is not None
    return goes_on or (gap != ", " and (_COMMA.fullmatch(before) is not None or not first.amount.is_large))


def _is_age_ahead(words: str, place: int) -> bool:
    ahead = max(0, place - _LOOK_BACK)
    return _AGED.search(words, ahead, place) is not None or _OLDER.search(words, ahead, place) is not None


def _is_grounded(measured: _Measured) -> bool:
    """Whether something besides the number itself says that it is a quantity."""
    amount = measured.amount
    if amount.kind == "words" and amount.value == 1:
        return measured.unit in _DURATIONS - {"days"} or measured.unit == "%"
    if amount.kind == "article":
        return measured.unit in _DURATIONS
    return measured.unit is not None or amount.is_large


def _is_vague(first: _Measured, second: _Measured) -> bool:
    """Whether the range only says "a few" ("one or two people"); "one or two weeks" measures."""
    return first.amount.kind == "words" and first.amount.value == 1 and second.unit not in _DURATIONS | {"%"}


def _is_range(words: str, first: _Measured, second: _Measured, known: Units) -> bool:
    gap = words[first.end : second.amount.start]
    lead = words[max(0, first.amount.start - _LOOK_BACK) : first.amount.start]
    if len(gap) > 8 or not _may_agree(first, second) or _shared_scale(first, second) * first.amount.value >= second.amount.value:
        return False
    if _AND.fullmatch(gap):
        return _BETWEEN.search(lead) is not None
    return _TO.fullmatch(gap) is not None and not _tells_a_change(lead, known)


def _may_agree(first: _Measured, second: _Measured) -> bool:
    """Whether two amounts may be of one unit: the first without one, both of the same, or two ages."""
    is_aged = first.is_age and second.unit is None and second.amount.value <= _OLDEST
    is_priced = first.amount.unit is not None and second.unit is None
    return first.amount.kind != "article" and (first.unit in {None, second.unit} or is_priced or is_aged)


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
    unit = first.amount.unit or second.unit or first.unit or "count"
    return Quantity(Span(first.amount.start, second.end), (low, second.amount.value), unit, second.after, second.noun)


def _single(measured: _Measured) -> Quantity:
    unit = measured.unit or "count"
    return Quantity(Span(measured.amount.start, measured.end), measured.amount.value, unit, measured.after, measured.noun)
