"""Headings and their levels: by the structure tree, by letters larger or bolder than the text, by number and by outline."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from kb.ingest.pdf.flow import Flow
from kb.ingest.pdf.furniture import LETTER
from kb.ingest.pdf.paragraphs import CAPTION, ENDED, LEADERS, Paragraph, is_heading_tag
from kb.model import fold
from kb.text.dates import parse_date

LARGER = 1.18
LARGER_AND_BOLD = 1.06
MOST_LINES = 4
MOST_LETTERS = 220
MOST_BOLD_LETTERS = 120
MOST_ITALIC_LETTERS = 80
HEADING_NUMBER = re.compile(
    r"(?P<label>(?:(?:Chapter|Section|Part|Appendix|Annex|Schedule)\s+)?(?:\d{1,2}(?:\.\d{1,3}){0,4}|[IVX]{1,5}|[A-Z])[.:)]?)\s+(?=\S)"
)
PLAIN_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,3}){0,4}")
CONTENTS = re.compile(r"(?:table of )?contents|inhaltsverzeichnis|sommaire", re.IGNORECASE)
REFERENCES = re.compile(
    r"(?:\d{1,2}\.?\s+)?(?:list of )?(?:references|bibliography|works cited|literature cited|sources)(?: and notes)?",
    re.IGNORECASE,
)
NOTES = re.compile(r"(?:end)?notes", re.IGNORECASE)
CONTENTS_LINE = re.compile(r"\S.*?[\s.…]+(?:\d{1,4}|[ivxl]{1,6})")
TITLE_LARGER = 1.25

Style = tuple[float, bool, bool]


def mark_headings(flow: Flow, outline: Sequence[tuple[int, str]]) -> None:
    """Say of each paragraph whether it is a heading, and of which level; find the title, captions, contents and references."""
    _mark_contents(flow)
    depths = _depths(outline)
    is_tagged = sum(1 for paragraph in flow.paragraphs() if is_heading_tag(paragraph.first.tag)) > 1
    for paragraph in flow.paragraphs():
        if paragraph.kind == "contents":
            continue
        if paragraph.kind == "caption" or (CAPTION.match(paragraph.text) and _is_caption(paragraph, flow.body)):
            paragraph.kind, paragraph.label, paragraph.skip = "caption", None, 0
        elif _is_heading(paragraph, flow.body, depths, is_tagged=is_tagged):
            _number(paragraph)
            paragraph.kind = "heading"
    if not is_tagged:
        _mark_italic(flow)
    _clear_cover(flow, depths)
    heads = [paragraph for paragraph in flow.paragraphs() if paragraph.kind == "heading"]
    title = _title(heads, flow.body)
    if title is not None and not _stands_below_text(title, flow):
        title.kind, title.label, title.skip = "title", None, 0
    _set_levels([head for head in heads if head.kind == "heading" and not head.in_box], depths)
    _mark_references(flow)


def _mark_italic(flow: Flow) -> None:
    """Short lines in italics between paragraphs that are not: the lowest headings of many handbooks."""
    for before, paragraph, after in zip(found := list(flow.paragraphs()), found[1:], found[2:], strict=False):
        is_short = len(paragraph.lines) == 1 and len(paragraph.text) < MOST_ITALIC_LETTERS and paragraph.text[:1].isupper()
        is_apart = not before.last.is_italic and not after.first.is_italic and ENDED.search(before.text)
        is_followed = after.kind in {"paragraph", "item"} and after.first.page == paragraph.first.page
        has_end = ENDED.search(paragraph.text) is not None
        if paragraph.kind == "paragraph" and paragraph.first.is_italic and is_short and is_apart and is_followed and not has_end:
            paragraph.kind = "heading"


def _clear_cover(flow: Flow, depths: dict[str, int]) -> None:
    """Names and dates in large letters on the first page head nothing: another heading follows at once."""
    found = list(flow.paragraphs())
    largest = max((paragraph.first.face.size for paragraph in found if paragraph.kind == "heading"), default=0.0)
    for paragraph, following in itertools.pairwise(found):
        is_plain = not paragraph.label and not is_heading_tag(paragraph.first.tag) and _bare(paragraph.text) not in depths
        is_cover = paragraph.first.page == found[0].first.page and paragraph.first.face.size < largest
        has_mail = "@" in paragraph.text and paragraph.kind == "heading"
        if is_plain and is_cover and (has_mail or paragraph.kind == following.kind == "heading"):
            paragraph.kind = "paragraph"


def _depths(outline: Sequence[tuple[int, str]]) -> dict[str, int]:
    depths: dict[str, int] = {}
    for depth, words in outline:
        depths.setdefault(_bare(words), depth)
    return depths


def _bare(words: str) -> str:
    return "".join(letter for letter in fold(words) if letter.isalnum())


def _is_caption(paragraph: Paragraph, body: float) -> bool:
    if is_heading_tag(paragraph.first.tag):
        return False
    is_marked = CAPTION.match(paragraph.text)
    has_sign = is_marked is not None and bool(is_marked["after"])
    first = paragraph.first.runs[0]
    return len(paragraph.text) < 400 and (
        paragraph.first.tag == "Caption"
        or has_sign
        or first.face.is_bold
        or first.face.is_italic
        or paragraph.first.face.size < 0.97 * body
    )


def _is_heading(paragraph: Paragraph, body: float, depths: dict[str, int], *, is_tagged: bool) -> bool:
    text = paragraph.text
    if len(paragraph.lines) > MOST_LINES or len(text) > MOST_LETTERS or not LETTER.search(text) or paragraph.kind == "contents":
        return False
    if is_heading_tag(paragraph.first.tag):
        return True
    is_item = paragraph.kind == "item" and not PLAIN_NUMBER.match(paragraph.label or "")
    if is_item or parse_date(text) is not None:
        return False
    size = min(line.face.size for line in paragraph.lines)
    is_known = _bare(text) in depths
    is_bold = all(line.is_bold for line in paragraph.lines)
    if size > (LARGER_AND_BOLD if is_bold else LARGER) * body:
        is_sentence = len(text) > 80 and text.rstrip().endswith(".")
        return is_known or not is_sentence
    if is_known and (is_bold or size >= body):
        return True
    is_quiet = len(text) > MOST_BOLD_LETTERS or (ENDED.search(text) is not None and not text.rstrip().endswith(("?", ":")))
    return is_bold and not is_tagged and not is_quiet and size > 0.9 * body


def _number(paragraph: Paragraph) -> None:
    match = HEADING_NUMBER.match(paragraph.text)
    first = paragraph.first.text
    if match and match.end() < len(first) and (match["label"][-1] in ".:)" or match["label"][-1].isdigit()):
        paragraph.label, paragraph.skip = match["label"], match.end()
    elif paragraph.kind != "item":
        paragraph.label, paragraph.skip = None, 0


def _style(paragraph: Paragraph) -> Style:
    face = paragraph.first.face
    return round(face.size, 1), paragraph.first.is_bold, paragraph.text.isupper()


def _title(heads: Sequence[Paragraph], body: float) -> Paragraph | None:
    """The largest words of the first page, where no other words of the document are as large."""
    first = [head for head in heads if head.first.page == heads[0].first.page and not head.in_box and not head.label]
    if not first or len(heads) < 2:
        return first[0] if first and first[0].first.face.size > TITLE_LARGER * body else None
    title = max(first, key=lambda head: head.first.face.size)
    others = [head.first.face.size for head in heads if head is not title]
    return title if title.first.face.size > 1.03 * max(others) and title.first.face.size > TITLE_LARGER * body else None


def _stands_below_text(title: Paragraph, flow: Flow) -> bool:
    before = itertools.takewhile(lambda paragraph: paragraph is not title, flow.paragraphs())
    return sum(len(paragraph.text) for paragraph in before if paragraph.kind == "paragraph") > MOST_LETTERS


def _set_levels(heads: Sequence[Paragraph], depths: dict[str, int]) -> None:
    """Levels by style: what tags, outline and numbers say of most headings of a style, else its rank in size."""
    said: dict[Style, Counter[int]] = {}
    for head in heads:
        said.setdefault(_style(head), Counter()).update(_evidence(head, depths))
    ranks = _ranks(said)
    levels = {style: _most(found) or ranks[style] for style, found in said.items()}
    for head in heads:
        tagged = re.fullmatch(r"H([1-6])", head.first.tag)
        points = _points(head)
        if tagged:
            head.level = int(tagged[1])
        elif points and points > 1:
            head.level = max(points, min(levels[_style(head)], points + 1))
        else:
            head.level = levels[_style(head)]


def _evidence(head: Paragraph, depths: dict[str, int]) -> Iterable[int]:
    depth = depths.get(_bare(head.text))
    if depth is not None:
        yield depth
    points = _points(head)
    if points:
        yield points


def _points(head: Paragraph) -> int:
    """How deep a heading's number is: 2 for "4.1"; 0 without a number."""
    match = PLAIN_NUMBER.fullmatch((head.label or "").rstrip(".:)"))
    return match[0].count(".") + 1 if match else 0


def _most(found: Counter[int]) -> int | None:
    return max(found, key=lambda level: (found[level], -level)) if found else None


def _ranks(said: dict[Style, Counter[int]]) -> dict[Style, int]:
    """Larger letters head what smaller ones head; of one size bold ones do, and capitals."""
    ordered = sorted(said, reverse=True)
    ranks: dict[Style, int] = {}
    rank, before = 0, None
    for style in ordered:
        if before is None or style != before:
            rank += 1
        ranks[style] = min(rank, 6)
        before = style
    return ranks


def _mark_contents(flow: Flow) -> None:
    """Lines that lead to pages, below "Contents" or with leaders; a line of them that wraps goes with the next."""
    paragraphs = list(flow.paragraphs())
    is_under = False
    for at, paragraph in enumerate(paragraphs):
        if CONTENTS.fullmatch(paragraph.text.strip()):
            is_under = True
            continue
        leads = any(CONTENTS_LINE.fullmatch(other.text.strip()) for other in paragraphs[at : at + 3])
        is_under = is_under and leads and len(paragraph.text) < MOST_LETTERS
        if LEADERS.fullmatch(paragraph.text.strip()) or is_under:
            paragraph.kind, paragraph.label, paragraph.skip = "contents", None, 0


def _mark_references(flow: Flow) -> None:
    """What stands under "References" and "Notes", as far as the section reaches."""
    under, level = "", 0
    for paragraph in flow.paragraphs():
        if paragraph.kind == "heading":
            if under and paragraph.level > level:
                continue
            words = paragraph.text[paragraph.skip :].strip()
            under = next((name for name, form in (("reference", REFERENCES), ("note", NOTES)) if form.fullmatch(words)), "")
            level = paragraph.level
        elif under and paragraph.kind in {"item", "paragraph"}:
            paragraph.kind = "reference"
            number = (paragraph.label or "").strip("[]().")
            paragraph.key = f"{flow.prefix}{under}.{number}" if number else paragraph.key
