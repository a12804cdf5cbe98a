"""One worker process, seen from its supervisor: asked by one thread, watched by another."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast

from kb.errors import ReadingStoppedError, SourceError, UnreadableSourceError
from kb.ingest.processes.frames import (
    READING,
    Answer,
    BrokenFrameError,
    Fault,
    Ready,
    Refusal,
    Said,
    Stage,
    Task,
    receive_said,
    send,
)
from kb.ingest.processes.limits import MAX_TASK_BYTES, WALL_FACTOR, Limits
from kb.ingest.processes.measuring import Used, used_by
from kb.ingest.processes.serving import ReaderFaultError

START = Stage("starting", Limits(60.0, 2048.0), is_ours=True)
TOLD = 8192
"""How many of the last bytes that a worker wrote to standard error are kept."""
CHUNK = 65536
GRACE = 5.0
"""Seconds that a worker whose pipe was closed has to end by itself."""
SIGNALS = {known.value: known.name for known in signal.Signals}
OUT_OF_TIME = "SIGXCPU"
"""The signal with which the operating system ends a process at its own limit; not on every platform."""


@dataclass(frozen=True)
class Job:
    """One task for a worker. Messages about the file call it `name`, those about our own faults `source_id`."""

    name: str
    payload: bytes
    limits: Limits
    source_id: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of a job: the answer's payload, or why there is none; and what it used, as far as was seen."""

    job: Job
    payload: bytes | None
    error: SourceError | None = None
    seconds: float = 0.0
    megabytes: float = 0.0


@dataclass
class Watch:
    """A step under way: what it may use, where the clock and the process stood when it began, and what was seen since."""

    stage: Stage
    clock: float
    before: Used | None
    spent: float = 0.0
    peak: float = 0.0
    spent_earlier: float = 0.0
    peak_earlier: float = 0.0
    """What earlier stages of the same task used."""
    stopped: str | None = None
    """Why the step was stopped: what it took too much of."""

    def look(self, used: Used | None, clock: float) -> bool:
        """Take in what the process has used by now; whether that is too much, so that the step must stop."""
        if used and self.before:
            self.spent = used.seconds - self.before.seconds
            self.peak = max(self.peak, used.megabytes)
        seconds, megabytes = self.stage.limits.seconds, self.stage.limits.megabytes
        if self.peak > megabytes:
            self.stopped = f"more than {megabytes:g} MB of memory"
        elif self.spent > seconds:
            self.stopped = f"more than {seconds:g} s"
        elif clock - self.clock > seconds * WALL_FACTOR:
            self.stopped = f"more than {seconds * WALL_FACTOR:g} s by the clock"
        return self.stopped is not None


class Worker:
    """A process that runs `python -m module`. `ask` is for one thread at a time, `enforce` and `kill` are for any."""

    def __init__(self, module: str) -> None:
        path = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
        # -P: no file in the folder that the user works in may stand in for a module
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": path},
        )
        self._tasks, self._answers = _open(self._process.stdin), _open(self._process.stdout)
        self._errors = _open(self._process.stderr)
        self._lock = threading.Lock()
        self._watch: Watch | None = self._watch_over(START)
        self._told = b""
        self._draining = threading.Thread(target=self._drain, daemon=True)
        self._draining.start()
        self._rest = 0.0
        self.asked = 0

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the process runs, so that it can be asked."""
        return self._process.poll() is None

    @property
    def told(self) -> str:
        """The end of what the process wrote to standard error."""
        return self._told.decode("utf-8", "replace").strip()

    @property
    def growth(self) -> float:
        """By how many megabytes its memory at rest has grown since it started."""
        used = used_by(self.pid)
        return used.megabytes - self._rest if used else 0.0

    def start(self) -> None:
        """Wait until it can be asked. Raises `ReaderFaultError` where it ends before that."""
        said = self._listen()
        self._end_watch()
        if not isinstance(said, Ready):
            self.close()
            raise ReaderFaultError(f"a reading process could not start: {self.told or 'it said nothing'}")
        used = used_by(self.pid)
        self._rest = used.megabytes if used else 0.0

    def ask(self, job: Job) -> Outcome:
        """Have a job done; the process is over when that fails in a way that another job could feel.

        Raises `ReaderFaultError` where our own code failed.
        """
        if len(job.payload) > MAX_TASK_BYTES:
            cause = f"it is larger than {MAX_TASK_BYTES // 1024 // 1024} MB; split it"
            return Outcome(job, None, UnreadableSourceError(job.name, "supervisor", cause))
        self.asked += 1
        with self._lock:
            self._watch = self._watch_over(Stage(READING, job.limits, is_ours=False))
        try:
            send(self._tasks, Task(job.payload, job.limits))
            said = self._listen()
        except OSError:
            said = None
        watch = self._end_watch()
        answer = said.payload if isinstance(said, Answer) and not watch.stopped else None
        error = self._failure(job, said, watch) if answer is None else None
        spent, peak = watch.spent_earlier + watch.spent, max(watch.peak_earlier, watch.peak)
        return Outcome(job, answer, error, spent, peak)

    def enforce(self) -> None:
        """Kill the process where the step under way has used more than it may."""
        with self._lock:
            watch = self._watch
            if watch and not watch.stopped and watch.look(used_by(self.pid), time.monotonic()):
                self.kill()

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()

    def close(self) -> int:
        """Let the process end, or kill it, and close the pipes; its exit code, negative for a signal."""
        with suppress(OSError):
            self._tasks.close()
        try:
            code = self._process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self.kill()
            code = self._process.wait()
        self._draining.join(GRACE)
        self._answers.close()
        self._errors.close()
        return code

    def _watch_over(self, stage: Stage) -> Watch:
        return Watch(stage, time.monotonic(), used_by(self.pid))

    def _end_watch(self) -> Watch:
        with self._lock:
            watch, self._watch = self._watch or self._watch_over(START), None
        if watch.stopped is None:
            watch.look(used_by(self.pid) if self.is_alive else None, watch.clock)
        return watch

    def _listen(self) -> Said | None:
        """What is said in the end, or None where the process ends or talks nonsense instead; stages on the way set limits."""
        with suppress(BrokenFrameError):
            while isinstance(said := receive_said(self._answers), Stage):
                self._enter(said)
            return said
        self.kill()
        return None

    def _enter(self, stage: Stage) -> None:
        """The next stage of the task begins: it has all of its own limits, whatever the last one took."""
        self.enforce()
        with self._lock:
            if self._watch and not self._watch.stopped:
                earlier, self._watch = self._watch, self._watch_over(stage)
                self._watch.spent_earlier = earlier.spent_earlier + earlier.spent
                self._watch.peak_earlier = max(earlier.peak_earlier, earlier.peak)

    def _failure(self, job: Job, said: Said | None, watch: Watch) -> SourceError:
        if isinstance(said, Refusal | Fault) and not watch.stopped:
            return refusal(job, said)
        code = self.close()
        cause = _cause(watch, code)
        if watch.stage.is_ours:
            raise ReaderFaultError(f"{job.source_id or job.name}: {cause}")
        return ReadingStoppedError(job.name, "supervisor", cause)

    def _drain(self) -> None:
        """Take in standard error as it comes: a full pipe would stop the process."""
        with suppress(OSError, ValueError):
            while chunk := os.read(self._errors.fileno(), CHUNK):
                self._told = (self._told + chunk)[-TOLD:]


def _open(pipe: IO[bytes] | None) -> BinaryIO:
    return cast("BinaryIO", pipe)  # PIPE was asked for


def refusal(job: Job, said: Refusal | Fault) -> SourceError:
    """The error for what a worker said of a job; raises `ReaderFaultError` for a fault of ours."""
    if isinstance(said, Fault):
        raise ReaderFaultError(f"{job.source_id or job.name}: our own code failed on it:\n{said.trace}")
    match said.kind:
        case "wrong":
            return SourceError(said.cause, path=said.path, source_id=said.source_id)
        case "stopped":
            return ReadingStoppedError(job.name, said.reader, said.cause)
        case "unreadable":
            return UnreadableSourceError(said.path or job.name, said.reader, said.cause)


def _cause(watch: Watch, code: int) -> str:
    """Why a process ended without an answer, in words for a reader of messages."""
    killer = SIGNALS.get(-code, f"signal {-code}") if code < 0 else None
    if watch.stopped or killer == OUT_OF_TIME:
        return f"{watch.stage.name} it took {watch.stopped or f'more than {watch.stage.limits.seconds:g} s'}"
    if killer:
        return f"the reader crashed on it ({killer})"
    return f"the reader ended on it (exit code {code})"
