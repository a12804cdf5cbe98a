"""What readers of forum pages share: a post before it is written, and the thread that writes posts, names and losses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import parse_qs, urljoin, urlsplit

from kb.ingest.html_blocks import TreatAs, in_page, walk
from kb.ingest.html_events import Event
from kb.ingest.losses import loss
from kb.ingest.people import add_mentions, add_speakers, add_title, role_of
from kb.ingest.words import Words
from kb.ingest.writer import Writer
from kb.model import Author, Person, Span, When
from kb.model.document import FurnitureKind, LinkRelation
from kb.sources.threads import post_in

Meaning = Literal["name", "title", "location", "names", "plain"]
GENERIC_NAMES = frozenset(
    ["guest", "gast", "invité", "invitado", "ospite", "gość", "гость", "anonymous", "visitor", "unregistered", "deleted member"]
)
"""What hosts call a writer who gave no name, in small letters: these words are nobody's and are not masked."""


@dataclass(frozen=True)
class Line:
    """Words around a post that are the carrier's; `names` are those in them that belong to people."""

    kind: FurnitureKind
    words: str
    meaning: Meaning = "plain"
    names: tuple[str, ...] = ()
    href: str | None = None


@dataclass(frozen=True)
class Body:
    """What the author of a post wrote, as events."""

    events: Callable[[BodyNotes], Iterable[Event]]
    treat: TreatAs


@dataclass
class BodyNotes:
    """What showed while the bodies of posts were read."""

    pictures: int = 0
    deep_quotes: int = 0
    hidden: int = 0
    unread: int = 0
    mentions: list[str] = field(default_factory=list)
    """Members' names that the post being read marks as such, in text order."""
    quoted: dict[str, None] = field(default_factory=dict)
    """Members whose posts were quoted."""

    def note_quoted(self, attrs: Mapping[str, str | None]) -> None:
        """Note whose post a quotation is of; a name without a post may be that of a book."""
        if attrs.get("data-quote") and attrs.get("data-source"):
            self.quoted[attrs["data-quote"] or ""] = None


@dataclass
class ForumPost:
    """A post as a page has it: its lines and bodies in the order of the page."""

    host_id: str | None = None
    label: str | None = None
    author: str | None = None
    date: When | None = None
    is_edited: bool = False
    items: list[Line | Body] = field(default_factory=list)
    words: str = ""
    """Its own words, to tell whether two posts with one id are one."""

    @property
    def bodies(self) -> list[Body]:
        """What its author wrote."""
        return [item for item in self.items if isinstance(item, Body)]


@dataclass
class _Written:
    """What a line or label left in the text."""

    titles: list[tuple[str, Span]] = field(default_factory=list)
    labels: list[Span] = field(default_factory=list)
    bodies: list[Span] = field(default_factory=list)
    mentions: list[tuple[Span, list[str]]] = field(default_factory=list)
    names: dict[str, None] = field(default_factory=dict)
    nameless: int = 0
    dateless: int = 0


@dataclass
class ThreadWriter:
    """Writes the posts of one thread, from one page or several, each once."""

    writer: Writer = field(default_factory=Writer)
    notes: BodyNotes = field(default_factory=BodyNotes)
    url: str | None = None
    _seen: dict[str, str] = field(default_factory=dict)
    _count: int = 0
    _losses: Counter[str] = field(default_factory=Counter)
    _empty: list[Span] = field(default_factory=list)
    _labels: list[int] = field(default_factory=list)
    _written: _Written = field(default_factory=_Written)

    def begin_page(self) -> None:
        """What is written from here on comes from the next file."""
        self.writer.begin_file()

    def write_posts(self, posts: Sequence[ForumPost]) -> None:
        """Write the posts of one page that were not there before."""
        fresh = self._fresh(posts)
        held = {post.host_id for post in fresh if post.host_id} | set(self._seen)
        resolve = resolver(self.url, frozenset(held))
        for post in fresh:
            self._write(post, resolve)

    def count(self, code: str, count: int = 1) -> None:
        """Note something that was lost."""
        self._losses[code] += count

    def _fresh(self, posts: Sequence[ForumPost]) -> list[ForumPost]:
        """The posts without those that stood on an earlier page; of two on one page the later, which stands in its place."""
        last = {(post.host_id, post.words): number for number, post in enumerate(posts)}
        fresh = []
        for number, post in enumerate(posts):
            key = (post.host_id, post.words)
            is_again = post.host_id is not None and (last[key] != number or self._seen.get(post.host_id) == post.words)
            if is_again:
                self.count("W220")
            else:
                fresh.append(post)
        for post in fresh:
            if post.host_id is not None and self._seen.setdefault(post.host_id, post.words) != post.words:
                self.count("W222")
        return fresh

    def _write(self, post: ForumPost, resolve: Resolve) -> None:
        writer, draft = self.writer, self.writer.draft
        self._count += 1
        passages, furniture = len(draft.passages), len(draft.furniture)
        author = Author(post.author, role_of(post.author) if post.author else "member")
        fields = {"label": post.label, "number": self._count, "author": author, "date": post.date, "host_id": post.host_id}
        with writer.part("post", **fields, is_edited=post.is_edited) as opened:
            for item in post.items:
                if isinstance(item, Line):
                    self._write_line(item)
                else:
                    walk(item.events(self.notes), writer, item.treat, resolve, sections=False)
        if opened.start is None:
            self._count -= 1
            self.count("W223")
            return
        if opened.body is not None:
            self._written.bodies.append(opened.body)
            self._written.mentions.append((opened.body, self.notes.mentions))
        self.notes.mentions = []
        self._note(post, len(draft.passages) > passages, Span(opened.start, opened.end))
        if post.host_id and len(draft.passages) > passages:
            draft.anchors.setdefault(f"post-{post.host_id}", draft.passages[passages].span)
        self._written.labels += [own.span for own in draft.furniture[furniture:] if own.kind == "label"]

    def _note(self, post: ForumPost, has_words: bool, place: Span) -> None:  # noqa: FBT001 - a fact, not a mode
        if not has_words and not post.bodies:
            self._empty.append(place)
        if self.writer.draft.date is None and self._count == 1:
            self.writer.draft.date = post.date
        self._written.nameless += post.author is None
        self._written.dateless += post.date is None
        digits = re.sub(r"\D", "", post.label or "")
        if digits:
            self._labels.append(int(digits[:9]))
        if post.author:
            self._written.names[post.author] = None

    def _write_line(self, line: Line) -> None:
        words = Words()
        if line.href:
            words.open_link(urljoin_or_none(self.url, line.href))
        for number, own in enumerate(line.words.split("\n")):
            if number:
                words.line_break()
            words.add(own)
        if line.href:
            words.close_link()
        span = self.writer.furnish(line.kind, words)
        if span is None:
            return
        if line.meaning == "title":
            self._written.titles.append((words.text, span))
        self._note_people(line, words.text, span)

    def _note_people(self, line: Line, words: str, span: Span) -> None:
        at = 0
        for name in line.names:
            found = words.find(name, at)
            if found < 0 or name.casefold() in GENERIC_NAMES:
                continue
            at = found + len(name)
            place = Span(span.start + found, span.start + at)
            where: Literal["author", "location", "mention"] = (
                "author" if line.meaning == "name" else "location" if line.meaning == "location" else "mention"
            )
            role = "member" if where == "location" else role_of(name)
            self.writer.draft.people.append(Person(name, where, role, place))

    def finish_people(self) -> None:
        """Note the names that stand in the words of posts, and what was lost on the way."""
        writer, written = self.writer, self._written
        text = writer.text_at(Span(0, writer.length))
        draft = writer.draft
        draft.text = text
        shared = Counter(words for words, _ in written.titles)
        for words, span in written.titles:
            if shared[words] == 1:
                add_title(draft, span)
        marked = list(_named_in(text, written.mentions))
        draft.people += marked
        known = _longest_first([*written.names, *self.notes.quoted])
        before = len(draft.people)
        add_mentions(draft, written.bodies, known)
        add_speakers(draft, written.labels, known)
        taken = {person.span.start for person in marked}
        draft.people[before:] = [person for person in draft.people[before:] if person.span.start not in taken]
        draft.people += _heading_names(text, written.labels, known)
        self._tell_losses()

    def _tell_losses(self) -> None:
        draft, notes = self.writer.draft, self.notes
        numbers = set(self._labels)
        counts = {
            "W218": notes.pictures,
            "W221": notes.deep_quotes,
            "W223": notes.unread + self._losses.pop("W223", 0),
            "W224": notes.hidden,
            "W225": max(numbers, default=0) - len(numbers),
            **self._losses,
        }
        draft.losses += [loss(code, count) for code, count in sorted(counts.items()) if count]
        if self._empty:
            draft.losses.append(loss("W211", len(self._empty), self._empty[0]))
        if self._written.nameless:
            draft.losses.append(loss("I203", self._written.nameless))
        if self._count and self._written.dateless == self._count:
            draft.losses.append(loss("I202"))


Resolve = Callable[[str], tuple[str | None, LinkRelation, str | None]]


def urljoin_or_none(base: str | None, href: str) -> str | None:
    """`href` as an absolute address, or None where it is none; a forum's own detour to another site is left out."""
    try:
        joined = urljoin(base or "", href.strip())
        parts = urlsplit(joined)
    except ValueError:
        return None
    if parts.path.endswith("/proxy.php"):
        return next(iter(parse_qs(parts.query).get("link", ())), joined)
    return joined


def resolver(base: str | None, held: frozenset[str]) -> Resolve:
    """Where links in posts lead: to a post that is held here, or to an address, made whole with `base`."""

    def resolve(href: str) -> tuple[str | None, LinkRelation, str | None]:
        identifier = post_in(href)
        if identifier in held and _is_own(base, href):
            return None, "internal", f"post-{identifier}"
        if href.startswith("#"):
            return in_page(href)
        return urljoin_or_none(base, href), "web", None

    return resolve


def _is_own(base: str | None, href: str) -> bool:
    """Whether an address is on the host of the thread."""
    try:
        host = urlsplit(href).netloc.lower()
        return not host or (base is not None and host == urlsplit(base).netloc.lower())
    except ValueError:
        return False


def _longest_first(names: Iterable[str]) -> tuple[str, ...]:
    own = {name for name in names if name and name.casefold() not in GENERIC_NAMES}
    return tuple(sorted(own, key=lambda name: (-len(name), name)))


def _named_in(text: str, mentions: Sequence[tuple[Span, list[str]]]) -> Iterator[Person]:
    """The places of names that a page marks as members', each after the one before."""
    for body, names in mentions:
        at = body.start
        for name in names:
            found = text.find(name, at, body.end) if name else -1
            if found >= 0:
                at = found + len(name)
                yield Person(name, "mention", role_of(name), Span(found, at))


def _heading_names(text: str, labels: Sequence[Span], known: Sequence[str]) -> Iterator[Person]:
    """Known names at the head of quotation titles in other languages than English."""
    for label in labels:
        words = label.of(text)
        if not words.endswith((":", "：")) or words.endswith("said:"):
            continue
        name = next((name for name in known if words.startswith(name)), None)
        if name:
            yield Person(name, "mention", role_of(name), Span(label.start, label.start + len(name)))
