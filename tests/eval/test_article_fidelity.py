"""What is kept of real articles, against the benchmark's truth and against trafilatura in the same run.

Words are counted as the benchmark counts them: as bags, in small letters. Title passages are no words of the body there.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import trafilatura
from trafilatura.metadata import extract_metadata

from kb.ingest.article_html import ingest
from kb.model import Document, Source, SourceFile
from tests.ingest.test_contract import faults

WORD = re.compile(r"\w+")
FLOOR = 0.985
"""Mean word F1; it may only rise."""
FACTS = {"title": 6, "author": 5, "date": 6}
"""Of seven pages: how many show the benchmark's title, author and date; they may only rise."""


class Read(NamedTuple):
    """One page read by both."""

    document: Document
    truth: dict[str, Any]
    text: str
    metadata: Any


@pytest.fixture(scope="module")
def pages(real: Path) -> list[Read]:
    return [read(path) for path in sorted((real / "inputs" / "wordpress").glob("*.html.gz"))]


def read(path: Path) -> Read:
    page = gzip.decompress(path.read_bytes())
    truth = json.loads(path.with_name(path.name.replace(".html.gz", ".json")).read_text(encoding="utf-8"))["ground_truth"]
    source = Source(id="a-page", files=(SourceFile(path.name, ""),), source_kind="critique", shape="article-html")
    return Read(ingest([page], source), truth, trafilatura.extract(page) or "", extract_metadata(page))


def word_f1(said: str, truth: str) -> float:
    ours, theirs = Counter(WORD.findall(said.lower())), Counter(WORD.findall(truth.lower()))
    return 2 * sum((ours & theirs).values()) / max(sum(ours.values()) + sum(theirs.values()), 1)


def body(document: Document) -> str:
    return "\n".join(document.words(passage) for passage in document.passages if passage.kind != "title")


def ours(page: Read) -> float:
    return word_f1(body(page.document), page.truth["main_content"])


def trafilaturas(page: Read) -> float:
    return word_f1(page.text, page.truth["main_content"])


def test_words_are_at_least_trafilatura_s(pages: list[Read]) -> None:
    mean = sum(map(ours, pages)) / len(pages)
    assert mean >= max(FLOOR, sum(map(trafilaturas, pages)) / len(pages))


def test_with_its_titles_too(pages: list[Read]) -> None:
    whole = [word_f1(page.document.text, page.truth["main_content"]) for page in pages]
    assert sum(whole) >= sum(map(trafilaturas, pages))


def test_no_page_is_much_worse(pages: list[Read]) -> None:
    assert [page.truth["title"] for page in pages if ours(page) < trafilaturas(page) - 0.02] == []


def test_documents_are_sound(pages: list[Read]) -> None:
    assert [fault for page in pages for fault in faults(page.document)] == []


@pytest.mark.parametrize("fact", ["title", "author", "date"])
def test_facts_are_at_least_trafilatura_s(pages: list[Read], fact: str) -> None:
    found = sum(said(page, fact) == wanted(page, fact) != "" for page in pages)
    theirs = sum(alike(getattr(page.metadata, fact)) == wanted(page, fact) != "" for page in pages)
    assert found >= max(theirs, FACTS[fact])


def alike(value: str | None) -> str:
    """Words without case and marks."""
    return " ".join(WORD.findall((value or "").lower()))


def wanted(page: Read, fact: str) -> str:
    return alike(page.truth["publish_date" if fact == "date" else fact])


def said(page: Read, fact: str) -> str:
    document = page.document
    date = document.date.value[:10] if document.date else ""
    return alike({"title": document.title, "author": "; ".join(document.authors), "date": date}[fact])
