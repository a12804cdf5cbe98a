"""References: literal texts beside what is found in them, near misses beside hits."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extract import references
from kb.extract.found import Found
from kb.model import Reference, fold
from tests.extract.cases import Case, read_cases
from tests.extract.documents import found_in

CASES = read_cases(Path(__file__).parent / "cases" / "references.txt")
FIELDS = ("label", "authors", "title", "year", "container", "volume", "issue", "pages", "publisher_place", "publisher")
SCRAPS = st.sampled_from(
    [
        "Able",
        "B,",
        "et",
        "al.",
        "(2012)",
        "2012;3:4-5.",
        "London:",
        "Press;",
        "NICE",
        "guideline",
        "CG53",
        "Act",
        "10.1000/x",
        "https://a.example/",
        "“",
        "”",
        "Report",
        "The",
        "of",
        "[",
        "](#)",
        "-",
        "\n",
        "\n\n",
        "12",
        "ISBN",
        "978-0-306-40615-7",
        "and",
        "Guide",
        "█",
        "…",
        "...",
        "Volume",
        "Issue",
        "Pages",
        "Source:",
        "paper by",
    ]
)


def describe(found: Found, reference: Reference) -> str:
    """Form and words, then every field that is known."""
    known = [(name, getattr(reference, name)) for name in FIELDS]
    known += [(name, getattr(reference.ids, name)) for name in reference.ids.__struct_fields__]
    shown = [f"{name}={'; '.join(value) if isinstance(value, tuple) else value}" for name, value in known if value]
    return " | ".join([f"{reference.form}: {fold(reference.span.of(found.document.text))}", *shown])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_references(case: Case) -> None:
    found = found_in(case.text)
    lines = [describe(found, reference) for reference in references.extract(found)]
    assert ("\n".join(lines) or "nothing") == case.expected


def test_headings_of_guidance_name_its_own_parts() -> None:
    text = "# Leeds Waiting Times Framework\n\nThis is the Leeds Waiting Times Framework."
    found = found_in(text, source_kind="guidance")
    assert [reference.span.start for reference in references.extract(found)] == [43]


@given(st.one_of(st.text(), st.lists(SCRAPS, max_size=40).map(" ".join)))
def test_references_of_any_text_stand_in_order_and_do_not_overlap(text: str) -> None:
    found = found_in(text or "-")
    spans = [reference.span for reference in references.extract(found)]
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert all(0 <= span.start < span.end <= len(found.document.text) for span in spans)


@pytest.mark.parametrize("piece", ["A.", "A'", "A-", "A&", "\u00a0", "Aa, ", "The Report ", "http://a ", "[a](", "2012;"])
def test_near_misses_take_no_long_time(piece: str) -> None:
    text = piece * (30_000 // len(piece))
    assert all(reference.span.end <= len(text) for reference in references.extract(found_in(text)))
