"""What leaves the knowledge base: annotations whole, records through the public view, files whole or not at all."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kb.cli.export import command
from kb.errors import ExportError
from kb.export import EXPORTERS, exporter, write_text
from kb.export.annotations import annotation_lines, annotations, marker_keys
from kb.export.records import part_label, records_csv, records_json, safe_cell
from kb.model import Author, Citation, Claim, Document, KnowledgeBase, Link, Part, Quotation, Quote, Reference, Span
from kb.store import DATABASE, INDEX, SITE, stamp, write_store
from tests.factory import Writer, source
from tests.factory import knowledge as guide_and_thread

HANDLE = "lampkeeper77"


def knowledge() -> KnowledgeBase:
    guidance = Writer(source("harbour-guide", title="Guide"))
    guidance.part("section", "Lamps", label="1")
    guidance.passage("Lamps", "heading")
    guidance.passage("At least 45% of boats carry two lamps.")
    guidance.add(
        Claim,
        "At least 45% of boats carry two lamps.",
        claim_kind="figure",
        figures=(guidance.figure("At least 45%", 45.0, qualifier="at least"),),
        about=("lamps",),
    )
    thread = Writer(source("harbour-thread", "forum", shape="flattened-forum", publish="quotes"))
    thread.part("post", "", number=1, author=Author(HANDLE, "member"))
    thread.passage("45% of boats carry two lamps, it says.")
    thread.add(
        Quotation,
        "45% of boats carry two lamps",
        marked="quotation-marks",
        original_source="harbour-guide",
        original=Span(16, 44),
    )
    writers = (guidance, thread)
    records = tuple(record for writer in writers for record in writer.records())
    return KnowledgeBase(
        sources=tuple(writer.source for writer in writers),
        documents=tuple(writer.document() for writer in writers),
        records=records,
        links=(Link(id="laaaaaaaaaa", relation="quotes", origin=records[1].id, target="p"),),
    )


def test_annotations_have_the_gold_format() -> None:
    rows = annotations(knowledge())
    assert [(row["file"], row["type"]) for row in rows] == [
        ("harbour-guide.md", "entry"),
        ("harbour-guide.md", "claim"),
        ("harbour-thread.md", "quotation"),
        ("harbour-thread.md", "entry"),
    ]
    claim = next(row for row in rows if row["type"] == "claim")
    assert claim["kind"] == "figure"
    assert claim["values"] == [{"value": 45.0, "unit": "%", "qualifier": "at least"}]
    assert claim["about"] == ["lamps"]
    quotation = next(row for row in rows if row["type"] == "quotation")
    assert (quotation["source_file"], quotation["source_start"], quotation["source_end"]) == ("harbour-guide.md", 16, 44)


def test_annotations_quote_their_places() -> None:
    known = knowledge()
    texts = {f"{document.source_id}.md": document.text for document in known.documents}
    rows = [json.loads(line) for line in annotation_lines(known).splitlines()]
    assert len(rows) == 4
    assert all(row["quote"] == texts[row["file"]][row["start"] : row["end"]] for row in rows)


@pytest.mark.parametrize(
    ("marker", "style", "keys", "exported"),
    [
        ("Lee and Roe (2015)", "author-year", ("Lee and Roe 2015",), ["2015"]),
        ("[see Lee et al (2015a)]", "author-year", ("Lee et al 2015a",), ["2015a"]),
        ("(Lee 2015; Roe 2016)", "author-year", ("Lee 2015", "Roe 2016"), ["Lee 2015", "Roe 2016"]),
        ("[3, 7]", "bracket", ("3", "7"), ["3", "7"]),
    ],
)
def test_keys_are_what_stands_inside_the_marker(marker: str, style: str, keys: tuple[str, ...], exported: list[str]) -> None:
    citation = Citation(span=Span(0, len(marker)), rule="by-hand", keys=keys, style=style, quote=Quote(marker))  # type: ignore[arg-type]
    assert marker_keys(citation) == exported


def test_an_entry_ends_where_one_inside_it_begins() -> None:
    writer = Writer(source("nested"))
    writer.part("section", "Outer", label="1")
    writer.passage("Before the inner one.")
    writer.part("box", "Inner")
    writer.passage("Inside.")
    document = writer.document()
    outer, inner = document.parts
    whole = Span(0, len(document.text))
    nested = tuple(
        type(part)(**{name: getattr(part, name) for name in part.__struct_fields__} | fields)
        for part, fields in ((outer, {"span": whole, "body": whole}), (inner, {"parent": outer.id}))
    )
    fields = {name: getattr(document, name) for name in document.__struct_fields__} | {"parts": nested}
    rows = annotations(KnowledgeBase(sources=(writer.source,), documents=(Document(**fields),), records=()))
    assert [row["quote"] for row in rows] == ["Before the inner one.", "Inside."]


def test_lists_and_headings_without_words_are_no_entries() -> None:
    writer = Writer(source("sparse"))
    writer.part("section", "Empty", label="1")
    writer.part("list", "References")
    writer.passage("Able B. Waiting.", "reference")
    writer.part("section", "Full", label="2")
    writer.passage("Words.")
    writer.part("section", "References", label="3")
    writer.passage("Able B. Waiting.", "reference")
    rows = annotations(KnowledgeBase(sources=(writer.source,), documents=(writer.document(),), records=()))
    assert [(row["label"], row["quote"]) for row in rows] == [("2", "Words.")]


def test_a_citation_names_what_it_resolves_to_and_nothing_else() -> None:
    known = guide_and_thread()
    resolved = {row["quote"]: row["resolves_to"] for row in annotations(known) if row["type"] == "citation"}
    reference = next(record for record in known.records if isinstance(record, Reference))
    assert resolved == {"[1]": [reference.id]}


def test_each_kind_has_its_own_fields() -> None:
    known = guide_and_thread()
    original = msgspec.structs.replace(
        next(record for record in known.records if isinstance(record, Quotation)),
        original_source="clinic-guidance",
        original=Span(105, 163),
    )
    records = tuple(original if record.id == original.id else record for record in known.records)
    rows = json.loads(records_json(msgspec.structs.replace(known, records=records)))["records"]
    own = {row["kind"]: row for row in rows}
    assert own["definition"]["definiens"] == "complaints of the body for which no disease has been found after investigation"
    assert own["reference"]["ids"] == {"doi": "10.1000/invented.1"}
    assert (own["quotation"]["original_start"], own["quotation"]["original_end"]) == (105, 163)
    assert own["citation"]["keys"] == ["1"]


@pytest.mark.parametrize(
    ("part", "label"),
    [
        ({"kind": "section", "label": "2.1", "heading": "Lamps"}, "2.1 Lamps"),
        ({"kind": "section", "heading": "Lamps"}, "Lamps"),
        ({"kind": "box", "label": "B"}, "B"),
        ({"kind": "post", "number": 7}, "post 7"),
        ({"kind": "note"}, "note"),
    ],
)
def test_a_part_is_called_by_what_it_has(part: dict[str, Any], label: str) -> None:
    assert part_label(Part(id="saaaaaaaaaa", span=Span(0, 1), body=Span(0, 1), **part)) == label


def test_public_records_hold_no_member_name() -> None:
    known = knowledge()
    assert HANDLE in annotation_lines(known)
    assert HANDLE not in records_json(known) + records_csv(known)


def test_csv_and_json_hold_the_same_records() -> None:
    known = knowledge()
    table = list(csv.DictReader(io.StringIO(records_csv(known))))
    objects = json.loads(records_json(known))["records"]
    assert [row["id"] for row in table] == [row["id"] for row in objects]
    assert table[0]["figures"] == "value=45.0 unit=% qualifier=at least"
    assert table[0]["quote"] == "At least 45% of boats carry two lamps."


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        ("=HYPERLINK(0)", "'=HYPERLINK(0)"),
        ("+44 20", "'+44 20"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "'  =1"),
        ("\tx", "'\tx"),
        ("＝1", "'＝1"),
        ("20 to 30 %", "20 to 30 %"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_cells_are_no_formulas(words: str, cell: str) -> None:
    assert safe_cell(words) == cell


@given(st.text())
def test_no_cell_begins_like_a_formula(words: str) -> None:
    assert not safe_cell(words).lstrip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize(
    ("what", "file", "wanted", "same"),
    [
        ("records", "a.csv", None, records_csv),
        ("records", "a.CSV", None, records_csv),
        ("records", "a.txt", None, records_json),
        ("records", "-", "csv", records_csv),
        ("annotations", "a.csv", None, annotation_lines),
    ],
)
def test_the_format_is_the_wanted_one_or_the_file_names(what: str, file: str, wanted: str | None, same: object) -> None:
    assert exporter(what, Path(file), wanted) is same


@pytest.mark.parametrize(("what", "wanted"), [("records", "xlsx"), ("annotations", "csv"), ("everything", None)])
def test_unknown_exports_say_what_there_is(what: str, wanted: str | None) -> None:
    with pytest.raises(ExportError, match="take one of"):
        exporter(what, Path("out"), wanted)


def test_a_file_that_cannot_be_written_is_an_export_error(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be written"):
        write_text(tmp_path / "missing" / "out.json", "")
    with pytest.raises(ExportError, match="cannot be written"):
        write_text(tmp_path, "")
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_to_files_and_to_standard_output(tmp_path: Path) -> None:
    known = knowledge()
    write_store(tmp_path / DATABASE, known, "test")
    (tmp_path / INDEX).mkdir()
    stamp(tmp_path / INDEX, "test")
    (tmp_path / SITE).mkdir()
    stamp(tmp_path / SITE, "test")
    file = tmp_path / "records.csv"
    to_file = CliRunner().invoke(command, ["records", "--out", str(file), "--kb", str(tmp_path)], catch_exceptions=False)
    assert to_file.exit_code == 0
    assert file.read_bytes().decode() == records_csv(known)
    shown = CliRunner().invoke(command, ["annotations", "--out", "-", "--kb", str(tmp_path)], catch_exceptions=False)
    assert shown.stdout == annotation_lines(known)


def test_every_export_has_a_default_format() -> None:
    assert {what: next(iter(formats)) for what, formats in EXPORTERS.items()} == {"annotations": "json", "records": "json"}
