"""Mentions, definitions and classifications in invented sentences: hits beside near-misses."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from kb.extract import EXTRACTORS, classifications, definitions, mentions
from kb.extract.found import Found
from kb.extract.identified import identified
from kb.model import Classification, Definition, Mention, fold
from tests.extract.cases import Case, read_cases
from tests.extract.documents import found_in
from tests.factory import Writer, source

CASES = Path(__file__).parent / "cases"


def everything(text: str) -> Found:
    """The document with its mentions, definitions and classifications."""
    found = found_in(text, source_kind="guidance")
    for kind in ("mentions", "definitions", "classifications"):
        found = Found(found.source, found.document, found.records + identified(found, EXTRACTORS[kind](found)))
    return found


def cases(kind: str) -> list[object]:
    return [pytest.param(case, id=case.title) for case in read_cases(CASES / f"{kind}.md")]


@pytest.mark.parametrize("case", cases("mentions"))
def test_mentions(case: Case) -> None:
    found = [f"{fold(mention.quote.exact)} = {mention.concept}" for mention in everything(case.text).of(Mention)]
    assert found == case.expected.splitlines()


@pytest.mark.parametrize("case", cases("definitions"))
def test_definitions(case: Case) -> None:
    found = everything(case.text)
    text = found.document.text
    lines = [
        f"{definition.term} | {definition.form} | {definition.definiens and fold(definition.definiens.of(text))}"
        for definition in found.of(Definition)
    ]
    assert lines == case.expected.splitlines()


@pytest.mark.parametrize("case", cases("classifications"))
def test_classifications(case: Case) -> None:
    lines = [
        f"{placed.condition} < {placed.category} {placed.stance} {placed.placement} {placed.jurisdiction or ''}".strip()
        for placed in everything(case.text).of(Classification)
    ]
    assert lines == case.expected.splitlines()


def test_a_definition_takes_the_long_form_of_its_document() -> None:
    found = everything("Wellbeing boards (WBs) met.\n\nA WB is a group of people who plan care.")
    assert [(definition.term, definition.term_norm) for definition in found.of(Definition)] == [
        ("WBs", "wellbeing boards"),
        ("WB", "wellbeing boards"),
    ]


@pytest.mark.parametrize(
    ("part", "rules"), [("section", ["definition/kind-of-marked", "definition/genus"]), ("post", ["definition/genus"])]
)
def test_what_members_say_that_something_is_defines_little(part: str, rules: list[str]) -> None:
    writer = Writer(source("a-text"))
    writer.part(part, "")
    writer.passage("Depression is a fog that comes and goes. MUS is a way of saying that nobody knows.")
    found = Found(writer.source, writer.document())
    assert [one.rule for one in EXTRACTORS["definitions"](found)] == rules


def test_the_concept_of_a_defined_condition_is_known() -> None:
    found = everything('The term "medically unexplained symptoms" is used to describe complaints without a known cause.')
    assert [definition.concept for definition in found.of(Definition)] == ["mus"]


def test_who_places_is_named_where_the_sentence_names_them() -> None:
    found = everything("They tell us that NHS England classifies fibromyalgia as MUS.")
    assert [(placed.stance, placed.by) for placed in found.of(Classification)] == [("reports", "NHS England")]


def in_table(*rows: str) -> Found:
    """A document that is one table, its cells apart by tabs."""
    writer = Writer(source("a-text", "guidance"))
    writer.part("table", "")
    for row in rows:
        writer.passage(row, "row")
    found = Found(writer.source, writer.document())
    for kind in ("mentions", "definitions", "classifications"):
        found = found.with_records(found.records + identified(found, EXTRACTORS[kind](found)))
    return found


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            ["Long-term conditions\tMUS", "Diabetes\tIBS", "COPD, asthma\tsee the IBS posters"],
            ["asthma < ltc", "copd < ltc"],
        ),
        (["Condition\tICD-10\tType", "CFS\tG93.3\tLTC"], ["cfs < icd-10:G93.3", "cfs < ltc"]),
        (["Condition\tRoom\tTown", "CFS\tG93.3\tMUS"], []),
    ],
)
def test_a_table_places_by_its_heads(rows: list[str], expected: list[str]) -> None:
    found = in_table(*rows).of(Classification)
    last = [placed for placed in found if placed.span.start >= found[-1].span.start]
    assert sorted(f"{placed.condition} < {placed.category}" for placed in last) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            ["Term\tMeaning", "Caseness\tA score above it", "Churn\tLeaving early"],
            ["Caseness: A score above it", "Churn: Leaving early"],
        ),
        (["Name\tAge", "Churn\tLeaving early"], []),
    ],
)
def test_a_glossary_may_be_a_table(rows: list[str], expected: list[str]) -> None:
    found = in_table(*rows)
    text = found.document.text
    defined = [f"{one.term}: {one.definiens.of(text) if one.definiens else ''}" for one in found.of(Definition)]
    assert defined == expected


PIECES = [
    *[
        "ME",
        "MUS",
        "CFS",
        "LTCs",
        "(MUS)",
        "*",
        "**",
        "-",
        ":",
        ",",
        ".",
        "?",
        "'",
        '"',
        "“",
        "”",
        "\n",
        "\n\n",
        "[1]",
        "ICD-10",
        "F45.0",
    ],
    *[
        "such as",
        "including",
        "is",
        "are not",
        "means",
        "refers to",
        "a way of",
        "the term",
        "called",
        "as",
        "under",
        "classified",
        "they",
    ],
    *[
        "denotes",
        "https://x.y/MUS",
        "depression",
        "chronic fatigue syndrome",
        "definition",
        "These",
        "WHO",
        "(aged",
        ")",
        "in Scotland",
    ],
]


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)))
def test_no_text_breaks_the_extractors_and_every_quote_is_in_place(text: str) -> None:
    found = everything("Words. " + text)
    known = {*mentions.RULES, *definitions.RULES, *classifications.RULES}
    assert {record.rule for record in found.records} <= known
    assert all(record.quote.exact == record.span.of(found.document.text) for record in found.records)


@pytest.mark.parametrize(
    ("words", "stance", "by", "reported_by"),
    [
        ("IBS is classed as MUS.", "reports", None, 'the thread "Lamps"'),
        ("MUS, such as IBS and CFS, take time.", "asserts", 'the thread "Lamps"', None),
        ("MUS, such as IBS and CFS, take time, a member says.", "reports", None, 'the thread "Lamps"'),
        ("The old manual lists IBS under MUS.", "reports", "the old manual", 'the thread "Lamps"'),
        ("IBS, the letter argues, is not a mental illness.", "disputes", "the letter", 'the thread "Lamps"'),
        ("NHS England lumps IBS in with MUS.", "reports", "NHS England", 'the thread "Lamps"'),
    ],
)
def test_a_digest_places_nothing_itself(words: str, stance: str, by: str | None, reported_by: str | None) -> None:
    found = found_in(words)
    digest = structs.replace(found.source, digest_of="b", title='Our summary of the thread "Lamps"')
    found = Found(digest, found.document)
    for kind in ("mentions", "classifications"):
        found = Found(digest, found.document, found.records + identified(found, EXTRACTORS[kind](found)))
    assert {(one.stance, one.by, one.reported_by) for one in found.of(Classification)} == {(stance, by, reported_by)}


@pytest.mark.parametrize(
    "piece", ["http://a ", "a@b.c ", "[a](", "IBS, ", "MUS (", "MUS such as ", "is not a ", "known as ", "the aa means "]
)
def test_near_misses_take_no_long_time(piece: str) -> None:
    found = everything(piece * (20_000 // len(piece)))
    assert found.of(Classification) == ()
