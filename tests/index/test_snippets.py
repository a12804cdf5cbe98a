"""What is shown of a long hit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.index.plan import Has, Run
from kb.index.snippets import WIDTH, highlights, snippet
from kb.model import Span

LONG = "first " + "filler " * 100 + "needle and thread " + "filler " * 100 + "needle last"


@pytest.mark.parametrize(
    ("leaves", "marked"),
    [
        ([Has("text", ("needle",))], ["needle", "needle"]),
        ([Has("text", ("needle", "thread"))], ["needle", "thread", "needle"]),
        ([Run("text", ("needle", "and", "thread"))], ["needle and thread"]),
        ([Run("text", ("thread", "needle"))], []),
        ([Has("title", ("needle",))], []),
        ([Run("text", ("needle", "and")), Has("text", ("and",))], ["needle and"]),
    ],
)
def test_highlights(leaves: list[Has | Run], marked: list[str]) -> None:
    assert [span.of(LONG) for span in highlights(LONG, leaves)] == marked


def test_a_short_text_is_shown_whole() -> None:
    assert snippet("a few words", ()) == Span(0, 11)


@pytest.mark.parametrize(
    ("words", "begins"), [("needle", "filler filler"), ("first", "first filler"), ("absent", "first filler")]
)
def test_a_long_text_is_cut_around_what_answered(words: str, begins: str) -> None:
    shown = snippet(LONG, highlights(LONG, [Has("text", (words,))])).of(LONG)
    assert shown.startswith(begins)
    assert (words in shown) == (words in LONG)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("seagull " * 50, Span(0, 295)),
        ("a" * 400, Span(0, 300)),
        ("a" * 299 + " " + "b" * 99, Span(0, 299)),
        ("a" * 300, Span(0, 300)),
    ],
)
def test_a_snippet_ends_between_words_unless_one_is_very_long(words: str, shown: Span) -> None:
    assert snippet(words, ()) == shown


@given(st.text(alphabet="ab \n", max_size=900), st.sampled_from(["a", "ab", "b"]))
def test_a_snippet_is_a_place_of_limited_width(words: str, wanted: str) -> None:
    shown = snippet(words, highlights(words, [Has("text", (wanted,))]))
    assert shown.end <= len(words)
    assert len(shown) <= WIDTH
