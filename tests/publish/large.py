"""Sources with many passages and claims, to see what a page costs."""

from __future__ import annotations

from kb.model import Claim
from tests.factory import Writer, source


def large() -> tuple[Writer, ...]:
    """Four sources, 1,600 pages: 200 passages each, every one with a claim."""
    return tuple(_one(number) for number in range(4))


def _one(number: int) -> Writer:
    writer = Writer(source(f"large-{number}"))
    for place in range(200):
        if place % 20 == 0:
            writer.part("section", f"Section {place // 20}", label=str(place // 20))
        words = f"Of the {place + 3} clinics counted in year {number}, {place % 97}% answered the letter within the month."
        writer.passage(words)
        figure = writer.figure(f"{place % 97}%", float(place % 97))
        writer.add(Claim, words, claim_kind="figure", figures=(figure,), speaker_role="document")
    return writer
