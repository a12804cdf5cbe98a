"""A corpus folder: what sources it holds, and their bytes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kb.errors import ChecksumError, ManifestError, SourceError, UnreadableSourceError
from kb.model import Finding, Source, SourceFile, slug
from kb.sources.detection import UNREAD, Detected, detect
from kb.sources.folders import candidates, told
from kb.sources.gathering import SavedPage, joined, saved_page, threads
from kb.sources.intake import checksum_of
from kb.sources.licences import default_publish
from kb.sources.manifest import MANIFEST, read_manifest
from kb.sources.paths import inside, path_errors, unsafe


@dataclass(frozen=True)
class Corpus:
    """The sources of one folder, in the manifest's order or sorted by path, and what was noticed on the way.

    A source whose file no reader takes has the shape "unread": `kb.ingest.ingest` raises `UnreadableSourceError` for it, as it
    may for any other, and the build makes that a finding and goes on.
    """

    root: Path
    sources: tuple[Source, ...]
    findings: tuple[Finding, ...] = ()


@path_errors()
def load_corpus(root: Path) -> Corpus:
    """The sources that `root`'s manifest lists, or, without one, those its files are; each file with its checksum.

    Every listed file is there, inside `root`, and the one the manifest describes when this returns. Raises `SourceError` and its
    children for a missing folder, a wrong manifest, an unsafe or missing path, a file that changed, two files whose ids would
    be alike; nothing else about a file's content is an error.
    """
    if not root.is_dir():
        what = "is a file, not a folder" if root.exists() else "no such folder"
        raise SourceError(f"{root}: {what}; give the corpus folder, or make a project with kb init", path=str(root))
    if (root / MANIFEST).is_file():
        sources = tuple(_verified(root, source) for source in read_manifest(root / MANIFEST))
        return Corpus(root, sources, (*_unlisted(root, sources), *_repeated(sources)))
    if (root / MANIFEST).exists():
        raise ManifestError(f"{MANIFEST}: is no file; move what is called so out of {root}", path=MANIFEST)
    return _discovered(root)


def _verified(root: Path, source: Source) -> Source:
    """The source with the checksums of its files, so that a build knows them again even where the manifest gives none."""
    sums = [checksum_of(data) for data in read_source(root, source)]
    files = tuple(SourceFile(file.path, checksum) for file, checksum in zip(source.files, sums, strict=True))
    return msgspec.structs.replace(source, files=files)


def read_source(root: Path, source: Source) -> list[bytes]:
    """The bytes of a source's files, in order.

    Raises `SourceError` for an unsafe or missing path and `ChecksumError` for a file that is not the one the manifest
    describes; a file without a checksum is taken as it is.
    """
    contents = []
    for file in source.files:
        data = _bytes(inside(root, file.path, source_id=source.id), file.path, source.id)
        found = checksum_of(data)
        if file.sha256 and file.sha256 != found:
            raise ChecksumError(file.path, source.id, expected=file.sha256, found=found)
        contents.append(data)
    return contents


def described(data: bytes, path: str, identifier: str) -> Source:
    """The entry that a file's bytes alone give; shape "unread" where no reader can make a document of it."""
    try:
        detected = detect(data, path)
    except UnreadableSourceError:
        detected = Detected(UNREAD, "critique")
    return source_as(detected, SourceFile(path, checksum_of(data)), identifier)


def source_as(detected: Detected, file: SourceFile, identifier: str) -> Source:
    """The entry of a file that was looked at."""
    source = Source(
        id=identifier,
        files=(file,),
        source_kind=detected.source_kind,
        shape=detected.shape,
        is_kind_guessed=detected.is_kind_guessed,
    )
    is_own = detected.shape == "digest"
    return msgspec.structs.replace(source, publish="full" if is_own else default_publish(source))


def _unlisted(root: Path, sources: tuple[Source, ...]) -> Iterator[Finding]:
    listed = {file.path for source in sources for file in source.files}
    for path, reason in candidates(root):
        name = path.relative_to(root).as_posix()
        if reason is None and name not in listed:
            message = f"{name} is in no entry of {MANIFEST}, so it was not read; list it with kb add {name}"
            yield Finding(code="I102", message=message, subject=name)


def _discovered(root: Path) -> Corpus:
    found: list[SavedPage] = []
    skipped: list[tuple[str, str]] = []
    for path, reason in candidates(root):
        name = path.relative_to(root).as_posix()
        cause = unsafe(name)
        if cause:
            raise SourceError(f"{name!r}: {cause}; rename it", path=name)
        if reason:
            skipped.append((name, reason))
            continue
        data = _bytes(inside(root, name), name, slug(path.stem))
        found.append(saved_page(described(data, name, slug(path.stem)), data))
    sources = tuple(joined(pages) for pages in threads(found))
    _check_ids(sources)
    passed_over = tuple(Finding(code="I101", message=line, subject=name) for name, line in told(skipped))
    return Corpus(root, sources, (*passed_over, *_repeated(sources)))


def _repeated(sources: Iterable[Source]) -> Iterator[Finding]:
    """Files that hold the same bytes: whatever they say would count twice."""
    first: dict[str, str] = {}
    for source in sources:
        for file in source.files if source.shape != UNREAD else ():
            other = first.setdefault(file.sha256, file.path)
            if other != file.path:
                message = f"{file.path} holds the same bytes as {other}, so its words count twice; remove one of them"
                yield Finding(code="W104", message=message, source_id=source.id, subject=file.path)


def _check_ids(sources: Iterable[Source]) -> None:
    names: dict[str, list[str]] = defaultdict(list)
    for source in sources:
        names[source.id].append(source.files[0].path)
    for identifier, paths in sorted(names.items()):
        if not identifier:
            raise SourceError(f"{paths[0]}: its name gives no id; rename it with letters or digits", path=paths[0])
        if len(paths) > 1:
            raise SourceError(
                f"{' and '.join(paths)} would both be the source {identifier!r}; rename one, or write a manifest with kb add",
                path=paths[1],
                source_id=identifier,
            )


def _bytes(path: Path, name: str, source_id: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(
            f"{name}: cannot be opened: {error.strerror}; check its permissions", path=name, source_id=source_id
        ) from error
