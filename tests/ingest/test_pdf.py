"""The PDF reader on pages drawn here: what stands where, whatever the order it was drawn in."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from kb.errors import UnreadableSourceError
from kb.ingest import ingest
from kb.model import Document, Source, SourceFile
from tests.ingest.made_pdfs import HEIGHT, Paper
from tests.ingest.soundness import faults

LEFT = "The first column tells of a clinic by the river where nurses greet walkers and weigh apples with care every day."
MORE = "Its second paragraph is about the ferry, which leaves when the bell rings and comes back before the tide has turned."
RIGHT = "The other column speaks of gardens on the hill and of the people who water them in the evening when it is cool."
LAST = "It ends with a list of tools that hang in the shed: rakes, spades and one very old pair of shears that still cuts."
SEEDS = (None, 1, 2, 3)


def read(data: bytes) -> Document:
    source = Source(id="a-source", files=(SourceFile("made.pdf", ""),), source_kind="guidance", shape="pdf")
    document = ingest([data], source)
    assert faults(document) == []
    return document


def passages(document: Document) -> list[tuple[str, str]]:
    return [(passage.kind, document.words(passage)) for passage in document.passages]


def words_of(document: Document, kind: str) -> list[str]:
    return [words for found, words in passages(document) if found == kind]


@pytest.mark.parametrize("seed", SEEDS)
def test_columns_are_read_one_after_the_other_below_a_heading_across(seed: int | None) -> None:
    paper = Paper(seed)
    paper.line(60, 90, "Apples and Gardens of the Valley: A Short Report", 18, "Helvetica-Bold")
    y = paper.text(60, 130, 220, LEFT)
    paper.text(60, y + 8, 220, MORE)
    y = paper.text(310, 130, 220, RIGHT)
    paper.text(310, y + 8, 220, LAST)
    assert passages(read(paper.done())) == [
        ("title", "Apples and Gardens of the Valley: A Short Report"),
        ("paragraph", LEFT),
        ("paragraph", MORE),
        ("paragraph", RIGHT),
        ("paragraph", LAST),
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_heading_in_the_middle_ends_the_columns_above_it(seed: int | None) -> None:
    paper = Paper(seed)
    paper.text(60, 100, 220, LEFT)
    paper.text(310, 100, 220, RIGHT)
    paper.line(60, 240, "A second subject that is set across both of the columns", 15, "Helvetica-Bold")
    paper.text(60, 280, 220, MORE)
    paper.text(310, 280, 220, LAST)
    assert [words[:9] for _, words in passages(read(paper.done()))] == [LEFT[:9], RIGHT[:9], "A second ", MORE[:9], LAST[:9]]


@pytest.mark.parametrize("seed", SEEDS)
def test_three_narrow_columns(seed: int | None) -> None:
    paper = Paper(seed)
    for number, words in enumerate((LEFT, RIGHT, LAST)):
        paper.text(50 + 170 * number, 100, 158, words + " " + MORE, 9)
    assert passages(read(paper.done())) == [("paragraph", f"{words} {MORE}") for words in (LEFT, RIGHT, LAST)]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_box_beside_the_text_is_read_whole(seed: int | None) -> None:
    paper = Paper(seed)
    paper.area(330, 150, 210, 120)
    paper.line(340, 170, "Remember", 10, "Helvetica-Bold")
    paper.text(340, 190, 190, "Close the gate behind you. Carry water. Tell somebody where you are going.")
    y = paper.text(60, 100, 250, LEFT)
    y = paper.text(60, y + 8, 250, MORE)
    y = paper.text(60, y + 8, 250, RIGHT)
    document = read(paper.done())
    boxes = [part.span.of(document.text) for part in document.parts if part.kind == "box"]
    assert boxes == ["Remember\n\nClose the gate behind you. Carry water. Tell somebody where you are going."]
    assert [part.heading for part in document.parts if part.kind == "box"] == ["Remember"]
    assert words_of(document, "paragraph")[:2] == [LEFT, MORE]


def noted() -> bytes:
    paper = Paper(4)
    y = paper.text(60, 100, 470, "The well was dug^1^ by hand, and its water^2^ is clear. " + LEFT)
    paper.text(60, y + 8, 470, MORE)
    paper.rule(60, 700, 200, 700)
    paper.line(60, 712, "1", 5)
    paper.line(64, 715, "It took the people of the village two summers and one autumn to dig it, and in the end", 8)
    paper.line(64, 725, "they had to use a horse.", 8)
    paper.line(60, 735, "2", 5)
    paper.line(64, 738, "Measured in spring.", 8)
    return paper.done()


def test_notes_are_whole_and_their_marks_lead_to_them() -> None:
    document = read(noted())
    notes = {passage.id: document.words(passage) for passage in document.passages if passage.kind == "note"}
    first = "It took the people of the village two summers and one autumn to dig it, and in the end they had to use a horse."
    assert list(notes.values()) == [first, "Measured in spring."]
    marks = [(link.span.of(document.text), link.relation, notes[link.target or ""]) for link in document.links]
    assert marks == [("1", "note", first), ("2", "note", "Measured in spring.")]
    assert document.text.startswith("The well was dug 1 by hand, and its water 2 is clear.")


def test_raised_numbers_lead_to_a_list_of_references() -> None:
    paper = Paper()
    y = paper.text(60, 100, 470, "Ferries are old.^2^ Apples are older.^1-3^ Nobody knows more.^9^ " + LEFT)
    y = paper.text(60, y + 8, 470, MORE)
    paper.line(60, y + 20, "References", 14, "Helvetica-Bold")
    for number, words in enumerate(("Ash B. On apples.", "Birch C. On boats.", "Cedar D. On hills."), 1):
        paper.line(60, y + 30 + 14 * number, f"{number}. {words}")
    document = read(paper.done())
    references = {passage.id: document.words(passage) for passage in document.passages if passage.kind == "reference"}
    assert list(references.values()) == ["Ash B. On apples.", "Birch C. On boats.", "Cedar D. On hills."]
    marks = [(link.span.of(document.text), link.relation, references.get(link.target or "")) for link in document.links]
    assert marks == [
        ("2", "citation", "Birch C. On boats."),
        ("1", "citation", "Ash B. On apples."),
        ("3", "citation", "Cedar D. On hills."),
        ("9", "note", None),
    ]
    assert "older. 1-3 Nobody" in document.text


@pytest.mark.parametrize(
    ("set_as", "read_as"),
    [
        ("in the 21^st^ year", "in the 21st year"),
        ("a dose of 5 kg/m^2^ a day", "a dose of 5 kg/m2 a day"),
        ("rooms of 40 m^2^ each", "rooms of 40 m2 each"),
        ("the Gardener^TM^ spade", "the GardenerTM spade"),
        ("the team^2^ came", "the team 2 came"),
        ("in all houses^a^ here", "in all houses a here"),
        ("about 10^6^ bees", "about 106 bees"),
    ],
)
def test_what_is_raised_is_set_apart_unless_it_is_part_of_the_word(set_as: str, read_as: str) -> None:
    paper = Paper()
    paper.text(60, 100, 470, f"There were {set_as} and so on.")
    assert read_as in read(paper.done()).text


def headed() -> bytes:
    paper = Paper(7)
    y = 80.0
    for words, size in (
        ("1 Scope of this paper", 16),
        ("1.1 Who it is for", 13),
        ("1.1.1 Those who farm", 11),
        ("1.2 Who it is not for", 13),
        ("2 Terms that are used", 16),
    ):
        paper.line(60, y + 20, words, size, "Helvetica-Bold")
        y = paper.text(60, y + 44, 470, LEFT)
    return paper.done()


def test_numbered_headings_open_sections_in_each_other() -> None:
    document = read(headed())
    parts = {part.id: part for part in document.parts}
    assert [(part.label, part.heading, parts[part.parent].label if part.parent else None) for part in document.parts] == [
        ("1", "Scope of this paper", None),
        ("1.1", "Who it is for", "1"),
        ("1.1.1", "Those who farm", "1.1"),
        ("1.2", "Who it is not for", "1"),
        ("2", "Terms that are used", None),
    ]


def test_numbered_paragraphs_are_sections_of_their_own() -> None:
    paper = Paper()
    paper.line(60, 90, "Care of old trees", 16, "Helvetica-Bold")
    y = 120.0
    for number, words in ((1, LEFT), (2, MORE), (3, RIGHT)):
        paper.line(60, y, f"1.{number}")
        y = paper.text(90, y, 440, words) + 8
    document = read(paper.done())
    assert [(part.label, part.body.of(document.text)) for part in document.parts if part.label] == [
        ("1.1", LEFT),
        ("1.2", MORE),
        ("1.3", RIGHT),
    ]


def test_running_heads_go_and_page_numbers_become_labels() -> None:
    paper = Paper()
    for label, words in (("i", LEFT), ("ii", MORE), ("1", RIGHT), ("2", LAST), ("3", LEFT + " Again.")):
        paper.line(60, 40, "Handbook of the valley", 8)
        paper.line(300, 810, label, 8)
        paper.text(60, 100, 470, words)
        paper.turn()
    document = read(paper.done())
    assert [page.label for page in document.pages] == ["i", "ii", "1", "2", "3"]
    assert [page.number for page in document.pages] == [1, 2, 3, 4, 5]
    assert words_of(document, "paragraph") == [LEFT, MORE, RIGHT, LAST, LEFT + " Again."]


def test_what_stands_once_at_the_edge_of_a_page_stays() -> None:
    paper = Paper()
    for words in (LEFT, MORE, RIGHT):
        paper.text(60, 60, 470, words)
        paper.turn()
    assert words_of(read(paper.done()), "paragraph") == [LEFT, MORE, RIGHT]


def test_a_paragraph_goes_on_over_the_page() -> None:
    paper = Paper()
    paper.text(60, 100, 470, LEFT)
    paper.text(60, 740, 470, "The mill at the end of the lane grinds oats for all the farms, and on Sundays it")
    paper.turn()
    y = paper.text(60, 100, 470, "stands still so that the miller can mend its wheel.")
    paper.text(60, y + 10, 470, MORE)
    document = read(paper.done())
    joined = "The mill at the end of the lane grinds oats for all the farms, and on Sundays it stands still so that the miller"
    assert words_of(document, "paragraph")[1] == f"{joined} can mend its wheel."
    assert [(page.number, page.span.of(document.text).strip()[:6]) for page in document.pages] == [(1, "The fi"), (2, "stands")]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("The people bring their har-", "vest home."), "The people bring their harvest home."),
        (("A long-term plan, or a long-", "term idea."), "A long-term plan, or a long-term idea."),
        (("The office of the NHS-", "led group."), "The office of the NHS-led group."),
        (("Self care is a habit, a self-", "made one."), "Self care is a habit, a self-made one."),
        (("With evidence from all, an evidence-", "led clinic."), "With evidence from all, an evidence-led clinic."),
        (("They walk in the harvest sun: har-", "vest time."), "They walk in the harvest sun: harvest time."),
        (("From 10 to 12 degrees, or 10-", "12 of them."), "From 10 to 12 degrees, or 10-12 of them."),
        (("They met in the town of Stratford-", "Upon the hill."), "They met in the town of Stratford-Upon the hill."),
    ],
)
def test_hyphens_at_line_ends_go_where_the_break_made_them(lines: tuple[str, str], words: str) -> None:
    paper = Paper()
    for number, line in enumerate(lines):
        paper.line(60, 100 + 12 * number, line)
    assert words_of(read(paper.done()), "paragraph") == [words]


def ruled() -> bytes:
    paper = Paper(5)
    paper.text(60, 100, 470, LEFT)
    rows = (("Fruit", "Trees", "Harvest"), ("Apple", "40", "early autumn"), ("Pear", "12", "late summer"))
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            paper.line(66 + 150 * column, 195 + 20 * number, words)
    for number in range(4):
        paper.rule(60, 180 + 20 * number, 510, 180 + 20 * number)
        paper.rule(60 + 150 * number, 180, 60 + 150 * number, 240)
    paper.text(60, 270, 470, MORE)
    return paper.done()


def test_a_ruled_table_is_read_by_rows() -> None:
    document = read(ruled())
    assert passages(document) == [
        ("paragraph", LEFT),
        ("row", "Fruit\tTrees\tHarvest"),
        ("row", "Apple\t40\tearly autumn"),
        ("row", "Pear\t12\tlate summer"),
        ("paragraph", MORE),
    ]


def test_words_in_columns_without_rules_are_a_table() -> None:
    paper = Paper(6)
    paper.text(60, 100, 470, LEFT)
    for number, row in enumerate((("Fruit", "2019", "2020"), ("Apple", "40", "41"), ("Pear", "12", "9"), ("Plum", "7", "0"))):
        for column, words in enumerate(row):
            paper.line(66 + 150 * column, 195 + 14 * number, words)
    assert words_of(read(paper.done()), "row") == ["Fruit\t2019\t2020", "Apple\t40\t41", "Pear\t12\t9", "Plum\t7\t0"]


def test_a_wrapped_cell_stays_one_cell() -> None:
    paper = Paper()
    for number, (name, words) in enumerate((("Ferry", LEFT), ("Garden", RIGHT))):
        paper.line(66, 115 + 80 * number, name)
        paper.text(186, 115 + 80 * number, 300, words)
    for number in range(3):
        paper.rule(60, 100 + 80 * number, 500, 100 + 80 * number)
    for x in (60, 180, 500):
        paper.rule(x, 100, x, 260)
    assert words_of(read(paper.done()), "row") == [f"Ferry\t{LEFT}", f"Garden\t{RIGHT}"]


def test_items_lose_their_bullets_and_follow_what_introduces_them() -> None:
    paper = Paper()
    y = paper.text(60, 100, 470, "Take with you to the meadow:")
    for words in (
        "a rope that is long enough for the two of you and for all that you mean to carry on the way back home",
        "bread",
        "salt",
    ):
        paper.line(72, y + 6, "\u2022")
        y = paper.text(90, y + 6, 400, words)
    paper.text(60, y + 10, 470, MORE)
    document = read(paper.done())
    items = [passage for passage in document.passages if passage.kind == "item"]
    assert [document.words(item) for item in items][1:] == ["bread", "salt"]
    assert {item.lead for item in items} == {document.passages[0].id}
    assert words_of(document, "paragraph")[-1] == MORE


def test_words_set_sideways_in_the_margin_are_left_out() -> None:
    paper = Paper()
    paper.text(60, 100, 470, LEFT)
    paper.sideways(30, 500, "kept by the office of weights")
    document = read(paper.done())
    assert document.text == LEFT
    assert [lost.code for lost in document.losses] == ["I241"]


def test_a_page_set_on_its_side_is_read_upright() -> None:
    paper = Paper()
    for number, words in enumerate(("One line on a page on its side", "and the line that goes on from it.")):
        paper.sideways(100 + 12 * number, 700, words)
    assert read(paper.done()).text == "One line on a page on its side and the line that goes on from it."


def linked() -> bytes:
    paper = Paper()
    end = paper.line(60, 100, "See the page of the ")
    paper.canvas.linkURL("https://example.org/mill", (end, HEIGHT - 103, end + 36, HEIGHT - 90))
    end = paper.line(end, 100, "old mill")
    end = paper.line(end, 100, " and ")
    paper.canvas.linkRect("", "there", (end, HEIGHT - 103, end + 60, HEIGHT - 90), Border="[0 0 0]")
    paper.line(end, 100, "the barn")
    paper.turn()
    paper.text(60, 100, 470, LEFT)
    paper.canvas.bookmarkHorizontal("there", 0, HEIGHT - 295)
    paper.line(60, 310, "All about the barn", 15, "Helvetica-Bold")
    paper.text(60, 340, 470, MORE)
    return paper.done()


def test_links_lead_out_of_the_file_and_to_places_in_it() -> None:
    document = read(linked())
    held = {passage.id: document.words(passage) for passage in document.passages}
    links = [(link.span.of(document.text), link.href, link.relation, held.get(link.target or "")) for link in document.links]
    assert links == [
        ("old mill", "https://example.org/mill", "web", None),
        ("the barn", None, "internal", "All about the barn"),
    ]


def test_a_list_of_contents_is_furniture() -> None:
    paper = Paper()
    paper.line(60, 90, "Contents", 15, "Helvetica-Bold")
    for number, words in enumerate(("The mill ........................ 2", "The barn ........................ 3")):
        paper.line(60, 120 + 14 * number, words)
    paper.line(60, 200, "The mill", 15, "Helvetica-Bold")
    paper.text(60, 230, 470, LEFT)
    document = read(paper.done())
    assert [furniture.kind for furniture in document.furniture] == ["contents", "contents"]
    assert words_of(document, "paragraph") == [LEFT]


def test_contents_without_leaders_are_furniture_line_by_line() -> None:
    paper = Paper(8)
    paper.line(60, 90, "Contents", 15, "Helvetica-Bold")
    for number, (words, page) in enumerate((("The mill", 2), ("The barn and all that is in it", 3), ("Who paid", 11))):
        paper.line(60, 120 + 14 * number, words)
        paper.line(500 - 5 * (page > 9), 120 + 14 * number, str(page))
    paper.line(60, 200, "The mill", 15, "Helvetica-Bold")
    paper.text(60, 230, 470, LEFT)
    document = read(paper.done())
    assert [furniture.span.of(document.text) for furniture in document.furniture] == [
        "The mill 2",
        "The barn and all that is in it 3",
        "Who paid 11",
    ]


def test_a_stretched_line_is_no_row_of_cells() -> None:
    paper = Paper()
    y = paper.text(60, 100, 180, "The people who come to the mill from the other side of the river have")
    for x, word in ((60, "to"), (104, "wait"), (156, "for"), (203, "the")):
        paper.line(x, y, word)
    paper.line(60, y + 12, "extraordinarily-slow ferry.")
    assert "have to wait for the extraordinarily-slow ferry." in read(paper.done()).text


def test_short_lines_in_italics_between_paragraphs_are_headings() -> None:
    paper = Paper()
    y = paper.text(60, 100, 470, LEFT)
    paper.line(60, y + 10, "What the miller says", 10, "Helvetica-Oblique")
    paper.text(60, y + 24, 470, MORE)
    assert words_of(read(paper.done()), "heading") == ["What the miller says"]


def test_names_and_dates_on_a_cover_head_nothing() -> None:
    paper = Paper()
    paper.line(60, 200, "The Mill and the Ferry", 28, "Helvetica-Bold")
    paper.line(60, 240, "Society of the Valley", 16, "Helvetica-Bold")
    paper.line(60, 280, "Published: 3 May 1999", 12)
    paper.turn()
    paper.line(60, 90, "Summary", 16, "Helvetica-Bold")
    paper.text(60, 120, 470, LEFT)
    document = read(paper.done())
    assert document.title == "The Mill and the Ferry"
    assert document.date is not None
    assert (document.date.value, document.date.precision) == ("1999-05-03", "day")


@pytest.mark.parametrize(
    ("title", "taken"), [("The mill and the ferry", "The mill and the ferry"), ("Microsoft Word - draft7", None)]
)
def test_a_title_in_the_properties_is_believed_where_the_page_has_it(title: str, taken: str | None) -> None:
    paper = Paper()
    paper.canvas.setTitle(title)
    paper.line(60, 90, "The mill and the ferry")
    paper.text(60, 120, 470, LEFT)
    assert read(paper.done()).title == taken


def locked(user: str) -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written, encrypt=StandardEncryption(user, ownerPassword="miller", canCopy=0))
    canvas.drawString(60, 700, "Words behind a lock.")
    canvas.save()
    return written.getvalue()


def test_a_file_locked_against_copying_is_read() -> None:
    assert read(locked("")).text == "Words behind a lock."


def test_a_file_that_needs_a_password_says_so() -> None:
    with pytest.raises(UnreadableSourceError, match=r"^made\.pdf: not read: it needs a password$"):
        read(locked("key"))


def test_notes_of_two_files_do_not_mix() -> None:
    files = tuple(SourceFile(f"{number}.pdf", "") for number in range(2))
    source = Source(id="a-source", files=files, source_kind="guidance", shape="pdf")
    document = ingest([noted(), noted()], source)
    notes = [passage.id for passage in document.passages if passage.kind == "note"]
    assert [link.target for link in document.links] == notes
    assert len(set(notes)) == 4


def test_a_page_that_is_a_picture_is_refused_with_the_reason() -> None:
    paper = Paper()
    paper.canvas.drawInlineImage(image_of(bytes(300)), 0, 0, 595, 842)
    with pytest.raises(UnreadableSourceError) as raised:
        read(paper.done())
    cause = "made.pdf: not read: it is scanned: its pages are pictures without text; run it through OCR first"
    assert str(raised.value) == cause


def image_of(pixels: bytes) -> Image.Image:
    return Image.frombytes("RGB", (10, 10), pixels)


def test_one_picture_among_pages_is_a_loss() -> None:
    paper = Paper()
    paper.text(60, 100, 470, LEFT)
    paper.turn()
    paper.canvas.drawInlineImage(image_of(bytes(300)), 0, 0, 595, 842)
    paper.turn()
    assert [lost.code for lost in read(paper.done()).losses] == ["W242"]


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "it is empty"),
        (b"hello", "it is no PDF: it does not begin like one"),
        (b"%PDF-1.7\n", "it is damaged: no page of it could be opened"),
    ],
)
def test_what_is_no_pdf_is_refused(data: bytes, cause: str) -> None:
    with pytest.raises(UnreadableSourceError, match=re.escape(cause)):
        read(data)


def test_junk_before_the_header_is_no_hindrance() -> None:
    assert len(words_of(read(b"\r\nsent by post\r\n" + noted()), "note")) == 2


@pytest.mark.parametrize("make", [noted, headed, ruled, linked])
def test_the_same_file_twice_gives_the_same_document(make: Callable[[], bytes]) -> None:
    assert make() == make()
    assert read(make()) == read(make())


@pytest.mark.parametrize("make", [noted, headed, ruled, linked])
@pytest.mark.parametrize("seed", range(6))
def test_damage_gives_a_sound_document_or_a_reason(make: Callable[[], bytes], seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same damage every time
    data = bytearray(make())
    for _ in range(chance.randrange(1, 12)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    assert [outcome(damaged) for damaged in (bytes(data), make()[: chance.randrange(len(data))])] == ["told", "told"]


def outcome(data: bytes) -> str:
    """Say "told" for a sound document or a reason that names the file."""
    try:
        read(data)
    except UnreadableSourceError as error:
        return "told" if str(error).startswith("made.pdf: not read: ") else str(error)
    return "told"
