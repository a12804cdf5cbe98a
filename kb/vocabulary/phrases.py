"""Finds the phrases of many lists in a sentence at once, looking each word up instead of trying each phrase.

A phrase is written in lower case with plain apostrophes. "*" stands for the rest or the beginning of a word, "_" for one to three
words, "^" for the start of the sentence; "is/are" is one word or the other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import NamedTuple

_TOKEN = re.compile(r"(?<=\w)'\w+|\w+(?:-\w+)*|[^\w\s]")
_WIDEST_GAP = 3
_IN_GAPS = frozenset(",.%£-")
"""Marks that may stand among the words of a gap."""
_MOST_KNOWN = 20_000
"""Words remembered with the phrases that may begin with them; then memory is freed."""


def tokens_of(words: str) -> list[str]:
    """Words and marks in lower case; what stands behind an apostrophe is a token of its own.

    >>> tokens_of("They don’t self-report, says Ann’s team.")
    ['they', 'don', "'t", 'self-report', ',', 'says', 'ann', "'s", 'team', '.']
    """
    return _TOKEN.findall(words.lower().replace("’", "'"))


class _Phrase(NamedTuple):
    """What must follow a first word that fits, and the list the phrase is of."""

    listed: str
    rest: tuple[str, ...]
    is_first: bool
    """Whether it must begin the sentence."""


class _Beginnings(NamedTuple):
    """The phrases that one word may begin: those with a plain second word by that word, and the others."""

    before: dict[str, tuple[_Phrase, ...]]
    others: tuple[_Phrase, ...]


class Phrases:
    """Phrases in named lists.

    >>> phrases = Phrases({"blame": ["fail* to", "bad"], "duty": ["^do", "must _ be *ed"]})
    >>> phrases.found_in(tokens_of("They failed to see what must, in time, be changed, and fail to say so."))
    {'blame': ['failed to', 'fail to'], 'duty': ['must , in time , be changed']}
    """

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._whole: defaultdict[str, list[_Phrase]] = defaultdict(list)
        self._stems: defaultdict[str, list[_Phrase]] = defaultdict(list)
        self._known: dict[str, _Beginnings] = {}
        self._endings: list[tuple[str, _Phrase]] = []
        for name, phrases in lists.items():
            for phrase in phrases:
                self._add(name, phrase)

    def _add(self, name: str, phrase: str) -> None:
        for words in product(*(word.split("/") for word in phrase.removeprefix("^").split())):
            first, *rest = _pattern_words(words)
            made = _Phrase(name, tuple(rest), phrase.startswith("^"))
            if first[0] == "*":
                self._endings.append((first, made))
            else:
                (self._stems if first[-1] == "*" else self._whole)[first.rstrip("*")].append(made)

    def found_in(self, tokens: Sequence[str]) -> dict[str, list[str]]:
        """For every list with a phrase in `tokens`, the words its phrases stand as there, in text order.

        Phrases of one list do not overlap: the one that begins first is taken, of several one with a plain second word.
        """
        start = next((place for place, token in enumerate(tokens) if token[0].isalnum()), 0)
        found: dict[str, list[str]] = {}
        ends: dict[str, int] = {}
        for place, (token, following) in enumerate(zip(tokens, [*tokens[1:], ""], strict=False)):
            before, others = self._known.get(token) or self._beginning(token)
            if not before and not others:
                continue
            for listed, rest, is_first in (*before.get(following, ()), *others):
                if (is_first and place != start) or ends.get(listed, 0) > place:
                    continue
                end = _end(rest, tokens, place + 1) if rest else place + 1
                if end is not None:
                    found.setdefault(listed, []).append(" ".join(tokens[place:end]))
                    ends[listed] = end
        return found

    def _beginning(self, token: str) -> _Beginnings:
        """The phrases whose first word fits `token`, those of most words first."""
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        stems = (token[:length] for length in range(1, len(token) + 1) if "-" not in token[length:])
        fitting = [*self._whole.get(token, ()), *(phrase for stem in stems for phrase in self._stems.get(stem, ()))]
        fitting += [phrase for ending, phrase in self._endings if _fits(ending, token)]
        before: defaultdict[str, list[_Phrase]] = defaultdict(list)
        others: list[_Phrase] = []
        for phrase in sorted(fitting, key=lambda phrase: -len(phrase.rest)):
            is_plain = bool(phrase.rest) and "*" not in phrase.rest[0] and phrase.rest[0] != "_"
            (before[phrase.rest[0]] if is_plain else others).append(phrase)
        self._known[token] = _Beginnings({word: tuple(phrases) for word, phrases in before.items()}, tuple(others))
        return self._known[token]


def _pattern_words(words: Iterable[str]) -> list[str]:
    """The tokens of a phrase, with "*" left at the word it belongs to."""
    return [part for word in words for part in ([word] if "*" in word else tokens_of(word))]


def _end(rest: tuple[str, ...], tokens: Sequence[str], place: int) -> int | None:
    """Where the words of a phrase end that go on at `place`; None where other words stand there."""
    for number, wanted in enumerate(rest):
        if wanted == "_":
            return _end_behind_gap(rest[number + 1 :], tokens, place)
        if place >= len(tokens) or not _fits(wanted, tokens[place]):
            return None
        place += 1
    return place


def _end_behind_gap(rest: tuple[str, ...], tokens: Sequence[str], place: int) -> int | None:
    width = 0
    while place < len(tokens) and width < _WIDEST_GAP:
        token = tokens[place]
        if token[0].isalnum():
            width += 1
        elif token not in _IN_GAPS and token[0] != "'":
            return None
        place += 1
        end = _end(rest, tokens, place) if width else None
        if end is not None:
            return end
    return None


def _fits(wanted: str, token: str) -> bool:
    if wanted[-1] == "*":
        return token.startswith(wanted[:-1]) and "-" not in token[len(wanted) - 1 :]
    if wanted[0] == "*":
        return token.endswith(wanted[1:]) and "-" not in token
    return token == wanted
