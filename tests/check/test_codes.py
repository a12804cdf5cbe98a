"""One case that triggers each code of `run_checks`, and beside it a near-miss that does not."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from kb.check import CHECKS, meanings, run_checks
from kb.model import (
    Alias,
    Citation,
    Claim,
    Definition,
    DocumentLink,
    Figure,
    Finding,
    Identifiers,
    KnowledgeBase,
    Link,
    Loss,
    Part,
    Passage,
    Quotation,
    Quote,
    Reference,
    Span,
)
from tests.factory import Writer, knowledge, source


def codes(held: KnowledgeBase, code: str) -> list[str]:
    """The messages under one code."""
    return [finding.message for finding in run_checks(held) if finding.code == code]


def changed(held: KnowledgeBase, **fields: Any) -> KnowledgeBase:
    """`held` with these fields of its first document changed."""
    document = replace(held.documents[0], **fields)
    return replace(held, documents=(document, *held.documents[1:]))


def written(*passages: tuple[str, str]) -> Writer:
    """A source of passages, given by kind and words."""
    writer = Writer(source("written"))
    for kind, words in passages:
        writer.passage(words, kind)
    return writer


def sectioned(*lines: tuple[str, str]) -> KnowledgeBase:
    """A source of one section with these passages."""
    writer = Writer(source("written"))
    writer.part("section", "Aims", label="1")
    for kind, words in lines:
        writer.passage(words, kind)
    return knowledge(writer)


def test_the_invented_sources_have_only_what_is_put_into_them() -> None:
    assert {finding.code for finding in run_checks(knowledge())} == {"I503", "table-broken"}


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ([("heading", "Aims")], 1),
        ([("heading", "Aims"), ("heading", "More")], 1),
        ([("heading", "Aims"), ("paragraph", "To help.")], 0),
    ],
)
def test_w201_section_without_words(lines: list[tuple[str, str]], count: int) -> None:
    assert len(codes(sectioned(*lines), "W201")) == count


def test_w201_not_where_the_words_stand_in_sections_below() -> None:
    writer = Writer(source("written"))
    writer.passage("Aims", "heading")
    parent = Part(id="saaaaaaaaaa", kind="section", span=Span(0, 4), body=Span(0, 4), heading="Aims")
    child = replace(parent, id="sbbbbbbbbbb", parent=parent.id, label="1.1", heading=None)
    assert codes(changed(knowledge(writer), parts=(parent, child)), "W201") == []
    assert len(codes(changed(knowledge(writer), parts=(parent,)), "W201")) == 1


@pytest.mark.parametrize(
    ("body", "is_withdrawn", "count"), [(Span(4, 4), False, 1), (Span(4, 4), True, 0), (Span(0, 4), False, 0)]
)
def test_w202_post_without_body(body: Span, is_withdrawn: bool, count: int) -> None:  # noqa: FBT001 - a column of the table
    post = Part(id="saaaaaaaaaa", kind="post", span=Span(0, 4), body=body, number=2, is_withdrawn=is_withdrawn)
    held = changed(knowledge(written(("paragraph", "Word"))), parts=(post,))
    assert len(codes(held, "W202")) == count


@pytest.mark.parametrize(
    ("language", "seen"),
    [
        ("en", None),
        ("de", "its language is 'de': indexed, not extracted"),
        ("und", "its language is of none that kb knows"),
    ],
)
def test_i206_other_language(language: str, seen: str | None) -> None:
    messages = codes(changed(knowledge(written(("paragraph", "Word"))), language=language), "I206")
    assert [message.startswith(seen or "nothing") for message in messages] == ([True] if seen else [])


def test_losses_keep_the_code_and_words_of_the_reader() -> None:
    held = changed(knowledge(written(("paragraph", "Word"))), losses=(Loss("W218", "a picture was not kept", Span(0, 4)),))
    assert run_checks(held) == (Finding(code="W218", message="a picture was not kept", source_id="written", span=Span(0, 4)),)


def test_a_loss_that_is_told_place_by_place_is_told_once() -> None:
    loss, link = Loss("W212", "1 web address was cut short", Span(0, 4)), DocumentLink(Span(0, 4), None, "truncated")
    held = knowledge(written(("paragraph", "http://a...z")))
    assert [finding.code for finding in run_checks(changed(held, losses=(loss,), links=(link,)))] == ["W402"]
    assert [finding.code for finding in run_checks(changed(held, losses=(loss,)))] == ["W212"]


@pytest.mark.parametrize(
    ("change", "count"),
    [
        ({}, 0),
        ({"quote": Quote("Wurd")}, 1),
        ({"quote": Quote("Word", suffix="x")}, 1),
        ({"span": Span(90, 94)}, 1),
        ({"sha256": "another file"}, 1),
    ],
)
def test_e301_quote_that_proves_nothing(change: dict[str, Any], count: int) -> None:
    writer = written(("paragraph", "Word"))
    writer.add(Claim, "Word", claim_kind="finding")
    held = knowledge(writer)
    assert len(codes(replace(held, records=(replace(held.records[0], **change),)), "E301")) == count


@pytest.mark.parametrize(
    ("spans", "count"),
    [
        ([Span(0, 3), Span(3, 6)], 0),
        ([Span(0, 4), Span(3, 6)], 1),
        ([Span(3, 6), Span(0, 3)], 1),
        ([Span(0, 3), Span(3, 99)], 1),
        ([Span(2, 2)], 1),
    ],
)
def test_e302_stray_passage(spans: list[Span], count: int) -> None:
    passages = tuple(Passage(id=f"paaaaaaaaa{number}", kind="paragraph", span=span) for number, span in enumerate(spans))
    held = changed(knowledge(written(("paragraph", "abcdef"))), passages=passages)
    assert len(codes(held, "E302")) == count


@pytest.mark.parametrize(("place", "count"), [(Span(0, 2), 0), (Span(8, 10), 1)])
def test_e303_figure_or_term_outside_its_record(place: Span, count: int) -> None:
    writer = written(("paragraph", "45% and 50%"))
    writer.add(Claim, "45%", claim_kind="figure", figures=(Figure(span=place, value=45.0, unit="%"),))
    writer.add(Definition, "45%", term="45", term_norm="45", form="explicit", definiens=place)
    assert len(codes(knowledge(writer), "E303")) == 2 * count


def test_w401_citation_without_reference() -> None:
    writer = written(("paragraph", "One [1], two [2], one again [1]."), ("reference", "A. Title. 2001."))
    writer.add(Reference, "A. Title. 2001.", form="bibliographic", label="2")
    for words, keys in (("[1],", ("1",)), ("[2]", ("2",)), ("[1].", ("1", "2"))):
        writer.add(Citation, words, keys=keys, style="bracket")
    assert codes(knowledge(writer), "W401") == [
        "'1', cited 2 times, has no entry in this document: its list of references was not kept, or never given"
    ]


def test_w401_author_and_year_are_answered_by_a_link() -> None:
    writer = written(("paragraph", "As shown (Lee 2019)."))
    writer.add(Citation, "(Lee 2019)", keys=("Lee 2019",), style="author-year")
    held = knowledge(writer)
    answer = Link(id="laaaaaaaaaa", relation="resolves-to", origin=held.records[0].id, target="written")
    assert len(codes(held, "W401")) == 1
    assert codes(replace(held, links=(answer,)), "W401") == []


@pytest.mark.parametrize(("status", "cut", "lost"), [("ok", 0, 0), ("truncated", 1, 0), ("dead", 0, 1), ("lost", 0, 1)])
def test_w402_cut_addresses_and_w405_lost_targets(status: Any, cut: int, lost: int) -> None:
    href = "https://example.org/" if status == "ok" else None
    held = changed(knowledge(written(("paragraph", "see here"))), links=(DocumentLink(Span(0, 8), href, status),))
    assert (len(codes(held, "W402")), len(codes(held, "W405"))) == (cut, lost)


@pytest.mark.parametrize(
    ("second", "ids", "count"),
    [
        ("pmid 12345678", Identifiers(pmid="12345678"), 1),
        ("pmid 87654321", Identifiers(pmid="87654321"), 0),
        ("https://example.org/12345678/full", Identifiers(pmid="12345678"), 0),
    ],
)
def test_w403_entry_listed_twice(second: str, ids: Identifiers, count: int) -> None:
    writer = written(("reference", "pmid 12345678"))
    writer.add(Reference, "pmid 12345678", form="pmid", ids=Identifiers(pmid="12345678"))
    writer.passage(second, "reference")
    writer.add(Reference, second, form="pmid", ids=ids)
    assert len(codes(knowledge(writer), "W403")) == count


@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({"volume": "354", "pages": "936-939"}, 1),
        ({"volume": "354", "container": "J Invented Med"}, 0),
        ({"title": "A book", "year": 1999}, 0),
    ],
)
def test_w404_journal_without_name(fields: dict[str, Any], count: int) -> None:
    writer = written(("reference", "An entry of some kind."))
    writer.add(Reference, "An entry of some kind.", form="bibliographic", **fields)
    assert len(codes(knowledge(writer), "W404")) == count


@pytest.mark.parametrize(("target", "count"), [("written", 0), ("waaaaaaaaaa", 2)])
def test_e501_links_and_aliases_that_lead_to_nothing(target: str, count: int) -> None:
    link = Link(id="laaaaaaaaaa", relation="held-as", origin="written", target=target)
    held = replace(knowledge(written(("paragraph", "Word"))), links=(link,), aliases=(Alias("wbbbbbbbbbb", target),))
    assert len(codes(held, "E501")) == count


@pytest.mark.parametrize(
    ("match", "place", "altered", "unheld"),
    [
        ("exact", "as-attributed", 0, 0),
        ("altered", "as-attributed", 1, 0),
        ("altered", "elsewhere", 1, 0),
        ("none", "not-held", 0, 1),
        ("none", "not-found", 0, 0),
    ],
)
def test_w502_altered_and_i503_unheld_quotations(match: Any, place: Any, altered: int, unheld: int) -> None:
    writer = written(("paragraph", "They say “help is near”."))
    writer.add(Quotation, "help is near", marked="quotation-marks", match=match, place=place)
    held = knowledge(writer)
    assert (len(codes(held, "W502")), len(codes(held, "I503"))) == (altered, unheld)


def test_what_the_build_noted_comes_first_and_once() -> None:
    noted = Finding(code="E204", message="a.bin: not read: it is empty")
    held = replace(knowledge(written(("paragraph", "Word"))), findings=(noted, noted))
    assert run_checks(held) == (noted,)


def test_findings_stand_by_source_place_code_and_subject() -> None:
    first, second = written(("paragraph", "Word")), Writer(source("another"))
    second.passage("Word")
    sorted_findings = (
        Finding(code="W501", message="of no source"),
        Finding(code="W502", message="a", source_id="written"),
        Finding(code="W402", message="b", source_id="written", span=Span(0, 1)),
        Finding(code="W502", message="c", source_id="written", span=Span(0, 1)),
        Finding(code="W502", message="d", source_id="written", span=Span(0, 1), subject="caaaaaaaaaa"),
        Finding(code="W502", message="e", source_id="written", span=Span(0, 1), subject="cbbbbbbbbbb"),
        Finding(code="W402", message="f", source_id="written", span=Span(2, 3)),
        Finding(code="W201", message="g", source_id="another"),
    )
    held = replace(knowledge(first, second), findings=tuple(reversed(sorted_findings)))
    assert run_checks(held) == sorted_findings


def test_every_check_has_a_meaning() -> None:
    assert set(CHECKS) <= set(meanings())


def test_a_withdrawal_of_a_post_that_is_not_there() -> None:
    writer = Writer(source("written", withdrawn=("sabcdefghij",)))
    writer.part("section", "Aims", label="1")
    writer.passage("Aims", "heading")
    held = knowledge(writer)
    assert codes(held, "W103") == [
        "written has no post 'sabcdefghij' to withdraw; kb show written --structure lists the ids of its parts"
    ]
    (document,) = held.documents
    parts = tuple(replace(part, id="sabcdefghij", is_withdrawn=True) for part in document.parts)
    assert codes(changed(held, parts=parts), "W103") == []
