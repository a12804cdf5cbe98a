"""A build that reads in several processes: the same bytes, one bad file lost alone, and none started without need."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import kb
import kb.reading
from kb.errors import ReadingStoppedError, SourceError, UnreadableSourceError
from kb.ingest import ingest
from kb.ingest.processes import measuring
from kb.ingest.processes.process import Worker
from kb.model import Source, SourceFile
from kb.pipeline import build
from kb.sources import load_corpus
from kb.store.cache import load_stopped, save_stopped
from tests.made_files import MADE
from tests.mini_corpus import GUIDANCE, write_corpus
from tests.pipeline.test_promises import checksums, dump


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The modules of the workers that are started."""
    modules: list[str] = []
    begin = Worker.__init__

    def noted(self: Worker, module: str) -> None:
        modules.append(module)
        begin(self, module)

    monkeypatch.setattr(Worker, "__init__", noted)
    return modules


def test_any_number_of_processes_gives_the_same_bytes(tmp_path: Path, started: list[str]) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    (corpus / "empty.txt").write_bytes(b"")
    one = build(corpus, tmp_path / "one", processes=1)
    assert started == []
    two = build(corpus, tmp_path / "two", processes=2)
    assert started == ["kb.worker"] * 2
    assert dump(tmp_path / "one" / "kb.sqlite") == dump(tmp_path / "two" / "kb.sqlite")
    assert checksums(tmp_path / "one" / "site") == checksums(tmp_path / "two" / "site")
    assert checksums(tmp_path / "one" / "cache") == checksums(tmp_path / "two" / "cache")
    assert (one.findings, one.counts) == (two.findings, two.counts)


@pytest.mark.thorough
def test_the_real_sources_are_the_same_from_any_number_of_processes(real: Path, tmp_path: Path) -> None:
    for processes in (1, 2, 3):
        build(real / "corpus", tmp_path / str(processes), processes=processes)
    dumps = {dump(tmp_path / name / "kb.sqlite") for name in "123"}
    sites = [checksums(tmp_path / name / "site") for name in "123"]
    assert len(dumps) == 1
    assert sites[0] == sites[1] == sites[2]


def test_small_plain_texts_start_no_process(tmp_path: Path, started: list[str]) -> None:
    corpus, out = write_corpus(tmp_path / "corpus"), tmp_path / "out"
    assert build(corpus, out).read_now == 3
    assert build(corpus, out, processes=8).is_unchanged
    assert started == []


def test_a_large_plain_text_is_read_under_limits(tmp_path: Path, started: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kb.reading, "SMALL", 500)
    held = load_corpus(write_corpus(tmp_path / "corpus"))
    readings = list(kb.reading.read_all(held.root, held.sources, 1))
    assert started == ["kb.worker"]
    assert readings == list(kb.reading.read_all(held.root, held.sources, 2))


def test_a_reader_of_single_files_takes_a_process_for_risky_formats(started: list[str]) -> None:
    with kb.reading.reader() as read:
        thread = read([MADE["flattened-forum"](1)], one_file("thread.txt", "flattened-forum"))
        assert (thread.reader, started) == ("flattened-forum", [])
        article = read([MADE["article-html"](1)], one_file("page.html", "article-html"))
        assert (article.reader, started) == ("article-html", ["kb.worker"])
        assert article == ingest([MADE["article-html"](1)], one_file("page.html", "article-html"))
        with pytest.raises(UnreadableSourceError, match=re.escape("page.html: not read: it is empty")):
            read([b""], one_file("page.html", "article-html"))
        with pytest.raises(SourceError, match="no reader for the shape 'scroll'"):
            read([b"x"], one_file("page.html", "scroll"))
        assert started == ["kb.worker"]


def one_file(name: str, shape: str) -> Source:
    return Source(id="a-source", files=(SourceFile(name, ""),), source_kind="critique", shape=shape)


def test_progress_goes_source_by_source(tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    build(
        write_corpus(tmp_path / "corpus"),
        tmp_path / "out",
        processes=2,
        progress=lambda step, done, of: steps.append((step, done, of)),
    )
    assert steps[:4] == [("reading", 0, 3), ("reading", 1, 3), ("reading", 2, 3), ("linking", 0, 1)]


def test_what_was_stopped_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus, out = write_corpus(tmp_path / "corpus"), tmp_path / "out"
    read_all = kb.reading.read_all

    def stopping(*arguments: object) -> object:
        for reading in read_all(*arguments):  # type: ignore[arg-type]
            is_thread = "pathway" not in reading.document.source_id  # type: ignore[union-attr]
            yield reading if is_thread else ReadingStoppedError("pathway.md", "supervisor", "reading it took more than 10 s")

    with monkeypatch.context() as busy:
        busy.setattr(kb.reading, "read_all", stopping)
        first = build(corpus, out)
        assert [finding.message for finding in first.findings] == ["pathway.md: not read: reading it took more than 10 s"]
        assert load_stopped(out / "cache") == {"pathway"}
        assert build(corpus, out).is_unchanged
    retried = build(corpus, out)
    assert (retried.is_unchanged, retried.read_now, retried.findings) == (False, 1, ())
    assert kb.open(out).document("pathway").text == GUIDANCE
    assert build(corpus, out).is_unchanged


def test_what_was_stopped_is_remembered_until_it_is_read(tmp_path: Path) -> None:
    assert load_stopped(tmp_path / "cache") == frozenset()
    save_stopped(tmp_path / "cache", ["one", "two"])
    assert load_stopped(tmp_path / "cache") == {"one", "two"}
    save_stopped(tmp_path / "cache", [])
    assert load_stopped(tmp_path / "cache") == frozenset()


def test_what_the_platform_lacks_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus, out = write_corpus(tmp_path / "corpus"), tmp_path / "out"
    monkeypatch.setattr(measuring, "PROC", Path("/nowhere"))
    assert [note[:34] for note in build(corpus, out).notes] == ["the memory of a reading process is"]
    assert build(corpus, out).notes == ()


@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
def test_ctrl_c_while_workers_read_ends_quietly(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus")
    for number in range(300):
        (corpus / f"guide-{number}.md").write_text(GUIDANCE, encoding="utf-8")
    command = [sys.executable, "-m", "kb", "build", str(corpus), "--out", str(tmp_path / "out"), "--processes", "2"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    while process.poll() is None and not list((tmp_path / "out").glob("cache/*.json")):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _out, told = process.communicate(timeout=60)
    assert (told.decode().strip(), process.returncode) == ("kb: stopped; nothing half-made was left in place", 130)
