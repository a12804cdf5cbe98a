"""The find page: words lead to their passage, from a folder, without a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kb.public import public_view
from kb.publish.catalogue import Catalogue
from kb.publish.finding import pieces
from tests.factory import Writer, knowledge, source


@pytest.fixture(scope="module")
def find_page(site: Path, browser: Any) -> Iterator[Any]:
    """The find page with its data loaded."""
    page = browser.new_page()
    page.goto(f"{(site / 'find.html').as_uri()}?q=clinic")
    page.wait_for_selector("#kb-hits li > a", timeout=5_000)
    yield page
    page.close()


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("45%", ["Up to 45% of visits to a family doctor concern unexplained symptoms [1]."]),
        ("5%", []),
        ("9.2%", ["It reports that 9.2% of its sample recovered. [post 2]"]),
        ("2%", []),
        ('"family doctor"', ["Up to 45% of visits to a family doctor concern unexplained symptoms [1]."]),
        ('"doctor family"', []),
        ("recover sample", ["It reports that 9.2% of its sample recovered. [post 2]"]),
        ("over", []),
        ("friends", []),
        ("<b>", []),
        ("[1", ["Up to 45% of visits to a family doctor concern unexplained symptoms [1]."]),
    ],
)
def test_words_are_found_in_what_is_shown(query: str, hits: list[str], find_page: Any) -> None:
    find_page.fill("#kb-q", query)
    find_page.wait_for_timeout(50)
    assert find_page.locator("#kb-hits li > a").all_inner_texts() == hits


def test_a_hit_leads_to_its_passage_by_keyboard(site: Path, browser: Any) -> None:
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    page.fill(".kb-side-find input", "45%")
    page.press(".kb-side-find input", "Enter")
    page.wait_for_selector("#kb-hits li > a", timeout=5_000)
    page.press("#kb-q", "Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("blockquote.kb-exact", timeout=5_000)
    words = page.inner_text("blockquote.kb-exact")
    page.close()
    assert words == "Up to 45% of visits to a family doctor concern unexplained symptoms [1]."


def test_hits_are_words_and_nothing_else(poisoned_site: Path, browser: Any) -> None:
    page = browser.new_page()
    page.goto(f"{(poisoned_site / 'find.html').as_uri()}?q=Statement")
    page.wait_for_selector("#kb-hits li > a", timeout=5_000)
    ran = page.evaluate("typeof window.pwn")
    tags = page.evaluate("[...new Set([...document.querySelectorAll('#kb-hits *')].map(tag => tag.tagName))].sort()")
    page.close()
    assert (ran, tags) == ("undefined", ["A", "LI", "MARK", "SPAN"])


def test_what_is_not_published_is_not_searched(site: Path) -> None:
    scripts = [path.read_text("ascii") for path in sorted((site / "find").iterdir())]
    assert [script for script in scripts if "nothing more to add" in script or "\\u2588" in script] == []


def test_much_text_is_cut_into_pieces() -> None:
    writer = Writer(source("long"))
    for number in range(900):
        writer.passage(f"Passage {number} " + "says the same again and again " * 20)
    scripts = pieces(Catalogue(public_view(knowledge(writer))))
    counts = [script.count('["Passage"') for script in scripts]
    assert (len(counts), sum(counts)) == (2, 900)
    assert max(map(len, scripts)) < 410_000
