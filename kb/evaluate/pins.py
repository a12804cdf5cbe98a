"""Counts of what is missed and what is false, pinned: no change may raise one silently.

A pin file is JSON: gold file's annotated file -> type -> [missed, false]. Counts are pinned, not scores, because one more miss
can hide in a rounded F1.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from kb.evaluate.scores import Scores

Pins = dict[str, dict[str, list[int]]]
WHAT = ("missed", "false")


def counted(scores: Mapping[str, Scores]) -> Pins:
    """The counts of now, by annotated file; types without gold and without finds are left out."""
    return {
        file: {name: [len(row.missed), len(row.false)] for name, row in by_type.items() if row.required or row.false}
        for file, by_type in scores.items()
    }


def risen(pins: Pins, now: Pins) -> list[str]:
    """One line for each count that is higher than its pin; what has no pin is held to none."""
    return [line for line, pin, count in _pairs(pins, now) if count > pin]


def fallen(pins: Pins, now: Pins) -> list[str]:
    """One line for each count that is lower than its pin, which can be lowered."""
    return [line for line, pin, count in _pairs(pins, now) if count < pin]


def _pairs(pins: Pins, now: Pins) -> Iterator[tuple[str, int, int]]:
    for file, types in pins.items():
        for name, pinned in types.items():
            found = now.get(file, {}).get(name, [0, 0])
            for what, pin, count in zip(WHAT, pinned, found, strict=True):
                yield f"{file}: {name}: {what} {count}, pinned at {pin}", pin, count


def as_text(pins: Pins) -> str:
    """The pin file: one line a type, so that a change of one shows as one line."""
    blocks = []
    for file, types in sorted(pins.items()):
        lines = [f"  {json.dumps(name)}: {json.dumps(counts)}" for name, counts in types.items()]
        blocks.append(f"{json.dumps(file)}: {{\n" + ",\n".join(lines) + "\n}")
    return "{\n" + ",\n".join(blocks) + "\n}\n"
