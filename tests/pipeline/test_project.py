"""Where a build may write, which pages go with a corpus, and what a strict build lets pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import UsageError
from kb.pipeline import STEPS, build, project_of
from kb.store import current_generation
from tests.mini_corpus import write_corpus


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    write_corpus(folder / "corpus")
    (folder / "conf.py").write_text("", encoding="utf-8")
    (folder / "site").mkdir()
    return folder


@pytest.mark.parametrize(
    ("out", "message"),
    [
        (".", "holds the corpus"),
        ("..", "holds the corpus"),
        ("corpus", "holds the corpus"),
        ("corpus/build", "lies in the corpus"),
        ("site", "lies in the pages of the project"),
        ("site/build", "lies in the pages of the project"),
    ],
)
def test_nothing_is_built_over_what_people_wrote(project: Path, out: str, message: str) -> None:
    before = sorted(project.rglob("*"))
    with pytest.raises(UsageError, match=message):
        build(project / "corpus", project / out)
    assert sorted(project.rglob("*")) == before


def test_pages_go_with_a_corpus_where_both_conf_and_site_stand_beside_it(project: Path) -> None:
    assert project_of(project / "corpus") == project.resolve()
    (project / "conf.py").unlink()
    assert project_of(project / "corpus") is None


def test_a_file_named_site_is_no_pages(project: Path) -> None:
    (project / "site").rmdir()
    (project / "site").write_text("", encoding="utf-8")
    assert project_of(project / "corpus") is None


def test_a_strict_build_passes_what_only_informs_and_tells_its_steps(tmp_path: Path) -> None:
    corpus, out, told = write_corpus(tmp_path / "corpus"), tmp_path / "out", []
    (corpus / "README").write_text("about", encoding="utf-8")
    report = build(corpus, out, strict=True, progress=lambda step, done, of: told.append((step, done, of)))
    assert [finding.code for finding in report.findings] == ["I101"]
    assert current_generation(out) == report.generation
    assert told == [("reading", 0, 3), ("reading", 1, 3), ("reading", 2, 3), *((step, 0, 1) for step in STEPS[1:])]
