"""CPU time and memory of `kb build`: the first run, and a second with nothing changed.

    python benchmarks/build.py [CORPUS]          default: ../shared/corpus, else corpus

Each run is a process of its own; CPU is user and system time of it and its children, memory the peak resident set. Exits 1
where a promise is broken: 30 CPU seconds and 500 MB for the first run, a tenth of the first run's CPU for the second.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

FIRST_CPU, FIRST_MB, SECOND_SHARE = 30.0, 500.0, 0.1
REPOSITORY = Path(__file__).resolve().parent.parent


class Cost(NamedTuple):
    """What one process used."""

    cpu: float
    megabytes: float


def run(corpus: Path, out: str) -> Cost:
    """Build `corpus` into `out` in a process of its own; exits with it when it fails."""
    command = [sys.executable, "-m", "kb", "build", str(corpus), "--out", out, "--quiet"]
    pid = os.posix_spawn(sys.executable, command, os.environ)
    _pid, status, usage = os.wait4(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code:
        sys.exit(f"kb build ended with exit code {code}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def default_corpus() -> Path:
    """The real sources where they are at hand, else what ships."""
    real = REPOSITORY.parent / "shared" / "corpus"
    return real if real.is_dir() else REPOSITORY / "corpus"


def main() -> int:
    """Run both builds and print their costs beside what was promised."""
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else default_corpus()
    with tempfile.TemporaryDirectory() as out:
        first, second = run(corpus, out), run(corpus, out)
    share = second.cpu / first.cpu
    print(
        f"first run   {first.cpu:6.2f} CPU s  {first.megabytes:6.0f} MB   (promised: under {FIRST_CPU:.0f} s, {FIRST_MB:.0f} MB)"
    )
    print(
        f"second run  {second.cpu:6.2f} CPU s  {second.megabytes:6.0f} MB   {share:.3f} of the first (promised: {SECOND_SHARE})"
    )
    return int(first.cpu > FIRST_CPU or first.megabytes > FIRST_MB or share > SECOND_SHARE)


if __name__ == "__main__":
    sys.exit(main())
