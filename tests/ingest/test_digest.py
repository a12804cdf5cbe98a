"""Digests: what is a heading's own words, and that long lines of near-misses take no long time."""

from __future__ import annotations

import pytest

from kb.ingest.digest import ingest
from kb.model import Source

DIGEST = Source(id="a", files=(), source_kind="forum", shape="digest")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("## Noise", "Noise"),
        ("## Noise ##  ", "Noise"),
        ("## Noise in C#", "Noise in C#"),
        ("## Nr # 5", "Nr # 5"),
        ("## C# \t#", "C#"),
    ],
)
def test_a_heading_loses_its_closing_marks_alone(line: str, words: str) -> None:
    document = ingest([f"{line}\n\n- It hums.\n".encode()], DIGEST)
    assert [part.heading for part in document.parts] == [words]
    assert [passage.span.of(document.text) for passage in document.passages] == [words, "It hums."]


@pytest.mark.parametrize("line", ["# a" + " " * 50_000 + "b", "# a" + " #" * 25_000 + "x", "# " + "#" * 50_000, "- a [" * 10_000])
def test_near_misses_take_no_long_time(line: str) -> None:
    document = ingest([line.encode()], DIGEST)
    assert len(document.passages) == 1
