"""The tree of a source: what each kind of part is told with, at 80 columns, however deep it is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kb.cli.structure import lines, structure_of
from kb.cli.understood import SHAPES
from kb.ingest import ingest
from kb.model import Author, Document, Furniture, Loss, Page, Part, Passage, QuoteOf, Source, SourceFile, Span, decode, encode
from kb.model.dates import When
from kb.model.document import PartKind
from tests.ingest.samples import MADE
from tests.sources.pages import xenforo

QUOTE = (
    '<blockquote class="bbCodeBlock bbCodeBlock--quote" data-quote="Ann" data-source="post: 1"><p>A first post.</p></blockquote>'
)


def source(shape: str, *paths: str) -> Source:
    return Source(id="a-source", files=tuple(SourceFile(path, "") for path in paths), source_kind="forum", shape=shape)


def tree(document: Document, described: Source) -> list[str]:
    return list(lines(structure_of(described, document)))


def test_a_thread_of_two_pages() -> None:
    described = source("xenforo-html", "one.html", "two.html")
    files = [xenforo((1, "A first post.")), xenforo((2, f"{QUOTE}A second post."), page=2)]
    shown = tree(ingest(files, described), described)
    assert shown[0] == "A lane for bicycles (a-source)"
    assert shown[1].startswith("  XenForo thread, ")
    assert [line.split("  ")[1] for line in shown[2:4]] == ["1. one.html", "2. two.html"]
    posts = " ".join(" ".join(shown).split())
    assert "post #1, by Ann, 2 Mar 2021, host id 1: 1 paragraph; one.html " in posts
    assert "post #2, by Bob, 3 Mar 2021, host id 2: 1 paragraph; two.html " in posts
    assert "quotation of Ann, from host id 1, held as s" in posts
    assert max(map(len, shown)) <= 80


def part(number: int, kind: PartKind, span: Span, **fields: object) -> Part:
    fields.setdefault("parent", f"s{number - 1}" if number else None)
    return Part(id=f"s{number}", kind=kind, span=span, body=span, order=number, **fields)  # type: ignore[arg-type]


def document(text: str, parts: Sequence[Part], **fields: object) -> Document:
    return Document(source_id="a-source", sha256="", reader="pdf", text=text, parts=tuple(parts), **fields)  # type: ignore[arg-type]


def test_every_fact_of_a_part_is_told() -> None:
    span = Span(0, 5)
    made = document(
        "Words\n\nMore words",
        [
            part(0, "post", span, label="#1", author=Author(None, "member"), date=When("2018-03", "month", ""), is_edited=True),
            part(1, "quotation", span, quote_of=QuoteOf(), is_withdrawn=True),
            part(2, "table", Span(7, 17), parent=None, heading="Table 1", label="Table 1"),
        ],
        passages=(
            Passage(id="p0", kind="paragraph", span=span, part="s1"),
            Passage(id="p1", kind="row", span=Span(7, 17), part="s2"),
        ),
        pages=(Page(Span(0, 12), 3, "iii"), Page(Span(12, 17), 4, None)),
        furniture=(Furniture("banner", Span(0, 1)),),
        losses=(Loss("W218", "1 illustration(s) were not kept", Span(2, 3)),),
    )
    assert tree(made, source("pdf", "a.pdf")) == [
        "a-source (a-source)",
        "  PDF, 17 code points, utf-8, 2 pages",
        "  post #1, by a member, name not kept, Mar 2018, edited, p. 3 (printed iii): no",
        "      words of its own; 0-5 [s0]",
        "    quotation of somebody, name not kept, withdrawn, p. 3 (printed iii): 1",
        "        paragraph; 0-5 [s1]",
        "  table Table 1, p. 3-4 (printed iii): 1 row; 7-17 [s2]",
        "  left out of passages: banner 1",
        "  lost: 1 illustration(s) were not kept [W218] (first at 2-3)",
    ]


def test_a_tree_of_any_depth_stays_readable() -> None:
    made = document("Words", [part(number, "section", Span(0, 5)) for number in range(3_000)])
    shown = tree(made, source("pdf", "a.pdf"))
    assert len(shown) == 3_002
    assert shown[-1] == f"{' ' * 26}(depth 3000) section: no words of its own; 0-5 [s2999]"
    assert max(map(len, shown)) <= 80


def test_a_tree_survives_encoding() -> None:
    structure = structure_of(source("pdf", "a.pdf"), document("Words", [part(0, "section", Span(0, 5))]))
    assert decode(encode(structure), type(structure)) == structure


@pytest.mark.parametrize("shape", sorted(MADE))
def test_a_made_source_of_every_shape_has_a_tree(shape: str) -> None:
    described = source(shape, "a.txt", "b.txt")
    files = [MADE[shape](["A sentence that stands in a paragraph."]), MADE[shape](["Another sentence of a second file."])]
    structure = structure_of(described, ingest(files, described))
    shown = list(lines(structure))
    assert shown[1].startswith(f"  {SHAPES[shape]}, ")
    assert [line.split("  ")[1] for line in shown[2:4]] == ["1. a.txt", "2. b.txt"]
    assert sum(sum(branch.passages.values()) for branch in structure.tree) + sum(structure.outside.values()) > 1
    assert max(map(len, shown)) <= 80
