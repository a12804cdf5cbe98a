"""XenForo threads: invented pages beside what should be read from them, and what must not break the reader."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kb.errors import UnreadableSourceError
from kb.ingest.xenforo_html import ingest
from kb.model import Document, Part, QuoteOf, Source, SourceFile
from tests.ingest.test_contract import faults
from tests.ingest.test_golden import GOLDEN, outline

PAGES = sorted((GOLDEN / "xenforo-html").glob("*.html"))
PAGE = '<html id="XF"><head><link rel="canonical" href="https://f.example/threads/a-thread.7/{page}"></head><body>{posts}</body></html>'
POST = (
    '<article class="message message--post js-post" data-author="{author}" id="js-post-{id}">'
    '<a href="/threads/a-thread.7/post-{id}">#{number}</a><time datetime="2020-01-02T03:04:05Z">Jan 2, 2020</time>'
    '<div class="message-body"><div class="bbWrapper">{words}</div></div></article>'
)


def source(*paths: str) -> Source:
    files = tuple(SourceFile(path, "") for path in paths or ("a.html",))
    return Source(id="a-thread", files=files, source_kind="forum", shape="xenforo-html")


def read(*posts: str) -> Document:
    return ingest([PAGE.format(page="", posts="".join(posts)).encode()], source())


def post(number: int, words: str, *, author: str = "fern") -> str:
    return POST.format(author=author, id=100 + number, number=number, words=words)


def posts_of(document: Document) -> list[Part]:
    return [part for part in document.parts if part.kind == "post"]


def by_author(document: Document) -> list[tuple[str | None, str]]:
    return [(part.author and part.author.name, part.body.of(document.text)) for part in posts_of(document)]


def quotations(document: Document) -> list[Part]:
    return [part for part in document.parts if part.kind == "quotation"]


def told(document: Document) -> list[str]:
    return [loss.message for loss in document.losses]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_outline(path: Path, golden: Callable[[Path, str], None]) -> None:
    document = ingest([path.read_bytes()], source(path.name))
    quoted = [f"quotes {part.quote_of.name} in {part.quote_of.host_id}" for part in document.parts if part.quote_of]
    ids = [f"post {part.host_id}: {part.date.raw if part.date else 'no date'}" for part in posts_of(document)]
    golden(path.with_suffix(".outline"), "\n".join([*outline(document), *ids, *quoted, f"url: {document.url}"]) + "\n")
    assert faults(document) == []


def test_a_quotation_leads_to_the_post_it_repeats() -> None:
    quote = '<blockquote class="bbCodeBlock--quote" data-quote="fern" data-source="post: 101">It rains.</blockquote>'
    document = read(post(1, "It rains."), post(2, quote + "So it does."))
    assert [part.quote_of for part in quotations(document)] == [QuoteOf("fern", "101", posts_of(document)[0].id)]


@pytest.mark.parametrize("number", [101, 102, 103])
def test_no_post_quotes_itself_or_a_later_one(number: int) -> None:
    quote = f'<blockquote class="bbCodeBlock--quote" data-quote="fern" data-source="post: {number}">It rains.</blockquote>'
    document = read(post(1, quote + "One."), post(2, "Two."), post(3, "Three."))
    assert [part.quote_of for part in quotations(document)] == [QuoteOf("fern", str(number), None)]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Moss Row said:", "Moss Row"),
        ("Moss Row schrieb:", "Moss Row"),
        ("Moss Row a dit :", "Moss Row"),
        ("Moss Row написал(а):", "Moss Row"),
        ("Moss Row huttered:", "Moss Row"),
        ("The leaflet said:", "The leaflet"),
        ("Moss Row", None),
        ("Quote:", None),
    ],
)
def test_who_is_quoted_where_only_the_title_says_it(title: str, name: str | None) -> None:
    quote = f'<blockquote class="bbCodeBlock--quote"><div class="bbCodeBlock-title">{title}</div>It rains.</blockquote>'
    document = read(post(1, "It rains.", author="Moss Row"), post(2, quote + "Yes."))
    assert [part.quote_of.name if part.quote_of else None for part in quotations(document)] == [name]


def test_nested_quotations_nest() -> None:
    inner = '<blockquote class="bbCodeBlock--quote" data-quote="a">One.</blockquote>'
    outer = f'<blockquote class="bbCodeBlock--quote" data-quote="b">{inner}Two.</blockquote>Three.'
    first, second = quotations(read(post(1, outer)))
    assert (first.quote_of, second.quote_of) == (QuoteOf("b"), QuoteOf("a"))
    assert second.parent == first.id


def test_thousands_of_nested_quotations_are_cut_and_told() -> None:
    began = time.process_time()
    document = read(post(1, '<blockquote class="bbCodeBlock--quote">x ' * 3000))
    assert time.process_time() - began < 5
    assert len(quotations(document)) == 32
    assert told(document) == ["2968 quotation(s) inside more than 32 others are read as part of the last"]
    assert faults(document) == []


def test_saved_pages_of_one_thread_are_one_document() -> None:
    first = PAGE.format(page="", posts=post(1, "One.") + post(2, "Two."))
    second = PAGE.format(page="page-2", posts=post(2, "Two.") + post(3, 'See <a href="#post-101">the first</a>.'))
    document = ingest([first.encode(), second.encode()], source("a.html", "b.html"))
    assert [(part.number, part.label, part.host_id) for part in posts_of(document)] == [
        (1, "#1", "101"),
        (2, "#2", "102"),
        (3, "#3", "103"),
    ]
    assert [span.of(document.text)[-4:] for span in document.file_spans] == ["Two.", "rst."]
    assert [(link.relation, link.target) for link in document.links] == [("internal", document.passages[0].id)]
    assert document.url == "https://f.example/threads/a-thread.7/"
    assert told(document) == ["1 post(s) stood twice in the saved pages and were kept once"]


def test_a_poll_is_a_box_before_the_posts() -> None:
    poll = (
        '<div class="block js-pollContainer-5"><h2 class="block-header">Does it rain?</h2><ul class="listPlain">'
        '<li><h3 class="pollResult-response">Always</h3><span class="pollResult-votes">Votes: 3</span></li>'
        '<li><h3 class="pollResult-response">Never</h3><span class="pollResult-votes">Votes: 1</span></li></ul></div>'
    )
    document = read("<h1 class='p-title-value'>Rain</h1>", poll, post(1, "Vote!"))
    assert [document.words(passage) for passage in document.passages] == ["Rain", "Does it rain?", "Always", "Never", "Vote!"]
    assert [part.kind for part in document.parts if part.parent is None] == ["box", "post"]


def test_comments_under_a_post_are_posts_of_their_own() -> None:
    comment = (
        '<div class="message-responses"><div class="comment js-comment" data-content="post-comment-12" data-author="Ann Other">'
        '<a class="username">Ann Other</a><div class="comment-body"><div class="bbWrapper">Indeed.</div></div></div></div>'
    )
    document = read(post(1, "It rains.").replace("</article>", comment + "</article>"))
    assert by_author(document) == [("fern", "It rains."), ("Ann Other", "Indeed.")]


def test_an_article_thread_begins_with_a_post() -> None:
    page = (
        '<article class="message message--article js-post" data-author="fern" id="js-post-1"><header class="message-attribution">'
        '<ul><li class="message-attribution-user"><a class="avatar">F</a><h4><a class="username">fern</a></h4></li></ul></header>'
        '<div class="message-expandContent"><div class="message-body">A long read.</div></div></article>'
    )
    assert by_author(read(page, post(2, "Thanks."))) == [("fern", "A long read."), ("fern", "Thanks.")]


def test_missing_posts_are_counted() -> None:
    assert told(read(post(2, "Two."), post(5, "Five."))) == ["3 post(s) before or between those saved are missing"]


def test_different_posts_with_one_id_are_both_kept() -> None:
    document = read(post(1, "One."), post(1, "Another."))
    assert [part.body.of(document.text) for part in posts_of(document)] == ["One.", "Another."]
    assert told(document) == ["1 post(s) bear the id of another post; links to it lead to the first"]


def test_a_post_shown_again_further_up_stands_in_its_place() -> None:
    document = read(post(1, "A question."), post(3, "The answer."), post(2, "No answer."), post(3, "The answer."))
    assert [part.label for part in posts_of(document)] == ["#1", "#2", "#3"]


def test_posts_inside_posts_are_posts_of_their_own() -> None:
    unclosed = post(1, "One.").removesuffix("</div></div></article>")
    document = read(unclosed, post(2, "Two."))
    assert [(part.host_id, part.body.of(document.text)) for part in posts_of(document)] == [("101", "One."), ("102", "Two.")]


def test_names_of_members_are_known_wherever_a_page_marks_them() -> None:
    words = '<a class="username" href="/members/ann.3/">@Ann Other</a> knows. <a class="username">Jo Bloggs</a> too. Thanks, Sam.'
    document = read(post(1, words, author="Moss Row"))
    assert [(person.name, person.field) for person in document.people] == [
        ("Moss Row", "author"),
        ("Ann Other", "mention"),
        ("Jo Bloggs", "mention"),
        ("Sam", "mention"),
    ]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("<dl class='pairs'><dt>Location</dt><dd>Otley</dd></dl>", ["Otley"]),
        ("<dl class='pairs'><dt>Standort:</dt><dd>Jena</dd></dl>", ["Jena"]),
        ("<dl class='pairs'><dt><i class='fa-map-marker'></i></dt><dd>Otley</dd></dl>", ["Otley"]),
        ("<dl class='pairs'><dt>First name</dt><dd>Ann</dd></dl>", ["Ann"]),
        ("<dl class='pairs'><dt>Messages</dt><dd>12</dd></dl>", []),
        ("<dl class='pairs'><dt>Points</dt><dd>Otley</dd></dl>", []),
    ],
)
def test_what_a_user_cell_tells_about_a_person(cell: str, names: list[str]) -> None:
    body = '<p class="message-body">It rains.</p>'
    document = read(f'<div class="message js-post" id="js-post-1"><div class="message-user">{cell}</div>{body}</div>')
    assert [person.name for person in document.people] == names


@pytest.mark.parametrize(
    ("markup", "value", "raw"),
    [
        ('<time datetime="2020-01-02T03:04:05+0100">a day ago</time>', "2020-01-02T03:04:05+0100", "a day ago"),
        ('<time data-time="1577934245">Thursday</time>', "2020-01-02T03:04:05+00:00", "Thursday"),
        ('<span class="DateTime" title="Jan 2, 2020 at 3:04 AM">2/1/20</span>', "2020-01-02", "Jan 2, 2020 at 3:04 AM"),
        ('<div class="message-attribution-main">2 January 2020</div>', "2020-01-02", "2 January 2020"),
        ('<div class="message-user">Joined <time datetime="2001-01-01T00:00:00Z">Jan 1, 2001</time></div>', None, None),
        ('<time datetime="soon" data-time="12">soon</time>', None, None),
    ],
)
def test_when_a_post_was_written(markup: str, value: str | None, raw: str | None) -> None:
    document = read(f'<div class="message js-post" id="js-post-1">{markup}<p class="message-body">It rains.</p></div>')
    when = posts_of(document)[0].date
    assert (when.value if when else None, when.raw if when else None) == (value, raw)


@pytest.mark.parametrize(
    ("markup", "href"),
    [
        ('<iframe src="https://video.example/1"></iframe>', "https://video.example/1"),
        (
            '<div class="bbMediaWrapper" data-media-site-id="youtube" data-media-key="k_1"></div>',
            "https://www.youtube.com/watch?v=k_1",
        ),
        ('<video controls><source data-src="x" src="https://f.example/a.mp4"></video>', "https://f.example/a.mp4"),
        ('<audio src="https://f.example/a.mp3"></audio>', "https://f.example/a.mp3"),
    ],
)
def test_embedded_media_are_links(markup: str, href: str) -> None:
    document = read(post(1, f"Look: {markup}"))
    assert [(link.href, link.status) for link in document.links] == [(href, "ok")]
    assert [place.kind for place in document.furniture if place.span == document.links[0].span] == ["embed"]


def test_a_medium_without_an_address_is_told() -> None:
    assert told(read(post(1, "Look: <video></video>"))) == ["1 place(s) among the posts could not be read"]


@pytest.mark.parametrize(
    ("href", "found"),
    [
        ("/proxy.php?link=https%3A%2F%2Fa.example%2Fb&hash=1", "https://a.example/b"),
        ("page-2#post-999", "https://f.example/threads/a-thread.7/page-2#post-999"),
        ("//a.example/b", "https://a.example/b"),
        ("javascript:alert(1)", None),
        ("http://[broken", None),
        ("https://elsewhere.example/#post-101", "https://elsewhere.example/#post-101"),
    ],
)
def test_where_links_lead(href: str, found: str | None) -> None:
    document = read(post(1, f'<a href="{href}">words</a>'))
    assert [link.href for link in document.links] == [found]


@pytest.mark.parametrize(
    "posts",
    [
        '<article class="article-body"><p>An article is no post.</p></article>',
        '<div class="message message--quickReply"><div class="message-body">Write here</div></div>',
        '<article class="message js-post" id="js-post-1"><div class="message-body"></div></article>',
        "",
    ],
)
def test_a_page_without_posts_is_refused(posts: str) -> None:
    with pytest.raises(UnreadableSourceError, match=r"^a\.html: not read: no "):
        read(posts)


FRAGMENTS = (
    *(
        '<article class="message message--post js-post" data-author="fern" id="js-post-1">',
        "</article>",
        "</div>",
        "</blockquote>",
    ),
    *(
        '<li class="message" id="post-2">',
        '<div class="MessageCard" id="js-post-1">',
        '<div class="message-cell message-cell--user">',
    ),
    *(
        '<div class="message-user">',
        '<h4 class="message-name">',
        '<a class="username" href="/members/a.1/">',
        "@Ann Other",
        "</a>",
    ),
    *('<dl class="pairs"><dt>Location</dt><dd>', "Otley", "</dl>", '<time datetime="2020-01-02T03:04:05Z">', "</time>", "#7"),
    *(
        '<div class="message-body">',
        '<div class="bbWrapper">',
        '<blockquote class="bbCodeBlock--quote" data-quote="fern">',
        "<sup>",
    ),
    *(
        '<blockquote data-source="post: 1">',
        '<div class="bbCodeBlock-title">',
        "fern said:",
        '<div class="bbMediaWrapper">',
        "1</sup>",
    ),
    *(
        '<iframe src="https://v.example/1">',
        "<video><source src=x>",
        '<img class="smilie" alt=":)">',
        "<img>",
        "<br><br>",
        "<table><tr>",
    ),
    *(
        "<td>cell",
        "<th>head",
        "<ul><li>item",
        "<pre>\n x",
        '<div class="reactionsBar"><bdi>Ann Other</bdi>',
        "<h3>Head</h3>",
        "<hr>",
    ),
    *(
        '<aside class="message-signature">',
        '<div class="message-lastEdit">',
        '<div class="messageNotice">',
        "Some words.",
        "\u00a0",
        " ",
    ),
    *(
        '<li class="file"><a href="/attachments/1/">',
        '<section class="message-attachments">',
        '<span class="smilie">',
        "<!-- x",
        "<b>",
    ),
    *(
        '<a href="#post-1">here</a>',
        "<script>x",
        "</script>",
        "\u2028",
        "&#0;",
        "<div hidden>",
        '<div class="message-fields"><dl><dt>a<dd>b',
    ),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join), st.integers(0, 30))
@example('<article class="js-post message-body"><a class="username"><blockquote class="bbCodeBlock--quote">', 0)
@example('<div class="js-post"><div class="message-name">Ann</div><div class="message-body"><img class="smilie" alt="">', 0)
def test_any_markup_gives_a_sound_document_or_is_unreadable(markup: str, cut: int) -> None:
    document = attempt(markup[: len(markup) - cut])
    assert document is None or faults(document) == []
    assert document is None or document == attempt(markup[: len(markup) - cut])


def attempt(markup: str) -> Document | None:
    try:
        return read(markup)
    except UnreadableSourceError:
        return None
