"""Dates keep their precision and their words, and nothing is read into them."""

from __future__ import annotations

import pytest

from kb.model import Span
from kb.text.dates import find_dates, parse_date


@pytest.mark.parametrize(
    ("raw", "value", "precision"),
    [
        ("2019-05-03", "2019-05-03", "day"),
        ("2019-05", "2019-05", "month"),
        ("2019", "2019", "year"),
        ("2019-05-03T14:20:05Z", "2019-05-03T14:20:05Z", "second"),
        ("2019-05-03 14:20", "2019-05-03", "day"),
        ("3 May 2019", "2019-05-03", "day"),
        ("3rd of May 2019", "2019-05-03", "day"),
        ("May 3, 2019", "2019-05-03", "day"),
        ("Friday, May 3rd, 2019", "2019-05-03", "day"),
        ("Sept. 2019", "2019-09", "month"),
        ("  March 2011 ", "2011-03", "month"),
        ("31 December 2018", "2018-12-31", "day"),
        ("29 February 2020", "2020-02-29", "day"),
        ("24/05/2019", "2019-05-24", "day"),
        ("05/24/2019", "2019-05-24", "day"),
        ("07.07.2019", "2019-07-07", "day"),
        ("04/05/2019", "2019", "year"),
    ],
)
def test_read(raw: str, value: str, precision: str) -> None:
    when = parse_date(raw)
    assert when is not None
    assert (when.value, when.precision, when.raw) == (value, precision, raw.strip())


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "soon",
        "version 1.2",
        "2019-13-01",
        "2019-00-01",
        "2019-05-00",
        "29 February 2019",
        "31 April 2019",
        "May 2019 or so",
        "Yesterday at 4:15 PM",
        "13/13/2019",
        "2019/20",
        "3 Mayor 2019",
        "2019-05-03T25:00",
        "1492",
    ],
)
def test_not_read(raw: str) -> None:
    assert parse_date(raw) is None


def test_find_the_fullest_reading_of_each() -> None:
    text = "Begun in March 2011, revised on 3 May 2019, and again in 2020."
    assert [(span.of(text), when.value) for span, when in find_dates(text, Span(0, len(text)))] == [
        ("March 2011", "2011-03"),
        ("3 May 2019", "2019-05-03"),
        ("2020", "2020"),
    ]


def test_look_only_inside_the_span() -> None:
    text = "From 2011 to 2014"
    assert [span for span, _ in find_dates(text, Span(5, 12))] == [Span(5, 9)]


@pytest.mark.parametrize("text", ["in 2018/19 it rose", "it costs £2014", "2,014 posts", "of 2011.5 units", "since 20145"])
def test_numbers_that_are_no_years(text: str) -> None:
    assert find_dates(text, Span(0, len(text))) == []
