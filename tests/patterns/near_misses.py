"""Texts that a regular expression almost matches, made from the expression itself: what makes a bad one blow up.

Every repeated piece is pumped, every beginning is repeated, and whole matches are written out and spoilt at their end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

CANDIDATES = "a1 A\n.,\"'()[]-–:;/%£éé_@#|<>&*=²“”‘’\t\u00a0"
"""From these a code point is taken for a set of them, the first that fits."""
SPOILERS = "\x00"
"""No pattern expects it."""
MANY = 60
"""How often a piece is repeated where the pattern sets no lower limit."""

REPEATS = {ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT}
Node = tuple[Any, Any]


def near_misses(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    """Texts of about `length` code points that `pattern` begins to match again and again, and does not."""
    nodes = list(parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))
    for choice in (0, 1):
        whole = sample(nodes, choice, MANY)
        yield filled("", whole[:-1] + SPOILERS, length)
        yield filled("", sample(nodes, choice, 1) + " ", length)
    for place, node in enumerate(nodes[1:], 1):
        before = sample(nodes[:place], 0, 2)
        if before and is_far_reaching(node):
            yield filled("", before, length)
    for before, piece in repeated(nodes, ""):
        if piece:
            yield filled(before, piece, length)


def is_far_reaching(node: Node) -> bool:
    """Whether a node, or one in it, is repeated without a narrow limit."""
    return any(True for _ in repeated([node], ""))


def filled(before: str, piece: str, length: int) -> str:
    """`before`, and `piece` until the length is reached, and what fits nothing."""
    return before + piece * (max(1, length - len(before)) // max(1, len(piece))) + SPOILERS


def sample(nodes: Sequence[Node], choice: int, times: int) -> str:
    """Words that the nodes match, save for what look-arounds ask; `choice` says which of several alternatives."""
    return "".join(one(node, choice, times) for node in nodes)


def one(node: Node, choice: int, times: int) -> str:
    """Words that one node matches."""
    op, given = node
    if op in REPEATS:
        low, high, inner = given
        return sample(inner, choice, times) * max(int(low), min(int(high), times))
    if op is ops.BRANCH:
        alternatives = given[1]
        return sample(alternatives[choice % len(alternatives)], choice, times)
    if op is ops.SUBPATTERN:
        return sample(given[-1], choice, times)
    if op is ops.ATOMIC_GROUP:
        return sample(given, choice, times)
    return single(op, given)


def single(op: Any, given: Any) -> str:
    """A code point that a node for one of them matches; nothing for places and look-arounds."""
    if op is ops.LITERAL:
        return chr(given)
    if op is ops.ANY:
        return "a"
    if op is ops.NOT_LITERAL:
        return next(sign for sign in CANDIDATES if ord(sign) != given)
    if op is ops.IN:
        return next((sign for sign in CANDIDATES if is_in(sign, given)), listed(given))
    return ""


def listed(given: Sequence[Node]) -> str:
    """A code point that a set names."""
    return next((chr(value if op is ops.LITERAL else value[0]) for op, value in given if op in {ops.LITERAL, ops.RANGE}), "")


CATEGORIES = {
    ops.CATEGORY_DIGIT: r"\d",
    ops.CATEGORY_NOT_DIGIT: r"\D",
    ops.CATEGORY_SPACE: r"\s",
    ops.CATEGORY_NOT_SPACE: r"\S",
    ops.CATEGORY_WORD: r"\w",
    ops.CATEGORY_NOT_WORD: r"\W",
}


def is_in(sign: str, given: Sequence[Node]) -> bool:
    """Whether a set holds a code point."""
    is_negated = given[0][0] is ops.NEGATE
    return bool(is_negated != any(fits(sign, node) for node in given[is_negated:]))


def fits(sign: str, node: Node) -> bool:
    """Whether one entry of a set holds a code point."""
    op, value = node
    if op is ops.LITERAL:
        return bool(ord(sign) == value)
    if op is ops.RANGE:
        return bool(value[0] <= ord(sign) <= value[1])
    return re.match(CATEGORIES[value], sign) is not None


def repeated(nodes: Sequence[Node], before: str) -> Iterator[tuple[str, str]]:
    """Each piece that may be repeated without a narrow limit, with words that lead up to it."""
    for node in nodes:
        op, given = node
        if op in REPEATS:
            piece = sample(given[2], 0, 1)
            if int(given[1]) > MANY:
                yield before, piece
            yield from repeated(given[2], before)
        elif op is ops.BRANCH:
            for alternative in given[1]:
                yield from repeated(alternative, before)
        elif op is ops.SUBPATTERN:
            yield from repeated(given[-1], before)
        before += one(node, 0, 1)
