"""`kb export`: records or annotations to a file."""

from __future__ import annotations

from pathlib import Path

import click

from kb.cli.paths import NamedPath
from kb.export import EXPORTERS, exporter, write_text
from kb.store import open_generation

STDOUT = Path("-")


@click.command("export")
@click.argument("what", metavar="WHAT", type=click.Choice(tuple(EXPORTERS)))
@click.option("--out", type=NamedPath(), required=True, help="file to write; - is standard output")
@click.option("--format", "wanted", metavar="FORMAT", help="json or csv; default: what the file's name ends in, else json")
@click.option("--kb", "directory", type=NamedPath(), default=Path("build"), show_default=True, help="what kb build made")
@click.option("--quiet", is_flag=True, help="say nothing but errors")
def command(what: str, out: Path, wanted: str | None, directory: Path, quiet: bool) -> None:
    """Write WHAT to a file: records or annotations.

    \b
    records      what may be published, as json or csv
    annotations  everything, as JSON Lines: private, never put it on the web
    """
    make = exporter(what, out, wanted)
    text = make(open_generation(directory))
    if out == STDOUT:
        click.echo(text.encode("utf-8"), nl=False)
        return
    write_text(out, text)
    if not quiet:
        private = " It is private and complete: do not publish it." if what == "annotations" else ""
        click.echo(f"Wrote {out}.{private}", err=True)
