"""Writing a knowledge base to SQLite, and reading it back whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import TypedDict

import msgspec

from kb.errors import SchemaMismatchError, StoreError
from kb.model import (
    Alias,
    AnyRecord,
    Document,
    DocumentLink,
    Finding,
    Furniture,
    KnowledgeBase,
    Link,
    Loss,
    Page,
    Part,
    Passage,
    Person,
    Source,
    Span,
    When,
    Work,
    decode,
)
from kb.store.tables import rows
from kb.version import __version__

SCHEMA_VERSION = 3
"""Equal to `PRAGMA user_version` in schema.sql."""


@cache
def schema() -> str:
    """The text of schema.sql."""
    return (files("kb.store") / "schema.sql").read_text(encoding="utf-8")


def write_store(path: Path, knowledge: KnowledgeBase, generation: str) -> None:
    """Write `knowledge` into a new database at `path`, which must not exist.

    Equal knowledge gives an equal SQL dump. Foreign keys are enforced: a record on an unknown document is a `StoreError`.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        connection.executescript(schema())
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN")
        facts = {"generation": generation, "kb_version": __version__, "schema": str(SCHEMA_VERSION)}
        connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(facts.items()))
        try:
            for table, batch in groupby(rows(knowledge), key=lambda row: row[0]):
                _insert(connection, table, [cells for _table, cells in batch])
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise StoreError(f"{path}: the records do not fit together: {error}; please report this with the corpus") from error


def _insert(connection: sqlite3.Connection, table: str, batch: list[tuple[str | int | float | None, ...]]) -> None:
    places = ", ".join("?" * len(batch[0]))
    connection.executemany(f"INSERT INTO {table} VALUES ({places})", batch)  # noqa: S608 - table names are literals of tables.py


def open_database(path: Path) -> sqlite3.Connection:
    """A read-only connection to a store of this schema.

    Raises `StoreError` where there is none, `SchemaMismatchError` where another version of `kb` wrote it.
    """
    if not path.is_file():
        raise StoreError(f"no knowledge base at {path}: run kb build, or say where it is with --kb DIR")
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        connection.close()
        raise _damaged(path, error) from error
    if version != SCHEMA_VERSION:
        connection.close()
        raise SchemaMismatchError(
            f"{path} was built by another version of kb (schema {version}, not {SCHEMA_VERSION}): run kb build"
        )
    connection.row_factory = sqlite3.Row
    return connection


@contextmanager
def reading_from(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection as `open_database` gives it; what shows on reading that the store is damaged is a `StoreError`."""
    try:
        with closing(open_database(path)) as connection:
            yield connection
    except (sqlite3.DatabaseError, msgspec.DecodeError) as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, cause: object) -> StoreError:
    return StoreError(f"{path} is damaged or no database ({cause}): delete it and run kb build")


def stored_generation(path: Path) -> str:
    """The generation the store at `path` belongs to. Raises `StoreError` where it does not say, or cannot be read."""
    with reading_from(path) as connection:
        found = connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchall()
    if not found:
        raise _damaged(path, "it names no generation")
    return str(found[0]["value"])


def read_knowledge(path: Path) -> KnowledgeBase:
    """The knowledge base that `write_store` wrote, equal to it value for value. Raises `StoreError` where it is damaged."""
    with reading_from(path) as connection:
        sources = tuple(decode(row["value"], Source) for row in connection.execute("SELECT value FROM source ORDER BY position"))
        return KnowledgeBase(
            sources=sources,
            documents=tuple(_documents(connection)),
            records=tuple(
                msgspec.json.decode(row["value"], type=AnyRecord)
                for row in connection.execute("SELECT value FROM record ORDER BY position")
            ),
            works=tuple(decode(row["value"], Work) for row in connection.execute("SELECT value FROM work ORDER BY position")),
            links=tuple(_links(connection)),
            aliases=tuple(Alias(row["id"], row["target"]) for row in connection.execute("SELECT * FROM alias ORDER BY position")),
            findings=tuple(_findings(connection)),
        )


class _DocumentRest(TypedDict):
    authors: tuple[str, ...]
    date: When | None


def _documents(connection: sqlite3.Connection) -> list[Document]:
    query = "SELECT document.* FROM document JOIN source ON source.id = document.source_id ORDER BY source.position"
    return [_document(connection, row) for row in connection.execute(query)]


def _document(connection: sqlite3.Connection, row: sqlite3.Row) -> Document:
    owner: str = row["source_id"]
    rest = msgspec.json.decode(row["value"], type=_DocumentRest)

    def of(table: str) -> list[sqlite3.Row]:
        query = f"SELECT * FROM {table} WHERE source_id = ? ORDER BY position"  # noqa: S608 - literals below
        return connection.execute(query, (owner,)).fetchall()

    return Document(
        source_id=owner,
        sha256=row["sha256"],
        reader=row["reader"],
        text=row["text"],
        encoding=row["encoding"],
        title=row["title"],
        authors=rest["authors"],
        publisher=row["publisher"],
        date=rest["date"],
        language=row["language"],
        parts=tuple(decode(part["value"], Part) for part in of("part")),
        passages=tuple(
            Passage(id=it["id"], kind=it["kind"], span=Span(it["start"], it["end"]), part=it["part"], lead=it["lead"])
            for it in of("passage")
        ),
        furniture=tuple(Furniture(it["kind"], Span(it["start"], it["end"])) for it in of("furniture")),
        links=tuple(
            DocumentLink(Span(it["start"], it["end"]), it["href"], it["status"], it["relation"], it["target"])
            for it in of("hyperlink")
        ),
        people=tuple(Person(it["name"], it["field"], it["role"], Span(it["start"], it["end"])) for it in of("person")),
        losses=tuple(Loss(it["code"], it["message"], _span(it)) for it in of("loss")),
        url=row["url"],
        licence=row["licence"],
        file_spans=tuple(Span(it["start"], it["end"]) for it in of("file_span")),
        pages=tuple(Page(Span(it["start"], it["end"]), it["number"], it["label"]) for it in of("page")),
    )


def _span(row: sqlite3.Row) -> Span | None:
    return None if row["start"] is None else Span(row["start"], row["end"])


def _links(connection: sqlite3.Connection) -> list[Link]:
    query = connection.execute("SELECT * FROM link ORDER BY position")
    return [
        Link(id=row["id"], relation=row["relation"], origin=row["origin"], target=row["target"], confidence=row["confidence"])
        for row in query
    ]


def _findings(connection: sqlite3.Connection) -> list[Finding]:
    query = connection.execute("SELECT * FROM finding ORDER BY position")
    return [
        Finding(code=row["code"], message=row["message"], source_id=row["source_id"], span=_span(row), subject=row["subject"])
        for row in query
    ]
