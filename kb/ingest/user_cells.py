"""User cells: what stands beside a forum post about who wrote it, told from the lines that survive."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.ingest.people import RANK
from kb.sources.words import LAST_EDITED
from kb.text.lines import Line

NBSP = "\u00a0"
COUNTERS = frozenset({"Messages", "Posts"})
CELL_KEYS = COUNTERS | frozenset(
    {"Joined", "Reaction score", "Likes", "Likes Received", "Points", "Trophy Points", "Location", "Age", "Website", "Occupation"}
    | {"Gender", "Solutions", "Country"}
)
COUNT = re.compile(r"[\d,.]+[KM]?")
NAME_LENGTH = 60
HANDLE_LENGTH = 30


@dataclass(frozen=True)
class Cell:
    """The lines from index `start` to before `end`, and the name, custom titles and locations they hold."""

    start: int
    end: int
    name: Line | None
    titles: tuple[Line, ...] = ()
    locations: tuple[Line, ...] = ()


def is_boundary(line: Line) -> bool:
    """Whether a line is the end of a post: one U+00A0 and nothing else."""
    return line.text.strip(" \t") == NBSP


def ends_post(line: Line) -> bool:
    """Whether a post is over at this line: its end, or the mark of an edit that follows the end."""
    return is_boundary(line) or bool(LAST_EDITED.fullmatch(line.text))


def find_cells(page: Sequence[Line], start: int) -> list[Cell]:
    """Every user cell from line `start` on, in order."""
    found: list[Cell] = []
    index = start
    while index < len(page):
        floor = found[-1].end if found else start
        cell = _counted_cell(page, index, floor) or _ranked_cell(page, index, floor)
        if cell:
            found.append(cell)
            index = cell.end
        else:
            index += 1
    return found


def _counted_cell(page: Sequence[Line], index: int, floor: int) -> Cell | None:
    """A cell with "Messages" and a number, at the line that says so."""
    if page[index].words not in COUNTERS or index + 1 >= len(page) or not COUNT.fullmatch(page[index + 1].words):
        return None
    first = index
    while first - 2 >= floor and page[first - 2].words in CELL_KEYS and page[first - 1]:
        first -= 2
    end = index
    while end + 1 < len(page) and page[end].words in CELL_KEYS and page[end + 1] and not ends_post(page[end + 1]):
        end += 2
    locations = tuple(page[at + 1] for at in range(first, end, 2) if page[at].words == "Location")
    above = _names_above(page, first, floor)
    name = page[above[0]] if above else None
    return Cell(above[0] if above else first, end, name, tuple(page[at] for at in above[1:]), locations)


def _names_above(page: Sequence[Line], first: int, floor: int) -> list[int]:
    """Lines of the name and custom titles above a cell's counters, back to the end of the post before: three at most."""
    above: list[int] = []
    at = first - 1
    while at >= floor and not ends_post(page[at]) and len(above) <= 3:
        above = [at, *above] if page[at] else above
        at -= 1
    is_cell = len(above) <= 3 and all(_is_name(page[at].words, NAME_LENGTH) for at in above)
    return above if is_cell else _names_in_text(page, first, floor)


def _names_in_text(page: Sequence[Line], first: int, floor: int) -> list[int]:
    """Where no mark ends the post before: a title right above the counters, and above a blank line a short one, the name."""
    title = first - 1
    if title <= floor or not page[title] or not _is_name(page[title].words, NAME_LENGTH):
        return []
    name = title - 1
    while name > floor and not page[name] and not is_boundary(page[name]):
        name -= 1
    is_name = name < title - 1 and _is_name(page[name].words, HANDLE_LENGTH) and not page[name - 1]
    return [name, title] if name > floor and is_name else []


def _is_name(words: str, length: int) -> bool:
    return 0 < len(words) <= length and words[-1] not in ":?!,;" and "://" not in words


def _ranked_cell(page: Sequence[Line], index: int, floor: int) -> Cell | None:
    """A cell without counters at the head of a post: a name, a blank line, a rank such as "Senior Member"."""
    has_counters = index + 1 < len(page) and page[index + 1].words in CELL_KEYS
    if has_counters or not RANK.fullmatch(page[index].words):
        return None
    name = _line_above(page, index, floor)
    if name is None or name == index - 1 or not _is_name(page[name].words, HANDLE_LENGTH):
        return None
    before = _line_above(page, name, floor)
    is_head = before is None or ends_post(page[before])
    return Cell(name, index + 1, page[name], (page[index],)) if is_head else None


def _line_above(page: Sequence[Line], index: int, floor: int) -> int | None:
    """The nearest line above `index` that is not blank, None where a post ends or the page begins before one comes."""
    for at in range(index - 1, floor - 1, -1):
        if page[at] or is_boundary(page[at]):
            return None if is_boundary(page[at]) else at
    return None
