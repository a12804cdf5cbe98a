"""Markup put together by chance, for each reader that parses some: a sound document or a reason, and the same twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.errors import UnreadableSourceError
from kb.ingest import ingest
from kb.ingest.processes.supervisor import Supervisor
from kb.model import Document, Source, SourceFile, decode
from kb.reading import WORKER, job_of
from kb.store.cache import Reading
from tests.ingest.hostile import pdfs
from tests.ingest.hostile.markup import thread
from tests.ingest.soundness import faults
from tests.made_files import (
    article_page,
    docx_members,
    forum_html,
    jats_document,
    xenforo_page,
    xenforo_post,
    xenforo_quote,
    zipped,
)

WORDS = (
    "Some words stand here.",
    "a",
    " ",
    "\n",
    "\u00a0",
    "&amp;",
    "&nbsp;",
    "&#0;",
    "&#x1F600;",
    "&bogus;",
    "<",
    ">",
    "]]>",
    "4.1",
)
TAGS = [
    "p",
    "div",
    "b",
    "i",
    "a",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "blockquote",
    "sup",
    "h1",
    "h2",
    "pre",
    "figure",
    "br",
]
HTML = (
    *WORDS,
    *(f"<{tag}>" for tag in TAGS),
    *(f"</{tag}>" for tag in TAGS),
    '<a href="#n1">',
    '<a href="https://example.org/x">',
    '<p id="n1">',
    '<img alt="a picture">',
    '<td colspan="3" rowspan="70000">',
    "<!-- a note",
    "-->",
    "<script>",
    "</script>",
    '<div class="bbCodeSpoiler">',
    '<div class="sharedaddy comments">',
    '<time datetime="2019-02-30">',
    "<svg><title>",
    "<math>",
    "<template>",
    "</body>",
    xenforo_quote("1001", "member1", "Words."),
    xenforo_post(9, "1001", "Other words."),
)
XML = (
    *(word for word in WORDS if word not in {"<", "&nbsp;", "&bogus;", "&#0;", "]]>"}),
    "<sec>",
    "</sec>",
    "<title>A Title</title>",
    "<p>",
    "</p>",
    '<xref ref-type="bibr" rid="r1 r2">1</xref>',
    '<xref ref-type="fn" rid="f1"/>',
    '<fn id="f1"><p>A note.</p></fn>',
    "<sup>2</sup>",
    "<list><list-item><p>One</p></list-item></list>",
    "<table-wrap><table><tr><td>1</td></tr></table></table-wrap>",
    "<disp-formula>",
    "</disp-formula>",
    "<boxed-text>",
    "</boxed-text>",
)
WORD = (
    "<w:p>",
    "</w:p>",
    "<w:r><w:t>Some words.</w:t></w:r>",
    '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>',
    '<w:pPr><w:numPr><w:ilvl w:val="99"/><w:numId w:val="7"/></w:numPr></w:pPr>',
    "<w:tbl><w:tr><w:tc>",
    "</w:tc></w:tr></w:tbl>",
    "<w:r><w:tab/><w:br/></w:r>",
    '<w:r><w:footnoteReference w:id="2"/></w:r>',
    '<w:hyperlink w:anchor="x"><w:r><w:t>a link</w:t></w:r></w:hyperlink>',
    "<w:r><w:fldChar/></w:r>",
    '<w:bookmarkStart w:id="1" w:name="x"/>',
    '<w:tc><w:tcPr><w:gridSpan w:val="9999999"/></w:tcPr>',
)
OPERATORS = (
    b"BT /F1 12 Tf 72 720 Td (Some words) Tj ET",
    b"BT /F1 12 Tf 1 0 0 1 72 700 Tm (More words) Tj ET",
    b"BT /F1 0 Tf (No size) Tj ET",
    b"BT /F1 -9 Tf 300 500 Td (Turned over) Tj ET",
    b"BT /F1 7 Tf 150 725 Td (4) Tj ET",
    b"BT /F1 12 Tf 0 1 -1 0 20 100 Tm (margin) Tj ET",
    b"BT /F1 1e9 Tf 72 720 Td (Huge) Tj ET",
    b"BT /F1 12 Tf 1e9 -1e9 Td (Far away) Tj ET",
    b"0 0 0 0 0 0 cm",
    b"1 0 0 -1 0 792 cm",
    b"72 600 400 50 re S",
    b"q",
    b"Q",
    b"BT",
    b"ET",
    b"(\\000\\377) Tj",
    b"[(a) -9999 (b)] TJ",
    b"3 Tr",
    b"/X Do",
    b"<</MCID 3>> BDC",
)


NAMED = re.compile(r"a\.file: (?:[\w/.]+: )?not read: \S")
"""A message that names the file, perhaps what lies in it, and a cause."""


def chain(fragments: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(fragments), max_size=40).map("".join)


def microdata(body: str) -> bytes:
    return forum_html(1).replace(b"</div></body>", f"{body}</div></body>".encode())


def word_document(body: str) -> bytes:
    return zipped(docx_members(body))


KINDS: dict[str, tuple[str, Callable[[str], bytes], tuple[str, ...]]] = {
    "thread": ("xenforo-html", lambda body: xenforo_page("A Thread", body), HTML),
    "post": ("xenforo-html", thread, HTML),
    "microdata": ("forum-html", microdata, HTML),
    "article": ("article-html", lambda body: article_page("A Title", body), HTML),
    "journal": ("jats", lambda body: jats_document("A Title", body), XML),
    "word": ("docx", word_document, WORD),
}
"""Shape, what makes a file around fragments, and the fragments."""


def source(shape: str) -> Source:
    return Source(id="a-source", files=(SourceFile("a.file", ""),), source_kind="critique", shape=shape)


def read(shape: str, data: bytes) -> Document | str:
    try:
        return ingest([data], source(shape))
    except UnreadableSourceError as error:
        return str(error)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=st.data())
def test_any_markup_gives_a_sound_document_or_a_reason(kind: str, drawn: st.DataObject) -> None:
    shape, make, fragments = KINDS[kind]
    data = make(drawn.draw(chain(fragments)))
    first = read(shape, data)
    assert read(shape, data) == first
    assert (first if isinstance(first, str) else faults(first)) in ([], first)
    assert NAMED.match(first) if isinstance(first, str) else first.passages


@pytest.fixture(scope="module")
def supervisor() -> Iterator[Supervisor]:
    with Supervisor(WORKER) as shared:
        yield shared


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(operators=st.lists(st.sampled_from(OPERATORS), max_size=25))
def test_any_page_gives_a_sound_document_or_a_reason(supervisor: Supervisor, operators: list[bytes]) -> None:
    data = pdfs.page(content=pdfs.stream(b"\n".join(operators)))
    outcome = supervisor.outcome(job_of(source("pdf"), [data], has_records=False))
    document = decode(outcome.payload, Reading).document if outcome.payload else None
    assert (faults(document) if document else bool(NAMED.match(str(outcome.error)))) in ([], True)
    assert "please report" not in str(outcome.error)
