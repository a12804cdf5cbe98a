"""The ways a sentence places conditions under a category; each way is one function that yields the placings it finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kb.extract.classifications.categories import Category, umbrella
from kb.extract.listings import Clause, Listing, run_before
from kb.model import Mention, Span
from kb.model.records import Placement
from kb.text.small_letters import in_small_letters
from kb.vocabulary.data import load

RULES = (
    "copula-carried",
    "copula",
    "copula-contrast",
    "nominal",
    "active",
    "gapped",
    "named",
    "passive",
    "removed",
    "apposition",
)
"""The ways to place that this module knows."""
_WORD_GAP = 8
_CARRIED_GAP = 16
_RELATIVE = re.compile(r"[ ,)]*(?:which|that|who)\b")
_COMPARED_WORDS = 60
"""Code points before a condition in which a word of comparison stands."""
_UP_TO_PRONOUN = re.compile(r"^.*?(?=\b(?:that )?(?:it|this)\b)")
GENERIC = frozenset({"other:mental-health-problem", "other:physical-health-problem", "other:pain"})
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
def grammar(name: str) -> re.Pattern[str]:
    """A pattern put together from the cues, for words in small letters."""
    grammars = {
        "copula": rf",? ?(?:{cue('holders')}) ?(?:(?P<pronoun>\b(?:that )?{cue('pronouns')}) ?)?"
        rf"(?:{cue('copula')}){cue('copula_end')}{cue('adjectives')} ",
        "contrast": rf",? ?(?:{cue('holders')}) ?(?:{cue('copula')}) {cue('contrast')} ",
        "passive": rf"(?P<aux>.*?)\b(?:(?:{cue('placing')}) (?:{cue('under')})|{cue('naming')}) {cue('lead_in')}",
        "active": rf"(?:{cue('placing')}|{cue('placing_nouns')}){cue('object_leads')} $",
        "after_object": rf" ?(?:{cue('holders')}) ?{cue('particles')}{cue('under')} {cue('lead_in')}",
        "naming": rf"\b{cue('naming')}{cue('object_leads')} $",
        "after_named": rf" (?:an?|the) {cue('lead_in')}| ",
        "pronoun": rf"\b(?:{cue('pronouns')}|the (?:condition|illness|disease))\b",
        "bracket": r"['\"]? ?\(?(?:(?:code[sd]?|at|under|as|with) )?(?:ICD[ -]?1[01])?[ :,]*(?:code )?",
        "code_for": cue("code_for"),
        "code_is": cue("code_is"),
        "code_label": cue("code_label"),
        "in_bracket": r"\( ?(?:ICD[ -]?1[01])?[ :,]*(?:code )?$",
        "described": cue("described_in"),
        "removed": rf".*?\b{cue('removed')}",
        "anaphora": rf"{cue('anaphora')} {cue('copula')}{cue('copula_end')}{cue('adjectives')} ?",
        "joint": cue("joint"),
        "compared": cue("compared"),
        "noun": rf"(?:{cue('placing_nouns')}){cue('object_leads')} $",
        "gap": cue("gap"),
        "supposed": cue("supposed"),
        "apposed": rf"{cue('apposed')}{cue('adjectives')} ",
        "apposed_end": cue("apposed_end"),
        "as_a": rf"{cue('as_a')}{cue('adjectives')} ",
        "lists": cue("lists"),
        "of_the_one": cue("of_the_one"),
        "not_category": cue("not_a_category"),
        "new_after": cue("new_after"),
        "inserted": cue("inserted"),
    }
    return in_small_letters(grammars[name])


@dataclass(frozen=True)
class Reading:
    """Conditions of a sentence and a category behind them, with the words that may place the ones under the other."""

    clause: Clause
    subject: tuple[Mention, ...]
    category: Category
    ahead: str
    """The sentence before the conditions."""
    between: str
    """The words between the two, without a clause of telling, a comparison, or a category that this one is joined to."""


def readings(clause: Clause) -> Iterator[Reading]:
    """Every category of a sentence with the list of conditions nearest before it."""
    for position, category in enumerate(clause.categories):
        if _is_modifier(clause, category):
            continue
        first = _first_joined(clause, position)
        subject, end = subject_before(clause, first.span.start)
        if subject:
            ahead = clause.lowered[clause.span.start : subject[0].span.start]
            words = grammar("inserted").sub("", clause.lowered[end : first.span.start])
            yield Reading(clause, subject, category, ahead, words)


def _first_joined(clause: Clause, position: int) -> Category:
    """The first of the categories that are joined to the one at `position`: "both an LTC and a MUS"."""
    while position:
        left, right = clause.categories[position - 1 : position + 1]
        if left.span.end > right.span.start or not grammar("joint").fullmatch(clause.lowered, left.span.end, right.span.start):
            break
        position -= 1
    return clause.categories[position]


def subject_before(clause: Clause, end: int, *, generic: bool = False) -> tuple[tuple[Mention, ...], int]:
    """The list of conditions nearest before a place, and where what is said of it begins.

    Umbrellas count, mentions of no condition in particular do not, nor do those it is only compared with: "unlike asthma, ME is".
    """
    before = [mention for mention in clause.mentions if mention.span.end <= end and (generic or mention.concept not in GENERIC)]
    start = before[-1].span.end if before else end
    while before:
        members = run_before(clause, before[-1].span.end)
        if not _is_compared(clause, members[0]):
            return members, start
        if len(members) > 1:
            return members[1:], start
        before = [mention for mention in before if mention.span.end <= members[0].span.start]
    return (), end


def _is_compared(clause: Clause, mention: Mention) -> bool:
    start = max(clause.span.start, mention.span.start - _COMPARED_WORDS)
    word = grammar("compared").search(clause.lowered, start, mention.span.start)
    return word is not None and clause.lowered[clause.span.start : word.start()].rstrip(" ")[-1:] in {"", ",", "("}


def by_example(clause: Clause) -> Iterator[Placed]:
    """Examples of a category: "MUS, such as IBS or CFS"."""
    for listing in clause.listings:
        concept = umbrella(listing.category)
        slug = concept.category if concept is not None else None
        for member in listing.members:
            if slug is not None and member.concept != listing.category.concept:
                yield Placed(
                    member.concept, slug, listing.span, "example-of", f"list-{listing.rule}", 0.93, _from_category(listing)
                )


def _from_category(listing: Listing) -> Span:
    return listing.marker if listing.is_clause else Span(min(listing.category.span.end, listing.marker.start), listing.marker.end)


def by_words(clause: Clause) -> Iterator[Placed]:
    """What verbs say, then copulas, then what is said to be taken out, then what stands beside a condition."""
    read = list(readings(clause)) if clause.categories else []
    yield from _by_verb(read)
    yield from _by_copula(read)
    yield from _by_removal(read)
    yield from _by_apposition(read)


def _by_copula(read: list[Reading]) -> Iterator[Placed]:
    """What something is: "CFS is a mental health condition", "I have MUS, and it is a mental health condition"."""
    for reading in read:
        rule = _copula_of(reading.between) if not grammar("supposed").search(reading.ahead) else None
        for member in reading.subject if rule is not None else ():
            yield placed(reading.clause, member, reading.category, rule or "", 0.85)


def _copula_of(words: str) -> str | None:
    carried = grammar("copula").fullmatch(_UP_TO_PRONOUN.sub("", words))
    if carried is not None and carried["pronoun"]:
        return "copula-carried"
    if grammar("copula").fullmatch(words):
        return "copula"
    return "copula-contrast" if grammar("contrast").fullmatch(words) else None


def _by_verb(read: list[Reading]) -> Iterator[Placed]:
    """What something is classed as: "ME is categorised as MUS", "including CFS under MUS", "which they classify as"."""
    last_active: Category | None = None
    for whole in read:
        reading = _after(whole, last_active)
        rule = _verb_of(reading, last_active) if not reading.category.slug.startswith("icd-") else None
        last_active = reading.category if rule in {"active", "gapped"} else last_active
        for member in (*_heads(reading), *reading.subject) if rule is not None else ():
            yield placed(reading.clause, member, reading.category, rule or "", 0.88)


def _after(reading: Reading, category: Category | None) -> Reading:
    """The reading without what stands before a category that a verb placed something under already."""
    later = tuple(mention for mention in reading.subject if category is not None and mention.span.start >= category.span.end)
    if not later or len(later) == len(reading.subject):
        return reading
    ahead = reading.clause.lowered[reading.clause.span.start : later[0].span.start]
    return Reading(reading.clause, later, reading.category, ahead, reading.between)


def _verb_of(reading: Reading, last_active: Category | None) -> str | None:
    """The way in which the words around a list of conditions place it, None where they do not."""
    if grammar("after_object").fullmatch(reading.between):
        if grammar("active").search(reading.ahead):
            return "nominal" if grammar("noun").search(reading.ahead) else "active"
        if last_active is not None and _goes_on(reading, last_active):
            return "gapped"
    if grammar("after_named").fullmatch(reading.between) and grammar("naming").search(reading.ahead):
        return "named"
    passive = grammar("passive").fullmatch(reading.between)
    return "passive" if passive and is_near(passive["aux"]) else None


def _goes_on(reading: Reading, category: Category) -> bool:
    """Whether nothing but "and" stands between a category that a verb placed something under and the next list."""
    end = reading.subject[0].span.start
    return category.span.end <= end and grammar("gap").fullmatch(reading.clause.lowered, category.span.end, end) is not None


def _by_removal(read: list[Reading]) -> Iterator[Placed]:
    """What was taken out: "MUS was dropped from DSM-5", "CFS was removed from the list of MUS"."""
    for reading in read:
        if len(reading.between.split()) <= _WORD_GAP and grammar("removed").fullmatch(reading.between):
            member, category = reading.subject[-1], reading.category
            yield Placed(
                member.concept,
                category.slug,
                reading.clause.span,
                "said-not-to-be",
                "removed",
                0.6,
                category.span,
                is_denied=True,
            )


def _by_apposition(read: list[Reading]) -> Iterator[Placed]:
    """What stands beside one condition, between commas or in brackets: "ME, a neurological disease,"."""
    for reading in read:
        opening = grammar("apposed").fullmatch(reading.between) if len(reading.subject) == 1 else None
        end = reading.category.span.end
        if opening and grammar("apposed_end").match(reading.clause.lowered, end, reading.clause.span.end):
            yield placed(reading.clause, reading.subject[0], reading.category, "apposition", 0.75)


def is_near(aux: str) -> bool:
    """Whether the words between a condition and its verb are few, or a pronoun among them carries the condition on."""
    return len(aux.split()) <= (_CARRIED_GAP if grammar("pronoun").search(aux) else _WORD_GAP)


def _heads(reading: Reading) -> tuple[Mention, ...]:
    """The category whose examples the conditions are, where a relative clause says something of them all."""
    if not _RELATIVE.match(reading.between):
        return ()
    return tuple(listing.category for listing in reading.clause.listings if set(reading.subject) <= set(listing.members))


def _is_modifier(clause: Clause, category: Category) -> bool:
    return grammar("not_category").match(clause.lowered, category.span.end, clause.span.end) is not None


def placed(clause: Clause, member: Mention, category: Category, rule: str, confidence: float) -> Placed:
    """The placing of one condition under a category of its sentence."""
    placement = placement_in(clause, category)
    return Placed(member.concept, category.slug, clause.span, placement, rule, confidence, scope(clause, category))


def placement_in(clause: Clause, category: Category) -> Placement:
    """How a category places, by what it is and by the words right behind it."""
    if category.slug.startswith("icd-"):
        return "coded-as"
    if category.slug == "who-listed":
        return "listed-separately-by"
    is_new = grammar("new_after").match(clause.lowered, category.span.end, clause.span.end)
    return "new-to-programme-as" if is_new else "listed-under"


def scope(clause: Clause, category: Category) -> Span:
    """Where words that refuse a placing under `category` would stand."""
    return Span(clause.span.start, category.span.end)
