"""Definitions by a bracket: a name or a meaning that stands in one behind what it belongs to. Texts are folded ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kb.extract.definitions.defining import CLAUSE_MARK, Defined, filled
from kb.extract.definitions.noun_phrases import is_term, phrase_before, word_set
from kb.extract.prepared import Prepared
from kb.model import Span
from kb.vocabulary.data import load

_BRACKET = re.compile(r"\((?P<inside>[^()]{4,200})\)")
_QUOTED_NAME = re.compile(r"(?P<name>['\"](?P<inner>[^'\"]{2,60})['\"](?: (?!in\b|for\b|here\b)[a-z]+)?)")
_VERB = re.compile(r"(?<=[\w)\]]) (?:is|are|was|were|will|has|have|had)\b")
_SAID_OF = re.compile(
    r"\b(?:we|they|you|I|he|she|it)(?: (?:also|now|then|can|could|will|would|should|may|might|must|do|did|have|had))* [a-z]+ ",
    re.IGNORECASE,
)
"""A person and what they do: what they do it to comes behind."""
_MAKING = re.compile(r"(?:the )?[\w-]+(?:ment|tion|sion|ing|out) of ", re.IGNORECASE)
_SHORT_GLOSS, _LONG_PHRASE = 5, 14
_DETERMINERS = frozenset({"the", "this", "that", "our", "their", "its", "your", "my", "each", "every"})
SIGNS = ("(",)
RULES = ("called", "gloss", "in-brackets")


@cache
def _alias_signs() -> tuple[str, ...]:
    return tuple(max(verb.split(), key=len) for verb in load("definitions")["alias_verbs"])


@cache
def _alias() -> re.Pattern[str]:
    return re.compile(
        filled(
            r"(?:(?:<<alias_adverbs>>) )?(?:<<alias_verbs>>) (?:the |an? )?(?P<name>.+?)"
            r"(?P<rest>(?: (?:<<alias_ends>>)| (?:in|by|throughout) .+)*)"
        ),
        re.IGNORECASE,
    )


@cache
def _gloss() -> re.Pattern[str]:
    return re.compile(filled(r"(?P<opener><<gloss_openers>>),? .{4,}"), re.IGNORECASE)


@cache
def _restated() -> re.Pattern[str]:
    return re.compile(
        filled(
            r"(?:(?:<<restaters>>),? )?(?P<meaning>(?:two or more|more than one) .{4,})"
            r"|(?:<<restaters>>),? (?P<said>(?:<<restated>>) .{4,})"
        ),
        re.IGNORECASE,
    )


def glossed(prepared: Prepared, span: Span) -> Iterator[Defined]:
    """What brackets of the sentence at `span` define: "Y (called 'X' for short)", "adults (aged 18 to 25)", "X (i.e. a ...)"."""
    for bracket in _BRACKET.finditer(prepared.folded, span.start, span.end):
        inside = Span(*bracket.span("inside")).trimmed(prepared.folded)
        if prepared.cued(_alias_signs()).is_any_inside(inside) and not prepared.local_terms.introduces(inside):
            yield from _called(prepared.folded, span, bracket, inside)
        yield from _narrowed(prepared.folded, span, bracket, inside)
        yield from _meant(prepared.folded, span, bracket, inside)


def _called(text: str, span: Span, bracket: re.Match[str], inside: Span) -> Iterator[Defined]:
    """So: "Y (called 'X' for short)": the term follows its meaning."""
    alias = _alias().fullmatch(text, inside.start, inside.end)
    if alias is None:
        return
    quoted = _QUOTED_NAME.match(text, alias.start("name"), alias.end("name"))
    if quoted is not None or is_term(alias["name"]):
        name = Span(*quoted.span("name")) if quoted is not None else Span(*alias.span("name"))
        meaning = _phrase_of_clause(text, Span(span.start, bracket.start()))
        if len(meaning):
            yield Defined(Span(meaning.start, bracket.end()), name, "explicit", "called", meaning, 0.8)


def _phrase_of_clause(text: str, span: Span) -> Span:
    """What a bracket after a clause is about: its subject where it has a verb, without "development of", else all of it."""
    marks = list(CLAUSE_MARK.finditer(text, span.start, span.end))
    start = marks[-1].end() if marks else span.start
    said = list(_SAID_OF.finditer(text, start, span.end))
    start = said[-1].end() if said else start
    verb = _VERB.search(text, start, span.end)
    end = verb.start() if verb else span.end
    making = _MAKING.match(text, start, end)
    phrase = Span(making.end() if making else start, end).trimmed(text)
    is_long = len(phrase.of(text).split()) > _LONG_PHRASE
    return (phrase_before(text, phrase) if is_long else phrase) or phrase


def _narrowed(text: str, span: Span, bracket: re.Match[str], inside: Span) -> Iterator[Defined]:
    """So: "adults (aged 18 and over)", "hidden waits (where ...)": a bracket that says which of its kind are meant."""
    match = _gloss().fullmatch(text, inside.start, inside.end)
    term = phrase_before(text, Span(span.start, bracket.start())) if match is not None else None
    if match is None or term is None:
        return
    words = match[0].lower().split()
    is_range = not word_set("age_ranges").isdisjoint(words) or "+" in match[0]
    if is_range if match["opener"].lower() == "aged" else len(words) >= _SHORT_GLOSS:
        yield Defined(Span(term.start, bracket.end()), term, "explicit", "gloss", inside, 0.75)


def _meant(text: str, span: Span, bracket: re.Match[str], inside: Span) -> Iterator[Defined]:
    """So: "caseness (i.e. a score at or above the threshold)": a bracket that says what its noun means."""
    match = _restated().fullmatch(text, inside.start, inside.end)
    term = phrase_before(text, Span(span.start, bracket.start())) if match is not None else None
    if match is None or term is None or not is_term(term.of(text)):
        return
    before = text[span.start : term.start].lower().split()
    if match["said"] or not before or before[-1] not in _DETERMINERS:
        meaning = Span(*match.span("said" if match["said"] else "meaning"))
        yield Defined(Span(term.start, bracket.end()), term, "explicit", "in-brackets", meaning, 0.7)
