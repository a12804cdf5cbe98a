"""Invented pages of articles beside what should be made of them, and pages that should be refused."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import UnreadableSourceError
from kb.ingest.article_html import ingest
from kb.model import Document, Source, SourceFile
from tests.ingest.test_contract import faults
from tests.ingest.test_golden import outline

PAGES = sorted((Path(__file__).parent / "golden" / "article-html").glob("*.html"))
PROSE = "<p>This paragraph is here so that there is an article on the page, with words enough for anybody.</p>"
SITE = '<meta property="og:site_name" content="Some Site">'
CC = "https://creativecommons.org/licenses"
MORE = "<p>A second one follows, which says that nobody counted the people who had left before the end.</p>"


def source(*names: str, url: str | None = None) -> Source:
    files = tuple(SourceFile(name, "") for name in names or ("a.html",))
    return Source(id="a-page", files=files, source_kind="critique", shape="article-html", url=url)


def read(body: str, head: str = "<title>A page</title>", url: str | None = None) -> Document:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    document = ingest([page.encode()], source(url=url))
    assert faults(document) == []
    return document


def passages(body: str, head: str = "<title>A page</title>") -> list[tuple[str, str]]:
    document = read(body, head)
    return [(passage.kind, document.words(passage)) for passage in document.passages]


def words(body: str) -> str:
    return " | ".join(said for _, said in passages(body))


def inside(document: Document) -> Iterator[str]:
    """The links that lead to passages of the document."""
    held = {passage.id: document.words(passage)[:40] for passage in document.passages}
    for link in document.links:
        if link.target:
            yield f"{link.relation}: {link.span.of(document.text)} -> {held[link.target]}"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_outline(path: Path, golden: Callable[[Path, str], None]) -> None:
    document = ingest([path.read_bytes()], source(path.name))
    facts = f"authors: {document.authors}; licence: {document.licence}; url: {document.url}"
    golden(path.with_suffix(".outline"), "\n".join([*outline(document), *inside(document), facts]) + "\n")
    assert faults(document) == []


def test_a_page_reads_alike_whatever_was_read_before() -> None:
    first, second = (PAGES[0].read_bytes(), PAGES[-1].read_bytes())
    alone = ingest([first], source())
    ingest([second], source())
    assert ingest([first], source()) == alone


def test_pages_of_one_source_follow_each_other_and_repeat_no_title() -> None:
    one = f"<html><body><h1>A long read</h1>{PROSE}</body></html>"
    two = f"<html><body><h1>A long read</h1>{MORE}</body></html>"
    document = ingest([one.encode(), two.encode()], source("1.html", "2.html"))
    assert [(part.kind, part.number, part.heading) for part in document.parts] == [
        ("article", 1, "A long read"),
        ("article", 2, "A long read"),
    ]
    assert [passage.kind for passage in document.passages] == ["title", "paragraph", "paragraph"]
    assert [span.of(document.text)[:12] for span in document.file_spans] == ["A long read\n", "A second one"]


@pytest.mark.parametrize(
    "frame",
    [
        '<nav><ul><li><a href="/a">Away</a></li></ul></nav>',
        '<div class="td-post-sharing-top"><span>Away with it</span></div>',
        '<div class="wp-block-group related-posts-wrapper"><p>Away with it, although it is a whole sentence of words.</p></div>',
        '<div id="cookie-notice"><p>Away with it, although it is a whole sentence about things that pages keep.</p></div>',
        '<section class="author-bio"><p>Away with it, although it is a whole sentence about a person who writes.</p></section>',
        '<p>Read more: <a href="/x">Away with another article of this site</a></p>',
        '<div class="ez-toc-container"><p>Table of contents</p><ul><li><a href="#a">Away</a></li></ul></div>',
        '<p>On this page:</p><ul><li><a href="#a">Away</a></li><li><a href="#b">Far away</a></li></ul>',
        '<figure><img src="a.jpg"><figcaption>Away over the sea</figcaption></figure>',
        '<p aria-hidden="true">Away</p>',
        '<h2 class="visually-hidden">Away</h2>',
    ],
)
def test_frame_stays_out(frame: str) -> None:
    said = words(f'<main><h1>Head</h1>{PROSE}{frame}{MORE}<h2 id="a">One</h2>{PROSE}<h2 id="b">Two</h2>{MORE}</main>')
    assert "way" not in said


@pytest.mark.parametrize(
    "kept",
    [
        '<h2 id="sharing-information">Kept: sharing information</h2><p>Staff may share what the person agreed to share.</p>',
        '<div class="social-care"><p>Kept, as social care is a subject and no button to press on.</p></div>',
        '<div id="comments-on-the-draft"><p>Kept, as these are the comments that the article itself is about.</p></div>',
        '<p>Kept: <a href="/a">one link</a></p>',
        "<table><tr><th>Group</th><th>Left</th></tr><tr><td>Kept</td><td>41</td></tr></table>",
        "<dl><dt>Term</dt><dd>Kept meaning</dd></dl>",
        "<figure><img><figcaption>Figure 2: Kept, with a number of its own</figcaption></figure>",
        "<figure><table><tr><td>a</td><td>b</td></tr></table><figcaption>Kept with its table</figcaption></figure>",
        "<details><summary>Kept</summary><p>Words that a click opens, and that are the article's own.</p></details>",
        '<div class="accordion-panel" hidden><p>Kept, as a click opens these words on the page that was saved.</p></div>',
        "<blockquote>Kept</blockquote>",
        "<p>See:</p><ul><li><a href='https://x.example/'>Kept</a></li></ul>",
        "<pre>Kept  so</pre>",
    ],
)
def test_words_of_the_article_stay_in(kept: str) -> None:
    assert "Kept" in words(f"<main><h1>Head</h1>{PROSE}{kept}{MORE}</main>")


@pytest.mark.parametrize(
    ("head", "above", "authors"),
    [
        ('<meta name="author" content="Ann Example">', "", ("Ann Example",)),
        ('<meta name="author" content="admin">', '<p class="byline">By Ann Example</p>', ("Ann Example",)),
        ('<meta name="author" content="anne">', "", ("anne",)),
        (
            '<meta name="citation_author" content="Ann Example"><meta name="citation_author" content="Lee Other">',
            "",
            ("Ann Example", "Lee Other"),
        ),
        ('<meta property="article:author" content="https://social.example/ann">', "", ()),
        ("", '<p>Words by <a rel="author" href="/ann">Ann Example</a></p>', ("Ann Example",)),
        ("", "<p>By the sea it was cold</p>", ()),
        ("", "<p>By Ann Example and Lee Other on 3 May 2019</p>", ("Ann Example", "Lee Other")),
        ("", '<span class="author vcard">Posted by Ann Example | 3 May 2019</span>', ("Ann Example",)),
        ("", "<p>By the sea there was a house that nobody would ever want to live in again.</p>", ()),
        (
            '<script type="application/ld+json">{"@type": "BlogPosting", "author": [{"name": "Ann &amp; Lee Example"}]}</script>',
            "",
            ("Ann", "Lee Example"),
        ),
        ('<script type="application/ld+json">{"@type": "BlogPosting", "author": {</script>', "", ()),
    ],
)  # fmt: skip
def test_authors(head: str, above: str, authors: tuple[str, ...]) -> None:
    assert read(f"<main><h1>Head of it</h1>{above}{PROSE}{MORE}</main>", head).authors == authors


@pytest.mark.parametrize(
    ("head", "above", "value", "raw"),
    [
        ('<meta property="article:published_time" content="2019-05-03T08:00Z">', "", "2019-05-03", "2019-05-03T08:00Z"),
        ('<meta name="citation_publication_date" content="2019/05">', "", "2019-05", "2019/05"),
        ('<meta name="dcterms.issued" content="2019">', "", "2019", "2019"),
        ("", '<time class="updated" datetime="2020-01-01"></time><time datetime="2019-05"></time>', "2020-01-01", "2020-01-01"),
        ("", '<time class="updated" datetime="2020-01-01"></time><b class="date">3 May 2019</b>', "2019-05-03", "3 May 2019"),
        ("", "<p>Published on 3rd May 2019</p>", "2019-05-03", "Published on 3rd May 2019"),
        ('<link rel="canonical" href="https://x.example/2019/05/03/post/">', "", "2019-05-03", "2019/05/03"),
    ],
)  # fmt: skip
def test_date(head: str, above: str, value: str, raw: str) -> None:
    when = read(f"<main><h1>Head of it</h1>{above}{PROSE}{MORE}</main>", head).date
    assert when is not None
    assert (when.value, when.raw) == (value, raw)


def test_a_date_that_is_not_said_to_be_the_page_s_is_marked() -> None:
    document = read(f"<main><h1>Head of it</h1>{PROSE * 3}{MORE * 3}</main><footer>&copy; Some Site, 3 May 2019</footer>")
    assert document.date is not None
    assert (document.date.value, [lost.code for lost in document.losses]) == ("2019-05-03", ["W231"])


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>A figure explained | Some Site</title>", "<h1>A figure explained</h1>", "A figure explained"),
        (f"<title>Some Site</title>{SITE}", "<h1>Some Site</h1><h1>A figure</h1>", "A figure"),
        (f'<meta property="og:title" content="A figure - Some Site">{SITE}', "", "A figure"),
        ("<title>Pacing - a guide</title>", "", "Pacing - a guide"),
        ("<title>Why it fell | Some Site</title>", "<h2>Why it fell</h2>", "Why it fell"),
    ],
)  # fmt: skip
def test_title(head: str, body: str, title: str) -> None:
    assert read(f"<main>{body}{PROSE}{MORE}</main>", head).title == title


@pytest.mark.parametrize(
    ("markup", "licence"),
    [
        ('<a rel="license" href="https://creativecommons.org/licenses/by-nc-nd/4.0/">some rights</a>', "CC BY-NC-ND 4.0"),
        ('<figure><a rel="license" href="https://creativecommons.org/licenses/by/2.0/">photo</a></figure>', None),
        ('<a href="https://creativecommons.org/licenses/by/4.0/">a licence others use</a>', None),
        (
            f'<a rel="license" href="{CC}/by/4.0/">a</a> <a rel="license" href="{CC}/by-sa/4.0/">b</a>',
            None,
        ),
    ],
)
def test_licence(markup: str, licence: str | None) -> None:
    assert read(f"<main><h1>Head</h1>{PROSE}{MORE}{markup}</main>").licence == licence


@pytest.mark.parametrize(
    ("href", "found"),
    [
        ("/a?b=1", "https://x.example/a?b=1"),
        ("c", "https://x.example/d/c"),
        ("//y.example/", "https://y.example/"),
        ("mailto:ann@x.example", "mailto:ann@x.example"),
    ],
)
def test_links_are_absolute(href: str, found: str) -> None:
    head = '<link rel="canonical" href="https://x.example/d/e">'
    assert [link.href for link in read(f'{PROSE}<p>See <a href="{href}">this</a> for it all.</p>{MORE}', head).links] == [found]


@pytest.mark.parametrize("href", ["javascript:go()", "data:text/html,x", "#", "#gone", "http://[broken", "", "relative/page"])
def test_what_leads_nowhere_is_no_link(href: str) -> None:
    assert read(f'{PROSE}<p>See <a href="{href}">this</a> for it all.</p>{MORE}').links == ()


@pytest.mark.parametrize(
    ("page", "cause"),
    [
        ('<html><head><script src="a.js"></script></head><body><div id="root"></div></body></html>', "loaded by JavaScript"),
        ('<html><body><h1>Log in</h1><form><input type="password"></form></body></html>', "a page to log in on"),
        ("<html><head><title>404 Not Found</title></head><body><p>It is not here.</p></body></html>", "an error message"),
        ("<html><body><p></p></body></html>", "no words were found"),
        ("<div>" * 600 + "deep" + "</div>" * 600, "nested deeper"),
        ("", "empty"),
    ],
)  # fmt: skip
def test_pages_without_an_article_are_refused_with_the_cause(page: str, cause: str) -> None:
    with pytest.raises(UnreadableSourceError, match=cause):
        ingest([page.encode()], source())


def test_deep_pages_below_the_limit_are_read() -> None:
    assert "nobody counted" in words("<div>" * 400 + PROSE + MORE + "</div>" * 400)


@settings(max_examples=int(os.environ.get("KB_FUZZ", "40")), deadline=None)
@given(st.data())
def test_any_damage_gives_a_sound_document_or_a_cause(data: st.DataObject) -> None:
    page = bytearray(data.draw(st.sampled_from(PAGES)).read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        start = data.draw(st.integers(0, len(page)))
        end = data.draw(st.integers(start, min(len(page), start + 300)))
        page[start:end] = data.draw(st.sampled_from([b"", b"<", b">", b"</div>", b"<table>", b"\xff", bytes(page[:200])]))
    assert sound(bytes(page))


def sound(page: bytes) -> bool:
    try:
        return faults(ingest([page], source())) == []
    except UnreadableSourceError:
        return True


def test_cards_of_other_articles_make_no_second_article() -> None:
    card = f"<article><h3><a href='https://x.example/'>Another</a></h3>{MORE}</article>"
    page = f"<article><h1>The one</h1>{PROSE * 6}{MORE * 6}</article><div class='cards'>{card}{card}</div>"
    assert [part.heading for part in read(page).parts if part.kind == "article"] == ["The one"]


def test_posts_of_a_page_are_articles_even_without_a_word_of_what_the_page_is() -> None:
    post = '<div class="post"><h2>{}</h2><p class="date">{} May 2019</p>' + PROSE + "</div>"
    document = read(post.format("First", 3) + post.format("Second", 2))
    told = [(part.number, part.heading, part.date and part.date.value) for part in document.parts]
    assert told == [(1, "First", "2019-05-03"), (2, "Second", "2019-05-02")]
