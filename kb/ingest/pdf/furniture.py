"""Running heads and feet: lines at the edge of the page that come back on other pages, and the page numbers among them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.ingest.pdf.geometry import Sheet
from kb.ingest.pdf.lines import Line, share_a_size

EDGE = 0.14
"""Share of the page's height at top and foot in which running heads stand."""
OUTERMOST = 3
"""Rows from each edge that may be running heads, even farther inside."""
PAGE_NUMBER = re.compile(
    r"(?:page\s*|p\.?\s*|seite\s*|[-–—|•]\s*)*(?P<label>\d{1,5}|[ivxlc]{1,7}|[A-Z]?\d{1,2}[-–]\d{1,4})"
    r"(?:\s*(?:of|/|von|sur)\s*\d{1,5})?(?:\s*[-–—|•])?",
    re.IGNORECASE,
)
NUMBER_AT_END = re.compile(
    r"^(?=\d{1,5}\s)(?P<first>\d+)|(?<=[\s|])(?P<last>\d{1,5}|[ivxlc]{1,7})(?:\s+of\s+\d{1,5})?$", re.IGNORECASE
)
LONGEST_HEAD = 160
LETTER = re.compile(r"[^\W\d_]")
SAME_HEIGHT = 6.0
"""Points by which a running head may wander from page to page."""


@dataclass(frozen=True)
class Leaf:
    """A page and its lines."""

    sheet: Sheet
    lines: list[Line]


def without_furniture(leaves: Sequence[Leaf]) -> tuple[list[Leaf], dict[int, str]]:
    """The pages without running heads and feet, and the page numbers printed on them.

    A line at the edge goes when, its page number aside, it stands at the same height of another page; or when it is a number that
    counts along with the pages. What stands once stays, unless all pages have some small line in its place.
    """
    edges = [_edge_lines(leaf) for leaf in leaves]
    steps = _steps(leaves, edges)
    repeated = Counter(
        key for leaf, lines in zip(leaves, edges, strict=True) for key in {_key(leaf, line, steps) for line in lines}
    )
    places = Counter(place for lines in edges for place in {_place(line) for line in lines})
    seen = _Seen(steps, repeated, places, len(leaves))
    kept: list[Leaf] = []
    labels: dict[int, str] = {}
    for leaf, lines in zip(leaves, edges, strict=True):
        gone = {id(line): _label(leaf, line, steps) for line in lines if seen.is_furniture(leaf, line)}
        labels.update((leaf.sheet.number, label) for label in gone.values() if label is not None)
        leaf.sheet.furniture = len(gone)
        kept.append(Leaf(leaf.sheet, [line for line in leaf.lines if id(line) not in gone]))
    return kept, labels


@dataclass(frozen=True)
class _Seen:
    """What the edges of all pages have."""

    steps: set[int]
    repeated: Counter[tuple[str, int]]
    places: Counter[tuple[int, float]]
    pages: int

    def is_furniture(self, leaf: Leaf, line: Line) -> bool:
        """Whether a line at the edge is the page's, not the text's."""
        label = _label(leaf, line, self.steps)
        if label is not None and PAGE_NUMBER.fullmatch(line.text.strip()):
            return True
        wanted = 2 if _is_set_off(leaf, line) else max(3, self.pages // 2)
        return _comes_back(self.repeated, _key(leaf, line, self.steps), wanted) or _fills_a_place(
            leaf, line, self.places, self.pages
        )


def _edge_lines(leaf: Leaf) -> list[Line]:
    height = leaf.sheet.height
    rows = sorted({round(line.y) for line in leaf.lines})
    outer = {*rows[:OUTERMOST], *rows[-OUTERMOST:]}
    return [
        line
        for line in leaf.lines
        if not EDGE * height < line.y < (1 - EDGE) * height
        or (round(line.y) in outer and not 0.25 * height < line.y < 0.75 * height)
    ]


def _key(leaf: Leaf, line: Line, steps: set[int]) -> tuple[str, int]:
    """A line's words without its page number, and its height."""
    label = _label(leaf, line, steps)
    words = line.text if label is None else line.text.replace(label, "#", 1)
    return " ".join(words.split()), round(line.y / SAME_HEIGHT)


def _comes_back(repeated: Counter[tuple[str, int]], key: tuple[str, int], wanted: int) -> bool:
    words, height = key
    return LETTER.search(words) is not None and sum(repeated[words, height + by] for by in (-1, 0, 1)) >= wanted


def _is_set_off(leaf: Leaf, line: Line) -> bool:
    """Whether a line stands apart from the text that follows it towards the middle of the page, or in letters of another size."""
    is_top = line.y < leaf.sheet.height / 2
    inner = [other for other in leaf.lines if (other.y > line.y + 1 if is_top else other.y < line.y - 1)]
    near = min(inner, key=lambda other: abs(other.y - line.y), default=None)
    return near is None or abs(near.y - line.y) > 1.7 * line.face.size or not share_a_size(near, line)


def _place(line: Line) -> tuple[int, float]:
    return round(line.y / 2), round(line.face.size, 1)


def _fills_a_place(leaf: Leaf, line: Line, places: Counter[tuple[int, float]], pages: int) -> bool:
    """Whether a line stands alone in a row at the very edge where most pages have one of its size: "2 Scope" above section 2."""
    is_top = line.y < leaf.sheet.height / 2
    others = [other for other in leaf.lines if abs(other.y - line.y) > 1]
    is_outermost = all((other.y > line.y) == is_top for other in others)
    distance = min((abs(other.y - line.y) for other in others), default=0.0)
    is_common = places[_place(line)] >= max(4, 0.6 * pages)
    return is_outermost and is_common and distance > 2 * line.face.size and not 0.1 < line.y / leaf.sheet.height < 0.9


def _steps(leaves: Sequence[Leaf], edges: Sequence[Sequence[Line]]) -> set[int]:
    """By how much the printed page numbers differ from the count of pages: one figure, or two where front matter counts apart."""
    found: Counter[int] = Counter()
    for leaf, lines in zip(leaves, edges, strict=True):
        found.update({_value(label) - leaf.sheet.number for line in lines for label in _labels(line)})
    if len(leaves) == 1:
        foot = [line for line in edges[0] if line.y > (1 - EDGE) * leaves[0].sheet.height]
        alone = [PAGE_NUMBER.fullmatch(line.text.strip()) for line in foot]
        return {_value(match["label"]) - leaves[0].sheet.number for match in alone if match}
    return {step for step, count in found.items() if count >= 2 and count >= 0.15 * len(leaves)}


def _label(leaf: Leaf, line: Line, steps: set[int]) -> str | None:
    """The page number in a line at the edge."""
    return next((label for label in _labels(line) if _value(label) - leaf.sheet.number in steps), None)


def _labels(line: Line) -> Iterator[str]:
    """What may be a page number in a line: all of it, or a number at its beginning or end."""
    whole = PAGE_NUMBER.fullmatch(line.text.strip())
    if whole:
        yield whole["label"]
    elif len(line.text) < LONGEST_HEAD:
        yield from (match["first"] or match["last"] for match in NUMBER_AT_END.finditer(line.text.strip()))


ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def _value(label: str) -> int:
    digits = re.findall(r"\d+", label)
    if digits:
        return int(digits[-1])
    values = [ROMAN_VALUES[letter] for letter in label.lower()]
    return sum(-value if any(later > value for later in values[at + 1 :]) else value for at, value in enumerate(values))
