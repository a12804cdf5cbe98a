"""References by their form: entries of a list, entries inside running text, lines of grey literature."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from kb.extract.found import Found
from kb.extract.passages import passages_with
from kb.extract.references.bibliographic import Bibliographic, identifiers_in, is_reference, parse_reference
from kb.extract.references.forms import AUTHORS, AUTHORS_END, BOOK_TAIL, JOURNAL_TAIL, split_label
from kb.extract.references.identifiers import Scheme, find_identifiers
from kb.extract.references.titles import has_document_noun, is_body, is_reference_heading, year_in
from kb.model import Document, Reference, Span
from kb.model.records import ReferenceForm

_RUNNING = ("paragraph", "item", "note")
_LABEL_BEFORE = re.compile(r"(?:^|\n)\s*(?:[-*]\s)?\[?(\d{1,3})[\].]?\s*$")
_LABEL_GAP = 4
_LABEL_FRAME = "[]().: \t\n"
"""What stands around a label that its reader set apart, and at most how far before the entry."""
_LABEL_LOCATED = re.compile(r"\s*\[[^\[\]\n]{0,60}\breference (\d{1,3})\]")
_INLINE_LIMIT = 500
CENTURIES = ("18", "19", "20")
"""How a year begins: without one nothing is a reference by its form."""
_SHORT = re.compile(
    r"\b(?P<container>[A-Z][\w.&-]{0,40}(?:\s(?:(?:of|and|in|for|the|&)\s)?[A-Z][\w.&-]{0,40}){0,6}),?\s"
    r"(?=(?:19|20)\d\d(?:\s[A-Z][a-z]{2,8}(?:\s\d{1,2})?)?\s?;\s?\d+(?:\s?\([^()]{1,12}\))?\s?:\s?[a-z]?\d)"
)
"""A journal's name right before "2015;350:h227"."""
_SHORT_TAIL = re.compile(r"(?:19|20)\d\d(?:\s[A-Z][a-z]{2,8}(?:\s\d{1,2})?)?\s?;\s?\d")
_TAIL = re.compile(r"(?:1[89]|20)\d\d[^:;\n]{0,30}[:;]|[;,]\s?(?:1[89]|20)\d\d")
"""What a journal's or a book's tail holds, in any case: a year with a colon, semicolon or comma beside it."""
_BY = ("paper by ", "article by ", "study by ", "review by ", "book by ", "editorial by ", "report by ")
_PAPER_BY = re.compile(
    r"(?:\b(?:the|an?|his|her|their|our) (?:[a-z]+ ){0,2})?(?:paper|article|study|review|book|editorial|report) by "
    r"(?P<names>[A-Z][\w'.-]*(?:(?:,? and|,? &|,)? [A-Z][\w'.-]*){0,12}) "
    r"\((?P<where>[^()]{0,40}?(?P<year>(?:19|20)\d\d)[^()]{0,40})\)"
)
_TITLE_OF_PERSON = re.compile(r"^(?:Dr|Prof(?:essor)?|Sir|Mr|Mrs|Ms)\.? ")
_NAME_JOINT = re.compile(r",\s*(?:and\s+)?|\s+and\s+|\s*&\s*")
_DATE_OR_MARK = re.compile(r"\b(?:[A-Z][a-z]+ )?(?:19|20)\d\d\b|\d+$")
_TITLE_YEAR_AUTHOR = re.compile(
    r"(?P<title>[A-Z\"'].{15,250}?), (?P<year>(?:19|20)\d\d), "
    r"(?P<authors>[A-Z][\w'-]+(?:(?:,? and|,? &|,)? [A-Z][\w'-]*){0,6}(?:,? et al\.?)?)"
)
_YEAR_BETWEEN = re.compile(r", (?:19|20)\d\d, ")
_SOURCE_LINE = re.compile(r"(?:Sources?|References?|Citation|Cited from|Taken from): (?P<rest>[A-Z].{15,400})")
_TITLE_YEAR_BODY = re.compile(r"(?P<title>[^.()]{12,300}) \((?P<year>(?:19|20)\d\d)\)\. (?P<body>[A-Z][^.]{2,200})\.?")


def listed_entries(found: Found) -> Iterator[Reference]:
    """Whole passages that are one entry: of kind "reference", or plainly one by their form."""
    text = found.document.text
    labels = {piece.span.end: piece.span.of(text) for piece in found.document.furniture if piece.kind == "label"}
    years = found.prepared.cued(CENTURIES)
    for passage in found.document.passages:
        is_dated = passage.kind in _RUNNING and years.is_any_inside(passage.span)
        if passage.kind != "reference" and not is_dated:
            continue
        words = found.document.words(passage)
        if passage.kind == "reference" or is_reference(words):
            draft = entry_of(found.document, passage.span, parse_reference(words), "entry")
            start = passage.span.start
            label = next((labels[end] for end in range(start, max(0, start - _LABEL_GAP), -1) if end in labels), None)
            yield msgspec.structs.replace(draft, label=label.strip(_LABEL_FRAME)) if label and draft.label is None else draft


def items_of_lists(found: Found) -> Iterator[Reference]:
    """What stands under a heading of references and is no entry by its form: a title with or without year and identifier."""
    listed = {part.id for part in found.document.parts if part.heading and is_reference_heading(part.heading)}
    for passage in found.document.passages:
        if passage.part in listed and passage.kind in _RUNNING:
            yield from _listed_item(found.document, passage.span)


def _listed_item(document: Document, span: Span) -> Iterator[Reference]:
    words = span.of(document.text)
    identified = find_identifiers(words)
    schemes = {one.scheme for one in identified}
    if not schemes <= {"url", "doi", "isbn"}:
        return
    draft = entry_of(document, span, parse_reference(words), "listed-item")
    named = words[: identified[0].span.start] if identified else words
    if draft.year or draft.authors:
        yield draft
    elif named.strip():
        yield msgspec.structs.replace(_undated_item(draft, named), form=_form(schemes))


def _form(schemes: set[Scheme]) -> ReferenceForm:
    if "isbn" in schemes:
        return "bibliographic"
    return "doi" if "doi" in schemes else "url" if schemes else "title"


def _undated_item(draft: Reference, words: str) -> Reference:
    """A listed item without authors and year: a body's name in front is its author, what follows the title its container."""
    first, _, rest = " ".join(words.split()).strip(" .:").partition(". ")
    if rest and is_body(first):
        return msgspec.structs.replace(draft, authors=(first,), title=rest, container=None)
    if rest and has_document_noun(rest):
        first, rest = f"{first}. {rest}", ""
    return msgspec.structs.replace(draft, title=first, container=rest or None)


def entry_of(document: Document, span: Span, parsed: Bibliographic, rule: str) -> Reference:
    """The reference at `span`, its label taken from the span's own start, the line before it or the locator behind it."""
    label, start = split_label(span.of(document.text))
    before = _LABEL_BEFORE.search(document.text, max(0, span.start - 12), span.start)
    behind = _LABEL_LOCATED.match(document.text, span.end)
    return Reference(
        span=Span(span.start + start, span.end),
        rule=rule,
        confidence=0.95 if parsed.is_full else 0.7,
        form="bibliographic",
        ids=parsed.ids,
        label=label or (before or behind or [None, None])[1],
        title=parsed.title,
        authors=parsed.authors,
        year=parsed.year,
        container=parsed.container,
        volume=parsed.volume,
        issue=parsed.issue,
        pages=parsed.pages,
        publisher=parsed.publisher,
        publisher_place=parsed.publisher_place,
    )


def inline_entries(found: Found) -> Iterator[Reference]:
    """Entries inside running text: a list of authors with initials, and a journal's or a book's tail close behind."""
    for passage, words in passages_with(found, *CENTURIES):
        if passage.kind == "reference" or not _TAIL.search(words) or is_reference(words):
            continue
        floor = 0
        for authors in AUTHORS.finditer(words):
            is_list = authors.start() >= floor and AUTHORS_END.match(words, authors.end()) is not None
            end = _tail_end(words, authors.end()) if is_list else None
            if end:
                floor = end
                span = Span(authors.start(), end).shifted(passage.span.start)
                yield entry_of(found.document, span, parse_reference(words[authors.start() : end]), "inline-entry")


def _tail_end(words: str, start: int) -> int | None:
    limit = min(len(words), start + _INLINE_LIMIT)
    found = [pattern.search(words, start, limit) for pattern in (JOURNAL_TAIL, BOOK_TAIL)]
    ends = [tail.end() for tail in found if tail and _is_full(tail)]
    return min(ends) + (words[min(ends) : min(ends) + 1] == ".") if ends else None


def _is_full(tail: re.Match[str]) -> bool:
    """Whether a tail says more than a year: without authors before it, a year alone is no reference."""
    groups = tail.groupdict()
    is_journal = groups.get("pages") or groups.get("pages_only") or groups.get("volume")
    return bool(is_journal or (groups.get("publisher") and groups.get("year")))


def short_entries(found: Found) -> Iterator[Reference]:
    """A journal's name with year, volume and page, and nothing else: "BMJ 2015;350:h227"."""
    for passage, words in passages_with(found, *CENTURIES):
        for match in _SHORT.finditer(words) if _SHORT_TAIL.search(words) else ():
            tail = JOURNAL_TAIL.match(words, match.end())
            if tail and tail["pages"]:
                yield Reference(
                    span=Span(match.start(), tail.end()).shifted(passage.span.start),
                    rule="short-entry",
                    confidence=0.85,
                    form="bibliographic",
                    year=int(tail["year"]),
                    container=match["container"],
                    volume=tail["volume"],
                    issue=tail["issue"],
                    pages=tail["pages"],
                )


def grey_lines(found: Found) -> Iterator[Reference]:
    """Lines that are a reference by their form: "Title, 2018, Author", as threads are named, and "Source: ..."."""
    for passage, words in passages_with(found, *CENTURIES):
        named = _TITLE_YEAR_AUTHOR.fullmatch(words) if _YEAR_BETWEEN.search(words) else None
        if named:
            authors = tuple(name for name in _NAME_JOINT.split(named["authors"]) if name)
            yield Reference(
                span=passage.span,
                rule="title-year-author",
                confidence=0.8,
                form="bibliographic",
                title=named["title"],
                authors=authors,
                year=int(named["year"]),
            )
        source = _SOURCE_LINE.fullmatch(words)
        if source and year_in(source["rest"]):
            yield _source_line(found.document, passage.span, source["rest"])


def _source_line(document: Document, span: Span, rest: str) -> Reference:
    span = Span(span.end - len(rest), span.end)
    dated = _TITLE_YEAR_BODY.fullmatch(rest)
    if dated:
        ids = identifiers_in(rest)
        parsed = Bibliographic(title=dated["title"], year=int(dated["year"]), publisher=dated["body"], ids=ids)
    else:
        parsed = parse_reference(rest)
    return msgspec.structs.replace(entry_of(document, span, parsed, "source-line"), label=None)


def papers_by(found: Found) -> Iterator[Reference]:
    """A work named by authors and more than a year, which would be a citation: "the paper by A and B (May 2003, a journal)"."""
    for passage, words in passages_with(found, *_BY):
        for match in _PAPER_BY.finditer(words):
            if match["where"] == match["year"]:
                continue
            names = [_TITLE_OF_PERSON.sub("", name) for name in _NAME_JOINT.split(match["names"]) if name]
            yield Reference(
                span=Span(*match.span()).shifted(passage.span.start),
                rule="paper-by",
                confidence=0.8,
                form="bibliographic",
                authors=tuple(names),
                year=int(match["year"]),
                container=_DATE_OR_MARK.sub("", match["where"]).strip(" ,;") or None,
            )
