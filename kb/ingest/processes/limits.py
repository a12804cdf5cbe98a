"""What one file may cost before reading it stops, and why each figure is what it is."""

from __future__ import annotations

import msgspec

SECONDS = 10.0
"""CPU seconds to read one file. The slowest honest file measured, an 872-page DOCX, takes about half of them."""
MEGABYTES = 512.0
"""Resident memory of the process that reads one source."""
SECONDS_A_PAGE = 0.1
"""More CPU seconds for each page of a PDF: five times what a page of government text costs."""
BYTES_A_PAGE = 500
"""A page of words takes more bytes than these: a file cannot claim pages that it has no room for."""
WALL_FACTOR = 10.0
"""Wall-clock limit in CPU limits: a busy machine may slow a reader down this much; a reader that only waits is stopped by it."""

MAX_TASK_BYTES = 128 * 1024 * 1024
"""Files of one source together; more would not fit a reading process in several forms."""


class Limits(msgspec.Struct, frozen=True):
    """CPU seconds and resident megabytes that one step may use."""

    seconds: float
    megabytes: float


def limits_of(files: int, pages: int = 0) -> Limits:
    """What reading a source of so many files, with so many PDF pages, may use.

    >>> limits_of(1)
    Limits(seconds=10.0, megabytes=512.0)
    >>> limits_of(3, pages=100).seconds
    40.0
    """
    return Limits(SECONDS * max(files, 1) + SECONDS_A_PAGE * pages, MEGABYTES)
