"""Saved pages of articles, blogs and guidance: WordPress and its like, and any page that has a main text.

trafilatura chooses the main text and guesses at what the page does not state; the tree gives the structure. One page is one
article; several posts on one page are several.
"""

from __future__ import annotations

from collections.abc import Sequence

from trafilatura import bare_extraction

from kb.ingest.article_choice import choose
from kb.ingest.article_events import Marked, marked
from kb.ingest.article_metadata import Guess, Metadata, read_metadata
from kb.ingest.article_tree import Page, parse
from kb.ingest.builder import named, read
from kb.ingest.html_blocks import walk
from kb.ingest.losses import loss
from kb.ingest.people import ORGANISATION
from kb.ingest.writer import Writer
from kb.model import Author, Document, Source

LATEST = "2099-12-31"
"""No clock: trafilatura's search for a date would else end today."""


def ingest(files: Sequence[bytes], source: Source) -> Document:
    """The articles of saved pages, one file after the other."""
    reading = read(files, source)
    writer = Writer()
    for text, (_, name) in zip(reading.texts, named(files, source), strict=False):
        writer.begin_file()
        _read_page(parse(text, name), text, writer, source)
    return writer.finish(reading, source)


def _read_page(page: Page, text: str, writer: Writer, source: Source) -> None:
    chosen, guess = _trafilatura(page)
    choice = choose(page, chosen)
    known = read_metadata(page, text, choice, guess)
    _note(writer, known)
    _write(writer, page, known, marked(page, choice, known, source.url))


def _trafilatura(page: Page) -> tuple[str, Guess]:
    """The words it takes for the main text, and what it guesses about the page."""
    found = bare_extraction(
        page.root,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": True, "max_date": LATEST},
    )
    if found is None or isinstance(found, dict):
        return "", Guess()
    return found.text or "", Guess(found.title, found.author, found.date)


def _note(writer: Writer, known: Metadata) -> None:
    """What the first page of a source states holds for the source."""
    draft = writer.draft
    draft.title = draft.title or known.title
    draft.authors = draft.authors or known.authors
    draft.publisher = draft.publisher or known.publisher
    draft.url = draft.url or known.url
    draft.licence = draft.licence or known.licence
    draft.date = draft.date or known.date


def _write(writer: Writer, page: Page, known: Metadata, what: Marked) -> None:
    article = writer.open_part("article", number=1, heading=known.title, author=author_of(known), date=known.date)
    if known.title_run is not None:
        writer.write("title", page.runs[known.title_run].words)
        article.body = None
    walk(what.events, writer, what.treat, what.resolve)
    writer.close_part(article)
    if known.is_date_guessed:
        writer.draft.losses.append(loss("W231"))


def author_of(known: Metadata) -> Author | None:
    """The byline as an author in a public role."""
    if not known.authors:
        return None
    name = "; ".join(known.authors)
    return Author(name, "organisation" if name == known.publisher or ORGANISATION.search(name) else "public")
