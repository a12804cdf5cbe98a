"""How a text marks words as a term: by quotation marks, capitals, an abbreviation, or the place they stand at."""

from __future__ import annotations

from enum import IntEnum

from kb.extract.definitions.noun_phrases import OR_SO_CALLED, without_brackets
from kb.extract.labels import concept_of, is_organisation
from kb.extract.prepared import Prepared
from kb.model import Span
from kb.text.abbreviations import bare_short


class MarkedAs(IntEnum):
    """From nothing to the surest; each counts as those before it."""

    ANY = 0
    PLAIN = 1
    """It begins its sentence without "the"."""
    MARKED = 2
    """It is the name of a condition, or has another name between commas behind it."""
    CAPITALS = 3
    """Or it stands behind "the term", "the word" and the like."""
    ABBREVIATED = 4
    """The document introduces an abbreviation that is the term, or stands for it."""
    QUOTED = 5


_ARTICLES = frozenset({"", "a", "an"})
_CALLED_TERMS = (
    "the term",
    "the word",
    "the phrase",
    "the label",
    "the expression",
    "the name",
    "the acronym",
    "the abbreviation",
)
_FEWEST_CAPITALS = 2


def marked_as(prepared: Prepared, start: int, term: Span, cue: int) -> MarkedAs:
    """How the term is marked, in a sentence from `start` on whose words of defining begin at `cue`."""
    text = prepared.folded
    if {text[term.start - 1 : term.start], text[term.end : term.end + 1]} in ({'"'}, {"'"}) and cue - term.end <= 1:
        return MarkedAs.QUOTED
    words = without_brackets(term.of(text))
    if is_organisation(words):
        return MarkedAs.PLAIN
    if _is_introduced(prepared, words):
        return MarkedAs.ABBREVIATED
    before = text[start : term.start].rstrip(" \"'*(").lower()
    is_acronym = words.isupper() and len(words) >= _FEWEST_CAPITALS and not words[0].isdigit()
    if is_acronym or before.endswith(_CALLED_TERMS):
        return MarkedAs.CAPITALS
    if OR_SO_CALLED.match(text, term.end, cue) or concept_of(text, Span(term.start, term.start + len(words))) is not None:
        return MarkedAs.MARKED
    return MarkedAs.PLAIN if before.lstrip(" \"'*(") in _ARTICLES else MarkedAs.ANY


def _is_introduced(prepared: Prepared, words: str) -> bool:
    return bare_short(words) in prepared.local_terms.first or words.lower() in prepared.local_terms.long_forms
