"""Lines to passages: what is one paragraph, what are several, and what stands behind a bullet, number or letter."""

from __future__ import annotations

import pytest

from kb.ingest.builder import Draft
from kb.ingest.pieces import write_pieces
from kb.model import fold
from kb.text.lines import lines


def found(text: str, *, rejoin: bool = False) -> list[tuple[str, str]]:
    draft = Draft(text)
    write_pieces(draft, lines(text), rejoin=rejoin)
    return [(passage.kind, fold(passage.span.of(text))) for passage in draft.passages]


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("One sentence that was\nbroken to fit.", ["One sentence that was broken to fit."]),
        ("It ends here.\nAnother begins.", ["It ends here.", "Another begins."]),
        ("words they had quoted\nOwn words.", ["words they had quoted", "Own words."]),
        (
            "The column is narrow, and the\nOffice says so in each of the\nreports it has printed since.",
            ["The column is narrow, and the Office says so in each of the reports it has printed since."],
        ),
        (
            "A paragraph of a column that ends.\nThe second one goes on over\nthe end of its first line.",
            ["A paragraph of a column that ends. The second one goes on over the end of its first line."],
        ),
        (
            "A short end.\nThe second paragraph of the column goes on over\nthe end of its first line.",
            ["A short end.", "The second paragraph of the column goes on over the end of its first line."],
        ),
        ("Lee A, Poe B,\nRay C did it.", ["Lee A, Poe B, Ray C did it."]),
    ],
)
def test_broken_lines(text: str, passages: list[str]) -> None:
    assert found(text) == [("paragraph", words) for words in passages]


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("• one\n• two", [("item", "one"), ("item", "two")]),
        ("  * one\n    goes on\n  * two", [("item", "one goes on"), ("item", "two")]),
        ("1.One\n2. Two\n(3) three", [("item", "One"), ("item", "Two"), ("item", "three")]),
        ("(a) one\nb) two", [("item", "one"), ("item", "two")]),
        ("- ☑ done\n- ☐ to do", [("item", "done"), ("item", "to do")]),
        ("• one thing.\nA new paragraph.", [("item", "one thing."), ("paragraph", "A new paragraph.")]),
        ("-5 degrees, not a bullet", [("paragraph", "-5 degrees, not a bullet")]),
        ("2.5 times as many", [("paragraph", "2.5 times as many")]),
        ("*Stressed* words", [("paragraph", "*Stressed* words")]),
        ("I. Lee wrote it", [("paragraph", "I. Lee wrote it")]),
    ],
)
def test_bullets(text: str, passages: list[tuple[str, str]]) -> None:
    assert found(text) == passages


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("12\nLee A. Chains.\nWheels. 2011.", [("reference", "Lee A. Chains. Wheels. 2011.")]),
        (
            "[7]\nRay C. Rust. 1999.\n8\nPoe B. Oil. 2001.",
            [("reference", "Ray C. Rust. 1999."), ("reference", "Poe B. Oil. 2001.")],
        ),
        ("12\nBottles on a wall", [("paragraph", "12"), ("paragraph", "Bottles on a wall")]),
        ("a\nThe board\nof the club.", [("note", "The board of the club.")]),
        ("I\nThe first.", [("paragraph", "I"), ("paragraph", "The first.")]),
        ("* Marks what is new in this edition of the list.", [("note", "Marks what is new in this edition of the list.")]),
        ("4.2\nExisting advice\nOil it.", [("heading", "Existing advice"), ("paragraph", "Oil it.")]),
        (
            "4.2.1 Recommendations of the board\nOil it.",
            [("heading", "4.2.1 Recommendations of the board"), ("paragraph", "Oil it.")],
        ),
        ("12 May 2019", [("paragraph", "12 May 2019")]),
        ("4.2 The board says that it is so.", [("paragraph", "4.2 The board says that it is so.")]),
    ],
)
def test_labels(text: str, passages: list[tuple[str, str]]) -> None:
    assert found(text) == passages


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("Parts:\nChain\nCable\nBell", [("paragraph", "Parts:"), ("item", "Chain"), ("item", "Cable"), ("item", "Bell")]),
        ("Parts:\n\nChain\nCable\nBell", [("paragraph", "Parts:"), ("item", "Chain"), ("item", "Cable"), ("item", "Bell")]),
        ("Chain\nCable", [("paragraph", "Chain"), ("paragraph", "Cable")]),
    ],
)
def test_lists_without_bullets(text: str, passages: list[tuple[str, str]]) -> None:
    assert found(text) == passages


def test_fragments_of_a_table_are_rows() -> None:
    text = "Rusty\nchain\n\nNew chain\n*\nAdvice: A12\n\nWorn\nsprocket\nOil\n*\nOpinion"
    assert found(text) == [("row", "Rusty chain New chain * Advice: A12"), ("row", "Worn sprocket Oil * Opinion")]


def test_short_lines_without_a_mark_are_no_table() -> None:
    assert {kind for kind, _ in found("Rusty\n\nNew\n\nWorn\n\nOil\n\nBell")} == {"paragraph"}


BROKEN_OFF = "The table is the work of three shops, and each of them counted so that the totals were"
GOES_ON = "compared with care and then put aside by the people who had asked for them in the first place."


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        (BROKEN_OFF, GOES_ON, 1),
        (BROKEN_OFF + ".", GOES_ON, 2),
        (BROKEN_OFF, GOES_ON.capitalize(), 2),
        ("the totals were", GOES_ON, 2),
        (BROKEN_OFF, "compared", 2),
        ("• " + BROKEN_OFF, GOES_ON, 2),
    ],
)
def test_a_sentence_goes_on_behind_a_page_break(first: str, second: str, count: int) -> None:
    assert len(found(f"{first}\n\n{second}", rejoin=True)) == count
    assert len(found(f"{first}\n\n{second}")) == 2


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        (
            "Care means:\n\n- oil:\n  - daily\n- rest.\n\nThat is all.\n\n- A stray one.",
            [("oil:", "Care means:"), ("daily", "oil:"), ("rest.", "Care means:"), ("A stray one.", None)],
        ),
        ("Care means:\n\n- oil:\n- rest.", [("oil:", "Care means:"), ("rest.", "Care means:")]),
        (
            "Care means:\n\n- oil\n  - daily\n- rest.",
            [("oil", "Care means:"), ("daily", "Care means:"), ("rest.", "Care means:")],
        ),
    ],
)
def test_items_know_what_introduces_them(text: str, leads: list[tuple[str, str | None]]) -> None:
    draft = Draft(text)
    write_pieces(draft, lines(text))
    items = [passage for passage in draft.passages if passage.kind == "item"]
    assert [(item.span.of(text), item.lead and item.lead.of(text)) for item in items] == leads
