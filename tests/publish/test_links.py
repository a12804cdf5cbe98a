"""Every link inside a site leads to a page that is there, and to a place that is on it."""

from __future__ import annotations

from pathlib import Path
from posixpath import dirname, join, normpath

from kb.check.site import check_site
from tests.publish.conftest import Soups


def test_every_link_and_anchor_of_the_small_site_resolves(site: Path, pages: Soups) -> None:
    assert list(check_site(site, pages)) == []


def test_every_link_and_anchor_of_an_attacked_site_resolves(poisoned_site: Path, poisoned_pages: Soups) -> None:
    assert list(check_site(poisoned_site, poisoned_pages)) == []


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
