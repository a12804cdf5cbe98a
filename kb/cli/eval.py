"""`kb eval`: scores of the records against gold annotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import click

from kb.cli.paths import NamedPath
from kb.errors import UsageError
from kb.evaluate.matching import MATCHES
from kb.evaluate.report import by_source, confidence, confused, rules, silent, table, wrong
from kb.evaluate.scores import Scored, add_up, read_and_score
from kb.evaluate.summary import as_json, summary
from kb.store import open_generation

TYPE = click.Choice(tuple(MATCHES))
EVALUATION = Path("site/evaluation.json")


@click.command("eval")
@click.argument("gold", nargs=-1, required=True, type=NamedPath())
@click.option("--kb", "directory", type=NamedPath(), default=Path("build"), show_default=True, help="what kb build made")
@click.option("--misses", metavar="TYPE", type=TYPE, help="list what was not found of this type")
@click.option("--false", "false_of", metavar="TYPE", type=TYPE, help="list what was found of this type and is in no gold")
@click.option("--rules", "form", flag_value="rules", help="list every rule, how often it fired and was right")
@click.option("--json", "form", flag_value="json", help="numbers as JSON")
@click.option(
    "--save",
    metavar="FILE",
    type=NamedPath(),
    is_flag=False,
    flag_value=EVALUATION,
    help=f"keep the numbers in FILE, {EVALUATION.as_posix()} without one: the next build shows them on the evaluation page",
)
def command(
    gold: tuple[Path, ...],
    directory: Path,
    misses: str | None,
    false_of: str | None,
    form: Literal["rules", "json"] | None,
    save: Path | None,
) -> None:
    """Score what kb build found against GOLD: files of hand-made annotations, or folders of *.gold.jsonl.

    Precision, recall and F1 for each type, with the 95 % bootstrap interval; then by source, which claim kinds were taken for
    others, and whether confidence can be relied on. Types: entry, quotation, link, definition, claim, claim+kind, figure,
    reference, citation, condition, classification.
    """
    results = list(read_and_score(open_generation(directory), gold_files(gold)))
    for result in results:
        missed = wrong(result, misses, "missed") if misses else ()
        false = wrong(result, false_of, "false") if false_of else ()
        for line in (*missed, *false):
            click.echo(line)
    if save:
        _save(save, as_json(summary(results)))
    if form == "json":
        click.echo(as_json(summary(results)), nl=False)
        return
    for line in _report(results, with_rules=form == "rules"):
        click.echo(line)


def _report(results: Sequence[Scored], *, with_rules: bool) -> Iterator[str]:
    total = add_up([result.scores for result in results])
    yield from table(total, add_up([result.nothing for result in results]))
    yield from by_source(results)
    yield from confused(total)
    yield from confidence(total)
    if with_rules:
        yield from rules(total)
        yield from silent(total)


def _save(path: Path, numbers: str) -> None:
    try:
        path.write_text(numbers, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(
            f"{str(path)!r} cannot be written: {error.strerror}; give --save a file in a folder that exists"
        ) from error
    click.echo(f"saved {path}", err=True)


def gold_files(paths: Sequence[Path]) -> list[Path]:
    """The files meant by `paths`, those of a folder sorted. Raises `UsageError` for a folder without gold files."""
    files: list[Path] = []
    for path in paths:
        inside = sorted(path.glob("*.gold.jsonl")) if path.is_dir() else [path]
        if not inside:
            raise UsageError(f"{path}: no *.gold.jsonl in this folder")
        files += inside
    return files
