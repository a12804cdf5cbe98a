"""Documents and records of unchanged sources, kept between builds in `DIR/cache`.

An entry that cannot be read is no entry. Entries that a build did not use are deleted at its end, so that what was taken
back or removed does not linger.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from kb.model import AnyRecord, Document, decode, encode

STOPPED = "stopped.txt"
ENTRY_SUFFIXES = frozenset({".json", ".tmp"})


class Reading(msgspec.Struct, frozen=True):
    """What one source became: its document and the records found in it."""

    document: Document
    records: tuple[AnyRecord, ...]


def load_reading(folder: Path, key: str) -> Reading | None:
    """The entry under `key`, or None where there is none whole."""
    with suppress(OSError, ValueError):  # msgspec's decode errors are ValueErrors
        return decode((folder / f"{key}.json").read_bytes(), Reading)
    return None


def save_reading(folder: Path, key: str, reading: Reading) -> None:
    """Keep `reading` under `key`; written beside and renamed, so that no half entry is ever found."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{key}.tmp"
    draft.write_bytes(encode(reading))
    draft.replace(folder / f"{key}.json")


def save_stopped(folder: Path, sources: Iterable[str]) -> None:
    """Remember the ids of sources whose reading was stopped: what stopped it may be gone by the next build."""
    names = "\n".join(sources)
    if names:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / STOPPED).write_text(names, encoding="ascii", newline="\n")
    else:
        (folder / STOPPED).unlink(missing_ok=True)


def load_stopped(folder: Path) -> frozenset[str]:
    """The ids that `save_stopped` was last given."""
    with suppress(OSError, UnicodeDecodeError):
        return frozenset((folder / STOPPED).read_text(encoding="ascii").split())
    return frozenset()


def purge(folder: Path, keys: Iterable[str]) -> int:
    """Delete every entry but those under `keys`, and no file that is none; the number deleted."""
    kept = {f"{key}.json" for key in keys}
    entries = [path for path in sorted(folder.glob("*")) if path.suffix in ENTRY_SUFFIXES] if folder.is_dir() else []
    stale = [path for path in entries if path.name not in kept]
    for path in stale:
        path.unlink()
    return len(stale)
