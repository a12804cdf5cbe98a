"""Adding files to a corpus: copied in, described from their own words, listed in the manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import tomlkit
from tomlkit.items import AoT, Table
from tomlkit.toml_document import TOMLDocument

from kb.errors import SourceError, UnreadableSourceError
from kb.model import Document, Source, SourceFile, slug
from kb.sources.corpus import candidates, described, load_corpus, read_source
from kb.sources.detection import UNREAD, detect
from kb.sources.manifest import MANIFEST, UNKNOWN, read_manifest
from kb.sources.paths import path_errors, unsafe

Read = Callable[[Sequence[bytes], Source], Document]
"""`kb.ingest.ingest`, handed in because this room stands below that one."""

SEEN = ("title", "publisher", "date", "url", "licence")
"""Fields written for every new source: what its file states, else "unknown" for a person to fill in."""


@dataclass(frozen=True)
class Added:
    """One source as it now stands in the manifest, and what its reader made of it."""

    source: Source
    document: Document
    is_new: bool


@dataclass(frozen=True)
class Adding:
    """What became of the paths: the sources they are now, and what a person should know."""

    sources: tuple[Added, ...]
    notes: tuple[str, ...]


@dataclass
class Intake:
    """Files on their way into a corpus: where each goes, and what was passed over."""

    root: Path
    notes: list[str] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)

    def take(self, path: Path, name: str | None = None, *, may_replace: bool = False) -> str:
        """Plan to put a file into the corpus and give its path there; nothing is written yet."""
        data = path.read_bytes()
        resolved, root = path.resolve(), self.root.resolve()
        target = name or (resolved.relative_to(root).as_posix() if resolved.is_relative_to(root) else path.name)
        cause = unsafe(target)
        if cause:
            raise SourceError(f"{target!r}: {cause}; rename the file", path=target)
        there = self.root / target
        if there.is_dir() or target == MANIFEST:
            raise SourceError(f"{target}: the corpus keeps something else under this name; rename the file", path=target)
        held = self.contents.get(target, there.read_bytes() if there.is_file() else data)
        if held != data and not may_replace:
            raise SourceError(
                f"{target}: the corpus has another file of this name; rename yours, or use --update ID", path=target
            )
        self.contents[target] = data
        return target

    def write(self) -> None:
        """Put the planned files in place."""
        for name, data in self.contents.items():
            target = self.root / name
            if not target.is_file() or target.read_bytes() != data:
                _replace(target, data)


@path_errors()
def add(corpus: Path, paths: Iterable[Path], read: Read, update: str | None = None) -> Adding:
    """Copy files into `corpus` and list each as a source; with `update`, make them the files of that source instead.

    Folders stand for the files below them. What a person wrote in the manifest, comments included, stays as it is: an update
    sets checksums and fills in only what is missing or "unknown". A file that is listed already is left alone. Everything is
    read before anything is written. Raises `SourceError` for what is missing, unsafe, alike or unreadable.
    """
    if corpus.exists() and not corpus.is_dir():
        raise SourceError(f"{corpus}: is no folder; give the corpus folder", path=str(corpus))
    intake = Intake(corpus)
    files = list(_files([_found(path, corpus) for path in paths], intake.notes))
    if not files:
        raise SourceError("nothing to add: the paths hold no file that could be a source")
    manifest = _manifest(corpus, read)
    made = (_updated(intake, manifest, files, update, read),) if update else tuple(_listed(intake, manifest, files, read))
    corpus.mkdir(parents=True, exist_ok=True)
    intake.write()
    _replace(corpus / MANIFEST, tomlkit.dumps(manifest).encode("utf-8"))
    return Adding(made, tuple(intake.notes))


def _found(path: Path, corpus: Path) -> Path:
    """The path, or the one below the corpus that messages about its files name."""
    is_below = not path.exists() and not path.is_absolute() and (corpus / path).exists()
    return corpus / path if is_below else path


def _files(paths: Iterable[Path], notes: list[str]) -> Iterable[tuple[Path, bool]]:
    """Each file with whether it was named itself, not found in a folder."""
    for path in paths:
        if path.is_dir():
            below = list(candidates(path))
            notes += [f"{file.name} was skipped: {reason}" for file, reason in below if reason]
            yield from ((file, False) for file, reason in below if not reason)
        elif path.is_file():
            yield path, True
        else:
            raise SourceError(f"{path}: no such file; check the path", path=str(path))


def _manifest(corpus: Path, read: Read) -> TOMLDocument:
    """The manifest to write to: the one there is, or one that lists what the folder holds so far."""
    path = corpus / MANIFEST
    if path.is_file():
        read_manifest(path)
        return tomlkit.parse(path.read_text(encoding="utf-8-sig"))
    manifest = tomlkit.document()
    for source in load_corpus(corpus).sources if corpus.is_dir() else ():
        if source.shape != UNREAD:
            _append(manifest, _entry(source, read(read_source(corpus, source), source)))
    return manifest


def _entries(manifest: TOMLDocument) -> list[Table]:
    entries = manifest.get("source")
    return list(entries) if isinstance(entries, AoT) else []


def _listed_files(entry: Table) -> dict[str, str]:
    """Checksum by path of an entry's files, in their order; "" where it gives a path alone."""
    files = entry["files"]
    tables = [{"path": file} if isinstance(file, str) else file for file in (files if isinstance(files, list) else [files])]
    return {str(file["path"]): str(file.get("sha256", "")) for file in tables}


def _append(manifest: TOMLDocument, entry: Table) -> None:
    if not isinstance(manifest.get("source"), AoT):
        manifest["source"] = tomlkit.aot()
    sources = manifest["source"]
    if isinstance(sources, AoT):
        sources.append(entry)


def _listed(intake: Intake, manifest: TOMLDocument, files: Iterable[tuple[Path, bool]], read: Read) -> Iterable[Added]:
    for path, is_named in files:
        data = path.read_bytes()
        try:
            detect(data, path.name)
        except UnreadableSourceError as error:
            if is_named:
                raise
            intake.notes.append(str(error))
            continue
        name = intake.take(path)
        source = described(data, name, _identifier(manifest, name, data))
        document = read([data], source)
        is_new = source.id not in [str(entry.get("id")) for entry in _entries(manifest)]
        if is_new:
            _append(manifest, _entry(source, document))
        yield Added(source, document, is_new)


def _identifier(manifest: TOMLDocument, name: str, data: bytes) -> str:
    """The id for a file: the one it has in the manifest, else its stem's; raises `SourceError` where another has that."""
    checksum = hashlib.sha256(data).hexdigest()
    identifier = slug(Path(name).stem)
    for entry in _entries(manifest):
        if _listed_files(entry).get(name) in {"", checksum}:
            return str(entry["id"])
        if entry.get("id") == identifier:
            raise SourceError(
                f"{name}: the id {identifier!r} is another source's; rename the file, or use --update {identifier}",
                source_id=identifier,
            )
    if not identifier:
        raise SourceError(f"{name}: its name gives no id; rename it with letters or digits", path=name)
    return identifier


def _updated(intake: Intake, manifest: TOMLDocument, files: list[tuple[Path, bool]], update: str, read: Read) -> Added:
    entry = next((entry for entry in _entries(manifest) if entry.get("id") == update), None)
    if entry is None:
        raise SourceError(f"{update}: the manifest has no such source; add it first, without --update", source_id=update)
    held = list(_listed_files(entry))
    names = held if len(held) == len(files) else [None] * len(files)
    targets = [intake.take(path, name, may_replace=True) for (path, _), name in zip(files, names, strict=True)]
    _refuse_shared(targets, manifest, update)
    contents = [intake.contents[target] for target in targets]
    intake.notes += [f"{name} is no longer listed; remove it if nothing needs it" for name in held if name not in targets]
    shapes = sorted({detect(data, target).shape for data, target in zip(contents, targets, strict=True)} - {str(entry["shape"])})
    if shapes:
        intake.notes.append(f"the words look like {', '.join(shapes)}; the manifest's shape was kept")
    source = Source(
        id=update,
        files=tuple(_source_file(target, data) for target, data in zip(targets, contents, strict=True)),
        source_kind=entry["kind"],
        shape=str(entry["shape"]),
    )
    document = read(contents, source)
    entry["files"] = _file_list(source.files)
    for key, value in _seen(document).items():
        if entry.get(key, UNKNOWN) == UNKNOWN:
            entry[key] = value
    return Added(source, document, is_new=False)


def _refuse_shared(targets: Sequence[str], manifest: TOMLDocument, update: str) -> None:
    """A file belongs to one source, once."""
    others = (entry for entry in _entries(manifest) if entry["id"] != update)
    taken = {path: entry["id"] for entry in others for path in _listed_files(entry)}
    for number, target in enumerate(targets):
        owner = update if target in targets[:number] else taken.get(target)
        if owner:
            raise SourceError(f"{target}: already a file of the source {owner!r}; rename the file", path=target)


def _entry(source: Source, document: Document) -> Table:
    entry = tomlkit.table()
    entry["id"] = source.id
    entry["files"] = _file_list(source.files)
    entry["kind"] = source.source_kind
    if source.shape == "digest":
        entry["kind"].comment("the kind of what it restates: correct it, and add digest_of")
    entry["shape"] = source.shape
    for key, value in _seen(document).items():
        entry[key] = value
    return entry


def _seen(document: Document) -> dict[str, str]:
    stated = {
        "title": document.title,
        "publisher": document.publisher,
        "date": document.date.value if document.date else None,
    }
    return {key: stated.get(key) or UNKNOWN for key in SEEN}


def _source_file(name: str, data: bytes) -> SourceFile:
    return SourceFile(name, hashlib.sha256(data).hexdigest())


def _file_list(files: Iterable[SourceFile]) -> tomlkit.items.Array:
    array = tomlkit.array()
    for file in files:
        table = tomlkit.inline_table()
        table.update({"path": file.path, "sha256": file.sha256})
        array.append(table)
    return array


def _replace(target: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.write_bytes(data)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
