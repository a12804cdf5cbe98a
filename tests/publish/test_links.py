"""Every link inside a site leads to a page that is there, and to a place that is on it."""

from __future__ import annotations

from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from tests.publish.conftest import Soups


def broken_links(folder: Path, pages: Soups) -> list[str]:
    """Each link or asset that leads nowhere, with the page it stands on."""
    anchors = {name: {tag["id"] for tag in soup.find_all(id=True)} for name, soup in pages.items()}
    broken = []
    for name, soup in pages.items():
        for tag in soup.find_all(["a", "link", "script", "img"]):
            url = urlsplit(str(tag.get("href") or tag.get("src") or ""))
            if url.scheme or url.netloc or not (url.path or url.fragment):
                continue
            target = normpath(join(dirname(name), unquote(url.path))) if url.path else name
            is_there = target in pages or (folder / target).is_file()
            if not is_there or (url.fragment and target in pages and url.fragment not in anchors[target]):
                broken.append(f"{name}: {url.geturl()}")
    return broken


def test_every_link_and_anchor_of_the_small_site_resolves(site: Path, pages: Soups) -> None:
    assert broken_links(site, pages) == []


def test_every_link_and_anchor_of_an_attacked_site_resolves(poisoned_site: Path, poisoned_pages: Soups) -> None:
    assert broken_links(poisoned_site, poisoned_pages) == []


def test_ids_are_unique_on_each_page(pages: Soups) -> None:
    repeated = {
        name: ids
        for name, soup in pages.items()
        if len(ids := [tag["id"] for tag in soup.find_all(id=True)]) != len(set(map(str, ids)))
    }
    assert repeated == {}


def test_records_are_linked_both_ways(pages: Soups) -> None:
    links = {
        (name, normpath(join(dirname(name), str(tag["href"]).partition("#")[0])))
        for name, soup in pages.items()
        for tag in soup.select("article a[href]")
    }
    pairs = {
        (one.partition("/")[0], other.partition("/")[0])
        for one, other in links
        if (other, one) in links and "/" in one and "/" in other and one != other
    }
    assert pairs >= {
        ("claim", "passage"),
        ("claim", "source"),
        ("claim", "condition"),
        ("definition", "condition"),
        ("definition", "passage"),
        ("passage", "source"),
        ("passage", "work"),
        ("passage", "passage"),
        ("source", "condition"),
    }
