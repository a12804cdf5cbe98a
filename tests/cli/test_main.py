"""The command line's door: help a newcomer can follow, one line for an error, the documented exit codes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kb.cli.main import VERBS, main
from tests.mini_corpus import write_corpus


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of `kb` with these arguments."""
    try:
        main(list(arguments))
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    else:
        code = 0
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_command_helps(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = run(verb, "--help", capsys=capsys)
    assert code == 0
    assert out.startswith(f"Usage: kb {verb}")
    assert len(out.splitlines()) > 5


def test_help_lists_every_command_with_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = run("--help", capsys=capsys)
    assert code == 0
    assert [verb for verb, summary in VERBS.items() if summary[:30] not in out] == []


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("build", "nowhere"), 3, "nowhere"),
        (("search", "x", "--kb", "nowhere"), 6, "run kb build"),
        (("show", "x", "--kb", "nowhere"), 6, "run kb build"),
        (("check", "--kb", "nowhere"), 6, "run kb build"),
        (("export", "records", "--out", "x.json", "--kb", "nowhere"), 6, "run kb build"),
        (("build", "--no-such-option"), 2, "no-such-option"),
        (("nonsense",), 2, "nonsense"),
        (("add", "nowhere.txt", "--corpus", "corpus"), 3, "nowhere.txt"),
        (("eval", "nowhere.jsonl", "--kb", "nowhere"), 6, "run kb build"),
    ],
)
def test_a_bad_command_is_one_line_and_an_exit_code(
    arguments: tuple[str, ...],
    code: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "corpus").mkdir()
    ended, out, err = run(*arguments, capsys=capsys)
    assert (ended, out) == (code, "")
    assert said in err
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) <= 4


def test_a_first_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    sources = write_corpus(tmp_path / "downloads")
    assert run("init", "project", capsys=capsys)[0] == 0
    monkeypatch.chdir(tmp_path / "project")
    assert run("add", *(str(path) for path in sorted(sources.iterdir())), capsys=capsys)[0] == 0
    code, out, _err = run("build", capsys=capsys)
    assert code == 0
    assert (tmp_path / "project" / "build" / "site" / "index.html").is_file()
    assert "kb search" in out
    code, out, _err = run("build", capsys=capsys)
    assert code == 0
    assert "Nothing changed" in out
    code, out, _err = run("search", '"irritable bowel"', capsys=capsys)
    assert code == 0
    assert "irritable bowel" in out
    assert run("show", "thread", "--structure", capsys=capsys)[0] == 0
    code, out, _err = run("check", capsys=capsys)
    assert code == 0
    assert run("check", "--strict", capsys=capsys)[0] == 4
    assert run("export", "records", "--out", "records.json", capsys=capsys)[0] == 0
    assert (tmp_path / "project" / "records.json").stat().st_size > 100


def test_importing_the_command_is_quick_work() -> None:
    heavy = "sphinx whoosh luqum rapidfuzz bs4 rich tomlkit jinja2 docutils"
    code = f"import sys, kb, kb.cli.main, kb.cli.build; print([name for name in {heavy.split()!r} if name in sys.modules])"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "[]"
