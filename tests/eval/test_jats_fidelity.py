"""Journal articles against their own markup, counted apart from the reader: every citation linked, every word there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from kb.ingest.jats import ingest
from kb.model import Document, Source, SourceFile

ARTICLES = (
    "1471-2180-11-174.nxml",
    "1472-6831-8-11.nxml",
    "elife-14093-v1.xml",
    "elife-56337.nxml",
    "pntd.0002065.nxml",
    "pone.0046493.nxml",
)
OTHER_FORMS = "|".join(
    f"descendant::{name}" for name in ("object-id", "institution-id", "tex-math", "*[local-name()='math']", "permissions")
)
"""Identifiers and formulas, which the reader writes in words of its own or not at all."""


@pytest.fixture(params=ARTICLES)
def article(request: pytest.FixtureRequest, real: Path) -> tuple[etree._Element, Document]:
    path = real / "inputs" / "jats" / request.param
    held = Source(id="an-article", files=(SourceFile(path.name, ""),), source_kind="critique", shape="jats")
    return etree.parse(path).getroot(), ingest([path.read_bytes()], held)


def bare(words: str) -> str:
    return "".join(words.split())


def test_every_resolvable_citation_is_linked_to_its_reference(article: tuple[etree._Element, Document]) -> None:
    root, document = article
    references = set(root.xpath("//ref/@id"))
    cited = [rid for rids in root.xpath("//xref[@ref-type='bibr']/@rid") for rid in rids.split()]
    kinds = {passage.id: passage.kind for passage in document.passages}
    linked = [link for link in document.links if link.relation == "citation" and link.status == "ok"]
    assert len(linked) == sum(rid in references for rid in cited) > 20
    assert {kinds[link.target or ""] for link in linked} == {"reference"}


def test_each_citation_leads_to_the_reference_it_names(article: tuple[etree._Element, Document]) -> None:
    root, document = article
    ends = {ref.get("id"): bare("".join(ref.itertext()))[-30:] for ref in root.iter("ref")}
    cited = Counter(ends[rid] for rids in root.xpath("//xref[@ref-type='bibr']/@rid") for rid in rids.split() if rid in ends)
    words = {passage.id: bare(document.words(passage)) for passage in document.passages}
    assert Counter(words[link.target or ""][-30:] for link in document.links if link.relation == "citation") == cited


def test_every_reference_is_one_passage(article: tuple[etree._Element, Document]) -> None:
    root, document = article
    assert sum(passage.kind == "reference" for passage in document.passages) == len(root.xpath("//ref"))


def test_every_plain_paragraph_stands_whole_in_the_text(article: tuple[etree._Element, Document]) -> None:
    root, document = article
    text = bare(document.text)
    plain = root.xpath(
        "//body//p[not(.//p or .//fn or .//table-wrap or .//fig or .//disp-formula or .//inline-formula or .//list)]"
    )
    lost = [words for words in (bare("".join(p.itertext())) for p in plain) if words not in text]
    assert (len(plain) > 20, lost) == (True, [])


def test_every_word_of_the_body_is_there(article: tuple[etree._Element, Document]) -> None:
    root, document = article
    bodies = root.xpath("//body|//back|//abstract")
    for body in bodies:
        for form in body.xpath(OTHER_FORMS):
            form.clear(keep_tail=True)
    signs = Counter("".join(bare("".join(body.itertext())) for body in bodies))
    assert signs - Counter(bare(document.text)) == Counter()


def test_every_caption_row_and_note_is_there(article: tuple[etree._Element, Document]) -> None:
    root, document = article
    kinds = Counter(passage.kind for passage in document.passages)
    rows = [row for row in root.xpath("//tr") if bare("".join(row.itertext()))]
    tables = {part.id for part in document.parts if part.kind == "table"}
    assert sum(passage.kind == "row" and passage.part in tables for passage in document.passages) == len(rows)
    assert kinds["note"] >= len(root.xpath("//fn[p]"))
    assert kinds["heading"] >= len(root.xpath("//body//sec/title[normalize-space()]"))
