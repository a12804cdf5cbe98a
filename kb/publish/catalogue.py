"""What stands where in one public view: every look-up the pages need, made once a build."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

import msgspec

from kb.model import (
    AnyRecord,
    Citation,
    Claim,
    Classification,
    Definition,
    Document,
    Mention,
    Part,
    Source,
    Work,
)
from kb.model.knowledge import Relation
from kb.publish.places import Place, places, post_address
from kb.publish.wording import condition_name, condition_slug

if TYPE_CHECKING:
    from kb.public import PublicView

R = TypeVar("R", bound=AnyRecord)
LISTS = {
    "find": "Find",
    "sources": "Sources",
    "conditions": "Conditions",
    "classifications": "Classifications",
    "definitions": "Definitions",
    "claims": "Claims",
    "figures": "Figures",
    "recommendations": "Recommendations",
    "quotations": "Quotations",
    "works": "Works cited",
}
"""The find page and the lists of everything, by page name, in the order of the navigation."""


class Catalogue:
    """Look-ups over one public view, all in the view's own order.

    `base_url` is where the site will stand, "" where nobody has said. Records whose passage is not shown are left out here,
    whatever the view holds, so that no page can print their words.
    """

    def __init__(self, view: PublicView, base_url: str = "") -> None:
        knowledge = view.knowledge
        self.view = view
        self.base_url = f"{base_url.rstrip('/')}/" if base_url else ""
        self.sources: dict[str, Source] = {source.id: source for source in knowledge.sources}
        self.documents: dict[str, Document] = {document.source_id: document for document in knowledge.documents}
        self.works: dict[str, Work] = {work.id: work for work in knowledge.works}
        self.aliases = knowledge.aliases
        self.places = dict(places(view, self.sources))
        shown = [
            _unraised(record, self.places.get(record.passage))
            for record in knowledge.records
            if not record.passage or self._is_shown(record.passage)
        ]
        self.parts: dict[str, Part] = {part.id: part for document in knowledge.documents for part in document.parts}
        self._marks = _grouped(
            (link.target, place.passage.id)
            for place in self.places.values()
            for link in place.links
            if link.target and place.is_shown
        )
        self.posts = {document.source_id: post_address(document) for document in knowledge.documents}
        self.records: dict[str, AnyRecord] = {record.id: record for record in shown}
        self._by_passage = _grouped((record.passage, record) for record in shown)
        self._by_source = _grouped((record.source_id, record) for record in shown)
        self._targets = _grouped(((link.relation, link.origin), link.target) for link in knowledge.links)
        self._origins = _grouped(((link.relation, link.target), link.origin) for link in knowledge.links)
        self._by_condition = _grouped((slug, record) for record in shown for slug in conditions_of(record))
        self.addresses = dict(_addresses(self))

    def _is_shown(self, passage: str) -> bool:
        return passage in self.places and self.places[passage].is_shown

    @property
    def document_count(self) -> int:
        """How many documents "in these N documents" means: a digest and its original are one."""
        return len({source.digest_of or source.id for source in self.sources.values()})

    @property
    def conditions(self) -> list[str]:
        """Slugs of every condition and category that any record names, by name."""
        return sorted(self._by_condition, key=lambda slug: (condition_name(slug).lower(), slug))

    def of(self, kind: type[R]) -> list[R]:
        """All shown records of one kind."""
        return [record for record in self.records.values() if isinstance(record, kind)]

    def in_passage(self, passage: str) -> list[AnyRecord]:
        """The records that begin in a passage."""
        return self._by_passage.get(passage, [])

    def in_source(self, source_id: str) -> list[AnyRecord]:
        """The records of one source."""
        return self._by_source.get(source_id, [])

    def about(self, slug: str, kind: type[R]) -> list[R]:
        """The records of one kind that name this condition or category."""
        return [record for record in self._by_condition.get(slug, []) if isinstance(record, kind)]

    def targets(self, relation: Relation, origin: str) -> list[str]:
        """Ids that links of this relation lead to from `origin`."""
        return self._targets.get((relation, origin), [])

    def origins(self, relation: Relation, target: str) -> list[str]:
        """Ids that links of this relation come from to `target`."""
        return self._origins.get((relation, target), [])

    def linked(self, relation: Relation, *, origin: str = "", target: str = "") -> list[AnyRecord]:
        """The shown records at the other end of these links."""
        ids = self.targets(relation, origin) if origin else self.origins(relation, target)
        return [self.records[identifier] for identifier in ids if identifier in self.records]

    def marks_of(self, passage: str) -> list[Place]:
        """The shown places whose marks lead to a passage: where a note or an entry is pointed at from."""
        return [self.places[identifier] for identifier in dict.fromkeys(self._marks.get(passage, []))]

    def quoted(self, part: Part) -> Part | None:
        """The post that a quotation block says it repeats, where it is held."""
        return self.parts.get(part.quote_of.part or "") if part.quote_of else None

    def places_of(self, source_id: str) -> list[Place]:
        """The places of one source, in text order, gaps included."""
        document = self.documents.get(source_id)
        return [self.places[passage.id] for passage in document.passages] if document else []

    def is_commentary(self, source: Source) -> bool:
        """Whether pages about it stay out of public search engines."""
        return source.source_kind != "guidance"


def _unraised(record: R, place: Place | None) -> R:
    """A record as titles and lists show it, its quote without raised marks; `rendering.exact_words` shows them."""
    if place is None or isinstance(record, Citation) or not any(record.span.contains(raised) for raised in place.raised):
        return record
    return msgspec.structs.replace(record, quote=msgspec.structs.replace(record.quote, exact=place.unraised(record.span)))


def conditions_of(record: AnyRecord) -> tuple[str, ...]:
    """Slugs, as addresses have them, of the conditions and categories a record is about."""
    match record:
        case Mention():
            names: tuple[str, ...] = (record.concept,)
        case Definition():
            names = (record.concept,) if record.concept else ()
        case Classification():
            names = (record.condition, record.category)
        case Claim():
            names = record.about
        case _:
            names = ()
    return tuple(dict.fromkeys(map(condition_slug, names)))


K = TypeVar("K")
V = TypeVar("V")


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    groups: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)


def _addresses(catalogue: Catalogue) -> Iterable[tuple[tuple[str, str], str]]:
    for name in LISTS:
        yield ("list", name), f"{name}.html"
    for source_id in catalogue.sources:
        yield ("source", source_id), f"source/{source_id}.html"
    for slug in catalogue.conditions:
        yield ("condition", slug), f"condition/{slug}.html"
    for work_id in catalogue.works:
        yield ("work", work_id), f"work/{work_id}.html"
    for place in catalogue.places.values():
        if place.is_shown:
            yield ("passage", place.passage.id), f"passage/{place.passage.id}.html"
        else:
            yield ("passage", place.passage.id), f"source/{place.source.id}.html#{place.passage.id}"
    for record in catalogue.records.values():
        yield ("record", record.id), record_address(record)


def record_address(record: AnyRecord) -> str:
    """Definitions and claims have a page; other records a place on their passage's page, or their source's."""
    if isinstance(record, Definition | Claim):
        return f"{record.KIND}/{record.id}.html"
    if record.passage:
        return f"passage/{record.passage}.html#{record.id}"
    return f"source/{record.source_id}.html#{record.id}"
