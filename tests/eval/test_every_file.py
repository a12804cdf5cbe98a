"""Every real file gives a sound document, twice the same, or is refused with its name and a cause."""

from __future__ import annotations

import gzip
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from kb.errors import UnreadableSourceError
from kb.ingest import INGESTERS
from kb.model import Source, encode
from kb.sources import UNREAD
from kb.sources.corpus import described
from tests.ingest.soundness import faults

FOLDERS = ("corpus", "inputs/docx", "inputs/forums", "inputs/jats", "inputs/pdf", "inputs/wordpress", "inputs/xenforo")
ENDINGS = (".txt", ".gz", ".pdf", ".docx", ".xml", ".nxml")
LARGE = 400_000
"""Bytes above which a file is read under `thorough` alone."""
REFUSED = re.compile(r"[\w.-]+: not read: \w.{5,}")


def files(folder: Path, *, are_large: bool) -> list[Path]:
    """The sources of a folder, small or large ones."""
    held = [path for path in sorted(folder.iterdir()) if path.name.endswith(ENDINGS)]
    return [path for path in held if (path.stat().st_size > LARGE) is are_large]


def judged(path: Path) -> list[str]:
    """What is wrong with what becomes of a file; nothing for one that is refused with name and cause."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    source = described(data, path.name, "a-source")
    try:
        return read_twice([data], source)
    except UnreadableSourceError as error:
        return [] if REFUSED.match(str(error)) and path.name in str(error) else [f"{error}: names no file or cause"]


def read_twice(contents: Sequence[bytes], source: Source) -> list[str]:
    """The faults of a document, and whether it is another the second time."""
    if source.shape == UNREAD:
        return []
    document = INGESTERS[source.shape](contents, source)
    again = INGESTERS[source.shape](contents, source)
    return [*faults(document), *([] if encode(document) == encode(again) else ["it is another the second time"])]


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_is_sound_and_twice_the_same_or_refused(real: Path, folder: str) -> None:
    held = files(real / folder, are_large=False)
    assert held
    assert {path.name: found for path in held if (found := judged(path))} == {}


@pytest.mark.thorough
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_large_file_is_sound_and_twice_the_same_or_refused(real: Path, folder: str) -> None:
    assert {path.name: found for path in files(real / folder, are_large=True) if (found := judged(path))} == {}
