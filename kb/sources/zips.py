"""What a ZIP file holds, told from its directory alone: nothing is unpacked."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterator

END = b"PK\x05\x06"
ENTRY = b"PK\x01\x02"
LOCAL = b"PK\x03\x04"
END_SIZE = 22
LONGEST_COMMENT = 65_535
MOST_NAMES = 2_000
"""Entries looked at; the ones that tell a format stand among the first."""
LONGEST_NAME = 512
LOCAL_HEAD = struct.Struct("<4sHHHHHIIIHH")
ENTRY_HEAD = struct.Struct("<4sHHHHHHIIIHHHHHII")
END_HEAD = struct.Struct("<4sHHHHIIH")


def entry_names(data: bytes) -> tuple[str, ...]:
    """The names of the first entries: from the directory at the end, or, where that was cut off, from the entries themselves."""
    names = _directory_names(data) if END in data[-END_SIZE - LONGEST_COMMENT :] else _local_names(data)
    return tuple(itertools.islice(names, MOST_NAMES))


def first_stored(data: bytes, name: str) -> bytes | None:
    """The first entry's bytes where it has this name and is not compressed; containers state their type so."""
    if len(data) < LOCAL_HEAD.size:
        return None
    mark, _, _, method, _, _, _, size, _, name_length, extra_length = LOCAL_HEAD.unpack_from(data)
    start = LOCAL_HEAD.size
    if mark != LOCAL or method or data[start : start + name_length] != name.encode():
        return None
    start += name_length + extra_length
    return data[start : start + min(size, LONGEST_NAME)]


def _directory_names(data: bytes) -> Iterator[str]:
    end = data.rfind(END)
    if len(data) - end < END_HEAD.size:
        return
    _, _, _, _, _, size, start, _ = END_HEAD.unpack_from(data, end)
    at = end - size if end >= size else start  # what was put before the archive moves it, and leaves `start` wrong
    while 0 <= at <= len(data) - ENTRY_HEAD.size:
        head = ENTRY_HEAD.unpack_from(data, at)
        if head[0] != ENTRY:
            return
        name, extra, comment = head[10:13]
        at += ENTRY_HEAD.size
        yield _name(data[at : at + name])
        at += name + extra + comment


def _local_names(data: bytes) -> Iterator[str]:
    at = data.find(LOCAL)
    while 0 <= at <= len(data) - LOCAL_HEAD.size:
        name = LOCAL_HEAD.unpack_from(data, at)[9]
        yield _name(data[at + LOCAL_HEAD.size : at + LOCAL_HEAD.size + name])
        at = data.find(LOCAL, at + len(LOCAL))


def _name(raw: bytes) -> str:
    return raw[:LONGEST_NAME].decode("utf-8", "replace").replace("\\", "/")
