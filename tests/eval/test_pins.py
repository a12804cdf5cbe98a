"""No change may raise a count of misses or of false finds on the real gold.

Counts fell, or a rise is meant and explained in the commit: `pytest tests/eval --regen` rewrites the pins, and fails.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.evaluate.pins import as_text, counted, fallen, risen
from kb.evaluate.scores import Scored, read_and_score
from kb.evaluate.summary import as_json, summary
from kb.pipeline import understand
from kb.sources import load_corpus

PINS = Path(__file__).parent / "pins.json"
EVALUATION = Path(__file__).resolve().parents[2] / "site" / "evaluation.json"


@pytest.fixture(scope="module")
def scored(real: Path) -> list[Scored]:
    """The real sources as they are read now, held against the gold."""
    knowledge = understand(load_corpus(real / "corpus"), None)[0]
    return list(read_and_score(knowledge, sorted((real / "gold").glob("*.gold.jsonl"))))


def test_no_count_has_risen(scored: list[Scored], request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> None:
    now = counted({each.file: each.scores for each in scored})
    regenerate(PINS, as_text(now), is_wanted=request.config.getoption("--regen"))
    pins = json.loads(PINS.read_text(encoding="utf-8"))
    lower = fallen(pins, now)
    with capsys.disabled():
        print("".join(f"\n{line}; pytest tests/eval --regen lowers the pin" for line in lower))
    assert risen(pins, now) == []


def test_the_evaluation_on_our_site_is_that_of_now(scored: list[Scored], request: pytest.FixtureRequest) -> None:
    now = as_json(summary(scored))
    regenerate(EVALUATION, now, is_wanted=request.config.getoption("--regen"))
    assert EVALUATION.read_text(encoding="utf-8") == now


def regenerate(path: Path, text: str, *, is_wanted: bool) -> None:
    """With --regen, write what is pinned and fail, so that somebody reads it."""
    if is_wanted:
        path.write_text(text, encoding="utf-8", newline="\n")
        pytest.fail(f"wrote {path}; read it, then run without --regen")
