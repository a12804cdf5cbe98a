"""Conditions that a table places: under the category that heads their column, or that stands in their row, or by a code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kb.extract.classifications.categories import categories_of, named_categories
from kb.extract.classifications.placing import GENERIC, Placed
from kb.extract.figures.table_rows import cells, is_table_row
from kb.extract.found import Found
from kb.extract.listings import mentions_by_passage
from kb.model import Mention, Passage, Span
from kb.vocabulary.data import load

RULES = ("table-column", "table-row", "table-code")
"""The ways to place that this module knows."""
_ICD = re.compile(r"\bICD[ -]?(?:9|10|11)\b")
_AROUND = " *:()[]"
_MOST_AROUND = 2
"""Words beside the name of a category or a condition in a cell that holds little else."""


def by_table(found: Found) -> Iterator[Placed]:
    """The placings of every row below a row of heads."""
    mentions = mentions_by_passage(found)
    for passage in found.document.passages:
        head = found.prepared.first_rows.get(passage.part or "") if passage.kind == "row" else None
        if head is None or head.id == passage.id or not mentions.get(passage.id) or not is_table_row(found.document, passage):
            continue
        table = _Row(found, passage, mentions[passage.id], head, mentions.get(head.id, []))
        yield from table.under_heads()
        yield from table.in_the_row()


class _Row:
    """One row with the heads of its columns."""

    def __init__(self, found: Found, row: Passage, own: list[Mention], head: Passage, above: list[Mention]) -> None:
        self._folded = found.prepared.folded
        self._row, self._own, self._above = row, own, above
        self._cells = cells(found.document.text, row.span)
        self._heads = cells(found.document.text, head.span)

    def under_heads(self) -> Iterator[Placed]:
        """Conditions that fill a cell below the name of a category."""
        for cell, head in zip(self._cells, self._heads, strict=False):
            category = self._category_in(head, self._above)
            for mention in self._conditions_in(cell) if category is not None else ():
                yield Placed(mention.concept, category or "", self._row.span, "listed-under", "table-column", 0.7, cell)

    def in_the_row(self) -> Iterator[Placed]:
        """The condition a row begins with, under the category or the code in a later cell whose column's head says so."""
        first = next(iter(self._conditions_in(self._cells[0])), None) if self._cells else None
        for cell, head in zip(self._cells[1:], self._heads[1:], strict=False) if first is not None else ():
            slug = self._category_in(cell, self._own) if _kinds().search(head.of(self._folded)) else None
            if first is not None and slug is not None:
                yield Placed(first.concept, slug, self._row.span, "listed-under", "table-row", 0.7, cell)
            for code in self._codes_in(cell, head) if first is not None else ():
                yield Placed(first.concept if first else "", code, self._row.span, "coded-as", "table-code", 0.8, cell)

    def _conditions_in(self, cell: Span) -> list[Mention]:
        """The conditions of a cell that holds nothing but them."""
        inside = [mention for mention in self._own if cell.contains(mention.span) and mention.concept not in GENERIC]
        rest = cell.of(self._folded)
        for mention in reversed(inside):
            rest = rest[: mention.span.start - cell.start] + rest[mention.span.end - cell.start :]
        return inside if len(rest.replace(",", " ").replace(";", " ").split()) <= _MOST_AROUND else []

    def _category_in(self, cell: Span, mentions: list[Mention]) -> str | None:
        """The category whose name a cell consists of."""
        inside = [mention for mention in mentions if cell.contains(mention.span)]
        found = [*categories_of(inside), *named_categories(self._folded, cell)]
        if not found or found[0].slug.startswith("icd-"):
            return None
        rest = self._folded[cell.start : found[0].span.start] + " " + self._folded[found[0].span.end : cell.end]
        return found[0].slug if len(rest.strip(_AROUND).split()) <= _MOST_AROUND else None

    def _codes_in(self, cell: Span, head: Span) -> Iterator[str]:
        edition = _ICD.search(head.of(self._folded))
        if edition is not None:
            for category in named_categories(f"{edition[0]} {cell.of(self._folded)}", Span(0, len(edition[0]) + 1 + len(cell))):
                if category.slug.startswith("icd-"):
                    yield category.slug


@cache
def _kinds() -> re.Pattern[str]:
    return re.compile(load("classifications")["column_heads"], re.IGNORECASE)
