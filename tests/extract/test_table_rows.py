"""Rows of tables: heads claim nothing, numbers take unit and subject from the head of their column."""

from __future__ import annotations

import pytest

from kb.extract import extract
from kb.extract.figures.table_rows import cells
from kb.ingest.words import Words
from kb.ingest.writer import Writer
from kb.model import Claim, Document, Span
from tests.written import READING, source

Row = tuple[str, ...]
HELD = source("a-table", "guidance", "article-html")


def table(head: Row | None, *rows: Row, caption: str = "Visits by clinic") -> Document:
    """A section with one table."""
    writer = Writer()
    writer.heading("Visits", 1)
    with writer.part("table"):
        lead = writer.write("caption", caption)
        header = writer.row([Words(cell) for cell in head], lead=lead, is_first=True) if head else None
        for row in rows:
            writer.row([Words(cell) for cell in row], lead=header, is_first=not head)
    return writer.finish(READING, HELD)


def claims(document: Document) -> list[Claim]:
    return [record for record in extract(HELD, document) if isinstance(record, Claim)]


def figures(document: Document) -> list[tuple[object, str, str | None, str]]:
    """Value, unit, of what, and the words of each figure."""
    return [
        (figure.value, figure.unit, figure.of, figure.span.of(document.text))
        for claim in claims(document)
        for figure in claim.figures
    ]


@pytest.mark.parametrize(
    ("head", "row", "expected"),
    [
        (("Clinic", "Share of all visits (%)"), ("North", "35"), (35.0, "%", "Share of all visits (%)", "35")),
        (("Clinic", "Share of all visits"), ("North", "35%"), (35.0, "%", "Share of all visits", "35%")),
        (("Clinic", "n (%)"), ("North", "1,200 (12.5)"), (12.5, "%", "n (%)", "12.5")),
        (("Clinic", "Wait (weeks)"), ("North", "6–18"), ((6.0, 18.0), "weeks", "Wait (weeks)", "6–18")),
        (("Clinic", "Cost (£)"), ("North", "4,500"), (4500.0, "GBP", "Cost (£)", "4,500")),
        (None, ("North", "35% of visits"), (35.0, "%", "visits", "35%")),
    ],
)
def test_a_number_has_the_unit_and_subject_of_its_column(head: Row | None, row: Row, expected: tuple[object, ...]) -> None:
    assert figures(table(head, row)) == [expected]


@pytest.mark.parametrize(
    ("head", "row", "expected"),
    [
        (("Group", "Share (%)"), ("Women with gout", "35"), ("Share (%)", "Women with gout", None, None)),
        (("Nation", "2016/17"), ("Wales", "35%"), (None, None, "Wales", "2016/17")),
        (("Clinic", "Share in 2016"), ("North", "35%"), ("Share in 2016", None, None, None)),
        (("Group", "Share"), ("Women", "35% of men in Scotland"), ("men in Scotland", "men in Scotland", "Scotland", None)),
    ],
)
def test_a_row_may_say_whom_and_where_and_a_head_when(head: Row, row: Row, expected: tuple[str | None, ...]) -> None:
    (figure,) = [figure for claim in claims(table(head, row)) for figure in claim.figures]
    assert (figure.of, figure.population, figure.setting, figure.period) == expected


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (("Clinic", "Type"), ("North", "Walk-in with beds")),
        (("a", "b", "c"), ("waiting times", "clinics by the harbour", "opening hours in winter")),
        (("Measure", "Before", "After"), ("Body mass index at the start, mean (SD)", "27.1 (4.2)", "27.3 (4.0)")),
        (("Protein", "Activity", "xI"), ("LipC", "0.12±0.02", "5")),
        (("Clinic", "Code"), ("North", "35")),
        (("Clinic", "Cost (£m)"), ("North", "4.5")),
        (("Clinic", "Change (%)"), ("North", "n/a")),
        (("Share of all visits in 10 weeks", "Share of costs in 30 weeks"), ("", "")),
    ],
)
def test_rows_that_measure_nothing_claim_nothing(head: Row, row: Row) -> None:
    assert claims(table(head, row, ("South", ""))) == []


def test_a_cell_that_says_something_is_a_claim_by_itself() -> None:
    document = table(("Clinic", "What changed"), ("North", "Waiting times have doubled since the clinic moved to the harbour."))
    assert [claim.quote.exact for claim in claims(document)] == [
        "Waiting times have doubled since the clinic moved to the harbour."
    ]


def test_a_row_of_words_claims_what_they_place_side_by_side() -> None:
    document = table(("Complaint", "Treatment"), ("Pain in the back", "Exercise, massage and rest"))
    assert [claim.quote.exact for claim in claims(document)] == ["Pain in the back\tExercise, massage and rest"]


def test_a_caption_that_says_something_is_read_and_a_name_is_not() -> None:
    document = table(None, ("a", "b"), caption="Table 2. Waiting times by clinic. Waiting times have doubled in most clinics.")
    assert [claim.quote.exact for claim in claims(document)] == ["Waiting times have doubled in most clinics."]


def test_a_document_without_sections_is_read_too() -> None:
    writer = Writer()
    writer.write("paragraph", "Waiting times have doubled in most clinics since then.")
    assert len(claims(writer.finish(READING, HELD))) == 1


def test_cells_are_told_apart_by_tabs_and_empty_ones_kept() -> None:
    text = "a\t\t b \tc"
    assert [cell.of(text) for cell in cells(text, Span(0, len(text)))] == ["a", "", "b", "c"]
    assert [cell.of("x") for cell in cells("x", Span(0, 1))] == ["x"]
