"""The worker's side of a supervised process: takes tasks from standard input, answers on what was standard output.

A module that is a worker ends with `serve(...)` under `if __name__ == "__main__"`; `kb.ingest.processes.supervisor` starts it.
"""

from __future__ import annotations

import math
import os
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO

from kb.errors import SourceError, UnreadableSourceError
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
    receive_task,
    send,
)
from kb.ingest.processes.limits import Limits

Begin = Callable[[Stage], None]
"""Called by a worker before a step that has limits of its own."""
Perform = Callable[[bytes, Begin], bytes]
"""What a worker does: the payload of a task to the payload of its answer."""

SPARE = 2.0
"""The operating system's own limits stand at this many times ours: they stop what grows between two looks of the supervisor."""
MEGABYTE = 1024 * 1024


class ReaderFaultError(Exception):
    """Our own code failed in a reading process, or the process could not start: a fault of this project, not of a source."""


def serve(perform: Perform) -> None:
    """Perform tasks until the pipe they come from ends; then the process ends at once, also in the middle of a task."""
    tasks, answers = _take_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the supervisor, which ends its workers
    waiting: queue.SimpleQueue[Task] = queue.SimpleQueue()
    threading.Thread(target=_take_in, args=(tasks, waiting), daemon=True).start()
    send(answers, Ready())
    while True:
        task = waiting.get()
        _hold_to(task.limits)
        try:
            send(answers, performed(perform, task, lambda stage: _enter(stage, answers)))
        except ReaderFaultError as fault:
            send(answers, Fault("".join(traceback.format_exception(fault))))
        except BrokenFrameError:
            send(answers, Refusal("stopped", None, "serve", "it became too long when read"))


def performed(perform: Perform, task: Task, begin: Begin) -> Said:
    """What there is to say about a task. Whatever goes wrong on a source's bytes is said about the source, and stops nothing.

    What goes wrong in a stage that is ours is a `ReaderFaultError`.
    """
    stages = [Stage(READING, task.limits, is_ours=False)]

    def enter(stage: Stage) -> None:
        stages.append(stage)
        begin(stage)

    try:
        return Answer(perform(task.payload, enter))
    except UnreadableSourceError as error:
        return Refusal("unreadable", error.path, error.reader, error.cause)
    except SourceError as error:
        return Refusal("wrong", error.path, "serve", str(error), error.source_id)
    except Exception as error:  # what a hostile file can bring about is not for us to list
        if stages[-1].is_ours:
            raise ReaderFaultError(f"{stages[-1].name} failed") from error
        if isinstance(error, MemoryError):
            return Refusal("stopped", None, "serve", f"reading it took more than {task.limits.megabytes:g} MB of memory")
        cause = f"the reader failed on it ({type(error).__name__}: {str(error)[:200]}); please report this"
        return Refusal("unreadable", None, "serve", cause)


def _enter(stage: Stage, answers: BinaryIO) -> None:
    _hold_to(stage.limits)
    send(answers, stage)


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes for tasks and answers; what else reads standard input finds it empty, what prints writes to standard error."""
    tasks, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.close(empty)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return tasks, answers


def _take_in(tasks: BinaryIO, waiting: queue.SimpleQueue[Task]) -> None:
    """Read ahead, so that the end of the pipe, which is the end of the supervisor, is seen while a task runs."""
    with suppress(BrokenFrameError, OSError):
        while (task := receive_task(tasks)) is not None:
            waiting.put(task)
    os._exit(0)


def _hold_to(limits: Limits) -> None:
    """Set the operating system's own limits, where it has them, above ours; no dump of a crash is left behind."""
    with suppress(ImportError):
        import resource  # noqa: PLC0415 - absent on Windows

        seconds = time.process_time() + limits.seconds * SPARE
        wanted = {
            "RLIMIT_CPU": math.ceil(seconds) + 1,
            "RLIMIT_DATA": int(limits.megabytes * SPARE) * MEGABYTE,
            "RLIMIT_CORE": 0,
        }
        for name, soft in wanted.items():
            with suppress(AttributeError, ValueError, OSError):
                kind = getattr(resource, name)
                hard = resource.getrlimit(kind)[1]
                resource.setrlimit(kind, (soft, hard))
