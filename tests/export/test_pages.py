"""Page numbers and dates in exports, where the sources have them."""

import csv
import io
import json

from kb.export.annotations import annotations
from kb.export.records import records_csv, records_json
from kb.model import KnowledgeBase
from tests.written import handbook, handbook_and_thread, knowledge


def rows(base: KnowledgeBase) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(records_json(base))["records"]
    return found


def test_a_record_has_the_page_it_begins_on_and_the_number_printed_there() -> None:
    pages = {(row["source"], row["page"], row["page_label"]) for row in rows(handbook_and_thread())}
    assert pages == {("handbook", 1, "iii"), ("handbook", 2, "iv"), ("quiet-thread", None, None)}


def test_a_record_of_a_post_has_the_post_s_date() -> None:
    dates = {row["date"] for row in rows(handbook_and_thread()) if row["source"] == "quiet-thread"}
    assert dates == {"2019-03-01", "2019-03-02", "2019-03-03"}


def test_the_table_has_the_same_columns() -> None:
    table = list(csv.DictReader(io.StringIO(records_csv(knowledge(handbook())))))
    assert {(row["page"], row["page_label"], row["licence"]) for row in table} == {
        ("1", "iii", "CC-BY-4.0"),
        ("2", "iv", "CC-BY-4.0"),
    }


def test_annotations_have_pages_where_the_document_does() -> None:
    named = {(row["file"], row.get("page")) for row in annotations(handbook_and_thread())}
    assert named == {("handbook.bin", 1), ("handbook.bin", 2), ("quiet-thread.bin", None)}
