"""Citations resolve to the entries their keys name, inside their own document."""

from __future__ import annotations

from kb.link import Held, Linked
from kb.link.references import link_citations
from kb.model import Citation, Reference
from tests.factory import Writer, source


def resolved(*writers: Writer) -> list[tuple[str, str]]:
    """(citation's words, reference's words) of every link, in order."""
    records = tuple(record for writer in writers for record in writer.records())
    held = Held(tuple(writer.source for writer in writers), tuple(writer.document() for writer in writers))
    words = {record.id: record.quote.exact for record in records}
    return [(words[link.origin], words[link.target]) for link in link_citations(held, Linked(records)).links]


def bracket(writer: Writer, passage: str, marker: str, *keys: str) -> None:
    writer.passage(passage)
    writer.add(Citation, marker, keys=keys, style="bracket")


def entry(writer: Writer, words: str, label: str | None = None, **fields: object) -> None:
    writer.passage(words)
    writer.add(Reference, words, form="bibliographic", label=label, **fields)


def test_each_key_resolves_by_its_label() -> None:
    writer = Writer(source("a"))
    bracket(writer, "Waiting costs money [3, 4].", "[3, 4]", "3", "4")
    entry(writer, "Able B. Waiting.", "3")
    entry(writer, "Dunn F. Costs.", "4")
    assert resolved(writer) == [("[3, 4]", "Able B. Waiting."), ("[3, 4]", "Dunn F. Costs.")]


def test_a_key_without_entry_stays_open_and_other_documents_do_not_answer() -> None:
    citing, listing = Writer(source("a")), Writer(source("b"))
    bracket(citing, "Waiting costs money [3].", "[3]", "3")
    entry(listing, "Able B. Waiting.", "3")
    assert resolved(citing, listing) == []


def test_of_two_lists_the_one_in_the_same_post_answers() -> None:
    writer = Writer(source("a", "forum"))
    writer.part("post", "first")
    bracket(writer, "Waiting costs money [3].", "[3]", "3")
    entry(writer, "Able B. Waiting.", "3")
    writer.part("post", "second")
    entry(writer, "Dunn F. Costs.", "3")
    bracket(writer, "It costs time, too {3}.", "{3}", "3")
    assert resolved(writer) == [("[3]", "Able B. Waiting."), ("{3}", "Dunn F. Costs.")]


def test_the_own_post_answers_even_from_above() -> None:
    writer = Writer(source("a", "forum"))
    writer.part("post", "first")
    entry(writer, "Able B. Waiting.", "3")
    bracket(writer, "Waiting costs money [3].", "[3]", "3")
    writer.part("post", "second")
    entry(writer, "Dunn F. Costs.", "3")
    assert resolved(writer) == [("[3]", "Able B. Waiting.")]


def test_a_year_without_a_name_of_three_letters_resolves_to_nothing() -> None:
    writer = Writer(source("a"))
    bracket(writer, "So it was (see 2012).", "(see 2012)", "see 2012")
    entry(writer, "Able B. Waiting. 2012.", authors=("Able B",), year=2012)
    assert resolved(writer) == []


def test_authors_and_year_resolve_to_the_first_author_of_that_year() -> None:
    writer = Writer(source("a"))
    bracket(writer, "Able and Dunn (2012) say so.", "Able and Dunn (2012)", "Able and Dunn 2012")
    entry(writer, "Able B, Dunn F. Waiting. 2012.", authors=("Able B", "Dunn F"), year=2012)
    entry(writer, "Able B. Other. 2013.", authors=("Able B",), year=2013)
    entry(writer, "Carver D, Able B. Third. 2012.", authors=("Carver D", "Able B"), year=2012)
    assert resolved(writer) == [("Able and Dunn (2012)", "Able B, Dunn F. Waiting. 2012.")]


def test_a_body_and_a_year_resolve_to_what_it_published() -> None:
    writer = Writer(source("a"))
    bracket(writer, "See (Leeds Sleep Society, 2011).", "(Leeds Sleep Society, 2011)", "Leeds Sleep Society 2011")
    entry(writer, "Rest (2011). Leeds Sleep Society", container="Leeds Sleep Society", year=2011)
    assert resolved(writer) == [("(Leeds Sleep Society, 2011)", "Rest (2011). Leeds Sleep Society")]
