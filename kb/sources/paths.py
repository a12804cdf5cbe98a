"""Paths of a corpus: the one door between names in a manifest and files on disk."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from kb.errors import SourceError


def inside(root: Path, path: str, *, source_id: str | None = None) -> Path:
    """The file that `path`, written with forward slashes, names below `root`.

    Raises `SourceError` for a path that is empty, absolute, holds "..", a backslash or NUL, leaves `root` through a symbolic
    link, or is no file.
    """
    cause = _cause(path)
    if cause:
        raise SourceError(f"{path!r} in the manifest: {cause}; give a path below {root}", path=path, source_id=source_id)
    target = root / path
    try:
        is_inside = target.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError) as error:
        raise SourceError(f"{path}: cannot be followed: {error}; check its links", path=path, source_id=source_id) from error
    if not is_inside:
        raise SourceError(
            f"{path}: a symbolic link leads out of {root}; copy the file in, with kb add", path=path, source_id=source_id
        )
    if not target.is_file():
        raise SourceError(
            f"{path}: no such file in {root}; put it back or remove its entry from the manifest", path=path, source_id=source_id
        )
    return target


def _cause(path: str) -> str | None:
    if not path:
        return "it is empty"
    if "\0" in path:
        return "it holds a NUL character"
    if "\\" in path:
        return "it holds a backslash"
    parts = PurePosixPath(path)
    if parts.is_absolute() or (len(path) > 1 and path[1] == ":"):
        return "it is absolute"
    return 'it holds ".."' if ".." in parts.parts else None
