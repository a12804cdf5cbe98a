"""Names in full: who is credited by a given name alone, where the text has said before who that is."""

from __future__ import annotations

import re

_GIVEN = re.compile(r"[A-Z][a-z]{2,}")
_REST = r"\s(?P<rest>(?:[A-Z]\.?\s)?[A-Z][a-z]+(?:[-'’][A-Z][a-z]+)*)(?![\w-])"
_LOOK_BACK = 20_000
"""Code points before a place in which somebody may have been named in full."""


def full_name(name: str, text: str, place: int) -> str:
    """`name` with the surname that stands behind it before `place`; unchanged where none does, or several.

    >>> said = "A letter by Mara Quill came. Mara says no. Bo Lamp and Bo Wick wrote."
    >>> full_name("Mara", said, 30), full_name("Mara", said, 10), full_name("Bo", said, 70), full_name("the board", said, 70)
    ('Mara Quill', 'Mara', 'Bo', 'the board')
    """
    if not _GIVEN.fullmatch(name):
        return name
    rests = {match["rest"] for match in re.finditer(rf"(?<![\w-]){name}{_REST}", text[max(0, place - _LOOK_BACK) : place])}
    return f"{name} {' '.join(rests.pop().split())}" if len(rests) == 1 else name
