"""Files on their way into a corpus: where each goes, checked before anything is written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from kb.errors import SourceError
from kb.model import SourceFile
from kb.sources.manifest import MANIFEST
from kb.sources.paths import inside, unsafe


@dataclass
class Intake:
    """What will be copied into `root`: from where and with which checksum, by the path below `root`."""

    root: Path
    planned: dict[str, tuple[Path, str]] = field(default_factory=dict)

    def take(self, path: Path, checksum: str, name: str | None = None, *, may_replace: bool = False) -> str:
        """Plan to put a file into the corpus, as `name` or where `place` says, and give its path there.

        Raises `SourceError` for a name that is unsafe or another file's.
        """
        target = name or self.place(path)
        cause = unsafe(target)
        if cause:
            raise SourceError(f"{target!r}: {cause}; rename the file", path=target)
        if (self.root / target).is_dir() or target == MANIFEST:
            raise SourceError(f"{target}: the corpus keeps something else under this name; rename the file", path=target)
        if self.is_taken(target, checksum) and not may_replace:
            raise SourceError(
                f"{target}: the corpus has another file of this name; rename yours, or use --update ID", path=target
            )
        self.planned[target] = path, checksum
        return target

    def place(self, path: Path) -> str:
        """Where a file goes by itself: one below `root` stays where it is, another is put at the top by its name."""
        resolved, root = path.resolve(), self.root.resolve()
        return resolved.relative_to(root).as_posix() if resolved.is_relative_to(root) else path.name

    def is_taken(self, target: str, checksum: str) -> bool:
        """Whether other bytes are, or will be, at a path below `root`."""
        there = self.root / target
        if target in self.planned:
            return self.planned[target][1] != checksum
        return there.is_file() and checksum_of(there.read_bytes()) != checksum

    def file(self, target: str) -> SourceFile:
        """A planned file as the manifest lists it."""
        return SourceFile(target, self.planned[target][1])

    def read(self, target: str) -> bytes:
        """The bytes of a file that is planned or in the corpus.

        Raises `SourceError` for one that changed since it was looked at, or that is not there.
        """
        if target not in self.planned:
            return inside(self.root, target).read_bytes()
        path, checksum = self.planned[target]
        data = path.read_bytes()
        if checksum_of(data) != checksum:
            raise SourceError(f"{path}: changed while it was added; try again", path=str(path))
        return data

    def write(self) -> None:
        """Put the planned files in place."""
        for name, (_, checksum) in self.planned.items():
            target = self.root / name
            if not target.is_file() or checksum_of(target.read_bytes()) != checksum:
                put(target, self.read(name))


def checksum_of(data: bytes) -> str:
    """The SHA-256 of a file's bytes, as manifests write it."""
    return hashlib.sha256(data).hexdigest()


def put(target: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.write_bytes(data)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
