"""Numbers as they are written, digits or words, without those that are only names (`kb.text.number_names`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Literal

import msgspec

from kb.text.number_names import is_bare, is_name, is_numbered, is_score, unread
from kb.text.number_pattern import VULGAR, amount_pattern, number_places, times
from kb.vocabulary.units import Units, units


class Amount(msgspec.Struct, frozen=True, gc=False):
    """A number in `words[start:end]`. `kind` "share" is a fraction as a percentage; `scale` is 1 where none is written.

    `kind` "article" is the one of "a year", which is an amount only where something qualifies it.
    """

    start: int
    end: int
    value: float
    kind: Literal["digits", "words", "share", "article"]
    unit: str | None = None
    """What its spelling measures in: a currency, "times" ("threefold"), "per 1,000"."""
    scale: int = 1
    is_large: bool = False
    """Written with thousands separators or a scale, hence no section, key or counter."""


_LABELLED_PAIR = re.compile(r"\s{0,2}(?:,|and|or|to|&|–|-)\s{0,2}")
_BLANK_OR_DASH = re.compile(r"[\s-]")
_SEPARATOR = re.compile(r"[,\s]")
_NAMED = re.compile(r"(?:[A-Z][a-z]+[\s-]){1,3}[A-Z][a-z]+")
"""A number word with a capital before a capital is part of a name: "the Five Year Plan"."""
_AND_AHEAD = re.compile(r"([a-z]+)\sand\s?$", re.IGNORECASE)
_TEN_THOUSAND = 10_000
"""Below it "k" is the name of a format ("4K") more often than a thousand."""
_HUNDRED = 100
"""From here on a number in words is large; so many pence are a pound, and "120p" counts pages."""
_LOOK_BACK = 40


def amounts(words: str, places: Iterable[int] | None = None, language: str = "en") -> list[Amount]:
    """The numbers in `words` that may be quantities, in order; names of years, dates, sections and the like are left out.

    `places` are the `number_places` of `words`, where the caller knows them.
    """
    known = units(language)
    skipped = sorted(unread(words), reverse=True)
    read_from = 0
    found: list[Amount] = []
    named_end = -1
    for match in _numbers(words, number_places(words, language) if places is None else places, language):
        while skipped and skipped[-1][0] <= match.start():
            read_from = max(read_from, skipped.pop()[1])
        if match.start() < read_from:
            continue
        if _is_named(words, match, named_end, known):
            named_end = match.end()
            continue
        found.extend(_read(words, match, known))
    return list(_without_telephones(words, found))


def _is_named(words: str, match: re.Match[str], named_end: int, known: Units) -> bool:
    """Whether a number is only a name, by itself or as the second of two whose first, which ended at `named_end`, was one."""
    if not match["digits"]:
        return match["words"] is not None and is_numbered(words, match, known)
    is_pair = named_end >= 0 and _LABELLED_PAIR.fullmatch(words, named_end, match.start()) is not None
    return (is_pair and is_bare(words, match)) or is_name(words, match, known)


def _numbers(words: str, places: Iterable[int], language: str) -> Iterator[re.Match[str]]:
    pattern = amount_pattern(language)
    end = 0
    for place in places:
        match = pattern.match(words, place) if place >= end else None
        if match:
            end = match.end()
            yield match


def _read(words: str, match: re.Match[str], known: Units) -> Iterator[Amount]:
    read = next(reader for group, reader in _READERS if match[group] is not None)
    return read(words, match, known)


def rate_unit(base: str, known: Units) -> str:
    """The unit of a rate: "per 1,000" for "1000" and "thousand"."""
    return f"per {int(_value(base.lower().removeprefix('a ').removeprefix('an '), known)):,}"


def _in_parts(words: str, match: re.Match[str], known: Units) -> Iterator[Amount]:
    if _is_share(words, match, known):
        many = match["many"] or "one"
        count = 1.0 if many.lower() in {"a", "an"} else _value(many, known)
        yield from _share(match, count, known.parts[match["parts"].lower()])


def _of_whole(words: str, match: re.Match[str], known: Units) -> Iterator[Amount]:
    if not is_score(words, match, known):
        yield from _share(match, _value(match["part"], known), _value(match["whole"], known))


def _share(match: re.Match[str], part: float, whole: float) -> Iterator[Amount]:
    if 0 < part < whole and not 1900 <= whole < 2100:
        yield Amount(match.start(), match.end(), round(100 * part / whole, 1), "share")


def _in_pieces(_words: str, match: re.Match[str], known: Units) -> Iterator[Amount]:
    many = (match["pieces"] or "a").lower()
    count = (1.0 if many in {"a", "an"} else _value(many, known)) * (0.5 if match["piece"].lower() == "half" else 0.25)
    scale = known.scales[match["pieced"].lower()]
    yield Amount(match.start(), match.end(), float(count * scale), "words", scale=scale, is_large=True)


def _scaled_article(_words: str, match: re.Match[str], known: Units) -> Iterator[Amount]:
    scale = known.scales[match["article"].lower()]
    yield Amount(match.start(), match.end(), float(scale), "words", scale=scale, is_large=scale >= _HUNDRED)


def _article(_words: str, match: re.Match[str], _known: Units) -> Iterator[Amount]:
    yield Amount(match.start(), match.end(), 1.0, "article")


def _folds(_words: str, match: re.Match[str], known: Units) -> Iterator[Amount]:
    yield Amount(match.start(), match.end(), _value(match["fold"], known), "digits", "times")


def _rate(_words: str, match: re.Match[str], known: Units) -> Iterator[Amount]:
    yield Amount(match.start(), match.end(), _value(match["rate"], known), "digits", rate_unit(match["base"], known))


def _vulgar(words: str, match: re.Match[str], _known: Units) -> Iterator[Amount]:
    """A fraction in one character: of something a share, else a part of a unit ("½ hour")."""
    value = VULGAR[match["fraction"]]
    if words[match.end() :].lstrip().startswith("of"):
        yield Amount(match.start(), match.end(), round(100 * value, 1), "share")
    else:
        yield Amount(match.start(), match.end(), value, "digits")


def _over(_words: str, match: re.Match[str], _known: Units) -> Iterator[Amount]:
    yield from _share(match, float(match["over"]), float(match["under"]))


def _in_words(words: str, match: re.Match[str], known: Units) -> Iterator[Amount]:
    if _NAMED.match(words, match.start()):
        return
    value = _value(match["words"], known) + (0.5 if match["half"] else 0)
    scale = known.scales[match["half_scale"].lower()] if match["half_scale"] else 1
    value *= scale
    yield Amount(match.start(), match.end(), value, "words", scale=scale, is_large=value >= _HUNDRED)


def _in_digits(_words: str, match: re.Match[str], known: Units) -> Iterator[Amount]:
    name = (match["scale"] or match["glued"] or "").lower()
    value = _value(match["digits"], known) + (0.5 if match["digits_half"] else 0)
    value += VULGAR[match["vulgar"].strip()] if match["vulgar"] else 0
    if name == "p" and value < _HUNDRED:
        yield Amount(match.start(), match.end(), round(value / _HUNDRED, 6), "digits", "GBP")
        return
    scale = known.scales.get(name, 1)
    currency = known.currencies[match["currency"].lower()] if match["currency"] else None
    value = round(value * scale, 6)
    start = match.start("currency") if match["currency"] else match.start("digits")
    is_scaled = scale > 1 and (name != "k" or value >= _TEN_THOUSAND)
    is_large = is_scaled or "," in match["digits"] or currency is not None
    yield Amount(start, match.end(), value, "digits", currency, scale, is_large)


_READERS: tuple[tuple[str, Callable[[str, re.Match[str], Units], Iterator[Amount]]], ...] = (
    ("parts", _in_parts),
    ("part", _of_whole),
    ("pieced", _in_pieces),
    ("article", _scaled_article),
    ("single", _article),
    ("fold", _folds),
    ("rate", _rate),
    ("fraction", _vulgar),
    ("over", _over),
    ("words", _in_words),
    ("digits", _in_digits),
)
"""For the group of the pattern that tells a shape: what reads it."""


def _value(spelling: str, known: Units) -> float:
    """The value of digits with separators, or of number words: "two hundred and five" is 205."""
    if spelling[0].isdigit() or spelling[0] == ".":
        return float(_SEPARATOR.sub("", spelling))
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
        is_left = any(f" {before}".endswith(f" {phrase}") for phrase in known.half.not_after)
        return not (is_bound or is_left or _adds_a_half(before, match, known))
    if match["plural"]:
        return match["many"] is not None and match["many"].lower() not in {"a", "an"}
    following = after.lstrip()
    is_ended = not following or (not following[0].isalnum() and not after.startswith("-"))
    return match["many"] is not None and (is_ended or (following.split(maxsplit=1)[0].strip(".,;:()") in known.part.before))


def _adds_a_half(before: str, match: re.Match[str], known: Units) -> bool:
    """Whether "a half" goes on with a number or a unit: "a year and a half"."""
    ahead = _AND_AHEAD.search(before) if match["many"] else None
    return ahead is not None and (ahead[1] in times() or ahead[1] in known.cardinals or ahead[1] in known.scales)


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
