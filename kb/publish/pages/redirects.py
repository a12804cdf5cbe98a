"""Pages at addresses that once were, or could have been, given out: they send readers to what answers now."""

from __future__ import annotations

from collections.abc import Iterator

from kb.model import id_kind
from kb.publish.catalogue import Catalogue
from kb.publish.pages.page import Page, root_of
from kb.publish.rendering import render

WITH_PAGES = frozenset({"definition", "claim", "passage", "work"})


def redirect_pages(catalogue: Catalogue) -> Iterator[Page]:
    """One page for each alias whose kind has pages; one whose target is gone says so."""
    for alias in catalogue.aliases:
        kind = id_kind(alias.id)
        if kind not in WITH_PAGES or _address(catalogue, alias.id):
            continue
        name = f"{kind}/{alias.id}"
        target = _address(catalogue, alias.target)
        title = f"{alias.id} has moved" if target else f"{alias.id} is gone"
        body = render("moved.html", catalogue, root_of(name), alias=alias, target=target, title=title)
        yield Page(name, title, body, is_indexed=False, moved_to=target or None)


def _address(catalogue: Catalogue, identifier: str) -> str:
    kinds = ("record", "work", "passage", "source")
    return next((catalogue.addresses[kind, identifier] for kind in kinds if (kind, identifier) in catalogue.addresses), "")
