"""The pages made from records: one module a kind of page, all run in the order of one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kb.publish.catalogue import Catalogue
from kb.publish.pages.conditions import condition_pages
from kb.publish.pages.find import find_pages
from kb.publish.pages.lists import list_pages
from kb.publish.pages.page import Page
from kb.publish.pages.records import claim_pages, definition_pages, passage_pages
from kb.publish.pages.redirects import redirect_pages
from kb.publish.pages.sources import source_pages
from kb.publish.pages.works import work_pages

PAGES: dict[str, Callable[[Catalogue], Iterator[Page]]] = {
    "find": find_pages,
    "lists": list_pages,
    "source": source_pages,
    "condition": condition_pages,
    "definition": definition_pages,
    "claim": claim_pages,
    "work": work_pages,
    "passage": passage_pages,
    "moved": redirect_pages,
}


def all_pages(catalogue: Catalogue) -> Iterator[Page]:
    """Every page the records give, one at a time."""
    for pages in PAGES.values():
        yield from pages(catalogue)
