"""Whether digests say what their originals say, statement by statement.

    E311  a statement names no place in its original
    E312  a place lies outside the original, is empty, or shares no words with the statement
    E313  a number of the statement does not stand in its places
    E314  the number stands there with another unit, or counts something else
    E315  "up to", "at least" or "around" was lost or added
    E316  the original is missing or is not the file the digest was written from
    W317  an entry of the spans file has no statement any more
    E318  the locator names a post, article or section in which none of the places lies

What is compared: quantities by value, unit and qualifier ("one in two" equals "50%"); every other number (years, labels, parts
of identifiers) as written; and two content words that the statement must share with its places. That its other words are true
to the original is for a reader to judge, not for this check.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.check.restated import faults
from kb.ingest import ingest
from kb.model import Document, Finding, Part, Source, Span, fold
from kb.reading import reader
from kb.sources import load_corpus, read_source
from kb.sources.corpus import described
from kb.sources.digest_spans import RestsOn, Statement, is_digest_source, read_rests_on

_LOCATOR = re.compile(r"\b(?P<kind>post|article|section) (?P<number>\d+(?:\.\d+)*)")


@dataclass(frozen=True)
class DigestReport:
    """How many statements the digests hold, how many are proved (no error is about them), and what was found."""

    findings: tuple[Finding, ...]
    statements: int
    proved: int


@dataclass(frozen=True)
class _Stated:
    """A statement of a digest: its place there, its words without white space runs, its locator."""

    source: Source
    place: Span
    words: str
    locator: str

    def finding(self, code: str, message: str) -> Finding:
        return Finding(code=code, message=f"{message} (statement {self.words[:60]!r})", source_id=self.source.id, span=self.place)


def check_digests(corpus: Path, originals: Path) -> DigestReport:
    """Compare every digest below `corpus` with its original, looked for by checksum among the files of `originals`.

    Findings stand in the manifest's order, then in the order of the statements. Without an original none of its statements is
    proved. Raises `SourceError` and its children for a corpus that cannot be read.
    """
    held = {hashlib.sha256(data).hexdigest(): (path.name, data) for path, data in _files(originals)}
    findings: list[Finding] = []
    statements = proved = 0
    for source in filter(is_digest_source, load_corpus(corpus).sources):
        stated = _statements(ingest(read_source(corpus, source), source), source)
        found = list(_check_one(source, stated, read_rests_on(corpus, source), held))
        doubted = {finding.span for finding in found}
        is_held = all(finding.code != "E316" for finding in found)
        statements += len(stated)
        proved += sum(statement.place not in doubted for statement in stated) if is_held else 0
        findings += found
    return DigestReport(tuple(findings), statements, proved)


def _files(folder: Path) -> Iterator[tuple[Path, bytes]]:
    return ((path, path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file())


def _statements(document: Document, source: Source) -> list[_Stated]:
    labels = {label.span.start: label.span.of(document.text) for label in document.furniture if label.kind == "label"}
    stated = []
    for passage in document.passages:
        if passage.kind == "item":
            after = Span(passage.span.end, len(document.text)).trimmed(document.text).start
            stated.append(_Stated(source, passage.span, fold(document.words(passage)), labels.get(after, "")))
    return stated


def _check_one(
    source: Source, stated: Sequence[_Stated], rests_on: RestsOn | None, held: Mapping[str, tuple[str, bytes]]
) -> Iterator[Finding]:
    if rests_on is None:
        yield from (statement.finding("E311", "the digest has no spans file; write it beside the digest") for statement in stated)
        return
    yield from _stale(source, stated, rests_on)
    if rests_on.original.sha256 not in held:
        message = f"the original {rests_on.original.file!r} is missing or was changed; put back the file with its checksum"
        yield Finding(code="E316", message=message, source_id=source.id)
        return
    name, data = held[rests_on.original.sha256]
    with reader() as read:
        original = read([data], described(data, name, "original"))
    entries = {fold(entry.text): entry for entry in rests_on.statement}
    for statement in stated:
        yield from _check_statement(statement, entries.get(statement.words), original)


def _stale(source: Source, stated: Sequence[_Stated], rests_on: RestsOn) -> Iterator[Finding]:
    words = {statement.words for statement in stated}
    for entry in rests_on.statement:
        if fold(entry.text) not in words:
            message = f"the digest has no statement {entry.text[:60]!r} any more; remove its entry from the spans file"
            yield Finding(code="W317", message=message, source_id=source.id)


def _check_statement(stated: _Stated, entry: Statement | None, original: Document) -> Iterator[Finding]:
    if entry is None or not entry.spans:
        yield stated.finding("E311", "the spans file names no place for it; add one")
        return
    wrong = [list(pair) for pair in entry.spans if not 0 <= pair[0] < pair[1] <= len(original.text)]
    if wrong:
        yield stated.finding("E312", f"{wrong[0]} is no place in the original, which has {len(original.text)} code points")
        return
    places = [Span(*pair) for pair in entry.spans]
    for code, message in faults(stated.words, [place.of(original.text) for place in places]):
        yield stated.finding(code, message)
    if not _is_located(stated.locator, places, original.parts):
        yield stated.finding("E318", f"none of its places lies in {stated.locator}; correct the locator or the places")


def _is_located(locator: str, places: Sequence[Span], parts: Sequence[Part]) -> bool:
    """Whether a place lies in the part the locator names; a locator that names none ("front page") is not judged."""
    match = _LOCATOR.search(locator)
    if match is None:
        return True
    named = [part.span for part in parts if part.kind == match["kind"] and match["number"] in {part.label, str(part.number)}]
    return any(span.contains(place) for span in named for place in places)
