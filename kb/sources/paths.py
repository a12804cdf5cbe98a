"""Paths of a corpus: the one door between names in a manifest and files on disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from kb.errors import SourceError
from kb.text.folding import SURROGATE

_CAUSES: dict[str, re.Pattern[str]] = {
    "it holds a NUL character": re.compile(r"\0"),
    "it holds a backslash": re.compile(r"\\"),
    "it is not UTF-8": SURROGATE,
    "it holds a control character": re.compile(r"[\x01-\x1f\x7f-\x9f\u2028\u2029]"),
}


@contextmanager
def path_errors() -> Iterator[None]:
    """What the operating system says against a path, as a `SourceError`."""
    try:
        yield
    except OSError as error:
        cause = (error.strerror or "it cannot be opened").lower()
        raise SourceError(f"{error.filename!r}: {cause}; check the path and its permissions", path=str(error.filename)) from error


def inside(root: Path, path: str, *, source_id: str | None = None) -> Path:
    """The file that `path`, written with forward slashes, names below `root`.

    Raises `SourceError` for a path that `unsafe` has something against, that leaves `root` through a symbolic link, or that is
    no file.
    """
    cause = unsafe(path)
    if cause:
        raise SourceError(f"{path!r} in the manifest: {cause}; give a path below {root}", path=path, source_id=source_id)
    target = root / path
    try:
        is_inside = target.resolve().is_relative_to(root.resolve())
        missing = None if target.is_file() else _missing(target, root)
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise SourceError(f"{path}: cannot be followed: {reason}; check its links", path=path, source_id=source_id) from error
    if not is_inside:
        raise SourceError(
            f"{path}: a symbolic link leads out of {root}; copy the file in, with kb add", path=path, source_id=source_id
        )
    if missing:
        raise SourceError(f"{path}: {missing}", path=path, source_id=source_id)
    return target


def _missing(target: Path, root: Path) -> str:
    if target.is_symlink():
        return "a symbolic link that leads to no file; copy the file in, with kb add"
    if target.is_dir():
        return "is a folder; name the files in it"
    return f"no such file in {root}; put it back or remove its entry from the manifest"


def unsafe(path: str) -> str | None:
    """Why a manifest may not name `path`: it is empty, absolute, leaves its folder, or holds what names should not; or None."""
    if not path:
        return "it is empty"
    for cause, pattern in _CAUSES.items():
        if pattern.search(path):
            return cause
    parts = PurePosixPath(path)
    if parts.is_absolute() or path[1:2] == ":":
        return "it is absolute"
    return 'it holds ".."' if ".." in parts.parts else None
