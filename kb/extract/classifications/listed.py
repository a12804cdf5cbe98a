"""Conditions that a list, a table or a key to a mark places under a category, across passages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kb.extract.classifications.categories import umbrella
from kb.extract.classifications.placing import Placed, cue
from kb.extract.found import Found
from kb.extract.listings import Clause, clauses, mentions_by_passage
from kb.model import Definition, Mention, Passage, Span
from kb.model.records import Placement
from kb.text.lines import FILLED
from kb.text.terms import words
from kb.vocabulary import concepts
from kb.vocabulary.data import load

RULES = ("mark", "lead", "heading-lead", "bare-run")
"""The ways to place that this module knows."""
_REACH = 60
"""How many passages before its key a mark may stand."""
_RUN = 4
"""How many bare conditions in a row make a list that nothing introduces."""


_BRACKETED = re.compile(r"\([^()]*\)")
_LISTED = frozenset({"item", "row", "cell"})
_HEADING_MARKS = " :*#"
_LEADS = {"lead": 0.85, "heading-lead": 0.75}
"""How sure each kind of lead is."""
_KEYS = frozenset("*†‡§#")
_BULLET = 4
"""Code points before a line's words in which its bullet stands."""
_BODIES = frozenset({"post", "article", "section", "box"})


@dataclass(frozen=True)
class _Lead:
    category: str
    span: Span
    rule: str = "lead"


@cache
def _legend() -> re.Pattern[str]:
    return re.compile(cue("legend"), re.IGNORECASE | re.DOTALL)


@cache
def _list_lead() -> re.Pattern[str]:
    return re.compile("|".join(load("listings")["list_leads"]), re.IGNORECASE)


def by_mark(found: Found) -> Iterator[Placed]:
    """Every item that carries the mark of a key such as "* denotes a mental health problem"; the span reaches to the key."""
    passages = found.document.passages
    mentions = mentions_by_passage(found)
    places = {passage.id: position for position, passage in enumerate(passages)}
    for clause in clauses(found):
        near = clause.text[max(0, clause.span.start - _BULLET) : clause.span.start + 1]
        opens = clause.span.start == clause.passage.span.start and not _KEYS.isdisjoint(near)
        match = _legend().match(_from_line_start(clause)) if opens else None
        category = next(iter(clause.categories), None) if match is not None else None
        if match is None or category is None:
            continue
        position = places[clause.passage.id]
        for passage in passages[max(0, position - _REACH) : position]:
            for mention in _marked_in(found.document.text, passage, mentions.get(passage.id, []), match["mark"]):
                placement: Placement = "new-to-programme-as" if re.search(cue("new_to"), match["meaning"]) else "listed-under"
                span = Span(mention.span.start, clause.span.end)
                yield Placed(mention.concept, category.slug, span, placement, "mark", 0.9, clause.span)


def _from_line_start(clause: Clause) -> str:
    """The sentence with what stands before it on its line: a reader may have taken the mark for a bullet."""
    start = clause.prepared.document.text.rfind("\n", 0, clause.span.start) + 1
    return clause.text[start : clause.span.end]


def _marked_in(text: str, passage: Passage, mentions: list[Mention], mark: str) -> Iterator[Mention]:
    mark_after = re.compile(rf"(?<!{re.escape(mark)})[^\n]*?(?<!{re.escape(mark)}){re.escape(mark)}(?!{re.escape(mark)})")
    for line in FILLED.finditer(passage.span.of(text)):
        place = Span(*line.span()).shifted(passage.span.start)
        first = next((mention for mention in mentions if place.contains(mention.span)), None)
        if first is not None and first.span.start - place.start <= 3 and mark_after.match(text, first.span.end, place.end + 1):
            yield first


def by_lead(found: Found, bare: Mapping[str, Mention]) -> Iterator[Placed]:
    """Items after a line that says what they fall under ("... is being used for:", "Examples include:")."""
    lead: _Lead | None = None
    last_of = {clause.passage.id: clause for clause in clauses(found)} if bare else {}
    for passage in found.document.passages if bare else ():
        mention = bare.get(passage.id)
        if mention is not None and lead is not None:
            if umbrella(mention) is None and (lead.rule == "lead" or passage.kind in _LISTED):
                span = Span(lead.span.start, mention.span.end)
                yield Placed(
                    mention.concept,
                    lead.category,
                    span,
                    "listed-under",
                    lead.rule,
                    0.85 if lead.rule == "lead" else 0.75,
                    lead.span,
                )
        elif passage.kind not in _LISTED or lead is None:
            lead = _lead_in(last_of.get(passage.id))


def _lead_in(clause: Clause | None) -> _Lead | None:
    if clause is None:
        return None
    if clause.passage.kind == "heading":
        return _heading_lead(clause)
    if clause.text[clause.span.end - 1] != ":" or not _list_lead().search(clause.words):
        return None
    own = [mention for mention in clause.mentions if umbrella(mention)]
    category = own[-1] if own else clause.topic
    concept = umbrella(category) if category is not None else None
    return _Lead(concept.category, clause.span) if concept is not None and concept.category is not None else None


def _heading_lead(clause: Clause) -> _Lead | None:
    """A heading that is the name of an umbrella category, or "Examples of" and "Common" before one."""
    category = next((each for each in clause.categories if each.mention is not None), None)
    if category is None or clause.words.rstrip(" :*#").endswith("?"):
        return None
    before = clause.text[clause.span.start : category.span.start]
    after = clause.text[category.span.end : clause.span.end]
    is_bare = _heading_words().fullmatch(before) is not None and not _BRACKETED.sub("", after).strip(_HEADING_MARKS)
    return _Lead(category.slug, clause.span, "heading-lead") if is_bare else None


@cache
def _heading_words() -> re.Pattern[str]:
    return re.compile(load("listings")["before_in_heading"], re.IGNORECASE)


def by_bare_run(found: Found, bare: Mapping[str, Mention]) -> Iterator[Placed]:
    """A run of bare conditions that no line introduces, under the umbrella the document defined last before it."""
    run: list[Mention] = []
    is_led = False
    for passage in (*found.document.passages, None):
        mention = bare.get(passage.id) if passage is not None else None
        if mention is not None:
            run.append(mention)
            continue
        category = _last_defined(found, run[0].span) if len(run) >= _RUN and not is_led else None
        whole = Span(run[0].span.start, run[-1].span.end) if run else None
        if category is not None and whole is not None:
            for mention in run:
                yield Placed(mention.concept, category, whole, "listed-under", "bare-run", 0.55, whole)
        run = []
        is_led = passage is not None and passage.span.of(found.document.text).rstrip().endswith(":")


def _last_defined(found: Found, place: Span) -> str | None:
    """The umbrella that was last defined before a place by the same author: in the same post, article or section."""
    around = (found.document.parts[index] for index in found.prepared.parts_around.around(place))
    body = next((part.span for part in around if part.kind in _BODIES), Span(0, len(found.document.text)))
    defined = [
        concept.category
        for definition in found.of(Definition)
        if body.contains(definition.span) and definition.span.end <= place.start and definition.form in {"explicit", "glossary"}
        if (concept := concepts().get(definition.concept or "")) is not None and concept.umbrella
    ]
    return defined[-1] if defined else None


def bare_conditions(found: Found) -> dict[str, Mention]:
    """The conditions that passages consist of, by passage: they open it, and little but brackets follows."""
    text = found.prepared.folded
    firsts = ((found.prepared.passages[name], mentions[0]) for name, mentions in mentions_by_passage(found).items() if name)
    return {passage.id: first for passage, first in firsts if passage.kind != "reference" and _is_bare(text, passage.span, first)}


def _is_bare(text: str, place: Span, mention: Mention) -> bool:
    before = text[place.start : mention.span.start]
    if before.strip(" \"'*-(["):
        return False
    rest = _BRACKETED.sub("", text[mention.span.end : place.end])
    own = len(list(words(text, mention.span)))
    return len(rest.split()) <= max(3, own) and not rest.rstrip().endswith((".", "?", ":"))
