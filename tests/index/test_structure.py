"""Pages, raised marks, rows and captions in the index."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.index import build_index, search
from kb.index.entries import Entry, entries
from kb.model import Citation, KnowledgeBase
from tests.written import handbook_and_thread


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return handbook_and_thread()


@pytest.fixture(scope="module")
def index(base: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    build_index(folder, base, "cafe")
    return folder


def words(index: Path, query: str) -> list[str]:
    """The words of the hits, white space folded."""
    return [" ".join(hit.entry.words.split()) for hit in search(index, query).hits]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("kind:passage page:iv clinics", "Clinics should see every person within 6 weeks."),
        ("kind:passage page:2 clinics", "Clinics should see every person within 6 weeks."),
        ("passage_kind:row north", "North 1,200 35% of visits"),
        ("passage_kind:caption visits", "Table 1. Visits by clinic"),
        ("passage_kind:note counted", "Counted in three clinics in 2011."),
        ("kind:passage part:#2 handbook", "Then the share of 18% of visits in the handbook cannot be right."),
    ],
)
def test_what_is_found_where(index: Path, query: str, first: str) -> None:
    assert words(index, query)[:1] == [first]


def test_no_hit_shows_a_raised_mark_and_a_phrase_is_found_across_it(index: Path) -> None:
    found = words(index, 'kind:passage "which is why"')
    assert found == [
        "Unexplained symptoms are common in every clinic, which is why 18% of visits concern them. Costs grow by 12% a year."
    ]


def test_a_citation_is_its_mark(base: KnowledgeBase) -> None:
    marks = {record.id for record in base.records if isinstance(record, Citation)}
    assert [entry.words for entry in entries(base) if entry.id in marks] == ["1,2"]


def test_words_keep_their_places(base: KnowledgeBase) -> None:
    texts = {document.source_id: document.text for document in base.documents}

    def is_placed(entry: Entry) -> bool:
        own = entry.span.of(texts[entry.source])
        return all(shown in {" ", letter} for shown, letter in zip(entry.words, own, strict=True))

    assert [entry.id for entry in entries(base) if not is_placed(entry)] == []
