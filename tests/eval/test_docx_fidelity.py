"""A long Word document against its own XML, counted apart from the reader: every word, every heading, within the limits."""

from __future__ import annotations

import time
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from kb.ingest.docx import ingest
from kb.ingest.processes.limits import SECONDS
from kb.model import Document, Source, SourceFile

W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
HEADED = "starts-with(w:pPr/w:pStyle/@w:val,'Heading')"


@pytest.fixture(params=["handbook-872p.docx", "word_sample.docx"])
def word(request: pytest.FixtureRequest, real: Path) -> tuple[etree._Element, Document]:
    path = real / "inputs" / "docx" / request.param
    held = Source(id="a-handbook", files=(SourceFile(path.name, ""),), source_kind="guidance", shape="docx")
    with zipfile.ZipFile(path) as container:
        root = etree.fromstring(container.read("word/document.xml"))
    begun = time.process_time()
    made = ingest([path.read_bytes()], held)
    assert time.process_time() - begun < SECONDS
    return root, made


def signs(words: str) -> Counter[str]:
    return Counter("".join(words.split()))


def test_every_word_is_there_once(word: tuple[etree._Element, Document]) -> None:
    root, document = word
    stated = signs("".join(root.xpath("//w:t/text()", namespaces=W)))
    added = signs(" ".join(furniture.span.of(document.text) for furniture in document.furniture if furniture.kind == "label"))
    marks = signs("".join(link.span.of(document.text) for link in document.links if link.relation == "note"))
    notes = signs(" ".join(document.words(passage) for passage in document.passages if passage.kind == "note"))
    assert stated - signs(document.text) == Counter()
    assert signs(document.text) - stated - added - marks - notes == Counter()


def test_every_styled_heading_is_one(word: tuple[etree._Element, Document]) -> None:
    root, document = word
    styled = ["".join(p.itertext(f"{{{W['w']}}}t")).strip() for p in root.xpath(f"//w:p[{HEADED}]", namespaces=W)]
    assert sum(passage.kind == "heading" for passage in document.passages) == sum(map(bool, styled))


def test_every_note_is_linked_to_its_mark(word: tuple[etree._Element, Document]) -> None:
    root, document = word
    linked = [link for link in document.links if link.relation == "note" and link.status == "ok"]
    assert len(linked) == len(root.xpath("//w:footnoteReference|//w:endnoteReference", namespaces=W))
