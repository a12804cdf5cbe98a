"""The building blocks of flattened guidance: what each block of lines is, before anything is nested.

The marks for headings are lost in such texts. A heading is told by its form (one short line, no stop), by its number, and by
the table of contents where there is one; an attribution under a quoted statement has the same form and is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kb.ingest.pieces import BULLET, is_short
from kb.model import Span
from kb.sources.words import NUMBERED_PARAGRAPH
from kb.text.lines import Line, blocks, covering

ElementKind = Literal["title", "contents", "rows", "table", "chapter", "numbered", "heading", "text", "imprint"]

CONTENTS_TITLE = re.compile(r"(?:#+[ \t]*)?(?:\*\*)?(?:Table of )?contents(?: page)?(?:\*\*)?", re.IGNORECASE)
CONTENTS_LINE = re.compile(
    r"(?:(?P<label>\d{1,2}(?:\.\d{1,2})*)\.?[ \t]+)?(?P<words>\S.*?)(?:\t[ \t]*|[ .]{4,})(?P<page>\d{1,4})"
)
CHAPTER = re.compile(
    r"(?:#{1,3}[ \t]+)?(?:\*\*)?(?:(?:Chapter|Section|Part)[ \t]+)?(?P<label>\d{1,2})[.:]?[ \t]+(?P<words>[A-Z].*?)(?:\*\*)?"
)
ATX = re.compile(r"(?P<marks>#{1,6})[ \t]+(?P<words>\S.*?)(?:(?<=[^ \t])[ \t]+#+)?")
KEY_VALUE = re.compile(r"(?P<key>[A-Z][^\t:]{1,60}):?[ \t]*\t[ \t]*(?P<value>\S.*)")
HTML_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>")
TABLE_LINE = re.compile(r"(?:<p>|<td|<tr|<table|<li|<ul).*|\|.+\|")
LONGEST_ENTRY = 300
QUOTED = re.compile(r"[“\"‘].*[”\"’]\.?", re.DOTALL)
RUN_IN = re.compile(r"(?P<heading>[A-Z][A-Za-z -]{2,40}):[ \t]+(?=[A-Z])")
IMPRINT = re.compile(
    r"alternative (?:formats|languages)|easy read|\bplease contact\b|\bcopyright\b|©|\bISBN\b|\bpublished by\b|reference number",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Element:
    """A run of lines and what it is; `label`, `words` and `level` as its form has them."""

    kind: ElementKind
    lines: tuple[Line, ...]
    label: str | None = None
    words: str | None = None
    level: int | None = None

    @property
    def span(self) -> Span:
        return covering(self.lines)


@dataclass(frozen=True)
class Contents:
    """Titles of a table of contents, folded, with their labels; empty where a text has none."""

    titles: dict[str, str | None]

    def label(self, words: str) -> str | None:
        return self.titles.get(_folded(words))

    def __contains__(self, words: str) -> bool:
        return _folded(words) in self.titles


def elements(page: Sequence[Line]) -> list[Element]:
    """Every line that is not blank, in exactly one element, in order."""
    groups = [group for block in blocks(page) for group in _split(block)]
    contents = _contents(groups)
    found: list[Element] = []
    in_contents = False
    for at, group in enumerate(groups):
        following = groups[at + 1] if at + 1 < len(groups) else None
        is_contents = _is_contents(group, following) or (in_contents and _are_entries(group))
        element = Element("contents", group) if is_contents else _element(group, found, contents, following)
        in_contents = is_contents
        found.append(element)
    return _with_ends(found)


def _folded(words: str) -> str:
    return " ".join(re.sub(r"[*#_]+", "", words).lower().split())


def _split(block: tuple[Line, ...]) -> Iterator[tuple[Line, ...]]:
    """A block cut before every numbered paragraph, table line and key with value."""
    run: list[Line] = []
    for line in block:
        form = _form(line)
        if run and (form == "numbered" or form != _form(run[-1]) != "numbered" or (form == "atx")):
            yield tuple(run)
            run = []
        run.append(line)
    yield tuple(run)


def _form(line: Line) -> str:
    if NUMBERED_PARAGRAPH.match(line.text):
        return "numbered"
    if TABLE_LINE.fullmatch(line.words):
        return "table"
    if ATX.fullmatch(line.words):
        return "atx"
    return "rows" if KEY_VALUE.fullmatch(line.words) and not contents_entry(line) else "text"


def contents_entry(line: Line) -> re.Match[str] | None:
    """A line of a table of contents: a title and, behind a tab or dots, a page."""
    return CONTENTS_LINE.fullmatch(line.words) if len(line.words) <= LONGEST_ENTRY else None


def _contents(groups: Sequence[tuple[Line, ...]]) -> Contents:
    titles: dict[str, str | None] = {}
    for group in groups:
        entries = [contents_entry(line) for line in group] if _are_entries(group) else []
        for match in filter(None, entries):
            titles.setdefault(_folded(match["words"]), match["label"])
    return Contents(titles)


def _are_entries(group: Sequence[Line]) -> bool:
    matching = sum(bool(contents_entry(line)) for line in group)
    return matching >= 2 and matching >= 0.6 * len(group)


def _is_contents(group: tuple[Line, ...], following: tuple[Line, ...] | None) -> bool:
    is_title = bool(CONTENTS_TITLE.fullmatch(group[0].words))
    return (is_title and (len(group) > 1 or bool(following and _are_entries(following)))) or _are_entries(group)


def _element(group: tuple[Line, ...], found: list[Element], contents: Contents, following: tuple[Line, ...] | None) -> Element:
    form = _form(group[0])
    if form == "table":
        return Element("table", group)
    if form == "rows":
        return Element("rows", group)
    if form == "numbered":
        match = NUMBERED_PARAGRAPH.match(group[0].text)
        return Element("numbered", group, match["label"] if match else None)
    heading = _heading(group, found, contents, following) if len(group) == 1 else None
    return heading or Element("text", group)


def _heading(
    group: tuple[Line, ...], found: list[Element], contents: Contents, following: tuple[Line, ...] | None
) -> Element | None:
    """The chapter or heading that a line alone is, or None."""
    words = group[0].words
    chapter = None if group[0].indent else CHAPTER.fullmatch(words)
    if chapter and is_short(words) and _continues(chapter, found, contents):
        return Element("chapter", group, chapter["label"], chapter["words"])
    atx = ATX.fullmatch(words)
    bare = atx["words"] if atx else words
    if bare in contents:
        return Element("chapter", group, contents.label(bare), bare)
    if atx:
        return Element("heading", group, None, bare, len(atx["marks"]))
    is_heading = following is not None and _is_heading(group[0], found, following)
    return Element("heading", group, None, words.strip("*")) if is_heading else None


def _continues(chapter: re.Match[str], found: list[Element], contents: Contents) -> bool:
    """Whether a numbered line is the next chapter: the table of contents has it, or its number follows the last chapter's.

    A line that is marked as a heading may leave numbers out: of a long text only some chapters may be held.
    """
    if contents.titles:
        return chapter["words"] in contents
    last = next((int(element.label or 0) for element in reversed(found) if element.kind == "chapter"), 0)
    number, is_marked = int(chapter["label"]), chapter.group().startswith("#")
    return number > last if is_marked else number == last + 1


def _is_heading(line: Line, found: list[Element], following: Sequence[Line]) -> bool:
    """Whether a line alone has a heading's form; under a quoted statement it says who spoke, unless another one follows."""
    words = line.words
    is_under_quote = bool(found) and found[-1].kind == "text" and bool(QUOTED.fullmatch(found[-1].lines[-1].words))
    is_attribution = is_under_quote and not QUOTED.fullmatch(following[0].words)
    is_marked = BULLET.match(line.text) or "](" in words or "\t" in words or "://" in words or QUOTED.fullmatch(words)
    return is_short(words) and words[0].isupper() and not is_marked and not is_attribution and len(words.split()) <= 14


def _with_ends(found: list[Element]) -> list[Element]:
    """The first block is the title, with the imprint lines up to the first heading or running text; imprints close the text."""
    if not found:
        return found
    if found[0].kind in {"heading", "text"} and len(found[0].lines) <= 3 and not re.search(r"[.:;,]\Z", found[0].lines[-1].words):
        found[0] = Element("title", found[0].lines, None, found[0].words or " ".join(line.words for line in found[0].lines))
        at = 1
        while at < len(found) and found[at].kind in {"heading", "text"} and _is_imprint_line(found, at):
            found[at] = Element("imprint", found[at].lines)
            at += 1
    at = len(found) - 1
    while at > 0 and found[at].kind == "text" and IMPRINT.search(" ".join(line.words for line in found[at].lines)):
        found[at] = Element("imprint", found[at].lines)
        at -= 1
    return found


def _is_imprint_line(found: list[Element], at: int) -> bool:
    """A short line of the title page that no running text follows."""
    is_line = found[at].level is None and all(is_short(line.words) for line in found[at].lines)
    return is_line and not (found[at].kind == "heading" and at + 1 < len(found) and _is_said(found[at + 1]))


def _is_said(element: Element) -> bool:
    """Whether an element is what a heading heads: a sentence, a list, a long text; an imprint's line is none of these."""
    words = " ".join(line.words for line in element.lines)
    is_prose = len(words) > 100 or words.endswith((".", "!", "?")) or bool(BULLET.match(element.lines[0].text))
    return element.kind == "text" and is_prose and not IMPRINT.search(words)
