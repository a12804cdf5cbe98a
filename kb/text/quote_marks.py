"""Stretches between quotation marks: curly, straight or angled, double or single, over paragraphs and nested.

Apostrophes are no quotation marks: a single mark opens only before a letter and after white space or an opening bracket, and
closes only where the word before it is no plural that could own the next one. A stretch that opens a paragraph and is never
closed is reported as such, since letters and press releases are pasted that way.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.model import Span

OPENING = re.compile(
    r"""
      “ (?P<curly>)
    | ‘ (?P<single>) (?<![^\s(\[“"]‘) (?=\S)
    | « (?P<angled>)
    | " (?P<straight>) (?<![^\s(\[‘'—–,:-]") (?=\S)
    | ' (?P<tick>) (?<![^\s(\[“"]') (?=[^\W\d_])
    """,
    re.VERBOSE,
)
"""Each mark stands before what is asked of its surroundings, so that the search leaps from mark to mark."""
CLOSING = {
    "curly": re.compile(r"”"),
    "angled": re.compile(r"»"),
    "straight": re.compile(r'(?<=\S)"(?![^\W_])'),
    "single": re.compile(r"(?:(?<=[^\ss])|(?<=s)(?!’\ [a-z]))’(?![^\W_])"),
    "tick": re.compile(r"(?:(?<=[^\ss])|(?<=s)(?!'\ [a-z]))'(?![^\W_])"),
}
POSSIBLY_CLOSING = {"single": re.compile(r"(?<=s)’(?![^\W_])"), "tick": re.compile(r"(?<=s)'(?![^\W_])")}
"""Marks after an s, which may be a plural's apostrophe: taken when nothing surer closes the stretch."""

LONGEST_INLINE = 1500
"""Code points after which a straight or single mark inside a paragraph is not waited for."""

MOST_PARAGRAPHS = 60
"""How far a stretch over paragraphs is followed."""

DEEPEST = 4
"""Stretches one in another that are told apart; more of them are no quotations."""

OPENERS = {"curly": "“", "angled": "«", "single": "‘"}


@dataclass(frozen=True)
class Marked:
    """A stretch in quotation marks; `span` is what stands between them, `marks` includes them."""

    span: Span
    marks: Span
    is_closed: bool = True


def marked(text: str, paragraphs: Sequence[Span]) -> Iterator[Marked]:
    """Every stretch in quotation marks in the paragraphs of one author's words, by where it opens; nested ones as well.

    `paragraphs` stand in text order. A stretch may go on over several of them when it opens one of them: up to its closing
    mark, paragraphs in between being free to repeat the opening mark. Never closed, it reaches as far as it is
    followed, and only curly and single marks count.
    """
    reached = 0
    around: list[int] = []
    for place, paragraph in enumerate(paragraphs):
        stretches = _Stretches(text, paragraphs, place)
        goes_on = paragraph.start < reached and text.startswith(("“", '"'), paragraph.start)
        position = paragraph.start + goes_on
        while opening := OPENING.search(text, position, paragraph.end):
            while around and around[-1] <= opening.start():
                around.pop()
            found = stretches.opened_by(opening)
            if found is not None and len(found.span) and len(around) < DEEPEST:
                reached = max(reached, found.marks.end)
                around.append(found.marks.end)
                yield found
            position = _next_position(opening, found)


def _next_position(opening: re.Match[str], found: Marked | None) -> int:
    """Straight marks do not nest in themselves: the search goes on behind a closed pair."""
    if found is not None and found.is_closed and opening.lastgroup in {"straight", "tick"}:
        return found.marks.end
    return opening.end()


class _Stretches:
    """What is opened in one paragraph, with the marks that may close it looked for once."""

    def __init__(self, text: str, paragraphs: Sequence[Span], place: int) -> None:
        self._text = text
        self._paragraph = paragraphs[place]
        self._paragraphs, self._place = paragraphs, place
        self._partners: dict[str, dict[int, int]] = {}
        self._closers: dict[re.Pattern[str], list[int]] = {}

    def opened_by(self, opening: re.Match[str]) -> Marked | None:
        """The stretch that an opening mark begins."""
        kind = str(opening.lastgroup)
        starts_paragraph = opening.start() == self._first_word
        closing = self._closing(kind, opening)
        if closing is None and kind in POSSIBLY_CLOSING and not starts_paragraph:
            closing = self._first(POSSIBLY_CLOSING[kind], opening)
        elif closing is None and kind == "curly":
            closing = self._in_later_paragraphs
        elif closing is None and kind == "straight" and starts_paragraph:
            closing = _repeated(self._text, self._later)
        if closing is not None:
            return Marked(Span(opening.end(), closing), Span(opening.start(), closing + 1))
        if starts_paragraph and kind in {"curly", "single"}:
            last = self._paragraphs[min(self._place + MOST_PARAGRAPHS, len(self._paragraphs)) - 1].end
            return Marked(Span(opening.end(), last), Span(opening.start(), last), is_closed=False)
        return None

    def _closing(self, kind: str, opening: re.Match[str]) -> int | None:
        """The mark that closes what is opened: the first one whose own opening does not stand in between."""
        if kind not in OPENERS:
            return self._first(CLOSING[kind], opening)
        if kind not in self._partners:
            self._partners[kind] = self._paired(kind)
        closing = self._partners[kind].get(opening.start())
        is_far = closing is not None and kind == "single" and closing >= opening.end() + LONGEST_INLINE
        return None if is_far else closing

    def _paired(self, kind: str) -> dict[int, int]:
        """Where each opening mark of the paragraph is closed in it."""
        opens = [match.start() for match in re.finditer(OPENERS[kind], self._text[self._paragraph.start : self._paragraph.end])]
        marks = sorted(
            [*((self._paragraph.start + place, True) for place in opens), *((place, False) for place in self._all(CLOSING[kind]))]
        )
        waiting: list[int] = []
        partners: dict[int, int] = {}
        for place, is_opening in marks:
            if is_opening:
                waiting.append(place)
            elif waiting:
                partners[waiting.pop()] = place
        return partners

    def _first(self, closing: re.Pattern[str], opening: re.Match[str]) -> int | None:
        """The first mark behind the opening one, where it is near."""
        places = self._all(closing)
        index = bisect_left(places, opening.end())
        is_near = index < len(places) and places[index] < opening.end() + LONGEST_INLINE
        return places[index] if is_near else None

    def _all(self, closing: re.Pattern[str]) -> list[int]:
        if closing not in self._closers:
            found = closing.finditer(self._text, self._paragraph.start, self._paragraph.end)
            self._closers[closing] = [match.start() for match in found]
        return self._closers[closing]

    @cached_property
    def _first_word(self) -> int:
        words = self._paragraph.of(self._text)
        return self._paragraph.start + len(words) - len(words.lstrip())

    @cached_property
    def _later(self) -> Sequence[Span]:
        return self._paragraphs[self._place + 1 : self._place + MOST_PARAGRAPHS]

    @cached_property
    def _in_later_paragraphs(self) -> int | None:
        return _later_closing(self._text, self._later)


def _later_closing(text: str, paragraphs: Sequence[Span]) -> int | None:
    """The closing mark of a stretch over several paragraphs; each of them may open anew without having closed."""
    for paragraph in paragraphs:
        start = paragraph.start + text[paragraph.start : paragraph.end].startswith("“")
        closed = text.find("”", start, paragraph.end)
        opened = text.find("“", start, paragraph.end)
        if closed >= 0 and not start <= opened < closed:
            return closed
        if closed < 0 and opened >= 0:
            return None
    return None


def _repeated(text: str, paragraphs: Sequence[Span]) -> int | None:
    """Straight marks go on only where every further paragraph opens with one."""
    for paragraph in paragraphs:
        if not text.startswith('"', paragraph.start):
            return None
        found = CLOSING["straight"].search(text, paragraph.start + 1, paragraph.end)
        if found is not None:
            return found.start()
    return None
