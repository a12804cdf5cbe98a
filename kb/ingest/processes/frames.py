"""What a supervisor and its workers say to each other: msgspec values over a pipe, each behind its length."""

from __future__ import annotations

import struct
from typing import BinaryIO, Literal, TypeVar

import msgspec

from kb.ingest.processes.limits import Limits

HEAD = struct.Struct(">I")
MAX_BYTES = 256 * 1024 * 1024
"""The longest frame that is taken in: half of what a worker may hold."""
MAX_PAYLOAD = MAX_BYTES - 1024

READING = "reading"
"""The name of a task's first stage."""

T = TypeVar("T")


class Task(msgspec.Struct, frozen=True):
    """To a worker: what to do, in the worker's own encoding, and what it may cost."""

    payload: bytes
    limits: Limits


class Ready(msgspec.Struct, frozen=True, tag=True):
    """From a worker: it has started and waits for tasks."""


class Stage(msgspec.Struct, frozen=True, tag=True):
    """From a worker: the next step of the task begins, with limits of its own.

    `name` says what is being done. Where `is_ours`, only our own code runs, on values that were checked: its failure is
    a fault of this project, not of the source.
    """

    name: str
    limits: Limits
    is_ours: bool


class Answer(msgspec.Struct, frozen=True, tag=True):
    """From a worker: the task is done."""

    payload: bytes


class Refusal(msgspec.Struct, frozen=True, tag=True):
    """From a worker: no document can be made of it.

    `unreadable` is about the file, `stopped` about a limit, `wrong` about the manifest.
    """

    kind: Literal["unreadable", "stopped", "wrong"]
    path: str | None
    reader: str
    cause: str
    source_id: str | None = None


class Fault(msgspec.Struct, frozen=True, tag=True):
    """From a worker: our own code failed; `trace` says where."""

    trace: str


Said = Ready | Stage | Answer | Refusal | Fault
TASKS = msgspec.msgpack.Decoder(Task)
SAYINGS: msgspec.msgpack.Decoder[Said] = msgspec.msgpack.Decoder(Said)


class BrokenFrameError(Exception):
    """A pipe ended inside a frame, or held what is none."""


def send(pipe: BinaryIO, frame: Task | Said) -> None:
    """Write one frame. Raises `BrokenFrameError` for one that is too long, `OSError` where nobody reads."""
    if isinstance(frame, Task | Answer) and len(frame.payload) > MAX_PAYLOAD:
        raise BrokenFrameError(f"a payload of {len(frame.payload)} bytes is longer than {MAX_PAYLOAD}")
    body = msgspec.msgpack.encode(frame)
    pipe.write(HEAD.pack(len(body)))
    pipe.write(body)
    pipe.flush()


def receive_task(pipe: BinaryIO) -> Task | None:
    """The next task, or None where the pipe ended between two. Raises `BrokenFrameError` for anything else."""
    return _decoded(pipe, TASKS)


def receive_said(pipe: BinaryIO) -> Said | None:
    """What a worker says next, or None where its pipe ended after a whole frame. Raises `BrokenFrameError` for anything else."""
    return _decoded(pipe, SAYINGS)


def _decoded(pipe: BinaryIO, decoder: msgspec.msgpack.Decoder[T]) -> T | None:
    head = pipe.read(HEAD.size)
    if not head:
        return None
    length = HEAD.unpack(head)[0] if len(head) == HEAD.size else MAX_BYTES + 1
    if length > MAX_BYTES:
        raise BrokenFrameError(f"no length of a frame: {head!r}")
    body = pipe.read(length)
    if len(body) < length:
        raise BrokenFrameError("the pipe ended inside a frame")
    try:
        return decoder.decode(body)
    except msgspec.MsgspecError as error:
        raise BrokenFrameError(f"a frame that says nothing known: {error}") from error
