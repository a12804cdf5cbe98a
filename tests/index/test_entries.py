"""What an entry says of its place, and under which value a name is looked up."""

from __future__ import annotations

from typing import Any

import pytest

from kb.index.concepts import short_name
from kb.index.entries import describe_part, entries
from kb.model import Claim, Document, KnowledgeBase, Part, Passage, Reference, Source, SourceFile, Span, When
from tests.factory import Writer, knowledge, source


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "section", "label": "2", "heading": "Lamps"}, "section 2 Lamps"),
        ({"kind": "section", "label": "2", "heading": "2. Lamps"}, "section 2 Lamps"),
        ({"kind": "section", "heading": " Lamps"}, "section Lamps"),
        ({"kind": "section", "heading": ": Lamps"}, "section : Lamps"),
        ({"kind": "post", "number": 7}, "post 7"),
        ({"kind": "post", "number": 7, "label": "#9"}, "post #9"),
        ({"kind": "note"}, "note"),
    ],
)
def test_a_part_in_words(fields: dict[str, Any], words: str) -> None:
    assert describe_part(Part(id="saaaaaaaaaa", span=Span(0, 1), body=Span(0, 1), **fields)) == words


@pytest.mark.parametrize(
    ("field", "name", "value"),
    [
        ("category", "functional somatic syndromes", "fss"),
        ("concept", "functional somatic syndromes", "functional-somatic-syndromes"),
        ("category", "chronic fatigue syndrome", "cfs"),
        ("category", "Toothache", "toothache"),
    ],
)
def test_a_name_stands_for_the_value_its_field_holds(field: str, name: str, value: str) -> None:
    assert short_name(field, name) == value


@pytest.mark.parametrize(
    ("own", "documents", "manifests", "year"),
    [
        ("2019-05-03", "2018", "2017", ("2019",)),
        (None, "2018-02", "2017", ("2018",)),
        (None, None, "2017", ("2017",)),
        (None, None, None, None),
    ],
)
def test_the_nearest_date_is_the_year(
    own: str | None, documents: str | None, manifests: str | None, year: tuple[str] | None
) -> None:
    dated = [date and When(date, "day", date) for date in (own, documents, manifests)]
    part = Part(id="saaaaaaaaaa", kind="post", span=Span(0, 5), body=Span(0, 5), number=1, date=dated[0] or None)
    passage = Passage(id="paaaaaaaaaa", kind="paragraph", span=Span(0, 5), part=part.id)
    document = Document(
        source_id="a", sha256="", reader="by-hand", text="Words", date=dated[1] or None, parts=(part,), passages=(passage,)
    )
    held = Source(id="a", files=(SourceFile("a.txt", ""),), source_kind="forum", shape="flattened-forum", date=dated[2] or None)
    (entry,) = entries(KnowledgeBase(sources=(held,), documents=(document,), records=()))
    assert entry.values.get("year") == year


def test_a_passage_of_a_nameless_part_lies_in_the_one_around_it() -> None:
    outer = Part(id="saaaaaaaaaa", kind="section", span=Span(0, 5), body=Span(0, 5), label="2")
    inner = Part(id="sbbbbbbbbbb", kind="list", span=Span(0, 5), body=Span(0, 5), parent=outer.id)
    passage = Passage(id="paaaaaaaaaa", kind="item", span=Span(0, 5), part=inner.id)
    document = Document(source_id="a", sha256="", reader="by-hand", text="Words", parts=(outer, inner), passages=(passage,))
    held = Source(id="a", files=(SourceFile("a.txt", ""),), source_kind="guidance", shape="guidance-markdown")
    (entry,) = entries(KnowledgeBase(sources=(held,), documents=(document,), records=()))
    assert entry.part == "section 2"


def test_a_reference_has_the_year_of_its_work_before_that_of_its_document() -> None:
    writer = Writer(source("a", date=When("2018", "year", "2018")))
    writer.passage("Lee A. Lamps. 2011. Ray B. Gulls. Most boats carry lamps.")
    writer.add(Reference, "Lee A. Lamps. 2011.", form="bibliographic", year=2011)
    writer.add(Reference, "Ray B. Gulls.", form="bibliographic")
    writer.add(Claim, "Most boats carry lamps.", claim_kind="finding", figures=(writer.figure("Most", (45.0, 45.5)),))
    found = list(entries(knowledge(writer)))
    assert [(entry.kind, entry.values["year"]) for entry in found] == [
        ("passage", ("2018",)),
        ("reference", ("2011",)),
        ("reference", ("2018",)),
        ("claim", ("2018",)),
    ]
    assert found[3].values["value"] == ("45", "45.5")
