"""Finds the longest listed label at every place of a text: hard wraps, hyphens, plurals and single typing errors included."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from kb.model import Span
from kb.text.folding import fold_same_length

T = TypeVar("T")

_TOKEN = re.compile(r"(?<![^\W_])[A-Z](?:\.[A-Z])+(?:\.|(?![^\W_]))|[^\W_]+(?:'[^\W_]+)*|/")
_GAP = re.compile(r"[ \-()\[\]*_&%]*")
_POSSESSIVE = re.compile(r"'[sS]?$")
_LONG_WORD = 7
_LONG_LABEL = 11


@dataclass(frozen=True)
class Token:
    """A word, an abbreviation with its stops, or a slash; `key` is the form under which labels are compared."""

    span: Span
    raw: str
    key: str


@dataclass(frozen=True)
class Match(Generic[T]):
    """A label found: what it stands for, where, and whether one typing error was forgiven."""

    value: T
    span: Span
    first: int
    """Index of its first token."""
    end: int
    """Index after its last token."""
    has_typo: bool = False


@dataclass
class _Node(Generic[T]):
    children: dict[str, _Node[T]] = field(default_factory=dict)
    loose: list[T] = field(default_factory=list)
    exact: list[tuple[tuple[str, ...], T]] = field(default_factory=list)


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


def tokens(text: str, span: Span) -> list[Token]:
    """The words inside `span`, in order."""
    folded = fold_same_length(span.of(text))
    return [Token(Span(*match.span()).shifted(span.start), match[0], key_of(match[0])) for match in _TOKEN.finditer(folded)]


class TermIndex(Generic[T]):
    """Labels and what they stand for; filled once with `add`, then only read."""

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()
        self._long_words: dict[str, list[str]] = {}
        self._words: set[str] = set()

    def add(self, label: str, value: T, *, exact: bool = False) -> None:
        """Let `label` stand for `value`; an `exact` one is matched in its own case alone."""
        parts = tokens(label, Span(0, len(label)))
        node = self._root
        for part in parts:
            node = node.children.setdefault(part.key, _Node())
            self._know(part.key)
        if exact:
            node.exact.append((tuple(part.raw for part in parts), value))
        else:
            node.loose.append(value)

    def _know(self, word: str) -> None:
        if word in self._words:
            return
        self._words.add(word)
        if len(word) >= _LONG_WORD:
            for shorter in _shortened(word):
                self._long_words.setdefault(shorter, []).append(word)

    def matches(self, text: str, words: list[Token]) -> Iterator[Match[T]]:
        """The longest label at each place, left to right, without overlaps."""
        position = 0
        while position < len(words):
            found = self._longest(text, words, position)
            if found is None:
                position += 1
            else:
                yield found
                position = found.end

    def _longest(self, text: str, words: list[Token], first: int) -> Match[T] | None:
        node, best, has_typo = self._root, None, False
        for index in range(first, len(words)):
            if index > first and not _joined(text, words[index - 1], words[index]):
                break
            key = words[index].key
            if key not in node.children and not has_typo:
                key = self._corrected(key, node.children)
                has_typo = True
            if key not in node.children:
                break
            node = node.children[key]
            span = Span(words[first].span.start, words[index].span.end)
            for value in _values(node, words[first : index + 1]):
                if not has_typo or len(span) >= _LONG_LABEL:
                    best = Match(value, span, first, index + 1, has_typo)
        return best

    def _corrected(self, key: str, allowed: Iterable[str]) -> str:
        if len(key) < _LONG_WORD - 1 or key in self._words:
            return ""
        near = {word for short in _shortened(key) for word in self._long_words.get(short, ())}
        return min((word for word in near if word in allowed and _one_edit(key, word)), default="")


def _values(node: _Node[T], words: list[Token]) -> list[T]:
    fitting = [value for label, value in node.exact if all(map(_same_case, label, words))]
    return fitting[:1] or node.loose[:1]


def _same_case(label: str, word: Token) -> bool:
    raw = _POSSESSIVE.sub("", word.raw).replace(".", "")
    return label.islower() or raw in {label, label + "s"}


def _joined(text: str, left: Token, right: Token) -> bool:
    return _GAP.fullmatch(fold_same_length(text[left.span.end : right.span.start])) is not None


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
