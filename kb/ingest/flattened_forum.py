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
from kb.ingest.people import add_mentions, add_speakers, add_title, role_of
from kb.ingest.pieces import write_pieces
from kb.ingest.user_cells import Cell, find_cells, is_boundary
from kb.model import Author, Document, Person, Source, Span, When
from kb.sources.words import LAST_EDITED, SAID
from kb.text.dates import parse_date
from kb.text.lines import Line, covering, lines

NAVIGATION = re.compile(
    r"""(?: Back | Top | Bottom | Top[ ]Bottom | Back[ ]to[ ]top | Next | Prev(?:ious)? | First | Last | Share: | Reply | Quote
    | Like | Go[ ]to[ ]page | \d+[ ]of[ ]\d+ | Page[ ]\d+[ ]of[ ]\d+ | Not[ ]open[ ]for[ ]further[ ]replies\.? | Similar[ ]threads
    | You[ ]must[ ]log[ ]in[ ]or[ ]register[ ]to[ ]reply[ ]here\.? | Thread[ ]starter.* | Start[ ]date.* | Reactions:.* )""",
    re.VERBOSE,
)
EXPAND = re.compile(r"Click to (?:expand|collapse)\.{0,3}…?|↑")
POST_NUMBER = re.compile(r"(?:[•*][ \t]*)?#(?P<number>\d{1,5})")
ATTACHMENT = re.compile(r"[\w%().-]{1,80}\.(?:png|jpe?g|gif|webp|bmp)", re.IGNORECASE)
WELCOME = re.compile(r"\ufeff?[•*]?[ \t]*Welcome to .{2,60}")
LONGEST_TITLE = 250


@dataclass
class Post:
    """A post while it is read: its user cell's lines, its words, the marks of edits after it."""

    cell: Cell | None = None
    cell_lines: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    marks: list[Line] = field(default_factory=list)
    date: When | None = None
    label: str | None = None
    is_edited: bool = False


@dataclass
class Thread:
    """Where the reader stands: the posts so far and the one that is open, None between two."""

    draft: Draft
    posts: list[Post] = field(default_factory=list)
    current: Post | None = None

    def open(self, post: Post) -> None:
        self.posts.append(post)
        self.current = post

    def edited(self, line: Line) -> None:
        """The mark belongs to the post before it; one right after a user cell says that this post has no words."""
        self.draft.furnish("edited", line.place)
        if self.posts:
            self.posts[-1].is_edited = True
            self.posts[-1].marks.append(line)
        if self.current is not None and any(self.current.body):
            self.current.body.append(Line(line.span, ""))
        else:
            self.current = None

    def words(self, line: Line) -> None:
        if line and self.current is None:
            self.open(Post())
        if self.current is not None:
            self.current.body.append(line)


def ingest(files: Sequence[bytes], source: Source) -> Document:
    """The thread's posts as parts, in the order of the text."""
    reading = read(files, source)
    draft = Draft(reading.text)
    page = lines(reading.text)
    thread = Thread(draft)
    _read_posts(thread, page, _head(draft, page))
    for number, post in enumerate(thread.posts, 1):
        _write(draft, post, number)
    names = {post.cell.name.words for post in thread.posts if post.cell and post.cell.name}
    bodies = [part.body for part in draft.parts if part.kind == "post"]
    known = sorted(names, key=lambda name: (-len(name), name))
    add_mentions(draft, bodies, known)
    add_speakers(draft, [furniture.span for furniture in draft.furniture if furniture.kind == "label"], known)
    find_links(draft)
    _tell_losses(draft, thread.posts)
    return assemble(draft, reading, source)


def _head(draft: Draft, page: Sequence[Line]) -> int:
    """Banner and title; gives the index of the first line after them."""
    index = _skip_blank(page, 0)
    if index < len(page) and WELCOME.fullmatch(page[index].words):
        end = index + 1
        while end < len(page) and (page[end].indent >= 2 if page[end] else not is_boundary(page[end])):
            end += 1
        draft.furnish("banner", Span(page[index].span.start, page[end - 1].span.end))
        index = _skip_blank(page, end)
    if not _is_title(page, index):
        return index
    place = page[index].place
    mark = Span(place.start, place.start + draft.text.startswith("\ufeff", place.start))
    draft.furnish("markup", mark)
    draft.title = draft.pass_on("title", Span(mark.end, place.end)).of(draft.text)
    return index + 1


def _is_title(page: Sequence[Line], index: int) -> bool:
    """The first line of a page is its title where it stands alone and is no mark, label or web address."""
    if index + 1 >= len(page) or page[index + 1] or is_boundary(page[index + 1]) or not page[index].words.strip("\ufeff"):
        return False
    words = page[index].words
    is_mark = LAST_EDITED.fullmatch(words) or SAID.fullmatch(words) or "://" in words or NAVIGATION.fullmatch(words)
    return not is_mark and words[-1] not in ":;," and len(words) <= LONGEST_TITLE


def _skip_blank(page: Sequence[Line], index: int) -> int:
    while index < len(page) and not page[index] and not is_boundary(page[index]):
        index += 1
    return index


def _read_posts(thread: Thread, page: Sequence[Line], start: int) -> None:
    cells = {cell.start: cell for cell in find_cells(page, start)}
    footer = _footer(page, start)
    index = start
    while index < len(page):
        line = page[index]
        if index in cells:
            cell = cells[index]
            thread.open(Post(cell, [own for own in page[index : cell.end] if own]))
            index = cell.end
            continue
        if is_boundary(line):
            thread.draft.furnish("boundary", line.span)
            thread.current = None
        elif LAST_EDITED.fullmatch(line.text):
            thread.edited(line)
        elif index >= footer:
            thread.draft.furnish("navigation", line.place)
        else:
            thread.words(line)
        index += 1


def _footer(page: Sequence[Line], start: int) -> int:
    """The index from which only blank lines and a page's navigation follow."""
    index = len(page)
    while index > start and (
        NAVIGATION.fullmatch(page[index - 1].words) if page[index - 1] else not is_boundary(page[index - 1])
    ):
        index -= 1
    return index


def _write(draft: Draft, post: Post, number: int) -> None:
    _read_date(draft, post)
    author = _author(draft, post)
    words = [line for line in post.body if line]
    places = [line.place for line in (*post.cell_lines, *words, *post.marks)]
    if not places:
        return
    start, end = min(places).start, max(place.end for place in places)
    after_cell = max((line.place.end for line in post.cell_lines), default=start)
    body = covering(words) if words else Span(after_cell, after_cell)
    draft.parts.append(PartDraft("post", Span(start, end), body, post.label, number, None, author, post.date, post.is_edited))
    write_pieces(draft, _without_labels(draft, post.body))


def _author(draft: Draft, post: Post) -> Author:
    for line in post.cell_lines:
        draft.furnish("user-cell", line.place)
    cell = post.cell
    if cell is None:
        return Author(None, "member")
    for title in cell.titles:
        add_title(draft, title.place)
    draft.people.extend(Person(line.words, "location", "member", line.place) for line in cell.locations)
    if cell.name is None:
        return Author(None, "member")
    role = role_of(cell.name.words)
    draft.people.append(Person(cell.name.words, "author", role, cell.name.place))
    return Author(cell.name.words, role)


def _read_date(draft: Draft, post: Post) -> None:
    """Take a date and a post's number from above its words, where a page kept them."""
    words = [line for line in post.body if line][:2]
    when = parse_date(words[0].words) if len(words) == 2 else None
    number = POST_NUMBER.fullmatch(words[1].words) if when else None
    if when is None or number is None:
        return
    for line in words:
        draft.furnish("label", line.place)
    post.cell_lines += words
    post.date, post.label = when, f"#{number['number']}"
    post.body = post.body[post.body.index(words[1]) + 1 :]


def _without_labels(draft: Draft, body: Sequence[Line]) -> list[Line]:
    """A post's lines; "X said:" and "Click to expand..." become blank ones, which part blocks as they do, and furniture."""
    kept = []
    for line in body:
        is_label, is_button = SAID.fullmatch(line.text), EXPAND.fullmatch(line.words)
        if is_label or is_button:
            draft.furnish("label" if is_label else "navigation", line.place)
        kept.append(Line(line.span, "") if is_label or is_button else line)
    return kept


def _tell_losses(draft: Draft, posts: Sequence[Post]) -> None:
    nameless = sum(post.cell is None or post.cell.name is None for post in posts)
    if nameless:
        draft.losses += [loss("I201"), loss("I203", nameless)]
    if posts and not any(post.date for post in posts):
        draft.losses.append(loss("I202"))
    empty = [part.span for part in draft.parts if part.kind == "post" and not len(part.body)]
    if empty:
        draft.losses.append(loss("W211", len(empty), empty[0]))
    pictures = [line.place for post in posts for line in post.body if ATTACHMENT.fullmatch(line.words)]
    if pictures:
        draft.losses.append(loss("W218", len(pictures), pictures[0]))
