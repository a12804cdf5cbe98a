"""No change may raise a count of misses or of false finds on the real gold.

Counts fell, or a rise is meant and explained in the commit: `pytest tests/eval --regen` rewrites the pins, and fails.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.evaluate.pins import as_text, counted, fallen, risen
from kb.evaluate.scores import read_and_score
from kb.pipeline import understand
from kb.sources import load_corpus

PINS = Path(__file__).parent / "pins.json"


def test_no_count_has_risen(real: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> None:
    knowledge = understand(load_corpus(real / "corpus"), None)[0]
    scored = read_and_score(knowledge, sorted((real / "gold").glob("*.gold.jsonl")))
    now = counted({each.file: each.scores for each in scored})
    regenerate(as_text(now), is_wanted=request.config.getoption("--regen"))
    pins = json.loads(PINS.read_text(encoding="utf-8"))
    lower = fallen(pins, now)
    with capsys.disabled():
        print("".join(f"\n{line}; pytest tests/eval --regen lowers the pin" for line in lower))
    assert risen(pins, now) == []


def regenerate(text: str, *, is_wanted: bool) -> None:
    """With --regen, write the pins and fail, so that somebody reads them."""
    if is_wanted:
        PINS.write_text(text, encoding="utf-8", newline="\n")
        pytest.fail(f"wrote {PINS}; read it, then run without --regen")
