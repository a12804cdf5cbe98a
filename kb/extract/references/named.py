"""References by the name of the work: words of links, bodies' guidelines, quoted titles, title lines, titles in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from kb.extract.found import Found
from kb.extract.passages import passages_with
from kb.extract.references.diagnostic_codes import editions as named_editions
from kb.extract.references.identifiers import ids_of_url
from kb.extract.references.titles import (
    document_nouns,
    find_quoted,
    find_runs,
    is_body,
    is_document_link,
    is_title_line,
    may_hold_runs,
    without_date_line,
    year_after,
    year_in,
)
from kb.model import Identifiers, Reference, Span

_LINK_MARKUP = re.compile(r"!?\[(?P<words>[^\]]*)\]")
_LINK_TARGET = re.compile(r"\]\([^)\s]*\)")
_BODY_GUIDELINES = re.compile(
    r"\b(?:[Tt]he )?(?P<body>(?:[A-Z][\w'&-]{1,40} (?:(?:of|for|and|the) ){0,2}){2,8})(?:[Gg]uidelines?|[Gg]uidance)\b"
)
_EVIDENCE = re.compile(
    r"\(?(?:(?:which is )?PDF:? ?|Ref:? ?|Download:? ?)?(?:https?://|www\.|ISBN)|(?:Publication date|Published)\b|"
    r"(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December),? (?:19|20)\d\d\b"
)
"""What stands beside the heading of a pasted document: its address, number or date."""


_DATE_ONLY = re.compile(r"(?:(?:Publication date|Published):? )?(?:\d{1,2} )?[A-Z][a-z]{2,8},? (?:\d{1,2}, )?(?:19|20)\d\d\.?")


def linked_titles(found: Found) -> Iterator[Reference]:
    """Words of hyperlinks that name a document, with or without a target."""
    text = found.document.text
    for link in found.document.links:
        markup = _LINK_MARKUP.match(text, link.span.start, link.span.end)
        span = Span(*markup.span("words")) if markup else link.span
        words = " ".join(span.of(text).split())
        if words and (is_document_link(words) or _is_edition(words)):
            target = _LINK_TARGET.match(text, span.end)
            year, _ = year_after(text, target.end() if target else span.end)
            is_open = link.href is not None and link.href.startswith(("http://", "https://"))
            ids = ids_of_url(link.href) if link.href and is_open else Identifiers()
            yield Reference(span=span, rule="link-title", confidence=0.85, form="title", ids=ids, title=words, year=year)


def _is_edition(words: str) -> bool:
    """Whether the words are the name of a classification and nothing else: "ICD-10"."""
    return any(len(edition.name) == len(words) for edition in named_editions(words))


def body_guidelines(found: Found) -> Iterator[Reference]:
    """Guidelines named by the body that gives them: "The British Pain Society guidelines"."""
    for passage, words in passages_with(found, "guideline", "guidance"):
        for match in _BODY_GUIDELINES.finditer(words):
            if is_body(match["body"]):
                yield Reference(
                    span=Span(*match.span()).shifted(passage.span.start),
                    rule="body-guidelines",
                    confidence=0.7,
                    form="guideline",
                    authors=(match["body"].strip(),),
                    title=match.group(),
                )


def quoted_titles(found: Found) -> Iterator[Reference]:
    """Titles in quotation marks, and lines that are nothing but a quoted title."""
    for passage, words in passages_with(found, "'", '"'):
        if words[:1] in "\"'" and words[-1:] in "\"'" and is_title_line(words[1:-1]):
            yield _title(passage.span, words, Span(1, len(words) - 1), "quoted-line")
        for span in find_quoted(words):
            yield _title(passage.span, words, Span(span.start + 1, span.end - 1), "quoted-title")


def title_lines(found: Found) -> Iterator[Reference]:
    """Headings of pasted documents in posts and articles: title lines with an address, a date or an ISBN beside them."""
    if found.source.source_kind == "guidance":
        return
    passages = found.document.passages
    folded = found.prepared.folded
    nouns = found.prepared.cued(document_nouns())
    for index, passage in enumerate(passages):
        words = passage.span.of(folded) if nouns.is_any_inside(passage.span) else ""
        if not words or not is_title_line(words):
            continue
        lines = found.document.words(passage).splitlines()
        beside = [near.span.of(folded) for near in (*passages[max(0, index - 1) : index], *passages[index + 1 : index + 2])]
        if any(_EVIDENCE.match(near) for near in [*beside, *lines[1:]]):
            title = without_date_line(words)
            draft = _title(passage.span, words, Span(0, len(words)), "title-line")
            following = passages[index + 1].span.of(folded) if index + 1 < len(passages) else ""
            year = year_in(words) or (year_in(following) if _DATE_ONLY.fullmatch(following) else None)
            yield msgspec.structs.replace(draft, title=" ".join(title.split()), year=year)


def titles_in_prose(found: Found) -> Iterator[Reference]:
    """Runs of capitals headed by a document noun; a heading names its own part, not a work."""
    for passage, words in passages_with(found, *document_nouns()):
        if passage.kind not in ("heading", "title") and may_hold_runs(words):
            for span in find_runs(words):
                yield _title(passage.span, words, span, "title-run")


def _title(base: Span, words: str, span: Span, rule: str) -> Reference:
    year, stop = year_after(words, span.end)
    title = " ".join(span.of(words).split())
    whole = Span(span.start, max(span.end, stop)).shifted(base.start)
    return Reference(span=whole, rule=rule, confidence=0.75, form="title", title=title, year=year)


def editions(found: Found) -> Iterator[Reference]:
    """The DSM by its edition, once a document; an edition of the ICD is a classification more often than a pointer to it."""
    seen: set[str] = set()
    for edition in named_editions(found.document.text):
        if edition.name.startswith("DSM") and edition.name not in seen:
            seen.add(edition.name)
            yield Reference(span=edition.span, rule="edition", confidence=0.6, form="title", title=edition.name)
