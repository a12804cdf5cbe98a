"""Title, author and date: what the file says of itself, believed where its first pages say so too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.ingest.builder import Draft
from kb.ingest.pdf.flow import Flow
from kb.ingest.pdf.opened import Opened
from kb.ingest.pdf.paragraphs import Paragraph
from kb.model import When, fold
from kb.text.dates import parse_date

FIRST_PAGES = 2
SAYS_WHEN = re.compile(
    r"(?:first |date |last )?(?:published|publication|issued?|updated|reviewed|version|released)"
    r"(?: date| on)?\s*:?\s*|date\s*:\s*",
    re.IGNORECASE,
)
LONGEST_DATE = 60
CREATED = re.compile(r"D:(?P<year>\d{4})")
SHORTEST_TITLE = 6


def state(draft: Draft, flow: Flow, opened: Opened) -> None:
    """Fill in what the first pages bear out; a title found there by its size comes first."""
    first = [paragraph for paragraph in flow.paragraphs() if paragraph.first.page <= FIRST_PAGES]
    words = fold(" ".join(paragraph.text for paragraph in first))
    title, author = opened.statement("Title"), opened.statement("Author")
    is_borne_out = title is not None and len(title) >= SHORTEST_TITLE and fold(title) in words
    if title and is_borne_out and (draft.title is None or fold(draft.title) in fold(title)):
        draft.title = title
    if not draft.authors and author and " " in author and fold(author) in words:
        draft.authors = (author,)
    if draft.date is None:
        draft.date = _date(first, opened.statement("CreationDate"))


def _date(paragraphs: Sequence[Paragraph], created: str | None) -> When | None:
    """A line of the first pages that is a date, or says when the text was published; of the year the file was made, or before."""
    match = CREATED.match(created or "")
    for paragraph in paragraphs:
        for line in paragraph.lines:
            text = line.text.strip()
            said = SAYS_WHEN.match(text)
            when = parse_date(text[said.end() :] if said else text) if len(text) < LONGEST_DATE else None
            if when is not None and (said or when.precision != "year") and (match is None or when.value[:4] <= match["year"]):
                return when
    return None
