"""Reads case files: title, input and expected as text, each ended by a line that holds a single dot."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Case(NamedTuple):
    """One example; its title says what is special about it."""

    title: str
    text: str
    expected: str


def read_cases(path: Path) -> list[Case]:
    """The cases of one file; `ValueError` where the dots do not make whole cases."""
    blocks = path.read_text(encoding="utf-8").split("\n.\n")
    if len(blocks) % 3 != 1 or blocks[-1].strip():
        raise ValueError(f"{path}: {len(blocks) - 1} blocks do not make whole cases")
    stripped = [block.strip("\n") for block in blocks[:-1]]
    return [Case(*stripped[i : i + 3]) for i in range(0, len(stripped), 3)]
