"""The page of commands is what the commands say of themselves."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

import click

from kb.cli.main import VERBS

PAGE = Path(__file__).resolve().parents[2] / "site" / "reference" / "commands.md"
HEAD = """# Commands

What each command says with `--help`. Results go to standard output, talk to standard error; `kb` ends with one of these codes:

| code | when |
|---|---|
| 0 | it did what was asked |
| 1 | something else went wrong, said in one line |
| 2 | a wrong option, argument or combination |
| 3 | the corpus: a path, manifest, checksum or duplicate id, and nothing was written; or `kb add` was given an unreadable file |
| 4 | there are findings, and `--strict` was given |
| 5 | a query that cannot be understood |
| 6 | the knowledge base is not there, damaged, or of another version |
| 7 | a search engine that is not installed |
| 8 | an export that cannot be written |
| 130 | stopped from the keyboard |
"""


def help_of(verb: str) -> str:
    """What `kb VERB --help` prints at 80 columns."""
    command: click.Command = importlib.import_module(f"kb.cli.{verb}").command
    context = click.Context(
        command, info_name=f"kb {verb}", max_content_width=80, terminal_width=80, help_option_names=["-h", "--help"]
    )
    return command.get_help(context)


def test_the_page_of_commands_is_current(golden: Callable[[Path, str], None]) -> None:
    sections = [
        f"\n## kb {verb}\n\n{summary.capitalize()}.\n\n```text\n{help_of(verb)}\n```\n" for verb, summary in VERBS.items()
    ]
    check = golden
    check(PAGE, HEAD + "".join(sections))
