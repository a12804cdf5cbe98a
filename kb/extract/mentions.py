"""Mentions: the words that name a condition or an umbrella category, wherever they stand in a passage.

The longest label wins, names of organisations among them, which then mention nothing. What an abbreviation means in this
document goes before what the vocabulary says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from kb.extract.found import Found
from kb.extract.labels import Label, begins_label, holds_beginning, known_acronyms, short_labels, term_index
from kb.extract.prepared import Prepared
from kb.model import Mention, Span
from kb.text.abbreviations import bare_short
from kb.text.terms import Match, key_of, words
from kb.vocabulary import Guard, guards

_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\]\([^()\s]+\)|(?<![^\s@])[^\s@]{1,64}@[^\s@]{1,200}\.[^\s@]+"
    r"|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/\S*|#\w+"
)
_ADDRESS_SIGN = re.compile(r"://|www\.|\]\(|[@#/]")
"""What every address holds."""
_COORDINATED = re.compile(r"(?:[ ,;/()&]|\band\b|\bor\b|\be\.?g\.?)*")
_WORD_BEFORE = re.compile(r"(?<![^\W_])([^\W\d_]{2,}) +$")
_WORD_AFTER = re.compile(r" +([^\W\d_]{2,})")
_REMEMBERED = 1 << 12
_BESIDE = 40
"""Code points before and behind a label that guards look at."""
_POINTING_BACK = frozenset({"their", "his", "her", "my", "our", "your", "this", "the", "that", "in"})


class Named(NamedTuple):
    """A place where a label stands."""

    span: Span
    concept: str | None
    rule: str
    confidence: float


_CONFIDENCE = {"label": 0.97, "acronym": 0.9, "local": 0.9, "typo": 0.7, "joined": 0.7, "short": 0.6}
RULES = tuple(f"mention/{kind}" for kind in _CONFIDENCE)
"""Every rule a mention may have."""


def extract(found: Found) -> Iterator[Mention]:
    """Every mention outside addresses, in text order, as it stands: plural and possessive endings belong to it."""
    for candidates in _candidates(found.prepared):
        for named in _settled(found.prepared.folded, candidates):
            if named.concept is not None:
                yield Mention(span=named.span, rule=named.rule, confidence=named.confidence, concept=named.concept)


def _candidates(prepared: Prepared) -> Iterable[list[Named]]:
    """For each passage that holds one: the places where a label may stand, organisations included; they may overlap."""
    labels = _Labels(prepared)
    by_passage: dict[str, list[Named]] = {}
    for word in _first_words(prepared.folded, labels.own):
        passage = prepared.passage_at(word.start)
        if passage is not None:
            matches = labels.at(word, passage.span.end)
            candidates = [named for match in matches if (named := _named(prepared.folded, passage.span, match)) is not None]
            by_passage.setdefault(passage.id, []).extend(candidates)
    return by_passage.values()


def _first_words(folded: str, own: frozenset[str]) -> Iterator[Span]:
    """The words with which a label may begin, or that are an abbreviation among `own`."""
    forms = {form for short in own for form in (short, f"{short}s", f"{short}'s")}
    for spelling in _telling(folded, own):
        for word in words(folded, spelling):
            if begins_label(word[0]) or word[0] in forms:
                yield Span(*word.span())


def _telling(folded: str, own: frozenset[str]) -> Iterator[Span]:
    """What stands between two blanks and may hold such a word; each spelling is looked at once."""
    spellings = folded.split(" ")
    telling = {each for each in set(spellings) if holds_beginning(each) or any(short in each for short in own)}
    start = 0
    for spelling in spellings:
        if spelling in telling:
            yield Span(start, start + len(spelling))
        start += len(spelling) + 1


class _Labels:
    """What may be named in one document: the vocabulary's labels and the abbreviations of its own."""

    def __init__(self, prepared: Prepared) -> None:
        self._folded = prepared.folded
        self._local = prepared.local_terms.concepts
        self.own = frozenset(short for short, concept in self._local.items() if concept is not None) - known_acronyms()
        self._addresses = _addresses(prepared.folded)
        self._address_starts = [address.start for address in self._addresses]
        self._end = 0
        """Where the last label of the vocabulary ended: none begins before."""

    def at(self, word: Span, end: int) -> Iterator[Match[Label]]:
        """The longest label of the vocabulary that begins with `word` and ends before `end`, and the abbreviation that it is."""
        limit = self._limit(word, end)
        if word.end > limit:
            return
        match = term_index().longest_from(self._folded, word, limit) if word.start >= self._end else None
        short = bare_short(word.of(self._folded)) if self._local else ""
        if match is not None:
            self._end = match.span.end
            if match.words > 1 or short not in self._local:
                yield match
            elif self._local[short] is not None:
                yield Match(Label(self._local[short], "local"), match.span, 1)
        if short in self.own:
            yield Match(Label(self._local[short], "local"), word, 1)

    def _limit(self, word: Span, end: int) -> int:
        """Where a label that begins with `word` must end: at `end`, or before the next address; at once inside one."""
        following = bisect_right(self._address_starts, word.start)
        if following and self._addresses[following - 1].end > word.start:
            return word.start
        return min([end, *self._address_starts[following : following + 1]])


def _addresses(folded: str) -> list[Span]:
    """Where addresses stand, which mention nothing, in text order."""
    places: list[Span] = []
    end = 0
    for sign in _ADDRESS_SIGN.finditer(folded):
        if sign.start() >= end:
            start = folded.rfind(" ", end, sign.start()) + 1 or end
            end = folded.find(" ", sign.end())
            end = end if end >= 0 else len(folded)
            places += [Span(*match.span()) for match in _ADDRESS.finditer(folded, start, end)]
    return places


def _named(folded: str, span: Span, match: Match[Label]) -> Named | None:
    guard = _guard_of(match.span.of(folded)) if match.words == 1 else None
    if guard is not None and not _lets_pass(guard, folded, span, match.span):
        return None
    kind = "typo" if match.has_typo else match.value.kind
    return Named(match.span, match.value.concept, f"mention/{kind}", _CONFIDENCE.get(kind, 1.0))


@lru_cache(_REMEMBERED)
def _guard_of(word: str) -> Guard | None:
    return guards().get(bare_short(word.replace(".", "")))


def _lets_pass(guard: Guard, folded: str, span: Span, place: Span) -> bool:
    before = folded[max(span.start, place.start - _BESIDE) : place.start]
    after = folded[place.end : min(span.end, place.end + _BESIDE)]
    not_behind, not_before = _refusing(guard)
    if not_behind.search(before) or not_before.match(after):
        return False
    return guard.shouting or not _is_shouting(before, after)


@cache
def _refusing(guard: Guard) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What must not stand right before and right behind a label; a pattern that never matches where nothing must not."""
    never = r"(?!)"
    return re.compile(f"(?:{guard.before or never})$"), re.compile(guard.after or never)


def _is_shouting(before: str, after: str) -> bool:
    """Whether the words beside a place are ordinary words in capitals: "HELP ME NOW"."""
    beside = [match[1] for match in (_WORD_BEFORE.search(before), _WORD_AFTER.match(after)) if match is not None]
    return bool(beside) and all(word.isupper() and word not in known_acronyms() for word in beside)


def _settled(folded: str, candidates: list[Named]) -> list[Named]:
    """Those of one passage that stay, in text order: none overlaps another, no joined label stands alone, short ones are read."""
    ordered = sorted(candidates, key=lambda named: (named.span, named.rule))
    kept: list[Named] = []
    for position, named in enumerate(ordered):
        following = ordered[position + 1 : position + 2]
        if kept and kept[-1].span.overlaps(named.span):
            continue
        if named.rule == "mention/joined" and not _stands_beside(folded, named, [*kept[-1:], *following]):
            continue
        kept.append(_short_form(folded, named, kept))
    return kept


def _stands_beside(folded: str, named: Named, neighbours: list[Named]) -> bool:
    for other in neighbours:
        left, right = sorted((named.span, other.span))
        if other.concept is not None and _COORDINATED.fullmatch(folded, left.end, max(left.end, right.start)):
            return True
    return False


def _short_form(folded: str, named: Named, before: list[Named]) -> Named:
    """`named`, or what it is short for: "their pain" after "chronic pain"."""
    concepts_of_form = short_labels().get(key_of(named.span.of(folded)), ())
    previous = folded[max(0, named.span.start - 12) : named.span.start].lower().split() if concepts_of_form else []
    if not previous or previous[-1] not in _POINTING_BACK:
        return named
    said = {other.concept for other in before}
    for concept in concepts_of_form:
        if concept in said:
            return Named(named.span, concept, "mention/short", _CONFIDENCE["short"])
    return named
