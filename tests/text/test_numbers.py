"""Quantities of invented text: what is one, what only looks like one, and what holds for those of any text."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Span
from kb.text.number_pattern import number_places
from kb.text.numbers import Quantity, quantities


def found(text: str) -> list[Quantity]:
    return quantities(text, Span(0, len(text)))


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("Costs rose by 20%.", 20, "%", None),
        ("Costs rose by 20 per cent.", 20, "%", None),
        ("Rates fell by 3 percentage points.", 3, "percentage points", None),
        ("Up to 35% of visits.", 35, "%", "up to"),
        ("At least an extra 700,000 adults.", 700_000, "adults", "at least"),
        ("Over half a million letters.", 500_000, "letters", "at least"),
        ("A million patients a year.", 1_000_000, "patients", None),
        ("It treats two hundred and fifty people.", 250, "people", None),
        ("Nearly two-thirds of nurses.", 66.7, "%", "around"),
        ("Around half meet the criteria.", 50, "%", "around"),
        ("Half daytime callers gave up.", 50, "%", None),
        ("One in four adults.", 25, "%", None),
        ("3 out of 10 callers.", 30, "%", None),
        ("A third of them left.", 33.3, "%", None),
        ("Three quarters stayed.", 75, "%", None),
        ("It cost £54 million.", 54_000_000, "GBP", None),
        ("**2018/19:** 2.5 million people.", 2_500_000, "people", None),
        ("It saves about £310m a year.", 310_000_000, "GBP", "around"),
        ("A bill of £1,780.", 1780, "GBP", None),
        ("Fewer than 6 sessions.", 6, "sessions", "up to"),
        ("10 or more further sessions.", 10, "sessions", "at least"),
        ("Seen within 18 weeks.", 18, "weeks", "up to"),
        ("Seen within **18 weeks**.", 18, "weeks", "up to"),
        ("Seen within reach - **18 weeks**.", 18, "weeks", None),
        ("A 12-week course.", 12, "weeks", None),
        ("Adults aged 18 years or over.", 18, "years", "at least"),
        ("Adults aged 65+.", 65, "years", "at least"),
        ("Four medical journals.", 4, "journals", None),
        ("They want 4,200 more.", 4200, "count", None),
        ("2000 patients came.", 2000, "patients", None),
        ("No more than 5% drop out.", 5, "%", "up to"),
        ("An estimated 16.5 million will.", 16_500_000, "count", "around"),
        ("Rates fell by 5% points.", 5, "percentage points", None),
        ("A 4 percentage-point fall.", 4, "percentage points", None),
        ("A stamp costs 85p.", 0.85, "GBP", None),
        ("A stamp costs 60 pence.", 0.6, "GBP", None),
        ("It saved 12 million pounds.", 12_000_000, "GBP", None),
        ("They lost 12 pounds in weight.", 12, "pounds", None),
        ("They paid US$4m.", 4_000_000, "USD", None),
        ("They paid 3 million euros.", 3_000_000, "EUR", None),
        ("A quarter of a million letters.", 250_000, "letters", None),
        ("Three quarters of a million letters.", 750_000, "letters", None),
        ("Two and a half million letters.", 2_500_000, "letters", None),
        ("It took two and a half years.", 2.5, "years", None),
        ("It took 2½ years.", 2.5, "years", None),
        ("½ of them came.", 50, "%", None),
        ("Only .5% of them came.", 0.5, "%", None),
        ("It cost 12 000 pounds.", 12_000, "GBP", None),
        ("Some 12\u00a0000 letters came.", 12_000, "letters", "around"),
        ("Costs rose fourfold.", 4, "times", None),
        ("A 3-fold rise.", 3, "times", None),
        ("It was 12 per 1,000 people.", 12, "per 1,000", None),
        ("It was 3.5 per hundred thousand.", 3.5, "per 100,000", None),
        ("There were 12 deaths per 100 000 births.", 12, "per 100,000", None),
        ("One person in five came.", 20, "%", None),
        ("Nine in every ten came.", 90, "%", None),
        ("More than 1,200 GPs replied.", 1200, "gps", "at least"),
        ("It lasted at least a year.", 1, "years", "at least"),
        ("It lasted a month or longer.", 1, "months", "at least"),
        ("Not more than 5 visits.", 5, "visits", "up to"),
        ("Not exceeding 5 visits.", 5, "visits", "up to"),
        ("At the very least 5 visits.", 5, "visits", "at least"),
        ("No fewer than five visits.", 5, "visits", "at least"),
        ("Somewhere around 5 visits.", 5, "visits", "around"),
        ("30-odd letters came.", 30, "letters", "around"),
        ("Well over 20% came.", 20, "%", "at least"),
        ("Just under 20% came.", 20, "%", "around"),
        ("As many as 40 clinics.", 40, "clinics", "up to"),
        ("Over 12 weeks.", 12, "weeks", "at least"),
        ("Not later than seven days before the hearing.", 7, "days", "at least"),
        ("Not later than seven days after the hearing.", 7, "days", "up to"),
        ("A room at £7.50 per hour or less.", 7.5, "GBP", "up to"),
        ("They had 10 sessions or more.", 10, "sessions", "at least"),
        ("Some 300 adults and older children.", 300, "adults", "around"),
        ("Four of the Northern clinics.", 4, "clinics", None),
        ("I was ill for 15yrs.", 15, "years", None),
        ("She gave a week's notice.", 1, "weeks", None),
        ("It was a month’s free trial.", 1, "months", None),
        ("Over 2/3 of callers left.", 66.7, "%", "at least"),
        ("It is 3x more likely.", 3, "times", None),
        ("One caller out of ten came.", 10, "%", None),
        ("More than 300+ GPs came.", 300, "gps", "at least"),
        ("Talks were spread over 12 weeks.", 12, "weeks", None),
        ("Over a 12-week period.", 12, "weeks", None),
        ("Within the first 12 weeks.", 12, "weeks", "up to"),
        ("Over the first 12 weeks.", 12, "weeks", None),
    ],
)
def test_one_quantity(text: str, value: float, unit: str, qualifier: str | None) -> None:
    assert [(one.value, one.unit, one.qualifier) for one in found(text)] == [(value, unit, qualifier)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("45 to 55% of them", (45, 55), "%"),
        ("45–55%", (45, 55), "%"),
        ("40% to 60%", (40, 60), "%"),
        ("between 27% and 68%", (27, 68), "%"),
        ("within six to 18 weeks", (6, 18), "weeks"),
        ("a six- to eight-week wait", (6, 8), "weeks"),
        ("£8-13 billion", (8_000_000_000, 13_000_000_000), "GBP"),
        ("5 to 10 million people", (5_000_000, 10_000_000), "people"),
        ("two or three letters", (2, 3), "letters"),
        ("a quarter to a third of staff", (25, 33.3), "%"),
        ("£2m-£3m", (2_000_000, 3_000_000), "GBP"),
        ("£1.2 to £1.5 billion", (1_200_000_000, 1_500_000_000), "GBP"),
        ("aged 18 to 65", (18, 65), "years"),
        ("aged between 18 and 65", (18, 65), "years"),
        ("forty to fifty per cent", (40, 50), "%"),
        ("1.2-1.5 million letters", (1_200_000, 1_500_000), "letters"),
        ("2-3hrs", (2, 3), "hours"),
        ("20k-30k letters", (20_000, 30_000), "letters"),
    ],
)
def test_one_range(text: str, value: tuple[float, float], unit: str) -> None:
    assert [(one.value, one.unit, one.qualifier) for one in found(text)] == [(value, unit, None)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("just 27% and 68% of patients", [27, 68]),
        ("it fell from 80% to 40%", [80, 40]),
        ("it rose from 40% to 80%", [40, 80]),
        ("Around 30% with pain and 70% with fatigue", [30, 70]),
        ("only a quarter (26%) did", [25, 26]),
        ("1.5 million (25%) adults came", [1_500_000, 25]),
        ("40, 30 and 20% of clerks", [40, 30, 20]),
        ("10 and 20 per cent of clerks", [10, 20]),
        ("12 of the 40 clinics", [12, 40]),
        ("of 300 clerks 120 (40%) came", [300, 120, 40]),
        ("a rate of 12% (95% CI 10% to 14%)", [12]),
        ("in wards aged 65 and 70% of them", [65, 70]),
        ("3 of the 7 wards, 2 nurses and 4 clerks", [3, 7, 2, 4]),
    ],
)
def test_pairs_that_are_no_range(text: str, values: list[float]) -> None:
    assert [one.value for one in found(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "In 2019 patients waited.",
        "Since 2015/16, and in 2016-17, and in the 1990s.",
        "On 8 June and 3rd of March, or March 4, 2020.",
        "Sections 4 and 5 set out the results.",
        "See page 21, Figure 5 and Table 2.",
        "The scales PHQ-9 and GAD-7, DSM-5, F45.0 and CG999.",
        "Costs rose [12, 14] in most areas [3–7].",
        "Call 0800 123 4567 or 020 7946 0000.",
        "ISBN 978-0-12345-678-9 and doi 10.1234/s12345-020-0001-2.",
        "Meet at 10:30 in room 4, 24/7.",
        "A third party, a third time, half-life, the other half, the first half.",
        "It came half an hour late, half day or not, and half asleep.",
        "One day I left; one group stayed; one or two people asked.",
        "Such apps help,13,14 as shown.",
        "4.1.1 Recommendations",
        "See https://example.org/40-50%/12 for more.",
        "Type 2 diabetes in wave 1 areas, week 12.",
        "A 65-year-old woman.",
        "v2.0.1 of the tool",
        "Screen 2.0 shows charts, and a 4K display.",
        "The top 10 reasons.",
        "See report 7 of the Ruritanian Airlines.",
        "Under § 1308 and § 12 wards are closed.",
        "The difference was clear (p < 0.05, n = 45).",
        "The odds ratio was 1.9 (95% CI 1.2 to 3.4), 99 per cent confidence interval 1.1–4.0.",
        "They rated it 7 out of 10.",
        "He scored 23/30, and 12 on the scale.",
        "It fell by 5 points.",
        "Only one is seen for every 100,000 of them.",
        "3,5 is how others write it.",
        "Call 0300 123 456 or +44 207 123 456.",
        "Adults of 25 years old, 18-25 year olds, and over-65s.",
        "Twice a year, a day at a time.",
        "It took a year and a half.",
        "8 MCAS is a part.",
        "All in a day's work, in the year's last week.",
        "He scored 2/3, a board of 3 x 4, and 24/7 of it; model 5x and the 15xy.",
        "Hundreds of people, dozens of nurses, a few thousand.",
        "A dime a dozen.",
    ],
)
def test_numbers_that_are_names(text: str) -> None:
    assert found(text) == []


def test_places_are_places_in_the_whole_text() -> None:
    text = "Skip 9%. Up to 45% of new clinics."
    (one,) = quantities(text, Span(9, len(text)))
    assert one.span.of(text) == "45%"
    (count,) = quantities("ten new clinics", Span(0, 15))
    assert (count.span, count.noun) == (Span(0, 3), Span(8, 15))


def test_a_share_in_brackets_does_not_part_a_count_from_its_noun() -> None:
    assert [one.unit for one in found("1.5 million (25%) adults came, 12 (see there) letters")] == ["adults", "%"]


NUMBER_WORDS = ("one", "two", "half", "a", "third", "thirds", "in", "to", "and", "between", "million", "people", "up")
WORDS = st.sampled_from([*"0123456789%£$.,-–()[]/: \n", *NUMBER_WORDS])


@given(st.lists(WORDS | st.characters(), max_size=40).map("".join), st.integers(0, 5))
def test_quantities_lie_inside_the_span_in_order(text: str, cut: int) -> None:
    span = Span(min(cut, len(text)), len(text))
    places = [one.span for one in quantities(text, span)]
    assert all(span.contains(place) and len(place) for place in places)
    assert all(one.end <= two.start for one, two in pairwise(places))


SAID = st.sampled_from(
    ["Half of them. ", "£3m ", "a third; ", "12,5 ", "one in four\n", "Act 4. ", "more than ten ", "\u0130 ", "4 "]
)


@given(st.lists(SAID, max_size=20).map("".join))
def test_where_numbers_may_begin_is_known_for_the_whole_text(text: str) -> None:
    places = number_places(text)
    spans = [Span(*match.span()) for match in re.finditer(r"[^.\n]+", text)]
    assert [quantities(text, span, places) for span in spans] == [quantities(text, span) for span in spans]


@pytest.mark.parametrize("piece", ["1 ", "one in ", "a ", "£", "1,", "half a ", "ten-", "5% to ", "word "])
def test_a_long_text_takes_no_long_time(piece: str) -> None:
    text = piece * 8_000
    assert all(one.span.end <= len(text) for one in found(text))
