"""Whom a sentence itself credits with what it says."""

from __future__ import annotations

import re
from functools import cache

from kb.extract.claims.wordings import wording
from kb.vocabulary.claim_cues import claim_cues

_NAME = r"[A-Z][\w’'-]*(?:\.?\s(?:(?:of|for|and|on|the|&)\s){0,2}[A-Z][\w’'-]*){0,7}"
_OWNER = r"[A-Z][\w-]*(?:\.?\s[A-Z][\w-]*){0,5}"
_NOTE = r"(?:\s?\[[\d,\s]{1,20}\]|\s?\((?:19|20)\d\d[a-z]?\)|\set\sal\.?){0,2}"
_CLAUSE_END = r"(?=[,.;:]|\sthat\b|$)"
_START = r"\A\W{0,4}(?:Of note,\s|However,\s)?"
_NOT_A_RESULT = (
    r"(?!(?<=\bfound)\s(?:an?|the|it|him|her|his|its|their|out|\w+sel(?:f|ves))\b"
    r"(?!\s(?:\w+\s)?(?:link|effect|association|difference|rise|fall|increase|decrease|rate|reduction|correlation|lack)\b))"
)
"""Who finds a job or a way reports nothing."""
_CREDITING = ("before", "after", "after_many")
"""Lists of the phrases without one of which nobody is credited, but for "In the report," and "in X's view"."""


def credited(sentence: str) -> str | None:
    """The name or text after "according to", or before "found", "says" and the like; None where nobody in particular is named.

    >>> credited("Healthwatch found that most callers gave up."), credited("Most callers, the report says, gave up.")
    ('Healthwatch', 'the report')
    >>> credited("We found nothing.")
    """
    said = wording(sentence)
    is_view = said.tokens[:2] == ("in", "the") or not claim_cues().attribution.views.isdisjoint(said.tokens)
    if said.phrases.keys().isdisjoint(_CREDITING) and not is_view:
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
    """Ways of crediting, the surest first; where a name may stand, "the report" and the like may as well."""
    words = claim_cues().attribution
    before, after, many, texts, views = (
        "|".join(sorted(map(re.escape, phrases), key=len, reverse=True))
        for phrases in (words.before, words.after, words.after_many, words.texts, sorted(words.views))
    )
    says = rf"(?:{after})(?!\s[\w’']+\sto\b){_NOT_A_RESULT}"
    of = rf"(?:\s(?:of|by|from)\s(?:the\s)?{_NAME})?"
    text = rf"[Tt]he\s(?:[\w’'-]+\s){{0,3}}?(?:{texts})"
    either = rf"(?P<name>{_NAME}|{text}{of})"
    return (
        re.compile(rf"\b(?i:{before})\s(?:[Tt]he\s)?(?P<name>{_NAME}|{text}{of}\b)"),
        re.compile(rf"\b[Ii]n\s(?:the\s)?(?P<name>{_OWNER})['’]s?\s(?:own\s)?(?:{views})\b(?!\sof)"),
        re.compile(
            rf"(?:\A\W{{0,4}}|[,;(]\s?)[Aa]s\s{either}{_NOTE}\s(?:also\s|rightly\s|has\s|have\s)?(?:{after}|{many}|shown)\b"
        ),
        re.compile(rf",\s{either}{_NOTE}\s{says}{_CLAUSE_END}"),
        re.compile(rf",[\"”’]?\s(?:{after})\s(?P<name>{_NAME}|{text}{of}\b)(?=[,.]|$)"),
        re.compile(
            rf"\b(?:[Ss]pokes\w{{3,6}}\sfor|(?:[Rr]esearch|[Ww]ork|\A\W{{0,4}}An?\s(?:[\w-]+\s){{0,3}}(?:{texts}))\s(?:by|from))\s(?:the\s)?(?P<name>{_NAME}){_NOTE}\s{says}\b"
        ),
        re.compile(
            rf"{_START}(?:The\s)?(?P<name>{_OWNER})['’]s?\s(?:[\w-]+\s){{0,2}}(?:team|group|colleagues)\s(?:{after}|{many})\b"
        ),
        re.compile(
            rf"{_START}(?P<name>{_OWNER})(?:\sand\s(?:colleagues|co-workers|others)|\set\sal\.?){_NOTE}\s(?:{after}|{many})\b"
        ),
        re.compile(rf"{_START}(?:The\s)?(?P<name>{_NAME}){_NOTE}(?:,\s[^,;.]{{3,60}},)?\s{says}\b"),
        re.compile(rf"{_START}(?P<name>{text}{of}){_NOTE}\s(?:{says}|(?:{many})\sthat)\b"),
        re.compile(rf"\A\W{{0,4}}In\s(?P<name>{text}{of}),"),
    )
