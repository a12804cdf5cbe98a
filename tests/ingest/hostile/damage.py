"""Good files damaged by chance: cut short, or with bytes changed."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from pathlib import Path

SEED = 20260101
FOLDERS = ("xenforo", "forums", "wordpress", "jats", "pdf", "docx")
"""Folders of real inputs, each of one format."""


def cuts(data: bytes, count: int) -> Iterator[bytes]:
    """The data cut at so many random lengths."""
    drawn = random.Random(SEED + len(data))  # noqa: S311 - damage, not secrets
    for _ in range(count):
        yield data[: drawn.randrange(1, len(data))]


def flips(data: bytes, count: int) -> Iterator[bytes]:
    """So many copies of the data, each with one to eight bytes changed."""
    drawn = random.Random(SEED + len(data))  # noqa: S311 - damage, not secrets
    for _ in range(count):
        copy = bytearray(data)
        for _ in range(drawn.randrange(1, 9)):
            copy[drawn.randrange(len(copy))] ^= drawn.randrange(1, 256)
        yield bytes(copy)


def real_files(inputs: Path, folder: str) -> dict[str, bytes]:
    """The files of one folder by name, unpacked, without the truth beside them and without empty ones."""
    paths = [path for path in sorted((inputs / folder).iterdir()) if path.suffix != ".json"]
    files = {
        path.name.removesuffix(".gz"): gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for path in paths
    }
    return {name: data for name, data in files.items() if data}
