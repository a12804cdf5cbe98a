"""The whole way on a small corpus: what stands after a build, after a second, after a change, after a failure."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import kb
from kb.errors import FindingsError, SourceError, UsageError
from kb.index import SearchOptions
from kb.pipeline import BuildReport, build
from kb.store import current_generation
from tests.mini_corpus import GUIDANCE, THREAD, write_corpus


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[BuildReport, Path, Path]:
    folder = tmp_path_factory.mktemp("built")
    corpus, out = write_corpus(folder / "corpus"), folder / "out"
    return build(corpus, out), corpus, out


def test_a_build_makes_three_things_and_a_cache(built: tuple[BuildReport, Path, Path]) -> None:
    report, _corpus, out = built
    assert sorted(path.name for path in out.iterdir()) == [".lock", "cache", "index", "kb.sqlite", "site"]
    assert report.site.is_file()
    assert current_generation(out) == report.generation
    assert (report.sources, report.read_now, report.is_unchanged) == (3, 3, False)


def test_every_kind_of_record_is_found(built: tuple[BuildReport, Path, Path]) -> None:
    assert set(built[0].counts) == {
        "definition",
        "claim",
        "reference",
        "citation",
        "mention",
        "classification",
        "quotation",
    }


def test_shapes_and_kinds_are_seen_without_a_manifest(built: tuple[BuildReport, Path, Path]) -> None:
    sources = kb.open(built[2]).knowledge.sources
    assert [(source.id, source.source_kind, source.shape) for source in sources] == [
        ("blog", "critique", "flattened-blog"),
        ("pathway", "guidance", "guidance-markdown"),
        ("thread", "forum", "flattened-forum"),
    ]


def test_every_quote_proves_its_span_in_the_file(built: tuple[BuildReport, Path, Path]) -> None:
    _report, corpus, out = built
    base = kb.open(out)
    files = {source.id: (corpus / source.files[0].path).read_bytes().decode() for source in base.knowledge.sources}
    wrong = [record.id for record in base.knowledge.records if record.span.of(files[record.source_id]) != record.quote.exact]
    assert wrong == []


def test_an_opened_base_answers_by_id_and_by_words(built: tuple[BuildReport, Path, Path]) -> None:
    base = kb.open(built[2])
    first = base.knowledge.records[0]
    assert base.get(first.id) == first
    assert base.document("thread").title == "A thread about the new clinic guidance"
    assert base.search("fibromyalgia").total > 1
    assert len(base.search("fibromyalgia", SearchOptions(limit=1)).hits) == 1
    with pytest.raises(UsageError, match="kb search"):
        base.get("nonsense")
    with pytest.raises(UsageError, match="kb show"):
        base.document("nonsense")


def test_nothing_is_rebuilt_when_nothing_changed(tmp_path: Path) -> None:
    corpus, out = write_corpus(tmp_path / "corpus"), tmp_path / "out"
    first = build(corpus, out)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    second = build(corpus, out)
    assert second.is_unchanged
    assert second.generation == first.generation
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before


def test_only_what_changed_is_read_again_and_the_cache_keeps_nothing_else(tmp_path: Path) -> None:
    corpus, out = write_corpus(tmp_path / "corpus"), tmp_path / "out"
    build(corpus, out)
    write_corpus(corpus, pathway=GUIDANCE.replace("14 early sites", "15 early sites"))
    report = build(corpus, out)
    assert report.read_now == 1
    assert len(list((out / "cache").iterdir())) == 3
    assert "14 early sites" not in "".join(path.read_text("utf-8") for path in (out / "cache").iterdir())


def test_a_removed_source_leaves_nothing(tmp_path: Path) -> None:
    corpus, out = write_corpus(tmp_path / "corpus"), tmp_path / "out"
    build(corpus, out)
    (corpus / "blog.txt").unlink()
    build(corpus, out)
    assert [path for path in (out / "site").rglob("*.html") if "40 services" in path.read_text("utf-8")] == []
    assert len(list((out / "cache").iterdir())) == 2
    with closing(sqlite3.connect(out / "kb.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM source").fetchone() == (2,)


@pytest.mark.parametrize(
    ("name", "data"),
    [("empty.txt", b""), ("binary.txt", bytes(range(256)) * 40), ("blank.txt", b" \n\n \n")],
)
def test_an_unreadable_file_is_a_finding_and_the_rest_is_built(tmp_path: Path, name: str, data: bytes) -> None:
    corpus, out = write_corpus(tmp_path / "corpus"), tmp_path / "out"
    (corpus / name).write_bytes(data)
    report = build(corpus, out)
    assert [(finding.code, finding.source_id) for finding in report.findings] == [("E204", Path(name).stem)]
    assert name in report.findings[0].message
    assert report.counts["claim"] > 0


def test_strict_refuses_an_unreadable_file_and_keeps_the_last_build(tmp_path: Path) -> None:
    corpus, out = write_corpus(tmp_path / "corpus"), tmp_path / "out"
    first = build(corpus, out)
    (corpus / "empty.txt").write_bytes(b"")
    with pytest.raises(FindingsError, match=r"empty\.txt"):
        build(corpus, out, strict=True)
    assert current_generation(out) == first.generation


def test_a_corpus_that_is_not_there_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nowhere"):
        build(tmp_path / "nowhere", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_names_of_members_stand_nowhere_in_the_site(built: tuple[BuildReport, Path, Path]) -> None:
    site = built[2] / "site"
    assert "marshwiggle9" in THREAD
    assert [path for path in sorted(site.rglob("*")) if path.is_file() and b"marshwiggle9" in path.read_bytes().lower()] == []


def test_own_health_is_withheld_from_the_site_and_kept_in_the_base(built: tuple[BuildReport, Path, Path]) -> None:
    words = b"diagnosed with fibromyalgia by my GP"
    assert [path for path in sorted((built[2] / "site").rglob("*.html")) if words in path.read_bytes()] == []
    assert words.decode() in kb.open(built[2]).document("thread").text


def test_a_private_site_shows_everything_and_says_so(tmp_path: Path) -> None:
    report = build(write_corpus(tmp_path / "corpus"), tmp_path / "out", private=True)
    pages = {path: path.read_text("utf-8") for path in report.out.rglob("*.html")}
    assert any("marshwiggle9" in page for page in pages.values())
    assert [path for path, page in pages.items() if "noindex" not in page] == []


def test_a_withdrawn_post_is_purged_everywhere(tmp_path: Path) -> None:
    corpus, out = write_corpus(tmp_path / "corpus"), tmp_path / "out"
    build(corpus, out)
    (second,) = (part for part in kb.open(out).document("thread").parts if part.number == 2)
    checksum = kb.open(out).document("thread").sha256
    entry = f'[[source]]\nid = "thread"\nfiles = [{{ path = "thread.txt", sha256 = "{checksum}" }}]\nkind = "forum"\n'
    entry += f'shape = "flattened-forum"\nwithdrawn = ["{second.id}"]\n'
    (corpus / "manifest.toml").write_text(entry, encoding="utf-8")
    build(corpus, out)
    document = kb.open(out).document("thread")
    (gone,) = (part for part in document.parts if part.is_withdrawn)
    assert gone.id == second.id
    assert set(gone.body.of(document.text)) <= {"█", "\n", " "}
    holding = [path.name for path in sorted(out.rglob("*")) if path.is_file() and b"counted one town" in path.read_bytes()]
    assert holding == []


@pytest.mark.parametrize("name", [".next", ".old"])
def test_what_a_kill_left_after_the_swap_goes_with_the_next_build(tmp_path: Path, name: str) -> None:
    corpus, out = write_corpus(tmp_path / "corpus"), tmp_path / "out"
    build(corpus, out)
    (out / name / "site").mkdir(parents=True)
    assert build(corpus, out).is_unchanged
    assert not (out / name).exists()
