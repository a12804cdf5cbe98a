"""The five real sources: counts of what must be found in them, no words of theirs."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path

import pytest

from kb.ingest import ingest
from kb.model import Document, Span
from kb.sources import load_corpus, read_source
from tests.ingest.test_contract import faults

ENTRY_KINDS = {"post", "article", "section", "box"}


@pytest.fixture(scope="module")
def documents(real: Path) -> dict[str, Document]:
    corpus = load_corpus(real / "corpus")
    return {source.id[:3]: ingest(read_source(corpus.root, source), source) for source in corpus.sources}


def test_shapes(documents: dict[str, Document]) -> None:
    assert {name: document.reader for name, document in documents.items()} == {
        "000": "flattened-forum",
        "001": "flattened-forum",
        "002": "flattened-blog",
        "003": "flattened-forum",
        "004": "guidance-markdown",
    }


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_the_contract(documents: dict[str, Document], name: str) -> None:
    assert faults(documents[name]) == []


@pytest.mark.parametrize(
    ("name", "counts"),
    [("000", (15, 15, 2, 1, 0)), ("001", (15, 15, 3, 0, 0)), ("003", (18, 16, 9, 13, 2))],
)
def test_threads(documents: dict[str, Document], name: str, counts: tuple[int, ...]) -> None:
    posts, boundaries, edited, named, empty = counts
    document = documents[name]
    found = [part for part in document.parts if part.kind == "post"]
    furniture = Counter(furniture.kind for furniture in document.furniture)
    assert (len(found), furniture["boundary"], furniture["edited"]) == (posts, boundaries, edited)
    assert sum(part.is_edited for part in found) == edited
    assert sum(part.author is not None and part.author.name is not None for part in found) == named
    assert sum(not len(part.body) for part in found) == empty


@pytest.mark.parametrize(
    ("name", "statuses"),
    [
        ("000", {"ok": 12, "truncated": 4}),
        ("001", {"ok": 3, "truncated": 1}),
        ("002", {"ok": 3, "lost": 6}),
        ("004", {"ok": 2, "dead": 32}),
    ],
)
def test_links(documents: dict[str, Document], name: str, statuses: dict[str, int]) -> None:
    assert Counter(link.status for link in documents[name].links) == statuses


def test_pasted_pages(documents: dict[str, Document]) -> None:
    kinds = Counter(passage.kind for passage in documents["000"].passages)
    assert (kinds["reference"], kinds["note"], kinds["row"]) == (4, 3, 2)
    labels = [furniture for furniture in documents["000"].furniture if furniture.kind == "label"]
    assert sum(furniture.span.of(documents["000"].text).endswith("said:") for furniture in labels) == 2


def test_people(documents: dict[str, Document]) -> None:
    fields = {name: Counter(person.field for person in document.people) for name, document in documents.items()}
    assert fields["001"] == {"mention": 6}
    assert sum(person.role == "organisation" for person in documents["001"].people) == 5
    assert fields["003"]["author"] == 13
    assert fields["003"]["mention"] == 1


def test_articles(documents: dict[str, Document]) -> None:
    document = documents["002"]
    assert [part.kind for part in document.parts] == ["article"] * 7
    assert sum("\n\n" in document.words(passage) for passage in document.passages) == 1


def test_guidance(documents: dict[str, Document]) -> None:
    document = documents["004"]
    labels = [part.label for part in document.parts if part.label]
    assert (sum("." in label for label in labels), sum("." not in label for label in labels)) == (26, 5)
    assert Counter(part.kind for part in document.parts) == {"section": 31, "box": 9, "table": 2}
    assert document.date is not None
    assert (document.date.value, document.date.precision) == ("2018-03-21", "day")
    assert Counter(passage.kind for passage in document.passages)["cell"] == 7


def test_entries_of_the_shown_gold(real: Path, documents: dict[str, Document]) -> None:
    missed, false = [], []
    for path in sorted((real / "gold").glob("*.gold.jsonl")):
        coverage, *rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        gold = [(Span(row["start"], row["end"]), row.get("optional", False)) for row in rows if row["type"] == "entry"]
        ours = bodies(documents[path.name[:3]], coverage["ranges"])
        missed += [span for span, optional in gold if not optional and best(span, ours) < 0.75]
        false += [span for span in ours if best(span, [other for other, _ in gold]) < 0.75]
    assert (missed, false) == ([], [])


def bodies(document: Document, ranges: list[list[int]]) -> list[Span]:
    kept = [part.body for part in document.parts if part.kind in ENTRY_KINDS and len(part.body)]
    return [body for body in kept if any(Span(*within).contains(body) for within in ranges)]


def best(span: Span, others: list[Span]) -> float:
    """The largest share that another span has in common with this one."""
    return max((shared(span, other) / (len(span) + len(other) - shared(span, other)) for other in others), default=0.0)


def shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def test_speed(real: Path) -> None:
    corpus = load_corpus(real / "corpus")
    started = time.process_time()
    for source in corpus.sources:
        ingest(read_source(corpus.root, source), source)
    assert time.process_time() - started < 1.0
