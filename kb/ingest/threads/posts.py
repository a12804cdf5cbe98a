"""A forum post as a page has it, before it is written: what stands around it, and what its author wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from kb.ingest.markup.html_blocks import TreatAs
from kb.ingest.markup.html_events import Event, plain
from kb.model import When
from kb.model.document import FurnitureKind

Meaning = Literal["name", "title", "location", "names", "plain"]


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
    """A post: its lines and bodies in the order of the page."""

    host_id: str | None = None
    label: str | None = None
    author: str | None = None
    date: When | None = None
    is_edited: bool = False
    items: list[Line | Body] = field(default_factory=list)

    @property
    def bodies(self) -> list[Body]:
        """What its author wrote."""
        return [item for item in self.items if isinstance(item, Body)]

    @cached_property
    def words(self) -> str:
        """The words of its author, to tell whether two posts with one id are one."""
        return " ".join(" ".join(plain(body.events(BodyNotes())) for body in self.bodies).split())
