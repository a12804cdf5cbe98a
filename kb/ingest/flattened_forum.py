"""Threads saved as plain text: posts end at a line of one U+00A0, user cells may stand before them.

Measured on 31 pages with known truth, such text keeps three posts in four, one author in nine and hardly a date. What is lost
stays lost: a post without a name is by "a member, name not kept", and a cell without a body is a post without words.

Furniture: user cells ("user-cell"), the end of a post ("boundary"), "Last edited:" ("edited", and the post before is edited),
a host's greeting ("banner"), footers ("navigation"), "X said:" and numbers of pasted references ("label": the quotation and
reference extractors read them there).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.ingest.builder import Draft, PartDraft, assemble, read
from kb.ingest.links import find_links
from kb.ingest.losses import loss
from kb.ingest.people import RANK, add_mentions, add_title, role_of
from kb.ingest.pieces import write_pieces
from kb.model import Author, Document, Person, Source, Span, When
from kb.sources.detection import LAST_EDITED, SAID
from kb.text.dates import parse_date
from kb.text.lines import Line, covering, lines

NBSP = "\u00a0"
CELL_KEYS = frozenset(
    {"Messages", "Joined", "Reaction score", "Likes", "Likes Received", "Points", "Trophy Points", "Location", "Age", "Website"}
    | {"Occupation", "Gender", "Solutions", "Country", "Posts"}
)
NAVIGATION = re.compile(
    r"""(?: Back | Top | Bottom | Top[ ]Bottom | Back[ ]to[ ]top | Next | Prev(?:ious)? | First | Last | Share: | Reply | Quote | Like
    | Go[ ]to[ ]page | \d+[ ]of[ ]\d+ | Page[ ]\d+[ ]of[ ]\d+ | Not[ ]open[ ]for[ ]further[ ]replies\.? | Similar[ ]threads
    | You[ ]must[ ]log[ ]in[ ]or[ ]register[ ]to[ ]reply[ ]here\.? | Thread[ ]starter.* | Start[ ]date.* | Reactions:.* )""",
    re.VERBOSE,
)
EXPAND = re.compile(r"Click to (?:expand|collapse)\.{0,3}…?")
POST_NUMBER = re.compile(r"(?:[•*][ \t]*)?#(?P<number>\d{1,5})")
ATTACHMENT = re.compile(r"[\w%().-]{1,80}\.(?:png|jpe?g|gif|webp|bmp)", re.IGNORECASE)
WELCOME = re.compile(r"[•*]?[ \t]*Welcome to .{2,60}")
NAME_LENGTH = 60


@dataclass
class Cell:
    """What stands beside a post in its forum: the lines from `start` to before `end` and what they say."""

    start: int
    end: int
    name: Line | None
    titles: tuple[Line, ...] = ()
    places: tuple[Line, ...] = ()


@dataclass
class Post:
    """A post while it is read."""

    cell: Cell | None = None
    own: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    date: When | None = None
    label: str | None = None
    is_edited: bool = False

    @property
    def has_words(self) -> bool:
        return any(self.body)


def ingest(files: Sequence[bytes], source: Source) -> Document:
    """The thread's posts as parts, in the order of the text."""
    reading = read(files, source)
    draft = Draft(reading.text)
    page = lines(reading.text)
    start = _head(draft, page)
    posts = _posts(draft, page, start)
    for number, post in enumerate(posts, 1):
        _write(draft, post, number)
    find_links(draft)
    _tell_losses(draft, posts)
    return assemble(draft, reading, source)


def _head(draft: Draft, page: Sequence[Line]) -> int:
    """Banner and title; gives the index of the first line after them."""
    index = _skip_blank(page, 0)
    if index < len(page) and WELCOME.fullmatch(page[index].words.lstrip("\ufeff")):
        end = index + 1
        while end < len(page) and (not page[end] or page[end].indent >= 2):
            end += 1
        draft.furnish("banner", Span(page[index].span.start, page[end - 1].span.end))
        index = _skip_blank(page, end)
    if _is_title(page, index):
        place = page[index].place
        if draft.text[place.start] == "\ufeff":
            draft.furnish("markup", Span(place.start, place.start + 1))
            place = Span(place.start + 1, place.end)
        draft.title = draft.pass_on("title", place).of(draft.text)
        index += 1
    return index


def _is_title(page: Sequence[Line], index: int) -> bool:
    """The first line of a page is its title where it stands alone and is no sentence, mark or web address."""
    if index + 1 >= len(page) or page[index + 1]:
        return False
    words = page[index].words
    is_mark = LAST_EDITED.fullmatch(words) or SAID.fullmatch(words) or "://" in words or NAVIGATION.fullmatch(words)
    return bool(words) and not is_mark and words[-1] not in ":;," and len(words) <= 250


def _skip_blank(page: Sequence[Line], index: int) -> int:
    while index < len(page) and not page[index] and not _is_boundary(page[index]):
        index += 1
    return index


def _is_boundary(line: Line) -> bool:
    return line.text.strip(" \t") == NBSP


def _posts(draft: Draft, page: Sequence[Line], start: int) -> list[Post]:
    cells = {cell.start: cell for cell in _cells(page, start)}
    footer = _footer(page, start)
    posts: list[Post] = []
    current: Post | None = None
    index = start
    while index < len(page):
        line = page[index]
        if index in cells:
            current = Post(cell=cells[index], own=[x for x in page[index : cells[index].end] if x])
            posts.append(current)
            index = cells[index].end
            continue
        if _is_boundary(line):
            draft.furnish("boundary", line.span)
            current = None
        elif LAST_EDITED.fullmatch(line.text):
            draft.furnish("edited", line.place)
            current = _edited(posts, current, line)
        elif index >= footer:
            draft.furnish("navigation", line.place)
        elif line or current:
            if current is None:
                current = Post()
                posts.append(current)
            current.body.append(line)
        index += 1
    return posts


def _edited(posts: list[Post], current: Post | None, line: Line) -> Post | None:
    """The mark belongs to the post before; one right after a user cell says that post has no words."""
    if posts:
        posts[-1].is_edited = True
        posts[-1].own.append(line)
    return current if current is not None and current.has_words else None


def _footer(page: Sequence[Line], start: int) -> int:
    """The index from which only blank lines and a page's navigation follow."""
    index = len(page)
    while index > start and (
        not page[index - 1] and not _is_boundary(page[index - 1]) or NAVIGATION.fullmatch(page[index - 1].words)
    ):
        index -= 1
    return index


def _cells(page: Sequence[Line], start: int) -> list[Cell]:
    found: list[Cell] = []
    index = start
    while index < len(page):
        cell = _counted_cell(page, index, found[-1].end if found else start) or _ranked_cell(page, index, start)
        if cell:
            found.append(cell)
            index = cell.end
        else:
            index += 1
    return found


def _counted_cell(page: Sequence[Line], index: int, floor: int) -> Cell | None:
    """A cell with "Messages" and a number, at the line that says so."""
    if page[index].words not in {"Messages", "Posts"} or index + 1 >= len(page):
        return None
    if not re.fullmatch(r"[\d,.]+[KM]?", page[index + 1].words):
        return None
    end = index
    places = []
    while end + 1 < len(page) and page[end].words in CELL_KEYS and page[end + 1]:
        if LAST_EDITED.fullmatch(page[end + 1].text):
            end += 1
            break
        if page[end].words == "Location":
            places.append(page[end + 1])
        end += 2
    names = _names_before(page, index, floor)
    first = next((at for at in range(floor, index) if names and page[at] is names[0]), index)
    return Cell(first, end, names[0] if names else None, tuple(names[1:]), tuple(places))


def _names_before(page: Sequence[Line], index: int, floor: int) -> list[Line]:
    """Name and custom titles above a cell's counters, back to the end of the post before; at most a name and two titles."""
    above: list[Line] = []
    at = index - 1
    while at >= floor and not _is_boundary(page[at]) and not LAST_EDITED.fullmatch(page[at].text):
        if page[at]:
            above.insert(0, page[at])
        if len(above) > 3:
            return _names_in_text(page, index, floor)
        at -= 1
    is_cell = all(len(line.words) <= NAME_LENGTH and line.words[-1] not in ".:?!," for line in above)
    return above if is_cell else _names_in_text(page, index, floor)


def _names_in_text(page: Sequence[Line], index: int, floor: int) -> list[Line]:
    """Where no mark ends the post before: a short line after a blank one is the name, a second one right below its title."""
    at = index - 1
    title = [page[at]] if at >= floor and page[at] and len(page[at].words) <= NAME_LENGTH else []
    at -= len(title)
    while at >= floor and not page[at]:
        at -= 1
    is_name = at > floor and page[at] and not page[at - 1] and len(page[at].words) <= 30 and page[at].words[-1] not in ".:?!,"
    return [page[at], *title] if is_name and title else []


def _ranked_cell(page: Sequence[Line], index: int, start: int) -> Cell | None:
    """A cell without counters at the head of a post: a name, a blank line, a rank such as "Senior Member"."""
    if not RANK.fullmatch(page[index].words) or (index + 1 < len(page) and page[index + 1].words in CELL_KEYS):
        return None
    at = index - 1
    while at > start and not page[at] and not _is_boundary(page[at]):
        at -= 1
    before = at - 1
    while before >= start and not page[before] and not _is_boundary(page[before]):
        before -= 1
    is_head = before < start or _is_boundary(page[before]) or LAST_EDITED.fullmatch(page[before].text)
    if at < start or at == index - 1 or not page[at] or len(page[at].words) > 30 or not is_head:
        return None
    return Cell(at, index + 1, page[at], (page[index],))


def _write(draft: Draft, post: Post, number: int) -> None:
    _date(draft, post)
    author = _author(draft, post)
    words = [line for line in post.body if line]
    marks = sorted((line.place for line in post.own), key=lambda place: place.start)
    places = sorted([*marks, *(line.place for line in words)])
    start = places[0].start
    last_cell = max((line.place.end for line in page_of(post.cell, post.own)), default=start)
    body = covering(words) if words else Span(last_cell, last_cell)
    span = Span(start, max(place.end for place in places))
    draft.parts.append(PartDraft("post", span, body, post.label, number, None, author, post.date, post.is_edited))
    write_pieces(draft, _without_labels(draft, post.body))
    add_mentions(draft, [body])


def page_of(cell: Cell | None, own: Sequence[Line]) -> list[Line]:
    """The lines of a post's own marks that belong to its user cell."""
    return [] if cell is None else [line for line in own if not LAST_EDITED.fullmatch(line.text)]


def _author(draft: Draft, post: Post) -> Author:
    cell = post.cell
    if cell is None:
        return Author(None, "member")
    for line in page_of(cell, post.own):
        draft.furnish("user-cell", line.place)
    for title in cell.titles:
        add_title(draft, title.place)
    draft.people.extend(Person(line.words, "location", "member", line.place) for line in cell.places)
    if cell.name is None:
        return Author(None, "member")
    role = role_of(cell.name.words)
    draft.people.append(Person(cell.name.words, "author", role, cell.name.place))
    return Author(cell.name.words, role)


def _date(draft: Draft, post: Post) -> None:
    """A date and a post's number above its words, where a page kept them."""
    words = [line for line in post.body if line][:2]
    if len(words) < 2:
        return
    when, number = parse_date(words[0].words), POST_NUMBER.fullmatch(words[1].words)
    if when and number:
        for line in words:
            draft.furnish("label", line.place)
            post.own.append(line)
        post.date, post.label = when, f"#{number['number']}"
        post.body = post.body[post.body.index(words[1]) + 1 :]


def _without_labels(draft: Draft, body: Sequence[Line]) -> list[Line]:
    """A post's lines with "X said:" and "Click to expand..." blanked out and marked as furniture."""
    kept = []
    for line in body:
        is_label, is_button = SAID.fullmatch(line.text), EXPAND.fullmatch(line.words)
        if is_label or is_button:
            draft.furnish("label" if is_label else "navigation", line.place)
            line = Line(line.span, "")  # noqa: PLW2901 - a label parts the blocks around it as a blank line does
        kept.append(line)
    return kept


def _tell_losses(draft: Draft, posts: Sequence[Post]) -> None:
    if not posts:
        return
    nameless = sum(post.cell is None or post.cell.name is None for post in posts)
    if nameless:
        draft.losses += [loss("I201"), loss("I203", nameless)]
    if not any(post.date for post in posts):
        draft.losses.append(loss("I202"))
    empty = [part.span for part in draft.parts if part.kind == "post" and not len(part.body)]
    if empty:
        draft.losses.append(loss("W211", len(empty), empty[0]))
    pictures = [line.place for post in posts for line in post.body if ATTACHMENT.fullmatch(line.words)]
    if pictures:
        draft.losses.append(loss("W218", len(pictures), pictures[0]))
