"""Rows of tables whose cells are told apart by tabs: which only head columns, what the numbers of the others count.

A number in a cell says little by itself. Its column's head says what it is of and, often, in which unit: "Share (%)" over "35".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from kb.extract.claims.assertions import asserts
from kb.extract.figures import figures
from kb.extract.figures.phrases import names
from kb.extract.prepared import Prepared
from kb.model import Document, Figure, Passage, Span
from kb.vocabulary.figure_words import figure_words

TAB = "\t"
WORD = re.compile(r"[^\W\d_]{3,}")
FEWEST_WORDS, PHRASE = 5, 4
CELL = re.compile(r"[^\t]*")
NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
VALUE = re.compile(rf"(?P<low>{NUMBER})(?:\s?(?:–|-|to)\s?(?P<high>{NUMBER}))?\s?%?")
IN_BRACKETS = re.compile(rf"{NUMBER}\s?\((?P<low>{NUMBER})\s?%?\)")
"""A count with its share behind it, under a head such as "n (%)"."""

YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[/–-]\s?\d{2,4})?")

UNITS = (
    ("%", re.compile(r"%|\bper\s?cent(?:age)?\b", re.IGNORECASE)),
    ("GBP", re.compile(r"£(?!\s?(?:m|bn?|k|0|million|billion|thousand)\b)", re.IGNORECASE)),
    ("USD", re.compile(r"\$(?!\s?(?:m|bn?|k|0|million|billion|thousand)\b)", re.IGNORECASE)),
    ("EUR", re.compile(r"€(?!\s?(?:m|bn?|k|0|million|billion|thousand)\b)", re.IGNORECASE)),
    *(
        (unit, re.compile(rf"\((?:in\s)?{unit}\)", re.IGNORECASE))
        for unit in ("years", "months", "weeks", "days", "hours", "minutes")
    ),
)
"""Units as heads of columns state them; money in thousands or millions is left alone."""


def is_table_row(document: Document, passage: Passage) -> bool:
    """Whether a passage is a row of several cells."""
    return passage.kind == "row" and TAB in document.words(passage)


def cells(text: str, row: Span) -> list[Span]:
    """The cells of a row in order, without the white space around them; an empty one is an empty span.

    Empty cells that a row begins with stand before it, as tabs.
    """
    while row.start and text[row.start - 1] == TAB:
        row = Span(row.start - 1, row.end)
    return [Span(*match.span()).trimmed(text) for match in CELL.finditer(text, row.start, row.end) if _is_cell(text, row, match)]


def _is_cell(text: str, row: Span, match: re.Match[str]) -> bool:
    """The pattern matches an empty word behind every cell but the last one; that one stands right before a tab."""
    return bool(match.group()) or match.start() == row.start or text[match.start() - 1] == TAB


def heads(document: Document) -> frozenset[str]:
    """Ids of the rows that only head columns: those that introduce other rows, and those above them in the same table."""
    leading = {passage.lead for passage in document.passages if passage.kind == "row" and passage.lead}
    found: set[str] = set()
    above: list[str] = []
    table: str | None = None
    for passage in document.passages:
        if passage.kind != "row" or passage.part != table:
            above, table = [], passage.part
        if passage.kind == "row":
            above.append(passage.id)
            found.update(above if passage.id in leading else ())
    return frozenset(found)


def is_worded(text: str, row: Span) -> bool:
    """Whether a row speaks in words: some cell asserts something, or a phrase in one stands beside words in another."""
    if said_in_cells(text, row):
        return True
    counts = [len(WORD.findall(cell.of(text))) for cell in cells(text, row)]
    return sum(count > 0 for count in counts) > 1 and max(counts) >= PHRASE and sum(counts) >= FEWEST_WORDS


def said_in_cells(text: str, row: Span) -> list[Span]:
    """The cells whose words assert something by themselves."""
    return [cell for cell in cells(text, row) if len(cell) and asserts(cell.of(text))]


def row_figures(prepared: Prepared, row: Span, head: Span | None) -> tuple[Figure, ...]:
    """The figures of a row, each of what its column's head says where the cell says nothing.

    A head that is a year says when; a row whose first cell names people or a place is about those.
    """
    text = prepared.document.text
    columns = cells(text, head) if head else []
    in_row = cells(text, row)
    label = " ".join(in_row[0].of(text).split()) if in_row else ""
    found: list[Figure] = []
    for number, cell in enumerate(in_row):
        words = " ".join(columns[number].of(text).split()) if number < len(columns) else ""
        by_head = list(_by_head(text, cell, words))
        stated = figures(prepared, cell, "figure") if len(cell) and not by_head else ()
        found += [_placed(figure, words, label) for figure in [*by_head, *stated]]
    return tuple(found)


def _placed(figure: Figure, head: str, label: str) -> Figure:
    """A figure with what the head of its column and the label of its row say of it."""
    is_period = YEARS.fullmatch(head) is not None
    whom = label if figure.population is None and names(label, figure_words().people) else figure.population
    where = label if figure.setting is None and label in figure_words().lands else figure.setting
    when = head if figure.period is None and is_period else figure.period
    of = figure.of or (None if is_period else head or None)
    return msgspec.structs.replace(figure, of=of, population=whom, setting=where, period=when)


def _by_head(text: str, cell: Span, head: str) -> Iterator[Figure]:
    """The bare number of a cell in the unit that the head of its column states."""
    unit = next((unit for unit, pattern in UNITS if pattern.search(head)), None)
    match = VALUE.fullmatch(text, cell.start, cell.end) or (
        IN_BRACKETS.fullmatch(text, cell.start, cell.end) if unit == "%" else None
    )
    if unit is None or match is None:
        return
    low, high = match["low"], match.groupdict().get("high")
    place = Span(match.start("low"), match.end("high") if high else match.end("low"))
    value = (_number(low), _number(high)) if high else _number(low)
    yield Figure(span=place, value=value, unit=unit, of=head)


def _number(printed: str) -> float:
    return float(printed.replace(",", ""))
