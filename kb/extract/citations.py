"""Citations: the markers in running text that point to references. One record a marker, with all its keys."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from kb.extract.author_year import find_author_year
from kb.extract.entries import passages_of
from kb.extract.found import Found
from kb.extract.numeric_markers import find_numeric
from kb.extract.places import Places
from kb.model import Citation, Reference

_NAME_LINE = re.compile(r"\w+")


def extract(found: Found) -> Iterator[Citation]:
    """Yield the citations of the document in text order, none overlapping another and none inside a reference.

    One number glued to a word ("forces20") counts only in a document that cites by superscripts elsewhere, and never where the
    same letters stand as a name.
    """
    taken = Places(reference.span for reference in found.of(Reference))
    labels = frozenset(reference.label for reference in found.of(Reference) if reference.label)
    drafts: list[Citation] = []
    for passage, words in passages_of(found.document):
        for draft in find_citations(words, labels):
            span = draft.span.shifted(passage.span.start)
            if taken.take(span):
                drafts.append(msgspec.structs.replace(draft, span=span))
    is_raised = any(draft.style == "superscript" and draft.rule != "glued-to-word" for draft in drafts)
    names = _names(found)
    kept = [draft for draft in drafts if draft.rule != "glued-to-word" or (is_raised and _token(found, draft) not in names)]
    yield from sorted(kept, key=lambda draft: draft.span)


def find_citations(words: str, labels: frozenset[str] = frozenset()) -> Iterator[Citation]:
    """The markers in one passage, whose quotation marks, dashes and white space are plain already; they may overlap.

    `labels` are the numbers of the document's own reference entries.
    """
    yield from find_numeric(words, labels)
    yield from find_author_year(words)


def _names(found: Found) -> frozenset[str]:
    """What people are called, and words that stand alone at the start of a passage as a poster's name does."""
    text = found.document.text
    starts = [_NAME_LINE.match(text, passage.span.start, passage.span.end) for passage in found.document.passages]
    return frozenset([*(person.name for person in found.document.people), *(start.group() for start in starts if start)])


def _token(found: Found, draft: Citation) -> str:
    """The word a marker is glued to, with the marker."""
    text = found.document.text
    start = draft.span.start
    while start and text[start - 1].isalnum():
        start -= 1
    return text[start : draft.span.end]
