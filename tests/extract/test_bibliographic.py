"""Reference strings and their fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extract.bibliographic import Bibliographic, is_reference, parse_reference, split_label
from kb.model import Identifiers


@pytest.mark.parametrize(
    ("raw", "parsed"),
    [
        (
            "Able B, Carver DE, Dunn F.\nCosts of waiting: a\ncohort study. Inv Med. 2014;31(2):118-27.",
            Bibliographic(
                "journal",
                ("Able B", "Carver DE", "Dunn F"),
                "Costs of waiting: a cohort study",
                "Inv Med",
                2014,
                "31",
                "2",
                "118-27",
            ),
        ),
        (
            "de Able-Smith BC, O'Dunn F, et al. Sleep. N Engl J Inv 2011 Mar 5;364(9):829-40. PMID: 12345678",
            Bibliographic(
                "journal",
                ("de Able-Smith BC", "O'Dunn F"),
                "Sleep",
                "N Engl J Inv",
                2011,
                "364",
                "9",
                "829-40",
                Identifiers(pmid="12345678"),
            ),
        ),
        (
            "[7] Able B. One or many? Inv Med 2001; 51: 361–67",
            Bibliographic("journal", ("Able B",), "One or many?", "Inv Med", 2001, "51", None, "361–67"),
        ),
        (
            "Able, B., & Carver, D. (2012). The slow clinic. Journal of Things, 31(2), 118-127. https://doi.org/10.1000/7",
            Bibliographic(
                "journal",
                ("Able, B.", "Carver, D."),
                "The slow clinic",
                "Journal of Things",
                2012,
                "31",
                "2",
                "118-127",
                Identifiers(doi="10.1000/7", url="https://doi.org/10.1000/7"),
            ),
        ),
        (
            "Able B. Review. 11 September 1999. Volume 354, Issue 9182, pages 936-939.",
            Bibliographic("journal", ("Able B",), "Review", None, 1999, "354", "9182", "936-939"),
        ),
        (
            "Able B, Dunn F. Lists. How they grow. London: The Example Press; 2009.",
            Bibliographic("book", ("Able B", "Dunn F"), "Lists. How they grow", "London: The Example Press", 2009),
        ),
        (
            "Invented Psychiatric Association. Manual of examples. Washington: Example Publishing; 2013.",
            Bibliographic(
                "book", ("Invented Psychiatric Association",), "Manual of examples", "Washington: Example Publishing", 2013
            ),
        ),
        (
            "NHS England. The waiting view. 2016. Available from: https://a.example/b.pdf",
            Bibliographic(
                "unknown", ("NHS England",), "The waiting view", None, 2016, ids=Identifiers(url="https://a.example/b.pdf")
            ),
        ),
        ("Able and others (2015), on the trials of waiting", Bibliographic("unknown", ("Able and others",), None, None, 2015)),
        ("no reference at all", Bibliographic("unknown", (), None)),
        ("", Bibliographic("unknown", (), None)),
    ],
)
def test_fields(raw: str, parsed: Bibliographic) -> None:
    assert parse_reference(raw) == parsed


@pytest.mark.parametrize(
    ("raw", "is_one"),
    [
        ("Able B, Dunn F. Waiting. Inv Med. 2014;3:4-5.", True),
        ("12. Able B. Waiting. 2014.", True),
        ("Ministry of Examples (2011) Plans. London: Ministry of Examples.", True),
        ("Plans for waiting. London: Ministry of Examples; 2011.", True),
        ("Able B wrote in 2014 that waiting is long.", False),
        ("When: Thursday, September 13, 2018", False),
        ("The page is old and cites Able B, Waiting Twice. London: The Example Press; 2009.", False),
        ("The clinic A. It opened in 2014.", False),
        ("In Leeds: nothing happened; 2011 was quiet.", False),
        ("", False),
    ],
)
def test_what_stands_as_a_reference(raw: str, is_one: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_reference(raw) is is_one


@pytest.mark.parametrize(
    ("raw", "label", "start"),
    [
        ("12\nAble B.", "12", 3),
        ("[3] Able B.", "3", 4),
        ("4. Able B.", "4", 3),
        ("2014 was quiet", None, 0),
        ("5 clinics", None, 0),
    ],
)
def test_labels(raw: str, label: str | None, start: int) -> None:
    assert split_label(raw) == (label, start)


@given(st.text())
def test_any_text_has_fields(raw: str) -> None:
    assert parse_reference(raw).year in {None, *range(1800, 2100)}
