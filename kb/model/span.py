"""Places in a text, and the words that prove them."""

from __future__ import annotations

import msgspec

CONTEXT = 32
"""Code points kept before and after a quotation, as in the W3C text quote selector."""


class Span(msgspec.Struct, frozen=True, order=True, gc=False):
    """A half-open range of code points in one document's canonical text.

    >>> Span(3, 6).of("abcdef")
    'def'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words at this place."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def shifted(self, by: int) -> Span:
        """The same length, `by` code points later; turns a place in a passage into one in its document."""
        return Span(self.start + by, self.end + by)

    def trimmed(self, text: str) -> Span:
        """Without white space at either end; an all-white span shrinks to its start."""
        words = self.of(text)
        lead = len(words) - len(words.lstrip())
        return Span(self.start + lead, self.start + lead + len(words.strip())) if words.strip() else Span(self.start, self.start)


class Quote(msgspec.Struct, frozen=True):
    """The words of a span with what stands around them: a W3C text quote selector.

    Invariant: `exact == span.of(document.text)`.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""


def quote_at(text: str, span: Span) -> Quote:
    """The quote that proves `span` in `text`, with `CONTEXT` code points on each side.

    >>> quote_at("one two three", Span(4, 7))
    Quote(exact='two', prefix='one ', suffix=' three')
    """
    return Quote(
        exact=span.of(text),
        prefix=text[max(0, span.start - CONTEXT) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
    )
