"""Which lines of a saved page head an article or a section of a paper, beside lines that do not."""

from __future__ import annotations

import pytest

from kb.ingest import ingest
from kb.model import Document, Source, SourceFile, fold

PROSE = "Bicycle chains are made of steel, and steel rusts where it meets water and salt for long enough."
MORE = "So it was in winter, and those who counted the chains in spring found that most of them had gone."


def read(*blocks: str) -> Document:
    source = Source(id="a", files=(SourceFile("a.txt", ""),), source_kind="critique", shape="flattened-blog")
    return ingest(["\n\n".join(blocks).encode()], source)


@pytest.mark.parametrize(
    ("blocks", "parts"),
    [
        (["Chains In Winter", PROSE], [("article", "Chains In Winter")]),
        (["Chains In Winter", "Home", PROSE], [("article", None)]),
        (["Chains In Winter", "Introduction", PROSE], [("article", "Chains In Winter"), ("section", "Introduction")]),
        ([MORE, "Introduction", PROSE], [("article", None), ("section", "Introduction")]),
        ([PROSE, "Chains In Winter", "Introduction", MORE], [("article", None), ("section", "Introduction")]),
        (
            ["Introduction", PROSE, "Conclusion", MORE],
            [("article", None), ("section", "Introduction"), ("section", "Conclusion")],
        ),
    ],
)
def test_what_a_line_heads(blocks: list[str], parts: list[tuple[str, str | None]]) -> None:
    document = read(*blocks)
    assert [(part.kind, part.heading) for part in document.parts] == parts
    assert [fold(document.words(passage)) for passage in document.passages] == blocks
