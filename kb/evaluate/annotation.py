"""Annotations as they are compared: gold files and what the knowledge base exports, read into typed values."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TypeVar

import msgspec

from kb.errors import UsageError
from kb.model import Span

Number = float | list[float]
OneOrMore = str | list[str] | None


class Value(msgspec.Struct, frozen=True):
    """A number inside a claim; one without both value and unit is not scored."""

    value: Number | msgspec.UnsetType = msgspec.UNSET
    unit: str | msgspec.UnsetType = msgspec.UNSET
    qualifier: str | None = None
    qualifier_alt: OneOrMore = None


class Annotation(msgspec.Struct, frozen=True, kw_only=True):
    """One line of an annotation file: a place, its words, and the fields that are compared. Other fields are not read."""

    type: str
    start: int
    end: int
    quote: str
    file: str | None = None
    optional: bool = False
    form: str | None = None
    form_alt: OneOrMore = None
    title: str | None = None
    year: int | str | None = None
    ids: dict[str, int | str | None] | None = None
    keys: list[str] = []
    term: str | None = None
    term_norm: str | None = None
    synonyms: list[str] = []
    definiens: str | None = None
    kind: str | None = None
    kind_alt: OneOrMore = None
    values: list[Value] | None = None
    value: Number = 0.0
    unit: str = "count"
    qualifier: str | None = None
    qualifier_alt: OneOrMore = None
    concept: str | None = None
    alt_concepts: OneOrMore = None
    condition: str | None = None
    category: str | None = None
    stance: str | None = None
    stance_alt: OneOrMore = None
    source_file: str | None = None
    source_start: int | None = None
    source_end: int | None = None
    source_match: str = "verbatim"
    rule: str | None = None
    confidence: float | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a place: {self.start}-{self.end}")

    @property
    def span(self) -> Span:
        """The place."""
        return Span(self.start, self.end)


class Coverage(msgspec.Struct, frozen=True, tag_field="type", tag="coverage"):
    """A gold file's first line: which file it annotates, and in which ranges it does so completely."""

    file: str
    ranges: list[tuple[int, int]]

    def holds(self, annotation: Annotation) -> bool:
        """Whether an annotation lies wholly in one of the ranges."""
        return any(low <= annotation.start and annotation.end <= high for low, high in self.ranges)


class Gold(msgspec.Struct, frozen=True):
    """One gold file."""

    coverage: Coverage
    annotations: list[Annotation]


Line = dict[str, object]


def read_gold(path: Path) -> Gold:
    """The gold file at `path`. Raises `UsageError` naming file and line for what is no gold file."""
    rows = _lines(path)
    if not rows or rows[0][1].get("type") != "coverage":
        line = '{"type": "coverage", "file": "…", "ranges": [[0, 100]]}'
        raise UsageError(f"{path}: no gold file: the first line must be the coverage line, as {line}")
    head = _typed(path, rows[0], Coverage)
    return Gold(head, [_typed(path, row, Annotation) for row in rows[1:]])


def from_rows(rows: list[Line], file: str) -> list[Annotation]:
    """The exported rows of one file."""
    return [msgspec.convert(row, Annotation, strict=False) for row in rows if Path(str(row.get("file") or "")).name == file]


def _lines(path: Path) -> list[tuple[int, Line]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{str(path)!r} cannot be opened: {error.strerror}; give a gold file or a folder of them") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: byte {error.start} is not UTF-8; a gold file is JSON Lines in UTF-8") from error
    return [(number, _row(path, number, line)) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _row(path: Path, number: int, line: str) -> Line:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise UsageError(f"{path}, line {number}: not JSON: {error}") from error
    if not isinstance(row, dict):
        raise UsageError(f"{path}, line {number}: not an annotation")
    return row


T = TypeVar("T")


def _typed(path: Path, row: tuple[int, Line], as_type: type[T]) -> T:
    try:
        return msgspec.convert(row[1], as_type)
    except (msgspec.ValidationError, ValueError) as error:
        raise UsageError(f"{path}, line {row[0]}: {error}") from error


NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")


def fold(words: object) -> str:
    """Lower case, with one blank for whatever is neither letter nor digit.

    >>> fold("Long-term  Conditions."), fold(None)
    ('long term conditions', '')
    """
    return NOT_ALPHANUMERIC.sub(" ", str(words or "").casefold()).strip()
