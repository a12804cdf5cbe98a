"""Permanent names: a kind letter and ten lower-case base32 characters of a hash.

What goes into an id is words and the place among equals, never an offset, a rule name, a version or the clock, so that an
id survives an insertion elsewhere, a better rule and a rebuild. Each part is prefixed by its length before hashing, so
that ("ab", "c") and ("a", "bc") differ.
"""

from __future__ import annotations

import hashlib
import re

_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = tuple(first + second for first in _BASE32 for second in _BASE32)
"""Two characters for ten bits: a long document asks for thousands of ids."""
SOURCE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
KIND_LETTERS = {
    "part": "s",
    "passage": "p",
    "definition": "d",
    "claim": "c",
    "reference": "r",
    "citation": "i",
    "mention": "m",
    "classification": "k",
    "quotation": "q",
    "work": "w",
    "link": "l",
    "finding": "f",
}
"""The letter each kind's ids begin with; `part` is `s` for structure, `citation` is `i` for in-text."""


def fold(words: str) -> str:
    """White space folded to single blanks and trimmed: what an id is taken over.

    >>> fold(" hard\\n wrapped ")
    'hard wrapped'
    """
    is_folded = words.isprintable() and "  " not in words  # white space but the blank is not printable
    return words.strip() if is_folded else " ".join(words.split())


def make_id(kind: str, *parts: str | int) -> str:
    """The id of a thing of `kind` (a key of `KIND_LETTERS`) that `parts` name.

    >>> make_id("passage", "a-source", "some words", 0)
    'pctbzbais65'
    """
    pieces: list[bytes] = []
    for part in parts:
        encoded = str(part).encode("utf-8", "surrogatepass")
        pieces += (len(encoded).to_bytes(8, "big"), encoded)
    bits = int.from_bytes(hashlib.sha256(b"".join(pieces)).digest()[:7]) >> 6
    high = _PAIRS[bits >> 40] + _PAIRS[bits >> 30 & 1023] + _PAIRS[bits >> 20 & 1023]
    return KIND_LETTERS[kind] + high + _PAIRS[bits >> 10 & 1023] + _PAIRS[bits & 1023]


def id_kind(identifier: str) -> str | None:
    """The kind an id's letter stands for, or None where it is no such id (a source id, a slug).

    >>> id_kind("pctbzbais65"), id_kind("a-source")
    ('passage', None)
    """
    if not re.fullmatch(r"[a-z][a-z2-7]{10}", identifier):
        return None
    return {letter: kind for kind, letter in KIND_LETTERS.items()}.get(identifier[0])


def slug(name: str) -> str:
    """`name` folded to the alphabet of source ids, or "" where nothing is left.

    >>> slug("The Guidance (2018).pdf"), slug("?!")
    ('the-guidance-2018-pdf', '')
    """
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))


class IdCounter:
    """Gives ids in text order, counting how many equal things came before."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str | int, ...], int] = {}

    def next_id(self, kind: str, *parts: str | int) -> str:
        """The id over `parts` and the number of equal calls before this one."""
        key = (kind, *parts)
        count = self._seen.get(key, 0)
        self._seen[key] = count + 1
        return make_id(kind, *parts, count)

    def seen(self, kind: str, *parts: str | int) -> int:
        """How many ids these parts have been given so far."""
        return self._seen.get((kind, *parts), 0)
