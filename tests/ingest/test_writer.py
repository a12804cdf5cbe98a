"""What is said to the writer beside the document it puts together."""

from __future__ import annotations

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from kb.errors import UnreadableSourceError
from kb.ingest.builder import read_binary
from kb.ingest.words import Words, joined
from kb.ingest.writer import Writer
from kb.model import Author, Document, Page, QuoteOf, Source, SourceFile, Span, fold
from tests.ingest.test_contract import faults

SOURCE = Source(id="a-source", files=(SourceFile("a.pdf", ""),), source_kind="guidance", shape="pdf")


def finished(writer: Writer) -> Document:
    return writer.finish(read_binary([b"x"], SOURCE), SOURCE)


def outline(document: Document) -> list[tuple[str, str | None, str]]:
    return [(part.kind, part.label or part.heading, part.body.of(document.text)) for part in document.parts]


def test_blocks_are_parted_by_a_blank_line_rows_by_a_line_end_cells_by_a_tab() -> None:
    writer = Writer()
    writer.write("paragraph", "  One \n block ")
    writer.row([Words("a"), Words(), Words("b"), Words()], is_first=True)
    writer.row([Words("c\nd")])
    writer.furnish("signature", "Yours")
    writer.write("paragraph", " \t")
    assert finished(writer).text == "One block\n\na\t\tb\nc d\n\nYours"


def test_headings_nest_by_level_and_their_labels_are_furniture() -> None:
    writer = Writer()
    writer.heading("Scope", 1, label="1")
    writer.write("paragraph", "x")
    writer.heading("Who", 3)
    writer.write("paragraph", "y")
    writer.heading("How", 2, label="1.2")
    writer.heading("End", 1)
    document = finished(writer)
    assert document.text == "1 Scope\n\nx\n\nWho\n\ny\n\n1.2 How\n\nEnd"
    assert outline(document) == [
        ("section", "1", "x\n\nWho\n\ny\n\n1.2 How"),
        ("section", "Who", "y"),
        ("section", "1.2", ""),
        ("section", "End", ""),
    ]
    assert [furniture.span.of(document.text) for furniture in document.furniture] == ["1", "1.2"]
    assert faults(document) == []


def test_a_part_reaches_over_all_and_its_body_over_what_was_written_in_it() -> None:
    writer = Writer()
    with writer.part("post", number=1, host_id="7") as post:
        writer.furnish("user-cell", "Somebody")
        writer.write("paragraph", "Words")
        writer.furnish("signature", "Yours")
        post.author = Author(None, "member")
    document = finished(writer)
    assert document.parts[0].span.of(document.text) == "Somebody\n\nWords\n\nYours"
    assert outline(document) == [("post", None, "Words")]
    assert (document.parts[0].host_id, document.parts[0].author) == ("7", Author(None, "member"))


def test_a_part_without_words_leaves_no_trace_and_one_with_furniture_alone_has_no_body() -> None:
    writer = Writer()
    with writer.part("box"):
        pass
    with writer.part("post"):
        writer.furnish("user-cell", "Somebody")
    writer.write("paragraph", "After")
    assert outline(finished(writer)) == [("post", None, "")]


def test_closing_a_part_closes_what_is_open_inside_it_and_nothing_twice() -> None:
    writer = Writer()
    box = writer.open_part("box")
    writer.heading("In the box", 2)
    writer.write("paragraph", "x")
    writer.close_part(box)
    with writer.part("article"):
        writer.close_part(box)
        writer.write("paragraph", "y")
    assert outline(finished(writer)) == [("box", None, "In the box\n\nx"), ("section", "In the box", "x"), ("article", None, "y")]


def test_quotation_blocks_find_an_earlier_post_never_their_own_or_a_later_one() -> None:
    writer = Writer()
    for host_id, quoted in (("1", "1"), ("2", "1"), ("3", "4"), ("4", "9")):
        with writer.part("post", host_id=host_id), writer.part("quotation", quote_of=QuoteOf("A name", quoted)):
            writer.write("paragraph", f"In {host_id}")
    document = finished(writer)
    first = document.parts[0].id
    assert [part.quote_of.part for part in document.parts if part.quote_of] == [None, first, None, None]


def test_notes_follow_the_body_and_marks_lead_to_them() -> None:
    writer = Writer()
    words = Words("They fell")
    words.mark("4", target="n4")
    words.add(", as said")
    words.mark("5", relation="citation", target="none")
    writer.note("n4", "4", [Words("By a lot."), Words("Or so.")])
    writer.write("paragraph", words)
    writer.write("paragraph", "More.")
    document = finished(writer)
    assert document.text == "They fell 4, as said 5\n\nMore.\n\n4 By a lot.\n\nOr so."
    assert outline(document) == [("note", "4", "By a lot.\n\nOr so.")]
    note = next(passage for passage in document.passages if passage.kind == "note")
    links = [(link.span.of(document.text), link.relation, link.status, link.target) for link in document.links]
    assert links == [("4", "note", "ok", note.id), ("5", "citation", "dead", None)]
    assert [lost.code for lost in document.losses] == ["W213"]


def test_pages_turn_between_blocks_and_inside_them() -> None:
    writer = Writer(page=(1, "i"))
    writer.write("paragraph", "First")
    words = Words("begins")
    words.page(2, "1")
    words.add(" ends")
    writer.write("paragraph", words)
    writer.note("n", "1", [Words("A note")])
    writer.page = (3, None)
    writer.write("paragraph", "Last")
    pages = finished(writer).pages
    assert pages == (Page(Span(0, 13), 1, "i"), Page(Span(13, 18), 2, "1"), Page(Span(20, 24), 3), Page(Span(26, 34), 2, "1"))


def test_each_file_has_its_place() -> None:
    writer = Writer()
    for words in ("One", "Two", ""):
        writer.begin_file()
        writer.write("paragraph", words)
    document = finished(writer)
    assert document.file_spans == (Span(0, 3), Span(5, 8), Span(8, 8))


def test_a_document_without_words_is_unread() -> None:
    writer = Writer()
    writer.furnish("banner", "Welcome")
    with pytest.raises(UnreadableSourceError, match=r"^a\.pdf: not read: no words were found in it but those of its frame$"):
        finished(writer)


def test_links_without_words_or_to_scripts() -> None:
    writer = Writer()
    words = Words("a")
    with words.link("https://example.org"):
        words.add("  ")
    with words.link("JavaScript:x()"):
        words.add(" b")
    with words.link("mailto:a@example.org"):
        words.add(" c ")
    writer.write("paragraph", words)
    document = finished(writer)
    assert [(link.span.of(document.text), link.href, link.status) for link in document.links] == [
        ("b", None, "dead"),
        ("c", "mailto:a@example.org", "ok"),
    ]


def test_a_lone_surrogate_becomes_the_sign_for_damage() -> None:
    assert Words("a\ud800b").text == "a\ufffdb"


def test_a_row_keeps_the_links_of_its_cells() -> None:
    cell = Words("see ")
    with cell.link("https://example.org"):
        cell.add("there")
    row = joined([Words("a"), cell])
    assert [link.span.of(row.text) for link in row.links(0, Span(0, len(row)))] == ["there"]


@given(st.lists(st.text(alphabet="ab \n\t\u00a0\u2003", max_size=6), max_size=6))
def test_words_hold_what_came_with_single_spaces(pieces: list[str]) -> None:
    words = Words()
    for piece in pieces:
        words.add(piece)
    whole = "".join(pieces)
    assert words.text.split() == whole.split()
    assert "  " not in words.text
    assert len(words) == len(words.text)


@given(st.lists(st.text(alphabet="ab \n\t\u00a0\u2003\u2028", max_size=6), max_size=6))
def test_words_that_are_known_to_be_folded_are(pieces: list[str]) -> None:
    words = Words()
    for piece in pieces:
        words.add(piece)
    event(f"known: {words.is_folded}")
    assert not words.is_folded or fold(words.text) == words.text


def test_a_line_break_leaves_words_unfolded() -> None:
    words = Words("a")
    words.line_break()
    words.add("b")
    assert (words.text, words.is_folded) == ("a\nb", False)


def test_words_that_are_a_link_as_a_whole() -> None:
    words = Words("see")
    words.add_linked(" here ", ("https://example.org", "web", None), (None, "internal", "key"))
    words.add_linked("  ", ("https://example.org/nothing", "web", None))
    words.add(".")
    found = [(link.span.of(words.text), link.href, link.target) for link in words.links(0, Span(0, len(words)))]
    assert (words.text, found) == ("see here .", [("here", "https://example.org", None), ("here", None, "key")])


def test_a_part_reaches_over_parts_that_close_inside_it() -> None:
    writer = Writer()
    with writer.part("article"):
        writer.furnish("banner", "Top")
        with writer.part("box"):
            writer.write("paragraph", "Boxed.")
            writer.furnish("banner", "Foot")
    document = finished(writer)
    assert [(part.kind, part.span.of(document.text), part.body.of(document.text)) for part in document.parts] == [
        ("article", "Top\n\nBoxed.\n\nFoot", "Boxed."),
        ("box", "Boxed.\n\nFoot", "Boxed."),
    ]
