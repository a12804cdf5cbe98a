"""What a first look over the paragraphs of a Word document tells: whether its author used styles, and what was typed by hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.ingest.docx.styles import TITLE, Style, Styles
from kb.ingest.markup.xml_gate import Element

TYPED_NUMBER = re.compile(r"(?P<label>\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}\.)\s+(?=[^\W\d_]|[“‘\"'(])")
"""What a heading is numbered with by hand; "10 lamps" is not."""
TYPED_SECTION = re.compile(r"(?P<label>\d{1,3}(?:\.\d{1,3})+\.?)\s+(?=[^\W\d_]|[“‘\"'(])")
TYPED_BULLET = re.compile(r"(?P<label>[•·▪◦‣●○■□➢►✓\uf0b7\uf0a7])\s*(?=\S)")
ENOUGH_NUMBERED = 5
ENOUGH_RISING = 0.8
"""Fewer, or in another order, are measures at the beginning of a paragraph."""
CONTENTS_HEAD = re.compile(
    r"(?:table of )?contents|contents page|inhalt(?:sverzeichnis)?|sommaire|table des matières", re.IGNORECASE
)
ENTRY = re.compile(r".*?(?:\d{1,4}|\d{1,3}[-.]\d{1,3}|\b[ivxlc]{1,6})", re.DOTALL)
"""A line that ends as an entry of a table of contents does: with a page."""
ENOUGH_ENTRIES = 3
LONGEST_ENTRY = 200
LARGEST_GAP = 4
LONGEST_HEADING = 120
FEWEST_STYLED = 2
FRONT_PAGE = 30
"""Paragraphs with words in which the title is looked for."""
LONGEST_TITLE = 250


@dataclass(frozen=True)
class Survey:
    """What was found."""

    has_headings: bool = True
    """Whether headings have styles; else bold lines are taken for them."""
    has_typed_sections: bool = False
    """Whether paragraphs are numbered by hand: "1.1 ..."."""
    contents: frozenset[Element] = frozenset()
    """Paragraphs of a table of contents that was typed or pasted."""
    size: int = 0
    """Of most words, in half points; 0 where nothing says."""
    title: tuple[Element, ...] = ()
    """Lines larger than all others before the first heading, where no style says what the title is."""
    only_title: Element | None = None
    """The one heading of the first level, where it stands before all others."""


def survey(body: Element, styles: Styles, prefix: str) -> Survey:
    """Look over all paragraphs once."""
    paragraphs = [(paragraph, _text(paragraph, prefix)) for paragraph in body.iter(f"{prefix}p")]
    levels = [(paragraph, _level(paragraph, styles, prefix)) for paragraph, words in paragraphs if words]
    headings = [(paragraph, level) for paragraph, level in levels if level]
    firsts = [paragraph for paragraph, level in headings if level == 1]
    is_first = len(firsts) == 1 and headings[0][0] is firsts[0]
    contents = _contents(paragraphs, {paragraph for paragraph, _ in headings})
    size = _usual_size(body, prefix)
    before = _before(paragraphs, {*contents, *(paragraph for paragraph, _ in headings)})
    has_title = any(TITLE.fullmatch(_style(paragraph, styles, prefix).name) for paragraph, _ in before)
    return Survey(
        has_headings=len(headings) >= FEWEST_STYLED,
        has_typed_sections=_are_numbered([words for _, words in paragraphs]),
        contents=frozenset(contents),
        size=size,
        title=() if has_title or is_first else tuple(_largest(before, size, prefix)),
        only_title=firsts[0] if is_first else None,
    )


def _text(paragraph: Element, prefix: str) -> str:
    return "".join(
        [text.text or "" if text.tag.endswith("}t") else " " for text in paragraph.iter(f"{prefix}t", f"{prefix}tab")]
    ).strip()


def _style(paragraph: Element, styles: Styles, prefix: str) -> Style:
    style = paragraph.find(f"{prefix}pPr/{prefix}pStyle")
    return styles.style(style.get(f"{prefix}val") if style is not None else None)


def _level(paragraph: Element, styles: Styles, prefix: str) -> int:
    found = _style(paragraph, styles, prefix)
    return 0 if TITLE.fullmatch(found.name) else found.level or 0


def _before(paragraphs: Sequence[tuple[Element, str]], stops: set[Element]) -> Sequence[tuple[Element, str]]:
    """The first paragraphs with words, up to the contents or a heading."""
    found: list[tuple[Element, str]] = []
    for paragraph, words in paragraphs:
        if paragraph in stops or len(found) >= FRONT_PAGE:
            break
        found += [(paragraph, words)] if words else []
    return found


def _largest(before: Sequence[tuple[Element, str]], size: int, prefix: str) -> Sequence[Element]:
    """The lines of the largest size that stand together, where that is larger than the usual."""
    sizes = [line_size(paragraph, prefix) for paragraph, _ in before]
    largest = max(sizes, default=0)
    if not size or largest <= size:
        return ()
    start = sizes.index(largest)
    end = next((at for at in range(start, len(sizes)) if sizes[at] < largest), len(sizes))
    is_short = sum(len(words) for _, words in before[start:end]) <= LONGEST_TITLE
    return [paragraph for paragraph, _ in before[start:end]] if is_short else ()


def _are_numbered(texts: Sequence[str]) -> bool:
    matches = (TYPED_SECTION.match(words) for words in texts)
    labels = [tuple(map(int, match["label"].strip(".").split("."))) for match in matches if match]
    rising = sum(before < after for before, after in pairwise(labels))
    return len(labels) >= ENOUGH_NUMBERED and rising >= ENOUGH_RISING * (len(labels) - 1)


def _contents(paragraphs: Sequence[tuple[Element, str]], headings: set[Element]) -> Sequence[Element]:
    """The paragraphs from the word "Contents" to the last line behind it that ends with a page."""
    start = next((at for at, (_, words) in enumerate(paragraphs) if CONTENTS_HEAD.fullmatch(words)), None)
    if start is None:
        return ()
    entries = [start]
    for at in range(start + 1, len(paragraphs)):
        paragraph, words = paragraphs[at]
        lines = sum(bool(other) for _, other in paragraphs[entries[-1] + 1 : at])
        if paragraph in headings or len(words) > LONGEST_ENTRY or lines > LARGEST_GAP:
            break
        if words and ENTRY.fullmatch(words):
            entries.append(at)
    return [paragraph for paragraph, _ in paragraphs[start : entries[-1] + 1]] if len(entries) > ENOUGH_ENTRIES else ()


def _usual_size(body: Element, prefix: str) -> int:
    sizes: Counter[int] = Counter()
    for size in body.iter(f"{prefix}sz"):
        stated = size.get(f"{prefix}val") or ""
        if stated.isdecimal() and len(stated) < 4:
            sizes[int(stated)] += 1
    return sizes.most_common(1)[0][0] if sizes else 0


def is_bold_line(paragraph: Element, words: str, prefix: str) -> bool:
    """Whether a paragraph looks like a heading: short, all bold, no end of a sentence."""
    if len(words) > LONGEST_HEADING or words.rstrip()[-1:] in {".", ",", ";", ":"} or not any(map(str.isalpha, words)):
        return False
    runs = [run for run in paragraph.iter(f"{prefix}r") if any((text.text or "").strip() for text in run.iterfind(f"{prefix}t"))]
    return bool(runs) and all(_is_bold(run, prefix) for run in runs)


def _is_bold(run: Element, prefix: str) -> bool:
    bold = run.find(f"{prefix}rPr/{prefix}b")
    return bold is not None and bold.get(f"{prefix}val") not in {"0", "false", "off"}


def line_size(paragraph: Element, prefix: str) -> int:
    """The size of a paragraph's first run that states one; 0 where none does."""
    found = paragraph.find(f"{prefix}r/{prefix}rPr/{prefix}sz")
    stated = found.get(f"{prefix}val") or "" if found is not None else ""
    return int(stated) if stated.isdecimal() and len(stated) < 4 else 0
