"""Raised marks: grouped to markers, left out of sentences, and every place found again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.ingest.words import Words
from kb.ingest.writer import Writer
from kb.model import Document, Span
from kb.model.document import LinkRelation
from kb.text.marks import Unmarked, blanked, mark_places, markers
from tests.written import READING, marked, source


def written(*pieces: object) -> Document:
    writer = Writer()
    writer.write("paragraph", marked(*pieces))  # type: ignore[arg-type]
    return writer.finish(READING, source("a-text", "guidance", "pdf"))


@pytest.mark.parametrize(
    ("pieces", "reading"),
    [
        (("which ", ("4", "note", "n4"), " is common"), "which is common"),
        (("Costs grew.", ("1,2", "citation", "r1"), " They fell later."), "Costs grew. They fell later."),
        (("Costs grew", ("3", "citation", "r1"), ". They fell."), "Costs grew. They fell."),
        (("Costs [", ("4", "citation", "r1"), ",", ("5", "citation", "r2"), "] grew"), "Costs grew"),
        (("Costs (", ("4", "citation", "r1"), "–", ("7", "citation", "r2"), ") grew"), "Costs grew"),
        (("All clinics", ("*", "note", "n1"), " closed"), "All clinics closed"),
        (("grew", ("4", "note", "n4"), "and fell"), "grew and fell"),
    ],
)
def test_marks_are_left_out(pieces: tuple[object, ...], reading: str) -> None:
    assert Unmarked(written(*pieces)).document.text == reading


@pytest.mark.parametrize(
    "pieces",
    [
        ("as shown by ", ("Lee and Roe 2015", "citation", "r1"), " in one town"),
        ("Lee and Roe (", ("2015", "citation", "r1"), ") counted them"),
        ("see ", ("Table 2", "internal", "t2"), " for 4 clinics"),
        ("there were 4 clinics",),
    ],
)
def test_names_years_and_other_numbers_stay(pieces: tuple[object, ...]) -> None:
    document = written(*pieces)
    assert Unmarked(document).document is document


def test_a_passage_that_is_a_mark_stays() -> None:
    assert mark_places(written(("4", "note", "n4"))) == ()


def test_marks_that_stand_together_are_one_marker_with_its_brackets() -> None:
    document = written("a [", ("4", "citation", "x"), ", ", ("5", "citation", "y"), "] b ", ("c", "note", "n"), " d")
    found = markers(document)
    assert [marker.span.of(document.text) for marker in found] == ["[ 4, 5]", "c"]
    assert [marker.cites for marker in found] == [True, False]


def test_blanks_keep_every_place() -> None:
    document = written("which ", ("4", "note", "n4"), " is common")
    assert blanked(document) == "which   is common"


pieces = st.lists(
    st.text("ab 4.", min_size=1, max_size=6) | st.tuples(st.sampled_from(["4", "1,2", "*"]), st.just("note"), st.just("n")),
    min_size=1,
    max_size=12,
)


@given(pieces)
def test_every_place_without_marks_is_found_again(given_pieces: list[object]) -> None:
    document = written("x ", *given_pieces)
    unmarked = Unmarked(document)
    text = unmarked.document.text
    places = [unmarked.restored(Span(place, place + 1)) for place in range(len(text))]
    assert [place.of(document.text) for place in places] == list(text)
    assert [unmarked.reading(place) for place in places] == [Span(place, place + 1) for place in range(len(text))]
    assert len(blanked(document)) == len(document.text)


def leading_to(*ways: tuple[str | None, LinkRelation, str | None]) -> Document:
    words = Words("Costs grew ")
    words.add_linked("3,4", *ways)
    words.add(" and fell")
    writer = Writer()
    writer.write("paragraph", words)
    return writer.finish(READING, source("a-text", "guidance", "jats"))


@pytest.mark.parametrize("relation", ["citation", "note"])
def test_one_mark_that_leads_to_several_places_is_one_marker(relation: LinkRelation) -> None:
    document = leading_to((None, "citation", "x"), (None, relation, "y"))
    assert mark_places(document) == (Span(11, 14),)
    assert blanked(document) == "Costs grew     and fell"


def test_a_marker_keeps_all_links_of_its_mark() -> None:
    (marker,) = markers(leading_to((None, "citation", "x"), (None, "citation", "y")))
    assert [link.span for link in marker.links] == [Span(11, 14), Span(11, 14)]
