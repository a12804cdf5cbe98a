"""The people of a thread: authors, titles and places from its user cells, and the names that its posts mark or mention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kb.ingest.builder import Draft
from kb.ingest.people import add_mentions, add_speakers, add_title, role_of
from kb.ingest.threads.posts import Line, Meaning
from kb.model import Person, Span

GENERIC_NAMES = frozenset(
    ["guest", "gast", "invité", "invitado", "ospite", "gość", "гость", "anonymous", "visitor", "unregistered", "deleted member"]
)
"""What hosts call a writer who gave no name, in small letters: these words are nobody's and are not masked."""
FIELDS: dict[Meaning, Literal["author", "title", "location", "mention"]] = {
    "name": "author",
    "title": "title",
    "location": "location",
    "names": "mention",
    "plain": "mention",
}


@dataclass
class ThreadPeople:
    """Where names stand or may stand in the text of a thread."""

    people: list[Person] = field(default_factory=list)
    authors: dict[str, None] = field(default_factory=dict)
    """Names of authors, and of members whose posts were quoted."""
    bodies: list[Span] = field(default_factory=list)
    labels: list[Span] = field(default_factory=list)
    _titles: list[tuple[str, Span]] = field(default_factory=list)
    _mentions: list[tuple[Span, Sequence[str]]] = field(default_factory=list)

    def note_line(self, line: Line, words: str, span: Span) -> None:
        """Note the names in a line around a post, which was written at `span`."""
        if line.meaning == "title":
            self._titles.append((words, span))
        at = 0
        for name in line.names:
            found = words.find(name, at)
            if found < 0 or name.casefold() in GENERIC_NAMES:
                continue
            at = found + len(name)
            role = "member" if line.meaning == "location" else role_of(name)
            self.people.append(Person(name, FIELDS[line.meaning], role, Span(span.start + found, span.start + at)))

    def note_body(self, body: Span, mentions: Sequence[str]) -> None:
        """Note where the words of a post stand, and the members' names that its page marks in them, in order."""
        self.bodies.append(body)
        self._mentions.append((body, mentions))

    def add_to(self, draft: Draft) -> None:
        """Add everybody to a draft whose text is written."""
        draft.people += self.people
        shared = Counter(words for words, _ in self._titles)
        for words, span in self._titles:
            if shared[words] == 1:
                add_title(draft, span)
        marked = list(_named_in(draft.text, self._mentions))
        known = _longest_first(self.authors)
        before = len(draft.people)
        add_mentions(draft, self.bodies, known)
        add_speakers(draft, self.labels, known)
        taken = {person.span.start for person in marked}
        draft.people[before:] = [person for person in draft.people[before:] if person.span.start not in taken]
        draft.people += [*marked, *_heading_names(draft.text, self.labels, known)]


def _longest_first(names: Iterable[str]) -> tuple[str, ...]:
    own = {name for name in names if name and name.casefold() not in GENERIC_NAMES}
    return tuple(sorted(own, key=lambda name: (-len(name), name)))


def _named_in(text: str, mentions: Sequence[tuple[Span, Sequence[str]]]) -> Iterator[Person]:
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
