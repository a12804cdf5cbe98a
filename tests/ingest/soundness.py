"""What is true of every document, whatever its format: each function lists what is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kb.model import Document, Span


def faults(document: Document) -> list[str]:
    """Everything that breaks the contract of a document."""
    kinds = (part_faults, sibling_faults, passage_faults, uncovered, misplaced, place_faults, link_faults, quotation_faults)
    return [fault for kind in kinds for fault in kind(document)]


def part_faults(document: Document) -> Iterator[str]:
    parts = {part.id: part for part in document.parts}
    if len(parts) < len(document.parts):
        yield "a part's id is given twice"
    for part in document.parts:
        if not part.span.contains(part.body) or part.span.end > len(document.text):
            yield f"{part.kind} {part.span}: its body leaves it"
        if part.parent and not parts[part.parent].span.contains(part.span):
            yield f"{part.span} leaves its parent"
        if part.host_id is not None and part.host_id != part.host_id.strip():
            yield f"the host's id {part.host_id!r} is not trimmed"
    places = [part.span.start for part in document.parts]
    if places != sorted(places) or [part.order for part in document.parts] != list(range(len(places))):
        yield "parts are out of order"


def sibling_faults(document: Document) -> Iterator[str]:
    siblings: dict[str | None, list[Span]] = defaultdict(list)
    for part in document.parts:
        siblings[part.parent].append(part.span)
    for spans in siblings.values():
        yield from (f"siblings overlap at {other}" for one, other in pairwise(spans) if one.overlaps(other))


def passage_faults(document: Document) -> Iterator[str]:
    parts = {part.id: part for part in document.parts}
    passages = {passage.id: passage for passage in document.passages}
    if len(passages) < len(document.passages):
        yield "a passage's id is given twice"
    for passage in document.passages:
        words = document.words(passage)
        if not words or words != words.strip():
            yield f"{passage.span} is empty or not trimmed"
        if passage.part and not parts[passage.part].span.contains(passage.span):
            yield f"{passage.span} leaves its part"
        if passage.lead and passages[passage.lead].span.end > passage.span.start:
            yield f"{passage.span} stands before its lead"
    yield from (f"{one} and {other} overlap" for one, other in pairwise(covered(document)) if one.overlaps(other))


def covered(document: Document) -> list[Span]:
    """Where passages and furniture stand."""
    return sorted(place.span for place in (*document.passages, *document.furniture))


def uncovered(document: Document) -> Iterator[str]:
    """Words that stand in no passage and in no furniture."""
    held = bytearray(len(document.text))
    for span in covered(document):
        held[span.start : span.end] = b"\1" * len(span)
    yield from (f"{at}: {char!r} is lost" for at, char in enumerate(document.text) if not held[at] and not char.isspace())


def misplaced(document: Document) -> Iterator[str]:
    """Names that are not the words at their place."""
    for person in document.people:
        if person.span.of(document.text) != person.name:
            yield f"{person.name!r} is not at {person.span}"


def place_faults(document: Document) -> Iterator[str]:
    """Pages and files out of order, on each other or outside the text."""
    for name, spans in (("pages", [page.span for page in document.pages]), ("files", document.file_spans)):
        yield from (f"{name} are out of order at {span}" for span in _disordered(spans, len(document.text)))
    yield from (f"there is no page {page.number}" for page in document.pages if page.number < 1)


def _disordered(spans: Sequence[Span], length: int) -> list[Span]:
    beyond = [span for span in spans if span.end > length]
    return beyond + [other for one, other in pairwise(spans) if other.start < one.end]


def link_faults(document: Document) -> Iterator[str]:
    passages = {passage.id for passage in document.passages}
    for link in document.links:
        if not len(link.span) or link.span.end > len(document.text):
            yield f"the link {link.span} has no words"
        if link.target is not None and link.target not in passages:
            yield f"the link {link.span} leads to a passage that is not there"
        if link.status == "ok" and link.relation == "web" and link.href is None:
            yield f"the link {link.span} is said to lead somewhere"
        if link.href is not None and not link.href.lower().startswith(("http://", "https://", "mailto:")):
            yield f"the link {link.span} is of a scheme that no page may have"


def quotation_faults(document: Document) -> Iterator[str]:
    """Quotations of parts that are not there, or stand no earlier."""
    parts = {part.id: part for part in document.parts}
    for part in document.parts:
        if part.quote_of and part.kind != "quotation":
            yield f"{part.span} quotes and is no quotation"
        if part.quote_of and part.quote_of.part and parts[part.quote_of.part].span.end > part.span.start:
            yield f"{part.span} quotes itself or a later part"
