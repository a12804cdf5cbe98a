"""Quotation blocks that a reader kept: one record each, its original in the post it names, and whose words stand in it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kb.extract import extract
from kb.ingest.writer import Writer
from kb.model import Claim, Document, Quotation, QuoteOf, Source, When
from tests.written import HERON, OTTER, POST, READING, opened_post, source, thread


@dataclass
class Held:
    """A thread, its document and the quotations found in it."""

    source: Source
    document: Document

    @property
    def quotations(self) -> list[Quotation]:
        return [record for record in extract(self.source, self.document) if isinstance(record, Quotation)]

    def shown(self) -> list[tuple[str, str, str | None, str]]:
        """Match, place, to whom it is credited, and the words of the original."""
        text = self.document.text
        return [
            (each.match, each.place, each.attributed_to, each.original.of(text) if each.original else "")
            for each in self.quotations
        ]


def quoting(*blocks: tuple[str, QuoteOf | None], reply: str = "That is what the board says every single year.") -> Held:
    """A thread of two posts whose second one begins with these blocks."""
    held = source("quiet-thread", "forum", "xenforo-html")
    writer = Writer()
    with opened_post(writer, 1, OTTER):
        writer.write("paragraph", POST)
        writer.write("paragraph", "Up to 20% of them were never there at all.")
    with opened_post(writer, 2, HERON):
        for words, quote_of in blocks:
            with writer.part("quotation", quote_of=quote_of):
                writer.write("paragraph", words)
        writer.write("paragraph", reply)
    return Held(held, writer.finish(READING, held))


FIRST = QuoteOf(OTTER, "101")


@pytest.mark.parametrize(
    ("words", "match", "original"),
    [
        (POST, "exact", POST),
        ("the clinics  count every visit twice", "normalised", "The clinics count every visit twice"),
        ("The clinics count every visit twice, and nobody [...] noticed that for years.", "elided", POST),
        ("The clinics never count every visit twice, and nobody noticed.", "altered", "The clinics count every visit twice"),
        ("Up to 30% of them were never there at all.", "altered", "Up to 20% of them were never there at all."),
        ("every visit twice", "exact", "every visit twice"),
    ],
)  # fmt: skip
def test_a_block_is_compared_with_the_post_it_names(words: str, match: str, original: str) -> None:
    ((found_match, place, who, found_original),) = quoting((words, FIRST)).shown()
    assert (found_match, place, who) == (match, "as-attributed", OTTER)
    assert found_original.startswith(original)


def test_words_that_the_named_post_does_not_have_are_not_found() -> None:
    assert quoting(("Somebody else wrote these seven words in spring.", FIRST)).shown() == [("none", "not-found", OTTER, "")]


def test_a_block_without_a_name_is_found_in_an_earlier_post() -> None:
    assert quoting((POST, None)).shown() == [("exact", "elsewhere", None, POST.rstrip("."))]


def test_a_name_alone_is_enough_where_its_post_has_the_words() -> None:
    assert quoting((POST, QuoteOf(OTTER))).shown() == [("exact", "as-attributed", OTTER, POST.rstrip("."))]


def test_a_post_that_is_not_held_is_said_to_be_that() -> None:
    ((match, place, who, _),) = quoting(("We saw nothing of the kind where I live.", QuoteOf("Plover5", "7"))).shown()
    assert (match, place, who) == ("none", "not-held", "Plover5")


def test_two_blocks_of_one_post_are_two_records_and_the_reply_is_none() -> None:
    held = quoting((POST, FIRST), ("Up to 20% of them were never there at all.", FIRST))
    assert [each.rule for each in held.quotations] == ["quotation-part", "quotation-part"]


def test_quotation_marks_inside_a_repeated_block_make_no_second_record() -> None:
    held = source("quiet-thread", "forum", "xenforo-html")
    words = "The board wrote “every visit is counted once and only once by hand” last year."
    writer = Writer()
    with opened_post(writer, 1, OTTER):
        writer.write("paragraph", words)
    with opened_post(writer, 2, HERON), writer.part("quotation", quote_of=FIRST):
        writer.write("paragraph", words)
    found = Held(held, writer.finish(READING, held)).quotations
    assert [each.rule for each in found] == ["quotation-marks", "quotation-part"]


def test_a_block_inside_a_block_is_a_record_of_its_own() -> None:
    held = source("quiet-thread", "forum", "xenforo-html")
    writer = Writer()
    with opened_post(writer, 1, OTTER):
        writer.write("paragraph", POST)
    with opened_post(writer, 2, HERON), writer.part("quotation", quote_of=QuoteOf("Plover5")):
        with writer.part("quotation", quote_of=FIRST):
            writer.write("paragraph", POST)
        writer.write("paragraph", "Well said, and I would add the wards in town.")
    found = Held(held, writer.finish(READING, held))
    assert [(each.attributed_to, each.match) for each in found.quotations] == [(OTTER, "exact"), ("Plover5", "none")]


def test_what_stands_under_a_head_that_the_reader_framed_is_the_block_alone() -> None:
    held, document = thread()
    found = Held(held, document)
    assert [(each.rule, each.match, each.place) for each in found.quotations] == [
        ("quotation-part", "exact", "as-attributed"),
        ("quotation-part", "altered", "as-attributed"),
        ("quotation-part", "none", "not-held"),
    ]


def test_words_in_a_block_are_the_quoted_ones_and_words_beside_it_the_poster() -> None:
    held, document = thread()
    claims = [record for record in extract(held, document) if isinstance(record, Claim)]
    assert [(claim.quote.exact[:14], claim.speaker, claim.speaker_role) for claim in claims] == [
        ("The clinics co", OTTER, "member"),
        ("Then the share", HERON, "member"),
        ("Somebody wrote", "Plover5", "quoted"),
        ("@Heron77 I thi", OTTER, "member"),
    ]


def test_the_name_before_a_block_credits_it() -> None:
    held = source("an-article", "critique", "article-html")
    writer = Writer()
    with writer.part("article", number=1, date=When("2019", "year", "2019")):
        writer.write("paragraph", "The Example Health Board says of its own clinics:")
        with writer.part("quotation"):
            writer.write("paragraph", "All visits are counted once, at the door, by hand.")
    ((_, _, who, _),) = Held(held, writer.finish(READING, held)).shown()
    assert who == "Example Health Board"
