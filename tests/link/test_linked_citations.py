"""Citations that the document itself links to its entries: every one a record, each resolved by its link."""

from __future__ import annotations

from kb.ingest.writer import Writer
from kb.model import Citation, KnowledgeBase, Quotation, Reference
from tests.written import ENTRIES, READING, Inline, handbook, knowledge, marked, source


def article(*paragraphs: tuple[object, ...], labels: bool = True) -> KnowledgeBase:
    """A journal article with these paragraphs and two entries, the anchors "r1" and "r2"."""
    held = source("an-article", "critique", "jats")
    writer = Writer()
    writer.heading("Background", 1)
    for pieces in paragraphs:
        writer.write("paragraph", marked(*pieces))  # type: ignore[arg-type]
    writer.heading("References", 1)
    for number, entry in enumerate(ENTRIES, 1):
        writer.write("reference", entry, anchor=f"r{number}", label=f"{number}." if labels else None)
    return knowledge((held, writer.finish(READING, held)))


def cited(base: KnowledgeBase) -> list[tuple[str, tuple[str, ...], list[str | None]]]:
    """Words, keys and the titles of the entries of each citation."""
    references = {record.id: record for record in base.records if isinstance(record, Reference)}
    targets: dict[str, list[str | None]] = {}
    for link in base.links:
        if link.relation == "resolves-to":
            targets.setdefault(link.origin, []).append(references[link.target].title)
    return [
        (record.quote.exact, record.keys, targets.get(record.id, [])) for record in base.records if isinstance(record, Citation)
    ]


COSTS, SEASONS = "Costs of repeated visits", "Visits to clinics by season"


def test_a_raised_mark_and_brackets_resolve_by_their_links() -> None:
    base = article(
        ("Costs grew every year.", ("1", "citation", "r1"), " They fell by 2 in a few clinics [", ("1", "citation", "r1"), ",",
         ("2", "citation", "r2"), "]."),
    )  # fmt: skip
    assert cited(base) == [("1", ("1",), [COSTS]), ("[ 1, 2]", ("1", "2"), [COSTS, SEASONS])]


def test_the_ends_of_a_range_are_linked_and_its_middle_is_found_by_label() -> None:
    base = article(("Costs grew every year.", ("1", "citation", "r1"), "–", ("2", "citation", "r2")))
    assert cited(base) == [("1– 2", ("1", "2"), [COSTS, SEASONS])]


def test_a_linked_year_is_one_marker_with_the_names_around_it() -> None:
    base = article(("Sample and Tester (", Inline("2011", "citation", "r1"), ") counted what the visits cost."), labels=False)
    assert cited(base) == [("Sample and Tester (2011)", ("Sample and Tester 2011",), [COSTS])]


def test_names_without_a_list_of_keys_resolve_by_their_links_alone() -> None:
    base = article(("It has been counted twice (", Inline("Sample & Tester, 2011", "citation", "r1"), ")."), labels=False)
    assert [(found[2]) for found in cited(base)] == [[COSTS]]


def test_the_mark_of_an_explanatory_note_cites_nothing() -> None:
    base = knowledge(handbook())
    assert cited(base) == [("1,2", ("1", "2"), [COSTS, SEASONS])]


def test_numbers_the_reader_knows_for_no_citation_are_none() -> None:
    base = article(("Costs grew every year.", ("1", "citation", "r1"), " We counted gene p53 and forces2 in clinics (2)."))
    assert [found[0] for found in cited(base)] == ["1"]


def test_no_words_are_quoted_there() -> None:
    assert [record for record in article(("Costs grew every year.",)).records if isinstance(record, Quotation)] == []
