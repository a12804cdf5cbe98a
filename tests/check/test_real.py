"""On the real sources, findings equal what was counted by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.check import run_checks
from kb.model import Finding
from kb.pipeline import understand
from kb.sources import load_corpus


@pytest.fixture(scope="module")
def findings(real: Path) -> tuple[Finding, ...]:
    """What does not add up in the five sources."""
    knowledge, _keys, _read_now = understand(load_corpus(real / "corpus"), None)
    return run_checks(knowledge)


@pytest.mark.parametrize(
    ("code", "count"), [("W402", 9), ("W403", 1), ("W404", 1), ("E301", 0), ("E302", 0), ("E303", 0), ("E501", 0)]
)
def test_counts(findings: tuple[Finding, ...], code: str, count: int) -> None:
    assert [finding.code for finding in findings].count(code) == count


def test_nine_numbers_are_cited_in_the_blog_and_none_is_listed(findings: tuple[Finding, ...]) -> None:
    dangling = [finding for finding in findings if finding.code == "W401" and (finding.source_id or "").startswith("002")]
    numbers = [finding.message.split("'")[1] for finding in dangling if finding.message[1].isdigit()]
    assert numbers == ["1", "2", "3", "4", "5", "6", "7", "8", "9"]
