"""Categories a sentence names: umbrella terms, classifications by their names, codes of the ICD."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kb.model import Mention, Span
from kb.vocabulary import Concept, concepts
from kb.vocabulary.data import load

_ICD_CODE = re.compile(r"(?<![\w.-])(?P<code>[A-Z]\d{2}(?:\.\d{1,2})?)(?![\w-])(?!\.\d)")
_ICD_11_CODE = re.compile(
    r"(?<![\w.-])(?P<code>(?:[1-9][A-HJ-NP-Z]|[A-HJ-NP-Z]{2})\d[0-9A-HJ-NP-Z](?:\.[0-9A-Z]{1,2})?)(?![\w-])(?!\.\d)"
)
_ICD = re.compile(r"\bICD(?:[ -]?(?P<edition>9|10|11))?(?:-CM)?\b")
_WHO = re.compile(r"\bWHO\b|\bWorld Health Organi[sz]ation\b")


@dataclass(frozen=True)
class Category:
    """A category named in a sentence: its slug and where its words stand."""

    slug: str
    span: Span
    mention: Mention | None = None


def umbrella(mention: Mention) -> Concept | None:
    """The mention's concept, where texts place other conditions under it."""
    concept = concepts().get(mention.concept)
    return concept if concept is not None and concept.umbrella else None


@cache
def category_signs() -> tuple[str, ...]:
    """Parts of words in small letters of which a sentence holds one wherever it names a category that is no umbrella term."""
    return tuple(load("classifications")["signs"])


def categories_of(mentions: Sequence[Mention]) -> list[Category]:
    """The categories among mentions: umbrella terms."""
    found = ((mention, umbrella(mention)) for mention in mentions)
    return [
        Category(concept.category, mention.span, mention)
        for mention, concept in found
        if concept is not None and concept.category is not None
    ]


def named_categories(folded: str, span: Span) -> list[Category]:
    """The categories of the data file inside `span`, and the codes of the ICD where it or the WHO is named."""
    found = [
        Category(slug, Span(*match.span()))
        for slug, pattern in _patterns()
        for match in pattern.finditer(folded, span.start, span.end)
    ]
    editions = [match["edition"] for match in _ICD.finditer(folded, span.start, span.end)]
    if editions or _WHO.search(folded, span.start, span.end):
        found += _codes(folded, span, editions)
    return found


def _codes(folded: str, span: Span, editions: list[str | None]) -> list[Category]:
    """The codes of a sentence that names these editions; the two newest are told apart by the shape of their codes."""
    named = next((edition for edition in editions if edition in {"9", "10"}), "11" if "11" in editions else "10")
    codes = [(f"icd-{named}", match) for match in _ICD_CODE.finditer(folded, span.start, span.end)]
    if "11" in editions:
        codes += [("icd-11", match) for match in _ICD_11_CODE.finditer(folded, span.start, span.end)]
    return [Category(f"{name}:{match['code']}", Span(*match.span())) for name, match in codes]


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = load("classifications")["category"]
    return tuple((row["slug"], re.compile(row["pattern"])) for row in rows)
