"""Citations resolve to references of their own document: by label, or by author and year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kb.link.linked import Held, Linked, make_link
from kb.link.surnames import surnames
from kb.model import Citation, Document, Link, Reference, Span

_KEY = re.compile(r"(?P<who>.*?)\W*\s(?P<year>(?:19|20)\d\d)[a-z]?\b.*")


def link_citations(held: Held, linked: Linked) -> Linked:
    """`linked` with a link "resolves-to" from every citation to the references its keys name.

    A key that names no entry of the document stays open: the list was not pasted, or is lost.
    """
    links: list[Link] = []
    for document in held.documents:
        own = [record for record in linked.records if record.source_id == document.source_id]
        references = [record for record in own if isinstance(record, Reference)]
        for citation in own:
            if isinstance(citation, Citation):
                links += _resolved(document, citation, references)
    known = {link.id for link in linked.links}
    return replace(linked, links=linked.links + tuple(link for link in links if link.id not in known))


def _resolved(document: Document, citation: Citation, references: list[Reference]) -> Iterator[Link]:
    seen: set[str] = set()
    for key in citation.keys:
        candidates = [one for one in references if one.label == key] if key.isdigit() else _by_author(key, references)
        target = _nearest(document, citation.span, candidates)
        if target and target.id not in seen:
            seen.add(target.id)
            yield make_link("resolves-to", citation.id, target.id, 0.95 if key.isdigit() else 0.85)


def _by_author(key: str, references: list[Reference]) -> list[Reference]:
    """References of the key's year whose first author is the key's first name, or whose body it names."""
    match = _KEY.fullmatch(key)
    if match is None:
        return []
    names = surnames(match["who"])
    dated = [one for one in references if one.year == int(match["year"])]
    return [one for one in dated if names and names[0] in surnames(" ".join([*one.authors[:1], one.container or ""]))]


def _nearest(document: Document, place: Span, candidates: list[Reference]) -> Reference | None:
    """Of several entries with one label, one in the citation's own post or article; else the next after it; else the last."""
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    around = [part.span for part in document.parts if part.parent is None and part.span.contains(place)]
    near = [one for one in candidates if any(span.contains(one.span) for span in around)] or candidates
    return next((one for one in near if one.span.start >= place.end), near[-1])
