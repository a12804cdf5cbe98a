"""`kb init` makes a project that builds, and never overwrites."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.cli.init import command
from kb.errors import UsageError
from kb.model import KnowledgeBase
from kb.public import public_view
from kb.publish import build_site
from kb.publish.project import make_project


def test_a_new_project_has_what_a_build_needs(tmp_path: Path) -> None:
    made = make_project(tmp_path / "new" / "project")
    assert [path.name for path in made] == ["corpus", "site", "conf.py", ".gitignore"]
    files = sorted(
        path.relative_to(tmp_path / "new" / "project").as_posix() for path in made[0].parent.rglob("*") if path.is_file()
    )
    assert files == [
        ".gitignore",
        "conf.py",
        "corpus/manifest.toml",
        "site/guides/cite.md",
        "site/index.md",
        "site/methods.md",
    ]


def test_a_new_project_publishes(tmp_path: Path) -> None:
    make_project(tmp_path)
    build_site(public_view(KnowledgeBase(sources=(), documents=(), records=())), tmp_path, tmp_path / "out", "one")
    assert "What these texts say" in (tmp_path / "out" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("name", ["corpus", "site", "conf.py", ".gitignore"])
def test_nothing_is_overwritten(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=f"already holds {name}: nothing was written"):
        make_project(tmp_path)
    assert [(path.name, path.read_text("utf-8")) for path in tmp_path.iterdir()] == [(name, "mine")]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="letter is a file"):
        make_project(tmp_path / "letter")


def test_the_next_steps_are_told(tmp_path: Path) -> None:
    ended = CliRunner().invoke(command, [str(tmp_path / "my project")])
    assert ended.exit_code == 0
    assert ended.output.splitlines()[-4:] == [
        "Next:",
        f"  cd '{tmp_path}/my project'",
        "  kb add FILE...   copy sources into the corpus",
        "  kb build         make the knowledge base, the index and the site",
    ]


def test_quiet_is_silent(tmp_path: Path) -> None:
    ended = CliRunner().invoke(command, [str(tmp_path / "project"), "--quiet"])
    assert (ended.exit_code, ended.output) == (0, "")
