"""Whom a sentence itself credits with what it says."""

from __future__ import annotations

import re
from functools import cache

from kb.extract.wordings import wording
from kb.vocabulary.claim_cues import claim_cues

_NAME = r"[A-Z][\w’'-]*(?:\.?\s(?:(?:of|for|and|on|the|&)\s){0,2}[A-Z][\w’'-]*){0,7}"
_NOTE = r"(?:\s?\[[\d,\s]{1,20}\]|\s?\((?:19|20)\d\d[a-z]?\)|\set\sal\.?){0,2}"
_CLAUSE_END = r"(?=[,.;:]|\sthat\b|$)"

_CREDITING = ("before", "after")
"""Lists of the phrases without which nobody is credited."""


def credited(sentence: str) -> str | None:
    """The name or text after "according to", or before "found", "says" and the like; None where nobody in particular is named.

    >>> credited("Healthwatch found that most callers gave up."), credited("Most callers, the report says, gave up.")
    ('Healthwatch', 'the report')
    >>> credited("We found nothing.")
    """
    said = wording(sentence)
    if said.phrases.keys().isdisjoint(_CREDITING) and said.tokens[:2] != ("in", "the"):
        return None
    folded = " ".join(sentence.split())
    for pattern in _patterns():
        match = pattern.search(folded)
        name = match["name"] if match else ""
        if name and name.split()[0].lower() not in claim_cues().attribution.nobody - {"the"}:
            return name[0].lower() + name[1:] if name.startswith("The ") else name
    return None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Ways of crediting, the surest first: "according to X", ", X says,", "X found", and the same with "the report"."""
    words = claim_cues().attribution
    before, after, texts = (
        "|".join(sorted(map(re.escape, phrases), key=len, reverse=True)) for phrases in (words.before, words.after, words.texts)
    )
    says = rf"(?:{after})(?!\s[\w’']+\sto\b)"
    text = rf"[Tt]he\s(?:[\w’'-]+\s){{0,3}}?(?:{texts})(?:\s(?:of|by|from)\s(?:the\s)?{_NAME})?"
    return (
        re.compile(rf"\b(?i:{before})\s(?:[Tt]he\s)?(?P<name>{_NAME}|{text}\b)"),
        re.compile(rf",\s(?P<name>{_NAME}|{text}){_NOTE}\s{says}{_CLAUSE_END}"),
        re.compile(rf",\s(?:{after})\s(?P<name>{_NAME}|{text}\b)(?=[,.])"),
        re.compile(rf"\A\W{{0,4}}(?:The\s|Of note,\s|However,\s)?(?P<name>{_NAME}){_NOTE}\s{says}\b"),
        re.compile(rf"\A\W{{0,4}}(?:Of note,\s|However,\s)?(?P<name>{text}){_NOTE}\s{says}\b"),
        re.compile(rf"\A\W{{0,4}}In\s(?P<name>{text}),"),
    )
