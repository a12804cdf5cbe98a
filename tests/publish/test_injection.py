"""Words of a source reach a page as words: nothing in them runs, loads, redirects or opens a tag."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kb.publish.rendering import safe_url
from tests.publish.conftest import Soups
from tests.publish.poison import BAD_URLS, PAYLOADS

LIVE_TAGS = ["iframe", "object", "embed", "base", "math", "applet", "frame", "img", "video", "audio"]


def test_no_tag_comes_out_of_a_source(poisoned_pages: Soups) -> None:
    live = {name: tag.name for name, soup in poisoned_pages.items() for tag in soup.find_all(LIVE_TAGS)}
    assert live == {}


def test_every_form_is_the_search_field(poisoned_pages: Soups) -> None:
    actions = {
        str(form.get("action", "")).rpartition("/")[2] for soup in poisoned_pages.values() for form in soup.find_all("form")
    }
    assert actions == {"find.html", "", "#"}


def test_the_only_scripts_are_the_theme_s(pages: Soups, poisoned_pages: Soups) -> None:
    def scripts(soups: Soups) -> set[str]:
        found = [tag for soup in soups.values() for tag in soup.find_all("script")]
        return {str(tag.get("src", tag.string)).rpartition("../")[2].rpartition("_static/")[2] for tag in found}

    assert scripts(poisoned_pages) == scripts(pages)


def test_no_element_has_an_event_attribute(poisoned_pages: Soups) -> None:
    attributes = {key for soup in poisoned_pages.values() for tag in soup.find_all() for key in tag.attrs}
    assert {key for key in attributes if key.startswith("on")} == set()


def test_every_address_is_relative_or_of_an_allowed_scheme(poisoned_pages: Soups) -> None:
    addresses = {
        str(tag[key])
        for soup in poisoned_pages.values()
        for tag in soup.find_all()
        for key in ("href", "src", "cite", "action")
        if tag.has_attr(key)
    }
    schemes = {address.partition(":")[0].lower() for address in addresses if ":" in address.partition("/")[0]}
    assert schemes <= {"http", "https", "mailto"}


@pytest.mark.parametrize("url", BAD_URLS[:5] + BAD_URLS[6:])
def test_a_bad_address_is_no_link(url: str) -> None:
    assert safe_url(url) == ""


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_words_of_an_attack_are_kept(payload: str, poisoned_pages: Soups) -> None:
    number = PAYLOADS.index(payload)
    quoted = [
        quote.get_text()
        for name, soup in poisoned_pages.items()
        if name.startswith("passage/")
        for quote in soup.select("blockquote.kb-exact")
    ]
    assert f"Statement {number} begins {payload} and 45% ends." in quoted


def test_titles_are_escaped_once(poisoned_pages: Soups) -> None:
    title = poisoned_pages["source/attack.html"].title
    assert title is not None
    assert title.get_text().startswith("A title <script>window.pwn=1</script><img src=x")


def test_nothing_runs_in_a_browser(poisoned_site: Path, poisoned_pages: Soups, browser: Any) -> None:
    page = browser.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    ran = []
    for name in sorted(poisoned_pages)[::9]:
        page.goto((poisoned_site / name).as_uri())
        ran.append(page.evaluate("typeof window.pwn"))
    page.close()
    assert set(ran) == {"undefined"}
    assert [url for url in requests if not url.startswith("file:")] == []
