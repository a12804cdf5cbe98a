"""`kb eval`: scores of the records against gold annotations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from kb.cli.paths import NamedPath
from kb.errors import UsageError
from kb.evaluate.matching import MATCHES
from kb.evaluate.report import as_json, table, wrong
from kb.evaluate.scores import add_up, read_and_score
from kb.store import open_generation

TYPE = click.Choice(tuple(MATCHES))


@click.command("eval")
@click.argument("gold", nargs=-1, required=True, type=NamedPath())
@click.option("--kb", "directory", type=NamedPath(), default=Path("build"), show_default=True, help="what kb build made")
@click.option("--misses", metavar="TYPE", type=TYPE, help="list what was not found of this type")
@click.option("--false", "false_of", metavar="TYPE", type=TYPE, help="list what was found of this type and is in no gold")
@click.option("--json", "is_json", is_flag=True, help="numbers as JSON")
def command(gold: tuple[Path, ...], directory: Path, misses: str | None, false_of: str | None, is_json: bool) -> None:
    """Score what kb build found against GOLD: files of hand-made annotations, or folders of *.gold.jsonl.

    Precision, recall and F1 for each type. Types: entry, quotation, link, definition, claim, claim+kind, figure, reference,
    citation, condition, classification.
    """
    results = list(read_and_score(open_generation(directory), gold_files(gold)))
    for golden, scores, _ in results:
        missed = wrong(scores, misses, "missed", golden.coverage.file) if misses else ()
        false = wrong(scores, false_of, "false", golden.coverage.file) if false_of else ()
        for line in (*missed, *false):
            click.echo(line)
    total = add_up([scores for _, scores, _ in results])
    nothing = add_up([scores for _, _, scores in results])
    click.echo(as_json(total) if is_json else "\n".join(table(total, nothing)))


def gold_files(paths: Sequence[Path]) -> list[Path]:
    """The files meant by `paths`, those of a folder sorted. Raises `UsageError` for a folder without gold files."""
    files: list[Path] = []
    for path in paths:
        inside = sorted(path.glob("*.gold.jsonl")) if path.is_dir() else [path]
        if not inside:
            raise UsageError(f"{path}: no *.gold.jsonl in this folder")
        files += inside
    return files
