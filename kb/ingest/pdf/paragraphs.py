"""Lines in reading order as paragraphs: parted by space, indent, label and look, joined again over columns and pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low
from typing import Literal

from kb.ingest.pdf.glyphs import BULLETS
from kb.ingest.pdf.lines import Line, share_a_size

ParagraphKind = Literal["paragraph", "item", "heading", "title", "caption", "contents", "reference"]

BULLET_LABEL = re.compile(rf"(?P<label>[{BULLETS}]|[–—*-](?=\s)|o(?=\s+[A-Z]))\s*")
NUMBER_LABEL = re.compile(
    r"(?P<label>\d{1,3}(?:\.\d{1,3}){1,4}\.?|\d{1,3}[.)]|\(?(?:\d{1,3}|[a-z]|[ivxl]{1,5})\)|[A-Z]\.(?=\s+[A-Z][a-z])|\[\d{1,3}\])\s+(?=\S)"
)
CAPTION = re.compile(
    r"(?:Figure|Fig\.|Table|Box|Chart|Map|Diagram|Exhibit)\s+[A-Z]?\d{1,3}(?:[.-]\d{1,3})?(?P<after>[.:)]?)(?:\s|$)"
)
LEADERS = re.compile(r"(?P<words>\S.*?)\s*(?:(?:\.\s?){4,}|…{2,}|_{4,})\s*(?P<page>\d{1,4}|[ivxl]{1,6})?")
ENDED = re.compile(r"[.!?:;]['’”\")\]]*(?:\s?[\d,–\-*†‡]{1,8})?$")
"""Words that end a sentence or introduce something, with a raised mark behind or none."""
UNFINISHED = re.compile(r"(?:[,(–—‐-]|\b(?:and|or|of|the|a|an|to|in|for|with|by|on|at|from|that|which|as|is|are|be))$")
WIDER_LEADING = 1.28
LOOSE_HEADING = 1.48
"""In letter sizes: lines of one heading stand closer."""
INDENT = 0.7
"""In letter sizes."""


@dataclass
class Paragraph:
    """Lines that belong together."""

    lines: list[Line]
    kind: ParagraphKind = "paragraph"
    label: str | None = None
    skip: int = 0
    """Letters of the label and what parts it from the words."""
    level: int = 0
    key: str | None = None
    right: float = 0.0
    """Where its column ends."""
    in_box: bool = False
    block: tuple[int, float, float] = (0, 0.0, 0.0)
    """Page and place of the first line of the block it was made of."""

    @property
    def first(self) -> Line:
        """Its first line."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """Its last line."""
        return self.lines[-1]

    @property
    def text(self) -> str:
        """About its words, for rules to look at."""
        return " ".join(line.text.strip() for line in self.lines)


def label_of(line: Line) -> tuple[str, int] | None:
    """The bullet or number a line begins with, and the letters it takes."""
    text = line.text
    match = BULLET_LABEL.match(text) or NUMBER_LABEL.match(text)
    if match is None or match.end() >= len(text) or line.runs[0].is_raised:
        return None
    return match["label"], match.end()


def paragraphs_of(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """The paragraphs of one block of lines."""
    if not lines:
        return
    right = max(line.box.x1 for line in lines)
    leading = _leading(lines)
    left = min(line.box.x0 for line in lines)
    block = (lines[0].page, lines[0].y, lines[0].box.x0)
    paragraph = _begun(lines[0], right, block)
    for line in lines[1:]:
        if _begins(paragraph, line, leading, left):
            yield paragraph
            paragraph = _begun(line, right, block)
        else:
            paragraph.lines.append(line)
    yield paragraph


def _begun(line: Line, right: float, block: tuple[int, float, float]) -> Paragraph:
    paragraph = Paragraph([line], right=right, block=block)
    found = label_of(line)
    if found is not None:
        paragraph.kind, paragraph.label, paragraph.skip = "item", *found
    if LEADERS.fullmatch(line.text.strip()):
        paragraph.kind = "contents"
    return paragraph


def _leading(lines: Sequence[Line]) -> float:
    """The usual distance between the lines of a block."""
    steps = [lower.y - upper.y for upper, lower in pairwise(lines)]
    close = [step for step in steps if step > 0]
    if not close:
        return 0.0
    nearest = min(close)
    return median_low([step for step in close if step < 1.25 * nearest])


def _begins(paragraph: Paragraph, line: Line, leading: float, left: float) -> bool:
    """Whether a line begins another paragraph than the one above it."""
    last = paragraph.last
    if _is_set_off(paragraph, line, leading):
        return True
    is_ended = ENDED.search(last.text) is not None
    is_short = _has_room(last, line, paragraph.right)
    if label_of(line) and (is_ended or is_short or _continues_list(paragraph, line)):
        return True
    has_head = is_ended and line.runs[0].face.is_bold and not last.runs[-1].face.is_bold
    is_cut_short = is_short and (is_ended or _has_much_room(last, line, paragraph, left))
    return has_head or is_cut_short or _steps_in(paragraph, line, line.face.size, is_ended=is_ended)


def _is_set_off(paragraph: Paragraph, line: Line, leading: float) -> bool:
    """Whether a line is parted from the one above by space or look, or one of the two leads to a page."""
    is_led = paragraph.kind == "contents" or paragraph.last.leads_to_page or LEADERS.fullmatch(line.text.strip())
    if is_led or is_another_look(paragraph.last, line):
        return True
    gap, size = line.y - paragraph.last.y, line.face.size
    return gap > WIDER_LEADING * max(leading, 0.9 * size) or (_stands_out(line) and gap > LOOSE_HEADING * size)


def is_another_look(last: Line, line: Line) -> bool:
    """Whether two lines differ in size, or in being all bold."""
    return not share_a_size(last, line) or last.is_bold != line.is_bold or is_heading_tag(last.tag) != is_heading_tag(line.tag)


def is_heading_tag(tag: str) -> bool:
    """Whether the structure tree calls it a heading."""
    return tag[:1] == "H" or tag == "Title"


def _stands_out(line: Line) -> bool:
    return line.is_bold or is_heading_tag(line.tag)


def _continues_list(paragraph: Paragraph, line: Line) -> bool:
    size = line.face.size
    return paragraph.kind == "item" and abs(line.box.x0 - paragraph.first.box.x0) < 0.3 * size


def _has_room(last: Line, line: Line, right: float) -> bool:
    """Whether the first word of a line would have found room in the one above: that one was ended on purpose."""
    words = line.text.split(" ", 1)
    share = len(words[0]) / max(1, len(line.text))
    return last.box.x1 + share * line.box.width + 0.6 * line.face.size < right


def _has_much_room(last: Line, line: Line, paragraph: Paragraph, left: float) -> bool:
    """Whether a line stops so early, with something new after it, that it is one of several short ones."""
    begins_new = line.text[:1].isupper() or line.text[:1].isdigit()
    is_heading = last.is_bold or is_heading_tag(last.tag)
    width = paragraph.right - left
    is_far = paragraph.right - last.box.x1 > 0.35 * width
    return begins_new and is_far and not is_heading and UNFINISHED.search(last.text) is None and paragraph.kind != "item"


def _steps_in(paragraph: Paragraph, line: Line, size: float, *, is_ended: bool) -> bool:
    """Whether a line's indent begins a paragraph: a first line set in, or words back at the margin below an item."""
    x0, last = line.box.x0, paragraph.last
    first = paragraph.first.box.x0
    if paragraph.kind == "item":
        hangs = len(paragraph.lines) > 1 and last.box.x0 > first + INDENT * size
        return hangs and x0 < last.box.x0 - INDENT * size
    if is_ended and x0 > last.box.x0 + INDENT * size and x0 - last.box.x0 < 6 * size and len(paragraph.lines) > 1:
        return True
    is_set_in = len(paragraph.lines) > 1 and first > paragraph.lines[1].box.x0 + INDENT * size
    return is_ended and is_set_in and abs(x0 - first) < 0.3 * size


def joins(upper: Paragraph, lower: Paragraph) -> bool:
    """Whether a paragraph goes on in another block: in the next column, on the next page, behind a table or a box."""
    is_text = upper.kind in {"paragraph", "item"} and lower.kind == "paragraph"
    if not is_text or upper.in_box or lower.in_box or upper.block == lower.block or is_another_look(upper.last, lower.first):
        return False
    if _stands_out(upper.last) or _is_far_below(upper.last, lower.first):
        return False
    text, after = upper.text.rstrip(), lower.text.lstrip("‘“\"'(")
    begins_small = after[:1].islower()
    if ENDED.search(text):
        return begins_small and not _has_room(upper.last, lower.first, upper.right)
    if begins_small or UNFINISHED.search(text) is not None:
        return True
    is_narrow = upper.last.box.width < 0.6 * lower.first.box.width
    return not is_narrow and not _has_room(upper.last, lower.first, upper.right)


def _is_far_below(upper: Line, lower: Line) -> bool:
    """Whether a line stands in the same column below another, with room between them."""
    is_below = upper.page == lower.page and lower.y > upper.y and upper.box.shares_columns(lower.box)
    return is_below and lower.y - upper.y > 1.6 * upper.face.size
