"""Finds the phrases of many lists in a sentence at once, looking each word up instead of trying each phrase.

A phrase is written in lower case with plain apostrophes. "*" stands for the rest or the beginning of a word, "_" for one to three
words, "^" for the start of the sentence; "is/are" is one word or the other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


Wanted = str | frozenset[str]
"""What may stand at one place of a phrase: a word, a part of one with "*", a gap, or one of several plain words."""


class _Phrase(NamedTuple):
    """What must follow words that fit, and the list the phrase is of."""

    listed: str
    rest: tuple[Wanted, ...]
    is_first: bool
    """Whether it must begin the sentence."""
    matched: int = 1
    """How many words stand before the rest."""


class _Beginnings(NamedTuple):
    """The phrases that one word may begin: by the word behind it, and those that are left where no phrase has that one second."""

    before: dict[str, tuple[_Phrase, ...]]
    others: tuple[_Phrase, ...]


class Phrases(dict[str, _Beginnings | None]):
    """Phrases in named lists, by the words that may begin them: worked out for each word when it is first met.

    >>> phrases = Phrases({"blame": ["fail* to", "bad"], "duty": ["^do", "must _ be *ed"]})
    >>> phrases.found_in(tokens_of("They failed to see what must, in time, be changed, and fail to say so."))
    {'blame': ['failed to', 'fail to'], 'duty': ['must , in time , be changed']}
    """

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        super().__init__()
        self._whole: defaultdict[str, list[_Phrase]] = defaultdict(list)
        self._stems: defaultdict[str, list[_Phrase]] = defaultdict(list)
        self._endings: list[tuple[str, _Phrase]] = []
        for name, phrases in lists.items():
            for phrase in phrases:
                self._add(name, phrase)
        self._longest = max(map(len, self._stems), default=0)

    def found_in(self, tokens: Sequence[str]) -> dict[str, list[str]]:
        """For every list with a phrase in `tokens`, the words its phrases stand as there, in text order.

        Phrases of one list do not overlap: the one that begins first is taken, of several one with a plain second word.
        """
        start = next((place for place, token in enumerate(tokens) if token[0].isalnum()), 0)
        found: dict[str, list[str]] = {}
        ends: dict[str, int] = {}
        pairs = zip(map(self.__getitem__, tokens), [*tokens[1:], ""], strict=False)
        for place, (beginnings, second) in enumerate(pairs):
            if beginnings is None:
                continue
            for listed, rest, is_first, matched in beginnings.before.get(second, beginnings.others):
                if (is_first and place != start) or ends.get(listed, 0) > place:
                    continue
                end = _end(rest, tokens, place + matched) if rest else place + matched
                if end is not None:
                    found.setdefault(listed, []).append(" ".join(tokens[place:end]))
                    ends[listed] = end
        return found

    def _add(self, name: str, phrase: str) -> None:
        for first, rest in _spelt_out(phrase.removeprefix("^").split()):
            made = _Phrase(name, rest, phrase.startswith("^"))
            if first[0] == "*":
                self._endings.append((first, made))
            else:
                (self._stems if first[-1] == "*" else self._whole)[first.rstrip("*")].append(made)

    def __missing__(self, token: str) -> _Beginnings | None:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        self[token] = self._beginning(token)
        return self[token]

    def _beginning(self, token: str) -> _Beginnings | None:
        """Phrases of most words first."""
        fitting = list(self._whole.get(token, ()))
        for length in range(max(1, token.rfind("-") + 1), min(self._longest, len(token)) + 1):
            fitting += self._stems.get(token[:length], ())
        fitting += [phrase for ending, phrase in self._endings if _fits(ending, token)]
        if not fitting:
            return None
        before: defaultdict[str, list[_Phrase]] = defaultdict(list)
        others: list[_Phrase] = []
        for phrase in sorted(fitting, key=lambda phrase: -len(phrase.rest)):
            second, *rest = phrase.rest or ("",)
            if isinstance(second, str) and second and second != "_" and "*" not in second:
                before[second].append(phrase._replace(rest=tuple(rest), matched=2))
            else:
                others.append(phrase)
        joined = {second: (*phrases, *others) for second, phrases in before.items()}
        return _Beginnings(joined, tuple(others))


def _spelt_out(words: Sequence[str]) -> Iterator[tuple[str, tuple[Wanted, ...]]]:
    """What "a/b c/d e/f" stands for, first word and rest: each first and second word by itself, later ones as a set."""
    for first, *second in product(*(word.split("/") for word in words[:2])):
        begun, *more = _parts(first)
        yield begun, (*more, *(part for word in (*second, *words[2:]) for part in _wanted(word)))


def _wanted(word: str) -> Sequence[Wanted]:
    return [frozenset(word.split("/"))] if "/" in word else _parts(word)


def _parts(word: str) -> list[str]:
    """The tokens of a word of a phrase, with "*" left at the word it belongs to; "'t" is one, as it is behind a word."""
    return [word] if "*" in word or word[0] == "'" else tokens_of(word)


def _end(rest: tuple[Wanted, ...], tokens: Sequence[str], place: int) -> int | None:
    """Where the words of a phrase end that go on at `place`; None where other words stand there."""
    for number, wanted in enumerate(rest):
        if wanted == "_":
            return _end_behind_gap(rest[number + 1 :], tokens, place)
        if place >= len(tokens) or not _fits(wanted, tokens[place]):
            return None
        place += 1
    return place


def _end_behind_gap(rest: tuple[Wanted, ...], tokens: Sequence[str], place: int) -> int | None:
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


def _fits(wanted: Wanted, token: str) -> bool:
    if isinstance(wanted, frozenset):
        return token in wanted
    if wanted[-1] == "*":
        return token.startswith(wanted[:-1]) and "-" not in token[len(wanted) - 1 :]
    if wanted[0] == "*":
        return token.endswith(wanted[1:]) and "-" not in token
    return token == wanted
