"""Listed terms in running text: wraps, hyphens, plurals, cases and single typing errors."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Span
from kb.text.folding import fold_same_length
from kb.text.terms import TermIndex

LABELS = {"long-term plan": "plan", "plan": "short", "care directory": "directory", "care/aid": "both"}


def index() -> TermIndex[str]:
    terms: TermIndex[str] = TermIndex()
    for label, value in LABELS.items():
        terms.add(label, value)
    terms.add("CAB", "acronym", exact=True)
    return terms


def found(text: str) -> list[tuple[str, str]]:
    return [(match.span.of(text), match.value) for match in index().matches(fold_same_length(text), Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Long-Term Plans and a plan", [("Long-Term Plans", "plan"), ("plan", "short")]),
        ("a long term\n  plan", [("long term\n  plan", "plan")]),
        ("long–term (plan", [("long–term (plan", "plan")]),
        ("long, term plan", [("plan", "short")]),
        ("the care directroy", [("care directroy", "directory")]),
        ("the care burro", []),
        ("care / aid, care aid", [("care / aid", "both")]),
        ("CAB, C.A.B., CABs, cab, Cab", [("CAB", "acronym"), ("C.A.B.", "acronym"), ("CABs", "acronym")]),
        ("planet, unplanned", []),
    ],
)
def test_longest_label(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@given(st.text(max_size=60))
def test_matches_stand_in_order_without_overlap(text: str) -> None:
    matches = list(index().matches(fold_same_length(text), Span(0, len(text))))
    assert all(left.span.end <= right.span.start for left, right in pairwise(matches))


@given(st.text())
def test_foldings_keep_every_code_point_in_place(text: str) -> None:
    assert len(fold_same_length(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("“so” ‘it’s’", "\"so\" 'it's'"), ("a–b—c‑d", "a-b-c-d"), ("a\u00a0b\r\nc\td", "a b  c d"), ("É ½ ﬁ", "É ½ ﬁ")],
)
def test_fold_same_length(text: str, folded: str) -> None:
    assert fold_same_length(text) == folded
