"""Lists of everything of one kind, at most 200 rows a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kb.model import Claim, Quotation
from kb.publish import wording
from kb.publish.catalogue import LISTS, Catalogue
from kb.publish.pages.classifications import matrix
from kb.publish.pages.conditions import rows
from kb.publish.pages.definitions import in_order, terms
from kb.publish.pages.figures import by_unit, stated
from kb.publish.pages.page import Page
from kb.publish.pages.recommendations import by_basis, recommendations
from kb.publish.related import cited_by, held_source, originals
from kb.publish.rendering import render

ROWS = 200


def list_pages(catalogue: Catalogue) -> Iterator[Page]:
    """Sources, conditions, classifications, definitions, claims, figures, recommendations, quotations, works."""
    yield from _paged(catalogue, "sources", list(catalogue.sources.values()))
    yield from _paged(catalogue, "conditions", [(slug, rows(catalogue, slug)) for slug in catalogue.conditions])
    yield from _paged(catalogue, "classifications", matrix(catalogue))
    yield from _paged(catalogue, "definitions", in_order(catalogue), terms=terms)
    yield from _paged(catalogue, "claims", catalogue.of(Claim))
    yield from _paged(catalogue, "figures", stated(catalogue), by_unit=by_unit)
    yield from _paged(catalogue, "recommendations", recommendations(catalogue), by_basis=by_basis)
    quotations = [(quotation, originals(catalogue, quotation)) for quotation in catalogue.of(Quotation)]
    yield from _paged(catalogue, "quotations", quotations)
    works = sorted(catalogue.works.values(), key=lambda work: (wording.work_title(work).lower(), work.id))
    listed = [(work, wording.work_title(work), len(cited_by(catalogue, work)), held_source(catalogue, work)) for work in works]
    yield from _paged(catalogue, "works", listed)


def _paged(catalogue: Catalogue, name: str, listed: Sequence[Any], **values: Any) -> Iterator[Page]:
    """One page for every `ROWS` rows; a list without rows has its page too, which says so."""
    title = LISTS[name]
    pages = [listed[start : start + ROWS] for start in range(0, len(listed), ROWS)] or [listed]
    names = [name if number == 1 else f"{name}-{number}" for number in range(1, len(pages) + 1)]
    for number, (page_name, page_rows) in enumerate(zip(names, pages, strict=True), 1):
        heading = title if number == 1 else f"{title}, page {number}"
        body = render(
            f"{name}.html",
            catalogue,
            "",
            title=heading,
            rows=page_rows,
            total=len(listed),
            names=names,
            number=number,
            first=(number - 1) * ROWS + 1,
            **values,
        )
        yield Page(page_name, heading, body, f"{title} in {catalogue.document_count} documents")
