"""Whose words a place holds: quoted voices before authors, members without names, our own words in digests."""

from __future__ import annotations

import pytest

from kb.extract.found import Found
from kb.extract.quotations import extract
from kb.extract.voice import Voice, restated, voice_of
from kb.model import Author, Document, Part, Passage, Quotation, Source, Span

TEXT = 'Lamps fail. "Every second lamp in the harbour failed before noon," it says. They were old.'
WHOLE = Span(0, len(TEXT))
QUOTED = Span(TEXT.index("Every"), TEXT.index(",") + 1)
INSIDE = Span(TEXT.index("lamp in"), TEXT.index(" failed"))


def found(author: Author | None = None, *, quoted: bool = False, digest: bool = False, kind: str = "post") -> Found:
    source = Source(
        id="a",
        files=(),
        source_kind="forum",
        shape="digest" if digest else "flattened-forum",
        title='Our summary of the thread "Lamps"' if digest else "Lamps",
        authors=("kb project",) if digest else (),
        digest_of="b" if digest else None,
    )
    part = Part(id="s", kind=kind, span=WHOLE, body=WHOLE, author=author)  # type: ignore[arg-type]
    passage = Passage(id="p", kind="paragraph", span=WHOLE, part="s")
    document = Document(source_id="a", sha256="", reader="by-hand", text=TEXT, parts=(part,), passages=(passage,))
    quotation = Quotation(span=QUOTED, rule="by-hand", marked="quotation-marks", attributed_to="The harbour office")
    return Found(source, document, (quotation,) if quoted else ())


@pytest.mark.parametrize(
    ("held", "place", "voice"),
    [
        (found(Author("fernweh3", "member")), INSIDE, Voice("fernweh3", "member")),
        (found(Author(None, "member")), INSIDE, Voice(None, "member")),
        (found(), INSIDE, Voice(None, "member")),
        (found(Author("The Harbour Trust", "organisation")), INSIDE, Voice("The Harbour Trust", "organisation")),
        (found(quoted=True), INSIDE, Voice("The harbour office", "quoted", "The harbour office")),
        (found(quoted=True), Span(0, 11), Voice(None, "member")),
        (found(quoted=True), QUOTED, Voice("The harbour office", "quoted", "The harbour office")),
        (found(digest=True, kind="section"), INSIDE, Voice("kb project", "document", 'the thread "Lamps"')),
        (found(kind="section"), INSIDE, Voice(None, "document")),
    ],
)
def test_voices(held: Found, place: Span, voice: Voice) -> None:
    assert voice_of(held, place) == voice


def test_only_a_digest_restates() -> None:
    assert restated(found().source) is None
    assert restated(found(digest=True).source) == 'the thread "Lamps"'


def test_a_digest_quotes_nobody() -> None:
    assert [quotation.quote.exact or quotation.span for quotation in extract(found())] == [QUOTED]
    assert list(extract(found(digest=True))) == []
