"""The manifest as people keep it: entries are read and written with their comments, order and spacing left as they are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import tomlkit
from tomlkit.items import AoT, Array, Table
from tomlkit.toml_document import TOMLDocument

from kb.model import Document, Source, SourceFile
from kb.sources.manifest import MANIFEST, UNKNOWN, read_manifest

SEEN = ("title", "authors", "publisher", "date", "url", "licence")
"""Fields written for every new source: what its file states, else "unknown" for a person to fill in."""


def opened_manifest(corpus: Path) -> TOMLDocument | None:
    """The manifest of a folder, None where it has none; raises `ManifestError` for one that cannot be right."""
    path = corpus / MANIFEST
    if not path.is_file():
        return None
    read_manifest(path)
    return tomlkit.parse(path.read_text(encoding="utf-8-sig"))


def entries(manifest: TOMLDocument) -> list[Table]:
    """Its sources."""
    held = manifest.get("source")
    return list(held) if isinstance(held, AoT) else []


def entry_of(manifest: TOMLDocument, identifier: str) -> Table | None:
    """The entry of a source."""
    return next((entry for entry in entries(manifest) if entry.get("id") == identifier), None)


def append(manifest: TOMLDocument, entry: Table) -> None:
    """Add an entry at the end."""
    if not isinstance(manifest.get("source"), AoT):
        manifest["source"] = tomlkit.aot()
    sources = manifest["source"]
    if isinstance(sources, AoT):
        sources.append(entry)


def listed_files(entry: Table) -> dict[str, str]:
    """Checksum by path of an entry's files, in their order; "" where it gives a path alone."""
    files = entry["files"]
    tables = [{"path": file} if isinstance(file, str) else file for file in (files if isinstance(files, list) else [files])]
    return {str(file["path"]): str(file.get("sha256", "")) for file in tables}


def entry_for(source: Source, document: Document) -> Table:
    """A new entry: what the file is, and what it states about itself."""
    entry = tomlkit.table()
    entry["id"] = source.id
    entry["files"] = file_list(source.files)
    entry["kind"] = source.source_kind
    if source.shape == "digest":
        entry["kind"].comment("the kind of what it restates: correct it, and add digest_of")
    entry["shape"] = source.shape
    fill_in(entry, seen(source, document))
    entry["publish"] = source.publish
    if source.publish == "quotes":
        entry["publish"].comment("full, where the licence allows it")
    return entry


def fill_in(entry: Table, stated: dict[str, str | list[str]]) -> None:
    """Write what is missing or "unknown"; what a person wrote stays."""
    for key, value in stated.items():
        if entry.get(key, UNKNOWN) == UNKNOWN:
            entry[key] = value


def seen(source: Source, document: Document) -> dict[str, str | list[str]]:
    """The fields of an entry that a document states; the members of a forum are no authors of a thread."""
    stated: dict[str, str | list[str] | None] = {
        "title": document.title,
        "authors": list(document.authors) if source.source_kind != "forum" else None,
        "publisher": document.publisher,
        "date": document.date.value[:10] if document.date else None,
        "url": document.url,
        "licence": document.licence,
    }
    wanted = [key for key in SEEN if key != "authors" or source.source_kind != "forum"]
    return {key: stated[key] or UNKNOWN for key in wanted}


def unknown(entry: Table) -> tuple[str, ...]:
    """The fields that nobody has filled in yet."""
    return tuple(key for key in SEEN if entry.get(key) == UNKNOWN)


def file_list(files: Iterable[SourceFile]) -> Array:
    """Files as the manifest lists them, one a line where there are several."""
    array = tomlkit.array()
    for file in files:
        table = tomlkit.inline_table()
        table.update({"path": file.path, "sha256": file.sha256})
        array.append(table)
    return array.multiline(len(array) > 1)
