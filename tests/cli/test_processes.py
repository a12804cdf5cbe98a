"""`kb` as a process: stopped from the keyboard, run twice at once, cut off by its reader, in a locale without UTF-8."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from kb.store import current_generation
from tests.conftest import REPOSITORY
from tests.mini_corpus import BLOG, write_corpus

FOUND = {"PYTHONPATH": str(REPOSITORY)}


def kb(*arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kb", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | FOUND)


def test_a_reader_that_closes_the_pipe_is_no_error(project: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "kb", "show"]
    process = subprocess.Popen(command, stdout=writing, stderr=subprocess.PIPE, env=os.environ | FOUND)
    os.close(writing)
    assert (process.communicate(timeout=60)[1], process.returncode) == (b"", 0)


def test_ctrl_c_leaves_the_last_build(project: Path) -> None:
    generation = current_generation(project / "build")
    write_corpus(project / "corpus", blog=BLOG.replace("12%", "57%"))
    process = kb("build")
    while process.poll() is None and not (project / "build" / ".next" / "kb.sqlite").exists():
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _out, err = process.communicate(timeout=60)
    assert process.returncode in {130, -signal.SIGINT}
    assert err.decode().strip() == "kb: stopped; nothing half-made was left in place"
    assert current_generation(project / "build") == generation
    assert not (project / "build" / ".next").exists()


def test_ctrl_c_while_modules_load_ends_without_a_word(tmp_path: Path) -> None:
    slow = "import time\nprint('loading', flush=True)\ntime.sleep(60)\n"
    (tmp_path / "click.py").write_text(slow, encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), str(REPOSITORY)])
    command = [sys.executable, "-m", "kb", "--help"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": path})
    assert process.stdout is not None
    assert process.stdout.readline() == b"loading\n"
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=60) == (b"", b"")
    assert process.returncode == 130


def test_two_builds_at_once_do_not_mix(project: Path) -> None:
    write_corpus(project / "corpus", blog=BLOG.replace("12%", "57%"))
    builds = [kb("build", "--quiet"), kb("build", "--quiet")]
    told = sorted((process.communicate(timeout=120)[1].decode(), process.returncode) for process in builds)
    assert told[0] == ("", 0)
    assert told[1] in {
        ("", 0),
        ("kb: another kb is writing to build: wait until it ends, or build with --out elsewhere\n", 6),
    }
    assert current_generation(project / "build") is not None


def test_words_outside_ascii_are_printed_in_any_locale(project: Path) -> None:
    plain = {**os.environ, **FOUND, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    plain.pop("PYTHONIOENCODING", None)
    command = [sys.executable, "-m", "kb", "search", "recovered–"]
    ran = subprocess.run(command, env=plain, capture_output=True, check=False, timeout=60)
    assert (ran.returncode, b"Traceback" in ran.stderr) == (0, False)
