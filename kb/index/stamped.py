"""An index as it lies on disk, and the stamp that says it is ours.

    index.json      the stamp: format, generation, engine, number of entries, size and checksum of every other file
    entries.jsonl   one entry a line, in order
    offsets.json    where each line begins
    columns.json    for each facet field, the values of every entry
    forms.json      for each stem of the text, the words that have it
    lengths.json    for each scored field, how many words every entry holds
    whoosh/         the engine's files

What has no stamp, another format's stamp or files that are not those it vouches for is never opened, because the engine's
files could run code.
"""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path

import msgspec

from kb.errors import StoreError
from kb.index.entries import Entry, Positions
from kb.index.fields import FACETS
from kb.index.lexicon import Forms, forms_in
from kb.index.weighing import Lengths
from kb.model import decode, encode

FORMAT = 2
"""Raised whenever analysis, fields or files change: an older index is rebuilt, never converted."""
STAMP, ENTRIES, OFFSETS, COLUMNS, FORMS, LENGTHS = (
    "index.json",
    "entries.jsonl",
    "offsets.json",
    "columns.json",
    "forms.json",
    "lengths.json",
)
Column = list[tuple[str, ...]]


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """What an index says about itself."""

    format: int
    generation: str
    engine: str
    count: int
    files: dict[str, tuple[int, int]]
    """Bytes and CRC-32 of every file, by its path in the index folder with forward slashes."""


def clear(directory: Path) -> None:
    """Make `directory` an empty folder; raises `StoreError` where it holds what is no index of ours."""
    if directory.exists() and sorted(directory.iterdir()):
        if not (directory / STAMP).is_file():
            raise StoreError(f"{directory} holds files that are no index of kb: name another folder")
        shutil.rmtree(directory)
    directory.mkdir(parents=True, exist_ok=True)


def write_entries(directory: Path, entries: Sequence[Entry], indexed: Sequence[dict[str, Positions]]) -> None:
    """Write what hits are shown from and weighed by: entries, and the terms of each."""
    lines = [encode(entry) + b"\n" for entry in entries]
    (directory / ENTRIES).write_bytes(b"".join(lines))
    (directory / OFFSETS).write_bytes(encode([0, *accumulate(map(len, lines))]))
    columns = {name: [entry.values.get(name, ()) for entry in entries] for name in (*FACETS, "passage_kind")}
    (directory / COLUMNS).write_bytes(encode(columns))
    (directory / FORMS).write_bytes(encode(forms_in(indexed)))
    (directory / LENGTHS).write_bytes(encode(Lengths.of(indexed).by_field))


def write_stamp(directory: Path, generation: str, engine: str, count: int) -> None:
    """Vouch for everything that stands in `directory` now."""
    stamp = Stamp(format=FORMAT, generation=generation, engine=engine, count=count, files=_files(directory))
    (directory / STAMP).write_bytes(encode(stamp) + b"\n")


def read_stamp(directory: Path) -> Stamp:
    """The stamp of the index in `directory`. Raises `StoreError` where the index is missing, foreign, older or damaged."""
    try:
        stamp = decode((directory / STAMP).read_bytes(), Stamp)
    except FileNotFoundError:
        raise StoreError(f"there is no search index in {directory}: delete that folder and run kb build") from None
    except msgspec.DecodeError:
        raise StoreError(f"the search index in {directory} is not one of kb's: delete it and run kb build") from None
    if stamp.format != FORMAT:
        raise StoreError(f"the search index in {directory} was made by another version of kb: run kb build")
    found = _files(directory)
    if any(found.get(name) != file for name, file in stamp.files.items()):
        raise StoreError(f"the search index in {directory} is damaged: delete it and run kb build")
    return stamp


def _files(directory: Path) -> dict[str, tuple[int, int]]:
    files = sorted(path for path in directory.rglob("*") if path.is_file() and path.name != STAMP)
    contents = ((path, path.read_bytes()) for path in files)
    return {path.relative_to(directory).as_posix(): (len(data), zlib.crc32(data)) for path, data in contents}


class Shelf:
    """The entries of a stamped index, read one by one as hits need them."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._offsets = decode((directory / OFFSETS).read_bytes(), list[int])
        self._columns = decode((directory / COLUMNS).read_bytes(), dict[str, Column])
        self.forms = decode((directory / FORMS).read_bytes(), Forms)
        self.lengths = Lengths(decode((directory / LENGTHS).read_bytes(), dict[str, list[int]]))

    def entries(self, numbers: Iterable[int]) -> list[Entry]:
        """The entries with these numbers, in the order asked for."""
        with (self._directory / ENTRIES).open("rb") as file:
            found = []
            for number in numbers:
                start, end = self._offsets[number : number + 2]
                file.seek(start)
                found.append(decode(file.read(end - start), Entry))
        return found

    def every(self) -> Iterator[Entry]:
        """All entries in order."""
        with (self._directory / ENTRIES).open("rb") as file:
            for line in file:
                yield decode(line, Entry)

    def values(self, field: str, number: int) -> tuple[str, ...]:
        """An entry's values of a facet field (or of `passage_kind`)."""
        return self._columns[field][number]
