"""Words as they are compared, with their places: what quotations and their originals are matched by.

Line ends, quotation marks, dashes, case and punctuation count for nothing. Words stand in columns, one list of forms and two of
places, because a text has too many of them for an object each.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Self

from kb.model import Span

WORD = re.compile(
    r"""
    [A-Za-z]++ (?! [^\x00-\x7f] | ' )          # most words; the next line has the others, and is slower
    | [^\W\d_]+ (?: ['’] [^\W\d_]+ )*          # don't, naïve
    | \d+ (?: [.,:] \d+ )*                     # 4,500 and 12.5
    | [%£$€<>≤≥]                               # what makes a number another number
    """,
    re.VERBOSE,
)
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Words:
    """Words in text order: their forms, and where each begins and ends."""

    forms: Sequence[str] = ()
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()

    def __len__(self) -> int:
        return len(self.forms)

    def __getitem__(self, place: slice) -> Self:
        return type(self)(self.forms[place], self.starts[place], self.ends[place])

    def span(self, first: int, last: int) -> Span:
        """The place in the text of the words `first` to `last`, half-open and not empty."""
        return Span(self.starts[first], self.ends[last - 1])


class _Forms(dict[str, str]):
    """How words are compared, by how they are spelt; each worked out once."""

    def __missing__(self, word: str) -> str:
        form = THOUSANDS.sub("", word) if word[0].isdigit() else word.lower().replace("’", "'")
        self[word] = form
        return form


def words(text: str, span: Span) -> Words:
    """The words inside `span` of `text`, places absolute.

    >>> words("It’s 4,500\\nSITES (98%)", Span(0, 23)).forms
    ["it's", '4500', 'sites', '98', '%']
    """
    places = [match.span() for match in WORD.finditer(text, span.start, span.end)]
    forms = _Forms()
    return Words([forms[text[start:end]] for start, end in places], [start for start, _ in places], [end for _, end in places])


def joined(pieces: Sequence[Words]) -> Words:
    """Several runs of words as one."""
    if len(pieces) == 1:
        return pieces[0]
    columns = ([getattr(piece, name) for piece in pieces] for name in ("forms", "starts", "ends"))
    return Words(*(list(chain.from_iterable(column)) for column in columns))


class TextWords:
    """The words of one text, taken in once and asked by place."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.all = words(text, Span(0, len(text)))

    def within(self, span: Span) -> Words:
        """What `words` finds inside `span`."""
        first, last = self._places(span)
        return words(self.text, span) if self._cuts(span, first, last) else self.all[first:last]

    def _places(self, span: Span) -> tuple[int, int]:
        starts = self.all.starts
        return bisect_left(starts, span.start), bisect_left(starts, span.end)

    def _cuts(self, span: Span, first: int, last: int) -> bool:
        """Whether the span begins or ends within a word, of which a part is a word then."""
        ends = self.all.ends
        return (first > 0 and ends[first - 1] > span.start) or (last > first and ends[last - 1] > span.end)
