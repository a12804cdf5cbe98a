"""What another process has used so far, as far as the platform tells."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")
MEGABYTE = 1024 * 1024


class Used(NamedTuple):
    """CPU seconds, user and system, of a process since it began, and its resident megabytes now."""

    seconds: float
    megabytes: float


def used_by(pid: int) -> Used | None:
    """What the process has used, or None where it is gone or the platform has no `/proc`."""
    with suppress(OSError, IndexError):
        fields = (PROC / str(pid) / "stat").read_bytes().rpartition(b")")[2].split()
        resident = int((PROC / str(pid) / "statm").read_bytes().split()[1])
        # after the name in brackets stands the third field of proc(5): utime and stime are the 14th and 15th
        ticks = int(fields[11]) + int(fields[12])
        return Used(ticks / os.sysconf("SC_CLK_TCK"), resident * os.sysconf("SC_PAGE_SIZE") / MEGABYTE)
    return None


def gaps() -> tuple[str, ...]:
    """What this platform cannot hold a reading process to, in words; nothing on Linux."""
    if used_by(os.getpid()) is not None:
        return ()
    return ("the memory of a reading process is not limited here, and its time only by the clock: this platform has no /proc",)
