"""What a user may rely on whatever the machine is doing: equal bytes, and no torn build."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

import kb
from kb.store import whole_generation
from tests.mini_corpus import GUIDANCE, write_corpus

PLACES = [
    {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
]


def run_build(corpus: Path, out: Path, **environment: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "kb", "build", str(corpus), "--out", str(out), "--quiet"]
    return subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.PIPE)


def finish(process: subprocess.Popen[bytes]) -> None:
    _out, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors.decode()


def checksums(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def dump(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return "\n".join(connection.iterdump())


EXPORTS = [("records", "json"), ("records", "csv"), ("annotations", "json")]


def exported(out: Path, place: dict[str, str]) -> list[bytes]:
    """Every export of what stands in `out`, made in that place."""
    commands = [
        [sys.executable, "-m", "kb", "export", what, "--format", form, "--out", "-", "--kb", str(out)] for what, form in EXPORTS
    ]
    return [subprocess.run(command, env=os.environ | place, capture_output=True, check=True).stdout for command in commands]


def built_everywhere(corpus: Path, folder: Path) -> list[Path]:
    """The same corpus built under each of `PLACES`."""
    outs = [folder / name for name in ("one", "two")]
    for out, place in zip(outs, PLACES, strict=True):
        finish(run_build(corpus, out, **place))
    return outs


def test_equal_bytes_under_other_seeds_zones_and_locales(tmp_path: Path) -> None:
    one, two = built_everywhere(write_corpus(tmp_path / "corpus"), tmp_path)
    assert len(checksums(one / "site")) > 20
    assert dump(one / "kb.sqlite") == dump(two / "kb.sqlite")
    assert checksums(one / "site") == checksums(two / "site")
    assert checksums(one / "cache") == checksums(two / "cache")
    assert exported(one, PLACES[0]) == exported(two, PLACES[1])


@pytest.mark.thorough
def test_equal_bytes_on_the_real_sources(real: Path, tmp_path: Path) -> None:
    one, two = built_everywhere(real / "corpus", tmp_path)
    assert dump(one / "kb.sqlite") == dump(two / "kb.sqlite")
    assert checksums(one / "site") == checksums(two / "site")


@pytest.mark.thorough
@pytest.mark.skipif(os.name != "posix", reason="kills a process as POSIX does")
@pytest.mark.parametrize("seed", range(5))
def test_a_build_killed_at_a_random_moment_leaves_a_whole_generation(tmp_path: Path, seed: int) -> None:
    corpus, out = write_corpus(tmp_path / "corpus"), tmp_path / "out"
    begun = time.monotonic()
    finish(run_build(corpus, out))
    takes = time.monotonic() - begun
    first = whole_generation(out)
    write_corpus(corpus, pathway=GUIDANCE.replace("14 early sites", "15 early sites"))
    process = run_build(corpus, out)
    time.sleep(random.Random(seed).uniform(0, takes))  # noqa: S311 - a moment, not a secret
    process.send_signal(signal.SIGKILL)
    process.communicate()
    survived = whole_generation(out)
    words = kb.open(out).document("pathway").text
    assert ("14 early sites" in words) is (survived == first)
    finish(run_build(corpus, out))
    assert "15 early sites" in kb.open(out).document("pathway").text
    assert not (out / ".next").exists()
