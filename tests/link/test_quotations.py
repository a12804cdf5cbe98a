"""Quotations and their originals in other documents: place, grade, and what is said where there is none."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from kb.link.linked import Held, Linked
from kb.link.quotations import link_quotations
from kb.model import Author, Document, Link, Quotation
from tests import written
from tests.factory import Writer, source

RULE = "Every boat that leaves the inner harbour after dusk must carry two lamps, one at the bow and one at the stern."
FOGGY = "In fog no boat may leave before the bell has been rung three times from the old lighthouse."


def handbook(identifier: str = "harbour-handbook", **fields: Any) -> Writer:
    writer = Writer(source(identifier, title="Handbook of the harbour", publisher="Harbour Office", **fields))
    writer.part("section", "Lamps", label="1")
    writer.passage("Lamps", "heading")
    writer.passage(RULE)
    writer.passage(FOGGY)
    return writer


def thread(words: str, **fields: Any) -> Writer:
    writer = Writer(source("harbour-thread", "forum"))
    writer.part("post", "", number=1)
    writer.passage(words)
    writer.add(Quotation, words, marked="block", **fields)
    return writer


def linked(*writers: Writer) -> tuple[list[Quotation], tuple[Link, ...], list[Document]]:
    documents = [writer.document() for writer in writers]
    records = tuple(record for writer in writers for record in writer.records())
    sources = tuple(writer.source for writer in writers)
    result = link_quotations(Held(sources, tuple(documents)), Linked(records))
    return [record for record in result.records if isinstance(record, Quotation)], result.links, documents


def one(*writers: Writer) -> Quotation:
    return linked(*writers)[0][0]


@pytest.mark.parametrize(
    ("words", "match"),
    [
        (RULE, "exact"),
        (RULE.replace("lamps, one", "lamps,\none"), "normalised"),
        (RULE.replace("two lamps", "three lamps"), "altered"),
        (RULE.replace("two lamps, one at the bow and", "two lamps … and"), "elided"),
        (FOGGY.replace("no boat", "a boat"), "altered"),
        ("boats that leave the inner harbour at dusk must carry lamps at bow and stern", "none"),
    ],
)
def test_the_grade_of_what_was_done_to_the_words(words: str, match: str) -> None:
    assert one(handbook(), thread(words)).match == match


def test_an_original_has_its_place_and_a_link_to_its_passage() -> None:
    (quotation,), links, (document, _) = linked(handbook(), thread(f"They write: {RULE}"))
    assert quotation.original_source == "harbour-handbook"
    assert quotation.original is not None
    assert quotation.original.of(document.text) == RULE.rstrip(".")
    assert [(link.relation, link.origin, link.target) for link in links] == [("quotes", quotation.id, document.passages[1].id)]


@pytest.mark.parametrize(
    ("attributed_to", "words", "place"),
    [
        ("Handbook of the harbour", RULE, "as-attributed"),
        ("Harbour Office", RULE, "as-attributed"),
        ("the Office", RULE, "as-attributed"),
        ("the Harbour Office of Example Town", RULE, "as-attributed"),
        ("the Harbour Inn", RULE, "elsewhere"),
        ("Fishing Monthly", RULE, "elsewhere"),
        (None, RULE, "elsewhere"),
        ("Handbook of the harbour", "Gulls are to be fed on the eastern pier and nowhere else.", "not-found"),
        ("Handbook of the lakes and mills", "Gulls are to be fed on the eastern pier and nowhere else.", "not-held"),
        (None, "Gulls are to be fed on the eastern pier and nowhere else.", "not-held"),
    ],
)
def test_where_the_original_stands(attributed_to: str | None, words: str, place: str) -> None:
    assert one(handbook(), thread(words, attributed_to=attributed_to)).place == place


@pytest.mark.parametrize(("attributed_to", "place"), [("Ada Keeper", "as-attributed"), ("Ben Miller", "elsewhere")])
def test_words_of_a_post_are_attributed_to_who_wrote_that_post(attributed_to: str, place: str) -> None:
    writer = Writer(source("harbour-blog", "critique"))
    writer.part("article", "", author=Author("Ada Keeper", "public"))
    writer.passage(RULE)
    writer.part("article", "", author=Author("Ben Miller", "public"))
    writer.passage(FOGGY)
    assert one(writer, thread(RULE, attributed_to=attributed_to)).place == place


def test_a_digest_is_never_an_original() -> None:
    digest = handbook("harbour-digest", digest_of="harbour-handbook")
    assert one(digest, thread(RULE)).original is None


def test_a_document_is_not_its_own_original() -> None:
    assert one(thread(RULE)).original is None


def test_what_stood_in_the_document_stays_unless_it_is_quoted_there() -> None:
    writer = thread(FOGGY)
    writer.passage("As said above, " + FOGGY)
    writer.add(Quotation, FOGGY, marked="quotation-marks", original_source="harbour-thread", original=writer.passages[0].span)
    quotations, _, _ = linked(handbook(), writer)
    assert [quotation.original_source for quotation in quotations] == ["harbour-handbook", "harbour-handbook"]
    own = msgspec.structs.replace(writer.drafts[0], marked="unmarked")
    writer.drafts[0] = own
    quotations, _, _ = linked(handbook(), writer)
    assert [quotation.original_source for quotation in quotations] == ["harbour-handbook", "harbour-thread"]


def test_a_short_quotation_that_lost_every_run_of_words_is_screened() -> None:
    writer = thread("each vessel that leaves the outer harbour after dark must carry two lamps")
    assert one(handbook(), writer).match == "none"
    nearer = thread("boat that leaves that inner harbour after the dusk must carry two lamp")
    assert one(handbook(), nearer).match == "altered"


def test_of_two_places_the_one_that_does_not_quote_itself_is_the_original() -> None:
    copy = Writer(source("a-copy", "forum"))
    copy.part("post", "", number=1)
    copy.passage(RULE)
    copy.add(Quotation, RULE, marked="block")
    quotations, _, _ = linked(copy, handbook(), thread(RULE))
    assert [quotation.original_source for quotation in quotations] == ["harbour-handbook", "harbour-handbook"]


def test_raised_marks_change_no_quotation() -> None:
    held = written.source("marked-handbook", "guidance", "pdf")
    draft = written.Writer()
    draft.write(
        "paragraph", written.marked("Every boat that leaves the inner harbour ", ("4", "note", "n"), " must carry two lamps.")
    )
    document = draft.finish(written.READING, held)
    writer = thread("Every boat that leaves the inner harbour must carry two lamps.")
    result = link_quotations(Held((held, writer.source), (document, writer.document())), Linked(writer.records()))
    assert [record.match for record in result.records if isinstance(record, Quotation)] == ["normalised"]
