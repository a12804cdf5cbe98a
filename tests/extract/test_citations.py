"""Citation markers: literal texts beside the markers in them, near misses beside hits."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extract import citations, references
from kb.extract.citations.numeric_markers import expand_keys
from kb.extract.found import Found
from kb.model import Citation
from tests.extract.cases import Case, read_cases
from tests.extract.documents import found_in

CASES = read_cases(Path(__file__).parent / "cases" / "citations.txt")
SCRAPS = st.sampled_from(
    [
        "Able",
        "et al.",
        "and",
        "(2012)",
        "2012",
        "[3]",
        "[4,",
        "5]",
        "word12",
        "stop.13",
        ",4",
        "the",
        "see",
        "(",
        ")",
        "[",
        "]",
        "–",
        "47",
        "\n\n",
        "²",
        "references 3",
        "“",
        "Report",
    ]
)


def with_references(text: str) -> Found:
    found = found_in(text)
    return Found(found.source, found.document, tuple(references.extract(found)))


def describe(found: Found, citation: Citation) -> str:
    return f"{citation.style}: {citation.span.of(found.document.text)} | {'; '.join(citation.keys)}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_citations(case: Case) -> None:
    found = with_references(case.text)
    lines = [describe(found, citation) for citation in citations.extract(found)]
    assert ("\n".join(lines) or "nothing") == case.expected


@pytest.mark.parametrize(
    ("printed", "keys"),
    [
        ("3", ("3",)),
        ("37, 40", ("37", "40")),
        ("9-11,13", ("9", "10", "11", "13")),
        ("13 ,15 ,16", ("13", "15", "16")),
        ("4,4", ("4",)),
        ("7-3", ("7", "3")),
        ("1-900", ("1", "900")),
    ],
)
def test_keys_are_written_out(printed: str, keys: tuple[str, ...]) -> None:
    assert expand_keys(printed) == keys


@given(st.one_of(st.text(), st.lists(SCRAPS, max_size=40).map(" ".join)))
def test_citations_of_any_text_stand_in_order_have_keys_and_do_not_overlap(text: str) -> None:
    found = with_references(text or "-")
    made = list(citations.extract(found))
    assert all(left.span.end <= right.span.start for left, right in pairwise(made))
    assert all(citation.keys for citation in made)
