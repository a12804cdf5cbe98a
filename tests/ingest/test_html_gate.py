"""Pages beside whether a parser may have them."""

from __future__ import annotations

import pytest

from kb.errors import UnreadableSourceError
from kb.ingest.markup.html_gate import check_for_lexbor, check_html


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 500,
        "<p>" * 90_000,
        "<ul><li>" * 499,
        "<div></div>" * 5000,
        "<div><span></div>" * 5000,
        "<!-- " + "<div>" * 1000 + " -->",
        "<script>" + "<div>" * 1000 + "</script>",
        "<SCRIPT>" + "<div>" * 1000 + "</Script>",
        "<svg>" + "<path/>" * 1000 + "</svg>",
        "<br>" * 1000,
        '<div title="' + "<div>" * 1000 + '">',
        "<div " * 1000,
        "a < b " * 1000,
    ],
)
def test_shallow(html: str) -> None:
    check_html(html, "a.html")


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 501,
        "<DIV class='x'>" * 501,
        "<div></b>" * 501,
        "<!--></div>-->" + "<div>" * 501,
        "<div><script></div></script>" * 501,
        "<div><!-- </div> -->" * 501,
        "<div><font color=1></div>" * 501,
        "<path/>" * 501,
    ],
)
def test_deep(html: str) -> None:
    with pytest.raises(
        UnreadableSourceError, match=r"^a\.html: not read: its elements are nested deeper than 500, as on no page"
    ):
        check_html(html, "a.html")


def test_a_parser_that_gives_less_sets_its_own_depth() -> None:
    check_html("<div>" * 20, "a.html", deepest=20)
    with pytest.raises(UnreadableSourceError, match="deeper than 20"):
        check_html("<div>" * 21, "a.html", deepest=20)


def test_few_tags_need_no_count_unless_formatting_stays_open() -> None:
    check_for_lexbor("<blockquote>" * 3000, "a.html")
    check_for_lexbor("<b>x</b>" * 1000, "a.html")
    with pytest.raises(UnreadableSourceError, match="deeper than 500"):
        check_for_lexbor("<p><font color=1>" * 2100, "a.html")
    with pytest.raises(UnreadableSourceError, match="deeper than 500"):
        check_for_lexbor("<div>" * 8001, "a.html")


def test_a_page_may_be_too_large() -> None:
    with pytest.raises(UnreadableSourceError, match="it is larger than 40 MB; save the page without its pictures"):
        check_for_lexbor("x" * 40_000_001, "a.html")
