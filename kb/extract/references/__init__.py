"""References: every full pointer to a work, by entry, identifier, link or title.

Rules propose; the more telling one wins where two overlap, and what a wider one holds (the DOI at the end of an entry) becomes
part of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec

from kb.extract.found import Found
from kb.extract.places import Places
from kb.extract.references.entries import grey_lines, inline_entries, items_of_lists, listed_entries, papers_by, short_entries
from kb.extract.references.identifiers import Identified, find_identifiers
from kb.extract.references.named import body_guidelines, editions, linked_titles, quoted_titles, title_lines, titles_in_prose
from kb.extract.references.pasted import find_pasted
from kb.extract.references.title_pages import announced_titles, title_pages
from kb.model import Reference, Span
from kb.model.records import ReferenceForm

_FORMS: dict[str, ReferenceForm] = {
    "url": "url",
    "doi": "doi",
    "pmid": "pmid",
    "isbn": "bibliographic",
    "nice": "guideline",
    "legislation": "legislation",
}
_TITLE_BEFORE_CODE = re.compile(r"(?P<title>[A-Z][^.!?()\n•]{12,250}(?:\([A-Z/]+\)[^.!?()\n•]{0,100})?)(?P<joint> \(|[.,] )$")

_LINE_END = re.compile(r"[.)]?\s*(?:\[[^\[\]\n]*\]\s*)?(?:\n|$)")


def extract(found: Found) -> Iterator[Reference]:
    """Yield the references of the document in text order, none overlapping another.

    A title's year stands in every reference to that title as soon as one place of the document states it.
    """
    taken = Places()
    kept = [draft for find in _FINDERS for draft in find(found) if taken.take(draft.span)]
    kept.sort(key=lambda draft: draft.span)
    yield from _with_shared_years(_with_isbns(found.document.text, kept))


def _pasted(found: Found) -> Iterator[Reference]:
    """Article heads copied from a journal's page."""
    yield from find_pasted(found.document.text)


def _identified(found: Found) -> Iterator[Reference]:
    """Addresses, DOIs, PMIDs, ISBNs, NICE codes and legislation, each where it stands in a passage."""
    text = found.document.text
    for one in find_identifiers(text):
        if found.prepared.passage_at(one.span.start) or found.prepared.passage_at(one.span.end - 1):
            yield _by_identifier(text, one)


def _by_identifier(text: str, one: Identified) -> Reference:
    """One identifier; a NICE product takes the title before its code: "Title (NICE guideline 1)", or a line "Title. CG1"."""
    span, title = one.span, one.title
    lead = _TITLE_BEFORE_CODE.search(text, max(0, span.start - 300), span.start) if one.scheme == "nice" else None
    if lead and _is_title_of(text, lead, span) and sum(word[0].isupper() for word in lead["title"].split()) > 2:
        is_bracket = lead["joint"] == " ("
        span, title = Span(lead.start("title"), span.end + is_bracket), " ".join(lead["title"].split())
    return Reference(span=span, rule=f"identifier-{one.scheme}", form=_FORMS[one.scheme], ids=one.ids, title=title, year=one.year)


def _is_title_of(text: str, lead: re.Match[str], code: Span) -> bool:
    """Whether a code closes the bracket behind a title, or ends the line the title begins."""
    if lead["joint"] == " (":
        return text[code.end : code.end + 1] == ")"
    is_start = text[: lead.start("title")].rpartition("\n")[2].strip(" \t•*-–") == ""
    return is_start and _LINE_END.match(text, code.end) is not None


_FINDERS: dict[Callable[[Found], Iterator[Reference]], tuple[str, ...]] = {
    listed_entries: ("entry",),
    items_of_lists: ("listed-item",),
    _pasted: ("pasted-volume-line", "pasted-author-list"),
    inline_entries: ("inline-entry",),
    title_pages: ("title-page",),
    grey_lines: ("title-year-author", "source-line"),
    short_entries: ("short-entry",),
    papers_by: ("paper-by",),
    _identified: tuple(f"identifier-{scheme}" for scheme in _FORMS),
    linked_titles: ("link-title",),
    body_guidelines: ("body-guidelines",),
    quoted_titles: ("quoted-line", "quoted-title"),
    title_lines: ("title-line",),
    announced_titles: ("announced-title",),
    titles_in_prose: ("title-run",),
    editions: ("edition",),
}
"""What finds references and the rules it names, the most telling first: a later one never takes a place an earlier one holds."""

RULES: tuple[str, ...] = tuple(rule for rules in _FINDERS.values() for rule in rules)
"""Every rule a reference may name."""


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
