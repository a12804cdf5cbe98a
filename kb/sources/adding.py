"""Adding files to a corpus: looked at, understood from their own words, copied in and listed in the manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import tomlkit

from kb.errors import SourceError, UnreadableSourceError
from kb.model import SourceFile
from kb.sources.batch import Added, Batch, Read, stem_of
from kb.sources.corpus import load_corpus, source_as
from kb.sources.detection import UNREAD, detect
from kb.sources.entries import listed_files, opened_manifest
from kb.sources.folders import candidates, told
from kb.sources.gathering import SavedPage, saved_page, threads
from kb.sources.intake import Intake, checksum_of, put
from kb.sources.manifest import MANIFEST
from kb.sources.paths import path_errors

Progress = Callable[[str, int, int], None]
"""Called with a file's name, how many steps are done, and of how many: each file is looked at, then read."""

LARGEST = 128 * 1024 * 1024
"""Bytes. No reader takes more."""
BEGINNING = 1024 * 1024

__all__ = ["Added", "Adding", "Progress", "Read", "add"]


def silent(_name: str, _done: int, _of: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Adding:
    """What became of the paths: the sources they are now, what a person should know, and named files that nobody could read."""

    sources: tuple[Added, ...]
    notes: tuple[str, ...]
    unread: tuple[UnreadableSourceError, ...] = ()


@dataclass(frozen=True)
class _Given:
    """A file that was named, or that was found as `below` a folder that was."""

    path: Path
    below: str | None = None


@path_errors()
def add(
    corpus: Path,
    paths: Iterable[Path],
    read: Read,
    update: str | None = None,
    *,
    is_dry: bool = False,
    progress: Progress = silent,
) -> Adding:
    """Copy files into `corpus` and list each as a source; with `update`, make them the files of that source instead.

    Folders stand for the files below them. Saved pages of one thread are one source, in page order, also with those that were
    added before. What a person wrote in the manifest, comments included, stays as it is: checksums are set and what is missing
    or "unknown" is filled in. A file that is listed already, or has the bytes of one that is, is left alone. Everything is read
    before anything is written, and nothing is written where `is_dry`.

    A file that cannot be read is left out: in a folder it is a note, named itself it is in `unread`. Raises `SourceError`, with
    nothing written, for what is missing or unsafe, for names that another file has, and where no named file could be read.
    """
    if corpus.exists() and not corpus.is_dir():
        raise SourceError(f"{corpus}: is no folder; give the corpus folder", path=str(corpus))
    notes: list[str] = []
    files = list(_files([_found(path, corpus) for path in paths], notes))
    if not files:
        raise SourceError("nothing to add: the paths hold no file that could be a source")
    batch = _batch(corpus, read, notes)
    unread: list[UnreadableSourceError] = []
    made = (_updated(batch, files, update),) if update else tuple(_listed(batch, files, unread, progress))
    if unread and not made:
        raise unread[0]
    if made and not is_dry:
        corpus.mkdir(parents=True, exist_ok=True)
        batch.intake.write()
        put(corpus / MANIFEST, tomlkit.dumps(batch.manifest).encode("utf-8"))
    return Adding(made, tuple(notes), tuple(unread))


def _found(path: Path, corpus: Path) -> Path:
    """The path, or the one below the corpus that messages about its files name."""
    is_below = not path.exists() and not path.is_absolute() and (corpus / path).exists()
    return corpus / path if is_below else path


def _files(paths: Iterable[Path], notes: list[str]) -> Iterator[_Given]:
    for path in paths:
        if path.is_dir():
            below = [(file, file.relative_to(path).as_posix(), reason) for file, reason in candidates(path)]
            notes += [line for _, line in told((Path(name).name, reason) for _, name, reason in below if reason)]
            yield from (_Given(file, name) for file, name, reason in below if not reason)
        elif path.is_file():
            yield _Given(path)
        else:
            raise SourceError(f"{path}: no such file; check the path", path=str(path))


def _batch(corpus: Path, read: Read, notes: list[str]) -> Batch:
    """A batch with the manifest to write to: the one there is, or one that lists what the folder holds so far."""
    manifest = opened_manifest(corpus)
    batch = Batch(Intake(corpus), manifest or tomlkit.document(), read, notes)
    for source in load_corpus(corpus).sources if manifest is None and corpus.is_dir() else ():
        if source.shape == UNREAD:
            continue
        try:
            batch.enter(source)
        except UnreadableSourceError as error:
            notes.append(f"{error}; it was not listed")
    return batch


def _listed(batch: Batch, files: Sequence[_Given], unread: list[UnreadableSourceError], progress: Progress) -> Iterator[Added]:
    coming: dict[str, SavedPage] = {}
    named: set[str] = set()
    for number, given in enumerate(files):
        progress(given.path.name, number, 2 * len(files))
        try:
            page = _looked_at(batch, given)
        except SourceError as error:
            _refuse(batch, error, unread, is_named=given.below is None)
            continue
        if page:
            coming.setdefault(page.file.path, page)
            named |= {page.file.path} if given.below is None else set()
    left = len(coming)
    for pages in threads(coming.values()):
        progress(pages[0].file.path, 2 * len(files) - left, 2 * len(files))
        yield from _settled(batch, pages, named, unread)
        left -= len(pages)


def _settled(batch: Batch, pages: list[SavedPage], named: set[str], unread: list[UnreadableSourceError]) -> Iterator[Added]:
    """The source that the pages are; where one cannot be read, that of the others."""
    left = pages
    while left:
        try:
            added = batch.settle(left)
        except UnreadableSourceError as error:
            refused = [page for page in left if page.file.path == error.path] or left
            _refuse(batch, error, unread, is_named=any(page.file.path in named for page in refused))
            for page in refused:
                del batch.intake.planned[page.file.path]
            left = [page for page in left if page not in refused]
        else:
            yield added
            return


def _refuse(batch: Batch, error: SourceError, unread: list[UnreadableSourceError], *, is_named: bool) -> None:
    """Say why a file is left out; raise what is wrong with one that was named, but for what it holds."""
    if not is_named:
        batch.notes.append(str(error))
    elif isinstance(error, UnreadableSourceError):
        unread.append(error)
    else:
        raise error


def _looked_at(batch: Batch, given: _Given) -> SavedPage | None:
    """A file as the source it would be alone; None for one that is left out, which is told.

    Raises `UnreadableSourceError` for a format that no reader takes, and `SourceError` for a named file that cannot be taken in.
    """
    data = _read(given.path)
    checksum = checksum_of(data)
    detected = detect(data, given.path.name)
    target = batch.intake.place(given.path)
    if given.below and batch.intake.is_taken(target, checksum):
        target = given.below
    twin = batch.twin(target, checksum)
    if twin:
        batch.notes.append(f"{target} holds the same bytes as {twin}; it was not added again")
        return None
    batch.intake.take(given.path, checksum, target)
    return saved_page(source_as(detected, SourceFile(target, checksum), stem_of(target)), data)


def _read(path: Path) -> bytes:
    """A file's bytes; of one too large to be a source only its beginning is looked at, and it is refused by its name."""
    size = path.stat().st_size
    if size <= LARGEST:
        return path.read_bytes()
    with path.open("rb") as opened:
        detect(opened.read(BEGINNING), path.name)
    raise UnreadableSourceError(path.name, "add", f"it is larger than {LARGEST // 1024 // 1024} MB; split it")


def _updated(batch: Batch, files: Sequence[_Given], update: str) -> Added:
    entry = batch.entry(update)
    if entry is None:
        raise SourceError(f"{update}: the manifest has no such source; add it first, without --update", source_id=update)
    held = list(listed_files(entry))
    names = held if len(held) == len(files) else [None] * len(files)
    targets = [
        batch.intake.take(given.path, checksum_of(given.path.read_bytes()), name, may_replace=True)
        for given, name in zip(files, names, strict=True)
    ]
    _refuse_shared(batch, targets, update)
    batch.notes += [f"{name} is no longer listed; remove it if nothing needs it" for name in held if name not in targets]
    shapes = sorted({detect(batch.intake.read(target), target).shape for target in targets} - {str(entry["shape"])})
    if shapes:
        batch.notes.append(f"it looks like {', '.join(shapes)}; the manifest's shape was kept")
    return batch.replace(entry, [batch.intake.file(target) for target in targets])


def _refuse_shared(batch: Batch, targets: Sequence[str], update: str) -> None:
    """A file belongs to one source, once."""
    for number, target in enumerate(targets):
        owner = update if target in targets[:number] else batch.owner(target)
        if owner and (owner != update or target in targets[:number]):
            raise SourceError(f"{target}: already a file of the source {owner!r}; rename the file", path=target)
