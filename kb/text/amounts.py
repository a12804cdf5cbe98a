"""Numbers as they are written, digits or words, and which of them are only names: years, dates, sections, keys, telephones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, pairwise
from typing import Literal

from kb.vocabulary.units import Units, units


@dataclass(frozen=True)
class Amount:
    """A number in `words[start:end]`. `kind` "share" is a fraction as a percentage; `scale` is 1 where none is written."""

    start: int
    end: int
    value: float
    kind: Literal["digits", "words", "share"]
    currency: str | None = None
    scale: int = 1
    is_large: bool = False
    """Written with thousands separators or a scale, hence no section, key or counter."""


_IDENTIFIER = re.compile(r"://|www\.|@|_|[A-Za-z]/|/[A-Za-z]|\d-\d+-\d|\d\.\d+\.\d|10\.\d{4,}|\d/\d|\d:\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_AFTER_YEAR = re.compile(r"\s?[/–-]\s?\d")
_BEFORE_YEAR = re.compile(r"(?:19|20)\d\d\s?[/–-]\s?$")
_WORD_BEFORE = re.compile(r"([A-Za-z%£$€][\w'’]*)[.:#(\s]{0,3}$")
_WORD_AFTER = re.compile(r"(?:st|nd|rd|th)?\s{1,3}(?:of\s)?([A-Za-z]+)")
_NOUN_AFTER = re.compile(r"\s{1,3}([A-Za-z]+)")
_KEYS = re.compile(r"\[[\d\s,;–-]{1,60}\]")
_LABELLED_PAIR = re.compile(r"\s{0,2}(?:,|and|or|to|&|–|-)\s{0,2}")
_BLANK_OR_DASH = re.compile(r"[\s-]")
_NAMED = re.compile(r"(?:[A-Z][a-z]+[\s-]){1,3}[A-Z][a-z]+")
"""A number word with a capital before a capital is part of a name: "the Five Year Plan"."""
_TEN_THOUSAND = 10_000
"""Below it "k" is the name of a format ("4K") more often than a thousand."""
_LOOK_BACK = 40


def _either(spellings: Iterable[str]) -> str:
    """A pattern for any of them, the longest first, told apart by their first character before anything else is tried."""
    longest_first = sorted(spellings, key=lambda spelling: (spelling[0], -len(spelling), spelling))
    by_first = groupby(longest_first, key=lambda spelling: spelling[0])
    return "|".join(rf"{re.escape(first)}(?:{'|'.join(re.escape(one[1:]) for one in group)})" for first, group in by_first)


@cache
def _amount_pattern(language: str = "en") -> re.Pattern[str]:
    known = units(language)
    ones = _either([name for name, value in known.cardinals.items() if value < 10])
    base = rf"(?:(?:{_either(known.tens)})(?:[\s-](?:{ones}))?|{_either(known.cardinals)})"
    long_scale = _either([name for name in known.scales if len(name) > 2])
    words = rf"{base}(?:[\s-](?:{long_scale})(?:\sand\s{base})?){{0,2}}"
    digits = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
    number = rf"(?:\d{{1,3}}(?:,\d{{3}})*|{words})"
    currency = _either(known.currencies)
    return re.compile(
        rf"""(?<![\w\#@/,&£$€])(?<!\d[.,:;])(?<![^\W\d]-)(?<![\w)];)(?<![\w)]:)(?:
        (?P<part>{number})(?:\s{{1,9}}|-)(?:in|out\s{{1,9}}of)(?:\s{{1,9}}|-)(?:every\s)?(?P<whole>{number})(?![\w%.,]*\d)\b
        |(?P<piece>half|quarter\sof)[\s-]an?[\s-](?P<pieced>{long_scale})\b
        |an?\s(?P<article>{long_scale})\b
        |(?:(?P<many>an?|\d|{ones})(?:\s|-))?(?P<parts>{_either(known.parts)})(?P<plural>s)?\b
        |(?P<words>{words})\b
        |(?:(?P<currency>{currency})\s?)?(?P<digits>{digits})(?:(?P<glued>k|m|mn|bn|tn)\b|[\s-]?(?P<scale>{long_scale}|bn|mn)\b)?(?!\w|,\d)
        )""",
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _place_pattern(language: str = "en") -> re.Pattern[str]:
    known = units(language)
    long_scale = _either([name for name in known.scales if len(name) > 2])
    scaled = rf"an?[\s-](?:{long_scale}|{_either(known.parts)})"
    opening = [*known.cardinals, *known.tens, *known.parts, *known.currencies]
    first = "".join(sorted({re.escape(word[0]) for word in opening}))
    return re.compile(rf"(?<!\w)(?=[\da{first}])(?=\d|{_either(opening)}|{scaled})", re.IGNORECASE)


def number_places(text: str, language: str = "en") -> list[int]:
    """Where a number may begin in `text`, in order: at digits, currencies and words that open a number; a first, fast look."""
    return [match.start() for match in _place_pattern(language).finditer(text)]


def amounts(words: str, places: Iterable[int] | None = None, language: str = "en") -> list[Amount]:
    """The numbers in `words` that may be quantities, in order; names of years, dates, sections and the like are left out.

    `places` are the `number_places` of `words`, where the caller knows them.
    """
    known = units(language)
    keys = [match.span() for match in _KEYS.finditer(words)] if "[" in words else []
    found: list[Amount] = []
    named_end = -1
    for match in _numbers(words, number_places(words, language) if places is None else places, language):
        if any(start <= match.start() < end for start, end in keys):
            continue
        is_pair = named_end >= 0 and _LABELLED_PAIR.fullmatch(words, named_end, match.start()) is not None
        if (match["digits"] and (is_pair or _is_name(words, match, known))) or _is_numbered(words, match, known):
            named_end = match.end()
            continue
        found.extend(_read(words, match, known))
    return list(_without_telephones(words, found))


def _numbers(words: str, places: Iterable[int], language: str) -> Iterator[re.Match[str]]:
    pattern = _amount_pattern(language)
    end = 0
    for place in places:
        match = pattern.match(words, place) if place >= end else None
        if match:
            end = match.end()
            yield match


def _is_name(words: str, match: re.Match[str], known: Units) -> bool:
    if match["currency"]:
        return False
    return (
        _is_in_identifier(words, match)
        or _is_year(words, match, known)
        or _is_date(words, match, known)
        or _is_labelled(words, match, known)
        or (match["digits"].startswith("0") and match["digits"].isdigit() and len(match["digits"]) > 1)
    )


def _is_in_identifier(words: str, match: re.Match[str]) -> bool:
    window = words[max(0, match.start() - _LOOK_BACK) : match.end() + _LOOK_BACK]
    place = min(match.start(), _LOOK_BACK)
    head = window[:place].rsplit(maxsplit=1)[-1:] if window[:place] and not window[place - 1].isspace() else []
    token = "".join(head) + (window[place:].split(maxsplit=1) or [""])[0]
    return _IDENTIFIER.search(token) is not None


def _is_year(words: str, match: re.Match[str], known: Units) -> bool:
    if match["scale"] or match["glued"] or not _YEAR.fullmatch(match["digits"]):
        after_year = _BEFORE_YEAR.search(words, max(0, match.start() - 8), match.start())
        return after_year is not None and not match["scale"] and len(match["digits"]) <= 4
    noun = _NOUN_AFTER.match(words, match.end())
    counts_people = noun is not None and noun[1].lower() in known.words.people
    return not counts_people or _word_before(words, match.start()) in known.words.year_prepositions


def _is_date(words: str, match: re.Match[str], known: Units) -> bool:
    if len(match["digits"]) > 2 or match["scale"]:
        return False
    after = _WORD_AFTER.match(words, match.end())
    if after is not None and after[1].lower() in known.words.months and after[1][:1].isupper():
        return True
    before = _WORD_BEFORE.search(words, max(0, match.start() - _LOOK_BACK), match.start())
    return before is not None and before[1][:1].isupper() and before[1].lower() in known.words.months


def _is_labelled(words: str, match: re.Match[str], known: Units) -> bool:
    if match["scale"] or words[match.end() : match.end() + 1] == "%":
        return False
    return _word_before(words, match.start()) in known.words.labels


def _is_numbered(words: str, match: re.Match[str], known: Units) -> bool:
    """Whether a number in words is the name of a part: "wave two", "part one"."""
    return match["words"] is not None and _word_before(words, match.start()) in known.words.word_labels


def _word_before(words: str, place: int) -> str:
    match = _WORD_BEFORE.search(words, max(0, place - _LOOK_BACK), place)
    return match[1].lower() if match else ""


def _read(words: str, match: re.Match[str], known: Units) -> Iterator[Amount]:
    if match["part"]:
        yield from _share(match, _value(match["part"], known), _value(match["whole"], known))
    elif match["pieced"]:
        piece = 0.5 if match["piece"].lower() == "half" else 0.25
        yield _large(match, piece, known.scales[match["pieced"].lower()])
    elif match["article"]:
        scale = known.scales[match["article"].lower()]
        yield replace(_large(match, 1, scale), is_large=scale >= 100)
    elif match["parts"]:
        if _is_share(words, match, known):
            many = match["many"] or "one"
            count = 1.0 if many.lower() in {"a", "an"} else _value(many, known)
            yield from _share(match, count, known.parts[match["parts"].lower()])
    elif match["words"]:
        if not _NAMED.match(words, match.start()):
            yield _in_words(match, known)
    else:
        yield _in_digits(match, known)


def _share(match: re.Match[str], part: float, whole: float) -> Iterator[Amount]:
    if 0 < part < whole and not 1900 <= whole < 2100:
        yield Amount(match.start(), match.end(), round(100 * part / whole, 1), "share")


def _large(match: re.Match[str], count: float, scale: int) -> Amount:
    return Amount(match.start(), match.end(), float(count * scale), "words", scale=scale, is_large=True)


def _in_words(match: re.Match[str], known: Units) -> Amount:
    value = _value(match["words"], known)
    return Amount(match.start(), match.end(), value, "words", is_large=value >= 100)


def _in_digits(match: re.Match[str], known: Units) -> Amount:
    name = (match["scale"] or match["glued"] or "").lower()
    scale = known.scales.get(name, 1)
    value = round(float(match["digits"].replace(",", "")) * scale, 6)
    currency = known.currencies[match["currency"].lower()] if match["currency"] else None
    is_large = (bool(name) and (name != "k" or value >= _TEN_THOUSAND)) or "," in match["digits"] or currency is not None
    start = match.start("currency") if match["currency"] else match.start("digits")
    return Amount(start, match.end(), value, "digits", currency, scale, is_large)


def _value(spelling: str, known: Units) -> float:
    """The value of digits with separators, or of number words: "two hundred and five" is 205."""
    if spelling[:1].isdigit():
        return float(spelling.replace(",", ""))
    total, current = 0, 0
    for word in _BLANK_OR_DASH.split(spelling.lower()):
        scale = known.scales.get(word, 0)
        if scale > 100:
            total, current = total + max(current, 1) * scale, 0
        elif scale:
            current = max(current, 1) * scale
        else:
            current += known.cardinals.get(word, 0) + known.tens.get(word, 0)
    return float(total + current)


def _is_share(words: str, match: re.Match[str], known: Units) -> bool:
    before = " ".join(words[max(0, match.start() - _LOOK_BACK) : match.start()].lower().split())
    after = words[match.end() : match.end() + _LOOK_BACK].lower()
    if match["parts"].lower() == "half":
        is_bound = after.startswith("-") or any(_begins_with(after, phrase) for phrase in known.half.not_before)
        return not is_bound and not any(f" {before}".endswith(f" {phrase}") for phrase in known.half.not_after)
    if match["plural"]:
        return match["many"] is not None and match["many"].lower() not in {"a", "an"}
    following = after.lstrip()
    is_ended = not following or (not following[0].isalnum() and not after.startswith("-"))
    return match["many"] is not None and (is_ended or (following.split(maxsplit=1)[0].strip(".,;:()") in known.part.before))


def _begins_with(after: str, phrase: str) -> bool:
    rest = after.lstrip()
    return rest.startswith(phrase) and not rest[len(phrase) : len(phrase) + 1].isalnum()


def _without_telephones(words: str, found: list[Amount]) -> Iterator[Amount]:
    """Plain digits with only a blank between them are groups of one number: of a telephone, of an account."""
    plain = [amount.kind == "digits" and not amount.is_large for amount in found]
    near = [words[one.end : two.start] == " " for one, two in pairwise(found)]
    for index, amount in enumerate(found):
        is_first = index + 1 < len(found) and plain[index + 1] and near[index]
        is_second = index > 0 and plain[index - 1] and near[index - 1]
        if not (plain[index] and (is_first or is_second)):
            yield amount
