"""`kb build`: corpus to knowledge base, index and site."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kb.cli.paths import NamedPath
from kb.pipeline import STEPS, BuildReport, Progress, build, silent

PLURALS = {
    "definition": "definitions",
    "claim": "claims",
    "reference": "references",
    "citation": "citations",
    "mention": "mentions of conditions",
    "classification": "classifications",
    "quotation": "quotations",
}


@click.command("build")
@click.argument("corpus", type=NamedPath(), default=Path("corpus"))
@click.option("--out", type=NamedPath(), default=Path("build"), show_default=True, help="folder to build into")
@click.option("--private", is_flag=True, help="publish everything, marked private: never put such a site on the web")
@click.option("--strict", is_flag=True, help="stop with exit code 4 when a source could not be read")
@click.option("--processes", type=click.IntRange(min=1), metavar="N", help="how many read at once (default: one a core)")
@click.option("--quiet", is_flag=True, help="say nothing but errors")
def command(corpus: Path, out: Path, private: bool, strict: bool, processes: int | None, quiet: bool) -> None:
    """Read CORPUS (default: corpus) and make DIR/kb.sqlite, DIR/index/ and DIR/site/.

    CORPUS may have a manifest.toml (see kb add) or be any folder of files. What did not change is not read again, and a build
    that fails or is killed leaves the last one as it was.
    """
    with shown_progress(quiet) as progress:
        report = build(corpus, out, private=private, strict=strict, processes=processes, progress=progress)
    if not quiet:
        click.echo("\n".join(summary(report)))
        for note in report.notes:
            click.echo(f"note: {note}", err=True)


def summary(report: BuildReport) -> Iterator[str]:
    """What was built, and what to do with it."""
    if not report.sources:
        yield "No sources: kb add FILE... copies them into the corpus, then run kb build again."
    elif report.is_unchanged:
        yield f"Nothing changed in {report.sources} source(s): the build in {report.out} stands."
    else:
        counted = [f"{report.counts[kind]} {plural}" for kind, plural in PLURALS.items() if report.counts.get(kind)]
        yield f"Built {report.sources} source(s), {report.read_now} read anew: {', '.join(counted) or 'no records'}."
        yield from (f"Unread:  {finding.message}" for finding in report.findings if finding.severity == "error")
        if report.findings:
            yield f"{len(report.findings)} finding(s) while reading; kb check lists them with what else does not add up."
    where = "" if report.out == Path("build") else f" --kb {shlex.quote(str(report.out))}"
    yield f"Site:    {report.site.resolve().as_uri()}"
    yield f'Search:  kb search{where} "recovery"'


@contextmanager
def shown_progress(quiet: bool) -> Iterator[Progress]:
    """A bar on a terminal's standard error, nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console  # noqa: PLC0415 - half the start-up time, and only for terminals
    from rich.progress import Progress as Bar  # noqa: PLC0415 - as above

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=len(STEPS))
        yield _mover(bar.update, task)


def _mover(update: Callable[..., None], task: int) -> Progress:
    def move(step: str, done: int, of: int) -> None:
        update(task, description=step, completed=STEPS.index(step) + done / max(of, 1))

    return move
