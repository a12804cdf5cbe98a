"""Which sentences assert something, and which only ask, greet, point, advertise or name.

The rules look at form, not at subjects: most sentences of argument and guidance are claims, so each rule says why one is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kb.extract.claims.wordings import Wording, wording
from kb.vocabulary.claim_cues import claim_cues, cue_pattern

_QUESTION = re.compile(r"\?[\s\"'”’)\]:!*]*$")
_INVERTED = re.compile(
    r"(?:(?:or|and|so|but)\s)?(?:am|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)n?['’]?t?\s"
    r"(?:i|you|we|they|he|she|it|this|that|these|those|there)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:[\w.’'-]+\s){1,4}(?:asks?|asked|wonders?|wondered),?\s(?:[\w.,’'-]+\s){0,6}?(?:whether|if|why|how|what|which|who|when|where)\b"
)
"""A sentence whose main verb asks."""
_POINTS = re.compile(r"\W{0,4}(?:[Pp]lease\s)?[Ss]ee\s(?:also\s)?(?:the\s)?[A-Z](?!P\b)")
"""A sentence that only points to a work or a part of one by its name."""
_STOPPED = re.compile(r"[.!…][\s\"'”’)\]*.]*(?:\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,8})?$")
_TAIL = 60
"""Where a sentence stops is looked for in so many last characters."""
_UNFINISHED = re.compile(
    r"\b(?:a|also|and|are|(?<!such\s)as|at|because|by|can|could|for|from|has|have|if|in|include|includes|is|of|on|or|read|reads|should|than|that|the|to|was|were"
    r"|when|will|with|would|to\s[a-z]+)\s?:$",
    re.IGNORECASE,
)
_REFUSING = ("start", "anywhere", "persons")
"""Lists of the phrases with which a sentence is no claim."""
_SHORT_WORD = 3
"""Words no longer than this have small letters in titles."""
_SHORTEST = 3
_SHORTEST_BARE = 5
"""A line without a final stop and without a verb sure to be one needs this many words to be read as a sentence."""


def asserts(sentence: str) -> bool:
    """Whether a sentence of running text says something that could be checked or argued with.

    >>> asserts("Waiting times have doubled."), asserts("Have waiting times doubled?"), asserts("Thanks for the link!")
    (True, False, False)
    """
    said = wording(sentence)
    if len(said.words) < _SHORTEST or _is_asking(said.plain) or _is_pointing(said.plain) or _is_refused(said):
        return False
    if _STOPPED.search(said.plain, max(0, len(said.plain) - _TAIL)):
        is_long = len(said.words) > _SHORTEST and not _is_title(said.words)
        return is_long or has_verb(sentence) or _is_imperative(said)
    if not has_verb(sentence) or _is_title(said.words):
        return False
    return len(said.words) >= _SHORTEST_BARE and not _is_lead_in(said)


def asserts_in_list(item: str, *, is_charged: bool) -> bool:
    """Whether a list item goes on with what its lead-in asserts: a verb may be missing, and a name alone does not.

    `is_charged` says that its words by themselves speak for a kind of claim; then two words are enough.
    """
    said = wording(item)
    shortest = _SHORTEST - 1 if is_charged else _SHORTEST
    return len(said.words) >= shortest and not (_is_asking(said.plain) or _is_refused(said) or _is_title(said.words))


def has_verb(sentence: str) -> bool:
    """Whether a verb stands there that is sure to be one: an auxiliary, or a form before an article and the like.

    >>> has_verb("The pilot cuts a third of visits"), has_verb("Deep cuts and long visits")
    (True, False)
    """
    tokens = wording(sentence).tokens
    return not claim_cues().verbs.sure.isdisjoint(tokens) or any(_is_verb_before(*pair) for pair in pairwise(tokens))


def _is_verb_before(token: str, following: str) -> bool:
    verbs = claim_cues().verbs
    if following[0] == "'":
        return (following == "'s" and token in verbs.contracting) or (following == "'t" and token[-1] == "n")
    is_form = len(token) > 3 and token[-1] == "s" and token[-2] != "s" and token[-4:].isalpha()
    return is_form and (following in verbs.begin_objects or following.endswith("ly"))


def fictions_in(text: str) -> list[int]:
    """Where beings of tales and jokes stand in a text: satire, which asserts nothing it says."""
    lower = text.lower()
    present = tuple(cue for cue in claim_cues().refusals.fictions if _longest_word(cue) in lower)
    return [match.start() for match in cue_pattern(present).finditer(text)] if present else []


def _longest_word(cue: str) -> str:
    return max(cue.replace("*", "").split(), key=len)


def _is_asking(plain: str) -> bool:
    if "?" in plain and _QUESTION.search(plain):
        return True
    return _INVERTED.match(plain) is not None or _ASKS.match(plain) is not None


def _is_pointing(plain: str) -> bool:
    return _POINTS.match(plain) is not None


def _is_refused(said: Wording) -> bool:
    return not said.phrases.keys().isdisjoint(_REFUSING)


def _is_imperative(said: Wording) -> bool:
    """Whether it begins with a verb of advice."""
    return "imperatives" in said.phrases


def _is_title(words: Sequence[str]) -> bool:
    """Whether most of the longer words, the last one too, begin with a capital: a name, a heading, an affiliation."""
    last = next((word for word in reversed(words) if len(word) > _SHORT_WORD), "")
    if not last[:1].isupper():
        return False
    long = [word for word in words if len(word) > _SHORT_WORD]
    return sum(word[0].isupper() for word in long) * 2 > len(long)


def _is_lead_in(said: Wording) -> bool:
    """Whether a line that ends in a colon only introduces what follows: short, or broken off before its object."""
    if not said.plain.endswith(":"):
        return False
    return len(said.words) < 7 or said.plain[0].islower() or _UNFINISHED.search(said.plain) is not None
