"""The published records, as JSON for programs and CSV for tables.

Both hold what the public view holds and nothing else, in the order of the knowledge base.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator

from kb.export.fields import Row, page_at, record_fields
from kb.model import AnyRecord, Document, KnowledgeBase, Part, Source
from kb.public import public_view

NOTE = "Found by machine unless review says otherwise; each record's words are the source's own, at start to end of its text."

BASE = (
    "id", "kind", "source", "source_title", "source_url", "licence", "part", "part_label", "date", "page",
    "page_label", "start", "end", "quote", "speaker", "speaker_role", "attributed_to", "rule", "confidence", "review",
)  # fmt: skip
OWN = (
    "term", "term_norm", "definiens", "claim_kind", "figures", "about", "basis", "basis_code", "for_whom", "form", "ids",
    "label", "title", "authors", "year",
    "container", "volume", "issue", "pages", "publisher", "publisher_place",
    "keys", "concept", "condition", "category", "stance", "placement", "by", "reported_by",
    "marked", "match", "place", "similarity", "original_source", "original_start", "original_end",
)  # fmt: skip
COLUMNS = (*BASE, *OWN)
"""Of the CSV, in order; a kind leaves the columns empty that it does not have."""


def records_json(knowledge: KnowledgeBase) -> str:
    """One JSON object: a note, and the public records as objects with the fields of their kind."""
    rows = list(_rows(public_view(knowledge).knowledge))
    return json.dumps({"note": NOTE, "records": rows}, ensure_ascii=False, indent=1) + "\n"


def records_csv(knowledge: KnowledgeBase) -> str:
    """A table of the public records: a header, then one row each, lines ended by LF. Spreadsheets run none of its cells."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in _rows(public_view(knowledge).knowledge):
        writer.writerow([safe_cell(_flat(row.get(name))) for name in COLUMNS])
    return table.getvalue()


FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def safe_cell(words: str) -> str:
    """`words` with an apostrophe before them where a spreadsheet would take them for a formula.

    That is what OWASP advises: such programs look at the first character, some of them behind white space or control characters.

    >>> safe_cell("=1+1"), safe_cell("20 to 30 %"), safe_cell("\\t@SUM(A1)")
    ("'=1+1", '20 to 30 %', "'\\t@SUM(A1)")
    """
    shown = words.lstrip()
    return f"'{words}" if shown.startswith(FORMULA_STARTS) or words[:1] in {"\t", "\r"} else words


def _flat(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(_flat(item) for item in value)
    if isinstance(value, dict):
        return " ".join(f"{name}={_flat(item)}" for name, item in value.items() if item is not None)
    return str(value)


def _rows(knowledge: KnowledgeBase) -> Iterator[Row]:
    sources = {source.id: source for source in knowledge.sources}
    documents = {document.source_id: document for document in knowledge.documents}
    parts = {part.id: part for document in knowledge.documents for part in document.parts}
    passages = {passage.id: passage.part for document in knowledge.documents for passage in document.passages}
    for record in knowledge.records:
        document = documents[record.source_id]
        part = parts.get(passages.get(record.passage) or "")
        yield (
            _base(sources[record.source_id], document, record, part)
            | _placed(document, parts, part, record)
            | record_fields(document, record)
        )


def _placed(document: Document, parts: dict[str, Part], part: Part | None, record: AnyRecord) -> Row:
    """When the words were written, as the post, article or document says, and the page they begin on; None where unknown."""
    page = page_at(document, record.span.start)
    while part is not None and part.date is None:
        part = parts.get(part.parent or "")
    date = part.date if part else document.date
    return {
        "date": date.value if date else None,
        "page": page.number if page else None,
        "page_label": page.label if page else None,
    }


def _base(source: Source, document: Document, record: AnyRecord, part: Part | None) -> Row:
    return {
        "id": record.id,
        "kind": record.KIND,
        "source": source.id,
        "source_title": source.title,
        "source_url": source.url or document.url,
        "licence": source.licence or document.licence,
        "part": part.id if part else None,
        "part_label": part_label(part) if part else None,
        "start": record.span.start,
        "end": record.span.end,
        "quote": record.quote.exact,
        "speaker": record.speaker,
        "speaker_role": record.speaker_role,
        "attributed_to": record.attributed_to,
        "rule": record.rule,
        "confidence": record.confidence,
        "review": record.review.status,
    }


def part_label(part: Part) -> str:
    """What a table calls a part: its label and heading, else its kind and number."""
    if part.label or part.heading:
        return " ".join(name for name in (part.label, part.heading) if name)
    return f"{part.kind} {part.number}" if part.number is not None else part.kind
