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


ONE = "The town library has bought three new kettles this year, and the readers who come in the morning are glad of it."
TWO = "Nobody asked the night staff what they wanted, which is a pity, because they drink more tea than anybody else here."


@pytest.mark.parametrize(
    ("first", "second", "headings"),
    [
        ("A Kettle Too Far", "Tea For Two", ["A Kettle Too Far", "Tea For Two"]),
        ("why buy kettles?", "and who will drink it all?", ["why buy kettles?", "and who will drink it all?"]),
        ("1. The First Kettle", "2. The Second Kettle", ["1. The First Kettle", "2. The Second Kettle"]),
        ("KETTLES AND WHY", "How Tea Works (And Why Not)", ["KETTLES AND WHY", "How Tea Works (And Why Not)"]),
        ("A Kettle Too Far\n3 May 2019", "what the staff think\n4 May 2019", ["A Kettle Too Far", "what the staff think"]),
        ("A Kettle Too Far", "what the staff think\n\nPosted on 4 May 2019", ["A Kettle Too Far", "what the staff think"]),
        ("A Kettle Too Far", "what the staff think", ["A Kettle Too Far"]),
        ("A Kettle Too Far", "2. The Second Kettle", ["A Kettle Too Far"]),
        ("A Kettle Too Far", "Yours, Ann Example", ["A Kettle Too Far"]),
        ("A Kettle Too Far", "Best Wishes", ["A Kettle Too Far"]),
        ("A Kettle Too Far", "See The Link Below:", ["A Kettle Too Far"]),
        ("A Kettle Too Far", "4 May 2019", ["A Kettle Too Far"]),
    ],
)
def test_titles_of_several_articles_on_a_page(first: str, second: str, headings: list[str]) -> None:
    document = read(f"{first}\n\n{ONE}\n\n{second}\n\n{TWO}")
    assert [part.heading for part in document.parts if part.kind == "article"] == headings


def test_bylines_and_dates_between_articles() -> None:
    document = read(
        f"A Kettle Too Far\nPosted on 3 May 2019 by Ann Example\n\n{ONE}\n\nTea For Two\n\nUpdated: June 2019\n\n{TWO}"
    )
    told = [(part.author and part.author.name, part.date and part.date.value) for part in document.parts if part.heading]
    assert told == [("Ann Example", "2019-05-03"), (None, "2019-06")]
