"""The labels of the vocabulary, ready to be looked for in a text: names of conditions and of organisations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from kb.model import Span
from kb.text.folding import fold_same_length
from kb.text.terms import TermIndex, key_of, words
from kb.vocabulary import conditions, organisations

_REMEMBERED = 1 << 15
"""Different words a text of any length hardly exceeds."""


@dataclass(frozen=True)
class Label:
    """What a label stands for; `concept` None is a name that mentions no condition."""

    concept: str | None
    kind: str


@cache
def term_index() -> TermIndex[Label]:
    """Every label of the vocabulary."""
    index: TermIndex[Label] = TermIndex()
    for organisation in organisations():
        for name in (organisation.name, *organisation.other):
            index.add(name, Label(None, "organisation"), exact=True)
    for concept in conditions():
        for label in concept.joined_label:
            index.add(label, Label(concept.id, "joined"))
        for label in (concept.pref_label, *concept.alt_label, *concept.hidden_label):
            index.add(label, Label(concept.id, "label"))
        for label in concept.exact_label:
            index.add(label, Label(concept.id, "acronym"), exact=True)
    return index


@lru_cache(_REMEMBERED)
def begins_label(word: str) -> bool:
    """Whether a label of the vocabulary begins with `word`, a typing error in it forgiven."""
    return term_index().begins(word)


@lru_cache(_REMEMBERED)
def holds_beginning(spelling: str) -> bool:
    """Whether a label begins with one of the words in `spelling`, which is what stands between two blanks."""
    return any(begins_label(word[0]) for word in words(spelling, Span(0, len(spelling))))


@cache
def known_acronyms() -> frozenset[str]:
    """The labels that are one word in capitals, of conditions and of organisations."""
    labels = [label for concept in conditions() for label in (*concept.exact_label, *concept.alt_label)]
    return frozenset(label for label in (*labels, *_organisation_names()) if label.isupper() and " " not in label)


def is_organisation(words: str) -> bool:
    """Whether `words` are the name of an organisation, in its own case."""
    return words in _organisation_names()


@cache
def _organisation_names() -> frozenset[str]:
    return frozenset(name for organisation in organisations() for name in (organisation.name, *organisation.other))


@cache
def short_labels() -> dict[str, tuple[str, ...]]:
    """Words that name a concept after it was named in full, as `key_of` gives them, with the concepts in the order of data."""
    labels: dict[str, tuple[str, ...]] = {}
    for concept in conditions():
        for label in concept.short_label:
            labels[key_of(label)] = (*labels.get(key_of(label), ()), concept.id)
    return labels


def concept_of(text: str, span: Span) -> str | None:
    """The concept whose label ends where `span` ends and covers most of it, or None.

    >>> words = "people with chronic fatigue syndrome"
    >>> concept_of(words, Span(12, len(words))), concept_of(words, Span(0, 6))
    ('cfs', None)
    """
    phrase = fold_same_length(span.of(text))
    inside = Span(0, len(phrase))
    ends = [word.end() for word in words(phrase, inside)]
    for match in term_index().matches(phrase, inside):
        if match.span.end == ends[-1] and 2 * match.words > len(ends) and match.value.kind != "joined":
            return match.value.concept
    return None
