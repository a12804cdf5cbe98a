"""Writes the posts of a thread, from one saved page or several, each once, and tells what was lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.ingest.losses import loss
from kb.ingest.markup.html_blocks import walk
from kb.ingest.people import role_of
from kb.ingest.threads.links import Resolve, absolute, resolver
from kb.ingest.threads.people import ThreadPeople
from kb.ingest.threads.posts import BodyNotes, ForumPost, Line
from kb.ingest.words import Words
from kb.ingest.writer import Writer
from kb.model import Author, Span

DIGITS = re.compile(r"[0-9]+")


@dataclass
class ThreadWriter:
    """One thread on its way into a document; `url` is its address where a page states it."""

    writer: Writer = field(default_factory=Writer)
    url: str | None = None
    _notes: BodyNotes = field(default_factory=BodyNotes)
    _people: ThreadPeople = field(default_factory=ThreadPeople)
    _held: dict[str, list[ForumPost]] = field(default_factory=dict)
    _count: int = 0
    _numbers: set[int] = field(default_factory=set)
    _nameless: int = 0
    _dateless: int = 0
    _losses: Counter[str] = field(default_factory=Counter)
    _empty: list[Span] = field(default_factory=list)

    def write_posts(self, posts: Sequence[ForumPost]) -> None:
        """Write the posts of one page that were not there before."""
        fresh = self._fresh(posts)
        resolve = resolver(self.url, frozenset(self._held))
        for post in fresh:
            self._write(post, resolve)

    def _fresh(self, posts: Sequence[ForumPost]) -> list[ForumPost]:
        """The posts without those of an earlier page; of two on one page the later, which stands in its place."""
        here = Counter(post.host_id for post in posts)
        fresh: list[ForumPost] = []
        known: dict[str, set[str]] = {}
        for post in reversed(posts):
            name = post.host_id
            if name is None:
                fresh.append(post)
                continue
            if here[name] == 1 and name not in self._held:
                self._held[name] = [post]
                fresh.append(post)
                continue
            words = known.setdefault(name, {other.words for other in self._held.get(name, ())})
            self._losses["W222"] += bool(words) and post.words not in words
            self._losses["W220"] += post.words in words
            if post.words not in words:
                fresh.append(post)
                words.add(post.words)
                self._held.setdefault(name, []).append(post)
        return fresh[::-1]

    def _write(self, post: ForumPost, resolve: Resolve) -> None:
        writer, draft = self.writer, self.writer.draft
        passages, furniture = len(draft.passages), len(draft.furniture)
        opened = writer.open_part("post", label=post.label, date=post.date, host_id=post.host_id, is_edited=post.is_edited)
        opened.author = Author(post.author, role_of(post.author) if post.author else "member")
        opened.number = self._count + 1
        for item in post.items:
            if isinstance(item, Line):
                self._write_line(item)
            else:
                walk(item.events(self._notes), writer, item.treat, resolve, sections=False)
        writer.close_part(opened)
        mentions, self._notes.mentions = self._notes.mentions, []
        if opened.start is None:
            self._losses["W223"] += 1
            return
        if opened.body is not None:
            self._people.note_body(opened.body, mentions)
        self._people.labels += [own.span for own in draft.furniture[furniture:] if own.kind == "label"]
        if not post.bodies:
            self._empty.append(Span(opened.start, opened.end))
        if post.host_id and len(draft.passages) > passages:
            draft.anchors.setdefault(f"post-{post.host_id}", draft.passages[passages].span)
        self._note(post)

    def _note(self, post: ForumPost) -> None:
        """Count what is known of a post that was written."""
        if self._count == 0:
            self.writer.draft.date = post.date
        self._count += 1
        self._nameless += post.author is None
        self._dateless += post.date is None
        digits = "".join(DIGITS.findall(post.label or ""))
        if digits and len(digits) < 10:
            self._numbers.add(int(digits))
        if post.author:
            self._people.authors[post.author] = None

    def _write_line(self, line: Line) -> None:
        words = Words()
        if line.href:
            words.open_link(absolute(self.url, line.href))
        for number, own in enumerate(line.words.split("\n")):
            if number:
                words.line_break()
            words.add(own)
        if line.href:
            words.close_link()
        span = self.writer.furnish(line.kind, words)
        if span is not None:
            self._people.note_line(line, words.text, span)

    def finish(self) -> None:
        """Note the people of the thread, and what was lost on the way."""
        draft = self.writer.draft
        draft.text = self.writer.text_at(Span(0, self.writer.length))
        self._people.authors |= self._notes.quoted
        self._people.add_to(draft)
        notes, counts = self._notes, self._losses
        counts.update(W218=notes.pictures, W221=notes.deep_quotes, W223=notes.unread, W224=notes.hidden)
        counts["W225"] = max(self._numbers, default=0) - len(self._numbers)
        draft.losses += [loss(code, count) for code, count in sorted(counts.items()) if count > 0]
        if self._empty:
            draft.losses.append(loss("W211", len(self._empty), self._empty[0]))
        if self._nameless:
            draft.losses.append(loss("I203", self._nameless))
        if self._dateless == self._count:
            draft.losses.append(loss("I202"))
