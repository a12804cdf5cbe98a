"""Whom a sentence itself credits with what it says."""

from __future__ import annotations

import re
from functools import cache

from kb.vocabulary.claim_cues import claim_cues

_NAME = r"[A-Z][\w’'-]*(?:\.?\s(?:(?:of|for|and|on|the|&)\s){0,2}[A-Z][\w’'-]*){0,7}"
_NOTE = r"(?:\s?\[[\d,\s]{1,20}\]|\s?\((?:19|20)\d\d[a-z]?\)|\set\sal\.?){0,2}"


def credited(sentence: str) -> str | None:
    """The name after "according to", or before "found", "says" and the like; None where nobody is named.

    >>> credited("Healthwatch found that most callers gave up."), credited("We found nothing.")
    ('Healthwatch', None)
    """
    folded = " ".join(sentence.split())
    before, after = _patterns()
    match = before.search(folded) or after.match(folded)
    name = match["name"] if match else ""
    return name if name and name.split()[0].lower() not in claim_cues().attribution.nobody else None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = claim_cues().attribution
    before, after = ("|".join(sorted(map(re.escape, phrases), key=len, reverse=True)) for phrases in (words.before, words.after))
    return (
        re.compile(rf"\b(?i:{before})\s(?:[Tt]he\s)?(?P<name>{_NAME})"),
        re.compile(rf"\W{{0,4}}(?:The\s|Of note,\s|However,\s)?(?P<name>{_NAME}){_NOTE}\s(?:{after})\b"),
    )
