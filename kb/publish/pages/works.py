"""A page for each work the references point to: what it is, whether we hold it, and which passages cite it."""

from __future__ import annotations

from collections.abc import Iterator

from kb.publish import wording
from kb.publish.catalogue import Catalogue
from kb.publish.pages.page import Page, root_of
from kb.publish.related import cited_by, held_source
from kb.publish.rendering import render


def work_pages(catalogue: Catalogue) -> Iterator[Page]:
    """One page a work."""
    for work in catalogue.works.values():
        name = f"work/{work.id}"
        title = wording.work_title(work)
        body = render(
            "work.html",
            catalogue,
            root_of(name),
            work=work,
            title=title,
            cited_by=cited_by(catalogue, work),
            held=held_source(catalogue, work),
        )
        yield Page(name, f"Work: {wording.shortened(title)}", body, f"Cited by these documents: {wording.shortened(title)}")
