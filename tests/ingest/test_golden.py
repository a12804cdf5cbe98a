"""Invented mini sources beside what their readers should make of them, as people would tell it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kb.ingest import ingest
from kb.model import Document, Part, Source, SourceFile, fold
from tests.ingest.test_contract import faults

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(path.relative_to(GOLDEN).with_suffix("").as_posix() for path in GOLDEN.glob("*/*.txt"))


@pytest.mark.parametrize("case", CASES)
def test_outline(case: str, golden: Callable[[Path, str], None]) -> None:
    path = GOLDEN / f"{case}.txt"
    source = Source(id="a-source", files=(SourceFile(path.name, ""),), source_kind="forum", shape=path.parent.name)
    document = ingest([path.read_bytes()], source)
    golden(path.with_suffix(".outline"), "\n".join(outline(document)) + "\n")
    assert faults(document) == []


def outline(document: Document) -> Iterator[str]:
    """Every line stands for one thing found, in text order, indented by the parts around it."""
    yield f"title: {document.title}"
    yield f"publisher: {document.publisher}; date: {document.date.value if document.date else None}"
    depths: dict[str | None, int] = {None: 0}
    for part in document.parts:
        depths[part.id] = depths[part.parent] + 1
    told = [(part.span.start, 0, depths[part.parent], part_line(document, part)) for part in document.parts]
    words = {passage.id: fold(document.words(passage))[:30] for passage in document.passages}
    for passage in document.passages:
        lead = f"   (after: {words[passage.lead]})" if passage.lead else ""
        line = f"{passage.kind}: {fold(document.words(passage))}{lead}"
        told.append((passage.span.start, 1, depths[passage.part], line))
    told += [(place.span.start, 1, 0, f"~ {place.kind}: {fold(place.span.of(document.text))}") for place in document.furniture]
    yield from ("  " * depth + line for _, _, depth, line in sorted(told))
    yield from (f"link {link.status}: {link.span.of(document.text)} -> {link.href}" for link in document.links)
    yield from (f"person ({person.field}, {person.role}): {person.name}" for person in document.people)
    yield from (f"loss {loss.code}: {loss.message}" for loss in document.losses)


def part_line(document: Document, part: Part) -> str:
    """A part with what is known of it and how its body begins and ends."""
    body = fold(part.body.of(document.text))
    facts = [part.label, part.heading and f'"{part.heading}"', part.number and f"no. {part.number}", part.is_edited and "edited"]
    author = part.author and f"by {part.author.name or 'name not kept'} ({part.author.role})"
    when = part.date and part.date.value
    told = ", ".join(str(fact) for fact in (*facts, author, when) if fact)
    return f"[{part.kind}: {told}; {body[:24]} ... {body[-24:]}]" if body else f"[{part.kind}: {told}; no words]"
