"""Every figure of every claim, by unit and value: near-equal numbers stand beside each other and are never joined."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from kb.model import Claim, Figure
from kb.publish import wording
from kb.publish.catalogue import Catalogue


@dataclass(frozen=True)
class Stated:
    """One figure as one claim states it."""

    claim: Claim
    figure: Figure

    @property
    def words(self) -> str:
        """The figure in the words of the text."""
        start = self.claim.span.start
        within = self.claim.span.contains(self.figure.span)
        return self.claim.quote.exact[self.figure.span.start - start : self.figure.span.end - start] if within else ""

    @property
    def value(self) -> str:
        """The bare value with its unit; a number that counts nothing stands alone."""
        return wording.bare_value(self.figure).removesuffix(" count")

    @property
    def order(self) -> tuple[int, str, float, float]:
        """Percentages, then money, then counts by what is counted; inside each by size."""
        value, unit = self.figure.value, self.figure.unit
        low, high = value if isinstance(value, tuple) else (value, value)
        return (0 if unit == "%" else 1 if unit in wording.MONEY else 2, unit, low, high)


def stated(catalogue: Catalogue) -> list[Stated]:
    """Every figure, in order."""
    found = [Stated(claim, figure) for claim in catalogue.of(Claim) for figure in claim.figures]
    return sorted(found, key=lambda one: one.order)


def by_unit(rows: list[Stated]) -> list[tuple[str, list[list[Stated]]]]:
    """Rows under a heading for each unit, those of one value together."""
    return [
        (unit_name(unit), [list(same) for _, same in groupby(group, key=lambda one: one.value)])
        for unit, group in groupby(rows, key=lambda one: one.figure.unit)
    ]


def unit_name(unit: str) -> str:
    """The heading over figures of one unit.

    >>> unit_name("%"), unit_name("GBP"), unit_name("sites"), unit_name("count")
    ('Percentages', 'Amounts in £', 'Sites', 'Other numbers')
    """
    if unit in wording.MONEY:
        return f"Amounts in {wording.MONEY[unit]}"
    return {"%": "Percentages", "count": "Other numbers"}.get(unit) or wording.capitalised(wording.shortened(unit))
