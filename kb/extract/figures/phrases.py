"""Noun phrases around a figure: where the words for whom it is of begin and end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import msgspec

from kb.model import Span
from kb.text.folding import LETTERS
from kb.text.numbers import Quantity
from kb.vocabulary.figure_words import figure_words
from kb.vocabulary.units import units

SAME = re.compile(r"\s{0,2}[(\[]\s?(?:i\.e\.,?\s|or\s|that\sis,?\s)?(?:[\w-]+\s){0,3}")
"""What stands between a figure and the same one in brackets."""
PART_OF = re.compile(r"[\s)]{0,3}(?:out\s)?of\s(?:(?:all|the|these|those|their|our|its)\s){0,2}")
"""What stands between a figure and the whole it is a part of."""
LISTED = re.compile(r"(?:,\s|,?\s(?:and|or)\s)(?:[\w-]+\s){0,3}")
"""What stands between two figures of a list: a comma or "and", and qualifiers."""
NEXT_WORD = re.compile(r"\s{0,9}([A-Za-z0-9][\w/&'’-]*\+?)")
_BLANK = re.compile(r"\s+")
_CLAUSE_END = re.compile(r"[,;:.!?()](?:\s|$)")
_BOUNDED = frozenset({"above", "age", "aged", "below", "grade", "group", "of", "over", "phase", "stage", "than", "type", "under"})
_OPEN_ENDS = frozenset({"over", "above", "older", "under", "below", "younger"})
_OLDER = frozenset({"older", "younger"})
_JOINING = frozenset({"and", "or"})
_RELATIVES = frozenset({"who", "that", "which"})
_ARTICLES = frozenset({"a", "an", "the"})
_MOST_WORDS, _FIRST_WORDS = 14, 4
_LOOK_AHEAD = 160
_BRACKET = 2
"""Code points between a figure and the same one in brackets."""


class Stated(msgspec.Struct, frozen=True):
    """A quantity in its sentence, between the end of the one before (`since`) and the start of the next (`until`).

    `first` is where the first of the sentence begins, `second` where the next begins that does not follow it in brackets, or
    the sentence ends.
    """

    quantity: Quantity
    sentence: Span
    since: int
    until: int
    first: int
    second: int

    @property
    def start(self) -> int:
        """Where its number begins."""
        return self.quantity.span.start

    @property
    def end(self) -> int:
        """Where its unit ends."""
        return self.quantity.span.end


def in_sentence(quantities: Sequence[Quantity], sentence: Span) -> list[Stated]:
    """The quantities of a sentence, each with how far it may look to both sides."""
    ends = [sentence.start, *(one.span.end for one in quantities)]
    starts = [*(one.span.start for one in quantities), sentence.end]
    apart = (two.span.start for one, two in pairwise(quantities) if two.span.start - one.span.end > _BRACKET)
    second = next(apart, sentence.end)
    return [Stated(one, sentence, ends[at], starts[at + 1], starts[0], second) for at, one in enumerate(quantities)]


def word_after(text: str, place: int, end: int) -> str:
    """The next word in lower case, or "" at a mark or the end."""
    match = NEXT_WORD.match(text, place, end)
    return match[1].lower() if match else ""


def names(phrase: str, heads: frozenset[str]) -> bool:
    """Whether one of the words is among `heads`."""
    return not heads.isdisjoint(phrase.lower().split())


def opens_with(phrase: str | None, heads: frozenset[str]) -> bool:
    """Whether one of the first words is among `heads`: the phrase is about them, and does not only mention them."""
    return phrase is not None and names(" ".join(phrase.split()[:_FIRST_WORDS]), heads)


def phrase_from(text: str, start: int, end: int, *, is_absolute: bool = False) -> str | None:
    """The words from `start` up to a mark, a number or a word that begins the predicate; a clause with "who" belongs to them.

    `is_absolute` says that a participle there says what happens to them ("with half of them recovering").
    """
    words = _Phrase(text, start, end, is_absolute)
    for match in islice(NEXT_WORD.finditer(text, start, min(end, start + _LOOK_AHEAD)), _MOST_WORDS):
        if match.start() != words.end or not words.takes(match[1], match.end()):
            break
        words.end = match.end()
    kept = _BLANK.split(text[start : words.end].strip())
    trailing = figure_words().trailing
    while kept and kept[-1].lower() in trailing and not _is_open_end(kept):
        kept.pop()
    return " ".join(kept) or None


def _is_open_end(kept: list[str]) -> bool:
    """Whether the last words are those of "aged 75 and over"."""
    return len(kept) > 2 and kept[-3][:1].isdigit() and kept[-2].lower() in {"and", "or"} and kept[-1].lower() in _OPEN_ENDS


def _rest_of_clause(text: str, start: int, end: int) -> list[str]:
    stop = _CLAUSE_END.search(text, start, min(end, start + _LOOK_AHEAD))
    return LETTERS.findall(text[start : stop.start() if stop else min(end, start + _LOOK_AHEAD)].lower())


@dataclass
class _Phrase:
    """A noun phrase on its way, word by word."""

    text: str
    end: int
    stop: int
    is_absolute: bool
    before: str = ""
    verb: str = ""
    """The verb of a clause inside the phrase; its object may begin with an article."""
    is_clause: bool = False
    """Whether the last words are "who" and auxiliaries right behind it: a verb must follow."""
    has_clause: bool = False

    def takes(self, word: str, word_end: int) -> bool:
        """Whether the next word, which ends there, belongs to the phrase."""
        lower = word.lower()
        words = figure_words()
        if lower in _RELATIVES and self.before and not self.has_clause:
            self.is_clause = self.has_clause = True
        elif self.is_clause:
            self.is_clause = lower in words.auxiliaries or lower.endswith("ly")
            self.verb = lower
        elif self._is_participle(lower):
            if not self._belongs(lower, word_end):
                return False
            self.has_clause, self.verb = True, lower
        elif self._is_ended_by(word, lower, word_end):
            return False
        self.before = lower
        return True

    def _is_participle(self, lower: str) -> bool:
        words = figure_words()
        is_past = lower.endswith("ed") or lower in words.participles
        return self.before in words.people and (lower.endswith("ing") or is_past) and lower != "aged"

    def _belongs(self, lower: str, word_end: int) -> bool:
        """Whether a participle behind people says who they are: no verb needs it."""
        words = figure_words()
        later = _rest_of_clause(self.text, word_end, self.stop)
        if lower.endswith("ing"):
            return not self.is_absolute or any(word.endswith("ing") and word != lower for word in later)
        is_verb = lower in words.ends and lower.endswith("ed")
        return self.before == "those" or (not is_verb and not words.finite.isdisjoint(later))

    def _is_ended_by(self, word: str, lower: str, word_end: int) -> bool:
        words = figure_words()
        if self.before in words.people and not self._goes_on(lower, word_end):
            return True
        if lower in _JOINING and not self.has_clause and self._begins_predicate(word_after(self.text, word_end, self.stop)):
            return True
        if lower in _ARTICLES:
            return bool(self.before) and self.before not in words.before_article and self.before != self.verb
        is_end = lower in words.ends and not (lower == "than" and self.before in _OLDER)
        is_number = lower[0].isdigit() and self.before not in _BOUNDED
        tells = self.is_absolute and lower.endswith("ing") and (self.has_clause or self.before in _OPEN_ENDS)
        is_month = lower in units().words.months and word[0].isupper() and self.before in {"in", "by", "since", "from", "until"}
        return is_end or is_number or tells or is_month

    def _goes_on(self, lower: str, word_end: int) -> bool:
        """Whether a word right behind people still says who they are: "visitors to the line", not "visitors to see"."""
        words = figure_words()
        is_towards = lower == "to" and word_after(self.text, word_end, self.stop) in _ARTICLES
        return is_towards or lower in words.continuing or lower in words.people or lower.endswith("ly")

    def _begins_predicate(self, following: str) -> bool:
        words = figure_words()
        return following.endswith("ed") or following in words.ends or following in words.finite
