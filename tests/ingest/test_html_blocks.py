"""Pieces of HTML beside the blocks they become."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from kb.ingest.builder import read_binary
from kb.ingest.markup.html_blocks import Attrs, Treat, nothing_special, walk
from kb.ingest.markup.html_events import Event, lexbor_events
from kb.ingest.writer import Writer
from kb.model import Document, Source, SourceFile
from tests.ingest.test_contract import faults


def lexbor(html: str) -> list[Event]:
    body = LexborHTMLParser(f"<body>{html}</body>").body
    return list(lexbor_events(body)) if body is not None else []


def document(html: str, treat: object = nothing_special) -> Document:
    source = Source(id="a-page", files=(SourceFile("a.html", ""),), source_kind="critique", shape="article-html")
    writer = Writer()
    walk(lexbor(html), writer, treat)  # type: ignore[arg-type] # a function of the test's own
    return writer.finish(read_binary([b"x"], source), source)


def blocks(html: str, treat: object = nothing_special) -> list[tuple[str, str]]:
    made = document(html, treat)
    assert faults(made) == []
    return [(passage.kind, made.words(passage)) for passage in made.passages]


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>One  \n word.</p><p>Two</p>", [("paragraph", "One word."), ("paragraph", "Two")]),
        ("<div>Loose<p>inside</p>after</div>", [("paragraph", "Loose"), ("paragraph", "inside"), ("paragraph", "after")]),
        ("a<br>b<br><br>c", [("paragraph", "a\nb"), ("paragraph", "c")]),
        ("a<br>", [("paragraph", "a")]),
        ("<b>bo</b>ld and <i>sla</i>nted", [("paragraph", "bold and slanted")]),
        ("<ul><li>one<li>two<ul><li>deep</ul></ul>", [("item", "one"), ("item", "two"), ("item", "deep")]),
        ("<dl><dt>Term<dd>Meaning</dl>", [("paragraph", "Term"), ("item", "Meaning")]),
        ("<h2>Head</h2><p>x</p>", [("heading", "Head"), ("paragraph", "x")]),
        ("<pre>a\n  b</pre>", [("paragraph", "a\n  b")]),
        ("<script>no()</script>yes<style>no</style>", [("paragraph", "yes")]),
        ("<figure><img><figcaption>What it shows</figcaption></figure>", [("caption", "What it shows")]),
        ("<p>word<sup>4</sup> and 5<sup>th</sup>, m<sup>2</sup></p>", [("paragraph", "word 4 and 5th, m2")]),
        ("<p>word<sup><a href='#n'>a</a></sup>.</p><p id=n>Note</p>", [("paragraph", "word a."), ("paragraph", "Note")]),
    ],
)
def test_blocks(html: str, wanted: list[tuple[str, str]]) -> None:
    assert blocks(html) == wanted


def test_rows() -> None:
    html = "<table><caption>Sizes</caption><tr><th>Name<th>Size</tr><tr><td>A<br>b<td colspan=2><p>1</p><td>x</tr></table>"
    assert blocks(html) == [("caption", "Sizes"), ("row", "Name\tSize"), ("row", "A b\t1\t\tx")]
    made = document(html)
    assert [part.kind for part in made.parts] == ["table"]
    assert made.passages[2].lead == made.passages[1].id


def test_a_table_that_only_places_things_is_none() -> None:
    html = "<table><tr><td><h2>Head</h2><p>x</p></td><td>aside</td></tr></table>"
    assert blocks(html) == [("heading", "Head"), ("paragraph", "x"), ("paragraph", "aside")]
    assert [part.kind for part in document(html).parts] == ["section"]


def test_links() -> None:
    made = document(
        "<p>See <a href='https://example.org/a'>this <b>page</b></a>, <a href='#there'>below</a>, <a href='javascript:x()'>no</a>"
        "</p><p id=there>There.</p>"
    )
    found = [(link.span.of(made.text), link.href, link.status, link.relation) for link in made.links]
    assert found == [
        ("this page", "https://example.org/a", "ok", "web"),
        ("below", None, "ok", "internal"),
        ("no", None, "dead", "web"),
    ]
    assert made.links[1].target == made.passages[1].id


def test_a_link_around_blocks_is_one_in_each() -> None:
    made = document("<a href='https://example.org'><p>One</p><p>Two</p></a><p>Three</p>")
    assert [link.span.of(made.text) for link in made.links] == ["One", "Two"]


def test_items_know_what_introduces_them() -> None:
    made = document("<p>They are:</p><ul><li>one<ul><li>deep</ul></ul><p>All told.</p><ul><li>other</ul>")
    words = {passage.id: made.words(passage) for passage in made.passages}
    leads = [(made.words(p), words.get(p.lead or "")) for p in made.passages if p.kind == "item"]
    assert leads == [("one", "They are:"), ("deep", "one"), ("other", None)]


def test_quotations_nest_to_a_depth() -> None:
    made = document("<blockquote>x" * 3000)
    assert sum(part.kind == "quotation" for part in made.parts) == 32
    assert len(made.passages) == 3000


def test_a_reader_says_what_is_special() -> None:
    def treat(tag: str, attrs: Attrs) -> Treat | None:
        classes = attrs.get("class") or ""
        special = {
            "ad": Treat(skip=True),
            "sig": Treat(furniture="signature"),
            "box": Treat(part="box", fields={"label": "B"}),
            "film": Treat(words="https://example.org/film", href="https://example.org/film", furniture="embed"),
        }
        return special.get(classes)

    html = "<p>a</p><div class=ad>no</div><div class=sig>me <b>too</b></div>"
    html += "<div class=box>in<p>side</div><iframe class=film></iframe>"
    made = document(html, treat)
    assert [made.words(passage) for passage in made.passages] == ["a", "in", "side"]
    kinds = [(furniture.kind, furniture.span.of(made.text)) for furniture in made.furniture]
    assert kinds == [("signature", "me too"), ("embed", "https://example.org/film")]
    assert [(part.kind, part.label) for part in made.parts] == [("box", "B")]


@pytest.mark.parametrize(
    ("html", "label", "heading"),
    [
        ("<h2>2.1 How it is told</h2>", "2.1", "How it is told"),
        ("<h2><span>3.</span> What follows</h2>", "3", "What follows"),
        ("<h2>10 things to know</h2>", None, "10 things to know"),
        ("<h2>1.5 million people</h2>", None, "1.5 million people"),
    ],
)
def test_the_number_of_a_heading_is_its_label(html: str, label: str | None, heading: str) -> None:
    part = document(f"{html}<p>x</p>").parts[0]
    assert (part.label, part.heading) == (label, heading)


def test_a_meaning_is_led_by_its_term() -> None:
    made = document("<dl><dt>One</dt><dd>first</dd><dt>Two</dt><dd>second</dd></dl>")
    terms = {passage.id: made.words(passage) for passage in made.passages}
    assert [(made.words(passage), terms[passage.lead]) for passage in made.passages if passage.lead] == [
        ("first", "One"),
        ("second", "Two"),
    ]


def test_the_events_of_a_tree_begin_and_end() -> None:
    assert [(kind, name) for kind, name, _ in lexbor("<p>a<b>c</b><!-- k --><br>d</p>")] == [
        ("start", "p"),
        ("text", "a"),
        ("start", "b"),
        ("text", "c"),
        ("end", "b"),
        ("start", "br"),
        ("end", "br"),
        ("text", "d"),
        ("end", "p"),
    ]
