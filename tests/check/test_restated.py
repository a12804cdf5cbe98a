"""Figures of a statement beside the original's words: each fault, and the wording next to it that is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.check.restated import faults


def codes(words: str, *held: str) -> list[str]:
    return [code for code, _message in faults(words, held)]


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("Of nurses in the northern region, up to 66% felt tired.", "up to 66% of nurses in the northern region felt tired"),
        ("Half of the gardeners had help.", "50% of gardeners had help"),
        ("One in two gardeners had help.", "some 3 sheds; half of the gardeners had help"),
        ("The plan pays for over 200 homes.", "at least 200 homes are paid for by the plan"),
        ("The repair takes six to 18 weeks.", "repairs that take 6 to 18 weeks"),
        ("Repairs begin within 18 weeks.", "repairs should begin within **18 weeks**"),
        ("Building cost around £1 billion.", "building the bridge cost about £1,000 million"),
        ("The rule is guideline 91, of 2018.", "guideline (rule 91), published in 2018"),
        ("Marsh report, 2011;51:361-67.", "Marsh report. 2011;51:361-67"),
        ("The bridge is old, the report says.", "this report calls the bridge old"),
        ("Of the bakers 12 had flour.", "Of 12 bakers with flour"),
    ],
)
def test_what_the_original_says_too_is_no_fault(words: str, held: str) -> None:
    assert codes(words, held) == []


@pytest.mark.parametrize(
    ("words", "held", "expected"),
    [
        ("Of nurses in the north, 67% felt tired.", "66% of nurses in the north felt tired", ["E313"]),
        ("The repair takes 6 to 16 weeks.", "repairs take 6 to 18 weeks", ["E313"]),
        ("The repair takes 18 weeks.", "repairs take 6 to 18 weeks", ["E313"]),
        ("The rule is guideline 91.", "the rule is guideline 19", ["E313"]),
        ("Marsh report, 2011.", "Marsh report, 2012", ["E313"]),
        ("Marsh report, 361-67.", "Marsh report, 1361-67", ["E313"]),
        ("The bridge repair costs 2 billion.", "bridge repair that costs 2 million", ["E313"]),
        ("In 2017/18 there were 18 sites.", "sites in 2017/18: a further 15 sites", ["E313"]),
        ("Of the roofs, 40 leak when it rains.", "40% of roofs leak when it rains", ["E313"]),
        ("The repair takes 18 weeks.", "repairs take 18 days", ["E314"]),
        ("Help went to 50% of gardeners.", "help went to 50 gardeners", ["E314"]),
        ("There are 22 clinics for nurses.", "for 22 nurses there are rooms", ["E314"]),
        ("The repair of roofs costs £20.", "repair of roofs costs €20", ["E314"]),
        ("Of nurses in the north, 66% felt tired.", "up to 66% of nurses in the north felt tired", ["E315"]),
        ("Of nurses in the north, up to 66% felt tired.", "66% of nurses in the north felt tired", ["E315"]),
        ("Of nurses in the north, around 66% felt tired.", "at least 66% of nurses in the north felt tired", ["E315"]),
        ("Plans: 70% of nurses, later 70% of bakers.", "plans: at least 70% of nurses, later 70% of bakers", ["E315", "E315"]),
        ("The bridge is old.", "many nurses felt tired", ["E312"]),
    ],
)
def test_a_fault_has_its_code(words: str, held: str, expected: list[str]) -> None:
    assert codes(words, held) == expected


def test_a_number_may_stand_in_any_of_the_places() -> None:
    assert codes("Nurses count 30 clinics and 12 wards.", "nurses: 30 clinics", "nurses: 12 wards") == []


@given(st.text(alphabet="abc 0123456789%.,£", max_size=40))
def test_words_never_differ_from_themselves(words: str) -> None:
    assert codes(words, words) == []
