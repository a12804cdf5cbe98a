"""References: every full pointer to a work, by entry, identifier, link or title.

Rules propose, the more telling one wins where two overlap, and what a wider one holds (the DOI at the end of an entry) becomes
part of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec

from kb.extract.bibliographic import AUTHORS, BOOK_TAIL, JOURNAL_TAIL, Bibliographic, is_reference, parse_reference, split_label
from kb.extract.found import Found
from kb.extract.identifiers import Identified, find_identifiers, ids_of_url
from kb.extract.pasted import find_pasted
from kb.extract.titles import find_quoted, find_runs, is_body, is_document_link, is_title_line, year_after, year_in
from kb.model import Document, Identifiers, Passage, Reference, Span
from kb.model.records import ReferenceForm
from kb.text.folding import fold_same_length

Rule = Callable[[Found], Iterator[Reference]]

_FORMS: dict[str, ReferenceForm] = {
    "url": "url",
    "doi": "doi",
    "pmid": "pmid",
    "isbn": "bibliographic",
    "nice": "guideline",
    "legislation": "legislation",
    "classification": "title",
}
_LABEL_BEFORE = re.compile(r"(?:^|\n)\s*\[?(\d{1,3})[\].]?\s*$")
_INLINE_LIMIT = 500
_LINK_MARKUP = re.compile(r"^!?\[(?P<words>[^\]]*)\]")
_BODY_GUIDELINES = re.compile(
    r"(?:[Tt]he )?(?P<body>(?:[A-Z][\w'’&-]+ (?:(?:of|for|and|the) ){0,2}){2,8})(?:guidelines?|guidance)\b"
)
_PAPER_BY = re.compile(
    r"(?:\b(?:the|an?) )?(?:[a-z]+ ){0,2}(?:paper|article|study|review|book|editorial|report) by (?P<names>[A-Z][\w'’.-]*(?:(?:,? and|,? &|,)? [A-Z][\w'’.-]*){0,12}) "
    r"\((?P<where>[^()]{0,40}?(?P<year>(?:19|20)\d\d)[^()]{0,40})\)"
)
_TITLE_YEAR_AUTHOR = re.compile(
    r"(?P<title>[A-Z‘“\"].{15,250}?), (?P<year>(?:19|20)\d\d), (?P<authors>[A-Z][\w'’-]+(?:(?:,| and| &|,? et al\.?) ?[A-Z]?[\w'’-]*){0,6})"
)
_SOURCE_LINE = re.compile(r"(?:Sources?|References?|Citation|Cited from|Taken from): (?P<rest>[A-Z].{15,400})", re.DOTALL)
_TITLE_BEFORE_CODE = re.compile(r"(?P<title>[A-Z][^.!?()\n•]{12,250}(?:\([A-Z/]+\)[^.!?()\n•]{0,100})?) \($")


def extract(found: Found) -> Iterator[Reference]:
    """Yield the references of the document in text order, none overlapping another.

    A title's year stands in every reference to that title as soon as one place of the document states it.
    """
    kept: list[Reference] = []
    for rule in RULES:
        for draft in rule(found):
            if not any(draft.span.overlaps(other.span) for other in kept):
                kept.append(draft)
    kept.sort(key=lambda draft: draft.span)
    yield from _with_shared_years(_with_isbns(found.document.text, kept))


def _with_isbns(text: str, drafts: list[Reference]) -> list[Reference]:
    """An ISBN close behind a title belongs to it; one that stands alone stays a reference of its own."""
    merged: list[Reference] = []
    for draft in drafts:
        is_isbn = draft.rule == "identifier-isbn" and bool(merged) and merged[-1].form in ("title", "bibliographic")
        if is_isbn and len(text[merged[-1].span.end : draft.span.start].split()) <= 2:
            ids = msgspec.structs.replace(merged[-1].ids, isbn=draft.ids.isbn)
            merged[-1] = msgspec.structs.replace(merged[-1], ids=ids)
        else:
            merged.append(draft)
    return merged


def _with_shared_years(drafts: list[Reference]) -> Iterator[Reference]:
    years: dict[str, set[int]] = {}
    for draft in drafts:
        if draft.title and draft.year:
            years.setdefault(draft.title.lower(), set()).add(draft.year)
    for draft in drafts:
        stated = years.get((draft.title or "").lower(), set())
        yield msgspec.structs.replace(draft, year=min(stated)) if draft.year is None and len(stated) == 1 else draft


def _entries(found: Found) -> Iterator[Reference]:
    """Whole passages that are one entry: of kind "reference", or authors with initials, a title and a year."""
    for passage in found.document.passages:
        words = found.document.words(passage)
        if passage.kind == "reference" or (passage.kind in ("paragraph", "item", "note") and is_reference(words)):
            yield _entry(found.document, passage.span, parse_reference(words), "entry")


def _entry(document: Document, span: Span, parsed: Bibliographic, rule: str) -> Reference:
    label, start = split_label(span.of(document.text))
    before = _LABEL_BEFORE.search(document.text, max(0, span.start - 12), span.start)
    return Reference(
        span=Span(span.start + start, span.end),
        rule=rule,
        confidence=0.95 if parsed.shape != "unknown" else 0.7,
        form="bibliographic",
        ids=parsed.ids,
        label=label or (before[1] if before else None),
        title=parsed.title,
        authors=parsed.authors,
        year=parsed.year,
        container=parsed.container,
        volume=parsed.volume,
        issue=parsed.issue,
        pages=parsed.pages,
    )


def _pasted(found: Found) -> Iterator[Reference]:
    """Article heads copied from a journal's page."""
    yield from find_pasted(found.document.text)


def _inline_entries(found: Found) -> Iterator[Reference]:
    """Entries inside running text: a list of authors with initials, and a journal's or a book's tail close behind."""
    for passage, words in _passages(found.document):
        floor = 0
        for authors in AUTHORS.finditer(words):
            end = _tail_end(words, authors.end()) if authors.start() >= floor else None
            if end:
                floor = end
                span = Span(authors.start(), end).shifted(passage.span.start)
                yield _entry(found.document, span, parse_reference(words[authors.start() : end]), "inline-entry")


def _tail_end(words: str, start: int) -> int | None:
    limit = min(len(words), start + _INLINE_LIMIT)
    tails = [tail for pattern in (JOURNAL_TAIL, BOOK_TAIL) if (tail := pattern.search(words, start, limit)) and _is_full(tail)]
    if not tails:
        return None
    end = min(tail.end() for tail in tails)
    return end + (words[end : end + 1] == ".")


def _is_full(tail: re.Match[str]) -> bool:
    groups = tail.groupdict()
    return bool(
        groups.get("pages")
        or groups.get("pages_only")
        or groups.get("volume")
        or (groups.get("publisher") and groups.get("year"))
    )


def _grey_lines(found: Found) -> Iterator[Reference]:
    """Lines that are a reference by their form: "Source: ...", "Title, 2018, Author"."""
    for passage, words in _passages(found.document):
        named = _TITLE_YEAR_AUTHOR.fullmatch(words.strip())
        if named:
            authors = tuple(name for name in re.split(r",\s|\sand\s|\s&\s", named["authors"]) if name)
            yield Reference(
                span=passage.span,
                rule="title-year-author",
                form="bibliographic",
                title=named["title"],
                authors=authors,
                year=int(named["year"]),
                confidence=0.8,
            )
        source = _SOURCE_LINE.fullmatch(words.strip())
        if source and year_in(source["rest"]):
            yield _source_line(found.document, passage.span, source["rest"])


def _source_line(document: Document, span: Span, rest: str) -> Reference:
    span = Span(span.end - len(rest), span.end)
    title, _, body = re.sub(r"\s*\(((?:19|20)\d\d)\)", "", rest).partition(". ")
    reference = _entry(document, span, parse_reference(rest), "source-line")
    return msgspec.structs.replace(
        reference, title=title.strip(), container=body.strip(" .") or None, year=year_in(rest), authors=(), label=None
    )


def _papers_by(found: Found) -> Iterator[Reference]:
    """ "the paper by A and B (May 2003, a journal)"."""
    for passage, words in _passages(found.document):
        for match in _PAPER_BY.finditer(words):
            names = re.split(r",\s*|\s+and\s+|\s*&\s*", match["names"].strip(" ,"))
            container = re.sub(r"\b(?:[A-Z][a-z]+ )?(?:19|20)\d\d\b|\d+$", "", match["where"]).strip(" ,;") or None
            yield Reference(
                span=Span(*match.span()).shifted(passage.span.start),
                rule="paper-by",
                confidence=0.8,
                form="bibliographic",
                authors=tuple(re.sub(r"^(?:Dr|Prof(?:essor)?|Mr|Mrs|Ms)\.? ", "", name) for name in names if name),
                year=int(match["year"]),
                container=container,
            )


def _identified(found: Found) -> Iterator[Reference]:
    """Addresses, DOIs, PMIDs, ISBNs, NICE codes, legislation and classifications, each where it stands in a passage."""
    text = found.document.text
    spans = [passage.span for passage in found.document.passages]
    for one in find_identifiers(text):
        if _is_inside(spans, one.span) and one.scheme != "classification":
            yield _guideline_with_title(text, one) if one.scheme == "nice" else _by_identifier(one, one.span)


def _is_inside(spans: list[Span], place: Span) -> bool:
    return any(span.overlaps(place) for span in spans)


def _by_identifier(one: Identified, span: Span, title: str | None = None) -> Reference:
    return Reference(
        span=span, rule=f"identifier-{one.scheme}", form=_FORMS[one.scheme], ids=one.ids, title=title or one.title, year=one.year
    )


def _guideline_with_title(text: str, one: Identified) -> Reference:
    """A NICE product with the title before its code in brackets, where there is one."""
    lead = _TITLE_BEFORE_CODE.search(text, max(0, one.span.start - 300), one.span.start)
    if (
        lead is None
        or sum(word[0].isupper() for word in lead["title"].split()) < 3
        or text[one.span.end : one.span.end + 1] != ")"
    ):
        return _by_identifier(one, one.span)
    return _by_identifier(one, Span(lead.start("title"), one.span.end + 1), " ".join(lead["title"].split()))


def _linked_titles(found: Found) -> Iterator[Reference]:
    """Words of hyperlinks that name a document, and addresses behind links that do not stand in the text."""
    text = found.document.text
    for link in found.document.links:
        markup = _LINK_MARKUP.match(link.span.of(text))
        span = Span(link.span.start + markup.start("words"), link.span.start + markup.end("words")) if markup else link.span
        words = " ".join(span.of(text).split())
        address = link.href if link.href and link.href.startswith(("http://", "https://")) else None
        if words and is_document_link(words):
            year, _ = year_after(text, _end_of_markup(text, span.end))
            ids = ids_of_url(address) if address else Identifiers()
            yield Reference(span=span, rule="link-title", confidence=0.85, form="title", ids=ids, title=words, year=year)


def _end_of_markup(text: str, end: int) -> int:
    match = re.compile(r"\]\([^)\s]*\)").match(text, end)
    return match.end() if match else end


def _body_guidelines(found: Found) -> Iterator[Reference]:
    """ "The British Pain Society guidelines": a body's own, without a title."""
    for passage, words in _passages(found.document):
        for match in _BODY_GUIDELINES.finditer(words):
            if is_body(match["body"]):
                span = Span(*match.span()).shifted(passage.span.start)
                body = match["body"].strip()
                yield Reference(
                    span=span, rule="body-guidelines", confidence=0.7, form="guideline", authors=(body,), title=match.group()
                )


def _quoted_titles(found: Found) -> Iterator[Reference]:
    """Titles in quotation marks, and lines that are nothing but a quoted title."""
    for passage, words in _passages(found.document):
        bare = words.strip(' "“”‘’')
        if words[:1] in '"“‘' and words[-1:] in '"”’' and is_title_line(bare):
            yield _title(passage.span, words, 1, len(words) - 1, "quoted-line")
        for span in find_quoted(words):
            yield _title(passage.span, words, span.start + 1, span.end - 1, "quoted-title")


def _title(base: Span, words: str, start: int, end: int, rule: str) -> Reference:
    year, stop = year_after(words, end)
    title = " ".join(words[start:end].split())
    return Reference(
        span=Span(start, max(end, stop)).shifted(base.start), rule=rule, confidence=0.75, form="title", title=title, year=year
    )


def _title_lines(found: Found) -> Iterator[Reference]:
    """Title lines of posts and articles with an address, a date or an ISBN beside them: headings of pasted documents."""
    if found.source.source_kind == "guidance":
        return
    passages = list(_passages(found.document))
    for index, (passage, words) in enumerate(passages):
        beside = [near for _, near in passages[max(0, index - 1) : index] + passages[index + 1 : index + 2]]
        if is_title_line(words) and any(_IS_EVIDENCE.match(near) for near in [*beside, *_last_line(found.document, passage)]):
            yield msgspec.structs.replace(_title(passage.span, words, 0, len(words), "title-line"), year=year_in(words))


_IS_EVIDENCE = re.compile(
    r"\(?(?:(?:which is )?PDF:? ?|Ref:? ?|Download:? ?)?(?:https?://|www\.|ISBN)|(?:Publication date|Published)\b|"
    r"(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December),? (?:19|20)\d\d\b",
)


def _last_line(document: Document, passage: Passage) -> list[str]:
    lines = document.words(passage).splitlines()
    return lines[1:]


def _titles_in_prose(found: Found) -> Iterator[Reference]:
    """Runs of capitals headed by a document noun; headings of guidance name its own parts, not works."""
    for passage, words in _passages(found.document):
        if passage.kind in ("heading", "title") and found.source.source_kind == "guidance":
            continue
        for span in find_runs(words):
            yield _title(passage.span, words, span.start, span.end, "title-run")


def _editions(found: Found) -> Iterator[Reference]:
    """The DSM by its edition, once a document; codes of the ICD are classifications, not pointers to the book."""
    seen: set[str] = set()
    for one in find_identifiers(found.document.text):
        if one.title and one.title.startswith("DSM") and one.title not in seen:
            seen.add(one.title)
            yield _by_identifier(one, one.span)


def _passages(document: Document) -> Iterator[tuple[Passage, str]]:
    """Passages with their words, typographic signs and white space made plain one for one."""
    for passage in document.passages:
        yield passage, fold_same_length(document.words(passage))


RULES: tuple[Rule, ...] = (
    _entries,
    _pasted,
    _inline_entries,
    _grey_lines,
    _papers_by,
    _identified,
    _linked_titles,
    _body_guidelines,
    _quoted_titles,
    _title_lines,
    _titles_in_prose,
    _editions,
)
"""The most telling first: a later rule never takes a place an earlier one holds."""
