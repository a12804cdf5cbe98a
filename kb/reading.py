"""Sources read: which of them in this process, which in a supervised one.

Formats with a parser that a file could crash, hang or blow up are always read in another process. Plain text and Markdown are
read here where that is cheaper. The documents are the same either way.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from kb.errors import UnreadableSourceError
from kb.ingest.processes.limits import limits_of
from kb.ingest.processes.supervisor import Job, Outcome, Supervisor, outcome_here
from kb.model import Document, Source, decode
from kb.sources import UNREAD, read_source
from kb.store.cache import Reading
from kb.worker import ReadingTask, perform

WORKER = "kb.worker"
PLAIN = frozenset({"digest", "flattened-forum", "flattened-blog", "guidance-markdown", UNREAD})
"""Shapes of plain text and Markdown: no parser but our own sees them."""
SMALL = 1024 * 1024
"""Bytes of a plain source up to which its reading needs no limits: it takes a second or two."""
WORTH_STARTING = 128 * 1024
"""Bytes of plain sources from which further processes save more time than their start costs."""


def read_all(root: Path, sources: Sequence[Source], processes: int | None) -> Generator[Reading | UnreadableSourceError]:
    """Document and records of each source in order, or why there are none, read by so many processes (None: one a core).

    Raises `SourceError` where the manifest is to blame, and `ReaderFaultError` where our own code is. Close the iterator to end
    the processes.
    """
    jobs = (job_of(source, read_source(root, source), has_records=True) for source in sources)
    here = _is_here(root, sources, processes)
    with Supervisor(WORKER, processes or cores()) as supervisor:
        outcomes = map(_answerer(supervisor), jobs, sources) if here else supervisor.outcomes(jobs)
        yield from map(_reading, outcomes)


@contextmanager
def reader() -> Iterator[Callable[[Sequence[bytes], Source], Document]]:
    """What reads one source after the other as `kb.ingest.ingest` does, with the same errors, and safely."""
    with Supervisor(WORKER) as supervisor:
        answer = _answerer(supervisor)

        def read(files: Sequence[bytes], source: Source) -> Document:
            read = _reading(answer(job_of(source, files, has_records=False), source))
            if isinstance(read, UnreadableSourceError):
                raise read
            return read.document

        yield read


def cores() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows
        return os.cpu_count() or 1


def _is_here(root: Path, sources: Sequence[Source], processes: int | None) -> bool:
    """Whether one source is read after the other, those of plain text in this process."""
    if processes is not None or cores() == 1:
        return (processes or 1) == 1
    size = sum((root / file.path).stat().st_size for source in sources for file in source.files)
    return size < WORTH_STARTING and all(source.shape in PLAIN for source in sources)


def job_of(source: Source, files: Sequence[bytes], *, has_records: bool) -> Job:
    """What a worker is asked to do with a source; messages name its first file."""
    names = [file.path for file in source.files] or [source.id]
    more = f" (with {len(names) - 1} more)" if len(names) > 1 else ""
    payload = msgspec.msgpack.encode(ReadingTask(source, list(files), has_records))
    return Job(names[0] + more, payload, limits_of(len(files)), source.id)


def _answerer(supervisor: Supervisor) -> Callable[[Job, Source], Outcome]:
    def answer(job: Job, source: Source) -> Outcome:
        is_harmless = source.shape in PLAIN and len(job.payload) < SMALL
        return outcome_here(perform, job) if is_harmless else supervisor.outcome(job)

    return answer


def _reading(outcome: Outcome) -> Reading | UnreadableSourceError:
    if outcome.payload is not None:
        return decode(outcome.payload, Reading)
    if isinstance(outcome.error, UnreadableSourceError):
        return outcome.error
    raise outcome.error or ValueError(f"{outcome.job.name}: an outcome without answer and without error")
