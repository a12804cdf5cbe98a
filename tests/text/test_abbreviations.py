"""Pairs of long form and abbreviation, in both orders, and brackets that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Span
from kb.text.abbreviations import abbreviations, bare_short


def pairs(text: str) -> list[tuple[str, str]]:
    return [(pair.short.of(text), pair.long.of(text)) for pair in abbreviations(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the local care board (LCB) met", [("LCB", "local care board")]),
        ("Persistent tired feelings (PTF) last", [("PTF", "Persistent tired feelings")]),
        ("people with long-term physical conditions (LTCs)", [("LTCs", "long-term physical conditions")]),
        ("Access to Talking Treatments (ATT) adviser", [("ATT", "Access to Talking Treatments")]),
        ("hard\nwrapped care\nplan (HWCP)", [("HWCP", "hard\nwrapped care\nplan")]),
        ("a new name, LCB [local care board], came", [("LCB", "local care board")]),
        ("LTC’s (long term conditions) , says", [("LTC’s", "long term conditions")]),
        ("the [Better Towns Fund](#) (BTF) pays", [("BTF", "Better Towns Fund")]),
        ("**Joint primary care teams (PCT) rooms**", [("PCT", "primary care teams")]),
        ("PTF (persistent tired feelings) last", [("PTF", "persistent tired feelings")]),
        ("hypertext system (HTS)", [("HTS", "hypertext system")]),
        ("phypertext system (HTS)", []),
        ("two pairs: red care (RC) and blue aid (BA)", [("RC", "red care"), ("BA", "blue aid")]),
        ("see (Section 4) and people (mostly young) or (2013)", []),
        ("it closed. Later care boards (ICB) met", []),
        ("the doctor (Smith) and the town (Leeds)", []),
        ("LCB (see above) and CFS (ME)", []),
        ("()", []),
    ],
)
def test_pairs(text: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(text) == expected


def test_places_are_absolute_and_inside_the_span() -> None:
    text = "the local care board (LCB) met the red aid team (RAT)"
    found = abbreviations(text, Span(27, len(text)))
    assert [(pair.short.of(text), pair.long.of(text), pair.whole.of(text)) for pair in found] == [
        ("RAT", "red aid team", "red aid team (RAT)")
    ]


@pytest.mark.parametrize(("short", "bare"), [("LTCs", "LTC"), ("LTC's", "LTC"), ("LTC’s", "LTC"), ("CFS", "CFS"), ("IBS", "IBS")])
def test_bare_short(short: str, bare: str) -> None:
    assert bare_short(short) == bare


@given(st.text(alphabet="Aa b-c([)]*.:'\n", max_size=60))
def test_any_text_gives_pairs_whose_initial_begins_the_long_form(text: str) -> None:
    assert all(short.strip("'")[0].lower() in long.lower() for short, long in pairs(text))


@pytest.mark.parametrize("piece", ["[aaa](", "Aa (", "[", "](b)", "(AB) ", "aaa(bbb)"])
def test_near_misses_take_no_long_time(piece: str) -> None:
    text = piece * 10_000
    assert all(pair.whole.end <= len(text) for pair in abbreviations(text, Span(0, len(text))))


def test_the_words_of_links_are_read_and_their_targets_are_not() -> None:
    text = "see [long waits list](a) (LWL) and [long [old](b) waits](c) (LW)"
    assert [pair.short.of(text) for pair in abbreviations(text, Span(0, len(text)))] == ["LWL", "LW"]
