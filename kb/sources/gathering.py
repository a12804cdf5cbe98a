"""Saved pages of one thread are one source: which belong together, and in what order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

import msgspec

from kb.model import Source, SourceFile
from kb.sources.threads import thread_of

THREAD_SHAPES = frozenset({"xenforo-html", "forum-html"})
"""Shapes whose files may be pages of one thread."""


@dataclass(frozen=True)
class SavedPage:
    """One file with the source it would be alone; `key` is equal for pages of one thread, None where it is no page of one."""

    source: Source
    key: tuple[str, str] | None = None
    number: int = 1

    @property
    def file(self) -> SourceFile:
        """Its path below the corpus and its checksum."""
        return self.source.files[0]


def saved_page(source: Source, data: bytes) -> SavedPage:
    """What a file's bytes say about the thread it is a page of."""
    thread = thread_of(data) if source.shape in THREAD_SHAPES else None
    return SavedPage(source, (source.shape, thread.key), thread.page) if thread else SavedPage(source)


def threads(pages: Iterable[SavedPage]) -> list[list[SavedPage]]:
    """Pages of one thread together, in page order; groups in the order of the first file of each."""
    groups: dict[object, list[SavedPage]] = {}
    for page in pages:
        groups.setdefault(page.key or page.file.path, []).append(page)
    return [in_order(group) for group in groups.values()]


def in_order(pages: Iterable[SavedPage]) -> list[SavedPage]:
    """By page number; two files of one page by their paths."""
    return sorted(pages, key=lambda page: (page.number, PurePosixPath(page.file.path)))


def joined(pages: list[SavedPage]) -> Source:
    """The source of all files of a thread: the first page's, with every file."""
    return msgspec.structs.replace(pages[0].source, files=tuple(page.file for page in pages))
