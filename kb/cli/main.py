"""The command `kb`: finds the verb, and is the one place that turns a `KbError` into one line and an exit code."""

from __future__ import annotations

import importlib
import os
import re
import sys
from typing import Any

import click

from kb.errors import KbError, QueryError, UsageError
from kb.version import __version__

VERBS: dict[str, str] = {
    "init": "make a new project: corpus, site, conf.py",
    "add": "copy files into a corpus and describe them in its manifest",
    "build": "read the corpus and make knowledge base, index and site",
    "search": "search passages and records",
    "show": "show a source, record, passage or work",
    "check": "list what does not add up",
    "eval": "score the records against gold annotations",
    "export": "write records or annotations to a file",
}
"""Each verb's module is `kb.cli.<verb>`; the summaries stand here so that `kb --help` imports none of them."""


CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
CONTEXT = 60
"""How many characters of a query are shown on either side of the place that an error is about."""


class LazyVerbs(click.Group):
    """A group whose commands are imported when they are run."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Verbs in the order of a first day's work."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The verb's command, imported now."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = importlib.import_module(f"kb.cli.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb. Where the reader of its output closed the pipe, as `head` does, it has what it wanted: no error."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """The verbs with their summaries, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))


@click.command(cls=LazyVerbs, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kb")
@click.pass_context
def cli(context: click.Context) -> None:
    """Turn documents about policy into citable records, a search index and a site.

    \b
    A first day:
      kb init my-project && cd my-project
      kb add ~/Downloads/guidance.md
      kb build
      kb search "recovery rate"
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main(arguments: list[str] | None = None) -> None:
    """Run `kb` and exit: 0, or the exit code of the error family (see `kb.errors`)."""
    try:
        cli.main(args=arguments, prog_name="kb", standalone_mode=False)
    except KbError as error:
        report(error)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        click.echo(f"kb: {_told(error)}", err=True)
        sys.exit(UsageError.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("kb: stopped; nothing half-made was left in place", err=True)
        sys.exit(130)


def report(error: KbError) -> None:
    """Say what happened on standard error: one line, and for a query the place in it."""
    click.echo(f"kb: {one_line(str(error))}", err=True)
    if isinstance(error, QueryError):
        start = max(0, error.start - CONTEXT)
        shown = one_line(error.text[start : error.start + CONTEXT])
        width = max(1, min(error.end - error.start, CONTEXT))
        click.echo(f"  {shown}\n  {' ' * (error.start - start)}{'^' * width}", err=True)


def one_line(words: str) -> str:
    """`words` with a blank for each line break or other control character, so that places in them stay."""
    return CONTROL.sub(" ", words)


def _told(error: click.ClickException) -> str:
    """What click has against the arguments, in our form: lower case, one line, and what to do next."""
    said = one_line(error.format_message()).rstrip(".")
    command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "kb"
    return f"{said[:1].lower()}{said[1:]}; see {command} --help"


if __name__ == "__main__":
    main()
