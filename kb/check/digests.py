"""Whether the shipped digests say what their originals say: numbers, units and qualifiers, statement by statement.

    E311  a statement names no place in its original
    E312  a place lies outside the original, is empty, or shares no words with the statement
    E313  a number of the statement does not stand in its places
    E314  the number stands there with another unit, or counts something else
    E315  "up to", "at least" or "around" was lost or added
    E316  the original is missing or is not the file the digest was written from
    W317  an entry of the spans file has no statement any more

What is compared: quantities by value, unit and qualifier ("one in two" equals "50%"); every other number (years, labels, parts
of identifiers) as written. A statement without numbers is proved by sharing two content words with its places. That its other
words are true to the original is for a reader to judge, not for this check.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.ingest import digest
from kb.model import Finding, Source, Span, fold
from kb.sources import decode, load_corpus, read_source
from kb.sources.digest_spans import RestsOn, Statement, is_digest_source, read_rests_on
from kb.text.folding import fold_same_length
from kb.text.numbers import Quantity, quantities

ENOUGH_SHARED = 2
STEM = 5
"""Letters at the head of a word that make it the same word: "clinics" and "clinical" agree, "clinic" and "client" do not."""
_NUMBER = re.compile(r"(?<![\d.,])\d+(?:[.,]\d+)*")
# Words of four letters, abbreviations and numbers: what is left when the function words are gone.
_WORD = re.compile(r"[^\W\d_]{4,}|[A-Z]{2,}|\d{2,}")
_MEASURES = frozenset({"%", "years", "months", "weeks", "days", "hours", "minutes"})


@dataclass(frozen=True)
class DigestReport:
    """How many statements the digests hold, how many are proved (no finding is about them), and what was found."""

    findings: tuple[Finding, ...]
    statements: int
    proved: int


@dataclass(frozen=True)
class _Claimed:
    """One statement on its way through the checks: its digest, its place there, its words, and the words it rests on."""

    source: Source
    place: Span
    words: str
    held: tuple[str, ...] = ()

    def finding(self, code: str, message: str) -> Finding:
        return Finding(code=code, message=f"{message} (statement {self.words[:60]!r})", source_id=self.source.id, span=self.place)


def check_digests(corpus: Path, originals: Path) -> DigestReport:
    """Compare every digest below `corpus` with its original, looked for by checksum among the files of `originals`.

    Findings stand in the manifest's order, then in the order of the statements. Raises `SourceError` and its children for a
    corpus that cannot be read.
    """
    by_checksum = {hashlib.sha256(data).hexdigest(): data for data in _files(originals)}
    findings: list[Finding] = []
    statements = proved = 0
    for source in filter(is_digest_source, load_corpus(corpus).sources):
        found = list(_check_one(corpus, source, by_checksum))
        doubted = {finding.span for finding in found if finding.span}
        places = _statements(corpus, source)
        is_held = all(finding.code != "E316" for finding in found)
        statements += len(places)
        proved += sum(claimed.place not in doubted for claimed in places) if is_held else 0
        findings += found
    return DigestReport(tuple(findings), statements, proved)


def _files(folder: Path) -> Iterator[bytes]:
    return (path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def _statements(corpus: Path, source: Source) -> list[_Claimed]:
    document = digest.ingest(read_source(corpus, source), source)
    items = (passage for passage in document.passages if passage.kind == "item")
    return [_Claimed(source, passage.span, fold(document.words(passage))) for passage in items]


def _check_one(corpus: Path, source: Source, by_checksum: Mapping[str, bytes]) -> Iterator[Finding]:
    rests_on = read_rests_on(corpus, source)
    statements = _statements(corpus, source)
    if rests_on is None:
        yield from (claimed.finding("E311", "the digest has no spans file; write NAME.spans.toml beside it") for claimed in statements)
        return
    yield from _stale(source, rests_on, statements)
    original = by_checksum.get(rests_on.original.sha256)
    if original is None:
        message = f"no file with the checksum of {rests_on.original.file!r} is held; put the original back, or check the digest again"
        yield Finding(code="E316", message=message, source_id=source.id)
        return
    text = decode(original, rests_on.original.file).text
    entries = {fold(entry.text): entry for entry in rests_on.statement}
    for claimed in statements:
        yield from _check_statement(claimed, entries.get(claimed.words), text)


def _stale(source: Source, rests_on: RestsOn, statements: Sequence[_Claimed]) -> Iterator[Finding]:
    words = Counter(claimed.words for claimed in statements)
    for entry in rests_on.statement:
        if not words[fold(entry.text)]:
            message = f"the digest has no statement {entry.text[:60]!r} any more; remove its entry from the spans file"
            yield Finding(code="W317", message=message, source_id=source.id)


def _check_statement(claimed: _Claimed, entry: Statement | None, original: str) -> Iterator[Finding]:
    if entry is None or not entry.spans:
        yield claimed.finding("E311", "the spans file names no place for it; add one")
        return
    wrong = [pair for pair in entry.spans if not 0 <= pair[0] < pair[1] <= len(original)]
    if wrong:
        yield claimed.finding("E312", f"{wrong[0]} is no place in the original, which has {len(original)} code points")
        return
    held = tuple(original[start:end] for start, end in entry.spans)
    claimed = _Claimed(claimed.source, claimed.place, claimed.words, held)
    yield from _check_words(claimed)
    yield from _check_quantities(claimed)
    yield from _check_labels(claimed)


def _check_words(claimed: _Claimed) -> Iterator[Finding]:
    ours, theirs = _stems(claimed.words), _stems(" ".join(claimed.held))
    if len(ours & theirs) < min(ENOUGH_SHARED, len(ours)):
        yield claimed.finding("E312", "its places in the original share no words with it; point at the words it rests on")


def _stems(words: str) -> frozenset[str]:
    return frozenset(word.casefold()[:STEM] for word in _WORD.findall(words))


def _check_quantities(claimed: _Claimed) -> Iterator[Finding]:
    held = [quantity for words in claimed.held for quantity in quantities(words, Span(0, len(words)))]
    numbers = _numbers(" ".join(claimed.held))
    for ours in quantities(claimed.words, Span(0, len(claimed.words))):
        said = ours.span.of(claimed.words)
        equal = [theirs for theirs in held if _same_value(ours, theirs)]
        alike = [theirs for theirs in equal if _same_unit(ours, theirs, claimed)]
        if not equal and (ours.unit in _MEASURES or not numbers >= _numbers(said) or not _numbers(said)):
            yield claimed.finding("E313", f"{said!r} does not stand in its places")
        elif equal and not alike:
            yield claimed.finding("E314", f"{said!r} stands there as {equal[0].unit!r}, not as {ours.unit!r}")
        elif alike and all(theirs.qualifier != ours.qualifier for theirs in alike):
            yield claimed.finding("E315", f"{said!r} is {ours.qualifier or 'unqualified'} here, {alike[0].qualifier or 'unqualified'} there")


def _same_value(ours: Quantity, theirs: Quantity) -> bool:
    pairs = zip(_bounds(ours), _bounds(theirs), strict=True)
    return all(math.isclose(one, other, rel_tol=1e-6) for one, other in pairs)


def _bounds(quantity: Quantity) -> tuple[float, float]:
    return quantity.value if isinstance(quantity.value, tuple) else (quantity.value, quantity.value)


def _same_unit(ours: Quantity, theirs: Quantity, claimed: _Claimed) -> bool:
    """Measures must be the same; what is counted must be named in the places too."""
    if ours.unit in _MEASURES or theirs.unit in _MEASURES or ours.unit.isupper() or theirs.unit.isupper():
        return ours.unit == theirs.unit
    return ours.noun is None or _stems(ours.unit) <= _stems(" ".join(claimed.held))


def _check_labels(claimed: _Claimed) -> Iterator[Finding]:
    """Numbers that measure nothing stand in the places as written."""
    measured = [quantity.span for quantity in quantities(claimed.words, Span(0, len(claimed.words)))]
    numbers = _numbers(" ".join(claimed.held))
    for match in _NUMBER.finditer(fold_same_length(claimed.words)):
        is_measured = any(span.overlaps(Span(*match.span())) for span in measured)
        if not is_measured and match[0] not in numbers:
            yield claimed.finding("E313", f"{match[0]!r} does not stand in its places")


def _numbers(words: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(words))
