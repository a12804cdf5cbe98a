"""The ways a sentence says what a term means, read by the patterns of the data file.

Texts are folded ones (`Prepared.folded`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

import msgspec

from kb.extract.cued import Signposts
from kb.extract.definitions.noun_phrases import is_term, phrase_before, subject, word_set
from kb.extract.definitions.term_marks import MarkedAs, marked_as
from kb.extract.prepared import Prepared
from kb.model import Span
from kb.model.records import DefinitionForm
from kb.text.abbreviations import spelt_out
from kb.text.small_letters import in_small_letters
from kb.vocabulary.data import load

Order = Literal["term-first", "named", "meaning-first", "behind-phrase", "refusal", "named-refusal"]

_NAMED_LIST = re.compile(r"<<(\w+)>>")
_VERB = " (?:{}),? +(?!(?:<<not_meanings>>)\\b)(?P<meaning>.+)"
_AS_NAME = re.compile(r" refers? to [^,.;:()]{2,80}? as (?:(?:the |an? )?['\"]|(?:the |an? )?[A-Z])")
_BRACKET_BEHIND = re.compile(r"\s*\([^()]{1,20}\)")
_BRACKET_AT_END = re.compile(r" \([^()]{1,20}\)$")
_COPULA = re.compile(r"(?:is|are|was|were|has been|have been)\s+")
CLAUSE_MARK = re.compile(r"[,;:] ")
_QUOTED = re.compile(r"(?<!\w)(['\"])[^'\"]{1,80}\1")
_STOPS = " .,;:!?()"
_JOINERS = frozenset({"and", "or"})
_CITED = re.compile(r"(?<!\s)\s*+\[[\d, -]{1,20}\]$")
"""A citation at the end of a sentence is no part of a meaning."""
_JUDGED_WORDS = 12
"""Words of a meaning among which a judgement is looked for."""


@dataclass(frozen=True)
class Defined:
    """A term and what a text says it means; all places absolute."""

    span: Span
    term: Span
    form: DefinitionForm
    rule: str
    definiens: Span | None = None
    confidence: float = 0.8


class _Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    rule: str
    order: Order
    cue: str = ""
    verbs: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    needs: Literal["any", "plain", "marked", "abbreviated", "quoted"] = "any"
    unsure: bool = False
    cased: bool = False
    members: bool = True
    confidence: float


@dataclass(frozen=True)
class Pattern:
    """One way to define: what its sentences hold, what it looks for, how its term must be marked."""

    rule: str
    order: Order
    regex: re.Pattern[str]
    is_cased: bool
    """Whether it looks at capitals too; the others read small letters."""
    signs: tuple[str, ...]
    needs: MarkedAs
    is_unsure: bool
    confidence: float


@cache
def _rows() -> tuple[_Row, ...]:
    return msgspec.convert(load("definitions")["pattern"], type=tuple[_Row, ...])


def rules() -> tuple[str, ...]:
    """The names of the patterns, none of which this compiles."""
    return tuple(row.rule for row in _rows())


@cache
def opinions() -> frozenset[str]:
    """The rules whose sentences are opinions where a member says them in words of their own."""
    return frozenset(row.rule for row in _rows() if not row.members)


@cache
def patterns() -> tuple[Pattern, ...]:
    """The patterns in the order of the data file: of two that match at the same place, the first goes before."""
    return tuple(map(_pattern, _rows()))


def _pattern(row: _Row) -> Pattern:
    cue = row.cue or _VERB.format("|".join(sorted(row.verbs, key=len, reverse=True)).replace(" ", " +"))
    signs = row.signs or tuple(sorted({max(verb.lower().split(), key=len) for verb in row.verbs}))
    needs = MarkedAs[row.needs.upper()]
    regex = re.compile(filled(cue), re.IGNORECASE) if row.cased else in_small_letters(filled(cue))
    return Pattern(row.rule, row.order, regex, row.cased, signs, needs, row.unsure, row.confidence)


def filled(pattern: str) -> str:
    """`pattern` with the phrases of the lists it names."""
    return _NAMED_LIST.sub(lambda name: either(name[1]), pattern)


@cache
def either(name: str) -> str:
    """The phrases of a list, any of which matches, the longest first."""
    phrases = sorted(load("definitions")[name], key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", " +") for phrase in phrases)


class Definer:
    """Reads the sentences of one document for what they define."""

    def __init__(self, prepared: Prepared) -> None:
        self._prepared = prepared
        self._posts = Signposts(prepared.lowered, [pattern.signs for pattern in patterns()])

    def defined_in(self, span: Span) -> Iterator[Defined]:
        """What the sentence at `span` defines, in the order of the words that do; of two on the same term, the first is kept."""
        taken: list[Span] = []
        for pattern, match in self._matches(span):
            for defined in _READERS[pattern.order](self._prepared, span, pattern, match):
                if not any(term.overlaps(defined.term) for term in taken):
                    taken.append(defined.term)
                    yield defined

    def _matches(self, span: Span) -> list[tuple[Pattern, re.Match[str]]]:
        found = [
            (match.start(), order, match)
            for order in self._posts.inside(span)
            for match in patterns()[order].regex.finditer(self._text_for(order), span.start, span.end)
        ]
        if len(found) > 1:
            found.sort(key=lambda each: each[:2])
        return [(patterns()[order], match) for _, order, match in found]

    def _text_for(self, order: int) -> str:
        return self._prepared.folded if patterns()[order].is_cased else self._prepared.lowered


def _term_first(prepared: Prepared, span: Span, pattern: Pattern, match: re.Match[str]) -> Iterator[Defined]:
    term = subject(prepared.folded, Span(span.start, match.start()))
    if term is None or _judges(match) or _AS_NAME.match(prepared.folded, match.start(), span.end):
        return
    mark = marked_as(prepared, span.start, term, match.start())
    if mark < pattern.needs or (pattern.is_unsure and not match["likely"] and mark < MarkedAs.CAPITALS):
        return
    meaning = _meaning(prepared.folded, match)
    form: DefinitionForm = "abbreviation" if spelt_out(prepared.folded, Span(term.start, meaning.end)) else "explicit"
    yield Defined(span, term, form, pattern.rule, meaning, pattern.confidence)


def _judges(match: re.Match[str]) -> bool:
    """Whether a kind is none, or what is said of it a judgement; patterns without the group `adjectives` name no kind."""
    groups = match.groupdict()
    if "adjectives" not in groups:
        return False
    before = (groups["adjectives"] or "").lower().split()
    if not word_set("evaluative").isdisjoint(before) or is_judged(match["meaning"]):
        return True
    head = (groups.get("head") or "").lower()
    phrase = {*before, head} - _JOINERS
    return bool(head) and (head in word_set("not_kinds") or not word_set("phrase_ends").isdisjoint(phrase))


def is_judged(meaning: str) -> bool:
    """Whether the speaker's own judgement or life stands in a meaning, outside quotation marks."""
    said = _QUOTED.sub(" ", meaning).lower().split()[:_JUDGED_WORDS]
    return not word_set("judging").isdisjoint(word.strip(_STOPS) for word in said)


def _named(prepared: Prepared, span: Span, pattern: Pattern, match: re.Match[str]) -> Iterator[Defined]:
    groups = match.groupdict()
    name = next(name for name in ("term", "quoted", "any") if groups.get(name))
    term = subject(prepared.folded, Span(*match.span(name)))
    if term is not None:
        yield Defined(span, term, "explicit", pattern.rule, _meaning(prepared.folded, match), pattern.confidence)


def _meaning_first(prepared: Prepared, span: Span, pattern: Pattern, match: re.Match[str]) -> Iterator[Defined]:
    term, meaning = Span(*match.span("term")), Span(*match.span("meaning"))
    whole = Span(_clause_start(prepared.folded, span, meaning.start), match.end())
    yield Defined(whole, term, "explicit", pattern.rule, meaning, pattern.confidence)


def _behind_phrase(prepared: Prepared, span: Span, pattern: Pattern, match: re.Match[str]) -> Iterator[Defined]:
    """The noun phrase before the pattern is the meaning of the term in it, or the term of the meaning in it."""
    before = _noun_phrase(prepared.folded, span.start, match.start())
    term, meaning = match.groupdict().get("term"), match.groupdict().get("meaning")
    if before is None or not is_term(term or "term"):
        return
    if meaning is not None:
        defined, definiens = before, _meaning(prepared.folded, match)
    else:
        defined, definiens = Span(*match.span("term")), before
    yield Defined(Span(before.start, match.end()), defined, "explicit", pattern.rule, definiens, pattern.confidence)


def _noun_phrase(text: str, start: int, end: int) -> Span | None:
    """The noun phrase that ends there, a bracket behind it left out; None where a verb stands right before it."""
    bracket = _BRACKET_AT_END.search(text, start, end)
    phrase = phrase_before(text, Span(start, bracket.start() if bracket else end))
    if phrase is None or not is_term(phrase.of(text)):
        return None
    before = text[start : phrase.start].lower().split()
    return phrase if not before or before[-1] not in word_set("clause_words") else None


def _refusal(prepared: Prepared, span: Span, pattern: Pattern, match: re.Match[str]) -> Iterator[Defined]:
    term = subject(prepared.folded, Span(span.start, match.start()))
    if term is None or marked_as(prepared, span.start, term, match.start()) < pattern.needs:
        return
    meaning = Span(*match.span("meaning"))
    whole = _with_bracket(prepared.folded, term, meaning.start)
    yield Defined(span, whole, "rejected", pattern.rule, _after_verb(prepared.folded, meaning), pattern.confidence)


def _named_refusal(prepared: Prepared, span: Span, pattern: Pattern, match: re.Match[str]) -> Iterator[Defined]:
    term = Span(*match.span("term")).trimmed(prepared.folded)
    if is_term(match["term"]):
        yield Defined(span, term, "rejected", pattern.rule, None, pattern.confidence)


_READERS = {
    "term-first": _term_first,
    "named": _named,
    "meaning-first": _meaning_first,
    "behind-phrase": _behind_phrase,
    "refusal": _refusal,
    "named-refusal": _named_refusal,
}


def _with_bracket(text: str, term: Span, limit: int) -> Span:
    """The term with a bracket that follows it: "Unexplained symptoms (US)"."""
    following = _BRACKET_BEHIND.match(text, term.end, limit)
    return Span(term.start, following.end()) if following and "(" not in term.of(text) else term


def _after_verb(text: str, meaning: Span) -> Span:
    verb = _COPULA.match(text, meaning.start, meaning.end)
    return Span(verb.end(), meaning.end) if verb else meaning


def _clause_start(text: str, span: Span, before: int) -> int:
    marks = list(CLAUSE_MARK.finditer(text, span.start, before))
    return marks[-1].end() if marks else span.start


@cache
def _telling() -> tuple[re.Pattern[str], re.Pattern[str]]:
    teller = rf"(?:an?|the|one|some) [\w' -]{{2,30}} (?:{either('tells')})"
    return re.compile(f"{teller}, ", re.IGNORECASE), re.compile(f", {teller}$", re.IGNORECASE)


def _meaning(text: str, match: re.Match[str]) -> Span:
    """The words of the group `meaning` without what ends a sentence, and without a clause of telling at either end."""
    ahead, behind = _telling()
    place = Span(*match.span("meaning")).trimmed(text)
    told = ahead.match(text, place.start, place.end)
    place = Span(told.end() if told else place.start, place.end)
    words = _CITED.sub("", behind.sub("", place.of(text).rstrip(" .;,!")))
    return Span(place.start, place.start + len(words.removesuffix('"') if words.count('"') == 1 else words))
