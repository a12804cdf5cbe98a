"""`kb add` says what it understood, and one line where it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.cli.main import main
from kb.cli.understood import SHAPES
from kb.ingest import INGESTERS

GUIDE = "A guide to bicycles\n\nDate:\t3 May 2019\nPublisher:\tThe Cycle Office\n\n1. Aims\n\n" + "\n\n".join(
    f"1.{number} Words of a paragraph that ends." for number in range(1, 7)
)

FIELDS = "title, authors, publisher, date, url, licence"


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
    assert printed.out.splitlines() == [
        "guide: added as guidance, to be shown in quotes",
        "  numbered guidance as text or Markdown, 7 sections, 1 table, 10 passages",
        "  A guide to bicycles",
        "  The Cycle Office; 3 May 2019",
        "  unknown: authors, url, licence",
    ]
    assert printed.err.splitlines() == [
        "note: LICENSE was skipped: its name says it is about the folder",
        f"note: 1 source(s) have unknown fields; fill in what you know of {FIELDS} in {tmp_path}/corpus/manifest.toml",
    ]
    manifest = (tmp_path / "corpus" / "manifest.toml").read_text(encoding="utf-8")
    assert 'publisher = "The Cycle Office"\ndate = "2019-05-03"\nurl = "unknown"\nlicence = "unknown"' in manifest
    assert 'publish = "quotes" # full, where the licence allows it' in manifest


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "page.txt").write_text("Words of a page.", encoding="utf-8")
    assert run("add", str(tmp_path / "page.txt"), "--corpus", str(tmp_path / "corpus"), "--dry-run") == 0
    assert capsys.readouterr().out.startswith(
        "page: would be added as critique, to be shown in quotes\n  page as plain text, 1 passage\n"
    )
    assert not (tmp_path / "corpus").exists()


def test_named_files_that_cannot_be_read_are_told_and_the_others_added(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page.txt").write_text("Words of a page.", encoding="utf-8")
    (tmp_path / "a.bin").write_bytes(b"\x89PNG")
    (tmp_path / "b.bin").write_bytes(b"")
    names = [str(tmp_path / name) for name in ("a.bin", "page.txt", "b.bin")]
    assert run("add", *names, "--corpus", str(tmp_path / "corpus")) == 3
    printed = capsys.readouterr()
    assert printed.out.startswith("page: added as critique, to be shown in quotes\n")
    assert printed.err.splitlines()[1:] == [
        "note: a.bin: not read: it is a PNG picture",
        "note: b.bin: not read: it is empty",
        "kb: 2 of the files could not be read; the others were added",
    ]
    assert (tmp_path / "corpus" / "page.txt").is_file()


def test_each_shape_has_words() -> None:
    assert set(SHAPES) == set(INGESTERS)


def test_what_cannot_be_added_is_one_line_and_exit_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("add", str(tmp_path / "none.txt"), "--corpus", str(tmp_path / "corpus")) == 3
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == f"kb: {tmp_path}/none.txt: no such file; check the path\n"
