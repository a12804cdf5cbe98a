"""The reading process: one source after the other from its bytes to its document, and to its records where they are wanted.

`python -m kb.worker` is started by `kb.ingest.processes.supervisor` and talks to nobody else.
"""

from __future__ import annotations

import msgspec

from kb.ingest import ingest
from kb.ingest.processes.frames import READING, Stage
from kb.ingest.processes.limits import Limits, limits_of
from kb.ingest.processes.page_count import pages_in
from kb.ingest.processes.serving import Begin, serve
from kb.model import Source, encode
from kb.sources.kinds import judged
from kb.store.cache import Reading

EXTRACTING = Stage("extracting its records", Limits(600.0, 2048.0), is_ours=True)
"""Extractors run on checked documents: they may take their time, and where they fail the fault is ours."""


class ReadingTask(msgspec.Struct, frozen=True):
    """A source with the bytes of its files; `has_records` says that its records are wanted too."""

    source: Source
    files: list[bytes]
    has_records: bool


def perform(payload: bytes, begin: Begin) -> bytes:
    """An encoded `ReadingTask` to an encoded `Reading`, without records where they are not wanted."""
    task = msgspec.msgpack.decode(payload, type=ReadingTask)
    pages = sum(pages_in(data) for data in task.files) if task.source.shape == "pdf" else 0
    if pages:
        begin(Stage(READING, limits_of(len(task.files), pages), is_ours=False))
    document = ingest(task.files, task.source)
    if not task.has_records:
        return encode(Reading(document, ()))
    begin(EXTRACTING)
    from kb.extract import extract  # noqa: PLC0415 - what it takes to load it is no file's cost

    return encode(Reading(document, extract(judged(task.source, document), document)))


if __name__ == "__main__":
    serve(perform)
