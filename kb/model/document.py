"""What we hold (`Source`) and what its reader made of it (`Document`)."""

from __future__ import annotations

from typing import Literal

import msgspec

from kb.model.dates import When
from kb.model.span import Span

SourceKind = Literal["guidance", "forum", "critique"]
Publish = Literal["full", "quotes", "none"]
PartKind = Literal["section", "post", "article", "box", "list", "table", "quotation", "note"]
PassageKind = Literal["title", "heading", "paragraph", "item", "row", "cell", "caption", "reference", "note"]
FurnitureKind = Literal[
    "boundary",
    "user-cell",
    "edited",
    "banner",
    "navigation",
    "contents",
    "rule",
    "label",
    "markup",
    "signature",
    "reactions",
    "attachment",
    "embed",
]
LinkStatus = Literal["ok", "truncated", "dead", "lost"]
LinkRelation = Literal["web", "citation", "note", "internal"]
Role = Literal["member", "organisation", "public", "unknown"]


class SourceFile(msgspec.Struct, frozen=True):
    """One file of a source: its path below the corpus folder, with forward slashes, and the SHA-256 of its bytes."""

    path: str
    sha256: str


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What we hold under one manifest entry: one file, or the saved pages of one thread.

    Bibliographic fields are None where neither the manifest nor the file states them. `digest_of` is set for a digest: the id
    of the source it restates, which need not be held.
    """

    id: str
    files: tuple[SourceFile, ...]
    source_kind: SourceKind
    shape: str
    """The reader that makes a document of it: a key of `kb.ingest.INGESTERS`."""
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    date: When | None = None
    url: str | None = None
    licence: str | None = None
    publish: Publish = "quotes"
    jurisdiction: str | None = None
    language: str | None = None
    """ISO 639 code; None leaves it to the words of the text."""
    retrieved: str | None = None
    digest_of: str | None = None
    withdrawn: tuple[str, ...] = ()
    """Ids of parts whose author took them back."""
    note: str | None = None
    is_kind_guessed: bool = False
    """Whether `source_kind` stands in until the document is read: no manifest gives it, and the bytes do not show it."""


class Author(msgspec.Struct, frozen=True):
    """Who wrote a part. `name` None means the source did not keep it; `role` says whether the name may be shown."""

    name: str | None
    role: Role


class QuoteOf(msgspec.Struct, frozen=True):
    """Whose words a quotation block says it repeats: the name it gives, the quoted post's id at its host, the part if held."""

    name: str | None = None
    host_id: str | None = None
    part: str | None = None


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A section, post, article, box, list, table, quotation block or note.

    `span` is everything that belongs to the part, label and heading included; `body` is what its author wrote, without label,
    heading, user cell or "last edited" line. Both lie inside the parent's span. A part whose body was lost has an empty body.
    """

    id: str
    kind: PartKind
    span: Span
    body: Span
    parent: str | None = None
    order: int = 0
    """Place among all parts of the document, in text order."""
    label: str | None = None
    """What the source itself calls it: "4.2", "#12"."""
    number: int | None = None
    """For posts and articles: 1, 2, ... as they stand in the source."""
    heading: str | None = None
    author: Author | None = None
    date: When | None = None
    is_edited: bool = False
    is_withdrawn: bool = False
    host_id: str | None = None
    """What the host calls a post in its addresses."""
    quote_of: QuoteOf | None = None
    """For a quotation block that names what it quotes."""


class Passage(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The smallest thing we cite: a paragraph, list item, table row, heading.

    `part` is the innermost part it stands in, or None for words outside every part (a title, a preamble). Passages do not
    overlap, hold no furniture at their ends, and stand in text order.
    """

    id: str
    kind: PassageKind
    span: Span
    part: str | None = None
    lead: str | None = None
    """For a list item or row: the id of the passage that introduces its list or table."""


class Furniture(msgspec.Struct, frozen=True, gc=False):
    """Words of the carrier, not of the author: kept in the text, in no passage."""

    kind: FurnitureKind
    span: Span


class DocumentLink(msgspec.Struct, frozen=True, gc=False):
    """A hyperlink as the document has it; `href` is None where only its words survived, or where it stays in the document.

    `relation` says what it does: a marker that cites a reference, the mark of a note, a pointer to another place of the same
    document, or a link to the web. `target` is the id of the passage it leads to, where that is in this document.
    """

    span: Span
    href: str | None
    status: LinkStatus
    relation: LinkRelation = "web"
    target: str | None = None


class Page(msgspec.Struct, frozen=True):
    """Where a page's words stand: its number counted from 1 in the file, and the number printed on it.

    A page may have several stretches: notes stand after the body.
    """

    span: Span
    number: int
    label: str | None = None


class Person(msgspec.Struct, frozen=True):
    """A name the reader met in an author's place: the raw material of the masks.

    `field` says where: "author", "title" (a custom user title or signature), "location", "mention".
    """

    name: str
    field: Literal["author", "title", "location", "mention"]
    role: Role
    span: Span


class Loss(msgspec.Struct, frozen=True):
    """Something the carrier destroyed and the reader could not recover, in words a reader understands."""

    code: str
    message: str
    span: Span | None = None


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader made of one source. Pure data: the same bytes and manifest fields give the same document."""

    source_id: str
    sha256: str
    """Of the source's bytes (of its files in order, where there are several)."""
    reader: str
    text: str
    encoding: str = "utf-8"
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    date: When | None = None
    language: str = "en"
    parts: tuple[Part, ...] = ()
    passages: tuple[Passage, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    links: tuple[DocumentLink, ...] = ()
    people: tuple[Person, ...] = ()
    losses: tuple[Loss, ...] = ()
    url: str | None = None
    """Where the file says it comes from."""
    licence: str | None = None
    file_spans: tuple[Span, ...] = ()
    """What came from each file, in order."""
    pages: tuple[Page, ...] = ()
    """Stretches of pages in text order, which do not overlap; empty where the format has no pages or they were not kept."""

    def words(self, passage: Passage) -> str:
        """The exact words of a passage."""
        return passage.span.of(self.text)
