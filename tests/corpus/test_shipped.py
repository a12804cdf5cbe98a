"""The digests that ship: whole, proved where the originals are at hand, and without a member's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.check.digests import check_digests
from kb.ingest import ingest
from kb.model import Document, Source, slug
from kb.sources import load_corpus, read_source
from kb.sources.digest_spans import digest_spans

SHIPPED = Path(__file__).resolve().parents[2] / "corpus"
WORDS = re.compile(r"[a-z0-9]+")
RUN = 12
"""So many words in a row are somebody's sentence; bibliographic references and addresses, which are facts, may be longer."""


def digests() -> list[Source]:
    return list(load_corpus(SHIPPED).sources)


def document(source: Source) -> Document:
    return ingest(read_source(SHIPPED, source), source)


def originals(real: Path) -> list[Document]:
    corpus = load_corpus(real / "corpus")
    return [ingest(read_source(corpus.root, source), source) for source in corpus.sources]


def statements(of: Document) -> Iterator[tuple[str, str]]:
    """(heading, words) of each statement."""
    heading = ""
    for passage in of.passages:
        heading = of.words(passage) if passage.kind == "heading" else heading
        if passage.kind == "item":
            yield heading, of.words(passage)


def runs(words: str) -> set[tuple[str, ...]]:
    found = WORDS.findall(words.lower())
    return {tuple(found[at : at + RUN]) for at in range(len(found) - RUN + 1)}


def test_five_digests_ship_and_nothing_else() -> None:
    sources = digests()
    assert [source.shape for source in sources] == ["digest"] * 5
    assert all(source.digest_of and source.licence == "CC-BY-4.0" and source.publish == "full" for source in sources)
    assert all(source.title and source.title.startswith("Our summary of ") for source in sources)
    names = {path.name for path in SHIPPED.iterdir() if path.is_file()}
    assert names == {"manifest.toml"} | {f"{source.id}{end}" for source in sources for end in (".md", ".spans.toml")}


@pytest.mark.parametrize("source", digests(), ids=lambda source: source.id)
def test_every_statement_has_a_locator_and_a_place(source: Source) -> None:
    found = document(source)
    items = [passage for passage in found.passages if passage.kind == "item"]
    labels = [furniture for furniture in found.furniture if furniture.kind == "label"]
    assert len(items) == len(labels) == len({place for place, _original in digest_spans(SHIPPED)[source.id]})
    assert 60 <= len(items) <= 120
    assert found.title == source.title


def test_the_shipped_digests_are_proved(real: Path) -> None:
    report = check_digests(SHIPPED, real / "corpus")
    assert report.findings == ()
    assert report.proved == report.statements > 400


def test_digests_name_the_originals_they_restate(real: Path) -> None:
    held = {slug(path.stem) for path in (real / "corpus").iterdir()}
    assert {source.digest_of for source in digests()} == held


def test_no_member_is_named(real: Path) -> None:
    named = {
        person.name
        for original in originals(real)
        for person in original.people
        if person.role == "member" and person.field != "location"
    }
    shipped = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SHIPPED.iterdir()) if path.is_file())
    assert named
    assert [name for name in sorted(named) if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", shipped, re.IGNORECASE)] == []


def test_no_sentence_of_an_original_is_repeated(real: Path) -> None:
    theirs = {run for original in originals(real) for run in runs(original.text)}
    ours = [words for source in digests() for heading, words in statements(document(source)) if heading != "Works it points to"]
    assert ours
    assert [words for words in ours if runs(words) & theirs] == []
