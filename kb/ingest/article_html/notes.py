"""Notes and references of an article: which marks lead to them, and where their words stand.

A mark is a short link inside the page, raised or in brackets ("4", "[4]", "[footnote 4]", "*"), to a block that comes after it:
as WordPress, its footnote plugins, Drupal, government templates and Word's HTML write them. Under a heading such as "References"
the blocks are references; elsewhere notes.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from kb.ingest.article_html.tree import Element, Page, Run
from kb.ingest.markup.html_blocks import HEADINGS
from kb.ingest.words import Words
from kb.model.document import LinkRelation

MARK = re.compile(
    r"[\[(]?\s*(?:(?:foot|end)?note|reference|ref\.?|fn)?\s*(?:\d{1,3}|[a-z]|[ivxl]{1,5}|[*†‡§¶#]{1,3})\s*[\])]?\.?",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"(?<![a-z])(?:f(?:oot)?n(?:ote)?s?|e(?:nd)?n(?:ote)?|_?(?:ftn|edn)|note|cite|ref|bib|easy-footnote)", re.IGNORECASE
)
BACK = re.compile(
    r"[\^↩↑⬆⏎↵\ufe0e\ufe0f\s]+|(?:jump )?(?:back(?: to (?:text|top|content|reference))?|up|return(?: to text)?)"
    r"|.{0,2}[\^↩↑].{0,3}",
    re.IGNORECASE,
)
LABEL = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§¶]{1,3})(?:[\])]\.?|\.)?(?=\s)|[\[(]\d{1,3}[\])]")
REFERENCES = re.compile(
    r"(?:\W*(?:\d+\.?)?\s*)?(?:references?|bibliography|works cited|literature(?: cited)?|sources|citations?)"
    r"(?: and (?:notes|links|sources))?\W*",
    re.IGNORECASE,
)
LISTS = frozenset({"ol", "ul", "div", "section", "table"})
NOTE_FRAME = re.compile(r"_?(?:ftn|edn|fn|footnote|endnote|note)[-_:]?\d+", re.IGNORECASE)
NOTE_LIST = re.compile(r"foot-?notes?|endnotes?", re.IGNORECASE)
REFERENCE_LIST = re.compile(r"(?<![a-z])(?:references|bibliography|reflist)(?![a-z])", re.IGNORECASE)
LONGEST = 400
"""Words of a note; a longer block is a section that a link leads to."""


@dataclass(frozen=True)
class Note:
    """A block that marks lead to: its events, and those of its label and back links, which are none of its words."""

    key: str
    begin: int
    end: int
    is_reference: bool

    def label_of(self, words: Words) -> str | None:
        """The label that the words of a note begin with."""
        match = LABEL.match(words.text)
        return match[0] if match else None


@dataclass(frozen=True)
class Mark:
    """A link that is a mark: the event behind it and its raising, the element of the link."""

    end: int
    link: int
    is_raised: bool


@dataclass(frozen=True)
class Notes:
    """What was found: the relation of each link by its element, where each mark's raised frame begins and ends, the blocks."""

    relations: dict[str, LinkRelation] = field(default_factory=dict)
    """By the id that links lead to."""
    marks: dict[int, Mark] = field(default_factory=dict)
    """By the event that a mark begins at, its raising included."""
    blocks: list[Note] = field(default_factory=list)
    backs: list[tuple[int, int]] = field(default_factory=list)
    """Events of the links that lead back to the marks."""

    def block_at(self, event: int) -> Note | None:
        """The block that an event stands in."""
        before = bisect_right(self.blocks, event, key=_block_begin) - 1
        return self.blocks[before] if before >= 0 and event < self.blocks[before].end else None

    def between(self, begin: int, end: int) -> list[Note]:
        """The notes, references left out, that begin between two events."""
        first, last = (bisect_left(self.blocks, event, key=_block_begin) for event in (begin, end))
        return [block for block in self.blocks[first:last] if not block.is_reference]

    def backs_in(self, note: Note) -> set[int]:
        """The events inside a note that only lead back."""
        first, last = (bisect_left(self.backs, (event, 0)) for event in (note.begin, note.end))
        return {at for begin, end in self.backs[first:last] for at in range(begin, end)}

    @property
    def notes(self) -> Iterator[Note]:
        """The blocks that are no references."""
        return (block for block in self.blocks if not block.is_reference)


def find_notes(page: Page, own_targets: dict[int, str]) -> Notes:
    """The notes of a page; `own_targets` gives the id on the same page for the links (by element) that lead to one."""
    ids: dict[str, int] = {}
    for index, element in enumerate(page.elements):
        for name in ("id", "name"):
            if element.attrs.get(name):
                ids.setdefault(element.attrs[name], index)
    found = Notes()
    targets: dict[str, int] = {}
    for index, target in own_targets.items():
        if target in ids and _is_mark(page, index, ids[target]):
            targets.setdefault(target, ids[target])
            begin, end = _raised_frame(page, index)
            found.marks[begin] = Mark(end, index, _is_raised(page, index))
    _add_blocks(page, targets, found)
    found.backs.extend(
        (element.begin, element.end)
        for element in (page.elements[index] for index, target in own_targets.items() if target not in found.relations)
        if found.block_at(element.begin) and _is_back(page.words_of(element))
    )
    return found


def _is_back(words: str) -> bool:
    """Whether a link inside a note only leads back to its mark."""
    return not words or bool(BACK.fullmatch(words) or MARK.fullmatch(words))


def _is_mark(page: Page, index: int, target: int) -> bool:
    link, aim = page.elements[index], page.elements[target]
    words = page.words_of(link)
    if not words or len(words) > 16 or not MARK.fullmatch(words) or aim.begin <= link.begin:
        return False
    is_marked = _has_sup(page, index) or words[0] in "[(*†‡§¶" or link.attrs.get("role") == "doc-noteref"
    is_heading = any(page.elements[at].tag in HEADINGS for at in page.around(target))
    return not is_heading and (is_marked or bool(NAMED.search(aim.attrs.get("id", "") or aim.attrs.get("name", ""))))


def _is_raised(page: Page, index: int) -> bool:
    """Whether a mark is raised: so a page says, or no brackets set it apart from its word."""
    element = page.elements[index]
    if _has_sup(page, index):
        return True
    before = next(
        (words.rstrip() for kind, words, _ in reversed(page.events[max(0, element.begin - 8) : element.begin]) if kind == "text"),
        "",
    )
    return page.words_of(element)[0] not in "[(" and not before.endswith(("[", "("))


def _has_sup(page: Page, index: int) -> bool:
    element = page.elements[index]
    within = range(*page.elements_between(element.begin, element.end))
    return any(page.elements[at].tag == "sup" for at in (*within, *page.around(element.parent)))


def _raised_frame(page: Page, index: int) -> tuple[int, int]:
    """The events of a link and of the inline elements around it that hold nothing else."""
    words, outer = page.words_of(page.elements[index]), index
    for at in page.around(page.elements[index].parent):
        if (
            page.elements[at].tag not in {"sup", "span", "b", "strong", "em", "i", "small"}
            or page.words_of(page.elements[at]) != words
        ):
            break
        outer = at
    return page.elements[outer].begin, page.elements[outer].end


def _add_blocks(page: Page, targets: dict[str, int], found: Notes) -> None:
    """Find the block of each target; where several stand in one block, each ends where the next begins."""
    shared: dict[int, list[str]] = {}
    for key, target in targets.items():
        shared.setdefault(_block(page, target), []).append(key)
    heads = [run for run in page.runs if _is_head(page, run.element)]
    lists = [element for element in page.elements if element.tag in {"ol", "ul"}]
    for at, keys in shared.items():
        block = page.elements[at]
        keys.sort(key=lambda key: page.elements[targets[key]].begin)
        begins = [page.elements[targets[key]].begin for key in keys] if len(keys) > 1 else [block.begin]
        is_reference = _is_under_references(page, at, heads, lists)
        for key, begin, end in zip(keys, begins, [*begins[1:], block.end], strict=True):
            if _is_note(page, begin, end):
                found.blocks.append(Note(key, begin, end, is_reference))
                found.relations[key] = "citation" if is_reference else "note"
    found.blocks.sort(key=lambda block: block.begin)


def _is_note(page: Page, begin: int, end: int) -> bool:
    """Whether the events between hold words, but no more than a note does, and no heading."""
    runs = page.runs[bisect_left(page.runs, begin, key=_run_begin) : bisect_left(page.runs, end, key=_run_begin)]
    has_heading = any(_is_head(page, run.element) for run in runs)
    return not has_heading and 0 < sum(len(run.tokens) for run in runs) <= LONGEST


def _block(page: Page, target: int) -> int:
    """The row, item or paragraph that a target is, or stands in, or heads."""
    for at in page.around(target):
        element = page.elements[at]
        if element.tag in {"tr", "li", "dd"}:
            return at
        if element.tag in {"p", "div", "aside"} and len(element.runs):
            if _is_note_frame(page, element.parent):
                return element.parent
            inner = next((up for up in page.around(element.parent) if page.elements[up].tag in {"li", "dd"}), None)
            return at if inner is None else inner
    return target


def _is_note_frame(page: Page, index: int) -> bool:
    """Whether an element holds one note of several paragraphs."""
    return index >= 0 and bool(NOTE_FRAME.fullmatch(page.elements[index].attrs.get("id", "")))


def _is_under_references(page: Page, block: int, heads: list[Run], lists: list[Element]) -> bool:
    """Whether the nearest heading before a block, or the list around it, says that references follow."""
    around = (page.elements[at] for at in page.around(page.elements[block].parent))
    names = " ".join(element.label for element in around if element.tag in LISTS)
    if NOTE_LIST.search(names) or REFERENCE_LIST.search(names):
        return not NOTE_LIST.search(names)
    before = bisect_left(heads, page.elements[block].begin, key=_run_begin)
    is_headed = before > 0 and bool(REFERENCES.fullmatch(heads[before - 1].words))
    first = bisect_left(lists, heads[before - 1].begin, key=_element_begin) if is_headed else len(lists)
    return is_headed and (first == len(lists) or page.elements[block].begin < lists[first].end)


def _is_head(page: Page, index: int) -> bool:
    return any(page.elements[at].tag in HEADINGS for at in page.around(index))


def _run_begin(run: Run) -> int:
    return run.begin


def _block_begin(block: Note) -> int:
    return block.begin


def _element_begin(element: Element) -> int:
    return element.begin
