"""Classifications of disorders by the name of their edition ("DSM-5", "ICD-10"), and codes of the ICD ("G93.3", "8E49")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kb.model import Span

_EDITION = re.compile(r"DSM(?<!\wDSM)[\s-]?(?:III|IV|V|[345])(?:-?\s?(?:TR|R))?\b|ICD(?<!\wICD)[\s-]?(?P<icd>9|10|11)\b")
_CODE = re.compile(
    r"""(?<![\w.-])
        (?: (?P<eleven>[\dA-HJ-NP-Z][A-HJ-NP-Z]\d[\dA-HJ-NP-Z](?:\.[\dA-HJ-NP-Z]{1,2})?)
          | (?P<ten>[A-TV-Z]\d[\dAB](?:\.\d{1,2})?) )
        (?![\w-]|\.\d)""",
    re.VERBOSE,
)
"""The second place tells them apart: a letter in ICD-11 ("8E49", "MG30.01"), a digit in ICD-10 ("G93.3")."""
_NINE = re.compile(r"ICD[\s-]?9(?:-CM)?:?\s(?:codes?\s)?(?P<nine>\d{3}(?:\.\d{1,2})?)(?![\w-]|\.\d)")
_NAMED = re.compile(
    r"\bICD(?:[\s-]?(?:9|10|11))?(?:-CM)?\b|\bWHO\b|\bWorld\sHealth\sOrgani[sz]ation\b|\bclassified\b|\bcoded?\b|\bcodes\b"
)


class Edition(NamedTuple):
    """An edition of the DSM or the ICD, as the text names it."""

    span: Span
    name: str


def editions(text: str) -> Iterator[Edition]:
    """Editions of the DSM and the ICD in text order; the family's name alone ("the ICD") is none."""
    for match in _EDITION.finditer(text):
        yield Edition(Span(*match.span()), match.group())


class Code(NamedTuple):
    """A code of the ICD where it stands; `name` has the edition in front: "icd-10:G93.3"."""

    span: Span
    name: str


def icd_codes(text: str, span: Span) -> list[Code]:
    """The codes of the ICD inside `span`, a sentence or a cell, in text order; none where nothing there speaks of codes.

    >>> text = "In ICD-10 it is G93.3, in ICD-11 8E49."
    >>> [code.name for code in icd_codes(text, Span(0, len(text)))]
    ['icd-10:G93.3', 'icd-11:8E49']
    """
    if not _NAMED.search(text, span.start, span.end):
        return []
    found = [_code(match) for match in _CODE.finditer(text, span.start, span.end)]
    nine = [Code(Span(*match.span("nine")), f"icd-9:{match['nine']}") for match in _NINE.finditer(text, span.start, span.end)]
    return sorted(found + nine)


def _code(match: re.Match[str]) -> Code:
    edition = "11" if match["eleven"] else "10"
    return Code(Span(*match.span()), f"icd-{edition}:{match.group()}")
