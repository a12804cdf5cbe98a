"""Stretches between quotation marks: curly, straight or angled, double or single, over paragraphs and nested.

Apostrophes are no quotation marks: a single mark opens only before a letter and after white space or an opening bracket, and
closes only where the word before it is no plural that could own the next one. A stretch that opens a paragraph and is never
closed is reported as such, since letters and press releases are pasted that way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.model import Span

OPENING = re.compile(
    r"""
      “ (?P<curly>)
    | ‘ (?P<single>) (?<![^\s(\[“"]‘) (?=\S)
    | « (?P<angled>)
    | " (?P<straight>) (?<![^\s(\[‘'—–-]") (?=\S)
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
    for place, paragraph in enumerate(paragraphs):
        goes_on = paragraph.start < reached and text[paragraph.start] in '“"'
        position = paragraph.start + goes_on
        while opening := OPENING.search(text, position, paragraph.end):
            found = _close(text, paragraphs[place : place + MOST_PARAGRAPHS], opening)
            if found is not None and len(found.span):
                reached = max(reached, found.marks.end)
                yield found
            position = _next_position(opening, found)


def _next_position(opening: re.Match[str], found: Marked | None) -> int:
    """Straight marks do not nest in themselves: the search goes on behind a closed pair."""
    if found is not None and found.is_closed and opening.lastgroup in {"straight", "tick"}:
        return found.marks.end
    return opening.end()


def _close(text: str, paragraphs: Sequence[Span], opening: re.Match[str]) -> Marked | None:
    kind = str(opening.lastgroup)
    starts_paragraph = not text[paragraphs[0].start : opening.start()].strip()
    limit = paragraphs[0].end if kind in {"curly", "angled"} else min(paragraphs[0].end, opening.end() + LONGEST_INLINE)
    closing = _closing(text, kind, opening.end(), limit)
    if closing is not None:
        return _between(opening, closing)
    if kind in POSSIBLY_CLOSING and not starts_paragraph:
        closing = POSSIBLY_CLOSING[kind].search(text, opening.end(), limit)
    elif kind == "curly":
        closing = _later_closing(text, paragraphs[1:])
    elif kind == "straight" and starts_paragraph:
        closing = _repeated(text, paragraphs[1:])
    if closing is not None:
        return _between(opening, closing)
    if starts_paragraph and kind in {"curly", "single"}:
        last = paragraphs[-1].end
        return Marked(Span(opening.end(), last), Span(opening.start(), last), is_closed=False)
    return None


def _closing(text: str, kind: str, start: int, limit: int) -> re.Match[str] | None:
    """The mark that closes what opened before `start`: the first one whose own opening does not stand in between."""
    depth = 0
    opener = {"curly": "“", "angled": "«", "single": "‘"}.get(kind)
    position = start
    while found := CLOSING[kind].search(text, position, limit):
        depth += text.count(opener, position, found.start()) if opener else 0
        if not depth:
            return found
        depth -= 1
        position = found.end()
    return None


def _later_closing(text: str, paragraphs: Sequence[Span]) -> re.Match[str] | None:
    """The closing mark of a stretch over several paragraphs; each of them may open anew without having closed."""
    for paragraph in paragraphs:
        start = paragraph.start + text[paragraph.start : paragraph.end].startswith("“")
        found = CLOSING["curly"].search(text, start, paragraph.end)
        opened = text.find("“", start, paragraph.end)
        if found is not None and not start <= opened < found.start():
            return found
        if found is None and opened >= 0:
            return None
    return None


def _repeated(text: str, paragraphs: Sequence[Span]) -> re.Match[str] | None:
    """Straight marks go on only where every further paragraph opens with one."""
    for paragraph in paragraphs:
        if text[paragraph.start] != '"':
            return None
        found = CLOSING["straight"].search(text, paragraph.start + 1, paragraph.end)
        if found is not None:
            return found
    return None


def _between(opening: re.Match[str], closing: re.Match[str]) -> Marked:
    return Marked(Span(opening.end(), closing.start()), Span(opening.start(), closing.end()))
