"""Sentences of which it is unclear whether they assert what they say: irony, guesses, advertising, pure ifs.

What is sure to be none of a claim is refused in `assertions`; what stands here is kept, and shown to nobody as an assertion.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kb.extract.claims.wordings import Wording, wording

_DOUBTING = ("irony", "advertising", "guesses")
"""Lists of the phrases that leave it unclear."""
_SMILEY = re.compile(r"(?<=\s)(?:[:;]-?[)DP](?![\w:/])|/s\b)")
_SMILEY_SIGNS = (":", ";", "/s")
_FACE = re.compile("[\U0001f600-\U0001f61f\U0001f643\U0001f644\U0001f914\U0001f923\U0001f929\U0001f92a]")
_OPENERS = frozenset({"and", "but", "so", "even", "or", "now", "because"})
_IFS = frozenset({"if", "supposing", "suppose", "assuming"})
_UNREAL = frozenset({"would", "'d", "wouldn"})
_PAST = frozenset({"were", "weren", "was", "wasn", "had", "hadn", "could", "did", "didn"})
_ADDED = frozenset({"yet", "but", "however", "although"})
"""What goes on with these beside an if is said outright."""
_ADVISING = ("duties", "needs", "orders", "imperatives")
_REACH = 8
"""So many tokens behind a late "if" its verb is looked for."""


def doubt_in(sentence: str) -> str | None:
    """Why it is unclear whether a sentence asserts what it says: "irony", "advertising", "guesses", "smiley" or "if"; else None.

    >>> doubt_in("If the lamp were lit, nobody would fall."), doubt_in("If the lamp is lit, nobody falls.")
    ('if', None)
    """
    said = wording(sentence)
    listed = next((name for name in _DOUBTING if name in said.phrases), None)
    if listed is not None:
        return listed
    if _smiles(sentence):
        return "smiley"
    return "if" if _is_pure_if(said) else None


def _smiles(sentence: str) -> bool:
    is_typed = any(sign in sentence for sign in _SMILEY_SIGNS) and _SMILEY.search(sentence) is not None
    return is_typed or _FACE.search(sentence) is not None


def _is_pure_if(said: Wording) -> bool:
    """Whether all that is said hangs on something that is not said to be so; advice on a condition is advice."""
    tokens = said.tokens
    if _UNREAL.isdisjoint(tokens) or _IFS.isdisjoint(tokens) or not said.phrases.keys().isdisjoint(_ADVISING):
        return False
    return _begins_with_if(tokens) or _ends_with_if(tokens)


def _begins_with_if(tokens: Sequence[str]) -> bool:
    first = next((token for token in tokens if token[0].isalnum() and token not in _OPENERS), "")
    return first in _IFS and not _goes_on(tokens)


def _ends_with_if(tokens: Sequence[str]) -> bool:
    """Whether the condition comes last and is contrary to fact: "would fall if it were lit"."""
    would = next(place for place, token in enumerate(tokens) if token in _UNREAL)
    late = next((place for place, token in enumerate(tokens) if token in _IFS and place > would), None)
    return late is not None and not _PAST.isdisjoint(tokens[late + 1 : late + 1 + _REACH]) and not _goes_on(tokens)


def _goes_on(tokens: Sequence[str]) -> bool:
    """Whether something is said outright beside the if: "..., yet nobody asks", "..., which is not the case"."""
    return not _ADDED.isdisjoint(tokens[2:]) or any(pair == (",", "which") for pair in pairwise(tokens))
