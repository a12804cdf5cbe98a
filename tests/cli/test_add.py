"""`kb add` says what it understood, and one line where it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.cli.main import main

GUIDE = "A guide to bicycles\n\nDate:\t3 May 2019\nPublisher:\tThe Cycle Office\n\n1. Aims\n\n" + "\n\n".join(
    f"1.{number} Words of a paragraph that ends." for number in range(1, 7)
)


def run(*arguments: str) -> int:
    try:
        main(list(arguments))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0


def test_add(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "guide.md").write_text(GUIDE, encoding="utf-8")
    (tmp_path / "folder" / "LICENSE").write_text("x", encoding="utf-8")
    assert run("add", str(tmp_path / "folder"), "--corpus", str(tmp_path / "corpus")) == 0
    printed = capsys.readouterr()
    assert (
        printed.out
        == 'guide: added; guidance, read as guidance-markdown: "A guide to bicycles"; 7 section, 1 table; 10 passages\n'
    )
    assert printed.err == "note: LICENSE was skipped: its name says it is about the folder\n"
    manifest = (tmp_path / "corpus" / "manifest.toml").read_text(encoding="utf-8")
    assert 'publisher = "The Cycle Office"\ndate = "2019-05-03"\nurl = "unknown"\nlicence = "unknown"' in manifest


def test_what_cannot_be_added_is_one_line_and_exit_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("add", str(tmp_path / "none.txt"), "--corpus", str(tmp_path / "corpus")) == 3
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == f"kb: {tmp_path}/none.txt: no such file; check the path\n"
