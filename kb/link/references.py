"""Citations resolve to references of their own document: by label, or by author and year."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from kb.link.linked import Held, Linked, make_link
from kb.link.surnames import surnames
from kb.model import AnyRecord, Citation, Document, Link, Reference, Span

_KEY = re.compile(r"(?P<who>.*?)\W*\s(?P<year>(?:19|20)\d\d)[a-z]?\b.*")


def link_citations(held: Held, linked: Linked) -> Linked:
    """`linked` with a link "resolves-to" from every citation to the references its keys name.

    Where the document itself links a marker to an entry, that entry is meant; keys decide for the others. A key that names no
    entry of the document stays open: the list was not pasted, or is lost.
    """
    by_source: dict[str, list[AnyRecord]] = {}
    for record in linked.records:
        by_source.setdefault(record.source_id, []).append(record)
    links: list[Link] = []
    for document in held.documents:
        own = by_source.get(document.source_id, [])
        entries = _Entries(document, [record for record in own if isinstance(record, Reference)])
        for citation in own:
            if isinstance(citation, Citation):
                links += entries.resolved(citation)
    known = {link.id for link in linked.links}
    return replace(linked, links=linked.links + tuple(link for link in links if link.id not in known))


class _Entries:
    """The references of one document, asked by place, label and author."""

    def __init__(self, document: Document, references: Sequence[Reference]) -> None:
        self._document = document
        self._by_passage = _grouped((reference.passage, reference) for reference in references)
        self._by_label = _grouped((reference.label, reference) for reference in references if reference.label)
        self._by_year = _grouped((reference.year, reference) for reference in references if reference.year)
        self._pointing = [link for link in document.links if link.target in self._by_passage]
        self._starts = [link.span.start for link in self._pointing]

    def resolved(self, citation: Citation) -> Iterator[Link]:
        """A link for each reference that the citation's own links lead to, and for each that its other keys name."""
        linked = {target.id: target for target in self._linked(citation.span)}
        for target in linked.values():
            yield make_link("resolves-to", citation.id, target.id, 1.0)
        answered = {target.label for target in linked.values()}
        if linked and not all(key.isdigit() for key in citation.keys):
            return
        for key in citation.keys:
            candidates = self._by_label.get(key, []) if key.isdigit() else self._by_author(key)
            nearest = _nearest(self._document, citation.span, candidates) if key not in answered else None
            if nearest is not None and nearest.id not in linked:
                linked[nearest.id] = nearest
                yield make_link("resolves-to", citation.id, nearest.id, 0.95 if key.isdigit() else 0.85)

    def _linked(self, span: Span) -> Iterator[Reference]:
        """The references in the passages that links inside `span` lead to."""
        for link in self._pointing[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]:
            yield from self._by_passage[link.target or ""]

    def _by_author(self, key: str) -> list[Reference]:
        """References of the key's year whose first author is the key's first name, or whose body it names."""
        match = _KEY.fullmatch(key)
        names = surnames(match["who"]) if match else ()
        if match is None or not names:
            return []
        dated = self._by_year.get(int(match["year"]), [])
        return [one for one in dated if names[0] in surnames(" ".join(filter(None, _makers(one))))]


def _makers(reference: Reference) -> tuple[str | None, ...]:
    """Who may be meant by a name: the first author, or the body that stands as container or publisher."""
    return (*reference.authors[:1], reference.container, reference.publisher)


K = TypeVar("K")


def _grouped(pairs: Iterable[tuple[K, Reference]]) -> dict[K, list[Reference]]:
    groups: dict[K, list[Reference]] = {}
    for key, reference in pairs:
        groups.setdefault(key, []).append(reference)
    return groups


def _nearest(document: Document, place: Span, candidates: list[Reference]) -> Reference | None:
    """Of several entries with one label, one in the citation's own post or article; else the next after it; else the last."""
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    around = [part.span for part in document.parts if part.parent is None and part.span.contains(place)]
    near = [one for one in candidates if any(span.contains(one.span) for span in around)] or candidates
    return next((one for one in near if one.span.start >= place.end), near[-1])
