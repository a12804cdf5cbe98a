"""Lines and blocks keep their places."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Span
from kb.text.lines import blocks, covering, lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [""]),
        ("one", ["one"]),
        ("one\n", ["one", ""]),
        ("one\r\ntwo\rthree\nfour", ["one", "two", "three", "four"]),
        ("\r\r", ["", "", ""]),
        ("a form\ffeed, a line\u2028separator", ["a form\ffeed, a line\u2028separator"]),
    ],
)
def test_lines(text: str, expected: list[str]) -> None:
    assert [line.text for line in lines(text)] == expected


@given(st.text(alphabet="ab \t\r\n\u00a0"))
def test_places_prove_lines(text: str) -> None:
    found = lines(text)
    assert [line.span.of(text) for line in found] == re.split(r"\r\n|\r|\n", text)
    assert [line.place.of(text) for line in found] == [line.words for line in found]


def test_a_line_of_white_space_parts_blocks() -> None:
    text = "one\n \u00a0\ntwo\n  three"
    assert [covering(block) for block in blocks(lines(text))] == [Span(0, 3), Span(7, 18)]


def test_indent_counts_what_stands_before_the_words() -> None:
    assert [line.indent for line in lines("none\n  two\n\tone")] == [0, 2, 1]
