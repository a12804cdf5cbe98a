"""Everything that stops a command, as one tree; each family has one exit code.

    KbError                         exit 1
      UsageError                    exit 2   a wrong option or combination
      SourceError                   exit 3   source, path
        ManifestError                        line of manifest.toml
        ChecksumError                        expected, found
        UnreadableSourceError                names the reader that tried
          ReadingStoppedError                a limit or a crash, so perhaps the machine's
      FindingsError                 exit 4   raised by --strict alone
      QueryError                    exit 5   text, start, end
      StoreError                    exit 6
        SchemaMismatchError
      EngineUnavailableError        exit 7   engine
      ExportError                   exit 8   format

Messages say what happened, where, and what to do next, in one line. What is wrong with the *data* is no error: it is a
finding (`kb.model.Finding`) and stops nothing.
"""

from __future__ import annotations

from typing import ClassVar


class KbError(Exception):
    """Base of everything `kb` raises on purpose; `exit_code` is what the command line ends with."""

    exit_code: ClassVar[int] = 1


class UsageError(KbError):
    """An option, argument or combination that makes no sense."""

    exit_code = 2


class SourceError(KbError):
    """Something about the corpus that stops a build before anything is written."""

    exit_code = 3

    def __init__(self, message: str, *, path: str | None = None, source_id: str | None = None) -> None:
        super().__init__(message)
        self.path, self.source_id = path, source_id


class ManifestError(SourceError):
    """The manifest cannot be read as what it should be."""


class ChecksumError(SourceError):
    """A file is not the one the manifest describes."""

    def __init__(self, path: str, source_id: str, *, expected: str, found: str) -> None:
        super().__init__(
            f"{path} changed since it was added: sha256 {found[:12]}…, the manifest has {expected[:12]}…; "
            f"if the new file is right, run: kb add --update {source_id} {path}",
            path=path,
            source_id=source_id,
        )
        self.expected, self.found = expected, found


class UnreadableSourceError(SourceError):
    """A file no reader can make a document of; in a build it becomes an unread source and a finding."""

    def __init__(self, path: str, reader: str, cause: str) -> None:
        super().__init__(f"{path}: not read: {cause}", path=path)
        self.reader, self.cause = reader, cause


class ReadingStoppedError(UnreadableSourceError):
    """A reader was stopped at a limit or ended itself; this may lie in the machine, so a later build tries again."""


class FindingsError(KbError):
    """There are findings, and --strict was asked for."""

    exit_code = 4


class QueryError(KbError):
    """A query that cannot be understood; `start` and `end` are places in its text."""

    exit_code = 5

    def __init__(self, message: str, *, text: str, start: int, end: int) -> None:
        super().__init__(message)
        self.text, self.start, self.end = text, start, end


class StoreError(KbError):
    """The knowledge base cannot be opened or written."""

    exit_code = 6


class SchemaMismatchError(StoreError):
    """The database was built by another version of `kb`."""


class EngineUnavailableError(KbError):
    """A search engine that is not installed here."""

    exit_code = 7

    def __init__(self, engine: str, hint: str) -> None:
        super().__init__(f"the search engine {engine!r} is not available: {hint}")
        self.engine = engine


class ExportError(KbError):
    """An export that cannot be written as asked."""

    exit_code = 8
