"""Cuts the term out of the words before a cue: quoted, abbreviated or a short noun phrase. Texts are folded ones."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from kb.model import Span
from kb.vocabulary.data import load

_QUOTED = re.compile(r"\"(?P<double>[^\"]{2,80})\"|(?<![^\W_])'(?P<single>[^']{2,80})'(?![^\W_])")
_LAST_CLAUSE = re.compile(r".*(?:[:;]|,(?! *$)|\bthat\b|\bbut\b|\band\b(?=[^,]*$)|\bsince\b|\bbecause\b)\s+")
_LEADERS = re.compile(
    r"(?:\d{1,2}[.)]? +(?=[A-Z]))?"
    r"(?:(?:the|an?|this|our|their|in|by|so|and|but|now|here|essentially|basically|however|thus)\b(?!-)[, ]*)*"
    r"(?:(?:term|terms|phrase|word|words|label|expression|acronym|abbreviation|concept|concept of|name)\b *)?",
    re.IGNORECASE,
)
_TRAILERS = re.compile(
    r"(?:,? {0,3}(?:in (?:this|that|the) (?:[\w-]+ )?(?:context|document|guidance|report|paper|case|letter|article)"
    r"|here|simply|just|usually|generally|often|really|also|literally|typically|broadly|currently|now|on its own|itself)){1,4}$",
    re.IGNORECASE,
)
OR_SO_CALLED = re.compile(r", (?:or|also (?:known as|called)|(?:sometimes|often|commonly) (?:called|known as)) [^,;:]{1,60}, *$")
"""Another name between commas behind the term: "encephalitis, or EN, is"."""
_BRACKETED = re.compile(r"(?<!\s)\s*+[(\[][^()\[\]]*[)\]]\s*")
_WORD = re.compile(r"[^\W_](?:[^\s\"“”()\[\]]*[^\W_])?")
_MARKS = " ,'\"‘’“”*_"
_SHARE = re.compile(r"\d ?%|\d per ?cent")
MOST_WORDS = 7
_WORDS_BEHIND = 3
"""Words that may stand between a quoted term and what says its meaning."""
_NEW_CLAUSE = re.compile(r"[;:] ")
_NUMBER = 3


@cache
def word_set(name: str) -> frozenset[str]:
    """A list of words of the definition cues."""
    return frozenset(load("definitions")[name])


def subject(text: str, span: Span) -> Span | None:
    """The term in the words `span`, which run from the start of a sentence to a cue; None where they hold no term.

    Quoted words go first, else what follows the last comma or "that"; articles, "the term" and adverbs are cut off.
    """
    folded = OR_SO_CALLED.sub("", span.of(text))
    quoted = list(_QUOTED.finditer(folded))
    behind = folded[quoted[-1].end() :] if quoted else ""
    if quoted and len(behind.split()) <= _WORDS_BEHIND and _NEW_CLAUSE.search(behind) is None:
        group = "double" if quoted[-1]["double"] else "single"
        is_pointing = quoted[-1][group].lower() in word_set("not_edges")
        return None if is_pointing else Span(*quoted[-1].span(group)).shifted(span.start)
    trimmed = _TRAILERS.sub("", folded.rstrip(" ,"))
    clause = _LAST_CLAUSE.match(trimmed)
    start = clause.end() if clause else 0
    leaders = _LEADERS.match(trimmed, start)
    start = leaders.end() if leaders else start
    place = _stripped(text, Span(start, len(trimmed)).shifted(span.start)) if start < len(trimmed) else None
    return place if place is not None and is_term(place.of(text)) else None


def phrase_before(text: str, span: Span) -> Span | None:
    """The noun phrase that ends `span`: words back to an article, preposition other than "of", verb or punctuation."""
    folded = span.of(text)
    first: int | None = None
    end = len(folded.rstrip())
    for word in reversed(list(_WORD.finditer(folded))[-MOST_WORDS:]):
        gap = folded[word.end() : first if first is not None else end]
        if word[0].lower() in word_set("phrase_ends") or gap.strip(" *'\""):
            break
        first = word.start()
    if first is None:
        return None
    place = Span(first, end).shifted(span.start)
    return _stripped(text, place)


def is_term(words: str) -> bool:
    """Whether words can be a term: few, no pronoun or thing that merely "refers" at their head, no verb among them."""
    parts = [part.strip(_MARKS).lower() for part in _BRACKETED.sub(" ", words).split()]
    is_whole = words.count("(") == words.count(")") and any(letter.isalpha() for letter in words)
    is_counted = len(parts) > 1 and parts[-2].strip(".") in word_set("counted") and len(parts[-1]) <= _NUMBER
    if not parts or len(parts) > MOST_WORDS or not is_whole or is_counted:
        return False
    if word_set("not_edges").intersection((parts[0], parts[-1])) or _head(parts) in word_set("not_heads"):
        return False
    return not word_set("clause_words").intersection(parts) and not _SHARE.search(words)


def _head(parts: list[str]) -> str:
    """The noun a phrase is about: before its first preposition, else its last word."""
    followers = word_set("head_followers")
    return next((noun for noun, following in pairwise(parts) if following in followers), parts[-1])


def _stripped(text: str, span: Span) -> Span | None:
    words = span.of(text)
    lead = len(words) - len(words.lstrip(_MARKS))
    kept = words.strip(_MARKS)
    return Span(span.start + lead, span.start + lead + len(kept)) if kept else None


def without_brackets(words: str) -> str:
    """`words` without what stands in brackets, white space folded.

    >>> without_brackets("Unexplained  symptoms (US)")
    'Unexplained symptoms'
    """
    return " ".join(_BRACKETED.sub(" ", words).split())
