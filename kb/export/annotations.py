"""Every record and entry in the form of the gold annotations: complete and private, for scoring and for other programs.

One row an annotation: `file` (name of the source's first file), `type`, `start`, `end` (half-open code points of the
canonical text), `quote` (the words there), in documents with pages `page` (counted from 1) and `page_label` (as printed), and the
fields of its type under the names the gold uses.
"""

import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from kb.export.fields import Row, page_at, record_fields
from kb.extract.references.titles import is_reference_heading
from kb.model import AnyRecord, Citation, Document, KnowledgeBase, Mention, Part, Quotation, Span

YEAR_IN_BRACKETS = re.compile(r"\(((?:19|20)\d\d[a-z]?)\)")
ENTRY_KINDS = frozenset({"post", "article", "section", "box"})


def annotations(knowledge: KnowledgeBase) -> list[Row]:
    """All rows, source by source in the order of the knowledge base, in text order within each.

    Sources without a document give none, and nor does what is kept back as unclear. A quotation's `source_file` is there only
    when its original was found.
    """
    files = {source.id: PurePosixPath(source.files[0].path).name for source in knowledge.sources}
    by_source: dict[str, list[AnyRecord]] = {}
    for record in (record for record in knowledge.records if not record.is_kept_back):
        by_source.setdefault(record.source_id, []).append(record)
    targets = _resolved(knowledge)
    rows: list[Row] = []
    for document in knowledge.documents:
        named = {"file": files[document.source_id]}
        found = [_entry(document, part) for part in document.parts if _is_entry(document, part)]
        records = by_source.get(document.source_id, [])
        found += [_record(document, record) | _links(record, files, targets) for record in records]
        rows += [named | row for row in sorted(found, key=_place)]
    return rows


def own_body(document: Document, part: Part) -> Span:
    """What is written directly under a part: its body up to the first entry inside it."""
    inner = [
        other.span.start
        for other in document.parts
        if other.parent == part.id and other.kind in ENTRY_KINDS and part.body.start <= other.span.start
    ]
    return Span(part.body.start, min([*inner, part.body.end])).trimmed(document.text)


def _is_entry(document: Document, part: Part) -> bool:
    if part.kind not in ENTRY_KINDS or not len(own_body(document, part)):
        return False
    if part.heading is not None and is_reference_heading(part.heading):
        return False
    return part.kind in {"post", "article"} or bool(part.label or part.heading)


def _entry(document: Document, part: Part) -> Row:
    return _placed(document, "entry", own_body(document, part)) | {
        "id": part.id,
        "number": part.number,
        "label": part.label,
        "title": part.heading,
        "author": part.author.name if part.author else None,
        "date": part.date.value if part.date else None,
    }


def _record(document: Document, record: AnyRecord) -> Row:
    base = _placed(document, NAMES.get(type(record), record.KIND), record.span)
    base |= {"id": record.id, "by": record.speaker, "attributed_to": record.attributed_to}
    return (
        base | {"rule": record.rule, "confidence": record.confidence, "review": record.review.status} | _fields(document, record)
    )


def _placed(document: Document, name: str, span: Span) -> Row:
    page = page_at(document, span.start)
    paged: Row = {"page": page.number, "page_label": page.label} if page else {}
    return {"type": name, "start": span.start, "end": span.end, "quote": span.of(document.text)} | paged


def _place(row: Row) -> tuple[str, ...]:
    return (f"{row['start']:012}", f"{row['end']:012}", str(row["type"]), str(row["id"]))


NAMES: dict[type[AnyRecord], str] = {Mention: "condition"}
"""Kinds that the gold calls by another name."""

RENAMED = {"claim_kind": "kind", "figures": "values"}
"""Fields that the gold calls by another name."""


def _fields(document: Document, record: AnyRecord) -> Row:
    fields = record_fields(document, record)
    return {RENAMED.get(name, name): value for name, value in fields.items()}


def _links(record: AnyRecord, files: dict[str, str], targets: dict[str, list[str]]) -> Row:
    if isinstance(record, Citation):
        return {"resolves_to": targets.get(record.id, []), "keys": marker_keys(record)}
    if isinstance(record, Quotation) and record.original_source in files and record.original is not None:
        return {
            "source_file": files[record.original_source],
            "source_start": record.original.start,
            "source_end": record.original.end,
        }
    return {}


def marker_keys(citation: Citation) -> list[str]:
    """The keys as the gold has them: what stands inside the marker.

    In "Lee and Roe (2015)" the marker is "(2015)", so its key is the year; in "(Lee and Roe 2015)" the names stand inside it.
    """
    years = YEAR_IN_BRACKETS.findall(citation.quote.exact) if citation.style == "author-year" else []
    return years or list(citation.keys)


def _resolved(knowledge: KnowledgeBase) -> dict[str, list[str]]:
    targets: dict[str, list[str]] = {}
    for origin, target in _resolutions(knowledge):
        targets.setdefault(origin, []).append(target)
    return targets


def _resolutions(knowledge: KnowledgeBase) -> Iterator[tuple[str, str]]:
    return ((link.origin, link.target) for link in knowledge.links if link.relation == "resolves-to")


def annotation_lines(knowledge: KnowledgeBase) -> str:
    """The rows as JSON Lines, one a line, each ended by LF."""
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in annotations(knowledge))
