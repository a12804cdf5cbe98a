"""Saved pages of articles, blogs and guidance: WordPress and its like, and any page that has a main text.

trafilatura chooses the main text and guesses at what the page does not state; the tree gives the structure. A page is one
article, or several where it shows several posts; notes follow the text, and what readers commented is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from trafilatura import bare_extraction

from kb.errors import UnreadableSourceError
from kb.ingest.article_html.byline import Guess, shown_authors, shown_date
from kb.ingest.article_html.choice import Choice, choose, choose_in
from kb.ingest.article_html.events import Prepared, article_events, note_events, prepare
from kb.ingest.article_html.metadata import Metadata, addresses_of, licence_of, publisher_of, read_metadata
from kb.ingest.article_html.posts import host_id, posts_of, titled
from kb.ingest.article_html.statements import Statements, read_statements
from kb.ingest.article_html.tree import Element, Page, parse
from kb.ingest.builder import named, read
from kb.ingest.losses import loss
from kb.ingest.markup.html_blocks import Walker
from kb.ingest.markup.html_events import NO_ATTRS
from kb.ingest.people import ORGANISATION
from kb.ingest.words import Words
from kb.ingest.writer import Writer
from kb.model import Author, Document, Source

LATEST = "2099-12-31"
"""trafilatura's search for a date would else end today: a clock."""
MANY = 15_000
"""Elements of a page that trafilatura takes three seconds for; a book on one page is read by the names of its areas alone."""
SHORT = 80
"""Words of a server's error message, its site's menu included."""
FEWEST = 5
"""Words of a page; fewer are a button or a message."""
PARAGRAPH_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,3})+\.?(?=\s|\Z)")
FEWEST_NUMBERS = 3
ABOVE = 2
"""Runs above a post in which the date may stand that it shares with others of its day."""
COMMENT = re.compile(r"(?<![\w-])(?:(?:li-|div-)?comment-(?P<id>\d+))(?![\w-])")
LOGIN = re.compile(r"\b(?:log|sign)[ -]?in\b|\bpassword\b", re.IGNORECASE)
ERROR = re.compile(
    r"\b(?:404|403|50[0-4])\b|not found|access denied|forbidden|just a moment|are you (?:a )?(?:human|robot)|captcha|error",
    re.IGNORECASE,
)


def ingest(files: Sequence[bytes], source: Source) -> Document:
    """The articles of saved pages, one file after the other.

    Raises `UnreadableSourceError` for a page that holds no text: one whose text a script loads, a login, an error message.
    """
    reading = read(files, source)
    writer = Writer()
    reader = _Reader(writer, source)
    for text, (_, name) in zip(reading.texts, named(files, source), strict=False):
        writer.begin_file()
        reader.read(parse(text, name), text, name)
    return writer.finish(reading, source)


class _Reader:
    """Writes one page after the other; articles are numbered through."""

    def __init__(self, writer: Writer, source: Source) -> None:
        self._writer, self._source = writer, source
        self._number = 0
        self._last_title: str | None = None

    def read(self, page: Page, text: str, name: str) -> None:
        """Write the articles of one page, and note what it states of itself."""
        stated = read_statements(page.root)
        url, base = addresses_of(stated, text, self._source.url)
        draft = self._writer.draft
        draft.publisher = draft.publisher or publisher_of(stated)
        draft.url = draft.url or url
        draft.licence = draft.licence or licence_of(page, stated)
        ready = prepare(page, base, url)
        before = self._writer.length
        posts = posts_of(page, ready.frames, stated)
        if posts:
            self._posts(ready, stated, posts)
        else:
            self._article(ready, stated, url)
        if self._writer.length == before or _is_error(page, stated):
            raise UnreadableSourceError(name, self._source.shape, cause_of_silence(page, stated, text))
        self._tell_comments(page)

    def _article(self, ready: Prepared, stated: Statements, url: str | None) -> None:
        page = ready.page
        chosen, guess = _trafilatura(page)
        choice = choose(page, ready.frames, chosen)
        if sum(len(page.runs[number].tokens) for number in choice.kept) < FEWEST:
            return
        known = read_metadata(page, stated, choice.kept, guess, url)
        draft = self._writer.draft
        draft.title = draft.title or known.title
        draft.authors = draft.authors or known.authors
        draft.date = draft.date or known.date
        self._write(ready, choice, known, page.elements[0], host_id(page, choice.article))
        if known.is_date_guessed:
            draft.losses.append(loss("W231"))

    def _posts(self, ready: Prepared, stated: Statements, posts: list[int]) -> None:
        page = ready.page
        self._writer.draft.title = self._writer.draft.title or stated.first("og:title") or stated.title_tag or None
        end = 0
        for post in posts:
            inside = page.elements[post].runs
            above = range(max(end, inside.start - ABOVE), inside.start)
            end = inside.stop
            choice = choose_in(page, ready.frames, post)
            title = titled(page, post)
            words = page.runs[title].words if title is not None else None
            known = Metadata(words, title, shown_authors(page, inside), shown_date(page, inside) or shown_date(page, above))
            self._write(ready, choice, known, page.elements[post], host_id(page, post))

    def _write(self, ready: Prepared, choice: Choice, known: Metadata, part: Element, host: str | None = None) -> None:
        writer = self._writer
        kept = choice.kept - {known.title_run}
        self._number += 1
        article = writer.open_part(
            "article", number=self._number, heading=known.title, author=author_of(known.authors), date=known.date, host_id=host
        )
        walker = Walker(writer, ready.treat, ready.resolve, sections=True, is_numbered=has_numbers(ready.page, kept))
        if known.title_run is not None and known.title != self._last_title:
            writer.write("title", _title_words(ready, known.title_run))
            article.body_start = None
        self._last_title = known.title
        walker.read(article_events(ready, kept, part))
        walker.end_block()
        writer.close_part(article)
        self._notes(ready, walker, part)
        losses = (("W218", pictures(ready.page, choice)), ("W233", choice.captions))
        writer.draft.losses.extend(loss(code, count) for code, count in losses if count)

    def _notes(self, ready: Prepared, walker: Walker, part: Element) -> None:
        """Hold back the notes of an article for the end of the text."""
        for note in ready.notes.between(part.begin, part.end):
            blocks = [words for events in note_events(ready, note) if (words := walker.gather(events))]
            label = note.label_of(blocks[0]) if blocks else None
            self._writer.note(note.key, label, [blocks[0].cut(len(label or "")), *blocks[1:]] if blocks else [])

    def _tell_comments(self, page: Page) -> None:
        found = {match["id"] for element in page.elements if (match := COMMENT.search(element.attrs.get("id", "")))}
        if found:
            self._writer.draft.losses.append(loss("W232", len(found)))


def _trafilatura(page: Page) -> tuple[str, Guess]:
    """The words it takes for the main text, and what it guesses about the page; nothing for a page too large for it."""
    if len(page.elements) > MANY:
        return "", Guess()
    found = bare_extraction(
        page.root,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": True, "max_date": LATEST},
    )
    if found is None or isinstance(found, dict):
        return "", Guess()
    return found.text or "", Guess(found.title, found.author, found.date)


def has_numbers(page: Page, kept: frozenset[int]) -> bool:
    """Whether the paragraphs of a text bear numbers ("1.1.2"), as those of guidance do: several, rising."""
    found = [PARAGRAPH_NUMBER.match(page.runs[number].words) for number in sorted(kept)]
    numbers = [tuple(int(figure) for figure in match[0].rstrip(".").split(".")) for match in found if match]
    rising = sum(one < other for one, other in pairwise(numbers))
    return len(numbers) >= FEWEST_NUMBERS and rising >= 0.8 * (len(numbers) - 1)


def pictures(page: Page, choice: Choice) -> int:
    """How many pictures stand between the words of an article."""
    kept = choice.kept & set(page.elements[choice.article].runs)
    begin, end = (page.runs[min(kept)].begin, page.runs[max(kept)].end) if kept else (0, 0)
    return sum(page.elements[index].tag == "img" for index in range(*page.elements_between(begin, end)))


def _title_words(ready: Prepared, title_run: int) -> Words:
    """The title, with the link that the whole of it may be."""
    run = ready.page.runs[title_run]
    events = ready.page.events[run.begin - 1 : run.end]
    link = next(
        (index for index in range(*ready.page.elements_between(run.begin - 1, run.end)) if index in ready.addresses), None
    )
    words = Words()
    if link is None or events[0] == ("text", "", NO_ATTRS):
        words.add(run.words)
        return words
    with words.link(*ready.resolve(ready.addresses[link])):
        words.add(run.words)
    return words


def author_of(names: tuple[str, ...]) -> Author | None:
    """The byline as an author: what stands over an article is public."""
    name = "; ".join(names)
    return Author(name, "organisation" if ORGANISATION.search(name) else "public") if name else None


def _is_error(page: Page, stated: Statements) -> bool:
    """Whether the page is a server's message: a short one whose title says so."""
    return sum(len(run.tokens) for run in page.runs) < SHORT and bool(ERROR.search(stated.title_tag))


def cause_of_silence(page: Page, stated: Statements, text: str) -> str:
    """Why a page has no article, in words for the person who saved it."""
    shown = " ".join(run.words for run in page.runs)[:2000]
    if ERROR.search(stated.title_tag) or (len(shown) < 300 and ERROR.search(shown)):
        return "it holds an error message, not an article; save the page again"
    if 'type="password"' in text or (len(shown) < 300 and LOGIN.search(shown)):
        return "it is a page to log in on; save the page after logging in"
    if "<script" in text.lower():
        return "its text is loaded by JavaScript; save the page from a browser with its content"
    return "no words were found in it but those of its frame"
