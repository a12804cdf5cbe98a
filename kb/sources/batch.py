"""One run of adding: the manifest as it will be, and what each file or thread becomes in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import msgspec
from tomlkit.items import Table
from tomlkit.toml_document import TOMLDocument

from kb.errors import SourceError
from kb.model import Document, Source, SourceFile, SourceKind, slug
from kb.sources.entries import append, entries, entry_for, file_list, fill_in, listed_files, seen, unknown
from kb.sources.gathering import THREAD_SHAPES, SavedPage, in_order, joined, saved_page
from kb.sources.intake import Intake, checksum_of
from kb.sources.kinds import judged
from kb.sources.licences import default_publish

Read = Callable[[Sequence[bytes], Source], Document]
"""`kb.ingest.ingest`, or the same in a process of its own; handed in because this room stands below that one."""


@dataclass(frozen=True)
class Added:
    """One source as it now stands in the manifest, and what its reader made of it.

    `unknown` names the fields of its entry that nobody has filled in.
    """

    source: Source
    document: Document
    done: Literal["added", "updated", "already there"]
    unknown: tuple[str, ...] = ()


@dataclass
class Batch:
    """The files that come, the manifest they are listed in, and what a person should know about them."""

    intake: Intake
    manifest: TOMLDocument
    read: Read
    notes: list[str] = field(default_factory=list)
    _by_path: dict[str, Table] = field(default_factory=dict)
    _by_checksum: dict[str, str] = field(default_factory=dict)
    _by_id: dict[str, Table] = field(default_factory=dict)
    _by_thread: dict[tuple[str, str], Table] | None = None

    def __post_init__(self) -> None:
        for entry in entries(self.manifest):
            self._know(entry)

    def twin(self, name: str, checksum: str) -> str | None:
        """Another file with the same bytes that is listed or was met before; the file is known from now on."""
        other = self._by_checksum.setdefault(checksum, name)
        return other if other != name else None

    def entry(self, identifier: str) -> Table | None:
        """The entry of a source."""
        return self._by_id.get(identifier)

    def owner(self, path: str) -> str | None:
        """The source that lists a file."""
        entry = self._by_path.get(path)
        return None if entry is None else str(entry["id"])

    def settle(self, pages: list[SavedPage]) -> Added:
        """Make one or more files the source they are: the one that lists them, that of their thread, or a new one.

        Raises `UnreadableSourceError` for a file that cannot be read; nothing is changed then.
        """
        entry = self._entry_with(pages)
        if entry is None:
            source = joined(pages)
            return self.enter(msgspec.structs.replace(source, id=self._free_id(source)))
        held = listed_files(entry)
        extra = [page for page in pages if page.file.path not in held]
        if extra:
            return self._extend(entry, extra)
        source = source_of(entry, [SourceFile(path, checksum) for path, checksum in held.items()])
        return Added(source, self._document(source), "already there", unknown(entry))

    def enter(self, source: Source) -> Added:
        """List a new source."""
        document = self._document(source)
        source = _understood(source, document)
        entry = entry_for(source, document)
        append(self.manifest, entry)
        self._know(entry)
        return Added(source, document, "added", unknown(entry))

    def replace(self, entry: Table, files: Sequence[SourceFile]) -> Added:
        """Make these the files of a source; what a person wrote about it stays."""
        source = source_of(entry, files)
        document = self._document(source)
        entry["files"] = file_list(files)
        fill_in(entry, seen(source, document))
        self._know(entry)
        return Added(source, document, "updated", unknown(entry))

    def _document(self, source: Source) -> Document:
        return self.read([self.intake.read(file.path) for file in source.files], source)

    def _know(self, entry: Table) -> None:
        self._by_id[str(entry["id"])] = entry
        for path, checksum in listed_files(entry).items():
            self._by_path[path] = entry
            if checksum:
                self._by_checksum.setdefault(checksum, path)

    def _entry_with(self, pages: Sequence[SavedPage]) -> Table | None:
        """The entry that lists one of the files, or holds other pages of their thread."""
        for page in pages:
            entry = self._by_path.get(page.file.path)
            if entry is not None and listed_files(entry)[page.file.path] in {"", page.file.sha256}:
                return entry
        key = pages[0].key
        return None if key is None else self._threads().get(key)

    def _threads(self) -> dict[tuple[str, str], Table]:
        """The entries that hold pages of threads, by thread; looked up once, when the first page comes."""
        if self._by_thread is None:
            held = [entry for entry in entries(self.manifest) if entry.get("shape") in THREAD_SHAPES]
            self._by_thread = {page.key: entry for entry in held for page in self._held_pages(entry) if page.key}
        return self._by_thread

    def _held_pages(self, entry: Table) -> list[SavedPage]:
        pages = []
        for path, checksum in listed_files(entry).items():
            data = self.intake.read(path)
            pages.append(saved_page(source_of(entry, [SourceFile(path, checksum or checksum_of(data))]), data))
        return pages

    def _extend(self, entry: Table, extra: list[SavedPage]) -> Added:
        """The source with further pages of its thread."""
        files = [page.file for page in in_order([*self._held_pages(entry), *extra])]
        added = self.replace(entry, files)
        names = ", ".join(page.file.path for page in extra)
        self.notes.append(f"{names}: of the thread that {entry['id']} holds, which has {len(files)} pages now")
        return added

    def _free_id(self, source: Source) -> str:
        """An id for a new source: its file's stem; with its folder, its ending or a number where another source has that."""
        path = Path(source.files[0].path)
        stem = stem_of(str(path))
        longer = [slug(f"{path.parent.name} {path.stem}"), slug(f"{path.stem} {path.suffix}")]
        numbered = (f"{stem}-{number}" for number in range(2, len(self._by_id) + 3))
        identifier = next(one for one in (stem, *longer, *numbered) if one not in self._by_id)
        if identifier != stem:
            self.notes.append(
                f"{path}: the id {stem!r} is another source's, so this one is {identifier!r}; if it is a newer version of "
                f"that, use --update {stem}"
            )
        return identifier


def stem_of(path: str) -> str:
    """The id that a file's name gives; raises `SourceError` where it gives none."""
    stem = slug(Path(path).stem)
    if not stem:
        raise SourceError(f"{path}: its name gives no id; rename it with letters or digits", path=path)
    return stem


def source_of(entry: Table, files: Iterable[SourceFile]) -> Source:
    """What a reader is told about the source of an entry."""
    kind = msgspec.convert(str(entry["kind"]), SourceKind)
    return Source(id=str(entry["id"]), files=tuple(files), source_kind=kind, shape=str(entry["shape"]))


def _understood(source: Source, document: Document) -> Source:
    """A source with what its document tells: its kind, and what may be published of it."""
    licensed = msgspec.structs.replace(judged(source, document), licence=document.licence)
    return msgspec.structs.replace(licensed, publish="full" if source.publish == "full" else default_publish(licensed))
