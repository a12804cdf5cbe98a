"""The ways a sentence or a passage defines a term; each way is one function that yields the terms it finds.

Texts are folded ones (`Prepared.folded`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kb.extract.noun_phrases import is_term, phrase_before, subject, without_brackets, word_set
from kb.extract.prepared import Prepared
from kb.model import Passage, Span
from kb.model.records import DefinitionForm
from kb.vocabulary.data import load

_BOLD = re.compile(
    r"\*\*(?P<term>[^*]{3,90})\*\*(?:,[^,()]{0,80}['\"][^'\"]{2,60}['\"])?, (?:which|that) (?P<meaning>[^()]{20,400}?)"
    r"(?= *\(|[.;] *$|$)"
)
_BOXED = re.compile(r"(?P<term>[A-Z][^:.!?;,\d]{2,60}?)(?:: +| - )(?P<meaning>(?:[Aa]n?|[Aa]ny|[Tt]he) [^.!?]{15,400})")
_ALIAS_BRACKET = re.compile(r"\((?P<inside>[^()]{4,120})\)")
_QUOTED_NAME = re.compile(r"(?P<name>['\"](?P<inner>[^'\"]{2,60})['\"](?: (?!in\b|for\b|here\b)[a-z]+)?)")
_AS_NAME = re.compile(
    r"\brefers? to (?P<meaning>[^,.;:()]{2,80}?) as (?:the |an? )?"
    r"(?P<quote>['\"]?)(?P<name>[A-Z][\w/&-]{1,20}(?: [A-Z][\w/&-]{1,20}){0,3}|(?<=['\"])[^'\"]{2,60})(?P=quote)"
)
_NAMED_BEHIND = re.compile(
    r"(?P<meaning>(?:[Tt]he|[Aa]n?|[Tt]h[ei]se|[Tt]his) [^,.;:()]{3,90}?),? (?:(?:also|now|then|sometimes|often) )?"
    r"(?:referred to|known) as (?:the |an? )?(?P<quote>['\"]?)"
    r"(?P<name>[A-Z][\w/&-]{1,20}(?: (?:(?:of|for|and|the) )?[A-Z][\w/&-]{1,20}){0,4}|(?<=['\"])[^'\"]{2,60})(?P=quote)"
)
_CALLED_NAME = re.compile(
    r"\bcalls? (?P<meaning>(?:these|those|such|the|this|that) [^\"',.;:]{2,60}) (?P<quote>['\"])(?P<name>[^'\"]{2,60})(?P=quote)"
)
_VERB = re.compile(r"(?<=[\w)\]]) (?:is|are|was|were|will|has|have|had)\b")
_MAKING = re.compile(r"^(?:the )?[\w-]+(?:ment|tion|sion|ing|out) of ", re.IGNORECASE)
_NOT_MEAN = re.compile(
    r" (?:does|do|did) *(?:not|n't) mean .{3,300}?,? but (?:rather |instead )?(?P<meaning>.{3,})", re.IGNORECASE
)
_NOT_A_BUT = re.compile(
    r" (?:is|are) not (?:an?|the) [^.;]{3,120}? but (?:rather )?(?P<meaning>(?:an?|the|shorthand|jargon) .{3,})", re.IGNORECASE
)
_LONG_CUE = 12
_SHORT_GLOSS = 5


@dataclass(frozen=True)
class Defined:
    """A term and what a text says it means; all places absolute."""

    span: Span
    term: Span
    form: DefinitionForm
    rule: str
    definiens: Span | None = None
    confidence: float = 0.8


@cache
def _either(name: str) -> str:
    phrases = sorted(load("definitions")[name], key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", " +") for phrase in phrases)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    either = {
        "verb": rf" (?:{_either('meaning_verbs')})(?![^\W_]),? +"
        rf"(?!(?:{_either('not_meanings')})\b)(?P<meaning>.+)",
        "loose": rf" (?:{_either('loose_verbs')})(?![^\W_])"
        rf"(?:,(?: in (?:this|these) [\w-]+|[\w' -]{{2,40}} (?:{_either('tells')}))(?=,))?(?! (?:{_either('not_meanings')})\b)"
        rf"(?=[ ,:]+(?P<likely>(?:{_either('loose_meanings')}) |[a-z]+ing |['\"])?)[ ,:]+(?P<meaning>.+)",
        "use": rf"\b(?:{_either('use_verbs')}) (?P<term>[^,.;:]{{2,60}}?) (?:{_either('use_ends')}) (?P<meaning>.+)",
        "genus": rf" (?:is|are)(?: (?:simply|just|essentially|basically|really|only|usually|merely))? "
        rf"(?P<meaning>(?:an? (?P<adjectives>(?:[\w'-]+ ){{0,4}}?)(?:{_either('genus')})"
        rf"|the (?:[\w'-]+ )?(?:{_either('genus_after_the')})) (?:{_either('genus_followers')})\b.+"
        rf"|(?<=are )(?:(?!(?:{_either('prepositions')}) )[\w-]+ )?"
        rf"(?:{_either('genus_plural')}) (?:{_either('plural_followers')})\b.+)",
        "alias": rf"(?:(?:{_either('alias_adverbs')}) )?(?:{_either('alias_verbs')}) (?:the |an? )?(?P<name>.+?)"
        rf"(?P<rest>(?: (?:{_either('alias_ends')}))*)",
        "gloss": rf"\((?P<meaning>(?P<opener>{_either('gloss_openers')}),? [^()]{{4,200}})\)",
        "undefined": "(?P<meaning>" + "|".join(load("definitions")["undefined"]) + r")\b",
        "undefined_before": "(?:" + "|".join(load("definitions")["undefined_before"]) + ") (?P<term>[^,.;:]{2,60})",
        "not_a": rf"(?P<meaning>{load('definitions')['not_a']})\b(?=[.,;:]|$| but\b| at all\b| in itself\b)",
        "told": rf"(?:an?|the|one|some) [\w' -]{{2,30}} (?:{_either('tells')}), ",
        "telling": rf", (?:an?|the|one|some) [\w' -]{{2,30}} (?:{_either('tells')})$",
        "examples": rf"(?:{_either('example_openers')})\b",
    }
    return re.compile(either[name], re.IGNORECASE)


@cache
def signs(name: str) -> tuple[str, ...]:
    """Words in small letters of which a sentence holds one wherever the rules of that name match."""
    lists = load("definitions")["signs"][name]
    phrases = (phrase for listed in lists["of"] for phrase in load("definitions")[listed])
    return tuple(sorted({*lists.get("words", ()), *(max(phrase.lower().split(), key=len) for phrase in phrases)}))


def defined_by_verb(text: str, span: Span) -> Iterator[Defined]:
    """So: "X means ...", "the term 'X' is used to describe ...", "taken to mean": the meaning runs to the end of the sentence."""
    words = span.of(text)
    match = _pattern("verb").search(words)
    if match is not None and not _AS_NAME.match(words, match.start() + 1):
        yield from _with_subject(text, span, match, "verb")
    loose = _pattern("loose").search(words)
    for defined in _with_subject(text, span, loose, "means") if loose is not None else ():
        if (loose and loose["likely"]) or _is_named(text, defined.term):
            yield defined
    for used in _pattern("use").finditer(words):
        term = subject(text, Span(*used.span("term")).shifted(span.start))
        if term is not None:
            yield Defined(span, term, "explicit", "use", _meaning(text, span, used), 0.7)


def _is_named(text: str, term: Span) -> bool:
    """Whether a term is marked as one: quoted, or an abbreviation in capitals."""
    around = text[max(0, term.start - 1) : term.start] + text[term.end : term.end + 1]
    return around in {'""', "''"} or without_brackets(term.of(text)).isupper()


def defined_by_genus(text: str, span: Span) -> Iterator[Defined]:
    """So: "X is a way of ...", "X is a guide to ...": a copula and a noun that names a kind of thing."""
    match = _pattern("genus").search(span.of(text))
    if match is not None and not word_set("evaluative").intersection((match["adjectives"] or "").lower().split()):
        yield from _with_subject(text, span, match, "genus")


def rejected_for_another(text: str, span: Span) -> Iterator[Defined]:
    """So: "X does not mean ... but ...", "X is not a ... but a shorthand for ...": the second half is the meaning."""
    words = span.of(text)
    for pattern in (_NOT_MEAN, _NOT_A_BUT):
        match = pattern.search(words)
        if match is not None:
            yield from _with_subject(text, span, match, "not-but")


def rejected(text: str, span: Span) -> Iterator[Defined]:
    """So: "X was not clearly defined", "no agreed definition of X", "X is not a diagnosis"."""
    words = span.of(text)
    for name in ("undefined", "not_a"):
        match = _pattern(name).search(words)
        term = subject(text, Span(span.start, span.start + match.start())) if match is not None else None
        if match is not None and term is not None:
            meaning = Span(*match.span("meaning")).shifted(span.start)
            yield Defined(
                span,
                _with_bracket(text, term, meaning.start),
                "rejected",
                name.replace("_", "-"),
                _after_verb(text, meaning),
                0.8,
            )
            return
    for match in _pattern("undefined_before").finditer(words):
        if is_term(match["term"]):
            yield Defined(span, Span(*match.span("term")).shifted(span.start), "rejected", "no-definition", None, 0.7)


def _with_bracket(text: str, term: Span, limit: int) -> Span:
    """The term with a bracket that follows it: "Unexplained symptoms (US)"."""
    following = re.match(r"\s*\([^()]{1,20}\)", text[term.end : limit])
    return Span(term.start, term.end + following.end()) if following and "(" not in term.of(text) else term


def _after_verb(text: str, meaning: Span) -> Span:
    words = meaning.of(text)
    verb = re.match(r"(?:is|are|was|were|has been|have been)\s+", words)
    return Span(meaning.start + verb.end(), meaning.end) if verb else meaning


def aliased(text: str, span: Span) -> Iterator[Defined]:
    """So: "Y (called 'X' for short)", "Y, known as X," and "they refer to Y as X": the term follows its meaning."""
    words = span.of(text)
    for bracket in _ALIAS_BRACKET.finditer(words):
        alias = _pattern("alias").fullmatch(bracket["inside"].strip())
        name = _QUOTED_NAME.match(alias["name"]) if alias is not None else None
        if alias is not None and (name is not None or is_term(alias["name"])):
            start = bracket.start("inside") + alias.start("name")
            named = name["name"] if name is not None else alias["name"]
            term = Span(start, start + len(named)).shifted(span.start)
            meaning = _phrase_of_clause(text, Span(span.start, span.start + bracket.start()))
            yield Defined(Span(meaning.start, span.start + bracket.end()), term, "explicit", "called", meaning, 0.8)
    for match in (*_AS_NAME.finditer(words), *_CALLED_NAME.finditer(words), *_NAMED_BEHIND.finditer(words)):
        term = Span(*match.span("name")).shifted(span.start)
        meaning = Span(*match.span("meaning")).shifted(span.start)
        end = span.start + match.end()
        yield Defined(Span(_clause_start(text, span, meaning.start), end), term, "explicit", "refers-to-as", meaning, 0.8)


def _clause_start(text: str, span: Span, before: int) -> int:
    clause = text[span.start : before]
    return (
        span.start + max(clause.rfind(mark) + len(mark) for mark in (", ", "; ", ": ", ""))
        if re.search("[,;:] ", clause)
        else span.start
    )


def _phrase_of_clause(text: str, span: Span) -> Span:
    """What a bracket after a clause is about: its subject where it has a verb, without "development of", else all of it."""
    words = span.of(text)
    start = max((words.rfind(mark) + len(mark) for mark in (", ", "; ", ": ") if mark in words), default=0)
    verb = _VERB.search(words, start)
    end = verb.start() if verb else len(words.rstrip())
    making = _MAKING.match(words[start:end])
    start += making.end() if making else 0
    return Span(start, max(end, start)).shifted(span.start).trimmed(text)


def glossed(text: str, span: Span) -> Iterator[Defined]:
    """So: "adults (aged 18 and over)", "hidden waits (where ...)": a bracket that says which of its kind are meant."""
    words = span.of(text)
    for match in _pattern("gloss").finditer(words):
        term = phrase_before(text, Span(span.start, span.start + match.start()))
        inside = match["meaning"].lower().split()
        is_range = bool(word_set("age_ranges").intersection(inside)) or "+" in match["meaning"]
        if term is None or not (is_range if match["opener"].lower() == "aged" else len(inside) >= _SHORT_GLOSS):
            continue
        meaning = Span(*match.span("meaning")).shifted(span.start)
        yield Defined(Span(term.start, span.start + match.end()), term, "explicit", "gloss", meaning, 0.7)


def _with_subject(text: str, span: Span, match: re.Match[str], rule: str) -> Iterator[Defined]:
    term = subject(text, Span(span.start, span.start + match.start()))
    if term is not None:
        yield Defined(span, term, "explicit", rule, _meaning(text, span, match), 0.8)


def _meaning(text: str, span: Span, match: re.Match[str]) -> Span:
    """The words of the group `meaning` without what ends a sentence, and without a clause of telling at either end."""
    place = Span(*match.span("meaning")).shifted(span.start).trimmed(text)
    told = _pattern("told").match(place.of(text))
    place = Span(place.start + (told.end() if told else 0), place.end)
    words = _pattern("telling").sub("", place.of(text).rstrip(" .;,!"))
    return Span(place.start, place.start + len(words.removesuffix('"') if words.count('"') == 1 else words))


def cued(prepared: Prepared, position: int) -> Iterator[Defined]:
    """So: "Their X definition:", "What is X?" as a line of its own; the next passage is the meaning, up to its examples."""
    passages = prepared.document.passages
    passage = passages[position]
    words = passage.span.of(prepared.folded).strip(' *#"')
    is_cue = words.endswith((":", "?")) or passage.kind in {"heading", "title"}
    if not is_cue or len(words.split()) > _LONG_CUE or position + 1 == len(passages):
        return
    following = passages[position + 1]
    match = _cue_match(words.rstrip(" :?"))
    if match is None or following.kind in {"heading", "title", "reference"} or _defines_itself(prepared, following):
        return
    start = prepared.folded.find(match["term"], passage.span.start)
    term = subject(prepared.folded, Span(start, start + len(match["term"])))
    if term is not None:
        span = Span(passage.span.start, following.span.end)
        yield Defined(span, term, "glossary", "cue", _before_examples(prepared, following), 0.8)


def _defines_itself(prepared: Prepared, passage: Passage) -> bool:
    """Whether the passage begins with a sentence that says what something means: no cue is needed before it."""
    first = next(iter(prepared.sentences(passage.span)), None)
    return first is not None and any(True for _ in defined_by_verb(prepared.folded, first))


def _cue_match(words: str) -> re.Match[str] | None:
    for pattern in load("definitions")["cue_lines"]:
        match = re.fullmatch(pattern, words, re.IGNORECASE)
        if match is not None:
            return match
    return None


def _before_examples(prepared: Prepared, passage: Passage) -> Span:
    places = pairwise(prepared.sentences(passage.span))
    examples = _pattern("examples")
    end = next((before.end for before, place in places if examples.match(prepared.folded, place.start)), passage.span.end)
    return Span(passage.span.start, end)


def boxed(prepared: Prepared, position: int) -> Iterator[Defined]:
    """So: "Term: A way of ..." as a passage: a glossary entry, its first sentence the meaning."""
    passage = prepared.document.passages[position]
    match = _BOXED.match(prepared.folded, passage.span.start, passage.span.end)
    if match is None or match["term"].lower() in word_set("not_terms") or not is_term(match["term"]):
        return
    if not _genus_head().match(match["meaning"]):
        return
    meaning = Span(*match.span("meaning")).trimmed(prepared.folded)
    term = Span(*match.span("term"))
    yield Defined(Span(term.start, meaning.end), term, "glossary", "box", meaning, 0.8)


@cache
def _genus_head() -> re.Pattern[str]:
    with_article = rf"(?:an?|any) (?:[\w'-]+ ){{1,5}}?(?:{_either('genus_followers')})\b"
    return re.compile(rf"{with_article}|the (?:[\w'-]+ ){{0,3}}?(?:{_either('genus')})\b", re.IGNORECASE)


def boxed_in_bold(prepared: Prepared, position: int) -> Iterator[Defined]:
    """So: "**Term**, which ...": a list entry that explains its own name."""
    passage = prepared.document.passages[position]
    match = _BOLD.match(prepared.folded, passage.span.start, passage.span.end)
    if match is None:
        return
    words = match["term"]
    bracket = words.find(" (")
    start = match.start("term")
    term = Span(start, start + (bracket if bracket > 0 and words.endswith(")") else len(words)))
    meaning = Span(*match.span("meaning")).trimmed(prepared.folded)
    yield Defined(Span(passage.span.start, meaning.end), term, "explicit", "bold", meaning, 0.8)
