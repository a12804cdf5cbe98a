"""`kb show`: one source, record, passage, part or work, with its exact words, its place and what is linked to it."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli.paths import NamedPath
from kb.errors import UsageError
from kb.model import Source, encode

if TYPE_CHECKING:
    from kb.cli import described


@click.command("show")
@click.argument("identifier", required=False)
@click.option("--kb", "directory", type=NamedPath(), default=Path("build"), show_default=True, help="what kb build made")
@click.option("--structure", is_flag=True, help="for a source: the tree of its parts with their places, and what was lost")
@click.option("--json", "as_json", is_flag=True, help="write one JSON object: the thing and its links, or the tree")
def command(identifier: str | None, directory: Path, structure: bool, as_json: bool) -> None:
    """Show what has the id IDENTIFIER; without one, list the sources that are held."""
    from kb.cli import described  # noqa: PLC0415 - kb --help needs none of it
    from kb.store import open_generation  # noqa: PLC0415 - as above

    shown = described.Shown(open_generation(directory))
    if identifier is None:
        click.echo("\n".join(described.sources(shown)))
        return
    thing = find(shown, identifier)
    if structure:
        _show_structure(shown, thing, as_json=as_json)
    elif as_json:
        click.echo(encode({"id": thing.id, "thing": thing, "links": shown.links(thing.id)}))
    else:
        click.echo("\n".join(described.describe(shown, thing)))


def _show_structure(shown: described.Shown, thing: described.Thing, *, as_json: bool) -> None:
    from kb.cli import described  # noqa: PLC0415 - as above
    from kb.cli.structure import lines  # noqa: PLC0415 - as above

    if not isinstance(thing, Source):
        raise UsageError(f"--structure is for sources, and {thing.id!r} is none: leave it out")
    tree = described.structure(shown, thing)
    if as_json:
        click.echo(encode({"id": thing.id, "structure": tree}))
    else:
        click.echo("\n".join(lines(tree)) if tree else f"{thing.id}: {described.NOT_READ}")


def find(shown: described.Shown, identifier: str) -> described.Thing:
    """The thing with this id, or the one that answers for it now; raises `UsageError` with the nearest ids."""
    aliases = {alias.id: alias.target for alias in shown.knowledge.aliases}
    wanted = aliases.get(identifier, identifier)
    if wanted in shown.things:
        if wanted != identifier:
            click.echo(f"{identifier} is now {wanted}", err=True)
        return shown.things[wanted]
    near = get_close_matches(identifier, [*shown.things, *aliases], n=3)
    advice = f"did you mean {', '.join(near)}?" if near else "kb show lists the sources, and kb search finds ids by words"
    raise UsageError(f"nothing has the id {identifier!r}: {advice}")
