"""What every extractor promises, whatever the text: records of its kind, places inside the text, the same again."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kb.extract
from kb.extract import EXTRACTORS, RULES, extract
from kb.extract.found import Found
from kb.ingest import ingest
from kb.ingest.words import Words
from kb.ingest.writer import Writer
from kb.model import RECORD_KINDS, Document, QuoteOf, Source, SourceFile
from kb.public import public_view
from tests.mini_corpus import BLOG, GUIDANCE, THREAD
from tests.written import READING, knowledge, marked

TEXTS = {"flattened-forum": THREAD, "guidance-markdown": GUIDANCE, "flattened-blog": BLOG}
HOSTILE = st.text(
    st.characters(codec="utf-8", exclude_characters="\0")
    | st.sampled_from("\u00a0\u202e\ufeff[](){}“”‘’'\"%£.,;:–—-*•\t\n0123456789"),
    min_size=1,
    max_size=400,
)


def source(shape: str) -> Source:
    kind = {"flattened-forum": "forum", "flattened-blog": "critique"}.get(shape, "guidance")
    return Source(id="held", files=(SourceFile("held.txt", "00"),), source_kind=kind, shape=shape)  # type: ignore[arg-type]


@cache
def document(shape: str) -> Document:
    return ingest([TEXTS[shape].encode()], source(shape))


def singular(name: str) -> str:
    return name.removesuffix("s")


def test_the_table_holds_every_kind_in_a_module_of_its_name() -> None:
    assert {singular(name) for name in EXTRACTORS} == set(RECORD_KINDS)
    modules = {module.name for module in pkgutil.iter_modules(kb.extract.__path__)}
    assert set(EXTRACTORS) <= modules
    assert [name for name in EXTRACTORS if importlib.import_module(f"kb.extract.{name}").extract is not EXTRACTORS[name]] == []


@pytest.mark.parametrize("shape", sorted(TEXTS))
@pytest.mark.parametrize("name", sorted(EXTRACTORS))
def test_drafts_are_of_their_kind_and_lie_in_the_text(name: str, shape: str) -> None:
    held = document(shape)
    before = extract(source(shape), held)
    drafts = list(EXTRACTORS[name](Found(source(shape), held, before)))
    assert {draft.KIND for draft in drafts} <= {singular(name)}
    assert [draft for draft in drafts if not draft.span.of(held.text).strip()] == []
    assert [draft.rule for draft in drafts if not 0 < draft.confidence <= 1] == []
    assert drafts == list(EXTRACTORS[name](Found(source(shape), held, before)))


def test_every_kind_lists_its_rules_once() -> None:
    assert set(RULES) == set(RECORD_KINDS)
    assert [kind for kind, rules in RULES.items() if len(set(rules)) != len(rules) or not rules] == []


@pytest.mark.parametrize("shape", sorted(TEXTS))
def test_every_record_names_a_rule_of_its_kind(shape: str) -> None:
    found = extract(source(shape), document(shape))
    assert [(record.KIND, record.rule) for record in found if record.rule not in RULES[record.KIND]] == []


@pytest.mark.parametrize("shape", sorted(TEXTS))
def test_records_are_finished_unique_and_in_text_order(shape: str) -> None:
    held = document(shape)
    records = extract(source(shape), held)
    assert len({record.id for record in records}) == len(records) > 0
    assert [record.id for record in records if record.quote.exact != record.span.of(held.text)] == []
    passages = {passage.id: passage for passage in held.passages}
    assert [it.id for it in records if it.passage and not passages[it.passage].span.overlaps(it.span)] == []
    for kind in RECORD_KINDS:
        spans = [record.span for record in records if kind == record.KIND]
        assert spans == sorted(spans)


def test_another_language_gives_no_records() -> None:
    held = source("guidance-markdown")
    german = Document(source_id="held", sha256="", reader="by-hand", text="Leitlinie", language="de")
    assert extract(held, german) == ()


@pytest.mark.parametrize("shape", sorted([*TEXTS, "digest"]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words=HOSTILE)
def test_no_text_breaks_an_extractor(shape: str, words: str) -> None:
    frame = TEXTS.get(shape, "# Our summary of a thing\n\n## Part\n\n- A statement of 5%. [1]\n")
    held = ingest([f"{frame}\n\n{words}\n".encode()], source(shape))
    records = extract(source(shape), held)
    assert [record.id for record in records if record.quote.exact != record.span.of(held.text)] == []


KINDS = ("paragraph", "heading", "item", "row", "caption", "reference", "note", "quotation", "post", "box", "label")
marks = st.sampled_from(["", "4", "1,2", "*", "Lee 2015"])
blocks = st.lists(
    st.tuples(st.sampled_from(KINDS), HOSTILE, marks, st.sampled_from(["note", "citation"])), min_size=1, max_size=12
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(written=blocks)
def test_no_structure_breaks_an_extractor(written: list[tuple[str, str, str, str]]) -> None:
    writer = Writer()
    writer.write("paragraph", "Clinics count every visit twice.", anchor="first")
    for kind, words, mark, relation in written:
        write_block(writer, kind, marked(words, (mark or "1", relation, "first"), " and so on"))  # type: ignore[arg-type]
    held = source("xenforo-html")
    document = writer.finish(READING, held)
    records = extract(held, document)
    assert [record.id for record in records if record.quote.exact != record.span.of(document.text)] == []
    assert len({record.id for record in records}) == len(records)
    base = knowledge((held, document))
    public = public_view(base).knowledge
    assert [record.id for record in public.records if record.quote.exact != record.span.of(public.documents[0].text)] == []


def write_block(writer: Writer, kind: str, words: Words) -> None:
    """One block of any kind; a post, box or quotation stays open for what follows it."""
    if kind in {"quotation", "post", "box"}:
        writer.open_part(kind, host_id="7", quote_of=QuoteOf("Otter21", "7"))  # type: ignore[arg-type]
        writer.write("paragraph", words)
    elif kind == "row":
        writer.row([words, Words(), Words("35%")])
    elif kind == "label":
        writer.furnish("label", words)
    elif kind == "heading":
        writer.heading(words, 2)
    else:
        writer.write(kind, words)  # type: ignore[arg-type]
