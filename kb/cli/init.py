"""`kb init`: a new project."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from kb.cli.paths import NamedPath
from kb.publish.project import make_project


@click.command("init")
@click.argument("directory", type=NamedPath(), default=Path(), metavar="DIR")
@click.option("--quiet", is_flag=True, help="say nothing but errors")
def command(directory: Path, quiet: bool) -> None:
    """Make a project in DIR (default: here): corpus, site and conf.py.

    What stands there already is never overwritten.
    """
    make_project(directory)
    if not quiet:
        click.echo("\n".join(next_steps(directory)))


def next_steps(directory: Path) -> list[str]:
    """What was made, and the commands to type now."""
    enter = [] if directory == Path() else [f"  cd {shlex.quote(str(directory))}"]
    return [
        f"Made a project in {directory}:",
        "  corpus/   the sources, listed in manifest.toml",
        "  site/     pages of your own; index.md is the home page",
        "  conf.py   the title of the site",
        "Next:",
        *enter,
        "  kb add FILE...   copy sources into the corpus",
        "  kb build         make the knowledge base, the index and the site",
    ]
