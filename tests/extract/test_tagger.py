"""The tagger: tokens, the best sequence of labels, what is known beforehand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extract.references.tagger import tag
from kb.extract.references.tagger.features import features
from kb.extract.references.tagger.tokens import tokens
from kb.extract.references.tagger.weights import Stored, Tagger

SMALL = Stored(
    labels=["author", "title"],
    known_as={"titA": "rest"},
    following=[[0, 0, 5, 5], [-900, -900, -900, -900]],
    going_on=[1, 1, 1, 1],
    weights={"w=able": [0, 50, 1, 60], "l=titA": [2, 70, 3, 20], "w=2012": [3, 40]},
)
"""Two labels and a handful of weights, which can be followed by hand."""


@pytest.mark.parametrize(
    ("raw", "pieces"),
    [
        ("2012;72(3):242-47.", ["2012;", "72", "(3):", "242-47."]),
        ("Sleep 31(2), 1-2", ["Sleep", "31", "(2),", "1-2"]),
        ("2011 Mar 5;364:829", ["2011", "Mar", "5;", "364:", "829"]),
        ("doi:10.1000/a(1)2;3 http://a.example/2012;72", ["doi:10.1000/a(1)2;3", "http://a.example/2012;72"]),
        ("U.S. A.B. state-of-the-art", ["U.S.", "A.B.", "state-of-the-art"]),
        ("", []),
    ],
)
def test_tokens(raw: str, pieces: list[str]) -> None:
    assert [span.of(raw) for span in tokens(raw)] == pieces


@given(st.text())
def test_tokens_hold_everything_but_white_space(raw: str) -> None:
    assert "".join(span.of(raw) for span in tokens(raw)) == "".join(raw.split())


@pytest.mark.parametrize(
    ("words", "authors", "labels"),
    [
        (["Able", "Rest", "2012"], 0, ["author", "title", "title"]),
        (["Able", "Rest", "2012"], 2, ["author", "author", "title"]),
        (["Rest", "Able"], 0, ["title", "title"]),
        (["Rest"], 1, ["title"]),
        ([], 0, []),
    ],
)
def test_best_sequence(words: list[str], authors: int, labels: list[str]) -> None:
    assert Tagger(SMALL).tag(words, authors) == labels


def test_every_token_has_its_features() -> None:
    first, second = features(["Able,", "2012;"], ["autA", "-"])
    assert {"w=able", "e=,", "l=autA", "+1w=2012"} <= set(first)
    assert {"k=year", "-1l=autA", "f=9;", "-2w="} <= set(second)


@pytest.mark.parametrize(
    ("raw", "labels"),
    [
        ("Able B. Rest at work. J Sleep. 2012;72:1-9.", "author author title title title container container date volume pages"),
        ("Able, B. (2012) Rest. Leeds: Press.", "author author date title location publisher"),
    ],
)
def test_the_tagger_that_ships(raw: str, labels: str) -> None:
    assert [label for label, _ in tag(raw)] == labels.split()


@given(st.text(max_size=80))
def test_any_string_is_tagged(raw: str) -> None:
    assert [span for _, span in tag(raw)] == tokens(raw)
