"""Quotations inside one document: cases with near-misses, and what holds for any thread."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extract.found import Found
from kb.extract.identified import identified
from kb.extract.quotations import extract
from kb.extract.references.title_case import is_title
from kb.model import Document, Furniture, Quotation, Span
from tests.extract.cases import Case, read_cases
from tests.factory import Writer, source

CASES = read_cases(Path(__file__).parent / "cases" / "quotations.txt")
HEAD = re.compile(r"[^\n]+ said:|Originally Posted by [^\n]+")
KINDS = {"- ": "item", "+ ": "note"}


def document_of(text: str) -> Document:
    """A document from a case: "== post" opens an entry, a blank line ends a passage, "- " opens an item, "+ " a note."""
    writer = Writer(source("invented-thread", "forum"))
    heads: list[Furniture] = []
    for entry in text.split("== ")[1:]:
        kind, _, body = entry.partition("\n")
        writer.part(kind, "")
        for block in body.strip("\n").split("\n\n"):
            add_block(writer, heads, block)
    document = writer.document()
    fields: dict[str, Any] = {name: getattr(document, name) for name in document.__struct_fields__}
    return Document(**fields | {"furniture": tuple(heads)})


def add_block(writer: Writer, heads: list[Furniture], block: str) -> None:
    """A quote head as furniture, items one a line, else one passage."""
    if HEAD.fullmatch(block):
        heads.append(Furniture("label", Span(len(writer.text), len(writer.text) + len(block))))
        writer.text += block + "\n\n"
        return
    pieces = block.split("\n") if block.startswith("- ") else [block]
    for piece in pieces:
        mark = piece[:2]
        writer.passage(piece.removeprefix(mark) if mark in KINDS else piece, KINDS.get(mark, "paragraph"))


def quotations_of(text: str) -> list[Quotation]:
    document = document_of(text)
    found = Found(source("invented-thread", "forum"), document)
    return [record for record in identified(found, extract(found)) if isinstance(record, Quotation)]


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_cases(case: Case) -> None:
    shown = [
        f"{each.marked} | {each.attributed_to or '-'} | {' '.join(each.quote.exact.split())}" for each in quotations_of(case.text)
    ]
    assert "\n".join(shown or ["none"]) == case.expected


LETTER = """== article
My colleague Mara Quill wrote to the harbour board last week.

Mara’s letter reads; “the ferry takes forty passengers and does not run in fog at all.”
"""


@pytest.mark.parametrize(("kind", "name"), [("critique", "Mara Quill"), ("forum", "Mara")])
def test_who_is_credited_by_a_given_name_is_named_in_full_outside_forums(kind: str, name: str) -> None:
    found = Found(source("invented-letter", kind), document_of(LETTER))
    assert [draft.attributed_to for draft in extract(found)] == [name]


THREAD = """== post
The ferry takes forty passengers and does not run in fog.

== post
The ferry takes forty passengers and does not run in fog.

Good to know.
"""


def test_a_repeated_passage_has_its_original() -> None:
    (quotation,) = quotations_of(THREAD)
    assert (quotation.match, quotation.place, quotation.similarity) == ("exact", "as-attributed", 1.0)
    assert quotation.original_source == "invented-thread"
    assert quotation.original == Span(0, 57)
    assert quotation.span == Span(59, 116)


def test_a_changed_repetition_is_altered() -> None:
    (quotation,) = quotations_of(THREAD.replace("not run in fog.\n\nGood", "run in fog.\n\nGood"))
    assert quotation.match == "altered"


def test_words_in_marks_find_their_place_above() -> None:
    text = "== post\nThe council holds that no boat may leave after dusk.\n\nSo “that no boat may leave after dusk” they hold.\n"
    (quotation,) = quotations_of(text)
    assert (quotation.match, quotation.place, quotation.original) == ("exact", "elsewhere", Span(18, 51))


@pytest.mark.parametrize(
    "phrase", ["A Plan for the Care of Older People", "Improving Roads in the North: Full Guide", "NHS England Delivery Plan"]
)
def test_titles(phrase: str) -> None:
    assert is_title(phrase)


@pytest.mark.parametrize(
    "phrase", ["The council will mend the roads in Leeds", "every boat is late", "NHS England asked Leeds to pay"]
)
def test_no_titles(phrase: str) -> None:
    assert not is_title(phrase)


SIGNS = ["“", "”", '"', "'", "‘", "’", "...", "[1]", "http://e.org/x", ":", ";"]
WORDS = st.sampled_from(["the", "ferry", "boat", "runs", "not", "said:", "I", "my", "45%", "From", "report", *SIGNS])
BLOCKS = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)
THREADS = st.lists(st.lists(BLOCKS, min_size=1, max_size=4).map("\n\n".join), min_size=1, max_size=4)


@given(THREADS)
def test_any_thread_gives_quotations_in_order_inside_it(posts: list[str]) -> None:
    text = "".join(f"== post\n{post}\n\n" for post in posts)
    document = document_of(text)
    found = list(extract(Found(source("invented-thread", "forum"), document)))
    spans = [quotation.span for quotation in found]
    assert spans == sorted(spans, key=lambda span: (span.start, -span.end))
    assert all(len(span) > 0 and span.end <= len(document.text) for span in spans)
    assert all(each.original is None or each.original.end <= each.span.start for each in found)
