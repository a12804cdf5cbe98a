"""Surnames out of a printed list of authors, for comparing lists written in different styles."""

from __future__ import annotations

import re

_SURNAME = re.compile(r"[^\W\d_][\w'’-]{2,}")
_JOINTS = frozenset(("and", "colleagues", "others", "the", "for", "see"))


def surnames(words: str) -> list[str]:
    """Names of three letters or more in the order printed, in lower case, without initials and joining words.

    >>> surnames("Lee A, van Roe BC and others")
    ['lee', 'van', 'roe']
    """
    return [name.casefold() for name in _SURNAME.findall(words) if name.casefold() not in _JOINTS]
