"""Which sentences assert something, and which only ask, greet, point, advertise or name.

The rules look at form, not at subjects: most sentences of argument and guidance are claims, so each rule says why one is not.
"""

from __future__ import annotations

import re

from kb.text.abbreviations import LINK_TARGET
from kb.vocabulary.claim_cues import claim_cues, cue_pattern, starting

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_KEYS = re.compile(r"\s?\[\d[\d,;\s–-]{0,60}\]")
_MARKER = re.compile(r"^[\s>•*·▪◦☑–—-]{0,8}(?:(?:\d{1,2}|[a-z])[.)]\s{0,3})?")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_QUESTION = re.compile(r"\?[\s\"'”’)\]:!*]*$")
_ELLIPSIS_ONLY = re.compile(r"^\W*$")
_INVERTED = re.compile(
    r"(?:(?:or|and|so|but)\s)?(?:am|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)n?['’]?t?\s"
    r"(?:i|you|we|they|he|she|it|this|that|these|those|there)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:[\w.’'-]+\s){1,4}(?:asks?|asked|wonders?|wondered),?\s(?:[\w.,’'-]+\s){0,6}?(?:whether|if|why|how|what|which|who|when|where)\b"
)
"""A sentence whose main verb asks."""
_STOPPED = re.compile(r"[.!…][\s\"'”’)\]*.]*(?:\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,8})?$")
_UNFINISHED = re.compile(
    r"\b(?:a|also|and|are|as|at|because|by|can|could|for|from|has|have|if|in|include|includes|is|of|on|or|read|reads|should|than|that|the|to|was|were"
    r"|when|will|with|would|to\s[a-z]+)\s?:$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:am|is|are|was|were|be|been|has|have|had|do|does|did|can|could|may|might|will|would|shall|should|must|cannot|need|needs)\b"
    r"|\w(?:n['’]t|['’](?:re|ve|ll|m|d))\b|\b(?:it|that|there|what|he|she|who|here|let)['’]s\b"
    r"|[a-z]{3,}(?<!s)s(?=\s(?:an?|the|th[aeio][a-z]{2,3}|its|his|her|our|your|it|how|what|why|no|not|all|any|each|every|many|several|some|another|\w+ly)\b)"
    r"|\b(?:became|began|came|cost|fell|felt|found|gave|get|give|go|grew|held|keep|know|led|left|lost|made|make|met|paid|put|ran|rose|said|saw|say"
    r"|see|seem|set|show|spent|stay|take|think|told|took|want|went|won|write|wrote)\b",
    re.IGNORECASE,
)
_SHORTEST = 3
_SHORTEST_BARE = 5
"""A line without a final stop and without a verb sure to be one needs this many words to be read as a sentence."""


def plain_words(sentence: str) -> str:
    """The sentence without list marker, citation keys, link targets, addresses and emphasis: what its words are judged by."""
    plain = _ADDRESS.sub(" ", LINK_TARGET.sub("]", _KEYS.sub("", _MARKER.sub("", sentence))))
    return " ".join(plain.replace("**", "").replace("[", " ").replace("]", " ").split())


def asserts(sentence: str) -> bool:
    """Whether a sentence of running text says something that could be checked or argued with.

    >>> asserts("Waiting times have doubled."), asserts("Have waiting times doubled?"), asserts("Thanks for the link!")
    (True, False, False)
    """
    plain = plain_words(sentence)
    words = _WORD.findall(plain)
    if len(words) < _SHORTEST or _is_asking(plain) or _is_refused(plain):
        return False
    if _STOPPED.search(plain):
        is_long = len(words) > _SHORTEST and not _is_title(words)
        return is_long or has_verb(plain) or _is_imperative(plain)
    if not has_verb(plain) or _is_title(words):
        return False
    return len(words) >= _SHORTEST_BARE and not _is_lead_in(plain, words)


def asserts_in_list(item: str, *, is_charged: bool) -> bool:
    """Whether a list item goes on with what its lead-in asserts: a verb may be missing, and a name alone does not.

    `is_charged` says that its words by themselves speak for a kind of claim; then two words are enough.
    """
    plain = plain_words(item)
    words = _WORD.findall(plain)
    shortest = _SHORTEST - 1 if is_charged else _SHORTEST
    return len(words) >= shortest and not (_is_asking(plain) or _is_refused(plain) or _is_title(words))


def has_verb(words: str) -> bool:
    """Whether a verb stands there that is sure to be one: an auxiliary, or a form before an article and the like."""
    return _VERB.search(words) is not None


def is_fiction(words: str, *, at_least: int = 1) -> bool:
    """Whether beings of tales and jokes stand in the words: satire, which asserts nothing it says."""
    pattern = cue_pattern(claim_cues().refusals.fictions)
    return sum(1 for _ in pattern.finditer(words)) >= at_least


def is_on_a_person(sentence: str) -> bool:
    """Whether the sentence calls somebody names: no claim, and never a title."""
    return cue_pattern(claim_cues().refusals.persons).search(sentence) is not None


def _is_asking(plain: str) -> bool:
    return any(match is not None for match in (_QUESTION.search(plain), _INVERTED.match(plain), _ASKS.match(plain)))


def _is_refused(plain: str) -> bool:
    refusals = claim_cues().refusals
    if cue_pattern(starting(refusals.start)).match(plain) or cue_pattern(refusals.anywhere).search(plain):
        return True
    return _ELLIPSIS_ONLY.match(plain) is not None or is_on_a_person(plain)


def _is_imperative(plain: str) -> bool:
    advice = (cue for one in claim_cues().kinds["recommendation"] for cue in one.cues if cue.startswith("^"))
    return cue_pattern(tuple(advice)).match(plain) is not None


def _is_title(words: list[str]) -> bool:
    """Whether most of the longer words, the last one too, begin with a capital: a name, a heading, an affiliation."""
    long = [word for word in words if len(word) > 3]
    return bool(long) and long[-1][0].isupper() and sum(word[0].isupper() for word in long) * 2 > len(long)


def _is_lead_in(plain: str, words: list[str]) -> bool:
    """Whether a line that ends in a colon only introduces what follows: short, or broken off before its object."""
    return plain.endswith(":") and (len(words) < 7 or plain[0].islower() or _UNFINISHED.search(plain) is not None)
