"""The page of commands is what the commands say of themselves."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from kb.cli.main import VERBS

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = REPOSITORY / "site" / "reference" / "commands.md"
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
    """What `kb VERB --help` prints at 80 columns, in a process of its own: click remembers how a command was called before."""
    environment = os.environ | {"COLUMNS": "80"}
    command = [sys.executable, "-m", "kb", verb, "--help"]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment, cwd=REPOSITORY).stdout.rstrip()


def test_the_page_of_commands_is_current(golden: Callable[[Path, str], None]) -> None:
    sections = [
        f"\n## kb {verb}\n\n{summary.capitalize()}.\n\n```text\n{help_of(verb)}\n```\n" for verb, summary in VERBS.items()
    ]
    check = golden
    check(PAGE, HEAD + "".join(sections))
