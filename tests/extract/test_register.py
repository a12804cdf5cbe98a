"""Texts that nobody said the kind of: which find fault, which lay down rules, and which do neither."""

from __future__ import annotations

import pytest

from kb.extract.claims.register import register
from tests.extract.test_claims import found_in

RULES = (
    "Lamps must be lit at dusk. Visitors should sign the book. The hall is to be swept daily. Keepers may only leave at noon. "
)
PLAIN = "The hall has nine doors. Rain came in the night. "
FAULTS = "The plan is flawed. Its sums are misleading. The board ignored this. The rest is nonsense. "


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        (RULES * 3 + PLAIN * 2, "rules"),
        (RULES * 3 + PLAIN * 20, "report"),
        (RULES * 2, "critique"),
        (RULES * 3 + FAULTS * 3, "critique"),
        (PLAIN * 10 + FAULTS, "critique"),
        (PLAIN * 30 + FAULTS, "report"),
        ((RULES + "I lit my lamp. ") * 3, "report"),
    ],
    ids=["rules", "few rules", "a short text", "rules and faults", "faults", "few faults", "somebody in person"],
)
def test_a_critique_by_name_may_speak_otherwise(text: str, voice: str) -> None:
    assert register(found_in(text, "critique")) == voice


def test_what_is_known_stays() -> None:
    assert [register(found_in(RULES * 4, kind)) for kind in ("forum", "guidance")] == ["forum", "guidance"]
