"""What follows from a document's text alone, worked out once for every extractor."""

from __future__ import annotations

from kb.extract.found import Found
from kb.extract.prepared import Prepared
from kb.model import Document, Passage, Source, Span

TEXT = "“Sleep” helps. It costs nothing.\n\nRest helps."
DOCUMENT = Document(
    source_id="a",
    sha256="",
    reader="",
    text=TEXT,
    passages=(
        Passage(id="one", kind="paragraph", span=Span(0, 32)),
        Passage(id="two", kind="paragraph", span=Span(34, 45)),
    ),
)


def test_sentences_are_split_once() -> None:
    prepared = Prepared(DOCUMENT)
    found = prepared.sentences(Span(0, 32))
    assert [span.of(TEXT) for span in found] == ["“Sleep” helps.", "It costs nothing."]
    assert prepared.sentences(Span(0, 32)) is found


def test_a_passage_is_found_by_place_and_none_between_two() -> None:
    prepared = Prepared(DOCUMENT)
    at = [prepared.passage_at(place) for place in (0, 31, 32, 33, 34, 44, 45)]
    assert [passage and passage.id for passage in at] == ["one", "one", None, None, "two", "two", None]
    assert prepared.passages["two"].span == Span(34, 45)


def test_folded_text_keeps_every_place() -> None:
    assert Prepared(DOCUMENT).folded == TEXT.replace("“", '"').replace("”", '"').replace("\n", " ")


def test_all_extractors_share_what_is_known_of_the_text() -> None:
    found = Found(Source(id="a", files=(), source_kind="guidance", shape="digest"), DOCUMENT)
    assert found.with_records(()).prepared is found.prepared


def test_quantities_are_read_once() -> None:
    text = "Half of them slept. Nobody sang."
    prepared = Prepared(Document(source_id="a", sha256="", reader="", text=text))
    found = prepared.quantities(Span(0, 19))
    assert [one.value for one in found] == [50.0]
    assert prepared.quantities(Span(0, 19)) is found
    assert prepared.quantities(Span(20, 32)) == ()
