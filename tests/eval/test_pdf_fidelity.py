"""How true the reading of PDFs is, on guidance typeset in one column, in two, and in two with its content stream shuffled.

What is pinned may only improve. Order is compared over words by rapidfuzz's Indel similarity: twice the longest common
subsequence over all words of both.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from rapidfuzz.distance import Indel

from kb.ingest import ingest
from kb.model import Document, DocumentLink, Part, Source, SourceFile
from tests.ingest.soundness import faults

TYPESET = ("synth_1col.pdf", "synth_2col.pdf", "synth_2scr.pdf")
ORDER = {"synth_1col.pdf": 0.95, "synth_2col.pdf": 0.95, "synth_2scr.pdf": 0.95}
GLUED = re.compile(r"[^\W\d_]\d{1,2}(?=\W|$)")
LETTERS = re.compile(r"\w+")


def read(real: Path, name: str) -> Document:
    data = (real / "inputs" / "pdf" / name).read_bytes()
    return ingest([data], Source(id="a-source", files=(SourceFile(name, ""),), source_kind="guidance", shape="pdf"))


@pytest.fixture(scope="module")
def truth(real: Path) -> dict[str, Any]:
    return dict(json.loads((real / "inputs" / "pdf" / "synth.json").read_text("utf-8")))


@pytest.fixture(scope="module", params=TYPESET)
def document(request: pytest.FixtureRequest, real: Path) -> Document:
    return read(real, request.param)


def body_words(document: Document) -> list[str]:
    """Words outside notes, marks left out: the truth has neither."""
    notes = [part.span for part in document.parts if part.kind == "note"]
    text = document.text[: notes[0].start] if notes else document.text
    for link in reversed(document.links):
        if link.relation in {"note", "citation"} and link.span.end <= len(text):
            text = text[: link.span.start] + text[link.span.end :]
    return LETTERS.findall(text)


def test_words_stand_in_the_order_of_the_original(document: Document, truth: dict[str, Any]) -> None:
    wanted = LETTERS.findall(" ".join(truth["truth"]))
    assert Indel.normalized_similarity(wanted, body_words(document)) >= 0.98


def test_no_raised_mark_is_glued_to_a_word(document: Document, truth: dict[str, Any]) -> None:
    known = set(GLUED.findall(" ".join(truth["truth"])))
    assert [found for found in GLUED.findall(document.text) if found not in known] == []


def test_headings_have_their_level(document: Document, truth: dict[str, Any]) -> None:
    found = {plain(f"{part.label or ''}{part.heading}"): level for part, level in leveled(document)}
    wanted = {plain(words): int(level[1:]) for level, words in truth["heads"]}
    assert [words for words in wanted if words not in found] == []
    numbered = [words for words, level in wanted.items() if level == 1]
    assert [words for words in numbered if found[words] != 1] == []


def leveled(document: Document) -> list[tuple[Part, int]]:
    """Sections with headings, and how deep each lies."""
    parents = {part.id: part.parent for part in document.parts}

    def depth(identifier: str | None) -> int:
        return 0 if identifier is None else 1 + depth(parents[identifier])

    return [(part, depth(part.id)) for part in document.parts if part.kind == "section" and part.heading]


def plain(words: str) -> str:
    return "".join(LETTERS.findall(words)).lower()


def test_notes_are_whole_and_linked_to_their_marks(document: Document, truth: dict[str, Any]) -> None:
    notes = {passage.id: document.words(passage) for passage in document.passages if passage.kind == "note"}
    assert sorted(notes.values()) == sorted(truth["fns"])
    linked = {link.target for link in document.links if link.relation == "note" and link.target in notes}
    assert linked == set(notes)


def test_marks_lead_to_the_note_of_their_number(document: Document) -> None:
    notes = {passage.id: document.words(passage) for passage in document.passages if passage.kind == "note"}
    linked: list[DocumentLink] = [link for link in document.links if link.relation == "note" and link.target in notes]
    assert [link for link in linked if f"number {link.span.of(document.text)} " not in notes[str(link.target)]] == []


def test_links_keep_their_addresses(document: Document, truth: dict[str, Any]) -> None:
    assert sorted(link.href for link in document.links if link.href) == sorted(truth["links"])


def test_no_running_head_or_page_number_stands_in_the_text(document: Document) -> None:
    assert "synthetic test guidance" not in document.text
    assert [page.label for page in document.pages if page.label is None] == []


def test_the_box_is_whole(document: Document, truth: dict[str, Any]) -> None:
    boxes = [" ".join(part.span.of(document.text).split()) for part in document.parts if part.kind == "box"]
    assert boxes == truth["boxes"]


def test_columns_of_a_gazette_are_read_one_after_the_other(real: Path) -> None:
    document = read(real, "federal-register-2020-17221.pdf")
    assert faults(document) == []
    paragraphs = [document.words(passage) for passage in document.passages if passage.kind == "paragraph"]
    assert [words for words in paragraphs if len(words) == 1] == []
    assert sum(len(words) > 200 for words in paragraphs) >= 65


REFUSED = {
    "GHOSTSCRIPT-698804-1-fuzzed.pdf": "no words",
    "PDFBOX-3148-2-fuzzed.pdf": "no words",
    "empty.pdf": "it is empty",
    "password-example.pdf": "it needs a password",
}
READ = ("amt_handbook_sample.pdf", "multi-column.pdf", "normal_4pages.pdf", "word365_structure.pdf", *TYPESET)


@pytest.mark.parametrize("name", READ)
def test_real_files_give_sound_documents_twice_the_same(real: Path, name: str) -> None:
    document = read(real, name)
    assert faults(document) == []
    assert read(real, name) == document
