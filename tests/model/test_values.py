"""Spans, quotes, ids and the codec: what every record rests on."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Claim, Figure, Finding, IdCounter, Span, decode, encode, fold, id_kind, make_id, quote_at, slug

TEXTS = st.text(max_size=200)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_an_impossible_span_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@pytest.mark.parametrize(
    ("outer", "inner", "contains", "overlaps"),
    [
        (Span(2, 8), Span(2, 8), True, True),
        (Span(2, 8), Span(3, 5), True, True),
        (Span(2, 8), Span(1, 5), False, True),
        (Span(2, 8), Span(8, 9), False, False),
    ],
)
def test_spans_are_half_open(outer: Span, inner: Span, *, contains: bool, overlaps: bool) -> None:
    assert outer.contains(inner) is contains
    assert outer.overlaps(inner) is overlaps
    assert inner.overlaps(outer) is overlaps


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [("  two words ", Span(2, 11)), ("two", Span(0, 3)), ("   ", Span(0, 0)), ("", Span(0, 0))],
)
def test_trimmed_leaves_out_white_space_alone(text: str, trimmed: Span) -> None:
    assert Span(0, len(text)).trimmed(text) == trimmed


@given(TEXTS, st.data())
def test_a_quote_proves_its_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    quote = quote_at(text, span)
    assert quote.exact == span.of(text)
    assert text.startswith(quote.prefix + quote.exact + quote.suffix, start - len(quote.prefix))
    assert len(quote.prefix) == min(32, start)


def test_ids_are_these_for_ever() -> None:
    assert make_id("passage", "a-source", "some words", 0) == "pctbzbais65"
    assert make_id("work", "doi", "10.1000/182") == "wglenqrvig7"


def test_where_a_part_ends_matters_to_its_id() -> None:
    assert make_id("claim", "ab", "c") != make_id("claim", "a", "bc")


@given(st.lists(st.text(max_size=5), max_size=30))
def test_equal_things_are_told_apart_by_what_came_before(words: list[str]) -> None:
    counter = IdCounter()
    ids = [counter.next_id("passage", word) for word in words]
    assert len(set(ids)) == len(words)
    again = IdCounter()
    assert [again.next_id("passage", word) for word in words] == ids


@pytest.mark.parametrize(
    ("identifier", "kind"),
    [("pctbzbais65", "passage"), ("zctbzbais65", None), ("pctbzbais61", None), ("a-source", None), ("pctbzbais6", None)],
)
def test_an_id_says_its_kind(identifier: str, kind: str | None) -> None:
    assert id_kind(identifier) == kind


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Guidance 2018.PDF", "guidance-2018-pdf"), ("--a__b--", "a-b"), ("Ärzte", "rzte"), ("?", "")],
)
def test_slugs(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(TEXTS)
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.floats(0, 1e9), st.none() | st.sampled_from(["up to", "at least", "around"]))
def test_records_survive_the_codec(value: float, qualifier: object) -> None:
    figure = Figure(span=Span(0, 3), value=(value, value + 1), unit="%", qualifier=qualifier)  # type: ignore[arg-type]
    claim = Claim(span=Span(0, 9), rule="by-hand", claim_kind="figure", figures=(figure,))
    assert decode(encode(claim), Claim) == claim


def test_a_value_that_does_not_fit_is_named_with_its_place() -> None:
    with pytest.raises(msgspec.ValidationError, match=r"\$\.span\.start"):
        decode(b'{"kind":"claim","span":{"start":"x","end":2},"rule":"r","claim_kind":"figure"}', Claim)


@pytest.mark.parametrize(("code", "severity"), [("E204", "error"), ("W402", "warning"), ("I101", "info")])
def test_the_letter_of_a_code_says_how_grave_it_is(code: str, severity: str) -> None:
    assert Finding(code=code, message="words").severity == severity
