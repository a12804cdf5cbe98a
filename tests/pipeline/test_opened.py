"""What an opened knowledge base gives by id."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import UsageError
from kb.opened import OpenedKnowledgeBase
from tests.factory import knowledge

BASE = OpenedKnowledgeBase(Path("build"), knowledge())


def test_whatever_has_an_id_is_given_by_it() -> None:
    held = BASE.knowledge
    things = [*held.sources, *held.documents[1].passages, *held.records, *held.works]
    assert [BASE.get(thing.id) for thing in things] == things


def test_an_alias_leads_to_what_answers_for_it() -> None:
    (alias,) = BASE.knowledge.aliases
    assert BASE.get(alias.id) == BASE.knowledge.works[0]


def test_a_document_is_given_by_its_source() -> None:
    assert BASE.document("clinic-thread") == BASE.knowledge.documents[1]


@pytest.mark.parametrize("identifier", ["nonsense", "laaaaaaaaaa", ""])
def test_what_is_not_there_says_how_to_find_it(identifier: str) -> None:
    with pytest.raises(UsageError, match="kb search finds ids by words"):
        BASE.get(identifier)
    with pytest.raises(UsageError, match="kb show lists what is held"):
        BASE.document(identifier)
