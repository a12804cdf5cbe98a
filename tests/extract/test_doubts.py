"""What is kept back because it may not mean what it says, beside what is asserted and what is no claim at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.extract.claims.doubts import doubt_in
from tests.extract.cases import Case, read_cases
from tests.extract.test_claims import claims_of, found_in

CASES = read_cases(Path(__file__).parent / "cases" / "doubts.md")


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_case(case: Case) -> None:
    claims = claims_of(found_in(case.text, "forum"))
    assert [f"{claim.certainty}: {claim.span.of(case.text)}" for claim in claims] == case.expected.split("\n")


@pytest.mark.parametrize(
    ("sentence", "doubt"),
    [
        ("Yeah right, the lamps are lit.", "irony"),
        ("This seminar will look at lamps.", "advertising"),
        ("Perhaps it was the cat.", "guesses"),
        ("The lamps are lit \N{FACE WITH ROLLING EYES}", "smiley"),
        ("But if the lamps were lit, we'd see them.", "if"),
        ("The clock struck 10:30 (pm) in D:/", None),
        ("They asked if it would rain.", None),
    ],
)
def test_why_it_is_unclear(sentence: str, doubt: str | None) -> None:
    assert doubt_in(sentence) == doubt
