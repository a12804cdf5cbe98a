"""Reading processes: whatever one does, its supervisor answers, in order, and leaves none behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.errors import ReadingStoppedError, SourceError, UnreadableSourceError
from kb.ingest.processes import measuring
from kb.ingest.processes.limits import Limits
from kb.ingest.processes.measuring import gaps, used_by
from kb.ingest.processes.process import Watch
from kb.ingest.processes.supervisor import Job, Outcome, ReaderFaultError, Supervisor, Wear, outcome_here
from tests.conftest import REPOSITORY
from tests.ingest import misbehaving_worker

WORKER = "tests.ingest.misbehaving_worker"
SHORT = Limits(seconds=0.2, megabytes=512.0)
SMALL = Limits(seconds=60.0, megabytes=150.0)
NO_LIMIT = Limits(seconds=60.0, megabytes=512.0)

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="limits of time and memory are read from /proc")


def job(task: str, limits: Limits = NO_LIMIT) -> Job:
    return Job("a.pdf", task.encode(), limits, source_id="a-source")


def has_ended(pid: int) -> bool:
    """Whether the process is gone, or dead and not yet waited for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def soon(pid: int) -> bool:
    """Whether the process ends within ten seconds."""
    end = time.monotonic() + 10
    while not has_ended(pid) and time.monotonic() < end:
        time.sleep(0.02)
    return has_ended(pid)


@pytest.fixture(scope="module")
def supervisor() -> Iterator[Supervisor]:
    with Supervisor(WORKER) as shared:
        yield shared


STOPPED = [
    ("spin 30", Limits(1.0, 512.0), "a.pdf: not read: reading it took more than 1 s"),
    ("sleep 30", SHORT, "a.pdf: not read: reading it took more than 2 s by the clock"),
    ("eat 300", SMALL, "a.pdf: not read: reading it took more than 150 MB of memory"),
    ("take-all 1", SMALL, "a.pdf: not read: reading it took more than 150 MB of memory"),
    ("abort 1", NO_LIMIT, "a.pdf: not read: the reader crashed on it (SIGABRT)"),
    ("fault 1", NO_LIMIT, "a.pdf: not read: the reader crashed on it (SIGSEGV)"),
    ("exit 3", NO_LIMIT, "a.pdf: not read: the reader ended on it (exit code 3)"),
    ("exit 0", NO_LIMIT, "a.pdf: not read: the reader ended on it (exit code 0)"),
    ("long 300", NO_LIMIT, "a.pdf: not read: it became too long when read"),
]


@pytest.mark.parametrize(("task", "limits", "message"), STOPPED, ids=[task for task, *_rest in STOPPED])
def test_what_a_source_does_to_its_reader_costs_that_source_alone(
    supervisor: Supervisor, task: str, limits: Limits, message: str
) -> None:
    first, second = supervisor.outcomes([job(task, limits), job("say 2")])
    assert isinstance(first.error, ReadingStoppedError)
    assert (str(first.error), first.payload) == (message, None)
    assert second.payload == b"said 2"


READ = [
    ("print 9999", b"printed"),
    ("flood 20", b"flooded"),
    ("stdin 1", b"nothing was there"),
    ("granted 60 spin 0.6", b"spun"),
    ("ours 60 spin 0.6", b"spun"),
]


@pytest.mark.parametrize(("task", "answer"), READ, ids=[task for task, _answer in READ])
def test_what_does_no_harm_is_answered(supervisor: Supervisor, task: str, answer: bytes) -> None:
    outcomes = list(supervisor.outcomes([job(task, SHORT), job("say 2")]))
    assert [outcome.payload for outcome in outcomes] == [answer, b"said 2"]


@pytest.mark.parametrize(
    ("task", "limits", "message"),
    [
        ("spin 30", SHORT, "a.pdf: not read: reading it took more than 0.2 s"),
        ("eat 1000", SMALL, "a.pdf: not read: reading it took more than 150 MB of memory"),
    ],
)
def test_the_limits_of_the_system_stand_behind_ours(
    monkeypatch: pytest.MonkeyPatch, task: str, limits: Limits, message: str
) -> None:
    monkeypatch.setattr("kb.ingest.processes.supervisor.LOOK", 60.0)
    with Supervisor(WORKER) as unwatched:
        assert str(unwatched.outcome(job(task, limits)).error) == message


REFUSED = [
    ("unreadable 1", UnreadableSourceError, "b.pdf: not read: it needs a password"),
    ("wrong 1", SourceError, "a-source: no reader for the shape 'x'"),
    (
        "fail 7",
        UnreadableSourceError,
        "a.pdf: not read: the reader failed on it (ZeroDivisionError: by 7); please report this",
    ),
]


@pytest.mark.parametrize(("task", "kind", "message"), REFUSED, ids=[task for task, _kind, _message in REFUSED])
def test_what_a_reader_says_is_raised_as_it_said_it(
    supervisor: Supervisor, task: str, kind: type[SourceError], message: str
) -> None:
    there, here = supervisor.outcome(job(task)), outcome_here(misbehaving_worker.perform, job(task))
    assert [(type(outcome.error), str(outcome.error)) for outcome in (there, here)] == [(kind, message)] * 2


@pytest.mark.parametrize(
    ("task", "words"),
    [
        ("ours 60 fail 7", "a-source: our own code failed on it:\nTraceback"),
        ("ours 60 abort 1", "a-source: the reader crashed on it (SIGABRT)"),
        ("ours 0.2 spin 30", "a-source: extracting it took more than 0.2 s"),
    ],
)
def test_a_fault_of_ours_is_raised_with_the_name_of_the_source(task: str, words: str) -> None:
    with Supervisor(WORKER) as fresh, pytest.raises(ReaderFaultError) as raised:
        fresh.outcome(job(task))
    assert str(raised.value).startswith(words)


def test_a_fault_of_ours_in_this_process_is_raised_too() -> None:
    with pytest.raises(ReaderFaultError, match="a-source: our own code failed"):
        outcome_here(misbehaving_worker.perform, job("ours 60 fail 7"))
    assert outcome_here(misbehaving_worker.perform, job("say 2")).payload == b"said 2"


def test_a_worker_that_cannot_start_says_why() -> None:
    with Supervisor("tests.ingest.broken_worker") as broken, pytest.raises(ReaderFaultError) as raised:
        broken.outcome(job("say 1"))
    assert str(raised.value).startswith("a reading process could not start: ")
    assert str(raised.value).endswith("ImportError: a library it needs is not there")


def test_nonsense_on_the_pipe_ends_the_worker_not_the_supervisor(supervisor: Supervisor) -> None:
    first, second = supervisor.outcomes([job("nonsense 8"), job("say 2")])
    assert isinstance(first.error, ReadingStoppedError)
    assert second.payload == b"said 2"


def test_a_file_that_is_too_large_is_not_sent(supervisor: Supervisor) -> None:
    large = Job("a.pdf", bytes(128 * 1024 * 1024 + 1), NO_LIMIT)
    assert str(supervisor.outcome(large).error) == "a.pdf: not read: it is larger than 128 MB; split it"


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_answers_come_in_the_order_of_the_jobs(processes: int) -> None:
    tasks = ["sleep 0.3", "say 1", "abort 1", "say 2", "sleep 0.1", *(f"say {number}" for number in range(3, 40)), "exit 1"]
    with Supervisor(WORKER, processes) as several:
        outcomes = list(several.outcomes(job(task) for task in tasks))
        assert several.started <= processes + 2
    assert [outcome.job.payload.decode() for outcome in outcomes] == tasks
    assert [outcome.payload for outcome in outcomes] == [
        b"slept",
        b"said 1",
        None,
        b"said 2",
        b"slept",
        *(f"said {number}".encode() for number in range(3, 40)),
        None,
    ]


def test_a_worn_worker_is_ended_once_when_the_supervisor_closes() -> None:
    supervisor = Supervisor(WORKER)
    worker = supervisor._fit(None)
    worker.asked = Wear().jobs
    supervisor._closing.set()
    with pytest.raises(ReaderFaultError, match="the supervisor was closed"):
        supervisor._fit(worker)
    supervisor._dismiss(worker)
    assert supervisor.pids == []


def test_jobs_are_drawn_as_workers_become_free() -> None:
    drawn: list[int] = []

    def jobs() -> Iterator[Job]:
        for number in range(50):
            drawn.append(number)
            yield job(f"say {number}")

    with Supervisor(WORKER) as single:
        first = next(single.outcomes(jobs()))
    assert first.payload == b"said 0"
    assert drawn == [0, 1]


def test_no_more_processes_start_than_there_is_work_for() -> None:
    with Supervisor(WORKER, 8) as several:
        assert several.started == 0
        assert list(several.outcomes([])) == []
        assert several.started == 0
        several.outcome(job("say 1"))
        assert (several.started, len(several.pids)) == (1, 1)


def pids(wear: Wear, task: str) -> list[bytes | None]:
    """The process that each of four jobs ran in, with `task` before each."""
    with Supervisor(WORKER, wear=wear) as worn:
        outcomes: list[Outcome] = list(worn.outcomes(job(step) for _ in range(4) for step in (task, "pid 1")))
    return [outcome.payload for outcome in outcomes[1::2]]


def test_a_worker_is_replaced_after_its_jobs() -> None:
    one, two, three, four = pids(Wear(jobs=4), "say 1")
    assert one == two
    assert three == four
    assert one != three


def test_a_worker_is_replaced_when_its_memory_has_grown() -> None:
    kept = pids(Wear(megabytes=60), "eat 100")
    freed = pids(Wear(megabytes=60), "eat-and-forget 100")
    assert (len(set(kept)), len(set(freed))) == (4, 1)


def test_an_outcome_tells_what_was_used(supervisor: Supervisor) -> None:
    spun, eaten = supervisor.outcomes([job("spin 0.5"), job("eat 200")])
    assert 0.4 < spun.seconds < 5
    assert eaten.megabytes > 200


def test_leaving_ends_the_workers_whatever_they_do() -> None:
    with Supervisor(WORKER, 2) as several:
        outcomes = several.outcomes([job("pid 1"), job("pid 1"), job("sleep 60"), job("spin 60")])
        running = {int(next(outcomes).payload or b"0") for _ in range(2)} | set(several.pids)
    assert all(has_ended(pid) for pid in running)


PARENT = f"""
import sys
from kb.ingest.processes.supervisor import Job, Supervisor
from kb.ingest.processes.limits import Limits
limits = Limits(60.0, 512.0)
with Supervisor({WORKER!r}, 2) as supervisor:
    tasks = (b"pid 1", b"pid 1", sys.argv[1].encode(), sys.argv[1].encode())
    for outcome in supervisor.outcomes(Job("a.pdf", task, limits) for task in tasks):
        print(*supervisor.pids, flush=True)
"""


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda sent: sent.name)
@pytest.mark.parametrize("task", ["sleep 60", "spin 60"])
def test_no_worker_outlives_its_supervisor(sent: signal.Signals, task: str) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, task],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
    )
    assert parent.stdout is not None
    lines = [parent.stdout.readline(), parent.stdout.readline()]
    parent.send_signal(sent)
    parent.communicate(timeout=20)
    assert parent.returncode == -sent
    workers = [int(pid) for pid in lines[-1].split()]
    assert len(workers) == 2
    assert all(soon(pid) for pid in workers)


def test_a_module_in_the_working_folder_does_not_stand_in_for_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "msgspec.py").write_text("raise SystemExit('taken over')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [entry for entry in sys.path if entry])
    with Supervisor(WORKER) as elsewhere:
        assert elsewhere.outcome(job("say 1")).payload == b"said 1"


def test_what_the_platform_lacks_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert gaps() == ()
    monkeypatch.setattr(measuring, "PROC", Path("/nowhere"))
    assert used_by(os.getpid()) is None
    assert gaps() == (
        "the memory of a reading process is not limited here, and its time only by the clock: this platform has no /proc",
    )


def test_without_proc_the_clock_still_stops_a_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "PROC", Path("/nowhere"))
    with Supervisor(WORKER) as blind:
        outcome = blind.outcome(job("sleep 30", Limits(0.1, 150.0)))
    assert str(outcome.error) == "a.pdf: not read: reading it took more than 1 s by the clock"


@pytest.mark.parametrize(
    ("seconds", "megabytes", "clock", "stopped"),
    [
        (10.0, 512.0, 100.0, None),
        (10.01, 512.0, 20.0, "more than 10 s"),
        (10.0, 512.1, 20.0, "more than 512 MB of memory"),
        (0.0, 1.0, 100.1, "more than 100 s by the clock"),
    ],
)
def test_limits_are_the_last_that_may_be_used(seconds: float, megabytes: float, clock: float, stopped: str | None) -> None:
    watch = Watch(misbehaving_worker.Stage("reading", Limits(10.0, 512.0), is_ours=False), 100.0, measuring.Used(5.0, 50.0))
    assert watch.look(measuring.Used(5.0 + seconds, megabytes), 100.0 + clock) is (stopped is not None)
    assert watch.stopped == stopped
