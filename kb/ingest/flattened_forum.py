"""Threads saved as plain text: by extractors, which end posts with a line of one U+00A0, or by hand from a browser.

Measured on 31 pages with known truth, text from extractors keeps three posts in four, one author in nine and hardly a date. What
is lost stays lost: a post without a name is by "a member, name not kept", and a cell without a body is a post without words.
Text copied by hand has user cells, dates and numbers ("#12") above each post, buttons and reactions below it.

Furniture: user cells ("user-cell"), the end of a post ("boundary"), "Last edited:" ("edited", and the post before is edited),
who liked it ("reactions"), pictures' names ("attachment"), a host's greeting and menus ("banner"), headers and footers
("navigation"), "X said:", dates and numbers of posts and of pasted references ("label": the quotation and reference extractors
read them there). Each file of a source is read by itself; a post that a later page repeats is kept once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kb.ingest.builder import Draft, PartDraft, assemble, read
from kb.ingest.links import find_links
from kb.ingest.losses import loss
from kb.ingest.people import add_mentions, add_speakers, add_title, role_of
from kb.ingest.pieces import write_pieces
from kb.ingest.text_heads import read_head
from kb.ingest.thread_frames import Frames, frames_of
from kb.ingest.thread_lines import ATTACHMENT, BUTTON, EXPAND, REACTIONS, Header, bare, is_boundary, is_reaction, reacting
from kb.ingest.user_cells import Cell
from kb.model import Author, Document, Person, Source, Span, When, fold
from kb.sources.words import LAST_EDITED, SAID
from kb.text.lines import Line, covering, lines_in

TOLD_FROM = 5
"""Words of a line below the last post that may have been somebody's words."""
SAME_FROM = 5
"""Words from which a post that stands on two pages is one post."""


@dataclass
class Post:
    """A post while it is read: its user cell's lines, its words, the marks of edits after it."""

    cell: Cell | None = None
    cell_lines: list[Line] = field(default_factory=list)
    header_lines: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    marks: list[Line] = field(default_factory=list)
    date: When | None = None
    label: str | None = None
    is_edited: bool = False

    @property
    def has_words(self) -> bool:
        """Whether a line of its body was read."""
        return any(self.body)


@dataclass
class Thread:
    """Where the reader stands: the posts so far and the one that is open, None between two."""

    draft: Draft
    posts: list[Post] = field(default_factory=list)
    current: Post | None = None

    def open(self, post: Post) -> None:
        self.posts.append(post)
        self.current = post

    def meet_cell(self, cell: Cell, page: Sequence[Line]) -> None:
        """A user cell opens a post, unless it stands below the header that did."""
        own = [line for line in page[cell.start : cell.end] if line]
        if self.current is None or self.current.cell is not None or not self.current.label or self.current.has_words:
            self.open(Post())
        if self.current is not None:
            self.current.cell, self.current.cell_lines = cell, own

    def meet_header(self, header: Header, page: Sequence[Line]) -> None:
        """A header opens a post, unless it stands below the user cell that did."""
        if self.current is None or self.current.label or self.current.has_words:
            self.open(Post())
        if self.current is not None:
            self.current.header_lines = [line for line in page[header.start : header.end] if line]
            self.current.date, self.current.label, self.current.is_edited = header.when, header.label, header.is_edited

    def edited(self, line: Line) -> None:
        """The mark belongs to the post before it; one right after a user cell says that this post has no words."""
        self.draft.furnish("edited", line.place)
        if self.posts:
            self.posts[-1].is_edited = True
            self.posts[-1].marks.append(line)
        if self.current is not None and self.current.has_words:
            self.current.body.append(Line(line.span, ""))
        else:
            self.current = None

    def liked(self, line: Line) -> None:
        """Who liked the post before stands behind it."""
        self.draft.furnish("reactions", line.place)
        for place in reacting(line):
            self.draft.people.append(Person(place.of(self.draft.text), "mention", "member", place))
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
    thread = Thread(draft)
    seen: set[str] = set()
    repeats: list[Post] = []
    for file in reading.file_spans:
        read_before = len(thread.posts)
        _read_page(thread, lines_in(reading.text, file))
        new = thread.posts[read_before:]
        again = [post for post in new if _key(post) in seen]
        repeats += again
        thread.posts[read_before:] = [post for post in new if post not in again]
        thread.current = None
        seen |= {key for post in new if (key := _key(post))}
    for post in repeats:
        _furnish_repeat(draft, post)
    for number, post in enumerate(thread.posts, 1):
        _write(draft, post, number)
    _add_people(draft, thread.posts)
    find_links(draft)
    _tell_losses(draft, thread.posts, len(repeats))
    return assemble(draft, reading, source)


def _read_page(thread: Thread, page: Sequence[Line]) -> None:
    frames = frames_of(page)
    start = read_head(thread.draft, page, frames.first_of_post)
    _read_posts(thread, page, frames, start)
    own = [line for line in page[max(frames.tail, start) :] if len(line.words.split()) >= TOLD_FROM]
    if own:
        thread.draft.losses.append(loss("W226", len(own), own[0].place))


def _read_posts(thread: Thread, page: Sequence[Line], frames: Frames, start: int) -> None:
    index = start
    while index < len(page):
        line = page[index]
        cell, header = frames.cells.get(index), frames.headers.get(index)
        if cell:
            thread.meet_cell(cell, page)
            index = cell.end
        elif header:
            thread.meet_header(header, page)
            index = header.end
        else:
            _read_line(thread, line, _between(thread, page, index, frames))
            index += 1


def _between(thread: Thread, page: Sequence[Line], index: int, frames: Frames) -> str | None:
    """What a line between posts is: "signature" or "navigation" above a header or below the last post, "reactions"; else None."""
    line = page[index]
    if index >= frames.tail:
        return "navigation"
    if index in frames.skipped:
        return "signature" if thread.posts else "navigation"
    if is_reaction(page, index):
        return "reactions"
    is_over = thread.current is None or frames.are_headed
    if line and thread.current is None and not bare(line):
        return "navigation"
    return "navigation" if line and is_over and frames.are_headed and BUTTON.fullmatch(bare(line)) else None


def _read_line(thread: Thread, line: Line, between: str | None) -> None:
    if is_boundary(line):
        thread.draft.furnish("boundary", line.span)
        thread.current = None
    elif LAST_EDITED.fullmatch(line.text):
        thread.edited(line)
    elif REACTIONS.fullmatch(line.words) or between == "reactions":
        thread.liked(line)
    elif between and line:
        thread.draft.furnish("signature" if between == "signature" else "navigation", line.place)
        thread.current = None
    elif not between:
        thread.words(line)


def _key(post: Post) -> str:
    """The folded words of a post that has enough of them to be known again, else ""."""
    words = fold(" ".join(line.words for line in post.body))
    return words if len(words.split()) >= SAME_FROM else ""


def _furnish_repeat(draft: Draft, post: Post) -> None:
    for line in (*post.cell_lines, *post.header_lines, *post.body):
        if line:
            draft.furnish("navigation", line.place)


def _write(draft: Draft, post: Post, number: int) -> None:
    author = _author(draft, post)
    for line in post.header_lines:
        draft.furnish("label", line.place)
    words = [line for line in post.body if line]
    frame = (*post.cell_lines, *post.header_lines)
    places = [line.place for line in (*frame, *words, *post.marks)]
    if not places:
        return
    start, end = min(places).start, max(place.end for place in places)
    after_frame = max((line.place.end for line in frame), default=start)
    own = [line for line in words if not ATTACHMENT.fullmatch(line.words)]
    body = covering(own) if own else Span(after_frame, after_frame)
    draft.parts.append(PartDraft("post", Span(start, end), body, post.label, number, None, author, post.date, post.is_edited))
    write_pieces(draft, list(_without_labels(draft, post.body)))


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


def _without_labels(draft: Draft, body: Sequence[Line]) -> Iterator[Line]:
    """A post's lines; "X said:", "Click to expand..." and pictures' names become blank ones, which part blocks, and furniture."""
    for line in body:
        kind = _frame_kind(line)
        if kind == "label":
            draft.furnish("label", line.place)
        elif kind == "attachment":
            draft.furnish("attachment", line.place)
        elif kind:
            draft.furnish("navigation", line.place)
        yield Line(line.span, "") if kind else line


def _frame_kind(line: Line) -> str | None:
    if SAID.fullmatch(line.text):
        return "label"
    if EXPAND.fullmatch(line.words):
        return "navigation"
    return "attachment" if ATTACHMENT.fullmatch(line.words) else None


def _add_people(draft: Draft, posts: Sequence[Post]) -> None:
    names = {post.cell.name.words for post in posts if post.cell and post.cell.name}
    bodies = [part.body for part in draft.parts if part.kind == "post"]
    known = sorted(names, key=lambda name: (-len(name), name))
    add_mentions(draft, bodies, known)
    add_speakers(draft, [furniture.span for furniture in draft.furniture if furniture.kind == "label"], known)


def _tell_losses(draft: Draft, posts: Sequence[Post], repeats: int) -> None:
    nameless = sum(post.cell is None or post.cell.name is None for post in posts)
    if nameless:
        draft.losses += [loss("I201"), loss("I203", nameless)]
    if posts and not any(post.date for post in posts):
        draft.losses.append(loss("I202"))
    empty = [part.span for part in draft.parts if part.kind == "post" and not len(part.body)]
    if empty:
        draft.losses.append(loss("W211", len(empty), empty[0]))
    pictures = [furniture.span for furniture in draft.furniture if furniture.kind == "attachment"]
    if pictures:
        draft.losses.append(loss("W218", len(pictures), pictures[0]))
    if repeats:
        draft.losses.append(loss("W220", repeats))
