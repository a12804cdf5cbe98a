"""One generation of what a build makes, put in place whole or not at all.

A build writes `kb.sqlite`, `index/` and `site/` into `DIR/.next`. `put_in_place` then writes and syncs a journal with the
generation's hash, renames the three into place, and removes the journal. A build killed before the journal stands leaves
the last generation untouched; one killed after it is finished by the next command that opens the folder (`roll_forward`).
Each of the three carries the hash, so that a reader who catches two generations at once notices and tries again.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

import msgspec

from kb.errors import StoreError
from kb.model import KnowledgeBase
from kb.store.database import read_knowledge, stored_generation

DATABASE, INDEX, SITE = "kb.sqlite", "index", "site"
PRODUCTS = (DATABASE, INDEX, SITE)
NEXT, OLD, JOURNAL, LOCK = ".next", ".old", ".journal.json", ".lock"
STAMP = "generation.txt"
"""The file in `index/` and `site/` that holds the generation's hash."""
RETRIES, PAUSE = 20, 0.05


class Journal(msgspec.Struct, frozen=True):
    """What is being put in place."""

    generation: str
    products: tuple[str, ...]


def stamp(directory: Path, generation: str) -> None:
    """Mark a product folder as belonging to `generation`."""
    (directory / STAMP).write_text(f"{generation}\n", encoding="ascii", newline="\n")


def current_generation(out: Path) -> str | None:
    """The generation that stands whole in `out`, or None: nothing built, or pieces of two."""
    marks: set[str] = set()
    with suppress(StoreError, OSError, UnicodeDecodeError):
        stamped = [(out / name / STAMP).read_text("ascii").strip() for name in (INDEX, SITE)]
        marks = {stored_generation(out / DATABASE), *stamped}
    return marks.pop() if len(marks) == 1 else None


def put_in_place(out: Path, generation: str) -> None:
    """Make what stands in `out/.next` the current generation. The caller holds the lock."""
    missing = [name for name in PRODUCTS if not (out / NEXT / name).exists()]
    if missing:
        raise StoreError(f"{out / NEXT} is incomplete ({', '.join(missing)} missing): run kb build again")
    _sync_tree(out / NEXT)
    journal = out / JOURNAL
    draft = journal.with_suffix(".tmp")
    with draft.open("wb") as file:
        file.write(msgspec.json.encode(Journal(generation, PRODUCTS)))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(journal)
    _sync(out)
    _finish(out)


def roll_forward(out: Path) -> bool:
    """Finish a swap that was cut short; True when there was one. Waits for a running build to end its own."""
    with _writing(out):
        if not (out / JOURNAL).exists():
            return False
    with locked(out):
        if not (out / JOURNAL).exists():
            return False
        _finish(out)
    return True


def _finish(out: Path) -> None:
    """Rename each product into place; every step may be repeated after a kill."""
    try:
        journal = msgspec.json.decode((out / JOURNAL).read_bytes(), type=Journal)
    except msgspec.DecodeError as error:
        raise StoreError(f"{out / JOURNAL} is damaged ({error}): delete it and run kb build") from error
    (out / OLD).mkdir(exist_ok=True)
    for name in journal.products:
        fresh, place, old = out / NEXT / name, out / name, out / OLD / name
        if not fresh.exists():
            continue  # renamed before the kill
        if place.exists():
            _remove(old)
            place.rename(old)
        fresh.rename(place)
    _sync(out)
    (out / JOURNAL).unlink()
    _sync(out)
    _remove(out / OLD)
    _remove(out / NEXT)


@contextmanager
def fresh_folder(out: Path) -> Iterator[Path]:
    """An empty `out/.next` to build into, under the lock; removed again when the build fails.

    Raises `StoreError` where `out` cannot be written to, or holds something in a product's place that no build made.
    """
    with _writing(out):
        out.mkdir(parents=True, exist_ok=True)
    with locked(out):
        if (out / JOURNAL).exists():
            _finish(out)
        _refuse_foreign(out)
        _remove(out / NEXT)
        _remove(out / OLD)
        (out / NEXT).mkdir()
        try:
            yield out / NEXT
        finally:
            _remove(out / NEXT)


def clear_leftovers(out: Path) -> None:
    """Remove what a build killed right before its end left beside a whole generation."""
    if (out / NEXT).exists() or (out / OLD).exists():
        with fresh_folder(out):
            pass  # entering and leaving removes both


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold `out` against other builds; a second one waits for no one and is told so.

    The lock is the operating system's and ends with the process, so a kill leaves none behind. Where the platform has no
    `fcntl`, two builds into one folder are the user's to avoid.
    """
    with _writing(out), (out / LOCK).open("w") as file:
        _acquire(file, out)
        yield


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    """What the operating system says against writing below `out`, as a `StoreError`."""
    try:
        yield
    except OSError as error:
        place, cause = error.filename or out, error.strerror or error
        raise StoreError(f"{place}: cannot be written: {cause}; is {str(out)!r} a folder you may write to?") from error


def _refuse_foreign(out: Path) -> None:
    """A build replaces what stands in the place of its products, so nothing may stand there that it did not make."""
    foreign = [out / DATABASE] if (out / DATABASE).is_dir() else []
    for folder in (out / INDEX, out / SITE):
        is_empty = folder.is_dir() and not sorted(folder.iterdir())
        if folder.exists() and not is_empty and not (folder / STAMP).is_file():
            foreign.append(folder)
    if foreign:
        raise StoreError(f"{foreign[0]} is nothing that kb built: move it away, or build with --out elsewhere")


def _acquire(file: TextIO, out: Path) -> None:
    with suppress(ImportError):
        import fcntl  # noqa: PLC0415 - absent on Windows

        for _attempt in range(RETRIES):
            with suppress(OSError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            time.sleep(PAUSE)
        raise StoreError(f"another kb is writing to {out}: wait until it ends, or build with --out elsewhere")


def open_generation(out: Path) -> KnowledgeBase:
    """The whole knowledge base of the generation that stands in `out`.

    Rolls an unfinished swap forward first. Raises `StoreError` where nothing was built, or where the three products belong
    to different generations and go on doing so.
    """
    whole_generation(out)
    return read_knowledge(out / DATABASE)


def whole_generation(out: Path) -> str:
    """The hash of the generation in `out`; waits a moment for a swap under way. Raises `StoreError` where there is none whole."""
    for _attempt in range(RETRIES):
        roll_forward(out)
        generation = current_generation(out)
        if generation is not None:
            return generation
        if (out / DATABASE).exists():
            stored_generation(out / DATABASE)  # says what is wrong with the database, where it is that
        elif not (out / JOURNAL).exists():
            break
        time.sleep(PAUSE)
    if not (out / DATABASE).exists():
        raise StoreError(f"no knowledge base in {out}: run kb build, or say where it is with --kb DIR")
    raise StoreError(f"{out} holds pieces of different builds: run kb build again")


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _sync(directory: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_tree(directory: Path) -> None:
    if os.name == "posix":
        os.sync()
    _sync(directory)
