"""The five real sources, built whole: nobody's name gets out, and every quote proves its span."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kb
from kb.opened import OpenedKnowledgeBase
from kb.pipeline import build
from kb.public import private_names, public_view


@pytest.fixture(scope="module")
def out(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("real") / "out"
    build(real / "corpus", out)
    return out


@pytest.fixture(scope="module")
def base(out: Path) -> OpenedKnowledgeBase:
    return kb.open(out)


def test_kinds_and_shapes_are_seen_without_a_manifest(base: OpenedKnowledgeBase) -> None:
    assert [(source.id[:3], source.source_kind, source.shape) for source in base.knowledge.sources] == [
        ("000", "forum", "flattened-forum"),
        ("001", "forum", "flattened-forum"),
        ("002", "critique", "flattened-blog"),
        ("003", "forum", "flattened-forum"),
        ("004", "guidance", "guidance-markdown"),
    ]


def test_every_quote_proves_its_span_in_the_file(real: Path, base: OpenedKnowledgeBase) -> None:
    files = {it.id: (real / "corpus" / it.files[0].path).read_bytes().decode() for it in base.knowledge.sources}
    wrong = [it.id for it in base.knowledge.records if it.span.of(files[it.source_id]) != it.quote.exact]
    assert wrong == []


def test_no_private_name_is_in_any_byte_of_the_site(base: OpenedKnowledgeBase, out: Path) -> None:
    names = private_names(person for document in base.knowledge.documents for person in document.people)
    assert len(names) >= 8
    found = [
        (path.name, number)
        for path in sorted((out / "site").rglob("*"))
        if path.is_file()
        for number, name in enumerate(names)
        if name.encode() in path.read_bytes()
    ]
    assert found == []


def test_no_private_name_is_in_the_public_records(base: OpenedKnowledgeBase) -> None:
    names = private_names(person for document in base.knowledge.documents for person in document.people)
    view = public_view(base.knowledge)
    everything = json.dumps([repr(view.knowledge.records), repr(view.knowledge.documents), repr(view.knowledge.works)])
    assert [number for number, name in enumerate(names) if name in everything] == []


def test_no_source_is_published_whole(base: OpenedKnowledgeBase) -> None:
    shares = public_view(base.knowledge).shares
    assert [source for source, share in shares.items() if not 0 < share < 1] == []
