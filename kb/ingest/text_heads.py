"""The head of a thread saved as text: a host's greeting and menus, the thread's title, what is said of the thread."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.ingest.builder import Draft
from kb.ingest.pieces import write_pieces
from kb.ingest.thread_lines import NAVIGATION, STARTER, bare, is_boundary
from kb.model import Span, fold
from kb.sources.words import LAST_EDITED, SAID
from kb.text.lines import Line, blocks

WELCOME = re.compile(r"\ufeff?[•*]?[ \t]*Welcome to .{2,60}")
PAGE = re.compile(r"\s*(?:[|–—-]\s*)?Page \d+(?: of \d+)?\b.*", re.IGNORECASE)
LONGEST_TITLE = 250
PROSE = 60
"""Characters from which a line above the first post says something."""


def read_head(draft: Draft, page: Sequence[Line], first: int | None) -> int:
    """Write a page's title and what stands above it; gives the index of the first line of posts.

    `first` is where the first user cell or header stands, when it comes before the first post's end: what stands between the
    title and that is no post's; sentences among it are passages of no part.
    """
    index = _skip_blank(page, _after_greeting(draft, page))
    title = _title(draft, page, index, first)
    if title is not None:
        _furnish(draft, page[index:title], "banner")
        _write_title(draft, page[title])
        index = title + 1
    if first is None or first < index:
        return _after_facts(draft, page, index)
    for block in blocks(page[index:first]):
        if any(len(line.words) >= PROSE for line in block):
            write_pieces(draft, block)
        else:
            _furnish(draft, block, "navigation")
    return first


def _after_greeting(draft: Draft, page: Sequence[Line]) -> int:
    index = _skip_blank(page, 0)
    if index == len(page) or not WELCOME.fullmatch(page[index].words):
        return index
    end = index + 1
    while end < len(page) and (page[end].indent >= 2 if page[end] else not is_boundary(page[end])):
        end += 1
    draft.furnish("banner", Span(page[index].span.start, page[end - 1].span.end))
    return end


def _title(draft: Draft, page: Sequence[Line], index: int, first: int | None) -> int | None:
    """The index of the title's line: above what is said of the thread, else above the first post, else the page's first line."""
    if draft.title is not None:
        return _again(draft.title, page, index, first)
    before = page[: len(page) if first is None else first]
    starter = next((at for at in range(index, len(before)) if STARTER.fullmatch(bare(page[at]))), None)
    end = starter if starter is not None else first
    if end is None:
        end = next(
            (at for at in range(index, len(page)) if NAVIGATION.fullmatch(bare(page[at])) or is_boundary(page[at])), len(page)
        )
        return index if _is_title(page, index) else _below_notices(page, index, end)
    for at in range(end - 1, index - 1, -1):
        if page[at] and not NAVIGATION.fullmatch(bare(page[at])) and (starter is not None or _is_title(page, at)):
            return at
    return index if index < end and _is_title(page, index) else None


def _again(title: str, page: Sequence[Line], index: int, first: int | None) -> int | None:
    """The line that gives the thread's title again, on a page that is not the first."""
    end = first if first is not None else min(len(page), index + 1)
    for at in range(index, end):
        words = PAGE.sub("", page[at].words)
        if words and (fold(words).startswith(fold(title)) or fold(title) == fold(words)):
            return at
    return None


def _below_notices(page: Sequence[Line], index: int, end: int) -> int | None:
    """The first line alone below items and banners at the top of a page."""
    for at in range(index, end):
        is_notice = not page[at] or page[at].words[0] in "•*·" or page[at].words.endswith("banner")
        if not is_notice:
            return at if _is_title(page, at) and at > index else None
    return None


def _is_title(page: Sequence[Line], index: int) -> bool:
    """A line is a title where it stands alone and is no mark, label or web address."""
    if index + 1 >= len(page) or page[index + 1] or is_boundary(page[index + 1]) or not page[index].words.strip("\ufeff"):
        return False
    words = page[index].words
    is_mark = LAST_EDITED.fullmatch(words) or SAID.fullmatch(words) or "://" in words or NAVIGATION.fullmatch(bare(page[index]))
    is_alone = index == 0 or not page[index - 1]
    return not is_mark and is_alone and words[-1] not in ":;," and words[0] not in "•*" and len(words) <= LONGEST_TITLE


def _write_title(draft: Draft, line: Line) -> None:
    if draft.title is not None:
        draft.furnish("navigation", line.place)
        return
    place = line.place
    mark = Span(place.start, place.start + draft.text.startswith("\ufeff", place.start))
    draft.furnish("markup", mark)
    draft.title = draft.pass_on("title", Span(mark.end, place.end)).of(draft.text)


def _after_facts(draft: Draft, page: Sequence[Line], index: int) -> int:
    """The index after the lines that say who began the thread, and whether it is closed; they are navigation."""
    end = index
    for at in range(index, len(page)):
        if is_boundary(page[at]) or (page[at] and not NAVIGATION.fullmatch(bare(page[at]))):
            break
        end = at + 1 if page[at] else end
    _furnish(draft, page[index:end], "navigation")
    return end


def _furnish(draft: Draft, of: Sequence[Line], kind: str) -> None:
    for line in of:
        if line:
            draft.furnish("banner" if kind == "banner" else "navigation", line.place)


def _skip_blank(page: Sequence[Line], index: int) -> int:
    while index < len(page) and not page[index] and not is_boundary(page[index]):
        index += 1
    return index
