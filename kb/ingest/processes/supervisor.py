"""Reading processes: a few workers, each held to its limits, that do the jobs they are given; answers come in the jobs' order.

A worker is a fresh interpreter that runs a module ending in `kb.ingest.processes.serving.serve`. One thread a worker asks it; one
thread looks at all of them every few hundredths of a second and kills the one that has used more than it may. A hang, bomb or
crash costs its own job; the next gets a new worker. Closing the supervisor, its death included, ends the workers.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from kb.ingest.processes.frames import Answer, Fault, Refusal, Task
from kb.ingest.processes.process import Job, Outcome, Worker, refusal
from kb.ingest.processes.serving import Perform, ReaderFaultError, performed

LOOK = 0.03
"""Seconds between two looks at the workers; reading /proc takes a hundred-thousandth."""
WAITING_BYTES = 64 * 1024 * 1024
"""Answers that may wait for an earlier one before no further job is given out."""
AHEAD = 2
"""Jobs given out for each worker, so that none waits for the next."""


__all__ = ["Job", "Outcome", "ReaderFaultError", "Supervisor", "Wear", "outcome_here"]


@dataclass(frozen=True)
class Wear:
    """When a worker makes place for a fresh one: after so many jobs, or when its memory at rest has grown by so much."""

    jobs: int = 500
    megabytes: float = 128.0


def outcome_here(perform: Perform, job: Job) -> Outcome:
    """What becomes of a job that a worker's `perform` does in this process, without limits: the same as in another."""
    try:
        said = performed(perform, Task(job.payload, job.limits), lambda _stage: None)
    except ReaderFaultError as fault:
        raise ReaderFaultError(f"{job.source_id or job.name}: our own code failed on it") from fault
    if isinstance(said, Refusal | Fault):
        return Outcome(job, None, refusal(job, said))
    return Outcome(job, said.payload if isinstance(said, Answer) else None)


class Supervisor:
    """Up to `processes` workers of one module, started when there is work for them. A context manager: leaving it ends them."""

    def __init__(self, module: str, processes: int = 1, wear: Wear | None = None) -> None:
        self._module, self._processes, self._wear = module, processes, wear or Wear()
        self._jobs: queue.SimpleQueue[tuple[int, Job] | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[tuple[int, Outcome | Exception]] = queue.SimpleQueue()
        self._lanes: list[threading.Thread] = []
        self._watching = threading.Thread(target=self._look, daemon=True)
        self._workers: list[Worker] = []
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self.started = 0
        """How many processes were started so far."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self.close()

    @property
    def pids(self) -> list[int]:
        """The numbers of the processes that run now."""
        with self._lock:
            return [worker.pid for worker in self._workers]

    def outcome(self, job: Job) -> Outcome:
        """What becomes of one job."""
        return next(self.outcomes([job]))

    def outcomes(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
        """What becomes of each job, in the jobs' order; `jobs` is drawn from as workers become free.

        Raises `ReaderFaultError` where our own code failed at one. Whoever does not take all outcomes must close the supervisor
        before asking again.
        """
        coming = enumerate(jobs)
        finished: dict[int, Outcome] = {}
        given = taken = 0
        while True:
            room = self._processes * AHEAD - (given - taken - len(finished))
            while room and sum(len(outcome.payload or b"") for outcome in finished.values()) < WAITING_BYTES:
                numbered = next(coming, None)
                if numbered is None:
                    break
                self._jobs.put(numbered)
                given, room = given + 1, room - 1
                self._open_lane(given - taken - len(finished))
            if given == taken:
                return
            number, outcome = self._done.get()
            if isinstance(outcome, Exception):
                raise outcome
            finished[number] = outcome
            while taken in finished:
                yield finished.pop(taken)
                taken += 1

    def close(self) -> None:
        """End all workers, whatever they are doing, and wait for their end."""
        self._closing.set()
        with self._lock:
            for worker in self._workers:
                worker.kill()
        for _lane in self._lanes:
            self._jobs.put(None)
        for lane in self._lanes:
            lane.join()

    def _open_lane(self, under_way: int) -> None:
        """Start one more lane where all that run have work, and with the first the thread that watches the workers."""
        if len(self._lanes) < min(under_way, self._processes):
            if not self._lanes:
                self._watching.start()
            self._lanes.append(threading.Thread(target=self._run, daemon=True))
            self._lanes[-1].start()

    def _look(self) -> None:
        while not self._closing.wait(LOOK):
            with self._lock:
                workers = list(self._workers)
            for worker in workers:
                worker.enforce()

    def _run(self) -> None:
        """One lane: jobs, one after the other, for one worker at a time."""
        worker: Worker | None = None
        ended: Exception = ReaderFaultError("a thread of the supervisor failed")
        try:
            while (numbered := self._jobs.get()) is not None and not self._closing.is_set():
                worker = self._fit(worker)
                self._done.put((numbered[0], worker.ask(numbered[1])))
        except (ReaderFaultError, OSError) as error:
            ended = error
        finally:
            if worker:
                self._dismiss(worker)
            self._done.put((-1, ended))  # without lanes nobody must wait for an outcome

    def _fit(self, worker: Worker | None) -> Worker:
        """A worker that can take a job: this one, or a fresh one where it is gone or worn."""
        if worker and worker.is_alive and worker.asked < self._wear.jobs and worker.growth < self._wear.megabytes:
            return worker
        if worker:
            self._dismiss(worker)
        with self._lock:
            if self._closing.is_set():
                raise ReaderFaultError("the supervisor was closed")
            fresh = Worker(self._module)
            self._workers.append(fresh)
            self.started += 1
        fresh.start()
        return fresh

    def _dismiss(self, worker: Worker) -> None:
        """End a worker; one that has ended already, in a supervisor that closes, is ended no more."""
        worker.close()
        with self._lock:
            if worker in self._workers:
                self._workers.remove(worker)
