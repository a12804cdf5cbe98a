"""Reading `manifest.toml`: one `[[source]]` table a source, its keys the fields of `kb.model.Source`.

    [[source]]
    id = "a-guidance"
    files = [{ path = "a-guidance.md", sha256 = "…" }]
    kind = "guidance"
    shape = "guidance-markdown"
    title = "…"

"unknown" stands for what nobody knows, and reads as None. `sha256` may be left out; then nothing is verified.
"""

from __future__ import annotations

import difflib
import re
import reprlib
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from kb.errors import ManifestError
from kb.model import SOURCE_ID, Source, When
from kb.sources.detection import SHAPES, UNREAD
from kb.sources.licences import default_publish
from kb.text.dates import parse_date

MANIFEST = "manifest.toml"
UNKNOWN = "unknown"
KEYS: tuple[str, ...] = tuple(
    "kind" if name == "source_kind" else name for name in Source.__struct_fields__ if name != "is_kind_guessed"
)
_REQUIRED = ("id", "files", "kind", "shape")
_WANTED: dict[str, str] = {
    "files": 'a list of paths, or of tables { path = "…", sha256 = "…" }',
    "kind": "guidance, forum or critique",
    "authors": 'a list of names, ["…", "…"]',
    "publish": "full, quotes or none",
    "withdrawn": 'a list of the ids of posts, ["…"]',
}
"""What a value should be, where it is not simply text."""


def read_manifest(path: Path) -> tuple[Source, ...]:
    """The sources of a manifest, in its order; checksums and files are not looked at.

    Raises `ManifestError` with the line for what TOML, the fields or their types do not allow, and for an id or a file
    used twice.
    """
    text = _manifest_text(path)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ManifestError(f"{path.name}: {error}; correct it by hand", path=path.name) from error
    place = _Places(path.name, text)
    for key in tables:
        if key != "source":
            raise place.error(f"unknown table or key {key!r}; sources are [[source]] tables", key=key)
    entries = tables.get("source", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise place.error("sources are written [[source]], with double brackets", key="source")
    sources = tuple(_source(entry, place, number) for number, entry in enumerate(entries))
    _check_unique(sources, place)
    return sources


def _manifest_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ManifestError(f"{path.name}: byte {error.start} is not UTF-8; save it as UTF-8", path=path.name) from error


class _Places:
    """Finds the line to name in a message: TOML values do not remember theirs."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._lines = text.split("\n")
        self._starts = [number for number, line in enumerate(self._lines, 1) if re.match(r"\s*\[\[\s*source\s*\]\]", line)]

    def line(self, key: str, number: int | None) -> int:
        start = self._starts[number] if number is not None and number < len(self._starts) else 1
        later = [other for other in self._starts if other > start]
        end = later[0] if later and number is not None else len(self._lines) + 1
        key_line = re.compile(rf'\s*(?:\[+\s*)?"?{re.escape(key)}"?\s*(?:=|\.|\])')
        return next((at for at in range(start, end) if key_line.match(self._lines[at - 1])), start)

    def error(self, message: str, *, key: str, number: int | None = None) -> ManifestError:
        return ManifestError(f"{self._name}, line {self.line(key, number)}: {message}", path=self._name)


def _source(entry: Mapping[str, Any], place: _Places, number: int) -> Source:
    for key in entry:
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"the keys are {', '.join(KEYS)}"
            raise place.error(f"unknown key {key!r}; {hint}", key=key, number=number)
    known = {key: value for key, value in entry.items() if value != UNKNOWN}
    for key in _REQUIRED:
        if key not in known:
            raise place.error(f"the source has no {key!r}; add it, or let kb add write the entry", key=key, number=number)
    fields = {("source_kind" if key == "kind" else key): _plain(value) for key, value in known.items()}
    fields["files"] = [{"sha256": "", **file} if isinstance(file, dict) else file for file in _files(known.get("files"))]
    if "date" in fields:
        fields["date"] = _date(fields["date"], place, number)
    try:
        source = msgspec.convert(fields, Source)
    except msgspec.ValidationError as error:
        key = (re.findall(r"\$\.(\w+)", str(error)) or ["source"])[0].replace("source_kind", "kind")
        wanted = _WANTED.get(key, "text in quotation marks")
        message = f"{key} is {reprlib.repr(entry.get(key))}; it should be {wanted}"
        raise place.error(message, key=key, number=number) from error
    _check_values(source, place, number)
    return source if "publish" in fields else msgspec.structs.replace(source, publish=default_publish(source))


def _files(files: object) -> list[object]:
    """The files as tables; a path alone will do."""
    listed = files if isinstance(files, list) else [files]
    return [{"path": file} if isinstance(file, str) else file for file in listed]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _date(raw: object, place: _Places, number: int) -> When:
    when = parse_date(str(raw))
    if when is None:
        raise place.error(
            f"{raw!r} is no date; write it as far as it is known: 2018, 2018-03 or 2018-03-21", key="date", number=number
        )
    return when


def _check_values(source: Source, place: _Places, number: int) -> None:
    if not SOURCE_ID.fullmatch(source.id):
        raise place.error(f"{source.id!r} is no id; use lower-case letters, digits and single hyphens", key="id", number=number)
    if source.shape not in (*SHAPES, UNREAD):
        near = difflib.get_close_matches(source.shape, SHAPES, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"take one of {', '.join(SHAPES)}"
        raise place.error(f"no reader for the shape {source.shape!r}; {hint}", key="shape", number=number)
    if not source.files:
        raise place.error("files is empty; name at least one", key="files", number=number)
    for file in source.files:
        if file.sha256 and not re.fullmatch(r"[0-9a-f]{64}", file.sha256):
            raise place.error(f"sha256 of {file.path!r} is not 64 lower-case hexadecimal digits", key="files", number=number)


def _check_unique(sources: tuple[Source, ...], place: _Places) -> None:
    ids: set[str] = set()
    owners: dict[PurePosixPath, str] = {}
    for number, source in enumerate(sources):
        if source.id in ids:
            raise place.error(
                f"the id {source.id!r} is used twice; ids are permanent names, give one of them another", key="id", number=number
            )
        ids.add(source.id)
        for file in source.files:
            path = PurePosixPath(file.path)
            if path in owners:
                message = f"the file {file.path!r} is already the source {owners[path]!r}; a file is listed once"
                raise place.error(message, key="files", number=number)
            owners[path] = source.id
