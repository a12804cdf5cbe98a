"""User cells: what stands beside a forum post about who wrote it, told from the lines that survive."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kb.ingest.people import RANK
from kb.ingest.thread_lines import BUTTON, NAVIGATION, Header, bare, ends_post, is_blank, is_boundary, is_dated
from kb.model import Span
from kb.text.lines import Line

COUNTERS = frozenset({"Messages", "Posts"})
CELL_KEYS = COUNTERS | frozenset(
    {"Joined", "Reaction score", "Likes", "Likes Received", "Points", "Trophy Points", "Location", "Age", "Website", "Occupation"}
    | {"Gender", "Solutions", "Country", "Media", "Albums", "Best answers", "First name", "Join date", "Founded"}
)
PLACES = frozenset({"Location", "Country"})
COUNT = re.compile(r"[\d,.]+[KM]?")
PAIR = re.compile(rf"(?P<key>{'|'.join(sorted(CELL_KEYS))}):[ \t]*(?P<value>\S.*)")
STATS = re.compile(r"[\d,.]+[KM]? (?:posts?|messages?)(?:\s*[·•|]\s*Joined.*)?", re.IGNORECASE)
NAME_LENGTH = 60
HANDLE_LENGTH = 30
CUSTOM_PAIRS = 4
"""Keys of a forum's own that may stand between two known ones."""
REACH = 25
"""Lines of a frame between the end of a post and the header of the next."""
GREETING = re.compile(
    r"(?:hi|hello|hey|thanks?|thank you|dear|yes|no|yep|nope|agreed?|same|welcome|wow|great|nice|good|ok|okay|lol|sorry)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Cell:
    """The lines from index `start` to before `end`, and the name, custom titles and locations they hold."""

    start: int
    end: int
    name: Line | None
    titles: tuple[Line, ...] = ()
    locations: tuple[Line, ...] = ()


def find_cells(page: Sequence[Line], start: int) -> list[Cell]:
    """Every user cell from line `start` on, in order."""
    found: list[Cell] = []
    index = start
    while index < len(page):
        floor = found[-1].end if found else start
        cell = _counted_cell(page, index, floor) or _dated_cell(page, index, floor) or _ranked_cell(page, index, floor)
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
    end = _pairs_end(page, index)
    above = _names_above(page, first, floor)
    name = page[above[0]] if above else None
    return Cell(above[0] if above else first, end, name, tuple(page[at] for at in above[1:]), _places(page, first, end))


def _pairs_end(page: Sequence[Line], index: int) -> int:
    """The index after the keys and values from `index` on; a forum's own keys may stand between known ones."""
    end = index
    while True:
        steps = [end + 2 * ahead for ahead in range(CUSTOM_PAIRS + 1)]
        known = next((at for at in steps if _is_pair(page, at) and all(page[end:at])), None)
        if known is None:
            return end
        end = known + 2


def _is_pair(page: Sequence[Line], at: int) -> bool:
    return at + 1 < len(page) and page[at].words in CELL_KEYS and bool(page[at + 1]) and not ends_post(page[at + 1])


def _places(page: Sequence[Line], first: int, end: int) -> tuple[Line, ...]:
    return tuple(page[at + 1] for at in range(first, end - 1) if page[at].words in PLACES and page[at + 1])


def _dated_cell(page: Sequence[Line], index: int, floor: int) -> Cell | None:
    """A cell that kept its values and not their keys: the day somebody joined, one to three counts, perhaps a place."""
    if not page[index] or not is_dated(page[index]):
        return None
    end = index + 1
    while end < min(len(page), index + 4) and COUNT.fullmatch(page[end].words):
        end += 1
    above = _names_above(page, index, floor)
    is_head = bool(above) or _line_above(page, index, floor) is None or not page[index - 1]
    if end == index + 1 or not is_head:
        return None
    locations = (page[end],) if end + 1 < len(page) and page[end + 1] and _is_place(page[end].words) else ()
    name = page[above[0]] if above else None
    start = above[0] if above else index
    return Cell(start, end + len(locations), name, tuple(page[at] for at in above[1:]), locations)


def _is_place(words: str) -> bool:
    """Whether a line could be where somebody lives: a few words with capitals, no greeting, no sentence."""
    tokens = words.replace(",", " ").split()
    capitals = sum(token[0].isupper() for token in tokens)
    is_name = _is_name(words, HANDLE_LENGTH) and words[-1] != "." and not GREETING.match(words)
    return is_name and 0.6 * len(tokens) <= capitals > 0 and len(tokens) <= 5


def framed_cell(page: Sequence[Line], header: Header, floor: int, known: frozenset[str]) -> Cell | None:
    """The lines above a post's header that say who wrote it, back to the end of the post before.

    The name is one of the `known`, or stands below a letter that is its avatar or above a rank, or heads a frame whose begin is
    marked.
    """
    edge = header.start
    while edge > max(floor, header.start - REACH) and not _begins_frame(page[edge - 1]):
        edge -= 1
    own = [at for at in range(edge, header.start) if page[at] and not is_blank(page[at]) and not BUTTON.fullmatch(bare(page[at]))]
    is_marked = edge > floor and _begins_frame(page[edge - 1])
    at = _name_in(page, own, known, is_marked=is_marked)
    if at is None:
        return None
    titles = tuple(page[line] for line in own if line > at and _is_title(page, line))
    return Cell(at, header.start, _without_badge(page[at]), titles, _places(page, at, header.start))


def _begins_frame(line: Line) -> bool:
    return ends_post(line) or bool(BUTTON.fullmatch(bare(line)) and ANSWERS.search(bare(line)))


def _name_in(page: Sequence[Line], own: Sequence[int], known: frozenset[str], *, is_marked: bool) -> int | None:
    names = [at for at in own if _is_name(bare(page[at]), NAME_LENGTH) and _is_title(page, at)]
    below = [at for before, at in pairwise(own) if _is_avatar(page[before].words, page[at].words)]
    told = [at for at in names if _without_badge(page[at]).words in known]
    ranked = [before for before, at in pairwise(own) if RANK.fullmatch(bare(page[at])) and before in names]
    first = names[:1] if is_marked and own and names[:1] == own[:1] and len(own) <= REACH // 2 else []
    alone = own[-1:] if own and own[-1:] == names[-1:] and not (own[-1] and page[own[-1] - 1]) else []
    return next(iter([*below[-1:], *told[-1:], *ranked[:1], *first, *alone]), None)


def _is_avatar(letter: str, name: str) -> bool:
    return len(letter) == 1 and letter.isalnum() and name[:1].lower() == letter.lower() and len(name) > 1


def _is_title(page: Sequence[Line], at: int) -> bool:
    words = bare(page[at])
    is_value = at > 0 and page[at - 1].words in CELL_KEYS
    is_kept = (
        words in CELL_KEYS
        or NAVIGATION.fullmatch(words)
        or PAIR.fullmatch(words)
        or STATS.fullmatch(words)
        or COUNT.fullmatch(words)
    )
    return not (is_value or is_kept or is_dated(page[at])) and len(words) <= NAME_LENGTH


ANSWERS = re.compile(r"\b(?:Reply|Report|Save|Like)\b")
BADGE = re.compile(r"\s+(?:Discussion starter|Thread starter|Original poster|OP)\Z", re.IGNORECASE)


def _without_badge(line: Line) -> Line:
    """The name alone of a line that says behind it that its bearer began the thread, or before it that it is an item."""
    words = BADGE.sub("", bare(line))
    start = line.span.start + max(line.text.find(words), 0)
    return Line(Span(start, start + len(words)), words)


def with_avatar(page: Sequence[Line], cell: Cell) -> Cell:
    """The cell with the letter above it that stands for a picture of its owner."""
    at = cell.start - 1
    while at > 0 and is_blank(page[at]):
        at -= 1
    has_avatar = at >= 0 and cell.name is not None and _is_avatar(page[at].words, cell.name.words)
    return replace(cell, start=at) if has_avatar else cell


def cell_after(page: Sequence[Line], header: Header) -> Cell | None:
    """A name, custom titles and two counts or more right below a header, where they stand there."""
    at = header.end
    while at < min(len(page), header.end + 6) and page[at] and not COUNT.fullmatch(page[at].words):
        at += 1
    end = at
    while end < len(page) and COUNT.fullmatch(page[end].words):
        end += 1
    above = range(header.end, at)
    if end < at + 2 or not above or not all(_is_name(bare(page[line]), NAME_LENGTH) for line in above):
        return None
    return Cell(header.end, end, _without_badge(page[header.end]), tuple(page[line] for line in above[1:]))


def _names_above(page: Sequence[Line], first: int, floor: int) -> list[int]:
    """Lines of the name and custom titles above a cell's counters, back to the end of the post before: three at most."""
    above: list[int] = []
    at = first - 1
    while at >= floor and not ends_post(page[at]) and len(above) <= 4:
        above = [at, *above] if page[at] else above
        at -= 1
    if 0 < len(above) <= 3 and at < 0 and _is_thread_title(page, above, first):
        above = above[1:]
    if len(above) > 1 and _is_avatar(page[above[0]].words, page[above[1]].words):
        above = above[1:]
    is_cell = len(above) <= 3 and all(_is_name(page[at].words, NAME_LENGTH) for at in above)
    return above if is_cell else _names_in_text(page, first, floor)


def _is_thread_title(page: Sequence[Line], above: Sequence[int], first: int) -> bool:
    """Whether the first line of a page, above the first cell's counters at index `first`, is the thread's title and no name.

    Custom titles stand right above the counters, and the name above a blank line.
    """
    if above[0] + 1 < len(page) and page[above[0] + 1]:
        return False
    return len(above) > 2 or (len(above) in {1, 2} and not page[first - 1])


def _names_in_text(page: Sequence[Line], first: int, floor: int) -> list[int]:
    """Where no mark ends what stands before: titles right above the counters, and above a blank line a short one, the name.

    Above the first post of a page the name may stand there without a title.
    """
    titles: list[int] = []
    at = first - 1
    while at > floor and page[at] and len(titles) < 3 and _is_name(page[at].words, NAME_LENGTH):
        titles = [at, *titles]
        at -= 1
    if page[at] or not titles:
        return []
    name = at
    while name > floor and not page[name] and not is_boundary(page[name]):
        name -= 1
    if name > floor and _is_name(page[name].words, HANDLE_LENGTH) and not page[name - 1]:
        return [name, *titles]
    is_first = not any(is_boundary(line) for line in page[:first])
    return titles if is_first and len(titles) == 1 and len(page[titles[0]].words.split()) <= 2 else []


def _is_name(words: str, length: int) -> bool:
    return 0 < len(words) <= length and words[-1] not in ":?!,;" and "://" not in words


def _ranked_cell(page: Sequence[Line], index: int, floor: int) -> Cell | None:
    """A cell without counters at the head of a post: a name, a blank line, a rank such as "Senior Member"."""
    if not RANK.fullmatch(page[index].words):
        return None
    end = _pairs_end(page, index + 1)
    if any(page[at].words in COUNTERS for at in range(index + 1, end)) or _is_dated_cell(page, index + 1):
        return None
    name = _line_above(page, index, floor)
    if name is None or name == index - 1 or not _is_name(page[name].words, HANDLE_LENGTH):
        return None
    before = _line_above(page, name, floor)
    is_head = before is None or ends_post(page[before]) or end > index + 1 or _is_title_line(page, before)
    return Cell(name, end, page[name], (page[index],), _places(page, index, end)) if is_head else None


def _is_dated_cell(page: Sequence[Line], at: int) -> bool:
    return at + 1 < len(page) and bool(COUNT.fullmatch(page[at + 1].words)) and bool(page[at]) and is_dated(page[at]) is not None


def _is_title_line(page: Sequence[Line], at: int) -> bool:
    """Whether a line stands alone above the first post of a page."""
    is_alone = not page[at + 1] and (at == 0 or not page[at - 1])
    return is_alone and not any(is_boundary(line) for line in page[:at])


def _line_above(page: Sequence[Line], index: int, floor: int) -> int | None:
    """The nearest line above `index` that is not blank, None where a post ends or the page begins before one comes."""
    for at in range(index - 1, floor - 1, -1):
        if page[at] or is_boundary(page[at]):
            return None if is_boundary(page[at]) else at
    return None
