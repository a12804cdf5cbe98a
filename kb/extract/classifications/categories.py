"""Categories a sentence names: umbrella terms, classifications by their names, codes of the ICD."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kb.extract.references.diagnostic_codes import icd_codes
from kb.model import Mention, Span
from kb.vocabulary import Concept, concepts
from kb.vocabulary.data import load


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
    """The categories of the data file inside `span`, and the codes of the ICD."""
    found = [
        Category(slug, Span(*match.span()))
        for slug, pattern in _patterns()
        for match in pattern.finditer(folded, span.start, span.end)
    ]
    return found + [Category(code.name, code.span) for code in icd_codes(folded, span)]


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = load("classifications")["category"]
    return tuple((row["slug"], re.compile(row["pattern"])) for row in rows)
