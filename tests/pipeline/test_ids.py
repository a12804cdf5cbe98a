"""Which ids may change when a source does, and which may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.pipeline import understand
from kb.sources import load_corpus
from tests.mini_corpus import GUIDANCE, THREAD, write_corpus

NEW = "Nobody has yet counted how many letters were sent to the clinics."


def ids(folder: Path, **changed: str) -> dict[str, str]:
    """Words by id, of every passage and record of the corpus."""
    knowledge, _keys, _read = understand(load_corpus(write_corpus(folder, **changed)), None)
    texts = {document.source_id: document for document in knowledge.documents}
    found = {passage.id: document.words(passage) for document in texts.values() for passage in document.passages}
    return found | {record.id: record.quote.exact for record in knowledge.records}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return ids(tmp_path_factory.mktemp("before"))


def test_an_inserted_paragraph_changes_no_other_id(tmp_path: Path, before: dict[str, str]) -> None:
    after = ids(tmp_path, pathway=GUIDANCE.replace("2.2 Clinics", f"2.2 {NEW}\n\n2.3 Clinics").replace("\n2.3 An", "\n2.4 An"))
    assert {identifier for identifier in before if identifier not in after} == set()
    assert {words for identifier, words in after.items() if identifier not in before} == {NEW}


def test_an_inserted_post_changes_no_other_id(tmp_path: Path, before: dict[str, str]) -> None:
    after = ids(tmp_path, thread=THREAD.replace("\u00a0\nIt says", f"\u00a0\n{NEW}\n\u00a0\nIt says"))
    assert {identifier for identifier in before if identifier not in after} == set()


def test_moved_text_keeps_its_ids(tmp_path: Path, before: dict[str, str]) -> None:
    paragraph = "1.3 MUS, such as irritable bowel syndrome or chronic fatigue syndrome, are common in every clinic.\n\n"
    moved = GUIDANCE.replace(paragraph, "").replace("2.2 Clinics", paragraph.replace("1.3", "2.2") + "2.3 Clinics")
    after = ids(tmp_path, pathway=moved.replace("\n2.3 An", "\n2.4 An"))
    assert {identifier for identifier in before if identifier not in after} == set()


def test_edited_words_change_their_own_ids_alone(tmp_path: Path, before: dict[str, str]) -> None:
    after = ids(tmp_path, pathway=GUIDANCE.replace("Around 30%", "Around 31%"))
    changed = {words for identifier, words in before.items() if identifier not in after}
    assert {words for words in changed if "30%" not in words} <= {"LTC", "depression", "six months"}
    assert any("30%" in words for words in changed)


def test_an_equal_passage_before_shifts_the_count_of_equals_alone(tmp_path: Path, before: dict[str, str]) -> None:
    after = ids(tmp_path, pathway=GUIDANCE.replace("1.2 Around", "1.2 Clinics should:\n\n1.3 Around"))
    assert {identifier for identifier in before if identifier not in after} == set()
