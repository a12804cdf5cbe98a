"""Cues for claims, as `LANGUAGE/claim_cues.toml` has them, compiled once."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from kb.model.records import ClaimKind
from kb.vocabulary.data import load_as
from kb.vocabulary.phrases import Phrases


class CueList(msgspec.Struct, frozen=True):
    """Phrases that speak for one thing with one weight."""

    name: str
    weight: float
    cues: tuple[str, ...]


class Refusals(msgspec.Struct, frozen=True):
    """Phrases that speak against a claim; the data file says how each list is used."""

    anywhere: tuple[str, ...]
    start: tuple[str, ...]
    fictions: tuple[str, ...]
    copy_headings: tuple[str, ...]
    persons: tuple[str, ...]


class Doubts(msgspec.Struct, frozen=True):
    """Phrases that leave it unclear whether a sentence means what it says."""

    irony: tuple[str, ...]
    advertising: tuple[str, ...]
    guesses: tuple[str, ...]


class VerbWords(msgspec.Struct, frozen=True):
    """Words that tell a sentence from a name; the data file says what each list is for."""

    sure: frozenset[str]
    contracting: frozenset[str]
    begin_objects: frozenset[str]
    orders: frozenset[str]
    orders_or_nouns: frozenset[str]
    after_orders: frozenset[str]
    finite: frozenset[str]
    before_clauses: frozenset[str]
    before_orders: frozenset[str]
    subjects: frozenset[str]


class AttributionWords(msgspec.Struct, frozen=True):
    """Words before and after the name of somebody who is credited; `nobody` are first words of what is no name.

    `texts` are nouns that name a text or its author, credited like a name where "the" stands before them.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    after_many: tuple[str, ...]
    views: frozenset[str]
    texts: tuple[str, ...]
    nobody: frozenset[str]


class ClaimCues(msgspec.Struct, frozen=True):
    """The whole file."""

    priors: dict[str, dict[ClaimKind, float]]
    numbers: dict[str, dict[ClaimKind, float]]
    kinds: dict[ClaimKind, tuple[CueList, ...]]
    verbs: VerbWords
    refusals: Refusals
    doubts: Doubts
    attribution: AttributionWords


@cache
def claim_cues(language: str = "en") -> ClaimCues:
    """The cues of a language, read once."""
    return load_as("claim_cues", ClaimCues, language)


@cache
def cue_lists(language: str = "en") -> dict[str, tuple[ClaimKind, CueList]]:
    """The lists that speak for kinds, by name, each with its kind."""
    kinds = claim_cues(language).kinds.items()
    return {one.name: (kind, one) for kind, lists in kinds for one in lists}


@cache
def claim_phrases(language: str = "en") -> Phrases:
    """Every phrase that is looked for in a sentence, under the names in `cue_lists` and those of the refusals."""
    cues = claim_cues(language)
    lists = {name: one.cues for name, (_, one) in cue_lists(language).items()}
    refusals = {"anywhere": cues.refusals.anywhere, "persons": cues.refusals.persons, "fictions": cues.refusals.fictions}
    doubts = msgspec.structs.asdict(cues.doubts)
    crediting = {"before": cues.attribution.before, "after": cues.attribution.after, "after_many": cues.attribution.after_many}
    return Phrases(lists | refusals | doubts | {"start": tuple(f"^{cue}" for cue in cues.refusals.start)} | crediting)


@cache
def cue_pattern(cues: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for phrases in which "*" is the rest of a word, "_" one to three words, "^" the start of the sentence."""
    first = [_cue(cue[1:]) for cue in cues if cue.startswith("^")]
    anywhere = [_cue(cue) for cue in cues if not cue.startswith("^")]
    parts = [rf"\A\W{{0,6}}(?:{_longest_first(first)})"] if first else []
    parts += [rf"(?<![\w’'-])(?:{_longest_first(anywhere)})"] if anywhere else []
    return re.compile("|".join(parts), re.IGNORECASE)


def _longest_first(patterns: list[str]) -> str:
    return "|".join(sorted(patterns, key=len, reverse=True))


def _cue(cue: str) -> str:
    return r"\s+".join(map(_word, cue.split())) + (r"(?!-?\w)" if cue[-1].isalnum() or cue[-1] in "_*" else "")


def _word(word: str) -> str:
    if word == "_":
        return r"[\w’'%£,.-]+(?:\s+[\w’'%£,.-]+){0,2}?"
    return re.escape(word).replace("'", "['’]").replace(r"\*", r"[\w’']*")
