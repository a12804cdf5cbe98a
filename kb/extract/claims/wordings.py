"""A sentence as its words are judged: bare of marks, cut into tokens, with the phrases that stand in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kb.extract.claims.orders import order_in
from kb.text.abbreviations import LINK_TARGET
from kb.vocabulary.claim_cues import claim_phrases
from kb.vocabulary.phrases import tokens_of

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_KEYS = re.compile(r"\s?\[\d[\d,;\s–-]{0,60}\]")
_MARKER = re.compile(r"^[\s>•*·▪◦☑–—-]{0,8}(?:(?:\d{1,2}|[a-z])[.)]\s{0,3})?")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_REMEMBERED = 256
"""Sentences whose wording is kept: several rules ask for that of the same one, or of what introduces it, within few lines."""


@dataclass(frozen=True)
class Wording:
    """The words of a sentence."""

    plain: str
    """Without list marker, citation keys, link targets, addresses and emphasis."""
    words: tuple[str, ...]
    """Those that begin with a letter, as they are printed."""
    tokens: tuple[str, ...]
    """As `kb.vocabulary.phrases.tokens_of` cuts them."""
    phrases: Mapping[str, frozenset[str]]
    """For every list of cues the different phrases of it that stand there."""


@lru_cache(maxsize=_REMEMBERED)
def wording(sentence: str) -> Wording:
    """The wording of a sentence, list item or lead-in."""
    plain = _plain(sentence)
    tokens = tuple(tokens_of(plain))
    found = {name: frozenset(phrases) for name, phrases in claim_phrases().found_in(tokens).items()}
    order = order_in(tokens)
    if order is not None:
        found["imperatives"] = frozenset({order})
    return Wording(plain, tuple(_WORD.findall(plain)), tokens, found)


def _plain(sentence: str) -> str:
    plain = _KEYS.sub("", _MARKER.sub("", sentence)) if "[" in sentence else _MARKER.sub("", sentence)
    plain = LINK_TARGET.sub("]", plain) if "](" in plain else plain
    plain = _ADDRESS.sub(" ", plain) if "http" in plain or "www." in plain else plain
    return " ".join(plain.replace("**", "").replace("[", " ").replace("]", " ").split())
