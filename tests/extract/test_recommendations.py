"""What recommendations rest on and whom they are for, in invented documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extract.claims.recommendations import basis_of, for_whom
from kb.extract.found import Found
from kb.model import Basis, Claim, Mention, Span
from tests.extract.cases import Case, read_cases
from tests.extract.test_claims import claims_of, found_in

CASES = read_cases(Path(__file__).parent / "cases" / "recommendations.md")


def line_of(text: str, claim: Claim) -> str:
    basis = claim.basis or Basis(kind="not-stated")
    words = f"[{' '.join(basis.span.of(text).split())}]" if basis.span else ""
    return " ".join(part for part in (basis.kind, basis.code, words, f"for {claim.for_whom or '-'}") if part)


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_case(case: Case) -> None:
    claims = [claim for claim in claims_of(found_in(case.text)) if claim.claim_kind == "recommendation"]
    assert [line_of(case.text, claim) for claim in claims] == case.expected.split("\n")


def test_other_claims_rest_on_nothing_and_are_for_nobody() -> None:
    (claim,) = claims_of(found_in("According to NICE guideline CG999, patients with gout recover.", "critique"))
    assert (claim.claim_kind, claim.basis, claim.for_whom) == ("finding", None, None)


def test_a_row_is_for_those_with_the_condition_it_begins_with() -> None:
    text = "Recommended treatments\n\nSore knees\tRest and exercise\tInformal consensus of the RKG"
    found = found_in(text)
    mention = Mention(span=Span(24, 34), rule="t", concept="other:knees")
    (claim,) = claims_of(Found(found.source, found.document, (mention,)))
    assert line_of(text, claim) == "consensus [Informal consensus of the RKG] for Sore knees"


@given(
    st.text(max_size=60), st.sampled_from(["per NICE CG53", "people with ", "RCTs show", "(CG53)", "\n"]), st.text(max_size=60)
)
def test_what_is_named_stands_in_the_text(before: str, words: str, behind: str) -> None:
    text = before + words + behind
    whole = Span(0, len(text))
    basis, whom = basis_of(text, whole), for_whom(text, [whole])
    assert basis.span is None or whole.contains(basis.span)
    assert whom is None or whom in " ".join(text.split())
