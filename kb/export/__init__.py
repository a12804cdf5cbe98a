"""What leaves a knowledge base as files: one function a format, in a table one can read.

"annotations" is private and complete, for scoring and for the curator's own programs; all else passes the public view.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from kb.errors import ExportError
from kb.export.annotations import annotation_lines
from kb.export.records import records_csv, records_json
from kb.model import KnowledgeBase

Exporter = Callable[[KnowledgeBase], str]

EXPORTERS: dict[str, dict[str, Exporter]] = {
    "annotations": {"json": annotation_lines},
    "records": {"json": records_json, "csv": records_csv},
}
"""What can be exported -> format -> the text of the file. The first format is the default."""

__all__ = ["EXPORTERS", "Exporter", "exporter", "write_text"]


def exporter(what: str, file: Path, wanted: str | None = None) -> Exporter:
    """The exporter for `what` in the wanted format, else in the one that `file`'s name ends in, else in the first.

    Raises `ExportError` for what cannot be exported, and for a format it does not have.
    """
    if what not in EXPORTERS:
        raise ExportError(f"there is no export {what!r}; take one of {', '.join(EXPORTERS)}")
    formats = EXPORTERS[what]
    ending = file.suffix.removeprefix(".").lower()
    chosen = wanted or (ending if ending in formats else next(iter(formats)))
    if chosen not in formats:
        raise ExportError(f"{what} cannot be written as {chosen!r}; take one of {', '.join(formats)}")
    return formats[chosen]


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all, as UTF-8 with line ends unchanged. Raises `ExportError` where it cannot be written."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        message = f"{str(path)!r} cannot be written: {error.strerror}; is {str(path.parent)!r} a folder you may write to?"
        raise ExportError(message) from error
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        unfinished.chmod(0o666 & ~_umask())
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise ExportError(f"{str(path)!r} cannot be written: {error.strerror}; give the name of a file") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
