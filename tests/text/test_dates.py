"""Dates keep their precision and their words, and nothing is read into them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Span
from kb.text.dates import Order, find_dates, parse_date, parse_timestamp


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
        ("2019-03-03T21:03:11+0100", "2019-03-03T21:03:11+0100", "second"),
        ("2019-03-03T21:03:11.250Z", "2019-03-03T21:03:11Z", "second"),
        ("2019-03-03T21:03+01:00", "2019-03-03", "day"),
        ("2019/03/03", "2019-03-03", "day"),
        ("Mar 3, 2019 at 4:15 PM", "2019-03-03", "day"),
        ("Tue Aug 27, 2019 1:47 am", "2019-08-27", "day"),
        ("30th March 2025, 16:26", "2025-03-30", "day"),
        ("03-Mar-2019", "2019-03-03", "day"),
        ("Sun, 03 Mar 2019 21:03:11 +0100", "2019-03-03T21:03:11+0100", "second"),
        ("24/05/2019 14:20", "2019-05-24", "day"),
        ("Updated: 3 May 2019", "2019-05-03", "day"),
        ("Last updated on 3 May 2019", "2019-05-03", "day"),
        ("Published May 2019", "2019-05", "month"),
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
        "1.2.3",
        "10-12 weeks",
        "2018/19",
        "Apr '24",
        "3 May",
        "Posted on May 3, 2019 by Sam",
        "Updated: soon",
        "Mar 3, 2019 at 4:15 PM or so",
        "2019-05-03T14:20:05+1",
        "Today",
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


@pytest.mark.parametrize(
    ("raw", "order", "value"),
    [
        ("04/05/2019", "day-first", "2019-05-04"),
        ("04/05/2019", "month-first", "2019-04-05"),
        ("24/05/2019", "month-first", "2019-05-24"),
        ("05.24.2019", "day-first", "2019-05-24"),
    ],
)
def test_figures_in_an_order_the_caller_knows(raw: str, order: Order, value: str) -> None:
    when = parse_date(raw, order=order)
    assert when is not None
    assert (when.value, when.precision, when.raw) == (value, "day", raw)


def test_no_order_makes_a_date_of_what_is_none() -> None:
    assert parse_date("31/31/2019", order="day-first") is None


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("Yesterday at 4:15 PM", "2019-04-30"),
        ("Today at 09:00", "2019-05-01"),
        ("Sunday at 10:00 AM", "2019-04-28"),
        ("Wednesday", "2019-04-24"),
    ],
)
def test_relative_days_count_from_the_day_they_were_written(raw: str, value: str) -> None:
    when = parse_date(raw, written=parse_date("1 May 2019"))
    assert when is not None
    assert (when.value, when.precision, when.raw) == (value, "day", raw)


@pytest.mark.parametrize("raw", ["Yesterday at 4:15 PM", "Today", "5 minutes ago", "Someday"])
def test_a_month_is_too_vague_to_count_from(raw: str) -> None:
    assert parse_date(raw, written=parse_date("May 2019")) is None


@pytest.mark.parametrize("raw", ["", "-5", "0", "1551645791000", "4102444800", "١٢٣", "1.5"])
def test_no_timestamps(raw: str) -> None:
    assert parse_timestamp(raw) is None


WORDS = (
    "3|12|24|31|2019|1999|19|May|March|Sept.|of|th| | |,|-|/|.|:|T|Z|at|4:15|PM|10:20:30|+0100|Posted|Updated:|Monday|weeks|1.2"
)
FRAGMENTS = st.sampled_from(WORDS.split("|"))


@given(st.lists(FRAGMENTS, max_size=10).map("".join))
def test_no_part_of_a_date_is_finer_than_its_words(raw: str) -> None:
    when = parse_date(raw)
    told = when.raw if when else ""
    parts = when.value[:10].split("-") if when else []
    assert told in raw
    assert all(part in told for part in parts[:1])
    assert len(parts) <= sum(bool(run) for run in digit_runs(told)) + any(name in told for name in ("May", "March", "Sept"))
    assert when is None or (when.precision == "second") == ("T" in when.value)


def digit_runs(words: str) -> list[str]:
    """The runs of digits in some words."""
    return "".join(char if char.isdigit() else " " for char in words).split()
