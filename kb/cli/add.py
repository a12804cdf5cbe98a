"""`kb add`: bring files into the corpus."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.paths import NamedPath
from kb.errors import SourceError

if TYPE_CHECKING:
    from kb.sources.adding import Adding, Progress


@click.command("add")
@click.argument("paths", nargs=-1, required=True, type=NamedPath(), metavar="PATH...")
@click.option("--corpus", default="corpus", show_default=True, type=NamedPath(), help="The folder of sources.")
@click.option("--update", metavar="ID", help="Make PATH the file of this source, keeping what people wrote about it.")
@click.option("--dry-run", is_flag=True, help="Show what would be added, and write nothing.")
def command(paths: tuple[Path, ...], corpus: Path, update: str | None, dry_run: bool) -> None:
    """Copy files into the corpus, list them in its manifest and say what they were understood to be.

    A folder stands for the files in it; saved pages of one thread become one source. What a file does not state is written as
    "unknown", for a person to fill in. Files that cannot be read are named and the others added; the exit code is 3 where one
    of them was named on the command line.
    """
    from kb.cli.understood import block, hint  # noqa: PLC0415 - readers and tomlkit load only when this verb runs
    from kb.reading import reader  # noqa: PLC0415 - as above
    from kb.sources.adding import add  # noqa: PLC0415 - as above
    from kb.sources.manifest import MANIFEST  # noqa: PLC0415 - as above

    with reader() as read, shown_progress() as progress:
        adding = add(corpus, paths, read, update, is_dry=dry_run, progress=progress)
    for added in adding.sources:
        click.echo("\n".join(block(added, is_dry=dry_run)))
    for note in adding.notes:
        click.echo(f"note: {note}", err=True)
    unknown = sum(bool(added.unknown) for added in adding.sources)
    if unknown and not dry_run:
        click.echo(f"note: {hint(unknown, str(corpus / MANIFEST))}", err=True)
    _refuse_unread(adding)


def _refuse_unread(adding: Adding) -> None:
    """End with exit code 3 where a file that was named could not be read."""
    if len(adding.unread) == 1:
        raise adding.unread[0]
    for error in adding.unread:
        click.echo(f"note: {error}", err=True)
    if adding.unread:
        raise SourceError(f"{len(adding.unread)} of the files could not be read; the others were added")


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """A bar on a terminal's standard error, nothing elsewhere."""
    from kb.sources.adding import silent  # noqa: PLC0415 - kb --help needs none of it

    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console  # noqa: PLC0415 - half the start-up time, and only for terminals
    from rich.progress import Progress as Bar  # noqa: PLC0415 - as above

    with Bar(console=Console(stderr=True), transient=True) as bar:
        yield _mover(bar.update, bar.add_task("looking", total=1))


def _mover(update: Callable[..., None], task: int) -> Progress:
    def move(name: str, done: int, of: int) -> None:
        update(task, description=name, completed=done, total=of)

    return move
