"""Texts that nobody said the kind of: which speak as guidance, and which only come near it."""

from __future__ import annotations

import pytest

from kb.extract.register import register
from tests.extract.test_claims import found_in

RULES = (
    "Lamps must be lit at dusk. Visitors should sign the book. The hall is to be swept daily. Keepers may only leave at noon. "
)
PLAIN = "The hall has nine doors. Rain came in the night. "
FAULTS = "The plan is flawed. Its sums are misleading. The board ignored this. The rest is nonsense. "


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        (RULES * 3 + PLAIN * 2, "guidance"),
        (RULES * 3 + PLAIN * 20, "critique"),
        (RULES * 2, "critique"),
        (RULES * 3 + FAULTS * 3, "critique"),
        ((RULES + "I lit my lamp. ") * 3, "critique"),
    ],
    ids=["rules", "few rules", "a short text", "rules and faults", "somebody in person"],
)
def test_a_critique_by_name_may_speak_as_guidance(text: str, voice: str) -> None:
    assert register(found_in(text, "critique")) == voice


def test_what_is_known_stays() -> None:
    assert [register(found_in(RULES * 4, kind)) for kind in ("forum", "guidance")] == ["forum", "guidance"]
