"""Whether our words say of a number what the original's words say: value, unit, what is counted, qualifier.

Pure: strings in, (code, message) out; `kb.check.digests` says which words and where.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kb.model import Span
from kb.model.records import Qualifier
from kb.text.numbers import Quantity, quantities

ENOUGH_SHARED = 2
STEM = 5
"""Letters at the head of a word that make it the same word: "clinics" and "clinical" agree, "clinic" and "client" do not."""
MEASURES = frozenset({"%", "years", "months", "weeks", "days", "hours", "minutes"})
# "2016/17" and "361-67" are one label each, so that no part of them can vouch for a count.
_NUMBER = re.compile(r"(?<!\d)(?<!\d[.,/–-])\d+(?:[.,/–-]\d+)*")
# Words of four letters, abbreviations and numbers: what is left when the function words are gone.
_CONTENT = re.compile(r"[^\W\d_]{4,}|[A-Z]{2,}|\d{2,}")

Fault = tuple[str, str]
"""A code of `kb.check.digests` and what is wrong."""


def faults(words: str, held: Sequence[str]) -> Iterator[Fault]:
    """What `words` say and none of `held`, the original's words they rest on, does.

    >>> list(faults("Of 30 clinics 60% are open.", ["In up to 60% of the 30 clinics the door is open."]))
    [('E315', "'60%' is unqualified here, 'up to' there")]
    """
    yield from _other_words(words, held)
    yield from _other_quantities(words, held)
    yield from _other_labels(words, held)


def _other_words(words: str, held: Sequence[str]) -> Iterator[Fault]:
    ours, theirs = _stems(words), _stems(" ".join(held))
    if len(ours & theirs) < min(ENOUGH_SHARED, len(ours)):
        yield "E312", "its places in the original share no words with it; point at the words it rests on"


def _stems(words: str) -> frozenset[str]:
    return frozenset(word.casefold()[:STEM] for word in _CONTENT.findall(words))


def _other_quantities(words: str, held: Sequence[str]) -> Iterator[Fault]:
    said = quantities(words, _whole(words))
    theirs = [quantity for place in held for quantity in quantities(place, _whole(place))]
    for ours in said:
        shown = ours.span.of(words)
        equal = [quantity for quantity in theirs if _is_same_value(ours, quantity)]
        alike = [quantity for quantity in equal if _is_same_unit(ours, quantity, held)]
        if not equal and not _is_as_written(ours, shown, held):
            yield "E313", f"{shown!r} does not stand in its places"
        elif equal and not alike:
            yield "E314", f"{shown!r} counts {ours.unit!r} here, {equal[0].unit!r} there"
        elif alike:
            yield from _other_qualifier(ours, shown, alike, [quantity for quantity in said if _is_same_value(ours, quantity)])


def _other_qualifier(ours: Quantity, shown: str, alike: Sequence[Quantity], repeated: Sequence[Quantity]) -> Iterator[Fault]:
    """A qualifier that no equal quantity has there, or fewer have than here while one with another qualifier is left over."""
    there = Counter(quantity.qualifier for quantity in alike)
    here = Counter(quantity.qualifier for quantity in repeated)
    left = next(iter(there - here), ours.qualifier)
    if not there[ours.qualifier] or (here[ours.qualifier] > there[ours.qualifier] and left != ours.qualifier):
        yield "E315", f"{shown!r} is {_named(ours.qualifier)} here, {_named(left)} there"


def _whole(words: str) -> Span:
    return Span(0, len(words))


def _named(qualifier: Qualifier | None) -> str:
    return repr(qualifier) if qualifier else "unqualified"


def _is_as_written(ours: Quantity, shown: str, held: Sequence[str]) -> bool:
    """Whether a bare count of ours, without scale, stands there as a label, a key or a date, which are no quantities."""
    number = shown.split(maxsplit=1)[0]
    is_bare = not _is_measured_in(ours.unit) and number.replace(",", "") == str(ours.value).removesuffix(".0")
    return is_bare and number in _numbers(held)


def _is_same_value(ours: Quantity, theirs: Quantity) -> bool:
    pairs = zip(_bounds(ours), _bounds(theirs), strict=True)
    return all(math.isclose(one, other, rel_tol=1e-6) for one, other in pairs)


def _bounds(quantity: Quantity) -> tuple[float, float]:
    return quantity.value if isinstance(quantity.value, tuple) else (quantity.value, quantity.value)


def _is_same_unit(ours: Quantity, theirs: Quantity, held: Sequence[str]) -> bool:
    """Measures and currencies must be the same; what is counted must be named in the places too."""
    if _is_measured_in(ours.unit) or _is_measured_in(theirs.unit):
        return ours.unit == theirs.unit
    return ours.noun is None or _stems(ours.unit) <= _stems(" ".join(held))


def _other_labels(words: str, held: Sequence[str]) -> Iterator[Fault]:
    """Numbers that measure nothing (years, labels, parts of identifiers) stand in the places as written, measuring nothing."""
    measured = [quantity.span for quantity in quantities(words, _whole(words))]
    for match in _NUMBER.finditer(words):
        is_measured = any(span.overlaps(Span(*match.span())) for span in measured)
        if not is_measured and match[0] not in _numbers(held):
            yield "E313", f"{match[0]!r} does not stand in its places"


def _numbers(held: Sequence[str]) -> frozenset[str]:
    return frozenset(
        match[0] for place in held for match in _NUMBER.finditer(place) if not _is_measure(place, Span(*match.span()))
    )


def _is_measure(place: str, number: Span) -> bool:
    found = quantities(place, _whole(place))
    return any(quantity.span.overlaps(number) and _is_measured_in(quantity.unit) for quantity in found)


def _is_measured_in(unit: str) -> bool:
    return unit in MEASURES or unit.isupper()
