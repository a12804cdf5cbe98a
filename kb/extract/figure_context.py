"""What stands around a quantity in its sentence: of what, of whom, where, when, and what sort of number it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kb.model import Span
from kb.model.records import ClaimKind, Nature
from kb.text.numbers import Quantity
from kb.vocabulary.claim_cues import claim_cues, cue_pattern
from kb.vocabulary.units import units

_OF = re.compile(r"[\s)]{0,3}of\s+")
_BARE_AFTER = re.compile(r"\s+(?=(?:with|without|aged)\s)")
_RATIO = re.compile(r"\b(?:in|out\s+of)\b", re.IGNORECASE)
_OF_THE = re.compile(
    r"^\s{0,3}(?:(?:or|and)\s(?:more|fewer|less|above|over)\s)?(?:of\s(?:(?:the|these|those|their|our|its)\s)?)?"
)
_BLANK = re.compile(r"\s+")
_SUBJECT = re.compile(r"\W{0,4}(?:(?:In|Across|Within|Throughout)\s[\w\s-]{2,40},\s{0,2})?")
_LEADING = re.compile(r"(?:\A|[,;:.]\s{1,2})\W{0,4}(?:(?:Out\s)?[Oo]f|[Aa]mong(?:st)?)\s(?:all\s|the\s)?(?=[A-Za-z])")
"""What begins a clause whose share is of those it names first: "Of all callers, 40% ..."."""
_NEXT_WORD = re.compile(r"\s{0,9}([A-Za-z0-9][\w/&'’-]*\+?)")
_LABEL = re.compile(r"\W{0,6}([^\W\d][\w /&'’-]{1,60}?)\s{0,3}[(:–-]\s{0,3}")
_PERIOD = re.compile(
    r"\A\W{0,6}(?:19|20)\d\d(?:[/–-]\d{2,4})?(?=\s?:)"
    r"|\b(?:(?:each|every|per|a)\s(?:year|month|week|day)|annually|per annum|yearly|monthly"
    r"|(?:by|in|since|from|until|during|for)\s(?:[A-Za-z]{3,9}[\s-]){0,2}(?:19|20)\d\d(?:[/–-]\d{2,4})?|between\s(?:19|20)\d\d\sand\s(?:19|20)\d\d"
    r"|at\s\w{1,9}\s(?:months|weeks|years)|over\sthe\s(?:next|last|past)\s(?:\w{1,9}\s)?(?:years?|months?|weeks?|decade))\b",
    re.IGNORECASE,
)
_TRAILING = frozenset({"a", "aged", "an", "and", "for", "in", "of", "or", "over", "the", "to", "under", "who", "with"})
_BOUNDED = frozenset({"aged", "over", "under"})
_RELATIVES = frozenset({"who", "that", "which"})
_ARTICLES = frozenset({"a", "an", "the"})
_MOST_WORDS, _FIRST_WORDS = 14, 4
_LOOK_AHEAD = 160


def word_after(text: str, place: int, end: int) -> str:
    """The next word in lower case, or "" at a mark or the end."""
    match = _NEXT_WORD.match(text, place, end)
    return match[1].lower() if match else ""


def counted(text: str, found: Quantity, span: Span) -> str | None:
    """Of what: the phrase after "of"; for a count the words up to its noun; for "Neurology (62%)" the label before it."""
    if found.noun is not None:
        return " ".join(_OF_THE.sub("", text[found.span.end : found.noun.end].lstrip(" +-")).split()) or None
    phrase = _after_of(text, found, span)
    label = _LABEL.fullmatch(text, span.start, found.span.start) if phrase is None else None
    return " ".join(label[1].split()) if label else phrase


def population(text: str, found: Quantity, span: Span) -> str | None:
    """Of whom: people counted, people after "of" or "one in four", the subject of the sentence if people, cases after "of"."""
    words = claim_cues().figures
    if found.noun is not None:
        is_people = found.noun.of(text).lower() in words.people
        return _phrase_from(text, found.noun.start, span) if is_people else None
    phrase = _after_of(text, found, span)
    if phrase is not None and _names(phrase, words.people):
        return phrase
    whom = (_after_ratio(text, found, span) or _leading(text, found, span)) if phrase is None else _subject(text, found, span)
    return whom or (phrase if phrase is not None and _names(phrase, words.cases) else None)


def setting(sentence: str) -> str | None:
    """Where: the first setting named after "in", "across" and the like."""
    match = _setting_pattern().search(" ".join(sentence.split()))
    return match["setting"] if match else None


def period(sentence: str) -> str | None:
    """When or how often: the first such words."""
    match = _PERIOD.search(" ".join(sentence.split()))
    return match.group().strip(" *•-") if match else None


def nature(sentence: str, kind: ClaimKind) -> Nature:
    """Whether a figure is to be reached, worked out, expected or achieved, as far as the words say."""
    words = claim_cues().figures
    if kind == "target":
        return "target"
    for name, cues in (("derived", words.derived), ("expected", words.expected), ("outcome", words.outcome)):
        if cue_pattern(cues).search(sentence):
            return name  # type: ignore[return-value]
    return "unknown"


def _after_of(text: str, found: Quantity, span: Span) -> str | None:
    opening = _OF.match(text, found.span.end, span.end)
    return _phrase_from(text, opening.end(), span) if opening else None


def _after_ratio(text: str, found: Quantity, span: Span) -> str | None:
    """The people after "one in four", or "with ..." after a share whose people were named before."""
    bare = _BARE_AFTER.match(text, found.span.end, span.end)
    if bare:
        return _phrase_from(text, bare.end(), span)
    if not _RATIO.search(found.span.of(text)):
        return None
    phrase = _phrase_from(text, found.span.end, span) or ""
    return phrase if _names(" ".join(phrase.split()[:_FIRST_WORDS]), claim_cues().figures.people) else None


def _leading(text: str, found: Quantity, span: Span) -> str | None:
    """The people a clause before the share begins with: "Among these adults, one in five ..."."""
    first = max(span.start, found.span.start - _LOOK_AHEAD)
    for opening in reversed(list(_LEADING.finditer(text[first : found.span.start]))):
        if first > span.start and not opening.start():
            continue
        start = first + opening.end()
        phrase = _phrase_from(text, start, Span(start, found.span.start))
        if phrase is not None and _names(phrase, claim_cues().figures.people | claim_cues().figures.cases):
            return phrase
    return None


def _subject(text: str, found: Quantity, span: Span) -> str | None:
    """The people the sentence begins with, where they stand before the figure."""
    opening = _SUBJECT.match(text, span.start, found.span.start)
    start = opening.end() if opening else span.start
    phrase = _phrase_from(text, start, Span(start, max(start, found.span.start)))
    return phrase if phrase and _names(" ".join(phrase.split()[:_FIRST_WORDS]), claim_cues().figures.people) else None


def _names(phrase: str, heads: frozenset[str]) -> bool:
    return bool(heads & set(phrase.lower().split()))


def _phrase_from(text: str, start: int, span: Span) -> str | None:
    """The words from `start` up to a mark, a number or a word that begins the predicate; a clause with "who" belongs to them."""
    words = _Phrase(start)
    for _ in range(_MOST_WORDS):
        match = _NEXT_WORD.match(text, words.end, min(span.end, start + _LOOK_AHEAD))
        if match is None or not words.takes(match[1]):
            break
        words.end = match.end()
    kept = _BLANK.split(text[start : words.end].strip())
    while kept and kept[-1].lower() in _TRAILING:
        kept.pop()
    return " ".join(kept) or None


@dataclass
class _Phrase:
    """A noun phrase on its way, word by word."""

    end: int
    before: str = ""
    is_clause: bool = False
    """Whether the last words are "who" and auxiliaries right behind it: a verb must follow."""
    has_clause: bool = False

    def takes(self, word: str) -> bool:
        """Whether the next word belongs to the phrase."""
        lower = word.lower()
        if lower in _RELATIVES and self.before and not self.has_clause:
            self.is_clause = self.has_clause = True
        elif self.is_clause:
            self.is_clause = lower in claim_cues().figures.auxiliaries
        elif self._is_ended_by(word, lower):
            return False
        self.before = lower
        return True

    def _is_ended_by(self, word: str, lower: str) -> bool:
        if lower in claim_cues().figures.ends or (lower[0].isdigit() and self.before not in _BOUNDED):
            return True
        if lower in _ARTICLES:
            return bool(self.before) and self.before not in claim_cues().figures.before_article
        return lower in units().words.months and word[0].isupper() and self.before in {"in", "by", "since", "from", "until"}


@cache
def _setting_pattern() -> re.Pattern[str]:
    settings = "|".join(sorted(map(re.escape, claim_cues().figures.settings), key=len, reverse=True))
    return re.compile(rf"\b(?:in|across|within|throughout)\s(?:all\s|most\s)?(?P<setting>{settings})\b", re.IGNORECASE)
