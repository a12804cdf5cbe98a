"""What the index holds about each passage and record, and under which terms it is found."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from kb.index.analysis import keyword, number_term, tokens
from kb.index.fields import FIELDS
from kb.model import (
    AnyRecord,
    Citation,
    Claim,
    Classification,
    Definition,
    Document,
    KnowledgeBase,
    Mention,
    Part,
    Passage,
    Quotation,
    Reference,
    Source,
    Span,
    When,
)
from kb.text.marks import blanked

Raw = dict[str, tuple[str | None, ...]]
"""Field values as the models have them, None where unknown."""
Values = dict[str, tuple[str, ...]]
Positions = tuple[tuple[str, ...], ...]
"""One field of one entry as an engine indexes it: the terms at each position."""


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One passage or record: what a hit shows, and what it is found by."""

    id: str
    kind: str
    """"passage", or a record kind."""
    source: str
    source_title: str
    source_kind: str
    span: Span
    """In the canonical text of the source's document."""
    words: str
    """The words of the span; blanks, one for one, where raised marks stand between them."""
    passage: str = ""
    """Id of the passage it stands in; a passage's own."""
    part: str | None = None
    """What the source calls the innermost labelled or headed part, in words: "section 4.2 Workforce", "post #12"."""
    speaker: str | None = None
    values: Values = {}
    """Values of the other fields of `kb.index.fields.FIELDS`, unanalysed."""


def entries(knowledge: KnowledgeBase) -> Iterator[Entry]:
    """An entry for each passage and record, in the order of sources and, within one, of the text; passages first."""
    documents = {document.source_id: document for document in knowledge.documents}
    records: dict[str, list[AnyRecord]] = {}
    for record in knowledge.records:
        records.setdefault(record.source_id, []).append(record)
    for source in knowledge.sources:
        if source.id in documents:
            yield from _of_document(_Setting(source, documents[source.id]), records.get(source.id, []))


def terms(entry: Entry) -> dict[str, Positions]:
    """The fields of an entry with the terms at each position, as every engine must hold them."""
    fields: dict[str, Positions] = {}
    for name, values in {"text": (entry.words,), **entry.values}.items():
        kind = FIELDS[name].kind
        match kind:
            case "prose":
                fields[name] = tuple(words for value in values for words in _analysed(value)[1])
            case "words":
                fields[name] = tuple(stems for value in values for stems in _analysed(value)[0])
            case "keyword":
                fields[name] = tuple((keyword(value),) for value in values)
            case "number":
                fields[name] = tuple((value,) for value in values)
    return fields


@lru_cache(maxsize=4096)
def _analysed(text: str) -> tuple[Positions, Positions]:
    """Stems and words; records repeat the words of passages, and passages the titles of their source."""
    found = list(tokens(text))
    return tuple(token.stems for token in found), tuple(token.words for token in found)


class _Setting:
    """One document with what every entry of it shares."""

    def __init__(self, source: Source, document: Document) -> None:
        self.source, self.document = source, document
        self.title = source.title or document.title or source.id
        self.text = blanked(document)
        self.parts = {part.id: part for part in document.parts}
        self.passages = {passage.id: passage for passage in document.passages}
        self.date = document.date or source.date

    def part_of(self, passage_id: str) -> Part | None:
        """The innermost part around a passage that has a name of its own."""
        passage = self.passages.get(passage_id)
        part = self.parts.get(passage.part or "") if passage else None
        while part is not None and not (part.label or part.heading or part.number):
            part = self.parts.get(part.parent or "")
        return part

    def pages(self, span: Span) -> tuple[str, ...]:
        """The numbers of the pages a place stands on: as printed, and as counted."""
        pages = self.document.pages
        first = max(0, bisect_right(pages, span.start, key=lambda page: page.span.start) - 1)
        near = pages[first : bisect_left(pages, span.end, key=lambda page: page.span.start)]
        numbers = (number for page in near if page.span.overlaps(span) for number in (page.label, str(page.number)))
        return tuple(dict.fromkeys(number for number in numbers if number))

    def words(self, thing: Passage | AnyRecord) -> str:
        """What an entry is found by; the words of a citation are the mark itself."""
        return thing.span.of(self.document.text if isinstance(thing, Citation) else self.text)

    def shared(self, part: Part | None) -> Raw:
        """Field values that come from source and part."""
        date = (part.date if part else None) or self.date
        return {
            "title": (self.title,),
            "source": (self.source.id,),
            "source_kind": (self.source.source_kind,),
            "jurisdiction": (self.source.jurisdiction,),
            "part": (part.label,) if part else (),
            "heading": (part.heading,) if part else (),
            "year": (_year(date),),
        }


def _of_document(setting: _Setting, records: Iterable[AnyRecord]) -> Iterator[Entry]:
    for passage in setting.document.passages:
        own: Raw = {"kind": ("passage",), "passage_kind": (passage.kind,)}
        yield _entry(setting, passage, passage.id, own)
    for record in sorted((record for record in records if not record.is_kept_back), key=lambda record: record.span):
        shared: Raw = {
            "kind": (record.KIND,),
            "speaker_role": (record.speaker_role,),
            "status": (record.review.status,),
        }
        yield _entry(setting, record, record.passage, shared | values_of(record))


def _entry(setting: _Setting, thing: Passage | AnyRecord, passage: str, own: Raw) -> Entry:
    part = setting.part_of(passage)
    values = setting.shared(part) | {"page": setting.pages(thing.span)} | own
    return Entry(
        id=thing.id,
        kind=str(values["kind"][0]),
        source=setting.source.id,
        source_title=setting.title,
        source_kind=setting.source.source_kind,
        span=thing.span,
        words=setting.words(thing),
        passage=passage,
        part=describe_part(part) if part else None,
        speaker=None if isinstance(thing, Passage) else thing.speaker,
        values={name: known for name, found in values.items() if (known := tuple(value for value in found if value))},
    )


def describe_part(part: Part) -> str:
    """A part in words, by what its source calls it, else its number or heading.

    A heading that repeats its label is not said twice.
    """
    label = part.label or (str(part.number) if part.number else "")
    heading = (part.heading or "").strip()
    heading = heading.removeprefix(label).lstrip(" .:") if label else heading
    return " ".join(piece for piece in (part.kind, label, heading) if piece)


def _year(date: When | None) -> str | None:
    return str(int(date.value[:4])) if date and date.value[:4].isdecimal() else None


def values_of(record: AnyRecord) -> Raw:  # noqa: PLR0911 - one case a kind
    """The field values that belong to a record's own kind."""
    match record:
        case Definition():
            return {"term": (record.term,), "concept": (record.concept,), "form": (record.form,)}
        case Claim():
            return _claim_values(record) | _figure_values(record)
        case Reference():
            values: Raw = {"form": (record.form,), "key": (record.label,), "doi": (record.ids.doi,), "pmid": (record.ids.pmid,)}
            return values | ({"year": (str(record.year),)} if record.year else {})
        case Citation():
            return {"key": record.keys}
        case Mention():
            return {"concept": (record.concept,)}
        case Classification():
            own: Raw = {"concept": (record.condition,), "category": (record.category,), "stance": (record.stance,)}
            own["placement"] = (record.placement,)
            return own | ({"jurisdiction": (record.jurisdiction,)} if record.jurisdiction else {})
        case Quotation():
            return {"match": (record.match,), "place": (record.place,)}


def _claim_values(claim: Claim) -> Raw:
    asked: Raw = {"claim_kind": (claim.claim_kind,), "concept": claim.about, "for_whom": (claim.for_whom,)}
    return asked | ({"basis": (claim.basis.kind,)} if claim.basis else {})


def _figure_values(claim: Claim) -> Raw:
    figures = claim.figures
    numbers = [figure.value if isinstance(figure.value, tuple) else (figure.value,) for figure in figures]
    return {
        "value": tuple(dict.fromkeys(number_term(value) for pair in numbers for value in pair)),
        "unit": tuple(dict.fromkeys(figure.unit for figure in figures)),
        "qualifier": tuple(dict.fromkeys(figure.qualifier for figure in figures)),
        "nature": tuple(dict.fromkeys(figure.nature for figure in figures)),
    }
