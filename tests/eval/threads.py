"""How well a flattened thread was read, counted against its truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from kb.extract import extract
from kb.ingest import ingest
from kb.model import Document, Part, Quotation, Source, SourceFile, Span
from tests.eval.flattening import Flattened, TruePost, TrueQuote

SAME = 0.75
"""Shared part from which an entry is found, as in the gold's scorer."""

LIKE = 0.5
"""The same for quotations."""


@dataclass
class Counts:
    """Entries and quotations: how many there are, how many were found, how many finds are right."""

    posts: int = 0
    entries: int = 0
    right_entries: int = 0
    names: int = 0
    right_names: int = 0
    wrong_names: int = 0
    quotes: int = 0
    found_quotes: int = 0
    finds: int = 0
    right_finds: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    @property
    def entry_f1(self) -> float:
        """2PR/(P+R) of the posts' places."""
        return 2 * self.right_entries / max(1, self.posts + self.entries)

    @property
    def precision(self) -> float:
        """Share of re-found quotes whose source post is right."""
        return self.right_finds / max(1, self.finds)

    @property
    def recall(self) -> float:
        """Share of surviving quotes of surviving earlier posts that were found with the right source post."""
        return self.found_quotes / max(1, self.quotes)


def read_thread(text: str) -> tuple[Document, list[Quotation]]:
    """The document of a flattened thread, and its quotations without marks that repeat an earlier place of it."""
    source = Source(id="a-thread", files=(SourceFile("a.txt", ""),), source_kind="forum", shape="flattened-forum")
    document = ingest([text.encode()], source)
    quotations = [record for record in extract(source, document) if isinstance(record, Quotation)]
    return document, [each for each in quotations if each.original is not None and each.marked != "quotation-marks"]


def count(page: Flattened) -> Counts:
    """What reading the page's text finds of it."""
    document, quotations = read_thread(page.text)
    entries = [part for part in document.parts if part.kind == "post" and len(part.body)]
    counts = Counts(posts=len(page.surviving), entries=len(entries))
    for post in page.surviving:
        entry = _entry(post, entries)
        counts.right_entries += entry is not None
        name = entry.author.name if entry and entry.author else None
        counts.names += _is_named(page, post)
        counts.right_names += name is not None and name == post.author
        counts.wrong_names += name is not None and name != post.author
    places = {post.id: post.span for post in page.surviving if post.span}
    truth = [quote for quote in page.quotes if is_findable(quote, places)]
    counts.quotes = len(truth)
    counts.found_quotes = sum(any(_is_right(find, quote, places) for find in quotations) for quote in truth)
    judged = [find for find in quotations if is_judged(find, page, places)]
    counts.finds = len(judged)
    counts.right_finds = sum(any(_is_right(find, quote, places) for quote in page.quotes) for find in judged)
    return counts


def _entry(post: TruePost, entries: Sequence[Part]) -> Part | None:
    return next((entry for entry in entries if post.span and likeness(entry.body, post.span) >= SAME), None)


def _is_named(page: Flattened, post: TruePost) -> bool:
    """Whether the author's name survives as a line between the post before and this one."""
    ends = [other.span.end for other in page.surviving if other.span and post.span and other.span.end <= post.span.start]
    between = page.text[max(ends, default=0) : post.span.start if post.span else 0]
    return any(line.strip() == post.author for line in between.split("\n"))


def is_findable(quote: TrueQuote, places: dict[str, Span]) -> bool:
    """Whether a quote's words and those of the post it quotes both survive."""
    return quote.span is not None and quote.quoted in places and places[quote.quoted].end <= quote.span.start


def is_judged(find: Quotation, page: Flattened, places: dict[str, Span]) -> bool:
    """All finds but those on a quote of a post that is not on the page or not in the text: they may be right elsewhere."""
    beyond = [quote.span for quote in page.quotes if quote.span and not is_findable(quote, places)]
    return not any(likeness(find.span, span) >= LIKE for span in beyond)


def _is_right(find: Quotation, quote: TrueQuote, places: dict[str, Span]) -> bool:
    if quote.span is None or quote.quoted not in places or find.original is None:
        return False
    return likeness(find.span, quote.span) >= LIKE and places[quote.quoted].overlaps(find.original)


def likeness(one: Span, other: Span) -> float:
    """Intersection over union of two places."""
    shared = max(0, min(one.end, other.end) - max(one.start, other.start))
    return shared / max(1, len(one) + len(other) - shared)
