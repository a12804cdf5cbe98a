"""No pattern of the text readers and extractors blows up on text that it nearly matches."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patterns.near_misses import near_misses
from tests.patterns.trial import tried
from tests.patterns.watched import Watched

REPOSITORY = Path(__file__).parents[2]


@pytest.mark.parametrize("asked", [["15000"], pytest.param(["100000", "--hostile"], marks=pytest.mark.thorough)])
def test_no_pattern_blows_up(asked: list[str]) -> None:
    command = [sys.executable, "-m", "tests.patterns.trial", *asked]
    ended = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    *blown, count = ended.stdout.splitlines() or [""]
    assert (ended.returncode, ended.stderr, blown) == (0, "", [])
    assert int(count) > 500


@pytest.mark.parametrize(
    "pattern", [r"\s+$", r"(?:a+)+b", r"[^]]*\]\(", r"(?:\w+,? ?)+;", r"<[^>]*>", r"(?:a|a)*c", r"\d+(?:\d+)*x"]
)
def test_a_pattern_that_blows_up_is_told(pattern: str) -> None:
    watched = Watched(re.compile(pattern), "a.module", {"search": 20_000})
    assert len(list(tried(watched, 20_000))) == 1


@pytest.mark.parametrize("pattern", [r"\bword\b", r"(?<!\s)\s++$", r"<[^<>]*>", r"(?<![\d,])\d{1,3}(?:,\d{3})*+%", r"[^\W\d_]+"])
def test_a_good_pattern_is_let_pass(pattern: str) -> None:
    watched = Watched(re.compile(pattern), "a.module", {"search": 20_000})
    assert list(tried(watched, 20_000)) == []


def test_a_pattern_that_sees_short_text_alone_may_be_dear() -> None:
    assert list(tried(Watched(re.compile(r"\s+$"), "a.module", {"search": 300}), 20_000)) == []


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        (r"a*b", ["aaaa", "ab "]),
        (r"(?:one|two)\s+\d", ["one  ", "two "]),
    ],
)
def test_near_misses_lead_up_to_a_match(pattern: str, texts: list[str]) -> None:
    made = list(near_misses(re.compile(pattern), 400))
    assert [text for text in texts if not any(text in one for one in made)] == []
    assert min(map(len, made)) > 300
