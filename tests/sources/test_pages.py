"""Pages told from their tags alone, near-misses beside hits, and the kind of source that each is."""

from __future__ import annotations

import pytest

from kb.errors import UnreadableSourceError
from kb.sources import detect
from tests.sources.pages import article, microdata, xenforo

THREAD = xenforo((1, "A first post."), (2, "A second post."))
STRIPPED = (
    b'<div class="message message--post"><div class="message-body"><div class="bbWrapper">Words of a post.</div></div></div>'
)
LISTING = b'<!DOCTYPE html><html id="XF" data-template="forum_view"><body><div class="structItem">A thread</div></body></html>'
ABOUT_XENFORO = article(paragraphs=['Its root is &lt;html id="XF"&gt;, and posts have message--post and bbWrapper as classes.'])
IN_A_SCRIPT = article(head='<script>var post = \'<div class="message--post"><div class="bbWrapper">\'</script>')
COMMENTED = article(paragraphs=['<div itemscope itemtype="https://schema.org/Comment"><p itemprop="text">A comment.</p></div>'])
JSON_LD = article(head='<script type="application/ld+json">{"@type": "schema.org/DiscussionForumPosting"}</script>')


@pytest.mark.parametrize(
    ("page", "shape"),
    [
        (THREAD, "xenforo-html"),
        (THREAD.replace(b'id="XF"', b""), "xenforo-html"),
        (THREAD.replace(b'id="XF"', b"id=XF").replace(b"js-selectToQuoteEnd", b"x"), "xenforo-html"),
        (STRIPPED, "xenforo-html"),
        (b'<!DOCTYPE html><html id="XF"><div class="MessageCard"><div class="bbWrapper">Words.</div></div>', "xenforo-html"),
        (STRIPPED.replace(b"bbWrapper", b"text"), "article-html"),
        (ABOUT_XENFORO, "article-html"),
        (IN_A_SCRIPT, "article-html"),
        (microdata("In the yard.", "At the station."), "forum-html"),
        (COMMENTED, "article-html"),
        (JSON_LD, "article-html"),
        (article(), "article-html"),
    ],
)
def test_each_page_has_one_reader(page: bytes, shape: str) -> None:
    assert detect(page, "x.html").shape == shape


@pytest.mark.parametrize(
    "text",
    [
        "<!doctype html><p>Words",
        "\ufeff\n  <!-- saved from url=(0019)https://example.org/ -->\n<html><body>Words</body></html>",
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "x.dtd">\n<html>x</html>',
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>Words</body></html>',
        "<!--[if IE]><p>x</p><![endif]--><HTML><BODY>Words</BODY></HTML>",
        "<head><title>x</title></head>Words",
        "HTTP/1.1 200 OK\nServer: x\n\n<!DOCTYPE html>\n<html><body>Words</body></html>\n",
        "Warning: something in line 3\n  <!doctype html><p>Words</p></html>",
        "<h1>A heading</h1>\n<p>Words of a piece of a page.</p>",
        "<article><h2>A heading</h2><p>Words.</p></article>",
    ],
)
def test_html_in_any_dress(text: str) -> None:
    assert detect(text.encode(), "x").shape == "article-html"


@pytest.mark.parametrize(
    "text",
    [
        '<a name="top"></a>\n# A heading\n\n- a point\n- another\n\nWords.',
        "<p>\n\n" + "Words of plain text. " * 200,
        "<b>Note</b> that this is one line of plain words.",
        "&lt;html&gt; begins a page.",
        "How to begin a page:\n<!DOCTYPE html>\nand how to go on from there.",
        "A page ends with </html>",
    ],
)
def test_words_with_a_tag_in_them_are_words(text: str) -> None:
    assert detect(text.encode(), "x").shape == "flattened-blog"


def test_a_page_of_a_xenforo_forum_without_posts_is_refused() -> None:
    with pytest.raises(UnreadableSourceError) as raised:
        detect(LISTING, "x.html")
    assert raised.value.cause.startswith("it is a page of a XenForo forum without posts, such as a list of threads")


NUMBERED = [f"{label} {'Words of a paragraph that is numbered. ' * 3}" for label in ("1.1", "1.2", "1.3", "2.1", "2.2")]
JOURNAL = '<meta name="citation_journal_title" content="Journal of Lanes">'


def canonical(url: str) -> str:
    return f'<link rel="canonical" href="{url}">'


@pytest.mark.parametrize(
    ("head", "paragraphs", "kind"),
    [
        (canonical("https://www.gov.uk/guidance/lanes"), ["Words."], "guidance"),
        (canonical("https://www.north.nhs.uk/lanes"), ["Words."], "guidance"),
        (canonical("https://notgov.uk/lanes"), ["Words."], "critique"),
        (canonical("https://gov.uk.example.com/lanes"), ["Words."], "critique"),
        ('<meta content="https://transport.gov.scot/a" property="og:url">', ["Words."], "guidance"),
        ("<!-- saved from url=(0031)https://www.who.int/news/lanes -->", ["Words."], "guidance"),
        ('<meta property="og:site_name" content="Ministry of Lanes">', ["Words."], "guidance"),
        ('<meta property="og:site_name" content="Friends of the Ministry of Lanes">', ["Words."], "critique"),
        ("", NUMBERED, "guidance"),
        ("", NUMBERED[:4], "critique"),
        (JOURNAL, NUMBERED, "critique"),
        (JOURNAL + canonical("https://www.ncbi.nlm.nih.gov/a"), ["Words."], "critique"),
    ],
)
def test_the_kind_of_an_article(head: str, paragraphs: list[str], kind: str) -> None:
    assert detect(article(head=head, paragraphs=paragraphs), "x.html").source_kind == kind


def test_a_thread_of_a_public_body_is_a_forum() -> None:
    page = THREAD.replace(b"forum.example.org", b"forum.nhs.uk")
    assert detect(page, "x.html").source_kind == "forum"
