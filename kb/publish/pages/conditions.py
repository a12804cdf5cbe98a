"""A page for each condition and umbrella category: how each document places it, defines it and mentions it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.model import Claim, Classification, Definition, Mention, Source
from kb.publish import wording
from kb.publish.catalogue import Catalogue
from kb.publish.pages.page import Page, root_of
from kb.publish.rendering import render


@dataclass(frozen=True)
class Row:
    """One document's say about one condition."""

    source: Source
    classifications: tuple[Classification, ...]
    mentions: tuple[Mention, ...]
    definitions: tuple[Definition, ...]
    claims: tuple[Claim, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the document has nothing on it that these pages show."""
        return not (self.classifications or self.mentions or self.definitions or self.claims)


def rows(catalogue: Catalogue, slug: str) -> list[Row]:
    """What each source says of a condition, sources without a word included."""
    return [
        Row(
            source,
            tuple(record for record in catalogue.about(slug, Classification) if record.source_id == source.id),
            tuple(record for record in catalogue.about(slug, Mention) if record.source_id == source.id),
            tuple(record for record in catalogue.about(slug, Definition) if record.source_id == source.id),
            tuple(record for record in catalogue.about(slug, Claim) if record.source_id == source.id),
        )
        for source in catalogue.sources.values()
    ]


def condition_pages(catalogue: Catalogue) -> Iterator[Page]:
    """One page a condition or category that any record names."""
    for slug in catalogue.conditions:
        name = f"condition/{slug}"
        title = wording.capitalised(wording.condition_name(slug))
        body = render("condition.html", catalogue, root_of(name), slug=slug, title=title, rows=rows(catalogue, slug))
        yield Page(name, title, body, f"How these documents classify, define and mention {wording.condition_name(slug)}")
