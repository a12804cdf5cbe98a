"""The ways a sentence places conditions under a category; each way is one function that yields the placings it finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from kb.extract.categories import Category, umbrella
from kb.extract.listings import Clause, Listing, listings, run_before, run_of
from kb.model import Mention, Span
from kb.model.records import Placement
from kb.vocabulary.data import load

_WORD_GAP = 8
_CARRIED_GAP = 16
_GENERIC = frozenset({"other:mental-health-problem", "other:physical-health-problem", "other:pain"})
"""Mentions of no condition in particular: they are categories, never placed under one."""


@dataclass(frozen=True)
class Placed:
    """One condition placed under one category; `is_denied` where the verb of placing itself takes it out."""

    condition: str
    category: str
    span: Span
    placement: Placement
    rule: str
    confidence: float
    scope: Span
    """Where words that refuse the placing would stand: the sentence up to the category."""
    is_denied: bool = False


@cache
def cue(name: str) -> str:
    """One pattern of the cues, as written in the data file."""
    pattern: str = load("classifications")["cues"][name]
    return pattern


@cache
def _grammar(name: str) -> re.Pattern[str]:
    grammars = {
        "copula": rf" ?(?:{cue('holders')}) ?(?:(?P<pronoun>\b(?:that )?{cue('pronouns')}) ?)?"
        rf"(?:{cue('copula')}){cue('copula_end')}{cue('adjectives')} ",
        "contrast": rf" ?(?:{cue('holders')}) ?(?:{cue('copula')}) {cue('contrast')} ",
        "passive": rf"(?P<aux>.*?)\b(?:(?:{cue('placing')}) (?:{cue('under')})|{cue('naming')}) {cue('lead_in')}",
        "active": rf"(?:{cue('placing')}|{cue('placing_nouns')}){cue('object_leads')} $",
        "after_object": rf" ?(?:{cue('holders')}) ?{cue('particles')}{cue('under')} {cue('lead_in')}",
        "naming": rf"\b{cue('naming')}{cue('object_leads')} $",
        "after_named": rf" (?:an?|the) {cue('lead_in')}| ",
        "pronoun": rf"\b(?:{cue('pronouns')}|the (?:condition|illness|disease))\b",
        "bracket": r"['\"]? ?\(?(?:(?:code[sd]?|at|under|as|with) )?(?:ICD[ -]?1[01])?[ :,]*(?:code )?",
        "described": cue("described_in"),
        "removed": rf".*?\b{cue('removed')}",
        "anaphora": rf"{cue('anaphora')} {cue('copula')}{cue('copula_end')}{cue('adjectives')} ?",
        "not_category": cue("not_a_category"),
        "new_after": cue("new_after"),
        "inserted": cue("inserted"),
    }
    return re.compile(grammars[name], re.IGNORECASE)


def by_example(clause: Clause) -> Iterator[Placed]:
    """Examples of a category: "MUS, such as IBS or CFS"."""
    for listing in listings(clause):
        concept = umbrella(listing.category)
        slug = concept.category if concept is not None else None
        for member in listing.members:
            if slug is not None and member.concept != listing.category.concept:
                yield Placed(
                    member.concept, slug, listing.span, "example-of", f"list-{listing.rule}", 0.85, _from_category(listing)
                )


def _from_category(listing: Listing) -> Span:
    return listing.marker if listing.is_clause else Span(min(listing.category.span.end, listing.marker.start), listing.marker.end)


def by_copula(clause: Clause) -> Iterator[Placed]:
    """What something is: "CFS is a mental health condition", "I have MUS, and it is a mental health condition"."""
    for category in clause.categories:
        if _is_modifier(clause, category):
            continue
        subject = _subject_before(clause, category.span.start)
        between = _between(clause, subject, category)
        match = _grammar("copula").fullmatch(re.sub(r"^.*?(?=\b(?:that )?(?:it|this)\b)", "", between)) if subject else None
        is_carried = match is not None and match["pronoun"]
        if not subject or not (is_carried or _grammar("copula").fullmatch(between) or _grammar("contrast").fullmatch(between)):
            continue
        for member in subject:
            yield _placed(clause, member, category, "copula", 0.75)


def by_verb(clause: Clause) -> Iterator[Placed]:
    """What something is classed as: "ME is categorised as MUS", "including CFS under MUS", "which they classify as"."""
    for category in clause.categories:
        subject = _subject_before(clause, category.span.start)
        if not subject or _is_modifier(clause, category) or category.slug.startswith("icd-"):
            continue
        between = _between(clause, subject, category)
        ahead = clause.text[clause.span.start : subject[0].span.start]
        active = _grammar("after_object").fullmatch(between) and _grammar("active").search(ahead)
        named = _grammar("after_named").fullmatch(between) and _grammar("naming").search(ahead)
        passive = _grammar("passive").fullmatch(between)
        if active or named or (passive and _is_near(passive["aux"])):
            for member in (*_heads(clause, subject, between), *subject):
                yield _placed(clause, member, category, "active" if active or named else "passive", 0.8)


def _is_near(aux: str) -> bool:
    """Whether the words between a condition and its verb are few, or a pronoun among them carries the condition on."""
    return len(aux.split()) <= (_CARRIED_GAP if _grammar("pronoun").search(aux) else _WORD_GAP)


def by_code(clause: Clause) -> Iterator[Placed]:
    """Codes: "ME (ICD-10 G93.3)", "patients categorised with ICD-10 F45.0"; the condition goes before umbrellas it is under."""
    for category in clause.categories:
        if not category.slug.startswith("icd-"):
            continue
        before = [
            mention for mention in clause.mentions if mention.span.end <= category.span.start and mention.concept not in _GENERIC
        ]
        specific = [mention for mention in before if umbrella(mention) is None] or before
        ahead = clause.text[specific[-1].span.end : category.span.start] if specific else ""
        is_placed = re.search(rf"\b(?:{cue('placing')}|cod)\b", ahead, re.IGNORECASE) or _grammar("bracket").fullmatch(ahead)
        if specific and is_placed:
            yield Placed(specific[-1].concept, category.slug, clause.span, "coded-as", "code", 0.8, _scope(clause, category))


def by_manual(clause: Clause) -> Iterator[Placed]:
    """Diagnostic manuals: "hypochondriasis as described in the DSM IV", "MUS was dropped from DSM-5"."""
    for category in clause.categories:
        if not category.slug.startswith("dsm-"):
            continue
        subject = _subject_before(clause, category.span.start, generic=True)
        between = _between(clause, subject, category)
        if subject and _grammar("described").fullmatch(between):
            for member in subject:
                yield Placed(
                    member.concept, category.slug, clause.span, "listed-under", "described-in", 0.7, _scope(clause, category)
                )
        elif subject and len(between.split()) <= _WORD_GAP and _grammar("removed").fullmatch(between):
            yield Placed(
                subject[-1].concept,
                category.slug,
                clause.span,
                "said-not-to-be",
                "removed-from",
                0.6,
                category.span,
                is_denied=True,
            )


def by_reference_back(clause: Clause, previous: Clause | None) -> Iterator[Placed]:
    """What the list of the sentence before is said to be, as in "These are all listed by ..."; the span holds both sentences."""
    if previous is None or previous.passage.id != clause.passage.id:
        return
    members = max((run_of(previous, mention.span.start) for mention in previous.mentions), key=len, default=())
    for category in clause.categories if len(members) > 1 else []:
        ahead = clause.text[clause.span.start : category.span.start]
        if _grammar("anaphora").fullmatch(ahead):
            placement = _placement(clause, category)
            span = Span(previous.span.start, clause.span.end)
            for member in members:
                yield Placed(member.concept, category.slug, span, placement, "reference-back", 0.8, _scope(clause, category))


def _between(clause: Clause, subject: tuple[Mention, ...], category: Category) -> str:
    """The words between the list and the category, without a clause of telling among them."""
    words = clause.text[subject[-1].span.end : category.span.start] if subject else ""
    return _grammar("inserted").sub("", words)


def _subject_before(clause: Clause, end: int, *, generic: bool = False) -> tuple[Mention, ...]:
    """The list of conditions nearest before a place; umbrellas count, mentions of no condition in particular do not."""
    before = [mention for mention in clause.mentions if mention.span.end <= end and (generic or mention.concept not in _GENERIC)]
    return run_before(clause, before[-1].span.end) if before else ()


def _heads(clause: Clause, subject: tuple[Mention, ...], between: str) -> tuple[Mention, ...]:
    """The category whose examples `subject` are, where a relative clause says something of them all."""
    is_relative = re.match(r"[ ,)]*(?:which|that|who)\b", between)
    heads = (listing.category for listing in listings(clause) if set(subject) <= set(listing.members))
    return tuple(takewhile(lambda _: is_relative is not None, heads))


def _is_modifier(clause: Clause, category: Category) -> bool:
    after = clause.text[category.span.end : clause.span.end]
    return _grammar("not_category").match(after) is not None


def _placed(clause: Clause, member: Mention, category: Category, rule: str, confidence: float) -> Placed:
    placement = _placement(clause, category)
    return Placed(member.concept, category.slug, clause.span, placement, rule, confidence, _scope(clause, category))


def _placement(clause: Clause, category: Category) -> Placement:
    if category.slug.startswith("icd-"):
        return "coded-as"
    if category.slug == "who-listed":
        return "listed-separately-by"
    after = clause.text[category.span.end : clause.span.end]
    return "new-to-programme-as" if _grammar("new_after").match(after) else "listed-under"


def _scope(clause: Clause, category: Category) -> Span:
    return Span(clause.span.start, category.span.end)
