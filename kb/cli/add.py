"""`kb add`: bring files into the corpus."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.paths import NamedPath

if TYPE_CHECKING:
    from kb.sources.adding import Added


@click.command("add")
@click.argument("paths", nargs=-1, required=True, type=NamedPath(), metavar="PATH...")
@click.option("--corpus", default="corpus", show_default=True, type=NamedPath(), help="The folder of sources.")
@click.option("--update", metavar="ID", help="Make PATH the file of this source, keeping what people wrote about it.")
def command(paths: tuple[Path, ...], corpus: Path, update: str | None) -> None:
    """Copy files into the corpus, list them in its manifest and say what they were understood to be.

    A folder stands for the files in it. What a file does not state is written as "unknown", for a person to fill in.
    """
    from kb.reading import reader  # noqa: PLC0415 - readers and tomlkit load only when this verb runs
    from kb.sources.adding import add  # noqa: PLC0415

    with reader() as read:
        adding = add(corpus, paths, read, update)
    for added in adding.sources:
        click.echo(_line(added, update))
    for note in adding.notes:
        click.echo(f"note: {note}", err=True)


def _line(added: Added, update: str | None) -> str:
    """What is now known of one source."""
    source, document = added.source, added.document
    done = "added" if added.is_new else "updated" if update else "already there"
    parts = Counter(part.kind for part in document.parts)
    counts = ", ".join(f"{number} {kind}" for kind, number in sorted(parts.items()))
    title = f' "{document.title}"' if document.title else " (no title found)"
    read = f"{source.source_kind}, read as {source.shape}:{title}; {counts or 'no parts'}; {len(document.passages)} passages"
    return f"{source.id}: {done}; {read}"
