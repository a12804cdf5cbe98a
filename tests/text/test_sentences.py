"""Sentences of invented text, and what holds for the sentences of any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Span
from kb.text.sentences import sentences
from tests.extract.cases import Case, read_cases

CASES = read_cases(Path(__file__).parent / "sentences.md")


def split(text: str) -> list[str]:
    return [" ".join(place.of(text).split()) for place in sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_case(case: Case) -> None:
    assert split(case.text) == case.expected.split("\n")


def test_sentences_inside_a_span_are_places_in_the_whole_text() -> None:
    assert sentences("Not this. One. Two. Not this.", Span(10, 19)) == [Span(10, 14), Span(15, 19)]


def test_white_space_alone_has_no_sentence() -> None:
    assert sentences(" \n\n\t ", Span(0, 5)) == []


@given(st.text(alphabet=st.sampled_from(list("aZ1.?! \n\"')]([”*…,e\u00a0")) | st.characters(), max_size=80))
def test_sentences_part_the_text_in_order(text: str) -> None:
    found = sentences(text, Span(0, len(text)))
    gaps = [0, *(place.end for place in found)]
    assert all(not text[end : place.start].strip() for end, place in zip(gaps, found, strict=False))
    assert not text[gaps[-1] :].strip()
    assert all(place.of(text).strip() == place.of(text) != "" for place in found)


@pytest.mark.parametrize("piece", [".", '…"', "a. ", ". [1]", "\n", "1."])
def test_a_long_run_of_stops_takes_no_long_time(piece: str) -> None:
    text = piece * 20_000
    assert sentences(text, Span(0, len(text)))[-1:] != [Span(0, 0)]
