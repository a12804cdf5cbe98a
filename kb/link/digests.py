"""Digests give way: a digest's record becomes an alias of the original's record it restates.

A digest and its original count as one document. Where both are held, a digest record gives way to the original's record of the
same kind that overlaps the place its statement restates; what has no counterpart stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.link.linked import Held, Linked
from kb.model import Alias, AnyRecord, Claim, Mention, Reference, Span


def link_digests(held: Held, linked: Linked) -> Linked:
    """`linked` with every digest record that has a counterpart in its held original turned into an alias.

    Such records leave `records`; their ids answer through `aliases`. Several may give way to one record of the original.
    """
    originals = {source.id: source.digest_of for source in held.sources if source.digest_of}
    by_source: dict[str, list[AnyRecord]] = {}
    for record in linked.records:
        by_source.setdefault(record.source_id, []).append(record)
    targets: dict[str, str] = {}
    for digest, original in originals.items():
        spans = held.digest_spans.get(digest, ())
        for record in by_source.get(digest, []):
            counterpart = _counterpart(record, spans, by_source.get(original, []))
            if counterpart:
                targets[record.id] = counterpart.id
    aliases = tuple(Alias(id=origin, target=target) for origin, target in targets.items())
    kept = tuple(record for record in linked.records if record.id not in targets)
    return replace(linked, records=kept, aliases=linked.aliases + aliases)


def _counterpart(record: AnyRecord, spans: Sequence[tuple[Span, Span]], candidates: Sequence[AnyRecord]) -> AnyRecord | None:
    """The original's record of the same kind on the place restated: of the same subject first, then the most overlap."""
    places = [original for digest, original in spans if digest.overlaps(record.span)]
    same_kind = [one for one in candidates if type(one) is type(record) and any(one.span.overlaps(place) for place in places)]
    if isinstance(record, Mention):
        same_kind = [one for one in same_kind if one.subject() == record.subject()]
    if not same_kind:
        return None
    return max(same_kind, key=lambda one: (_likeness(record, one), _shared(one.span, places), -one.span.start))


def _likeness(record: AnyRecord, other: AnyRecord) -> int:
    """How much two readings agree: on the subject, on identifiers, on figures."""
    agreed = int(bool(record.subject()) and record.subject() == other.subject())
    if isinstance(record, Reference) and isinstance(other, Reference):
        agreed += 2 * bool(_named(record) & _named(other)) + (record.label is not None and record.label == other.label)
    if isinstance(record, Claim) and isinstance(other, Claim):
        values = {(figure.value, figure.unit) for figure in other.figures}
        agreed += sum((figure.value, figure.unit) in values for figure in record.figures)
    return agreed


def _named(reference: Reference) -> set[str]:
    ids = reference.ids
    return {name for name in (ids.doi, ids.pmid, ids.isbn, ids.nice, ids.url, (reference.title or "").casefold()) if name}


def _shared(span: Span, places: Sequence[Span]) -> int:
    return sum(max(0, min(span.end, place.end) - max(span.start, place.start)) for place in places)
