"""Which documents are looked through for a quotation: those that share a run of its words, else those with its rarest words."""

from __future__ import annotations

import pytest

from kb.link.quotable import Library, Quotable
from kb.model import Document, Source

TEXTS = {
    "ferry": "The ferry takes forty passengers and does not run in fog.",
    "library": "The library opens at nine and does not lend maps.",
    "both": "They say the ferry takes forty passengers, and that the library lends no maps in fog.",
}


def quotable(name: str) -> Quotable:
    return Quotable(
        Source(id=name, files=(), source_kind="critique", shape="digest"),
        Document(source_id=name, sha256="", reader="by-hand", text=TEXTS[name]),
    )


def library(asked: str) -> Library:
    return Library([quotable(name) for name in TEXTS], [asked.split()])


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("the ferry takes forty passengers today", ["ferry", "both"]),
        ("and does not run in", ["ferry"]),
        ("the ferry takes passengers", []),
        ("maps lend not does and nine", []),
    ],
)
def test_documents_that_share_a_run_of_words(asked: str, names: list[str]) -> None:
    assert [text.source.id for text in library(asked).sharing(asked.split())] == names


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("forty passengers wait in fog", ["ferry", "both"]),
        ("the maps of the library", ["library", "both"]),
        ("boats are late", []),
    ],
)
def test_documents_that_have_the_rarest_words(asked: str, names: list[str]) -> None:
    assert [text.source.id for text in library(asked).likely(asked.split())] == names
