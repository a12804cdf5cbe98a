"""Finds the longest listed label at every place of a text: hard wraps, hyphens, plurals and single typing errors included."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from kb.model import Span
from kb.text.folding import fold_same_length

T = TypeVar("T")

_WORD = re.compile(r"(?<![^\W_])[A-Z](?:\.[A-Z])+(?:\.|(?![^\W_]))|[^\W_]+(?:'[^\W_]+)*|/")
_FOLLOWING = re.compile(rf"[ \-()\[\]*_&%+]*({_WORD.pattern})")
"""The next word of a label, after what may stand inside one."""
_POSSESSIVE = re.compile(r"'[sS]?$")
_REMEMBERED = 1 << 15
"""A text of any length has hardly more different words."""
_LONG_WORD = 7
_LONG_LABEL = 11


class Match(NamedTuple, Generic[T]):
    """A label found: what it stands for, where, and whether one typing error was forgiven."""

    value: T
    span: Span
    words: int
    """How many it has; a slash between two is one."""
    has_typo: bool = False


@dataclass
class _Node(Generic[T]):
    children: dict[str, _Node[T]] = field(default_factory=dict)
    loose: list[T] = field(default_factory=list)
    exact: list[tuple[tuple[str, ...], T]] = field(default_factory=list)


@lru_cache(_REMEMBERED)
def key_of(word: str) -> str:
    """The form under which words are compared: lower case, without stops, possessive and plural ending.

    >>> [key_of(word) for word in ("Conditions", "M.E.", "LTC's", "IBS", "illnesses")]
    ['condition', 'me', 'ltc', 'ibs', 'illness']
    """
    bare = _POSSESSIVE.sub("", word.replace(".", "")).lower()
    if bare.endswith("sses"):
        return bare[:-2]
    if len(bare) >= 4 and bare.endswith("s") and not bare.endswith(("ss", "us", "is")):
        return bare[:-1]
    return bare


def words(folded: str, span: Span) -> Iterator[re.Match[str]]:
    """The words inside `span` of a folded text in order: abbreviations with their stops are one each, slashes are words too."""
    return _WORD.finditer(folded, span.start, span.end)


class TermIndex(Generic[T]):
    """Labels and what they stand for; filled once with `add`, then only read."""

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()
        self._long_words: dict[str, list[str]] = {}
        self._words: set[str] = set()
        self._edges: set[str] = set()
        """How long words begin and end: one typing error leaves one of the two as it was."""
        self._near = lru_cache(_REMEMBERED)(self._words_near)

    def add(self, label: str, value: T, *, exact: bool = False) -> None:
        """Let `label` stand for `value`; an `exact` one is matched in its own case alone."""
        parts = [word[0] for word in words(fold_same_length(label), Span(0, len(label)))]
        node = self._root
        for key in map(key_of, parts):
            node = node.children.setdefault(key, _Node())
            self._know(key)
        if exact:
            node.exact.append((tuple(parts), value))
        else:
            node.loose.append(value)

    def _know(self, word: str) -> None:
        if word in self._words:
            return
        self._words.add(word)
        if len(word) >= _LONG_WORD:
            self._edges |= {word[:3], word[-2:]}
            for shorter in _shortened(word):
                self._long_words.setdefault(shorter, []).append(word)

    def begins(self, word: str) -> bool:
        """Whether a label begins with `word`, a typing error in it forgiven: without one, no label stands there."""
        key = key_of(word)
        return key in self._root.children or bool(self._corrected(key, self._root.children))

    def matches(self, folded: str, span: Span) -> Iterator[Match[T]]:
        """The longest label at each place inside `span` of a folded text, left to right, without overlaps."""
        end = 0
        for word in words(folded, span):
            match = self.longest_from(folded, Span(*word.span()), span.end) if word.start() >= end else None
            if match is not None:
                yield match
                end = match.span.end

    def longest_from(self, folded: str, first: Span, limit: int) -> Match[T] | None:
        """The longest label that begins with the word at `first` and ends before `limit`."""
        node, best, has_typo = self._root, None, False
        word, end = first.of(folded), first.end
        parts: list[str] = []
        while True:
            key = key_of(word)
            if key not in node.children and not has_typo:
                key, has_typo = self._corrected(key, node.children), True
            if key not in node.children:
                return best
            node = node.children[key]
            parts.append(word)
            if not has_typo or end - first.start >= _LONG_LABEL:
                for value in _values(node, parts):
                    best = Match(value, Span(first.start, end), len(parts), has_typo)
            following = _FOLLOWING.match(folded, end, limit) if node.children else None
            if following is None:
                return best
            word, end = following[1], following.end()

    def _corrected(self, key: str, allowed: Container[str]) -> str:
        return next((word for word in self._near(key) if word in allowed), "")

    def _words_near(self, key: str) -> tuple[str, ...]:
        """The long words of labels that one typing error makes `key`, in order; none where it is a word of a label itself."""
        if len(key) < _LONG_WORD - 1 or key in self._words or self._edges.isdisjoint((key[:3], key[-2:])):
            return ()
        near = {word for short in _shortened(key) for word in self._long_words.get(short, ())}
        return tuple(sorted(word for word in near if _one_edit(key, word)))


def _values(node: _Node[T], parts: list[str]) -> list[T]:
    fitting = [value for label, value in node.exact if all(map(_same_case, label, parts))] if node.exact else []
    return fitting[:1] or node.loose[:1]


def _same_case(label: str, word: str) -> bool:
    if label.islower():
        return True
    raw = _POSSESSIVE.sub("", word).replace(".", "")
    return raw in {label, label + "s"}


def _shortened(word: str) -> set[str]:
    return {word, *(word[:index] + word[index + 1 :] for index in range(1, len(word)))}


def _one_edit(left: str, right: str) -> bool:
    """Whether one letter too many, too few, wrong or swapped with its neighbour tells the two apart; the first letter agrees."""
    if left[0] != right[0] or abs(len(left) - len(right)) > 1:
        return False
    start = next(
        (index for index, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]), min(len(left), len(right))
    )
    rests = (left[start:], right[start:])
    if len(left) == len(right):
        swapped = rests[0][1::-1] + rests[0][2:] == rests[1]
        return swapped or rests[0][1:] == rests[1][1:]
    longer, shorter = sorted(rests, key=len, reverse=True)
    return longer[1:] == shorter
