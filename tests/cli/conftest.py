"""A small project that is built, for tests that break it."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from kb.pipeline import build
from tests.mini_corpus import write_corpus


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a corpus that is built, to be copied."""
    folder = tmp_path_factory.mktemp("built") / "project"
    build(write_corpus(folder / "corpus"), folder / "build")
    return folder


@pytest.fixture
def project(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the built project, and the folder that commands run in."""
    folder = copytree(built, tmp_path / "project")
    monkeypatch.chdir(folder)
    return folder
