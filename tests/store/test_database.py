"""The SQLite file: complete, equal for equal knowledge, and open to questions in SQL."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from kb.errors import SchemaMismatchError, StoreError
from kb.model import Finding, KnowledgeBase, Link, Span
from kb.store import open_database, read_knowledge, stored_generation, write_store
from tests.factory import knowledge
from tests.written import handbook_and_thread


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return knowledge()


@pytest.fixture(scope="module")
def path(base: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "kb.sqlite"
    write_store(path, base, "cafe")
    return path


def dump(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return "\n".join(connection.iterdump())


def test_what_is_written_is_read_back_value_for_value(base: KnowledgeBase, path: Path) -> None:
    assert read_knowledge(path) == base
    assert stored_generation(path) == "cafe"


def test_pages_quoted_posts_and_links_inside_are_read_back(tmp_path: Path) -> None:
    held = handbook_and_thread()
    write_store(tmp_path / "kb.sqlite", held, "cafe")
    assert read_knowledge(tmp_path / "kb.sqlite").documents == held.documents


def test_a_quoted_post_and_its_quoter_meet_in_sql(tmp_path: Path) -> None:
    write_store(tmp_path / "kb.sqlite", handbook_and_thread(), "cafe")
    with closing(open_database(tmp_path / "kb.sqlite")) as connection:
        rows = connection.execute(
            "SELECT quoted.number, block.quoted_name FROM part AS block JOIN part AS quoted ON quoted.id = block.quoted_part "
            "ORDER BY quoted.number"
        ).fetchall()
        pages = connection.execute("SELECT DISTINCT number, label FROM page ORDER BY number").fetchall()
    assert [tuple(row) for row in rows] == [(1, "Otter21"), (2, "Heron77")]
    assert [tuple(row) for row in pages] == [(1, "iii"), (2, "iv")]


def test_equal_knowledge_gives_an_equal_dump(base: KnowledgeBase, path: Path, tmp_path: Path) -> None:
    write_store(tmp_path / "again.sqlite", base, "cafe")
    assert dump(tmp_path / "again.sqlite") == dump(path)


def test_every_quote_proves_its_span_in_sql(path: Path) -> None:
    with closing(open_database(path)) as connection:
        (records,) = connection.execute("SELECT count(*) FROM record").fetchone()
        (proved,) = connection.execute(
            "SELECT count(*) FROM record JOIN document USING (source_id) "
            "WHERE record.exact = substr(document.text, record.start + 1, record.end - record.start)"
        ).fetchone()
    assert records > 0
    assert proved == records


def test_every_view_answers(path: Path) -> None:
    with closing(open_database(path)) as connection:
        views = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name")]
        for view in views:
            connection.execute(f"SELECT * FROM {view}").fetchall()  # noqa: S608 - names from the database itself
    assert "where_a_condition_is_placed" in views


def test_figures_are_found_by_value(path: Path) -> None:
    with closing(open_database(path)) as connection:
        rows = connection.execute("SELECT low, unit, words FROM which_figures_are_claimed").fetchall()
    assert [tuple(row) for row in rows if row["unit"] == "%"] != []


def test_recommendations_say_what_they_rest_on_and_for_whom(path: Path) -> None:
    with closing(open_database(path)) as connection:
        rows = connection.execute("SELECT for_whom, basis, basis_code, basis_words FROM what_is_recommended").fetchall()
    assert [tuple(row) for row in rows] == [("adults with irritable bowel", "guideline", "XY7", "Guideline XY7")]


def test_a_record_of_an_unknown_source_is_refused(base: KnowledgeBase, tmp_path: Path) -> None:
    stray = msgspec.structs.replace(base.records[0], source_id="nobody", id="czzzzzzzzzz")
    broken = msgspec.structs.replace(base, records=(*base.records, stray))
    with pytest.raises(StoreError, match="do not fit together"):
        write_store(tmp_path / "kb.sqlite", broken, "cafe")


def test_links_keep_their_order(base: KnowledgeBase, tmp_path: Path) -> None:
    links = tuple(Link(id=f"l{name * 10}", relation="refers-to", origin="a", target="b") for name in "zax")
    write_store(tmp_path / "kb.sqlite", msgspec.structs.replace(base, links=links), "cafe")
    assert read_knowledge(tmp_path / "kb.sqlite").links == links


def test_findings_come_back_with_and_without_a_place(base: KnowledgeBase, tmp_path: Path) -> None:
    findings = (
        Finding(code="W402", message="never cited", source_id="clinic-guidance", span=Span(0, 8), subject="raaaaaaaaaa"),
        Finding(code="I101", message="skipped"),
    )
    write_store(tmp_path / "kb.sqlite", msgspec.structs.replace(base, findings=findings), "cafe")
    assert read_knowledge(tmp_path / "kb.sqlite").findings == findings


def test_what_a_term_means_is_answered_in_the_words_of_the_source(path: Path) -> None:
    with closing(open_database(path)) as connection:
        rows = connection.execute("SELECT term, meaning FROM what_a_term_means").fetchall()
    assert [tuple(row) for row in rows] == [
        ("unexplained symptoms", "complaints of the body for which no disease has been found after investigation")
    ]


def test_no_database_is_one_line_that_says_what_next(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="run kb build"):
        open_database(tmp_path / "kb.sqlite")


def test_a_damaged_database_is_said_to_be_that(tmp_path: Path) -> None:
    (tmp_path / "kb.sqlite").write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    with pytest.raises(StoreError, match="kb build"):
        open_database(tmp_path / "kb.sqlite")


def test_another_schema_is_not_opened(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kb.sqlite"
    copy.write_bytes(path.read_bytes())
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.commit()
    with pytest.raises(SchemaMismatchError, match="schema 99"):
        open_database(copy)


def test_the_database_opens_read_only(path: Path) -> None:
    with closing(open_database(path)) as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM record")
