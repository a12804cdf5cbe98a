"""Lines and blocks of a text, with their places: what every reader of plain text starts from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from kb.model import Span

# Only the line ends that files use: str.splitlines would also break at form feeds, U+0085 and U+2028, which stand inside lines.
_LINE_END = re.compile(r"\r\n|\r|\n")
FILLED = re.compile(r"[^\n]+")
"""A line with anything on it, without its end."""


@dataclass(frozen=True)
class Line:
    """One line: its place without the line end, and its characters unchanged."""

    span: Span
    text: str

    @cached_property
    def words(self) -> str:
        """The line without white space at its ends; "" for a blank line, U+00A0 counting as white."""
        return self.text.strip()

    @property
    def indent(self) -> int:
        """How many blanks, tabs counting as one, stand before its words."""
        return len(self.text) - len(self.text.lstrip(" \t"))

    @property
    def place(self) -> Span:
        """Where its words stand."""
        start = self.span.start + len(self.text) - len(self.text.lstrip())
        return Span(start, start + len(self.words))

    def __bool__(self) -> bool:
        return bool(self.words)


def lines(text: str) -> tuple[Line, ...]:
    r"""Every line of `text`, blank ones included; CR, LF and CR LF end a line.

    >>> [line.text for line in lines("one\r\n\r\n  two")]
    ['one', '', '  two']
    """
    found: list[Line] = []
    start = 0
    for end in _LINE_END.finditer(text):
        found.append(Line(Span(start, end.start()), text[start : end.start()]))
        start = end.end()
    return (*found, Line(Span(start, len(text)), text[start:]))


def blocks(of: Iterable[Line]) -> Iterator[tuple[Line, ...]]:
    r"""Runs of lines that are not blank, in order.

    >>> [[line.text for line in block] for block in blocks(lines("one\ntwo\n\n\nthree"))]
    [['one', 'two'], ['three']]
    """
    run: list[Line] = []
    for line in of:
        if line:
            run.append(line)
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def covering(of: Iterable[Line]) -> Span:
    """The span from the first word of the first line to the last word of the last; the lines are not blank."""
    places = [line.place for line in of]
    return Span(places[0].start, places[-1].end)


def lines_in(text: str, span: Span) -> tuple[Line, ...]:
    """The lines of a part of a text such as one file's, with their places in the whole."""
    return tuple(Line(line.span.shifted(span.start), line.text) for line in lines(span.of(text)))
