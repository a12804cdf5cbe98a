"""What a recommendation rests on, as its text says, and whom it is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import msgspec

from kb.extract.references.nice_codes import nice_codes
from kb.model import Basis, Span
from kb.model.records import BasisKind
from kb.vocabulary.data import load_as

_SIGN = re.compile(r"\bSIGN\s?(?:guidelines?\s)?(?P<number>\d{2,3})\b")
_WORD = re.compile(r"[^\W_](?:[\w/&'’-]*[^\W_])?")
_GAP = re.compile(r"\s+")
_BRACKET = re.compile(r"[(\[][^()\[\]]{0,40}$")
_OF_WHOM = r"(?:\sof\sthe\s[A-Z][\w-]+)?"
"""Whose word it is: "consensus of the ETG"."""
_INSIDE = re.compile(r"\b(?:at|by|for|from|in|of|to|with)\s(?:an?\s|the\s)?$", re.IGNORECASE)
"""What stands behind these is no subject."""
_CLAUSE = re.compile(r"[^\w\s/&'’-]")
_FOR = re.compile(r"\bfor\s(?:an?\s|the\s)?$", re.IGNORECASE)
_TO = re.compile(r"\sto\s[a-z]")
_REACH = 60
"""Code points before and behind a name in which its ties to the recommendation stand."""
_TRAILING = frozenset({"a", "an", "and", "of", "on", "or", "the", "who", "with"})
_NEED_TO = re.compile(r"needs?\s+to\b")
_MOST_WORDS, _SHORT_CELL = 10, 12
_MODIFIERS = 3


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The data file; it says what each list is for."""

    guideline: tuple[str, ...]
    trial: tuple[str, ...]
    consensus: tuple[str, ...]
    bodies: tuple[str, ...]
    resting_before: tuple[str, ...]
    between: tuple[str, ...]
    resting_after: tuple[str, ...]
    resting_forms: tuple[str, ...]
    denying: tuple[str, ...]
    cared_for: tuple[str, ...]
    conduct: tuple[str, ...]
    saying_more: tuple[str, ...]
    laying: tuple[str, ...]
    articles: frozenset[str]
    ending: frozenset[str]


@cache
def _words() -> _Words:
    return load_as("recommendations", _Words)


def basis_of(text: str, sentence: Span, introducing: Iterable[Span] = (), *, cells: Iterable[Span] = ()) -> Basis:
    """What a recommendation at `sentence` rests on: a guideline, trials, a consensus, or "not-stated".

    In running text, and in what introduces it, nearest first, the words must tie it to what is recommended: "in line with",
    "(NICE CG53)", "guidelines advise". A short one of the `cells` of its row need only name it.
    """
    places = [(sentence, False), *((cell, len(cell.of(text).split()) <= _SHORT_CELL) for cell in cells)]
    for place, is_label in [*places, *((near, False) for near in introducing)]:
        for found in _named(text, place):
            if is_label or _is_tied(text, place, found):
                return found
    return Basis(kind="not-stated")


def _named(text: str, place: Span) -> Iterator[Basis]:
    """What is named there, guidelines by their code first, the weightier kinds before the others."""
    words = place.of(text)
    for code in nice_codes(words):
        yield Basis(kind="guideline", span=code.span.shifted(place.start), code=code.code.upper())
    for sign in _SIGN.finditer(words):
        yield Basis(kind="guideline", span=Span(*sign.span()).shifted(place.start), code=f"SIGN {sign['number']}")
    for kind, pattern in _names():
        for match in pattern.finditer(words):
            yield Basis(kind=kind, span=Span(*match.span()).shifted(place.start))


def _is_tied(text: str, place: Span, found: Basis) -> bool:
    span = found.span or place
    before = _GAP.sub(" ", text[max(place.start, span.start - _REACH) : span.start])
    behind = _GAP.sub(" ", text[span.end : min(place.end, span.end + _REACH)])
    if _denied().search(before):
        return False
    is_bracketed = found.code is not None and _BRACKET.search(before) is not None
    return is_bracketed or _tied_before().search(before) is not None or _tied_behind().match(behind) is not None


def for_whom(text: str, places: Iterable[Span]) -> str | None:
    """Whose care or conduct is meant: the first people named more closely, else who has the duty, in the source's words.

    `places` are the sentence and what introduces it; the first that names anybody counts.

    >>> for_whom("GPs should write down what they see.", [Span(0, 36)])
    'GPs'
    >>> for_whom("Offer rest to patients with gout in May.", [Span(0, 40)])
    'patients with gout'
    """
    for place in places:
        words = place.of(text)
        named = _cared_for(words) or _bound(words)
        if named:
            return named
    return None


def _cared_for(words: str) -> str | None:
    """People with something said more of them: "patients with gout"."""
    match = _people().search(words)
    phrase = _until_end(words, match.start(), match.end()) if match else ""
    return phrase if " " in phrase else None


def _until_end(words: str, start: int, end: int) -> str:
    """The words from `start`, on behind `end` up to a mark or a word that begins the predicate."""
    is_clause = words[start:end].endswith("who")
    for number in range(_MOST_WORDS):
        gap = _GAP.match(words, end)
        word = _WORD.match(words, gap.end()) if gap else None
        if word is None or (not (is_clause and number == 0) and _ends(words, word)):
            break
        end = word.end()
    kept = words[start:end].split()
    while kept[-1].lower() in _TRAILING:
        kept.pop()
    return " ".join(kept)


def _ends(words: str, word: re.Match[str]) -> bool:
    return word.group().lower() in _words().ending or _NEED_TO.match(words, word.start()) is not None


def _bound(words: str) -> str | None:
    """Those who have the duty: "GPs should", "it is good practice for boards to"."""
    for head in _heads().finditer(words):
        near = words[max(0, head.start() - _REACH) : head.start()]
        whom = _with_modifiers(near, head.group())
        before = near[: len(near) + len(head.group()) - len(whom)]
        if _laid().match(words, head.end()) and not _INSIDE.search(before):
            return whom
        if _FOR.search(before) and _TO.match(words, head.end()):
            return whom
    return None


def _with_modifiers(near: str, head: str) -> str:
    """A head noun with the words right before it that may stand in its phrase, its article left out."""
    kept = [head]
    for word in reversed(_WORD.findall(_CLAUSE.split(near)[-1])[-_MODIFIERS:]):
        if word.lower() in _words().ending | _words().articles | _TRAILING:
            break
        kept.insert(0, word)
    return " ".join(kept)


def _any_of(phrases: Sequence[str]) -> str:
    """One alternative for each phrase, the longest first, blanks of every kind between words."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+").replace(r"\-", "[-‐‑–]") for phrase in longest_first)


@cache
def _names() -> tuple[tuple[BasisKind, re.Pattern[str]], ...]:
    words = _words()
    kinds: tuple[tuple[BasisKind, Sequence[str]], ...] = (
        ("guideline", (*words.guideline, *words.bodies)),
        ("trial", words.trial),
        ("consensus", words.consensus),
    )
    return tuple((kind, re.compile(rf"\b(?:[A-Z]{{2,6}}\s)?(?i:{_any_of(names)})\b{_OF_WHOM}")) for kind, names in kinds)


@cache
def _tied_before() -> re.Pattern[str]:
    words = _words()
    return re.compile(rf"\b(?:{_any_of(words.resting_before)})\s(?:(?:{_any_of(words.between)})\s){{0,4}}$", re.IGNORECASE)


@cache
def _tied_behind() -> re.Pattern[str]:
    words = _words()
    return re.compile(rf"(?:{_any_of(words.resting_forms)})\b|\s(?:{_any_of(words.resting_after)})\b", re.IGNORECASE)


@cache
def _denied() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any_of(_words().denying)}|\w+n['’]t)\s(?:[\w-]+\s){{0,3}}$", re.IGNORECASE)


@cache
def _people() -> re.Pattern[str]:
    words = _words()
    return re.compile(rf"\b(?:{_any_of(words.cared_for)})\s+(?:{_any_of(words.saying_more)})(?=\s)", re.IGNORECASE)


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any_of((*_words().cared_for, *_words().conduct))})\b", re.IGNORECASE)


@cache
def _laid() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\s(?:also|all|always|either|now|still|then|therefore))?\s+(?:{_any_of(_words().laying)})\b", re.IGNORECASE
    )
