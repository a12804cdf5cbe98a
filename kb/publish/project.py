"""Makes a project: a folder with `corpus/`, `site/` and `conf.py`, from the packaged scaffold."""

from __future__ import annotations

import shutil
from pathlib import Path

from kb.errors import UsageError
from kb.publish.build import SCAFFOLD

SEEDS = {"corpus": "corpus", "site": "site", "conf.py": "conf.py", "gitignore": ".gitignore"}
"""What the scaffold holds, and what it is called in a project."""


def make_project(folder: Path) -> tuple[Path, ...]:
    """Fill `folder`, which need not exist, and give what was made.

    Raises `UsageError`, with nothing written, where anything of the same name stands there already.
    """
    try:
        return _make_project(folder)
    except OSError as error:
        raise UsageError(f"{error.filename!r} cannot be made: {error.strerror}; give another folder") from error


def _make_project(folder: Path) -> tuple[Path, ...]:
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file: give the name of a folder")
    made = tuple(folder / name for name in SEEDS.values())
    standing = [path.name for path in made if path.exists() or path.is_symlink()]
    if standing:
        raise UsageError(f"{folder} already holds {', '.join(standing)}: nothing was written; give another folder")
    folder.mkdir(parents=True, exist_ok=True)
    for seed, path in zip(SEEDS, made, strict=True):
        _copy(SCAFFOLD / seed, path)
    return made


def _copy(seed: Path, path: Path) -> None:
    if seed.is_dir():
        shutil.copytree(seed, path, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copyfile(seed, path)
