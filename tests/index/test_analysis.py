"""What words become in the index, and which words answer which."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.index.analysis import tokens


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("services", [("servic",)]),
        ("MUS must", [("MUS", "mus"), ("must",)]),
        ("me ME Me", [("me",), ("ME", "me"), ("me",)]),
        ("LTCs", [("LTC", "ltc", "ltcs")]),
        ("A plan", [("a",), ("plan",)]),
        ("F45.0.", [("F45.0", "f45.0")]),
        ("ICD-10", [("ICD", "icd"), ("10",)]),
        ("CFS/ME", [("CFS", "cfs"), ("ME", "me")]),
        ("45%", [("45%", "45")]),
        ("45 %", [("45%", "45")]),
        ("45 per cent", [("45%", "45"), ("per",), ("cent",)]),
        ("45 per centre", [("45",), ("per",), ("centr",)]),
        ("£54", [("£54", "54")]),
        ("£3.1bn", [("£3.1bn", "3.1")]),
        ("1,200 people", [("1200",), ("peopl",)]),
        ("12,34", [("12",), ("34",)]),
        ("18th", [("18th",)]),
        ("12–18", [("12",), ("18",)]),
        ("patient's patients’ don’t", [("patient",), ("patient",), ("don't",)]),
        ("Zürich", [("zurich",)]),
        ("Zu\u0308rich", [("zurich",)]),
        ("a_b", [("a",), ("b",)]),
        ("?! …", []),
    ],
)
def test_stems(text: str, stems: list[tuple[str, ...]]) -> None:
    assert [token.stems for token in tokens(text)] == stems


def test_words_keep_their_endings() -> None:
    assert [token.words for token in tokens("Explained Symptoms")] == [("explained",), ("symptoms",)]


@given(st.text())
def test_spans_are_places_in_the_text_in_order(text: str) -> None:
    spans = [token.span for token in tokens(text)]
    assert spans == sorted(spans)
    assert all(span.of(text) and span.end <= len(text) for span in spans)
    assert not any(left.overlaps(right) for left, right in pairwise(spans))


@given(st.text())
def test_no_term_is_empty_or_holds_white_space(text: str) -> None:
    terms = [term for token in tokens(text) for term in (*token.stems, *token.words)]
    assert [term for term in terms if not term or term.split() != [term]] == []
