"""Pieces of Word files beside what they become."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import UnreadableSourceError
from kb.ingest.docx import ingest
from kb.model import Document, Source, SourceFile
from tests.ingest.test_contract import faults
from tests.ingest.word_files import cell, level, listed, note, paragraph, root, run, table, word_file, zipped

GALLERY = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
RAISED = "<w:vertAlign w:val='superscript'/>"
OUTSIDE = '<Relationship Id="w1" Type="x/hyperlink" Target="https://example.org/a" TargetMode="External"/>'


def read(data: bytes) -> Document:
    return ingest([data], Source(id="a-guide", files=(SourceFile("a.docx", ""),), source_kind="guidance", shape="docx"))


def document(body: str, links: str = "", **parts: str) -> Document:
    made = read(word_file(body, links, **parts))
    assert faults(made) == []
    return made


def outline(body: str, links: str = "", **parts: str) -> list[str]:
    """Passages and furniture in order, each behind its kind."""
    made = document(body, links, **parts)
    return [f"{held.kind}: {held.span.of(made.text)}" for held in sorted((*made.passages, *made.furniture), key=lambda h: h.span)]


def links(made: Document) -> list[tuple[str, str | None, str, str | None]]:
    """What each link stands on, where it leads, how, and the words it reaches."""
    words = {passage.id: made.words(passage) for passage in made.passages}
    return [(link.span.of(made.text), link.href, link.relation, words.get(link.target or "")) for link in made.links]


def codes(made: Document) -> list[str]:
    return [lost.code for lost in made.losses]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (paragraph("One  word."), ["paragraph: One word."]),
        (paragraph("Of lamps", "Title") + paragraph("Lamps", "Kop1"), ["title: Of lamps", "heading: Lamps"]),
        (paragraph("Lamps", "Mine") + paragraph("Wicks", "Outlined"), ["heading: Lamps", "heading: Wicks"]),
        (paragraph("Lamps", "Unknown"), ["paragraph: Lamps"]),
        (
            paragraph("Lamps", "", '<w:outlineLvl w:val="0"/>') + paragraph("Text", "Kop1", '<w:outlineLvl w:val="9"/>'),
            ["heading: Lamps", "paragraph: Text"],
        ),
        (
            paragraph("Contents", "TOC1") + paragraph("Lamps\t4", "TOC1") + paragraph("Text."),
            ["contents: Contents", "contents: Lamps 4", "paragraph: Text."],
        ),
        (
            listed("one", 2) + listed("deeper", 2, 1) + listed("deeper still", 2, 1) + listed("two", 2),
            ["item: one", "label: i)", "item: deeper", "label: ii)", "item: deeper still", "item: two"],
        ),
        (
            paragraph("Lamps", "Chapter") + paragraph("It is so.", "Numbered") + paragraph("And so.", "Numbered"),
            ["label: 1.", "heading: Lamps", "label: 1.1", "paragraph: It is so.", "label: 1.2", "paragraph: And so."],
        ),
        (
            listed("one", 1) + listed("seven", 3) + listed("eight", 3),
            ["label: 1.", "item: one", "label: 7.", "item: seven", "label: 8.", "item: eight"],
        ),
        (
            paragraph("Said by somebody.", "Quote") + paragraph("Figure 1 Lamps", "Caption"),
            ["paragraph: Said by somebody.", "caption: Figure 1 Lamps"],
        ),
        (
            paragraph(run("lamps") + run("4", RAISED) + run(", 5 m") + run("2", RAISED) + run(" and 1") + run("st", RAISED)),
            ["paragraph: lamps 4, 5 m2 and 1st"],
        ),
        (
            paragraph(run("kept ") + f'<w:del w:id="1">{run("x")}</w:del><w:ins w:id="2">{run("added")}</w:ins>'),
            ["paragraph: kept added"],
        ),
        (paragraph(run("seen") + run("hidden", "<w:vanish/>") + run(" too", '<w:vanish w:val="0"/>')), ["paragraph: seen too"]),
        (
            paragraph("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>"),
            ["paragraph: a b\nc\u2011d"],
        ),
        (
            paragraph('<w:r><w:sym w:font="Symbol" w:char="F0A3"/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'),
            ["paragraph: ≤✓"],
        ),
        (f"<w:sdt><w:sdtContent>{paragraph('controlled')}</w:sdtContent></w:sdt>", ["paragraph: controlled"]),
        (
            f"<w:sdt>{GALLERY}<w:sdtContent>{paragraph('Lamps 4')}</w:sdtContent></w:sdt>" + paragraph("Text."),
            ["contents: Lamps 4", "paragraph: Text."],
        ),
    ],
)
def test_paragraphs(body: str, wanted: list[str]) -> None:
    assert outline(body) == wanted


def test_a_style_that_says_running_text_is_no_heading() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
    assert outline(paragraph("Words", "A"), styles=styles) == ["paragraph: Words"]


@pytest.mark.parametrize("name", ["heading 2", "Heading 2", "Überschrift 2", "Titre 2", "Título 2", "Kop 2"])
def test_heading_styles_by_the_names_that_programs_give_them(name: str) -> None:
    styles = f'<w:style w:type="paragraph" w:styleId="X"><w:name w:val="{name}"/></w:style>'
    assert outline(paragraph("Words", "X"), styles=styles) == ["heading: Words"]


@pytest.mark.parametrize("name", ["heading", "Heading 10", "Heading 2 Char", "subheading 2x"])
def test_near_misses_of_heading_styles(name: str) -> None:
    styles = f'<w:style w:type="paragraph" w:styleId="X"><w:name w:val="{name}"/></w:style>'
    assert outline(paragraph("Words", "X"), styles=styles) == ["paragraph: Words"]


def test_sections_nest_and_bear_their_numbers() -> None:
    made = document(
        paragraph("Lamps", "Chapter")
        + paragraph("It is so.", "Numbered")
        + listed("a letter", 1, 2)
        + paragraph("Wicks", "Chapter")
    )
    assert [(part.kind, part.label, part.heading) for part in made.parts] == [
        ("section", "1", "Lamps"),
        ("section", "1.1", None),
        ("section", "2", "Wicks"),
    ]
    assert made.parts[1].parent == made.parts[0].id


def test_numbers_typed_by_hand_make_sections_where_they_rise() -> None:
    typed = "".join(paragraph(f"1.{number} Lamps need care.") for number in range(1, 6))
    assert outline(typed)[:4] == ["label: 1.1", "paragraph: Lamps need care.", "label: 1.2", "paragraph: Lamps need care."]
    assert [part.label for part in document(typed).parts] == ["1.1", "1.2", "1.3", "1.4", "1.5"]
    assert document(paragraph("1.5 metres of wick.") + paragraph("1.2 litres of oil.")).parts == ()


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        (paragraph("2.1 Wicks", "Kop1"), ["label: 2.1", "heading: Wicks"]),
        (paragraph("3. Oil", "Kop1"), ["label: 3.", "heading: Oil"]),
        (paragraph("10 lamps", "Kop1"), ["heading: 10 lamps"]),
        (paragraph("• Trim it."), ["label: •", "item: Trim it."]),
        (paragraph(run("•") + "<w:r><w:tab/></w:r>" + run("Fill it.")), ["label: •", "item: Fill it."]),
        (paragraph("– a dash begins"), ["paragraph: – a dash begins"]),
    ],
)
def test_labels_typed_by_hand(typed: str, wanted: list[str]) -> None:
    assert outline(typed) == wanted


def test_bold_lines_head_sections_where_there_are_no_heading_styles() -> None:
    bold = paragraph(run("On wicks", "<w:b/>"))
    text = paragraph(run("Wicks burn. ") + run("Always", "<w:b/>") + run(" trim them."))
    assert outline(bold + text) == ["heading: On wicks", "paragraph: Wicks burn. Always trim them."]
    assert outline(paragraph("A", "Kop1") + paragraph("B", "Kop1") + bold)[2] == "paragraph: On wicks"


def test_the_largest_lines_of_the_front_page_are_the_title() -> None:
    small, large = '<w:sz w:val="22"/>', '<w:sz w:val="48"/>'
    made = document(
        paragraph(run("The Lamp Office", small))
        + paragraph(run("Care of", large))
        + paragraph(run("lamps", large))
        + paragraph(run("May 2011", small))
        + paragraph(run("Lamps need care.", small))
    )
    assert (made.title, [passage.kind for passage in made.passages][:3]) == ("Care of lamps", ["paragraph", "title", "title"])


def test_a_typed_table_of_contents_is_furniture() -> None:
    lines = [
        paragraph(words) for words in ("Table of Contents", "A. LAMPS1-1", "B. WICKS AND", "OIL1-2", "C. CARE1-3", "It begins.")
    ]
    assert outline("".join(lines)) == [
        "contents: Table of Contents",
        "contents: A. LAMPS1-1",
        "contents: B. WICKS AND",
        "contents: OIL1-2",
        "contents: C. CARE1-3",
        "paragraph: It begins.",
    ]


def test_tables_have_rows_in_columns() -> None:
    head = cell(paragraph(run("Group", "<w:b/>"))) + cell(paragraph(run("Share", "<w:b/>")), '<w:gridSpan w:val="2"/>')
    first = cell("North", '<w:vMerge w:val="restart"/>') + cell("1") + cell(paragraph("2") + paragraph("of 3"))
    second = cell("", "<w:vMerge/>") + cell("4") + cell("5")
    made = document(table(head, first, second))
    assert made.text == "Group\tShare\nNorth\t1\t2 of 3\n\t4\t5"
    rows = [(passage.kind, passage.lead == made.passages[0].id) for passage in made.passages]
    assert rows == [("row", False), ("row", True), ("row", True)]


def test_a_table_of_one_cell_is_a_box_and_one_with_headings_places_things() -> None:
    box = document(table(cell(paragraph("Key point") + paragraph("Trim it."))))
    assert ([part.kind for part in box.parts], box.text) == (["box"], "Key point\n\nTrim it.")
    layout = document(table(cell(paragraph("Left", "Kop1")) + cell("words"), cell("right") + cell("more")))
    assert layout.text == "Left\n\nwords\n\nright\n\nmore"


def test_a_table_inside_a_cell_is_read_in_its_place() -> None:
    assert outline(table(cell("left") + cell(table(cell("x") + cell("y"))))) == ["paragraph: left", "row: x\ty"]


def test_notes_stand_behind_the_text_and_are_linked_to_their_marks() -> None:
    body = paragraph(
        run("Oil") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(" burns") + '<w:r><w:endnoteReference w:id="5"/></w:r>'
    )
    made = document(body, footnotes=note("footnote", 2, "Of fish."), endnotes=note("endnote", 5, "Mostly."))
    assert made.text == "Oil 1 burns i\n\n1 Of fish.\n\ni Mostly."
    assert links(made) == [("1", None, "note", "Of fish."), ("i", None, "note", "Mostly.")]


def test_a_mark_whose_note_is_missing_is_left_out() -> None:
    assert outline(paragraph(run("Oil") + '<w:r><w:footnoteReference w:id="9"/></w:r>')) == ["paragraph: Oil"]


def test_links() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "https://example.org/b"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("field") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = (
        paragraph(f'<w:hyperlink r:id="w1">{run("site")}</w:hyperlink>' + run(" ") + field + run(" plain"))
        + paragraph(f'<w:hyperlink w:anchor="here">{run("below")}</w:hyperlink>')
        + paragraph('<w:bookmarkStart w:id="0" w:name="here"/>' + run("Reached"))
    )
    assert links(document(body, OUTSIDE)) == [
        ("site", "https://example.org/a", "web", None),
        ("field", "https://example.org/b", "web", None),
        ("below", None, "internal", "Reached"),
    ]


def test_a_text_box_follows_its_paragraph_once() -> None:
    inside = f"<w:txbxContent>{paragraph('In the box')}</w:txbxContent>"
    both = (
        '<w:r><mc:AlternateContent xmlns:mc="urn:x"><mc:Choice Requires="wps"><w:drawing>' + inside + "</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{inside}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    made = document(paragraph(both + run("Around it")))
    assert (made.text, [part.kind for part in made.parts]) == ("Around it\n\nIn the box", ["box"])


def test_what_is_left_out_is_told() -> None:
    body = paragraph(
        run("kept")
        + '<w:r><w:commentReference w:id="0"/></w:r>'
        + "<w:r><w:drawing><x/></w:drawing></w:r>"
        + run("hidden", "<w:vanish/>")
        + f'<w:ins w:id="1">{run(" added")}</w:ins>'
    )
    made = document(body + '<w:altChunk r:id="x"/>' + listed("lost list", 77))
    assert [lost.message for lost in made.losses] == [
        "1 illustration(s) were not kept",
        "1 comment(s) of its editors were left out",
        "1 tracked change(s) were read as accepted",
        "1 paragraph(s) are numbered by a list definition that is not in the file",
        "1 stretch(es) of hidden words were left out",
        "1 document(s) inside this document were not read",
    ]


def test_properties_give_title_and_author_but_no_date() -> None:
    core = (
        '<cp:coreProperties xmlns:cp="urn:c" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="urn:t">'
        "<dc:title>Care of lamps</dc:title><dc:creator>Ann Example</dc:creator>"
        "<t:created>2011-05-01T00:00:00Z</t:created></cp:coreProperties>"
    )
    made = document(paragraph("Lamps need care."), **{"docProps/core.xml": core})
    assert (made.title, made.authors, made.date) == ("Care of lamps", ("Ann Example",), None)


@pytest.mark.parametrize("title", ["Microsoft Word - lamps.doc", "lamps.docx", "Document1", "Untitled"])
def test_titles_that_programs_give_are_none(title: str) -> None:
    core = f'<c xmlns="urn:c" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>user</dc:creator></c>'
    made = document(paragraph("Lamps need care."), **{"docProps/core.xml": core})
    assert (made.title, made.authors) == (None, ())


def test_the_other_namespace_of_the_standard_is_read_too() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = root("document", f"<w:body>{paragraph('Strictly so.')}</w:body>").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main", strict
    )
    assert outline("", **{"word/document.xml": body}) == ["paragraph: Strictly so."]


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableSourceError) as raised:
        read(data)
    return str(raised.value)


GOOD = word_file(paragraph("Lamps need care."))


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "a.docx: not read: it is empty"),
        (b"plain words", "a.docx: not read: it is no Word document (DOCX)"),
        (zipped({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}), "a.docx: not read: it is an Excel file"),
        (
            zipped({"[Content_Types].xml": "<a/>", "word/styles.xml": "<a/>"}),
            "a.docx: not read: its text is missing (word/document.xml)",
        ),
        (
            zipped({"[Content_Types].xml": "<a/>", "word/a.xml": "", "../b": ""}),
            "a.docx: not read: its ZIP container names a place outside",
        ),
        (GOOD[:-60], "a.docx: not read: its ZIP container is damaged"),
        (word_file("<w:p>"), "a.docx: word/document.xml: not read: line 1: it is not well-formed XML"),
        (
            word_file("<w:p>" * 300 + "</w:p>" * 300),
            "a.docx: word/document.xml: not read: line 1: elements are nested deeper than 256",
        ),
        (word_file(""), "a.docx: not read: no words were found in it"),
    ],
)
def test_refusals_name_the_cause(data: bytes, cause: str) -> None:
    assert refusal(data).startswith(cause)


def test_entities_of_the_file_are_refused() -> None:
    declared = '<!DOCTYPE w:document [<!ENTITY a "words">]>' + root(
        "document", "<w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body>"
    )
    assert "entity expansion refused" in refusal(word_file("", **{"word/document.xml": declared}))


def test_old_and_locked_files_are_named() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert "old format (DOC)" in refusal(ole + "WordDocument".encode("utf-16-le") + bytes(100))
    assert "locked with a password" in refusal(ole + "EncryptedPackage".encode("utf-16-le") + bytes(100))


def test_sizes_are_bounded_whether_they_are_told_or_hidden() -> None:
    bomb = word_file(paragraph("x") + " " * 70_000_000)
    assert "it would unpack to 66 MB" in refusal(bomb)
    entry = bomb.rindex(b"PK\x01\x02", 0, bomb.rindex(b"word/document.xml"))
    lying = bomb[: entry + 24] + (5_000).to_bytes(4, "little") + bomb[entry + 28 :]
    assert "word/document.xml in its ZIP container is damaged" in refusal(lying)


FRAGMENTS = (
    paragraph("Lamps", "Kop1"),
    paragraph("Wicks", "Kop2"),
    paragraph("1.1 Oil burns."),
    paragraph("", "Kop1"),
    paragraph("Words."),
    listed("an item", 1),
    listed("another", 2, 1),
    listed("far", 1, 8),
    table(cell("a") + cell("b")),
    table(cell(table(cell("")))),
    paragraph("Lamps 4", "TOC1"),
    paragraph("Title", "Title"),
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
    '<w:p><w:r><w:fldChar w:fldCharType="separate"/></w:r></w:p>',
    '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    "<w:p><w:r><w:instrText>TOC</w:instrText></w:r></w:p>",
    paragraph('<w:r><w:footnoteReference w:id="2"/></w:r>'),
    paragraph(run("hidden", "<w:vanish/>")),
    f"<w:tbl>{paragraph('astray')}</w:tbl>",
    run("loose"),
    paragraph("", "", "<w:rPr><w:del/></w:rPr>"),
    f"<w:p><w:r><w:drawing><w:txbxContent>{paragraph('boxed')}</w:txbxContent></w:drawing></w:r></w:p>",
    f"<w:p>{paragraph('a paragraph inside')}</w:p>",
    paragraph('<w:bookmarkStart w:name="a"/>'),
    "<w:tr><w:tc/></w:tr>",
    f'<w:hyperlink w:anchor="a">{paragraph("linked")}</w:hyperlink>',
    '<w:p><w:r><w:sym w:char="zz"/></w:r></w:p>',
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12))
def test_any_fragments_give_a_sound_document(chosen: list[str]) -> None:
    made = read(word_file(paragraph("First.") + "".join(chosen), footnotes=note("footnote", 2, "A note.")))
    assert faults(made) == []
    assert made == read(word_file(paragraph("First.") + "".join(chosen), footnotes=note("footnote", 2, "A note.")))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=6), st.integers(0, len(GOOD)))
def test_damaged_files_are_read_or_refused(flips: list[tuple[int, int]], cut: int) -> None:
    damaged = bytearray(GOOD)
    for at, value in flips:
        damaged[at] = value
    for data in (bytes(damaged), bytes(damaged[:cut])):
        outcome = outcome_of(data)
        assert outcome == [] or outcome[0].startswith("a.docx: ")


def outcome_of(data: bytes) -> list[str]:
    """The faults of the document, or the refusal."""
    try:
        return faults(read(data))
    except UnreadableSourceError as error:
        return [str(error)]


def test_levels_of_lists_count_as_word_counts() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        + level(0, "upperRoman", "%1.")
        + level(1, "decimalZero", "%1-%2", "<w:isLgl/>")
        + level(2, "lowerLetter", "%3", '<w:lvlRestart w:val="0"/>')
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    depths = (0, 1, 2, 2, 1, 2, 0, 1)
    shown = outline("".join(listed("x", 1, depth) for depth in depths), numbering=numbering)
    assert [line.removeprefix("label: ") for line in shown if line.startswith("label")] == [
        "I.",
        "1-1",
        "a",
        "b",
        "1-2",
        "c",
        "II.",
        "2-1",
    ]
