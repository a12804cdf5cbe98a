"""Patterns for text in small letters: compared as written they are several times faster than in any case."""

from __future__ import annotations

import re

_LETTER_OR_ESCAPE = re.compile(r"\\.|\(\?P[<=]\w+|[A-Z]", re.DOTALL)


def in_small_letters(pattern: str) -> re.Pattern[str]:
    """`pattern` compiled so that it finds in small letters what it means in any case.

    >>> in_small_letters(r"\\bNICE (?P<Who>GPs)\\W").search("at nice gps.")["Who"]
    'gps'
    """
    return re.compile(_LETTER_OR_ESCAPE.sub(lambda found: found[0].lower() if len(found[0]) == 1 else found[0], pattern))
