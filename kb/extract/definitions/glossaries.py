"""Definitions by layout: a line and the block after it, an entry of a glossary, a row of its table. Texts are folded ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from kb.extract.definitions.defining import Defined, Definer, either, filled, is_judged
from kb.extract.definitions.noun_phrases import is_term, subject, word_set
from kb.extract.figures.table_rows import cells, is_table_row
from kb.extract.prepared import Prepared
from kb.model import Passage, Span
from kb.text.abbreviations import bare_short
from kb.vocabulary.data import load

_BOLD = re.compile(
    r"\*\*(?P<term>[^*]{3,90})\*\*(?:,[^,()]{0,80}['\"][^'\"]{2,60}['\"])?, (?:which|that) (?P<meaning>[^()]{20,400}?)"
    r"(?= *\(|[.;] *$|$)"
)
_BOLD_TERM = re.compile(r"\*\*(?P<term>[^*:]{2,60}):?\*\*:? *(?:- *)?(?P<meaning>[^*]{8,600})$")
_BOXED = re.compile(r"(?P<term>[A-Z][^:.!?;,\d]{2,60}?)(?:: +| - )(?P<meaning>[^.!?]{15,400})")
_ENTRY = re.compile(r"(?P<term>[^\W_][^:.!?;]{1,60}?)(?:: *| +[-=] +| *= *)(?P<meaning>.{4,600})$")
RULES = ("cue", "bold", "bold-entry", "box", "box-kind", "glossary-heading", "glossary-entry", "glossary-row")
_MARKS = " *#\"'"
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)|[\d./-]+$")
_LONG_CUE, _LONGEST_CUE = 12, 200
"""Words, and code points, that a line has at most which announces a definition."""
_LONG_TERM = 8
_FEWEST_WORDS = 3


def laid_out(prepared: Prepared, definer: Definer, position: int) -> Iterator[Defined]:
    """What the passage at `position` defines by its form, alone or with the one behind it."""
    passage = prepared.document.passages[position]
    yield from _cued(prepared, definer, position)
    yield from _boxed_in_bold(prepared, passage)
    if passage.id in prepared.local_terms.lines:
        return
    if is_table_row(prepared.document, passage):
        yield from _row(prepared, passage)
    elif in_glossary(prepared, passage):
        yield from _entry(prepared, position)
    else:
        yield from _boxed(prepared, passage)


def in_glossary(prepared: Prepared, passage: Passage) -> bool:
    """Whether the passage stands under a heading such as "Glossary" or "Terms used in this guideline"."""
    glossaries = prepared.once("glossaries", lambda: _glossaries(prepared))
    return bool(glossaries) and not glossaries.isdisjoint(prepared.parts_around.around(passage.span))


def _glossaries(prepared: Prepared) -> frozenset[int]:
    """The parts of a document that are glossaries by their headings, by their index."""
    headings = ((index, part.heading) for index, part in enumerate(prepared.document.parts))
    return frozenset(index for index, heading in headings if heading is not None and _glossary().search(heading))


@cache
def _glossary() -> re.Pattern[str]:
    return re.compile(load("definitions")["glossaries"], re.IGNORECASE)


def _cued(prepared: Prepared, definer: Definer, position: int) -> Iterator[Defined]:
    """So: "Their X definition:", "What is X?" as a line of its own; the next passage is the meaning, up to its examples."""
    passages = prepared.document.passages
    passage = passages[position]
    if len(passage.span) > _LONGEST_CUE or position + 1 == len(passages):
        return
    words = passage.span.of(prepared.folded).strip(' *#"')
    is_cue = words.endswith((":", "?")) or passage.kind in {"heading", "title"}
    if not is_cue or len(words.split()) > _LONG_CUE:
        return
    following = passages[position + 1]
    match = _cue_match(words.rstrip(" :?"))
    if match is None or following.kind in {"heading", "title", "reference"}:
        return
    start = prepared.folded.find(match["term"], passage.span.start)
    term = subject(prepared.folded, Span(start, start + len(match["term"])))
    if term is not None and not _defines_itself(prepared, definer, following, term):
        span = Span(passage.span.start, following.span.end)
        yield Defined(span, term, "glossary", "cue", _before_examples(prepared, following), 0.8)


def _defines_itself(prepared: Prepared, definer: Definer, passage: Passage, term: Span) -> bool:
    """Whether the passage begins with a sentence that says what the term means: no cue is needed before it."""
    first = next(iter(prepared.sentences(passage.span)), None)
    defined = definer.defined_in(first) if first is not None else ()
    return any(each.rule != "genus" or _same(prepared.folded, each.term, term) for each in defined)


def _same(text: str, left: Span, right: Span) -> bool:
    return bare_short(left.of(text).lower()).startswith(bare_short(right.of(text).lower()))


def _cue_match(words: str) -> re.Match[str] | None:
    return next((match for pattern in _cue_lines() if (match := pattern.fullmatch(words)) is not None), None)


@cache
def _cue_lines() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in load("definitions")["cue_lines"])


@cache
def _examples() -> re.Pattern[str]:
    return re.compile(rf"(?:{either('example_openers')})\b", re.IGNORECASE)


def _before_examples(prepared: Prepared, passage: Passage) -> Span:
    places = pairwise(prepared.sentences(passage.span))
    examples = _examples()
    end = next((before.end for before, place in places if examples.match(prepared.folded, place.start)), passage.span.end)
    return Span(passage.span.start, end)


def _boxed(prepared: Prepared, passage: Passage) -> Iterator[Defined]:
    """So: "Term: A way of ..." as a passage: its first sentence is the meaning, where it names a kind of thing."""
    match = _BOXED.match(prepared.folded, passage.span.start, passage.span.end)
    if match is None or match["term"].lower() in word_set("not_terms") or not is_term(match["term"]):
        return
    rule = next((rule for rule in ("box", "box-kind") if _kind(rule).match(match["meaning"])), None)
    if rule is not None and not is_judged(match["meaning"]):
        meaning = Span(*match.span("meaning")).trimmed(prepared.folded)
        term = Span(*match.span("term"))
        yield Defined(Span(term.start, meaning.end), term, "glossary", rule, meaning, 0.8 if rule == "box" else 0.7)


@cache
def _kind(rule: str) -> re.Pattern[str]:
    """With what a meaning begins that names a kind of thing."""
    plain = r"(?:an?|any) (?:[\w'-]+ ){1,5}?(?:<<genus_followers>>)\b|the (?:[\w'-]+ ){0,3}?(?:<<genus>>)\b"
    listed = r"(?:an?|any) (?:[\w'-]+ ){0,4}?(?:<<genus>>|<<genus_plain>>) (?:<<kind_followers>>)\b"
    plural = r"(?:[\w-]+ ){0,2}(?:<<genus_plural>>) (?:<<plural_followers>>)\b"
    return re.compile(filled(plain if rule == "box" else f"{listed}|{plural}"), re.IGNORECASE)


def _boxed_in_bold(prepared: Prepared, passage: Passage) -> Iterator[Defined]:
    """So: "**Term**, which ...", "**Term**: a way of ...": an entry of a list that explains its own name."""
    match = _BOLD.match(prepared.folded, passage.span.start, passage.span.end)
    if match is not None:
        words = match["term"]
        bracket = words.find(" (")
        start = match.start("term")
        term = Span(start, start + (bracket if bracket > 0 and words.endswith(")") else len(words)))
        meaning = Span(*match.span("meaning")).trimmed(prepared.folded)
        yield Defined(Span(passage.span.start, meaning.end), term, "explicit", "bold", meaning, 0.8)
        return
    match = _BOLD_TERM.match(prepared.folded, passage.span.start, passage.span.end)
    if match is not None and _is_kind(match["meaning"]) and _may_be_entry(match["term"]):
        meaning = _first_sentence(prepared, Span(*match.span("meaning")))
        yield Defined(Span(passage.span.start, meaning.end), Span(*match.span("term")), "glossary", "bold-entry", meaning, 0.8)


def _is_kind(meaning: str) -> bool:
    return any(_kind(rule).match(meaning) for rule in ("box", "box-kind"))


def _may_be_entry(term: str) -> bool:
    return len(term.split()) <= _LONG_TERM and term.lower().strip(" :") not in word_set("not_terms") and is_term(term)


def _first_sentence(prepared: Prepared, span: Span) -> Span:
    first = next(iter(prepared.sentences(span)), span)
    words = first.of(prepared.folded).rstrip(" .;,")
    return Span(first.start, first.start + len(words))


def _entry(prepared: Prepared, position: int) -> Iterator[Defined]:
    """An entry of a glossary: "Term: meaning" in a line, or the term as a heading of its own with a paragraph behind it."""
    passages = prepared.document.passages
    passage = passages[position]
    if passage.kind in {"heading", "title"}:
        following = passages[position + 1] if position + 1 < len(passages) else None
        if following is None or following.kind != "paragraph" or _glossary().search(passage.span.of(prepared.folded)):
            return
        term = _stripped(prepared.folded, passage.span)
        if len(term) and _may_be_entry(term.of(prepared.folded)):
            meaning = _first_sentence(prepared, following.span)
            yield Defined(Span(passage.span.start, meaning.end), term, "glossary", "glossary-heading", meaning, 0.8)
        return
    match = _ENTRY.match(prepared.folded, passage.span.start, passage.span.end)
    if match is not None and _may_be_entry(match["term"]) and not _ADDRESS.match(match["meaning"]):
        meaning = _first_sentence(prepared, Span(*match.span("meaning")).trimmed(prepared.folded))
        term = _stripped(prepared.folded, Span(*match.span("term")))
        if len(term) and len(meaning):
            yield Defined(Span(passage.span.start, meaning.end), term, "glossary", "glossary-entry", meaning, 0.8)


def _stripped(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(_MARKS))
    return Span(start, max(start, span.start + len(words.rstrip(_MARKS + ":"))))


def _row(prepared: Prepared, passage: Passage) -> Iterator[Defined]:
    """A row of a table whose head says that it gives terms and what they mean."""
    columns = _columns(prepared, passage)
    own = cells(prepared.document.text, passage.span)
    if columns is None or max(columns) >= len(own):
        return
    term, meaning = own[columns[0]], own[columns[1]]
    if len(term) and len(meaning) and _may_be_entry(term.of(prepared.folded)):
        yield Defined(Span(term.start, max(term.end, meaning.end)), term, "glossary", "glossary-row", meaning, 0.85)


def _columns(prepared: Prepared, passage: Passage) -> tuple[int, int] | None:
    """Which cells of the row's table hold terms and meanings, by the words of the table's first row."""
    head = prepared.first_rows.get(passage.part or "")
    if head is None or head.id == passage.id:
        return None
    names = [cell.of(prepared.folded).strip(_MARKS).lower() for cell in cells(prepared.document.text, head.span)]
    terms = [index for index, name in enumerate(names) if name in word_set("term_heads")]
    meanings = [index for index, name in enumerate(names) if name in word_set("meaning_heads")]
    return (terms[0], meanings[0]) if terms and meanings else None
