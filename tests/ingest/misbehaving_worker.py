"""A worker that does what it is told, for tests of its supervisor: each task is a verb and its number."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from collections.abc import Callable

from kb.errors import SourceError, UnreadableSourceError
from kb.ingest.processes.frames import Stage
from kb.ingest.processes.limits import Limits
from kb.ingest.processes.serving import Begin, serve

KEPT: list[bytearray] = []
MEGABYTE = 1024 * 1024


def spin(seconds: float) -> bytes:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return b"spun"


def eat(megabytes: float) -> bytes:
    KEPT.append(bytearray(b"\1" * int(megabytes * MEGABYTE)))
    time.sleep(0.2)  # long enough to be seen
    return b"eaten"


def eat_and_forget(megabytes: float) -> bytes:
    eaten = eat(megabytes)
    KEPT.clear()
    return eaten


def take_all(_number: float) -> bytes:
    return bytes(1 << 62)


def print_to_stdout(number: float) -> bytes:
    print("printed by Python " * int(number))
    os.write(1, b"printed by C " * int(number))
    sys.stdout.flush()
    return b"printed"


def flood_stderr(megabytes: float) -> bytes:
    for _ in range(int(megabytes)):
        os.write(2, b"e" * MEGABYTE)
    return b"flooded"


def read_stdin(_number: float) -> bytes:
    return os.read(0, 10) + b"nothing was there"


def unreadable(_number: float) -> bytes:
    raise UnreadableSourceError("b.pdf", "pdf", "it needs a password")


def wrong(_number: float) -> bytes:
    raise SourceError("a-source: no reader for the shape 'x'", path="a", source_id="a-source")


def fail(number: float) -> bytes:
    raise ZeroDivisionError(f"by {number:g}")


def answer_nonsense(number: float) -> bytes:
    for descriptor in range(3, 10):
        try:
            os.write(descriptor, b"\xff" * int(number))
        except OSError:
            continue
    return b"unread"


VERBS: dict[str, Callable[[float], bytes]] = {
    "say": lambda number: f"said {number:g}".encode(),
    "pid": lambda _number: str(os.getpid()).encode(),
    "sleep": lambda number: time.sleep(number) or b"slept",
    "spin": spin,
    "eat": eat,
    "eat-and-forget": eat_and_forget,
    "take-all": take_all,
    "abort": lambda _number: os.abort(),
    "fault": lambda _number: bytes(ctypes.string_at(8)),
    "exit": lambda number: os._exit(int(number)),
    "print": print_to_stdout,
    "flood": flood_stderr,
    "stdin": read_stdin,
    "unreadable": unreadable,
    "wrong": wrong,
    "fail": fail,
    "nonsense": answer_nonsense,
    "long": lambda number: bytes(int(number * MEGABYTE)),
}


def perform(payload: bytes, begin: Begin) -> bytes:
    """`VERB NUMBER`, or `STAGE SECONDS VERB NUMBER` where the stage is "granted" to the reader or "ours"."""
    *stage, verb, number = payload.decode().split()
    if stage:
        begin(Stage("reading" if stage[0] == "granted" else "extracting", Limits(float(stage[1]), 512.0), stage[0] == "ours"))
    return VERBS[verb](float(number))


if __name__ == "__main__":
    serve(perform)
