"""Cells in their columns: a cell that takes several columns or rows leaves the others empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.ingest.words import Words

WIDEST = 200
"""Columns of a table: what lies beyond is not kept in its column."""
MOST_EMPTY = 100_000
"""Cells of one table that may be left empty for its shape: a table of spans alone would grow without end."""


@dataclass
class Grid:
    """The columns of one table while its rows are read."""

    _held: dict[int, int] = field(default_factory=dict)
    """Column to the number of rows that a cell from above still takes."""
    _empty: int = 0

    def row(self, cells: Sequence[tuple[Words, int, int]]) -> list[Words]:
        """The next row, from its cells with the columns and rows that each takes (0 and less count as 1).

        >>> [cell.text for cell in Grid().row([(Words("a"), 2, 1), (Words("b"), 1, 1)])]
        ['a', '', 'b']
        """
        held, self._held = self._held, {}
        row: list[Words] = []
        for words, columns, rows in cells:
            if held:
                self._pass_over(held, row)
            start = len(row)
            row.append(words)
            if columns > 1 and start + columns <= WIDEST and self._empty < MOST_EMPTY:
                row += [Words() for _ in range(columns - 1)]
                self._empty += columns - 1
            if rows > 1 and start < WIDEST:
                self._held |= dict.fromkeys(range(start, len(row)), rows - 1)
        if held:
            self._held |= {column: left - 1 for column, left in held.items() if left > 1}
        return row

    def _pass_over(self, held: dict[int, int], row: list[Words]) -> None:
        """Leave the columns empty that a cell from above takes."""
        while self._empty < MOST_EMPTY and (left := held.pop(len(row), 0)):
            if left > 1:
                self._held[len(row)] = left - 1
            self._empty += 1
            row.append(Words())
