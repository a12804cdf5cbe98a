"""Where the frames of posts stand on a page of text: user cells, headers, what lies between a post's end and the next frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kb.ingest.thread_lines import FOOT, NAVIGATION, STARTER, Header, bare, ends_post, find_headers, is_boundary
from kb.ingest.user_cells import REACH, Cell, cell_after, find_cells, framed_cell, with_avatar
from kb.sources.words import SAID
from kb.text.lines import Line

OWN_FIELDS, FIELD = 12, 50
"""Lines of fields that a forum may have made up itself, and the characters of the longest."""
REGULAR = 3
"""Ends of posts from which a page shows that its posts have ends: of fewer, the last one's may be lost."""
FOOT_WORDS = 80
"""Words below the last post's end that may still be the page's own."""


@dataclass
class Frames:
    """The cells and headers of a page by the index of their first line.

    `tail` is the index from which only the page's own lines follow; `skipped` holds the indexes of lines between the end of a
    post and the frame of the next; `first_of_post` is where the first frame stands, when no post ends above it.
    """

    cells: dict[int, Cell]
    headers: dict[int, Header]
    tail: int
    skipped: set[int] = field(default_factory=set)
    first_of_post: int | None = None

    @property
    def are_headed(self) -> bool:
        """Whether posts have headers as a rule."""
        return len(self.headers) >= 2


def frames_of(page: Sequence[Line]) -> Frames:
    """The frames of one page."""
    told = find_cells(page, 0)
    headers = find_headers(page, {cell.end for cell in told})
    counted = _reaching(page, [cell for cell in told if not any(_shares(cell, header) for header in headers)], headers)
    framed = _framed(page, headers, counted)
    kept = [cell for cell in counted if not any(cell.start < other.end and other.start < cell.end for other in framed)]
    cells = sorted((with_avatar(page, cell) for cell in (*kept, *framed)), key=lambda cell: cell.start)
    frames = Frames({cell.start: cell for cell in cells}, {header.start: header for header in headers}, len(page))
    for header in headers:
        frames.skipped |= set(_skipped(page, header, cells))
    starts = sorted([*frames.cells, *frames.headers])
    ends = [at for at, line in enumerate(page) if is_boundary(line)]
    if starts and (not ends or starts[0] < ends[0]):
        frames.first_of_post = starts[0]
    frames.tail = _tail(page, frames, ends)
    return frames


def _reaching(page: Sequence[Line], cells: Sequence[Cell], headers: Sequence[Header]) -> list[Cell]:
    """The cells, each let go on to the header right below it where only a forum's own fields lie between."""
    found = []
    for cell in cells:
        below = next((header.start for header in headers if header.start >= cell.end), cell.end)
        between = page[cell.end : below]
        is_own = len(between) <= OWN_FIELDS and not any(is_boundary(line) or len(line.words) > FIELD for line in between)
        found.append(replace(cell, end=below) if is_own and not any(cell.end <= other.start < below for other in cells) else cell)
    return found


def _shares(cell: Cell, header: Header) -> bool:
    return cell.start < header.end and header.start < cell.end


def _framed(page: Sequence[Line], headers: Sequence[Header], counted: Sequence[Cell]) -> list[Cell]:
    """Cells that only the header near them tells: above it, where no counted cell with a name ends, or right below it."""
    known = frozenset(_known_names(page))
    found: list[Cell] = []
    floor = 0
    for header in headers:
        above = next((cell for cell in counted if cell.end <= header.start and not any(page[cell.end : header.start])), None)
        is_told = above is not None and above.name is not None
        below = None if above else cell_after(page, header)
        cell = None if is_told else below or framed_cell(page, header, floor, known)
        if cell and not any(cell.start < other.end and other.start < cell.end for other in counted if other is not above):
            found.append(cell)
        floor = max(header.end, below.end if below else 0)
    return found


def _known_names(page: Sequence[Line]) -> list[str]:
    """Names that a page gives elsewhere: of who began the thread, of who is quoted."""
    starters = [match["name"].strip() for line in page if (match := STARTER.fullmatch(bare(line)))]
    return [name for name in starters if name] + [match["who"] for line in page if (match := SAID.fullmatch(line.text))]


def _skipped(page: Sequence[Line], header: Header, cells: Sequence[Cell]) -> range:
    """The lines between the end of a post and the frame that `header` belongs to, where both are near."""
    start = next((cell.start for cell in cells if cell.start <= header.start <= cell.end + 1), header.start)
    near = range(start - 1, max(-1, start - REACH - 1), -1)
    end = next((at for at in near if is_boundary(page[at])), None)
    if end is None:
        end = next((at for at in near if ends_post(page[at])), None)
    return range(0) if end is None else range(end + 1, start)


def _tail(page: Sequence[Line], frames: Frames, ends: Sequence[int]) -> int:
    """The index from which a page's own lines follow: behind the last post's end, where no frame and no quotation comes."""
    index = len(page)
    while index > 0 and (NAVIGATION.fullmatch(bare(page[index - 1])) if page[index - 1] else not is_boundary(page[index - 1])):
        index -= 1
    if len(ends) < REGULAR:
        return index
    last = ends[-1] + 1
    if any(at >= last for at in (*frames.cells, *frames.headers)) or any(SAID.fullmatch(line.text) for line in page[last:]):
        return index
    foot = next((at for at in range(last, len(page)) if FOOT.fullmatch(bare(page[at]))), index)
    words = sum(len(line.words.split()) for line in page[last:foot])
    return last if words <= FOOT_WORDS or len(frames.headers) >= 0.8 * len(ends) else min(foot, index)
