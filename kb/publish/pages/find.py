"""The find page: a field that searches everything shown, in the reader's browser; without JavaScript, the lists."""

from __future__ import annotations

from collections.abc import Iterator

from kb.publish.catalogue import LISTS, Catalogue
from kb.publish.finding import file_names, pieces
from kb.publish.pages.page import Page
from kb.publish.rendering import render


def find_pages(catalogue: Catalogue) -> Iterator[Page]:
    """The one page."""
    files = file_names(len(pieces(catalogue)))
    lists = [(name, title) for name, title in LISTS.items() if name != "find"]
    body = render("find.html", catalogue, "", files=files, lists=lists)
    yield Page("find", "Find", body, f"Find words in {catalogue.document_count} documents")
