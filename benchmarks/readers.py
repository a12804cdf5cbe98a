"""Speed of the readers beside named peers in the same run, and what a second reading process is worth.

    python benchmarks/readers.py [--inputs DIR] [--files N]       default: ../shared/inputs, 2,000 files

Speeds are files, pages or megabytes per CPU second of this process, the best of some rounds in which reader and peer take turns.
The files to read in several processes are made by this script. Exits 1 where a promise is broken. Needs the `bench` extra.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from kb.ingest import ingest  # noqa: E402
from kb.ingest.processes.measuring import used_by  # noqa: E402
from kb.ingest.processes.page_count import pages_in  # noqa: E402
from kb.model import Source, SourceFile  # noqa: E402
from kb.reading import read_all  # noqa: E402
from tests.made_files import MADE, SUFFIXES  # noqa: E402

ROUNDS = 3
FIRST = 500
"""Files after which memory should have stopped growing."""
FLAT = 1.25
"""By how much the peak over all files may exceed the peak over the first."""
WORTH = 1.6
"""How much sooner two processes are done than one."""
BUSY = 0.5
"""Processes that run already, from which on the clock is not to be trusted."""
UNREADABLE = re.compile("fuzzed|password|Pages-tree|malformed|empty")
"""Parts of the names of PDFs that are there to be refused."""


class Speed(NamedTuple):
    """What a reader does in a CPU second, beside a peer, and what was promised."""

    name: str
    ours: float
    unit: str
    peer: str = ""
    theirs: float = 0.0
    promised_ratio: float = 0.0
    promised: float = 0.0

    @property
    def is_kept(self) -> bool:
        """Whether the promise holds."""
        return self.ours >= self.promised and self.ours >= self.promised_ratio * self.theirs

    def __str__(self) -> str:
        beside = f"{self.ours / self.theirs:7.2f} x {self.peer} ({self.theirs:.1f})" if self.theirs else ""
        wanted = f"promised {self.promised_ratio:g} x" if self.promised_ratio else ""
        wanted = f"promised {self.promised:g}" if self.promised else wanted
        return f"{self.name:26} {self.ours:9.1f} {self.unit:9} {beside:42} {wanted}{'' if self.is_kept else '   BROKEN'}"


class Peer(NamedTuple):
    """Another tool: its name, and what makes a task of files."""

    name: str
    reading: Callable[[Sequence[bytes]], Callable[[], object]]


def per_second(work: float, *tasks: Callable[[], object]) -> list[float]:
    """How much of `work` each task does in a CPU second, at best."""
    best = [float("inf")] * len(tasks)
    for _ in range(ROUNDS):
        for place, task in enumerate(tasks):
            begun = time.process_time()
            task()
            best[place] = min(best[place], time.process_time() - begun)
    return [work / seconds for seconds in best]


def reading(shape: str, files: Sequence[bytes]) -> Callable[[], object]:
    """What reads each of the files as a source of that shape."""
    source = Source(id="a-source", files=(SourceFile("a.file", ""),), source_kind="critique", shape=shape)
    return lambda: [ingest([data], source) for data in files]


def unpacked(folder: Path, pattern: str) -> list[bytes]:
    """The files of a folder, out of their compression."""
    paths = sorted(folder.glob(pattern))
    return [gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in paths]


def by_trafilatura(files: Sequence[bytes]) -> Callable[[], object]:
    """What the general extractor does with the same pages, metadata included."""
    import trafilatura  # noqa: PLC0415

    return lambda: [trafilatura.bare_extraction(data.decode("utf-8", "replace"), with_metadata=True) for data in files]


def by_pdfminer(files: Sequence[bytes]) -> Callable[[], object]:
    """What the layout analysis of pdfminer.six does with the same PDFs."""
    from pdfminer.high_level import extract_text  # noqa: PLC0415

    return lambda: [extract_text(io.BytesIO(data)) for data in files]


def by_mammoth(files: Sequence[bytes]) -> Callable[[], object]:
    """What mammoth alone does with the same Word documents."""
    import mammoth  # noqa: PLC0415

    return lambda: [mammoth.convert_to_html(io.BytesIO(data)) for data in files]


TRAFILATURA = Peer("trafilatura", by_trafilatura)
PDFMINER = Peer("pdfminer.six", by_pdfminer)
MAMMOTH = Peer("mammoth", by_mammoth)


def speeds(inputs: Path) -> Iterator[Speed]:
    """Every reader of a real format beside its peer."""
    threads = unpacked(inputs / "xenforo", "*.html.gz")
    ours, theirs = per_second(len(threads), reading("xenforo-html", threads), TRAFILATURA.reading(threads))
    yield Speed("XenForo threads", ours, "pages/s", TRAFILATURA.name, theirs, promised_ratio=20)

    pdfs = [path.read_bytes() for path in sorted((inputs / "pdf").glob("*.pdf")) if not UNREADABLE.search(path.name)]
    ours, theirs = per_second(sum(map(pages_in, pdfs)), reading("pdf", pdfs), PDFMINER.reading(pdfs))
    yield Speed("PDF", ours, "pages/s", PDFMINER.name, theirs, promised_ratio=1)

    articles = unpacked(inputs / "jats", "*ml")
    yield Speed("JATS", per_second(len(articles), reading("jats", articles))[0], "files/s", promised=100)

    posts = unpacked(inputs / "wordpress", "*.html.gz")
    ours, theirs = per_second(len(posts), reading("article-html", posts), TRAFILATURA.reading(posts))
    yield Speed("article HTML", ours, "pages/s", TRAFILATURA.name, theirs)

    documents = unpacked(inputs / "docx", "*.docx")
    ours, theirs = per_second(sum(map(len, documents)) / 1e6, reading("docx", documents), MAMMOTH.reading(documents))
    yield Speed("DOCX", ours, "MB/s", MAMMOTH.name, theirs)


def plain_speeds() -> Iterator[Speed]:
    """The readers of plain text and Markdown, on made files."""
    for shape in ("flattened-forum", "flattened-blog", "guidance-markdown", "digest"):
        files = [MADE[shape](number) for number in range(100)]
        yield Speed(shape, per_second(sum(map(len, files)) / 1e6, reading(shape, files))[0], "MB/s")


def write_files(folder: Path, count: int) -> None:
    """So many made files of all shapes in turn, and what they are."""
    shapes = list(MADE)
    for number in range(count):
        shape = shapes[number % len(shapes)]
        (folder / f"{shape}.{number:05}.{SUFFIXES.get(shape, 'txt')}").write_bytes(MADE[shape](number))


def read_files(folder: Path, processes: int) -> dict[str, float]:
    """Read all made files; seconds, and megabytes of this process and its workers together at their peak."""
    paths = sorted(folder.iterdir(), key=lambda path: path.name.split(".")[1])
    sources = [
        Source(id=f"s{place}", files=(SourceFile(path.name, ""),), source_kind="critique", shape=path.name.split(".")[0])
        for place, path in enumerate(paths)
    ]
    peaks = {"first": 0.0, "all": 0.0}
    read, begun = 0, time.monotonic()
    for read, outcome in enumerate(read_all(folder, sources, processes), 1):
        if isinstance(outcome, Exception):
            sys.exit(f"a good file was not read: {outcome}")
        held = sum(used.megabytes for used in map(used_by, [os.getpid(), *workers()]) if used)
        peaks["all"] = max(peaks["all"], held)
        peaks["first"] = peaks["all"] if read <= FIRST else peaks["first"]
    mine, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    of_workers = theirs.ru_utime + theirs.ru_stime
    cpu = mine.ru_utime + mine.ru_stime + of_workers
    return {"seconds": time.monotonic() - begun, "cpu": cpu, "workers": of_workers, **peaks}


def workers() -> list[int]:
    """The processes that this one has started, whichever of its threads did."""
    pids: list[int] = []
    for task in sorted(Path("/proc/self/task").iterdir()):
        with suppress(OSError):
            pids += map(int, (task / "children").read_text().split())
    return pids


def processes(count: int) -> bool:
    """Read the same files with one and with two processes; whether the second was worth it and memory stayed flat.

    On a machine that others use too, the clock says nothing of this: there the ratio is what the CPU seconds allow, where the
    work of two processes spreads over two processors and that of the first over one.
    """
    is_busy = os.getloadavg()[0] > BUSY
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder), count)
        one, two = (run(folder, number) for number in (1, 2))
    by_clock = one["seconds"] / two["seconds"]
    by_cpu = one["cpu"] / max(two["cpu"] / 2, two["cpu"] - two["workers"])
    growth = max(costs["all"] / costs["first"] for costs in (one, two))
    is_worth_it, is_flat = (by_cpu if is_busy else by_clock) >= WORTH, growth <= FLAT
    print(f"{count} files, all shapes in turn: 1 process {one['seconds']:.1f} s, 2 processes {two['seconds']:.1f} s")
    print(f"  {by_clock:.2f} x by the clock, {by_cpu:.2f} x by CPU seconds{' (a busy machine)' if is_busy else ''}   ", end="")
    print(f"promised {WORTH} x{'' if is_worth_it else '   BROKEN'}")
    for name, costs in (("1 process", one), ("2 processes", two)):
        print(f"  memory, {name}: peak {costs['first']:.0f} MB over the first {FIRST}, {costs['all']:.0f} MB over all")
    print(f"  growth {growth:.2f} x   promised under {FLAT} x{'' if is_flat else '   BROKEN'}")
    return is_worth_it and is_flat


def run(folder: str, number: int) -> dict[str, float]:
    """Read the files in a fresh process."""
    command = [sys.executable, str(Path(__file__).resolve()), "--read", folder, "--processes", str(number)]
    told: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return told


def main() -> int:
    """Print what was measured; 1 where a promise is broken."""
    parser = argparse.ArgumentParser(description="speed of the readers")
    parser.add_argument("--inputs", type=Path, default=REPOSITORY.parent / "shared" / "inputs")
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--processes", type=int, default=1, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.read:
        print(json.dumps(read_files(given.read, given.processes)))
        return 0
    kept = []
    if given.inputs.is_dir():
        kept += [shown(speed) for speed in speeds(given.inputs)]
    else:
        print(f"{given.inputs} is not here: the speeds beside peers were not measured")
    kept += [shown(speed) for speed in plain_speeds()]
    kept.append(processes(given.files))
    return int(not all(kept))


def shown(speed: Speed) -> bool:
    """Print a speed; whether its promise was kept."""
    print(speed, flush=True)
    return speed.is_kept


if __name__ == "__main__":
    sys.exit(main())
