"""Citations: the markers in running text that point to references. One record a marker, with all its keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from kb.extract.citations import author_year, numeric_markers
from kb.extract.citations.numeric_markers import CitationStyle, expand_keys
from kb.extract.found import Found
from kb.extract.holders import Holders
from kb.extract.places import Places
from kb.model import Citation, Reference
from kb.text.folding import fold_same_length
from kb.text.marks import Marker, markers

RULES = ("linked", *numeric_markers.RULES, *author_year.RULES)

_NAME_LINE = re.compile(r"\w+")
_AND = re.compile(r"\s?(?:\band\b|&)\s?")
_NUMBERS_ALONE = re.compile(r"\d{1,4}(?:\s?[,;-]\s?\d{1,4})*")


def extract(found: Found) -> Iterator[Citation]:
    """Yield the citations of the document in text order, none overlapping another; their spans are places in the whole document.

    Markers that the reader kept as links come first, and every one of them is a citation; a marker that the words show to be
    wider ("Lee and Roe (2015)" around a linked year) is taken whole. By their words alone only markers outside references count.
    One number glued to a word ("forces20") counts only in a document that cites by superscripts elsewhere, and never where the
    same letters stand as a name; where the reader knows the citations, no bare number counts that it does not know.
    """
    taken = Places(found.restored(reference.span) for reference in found.of(Reference))
    known = markers(found.whole)
    cited = {reference.passage for reference in found.of(Reference)}
    linked = [marker for marker in known if marker.cites or any(link.target in cited for link in marker.links)]
    by_words = list(_by_words(found, taken, bare=not any(marker.cites for marker in known)))
    yield from sorted(_merged(found.whole.text, known, linked, by_words), key=lambda draft: draft.span)


def _by_words(found: Found, taken: Places, *, bare: bool) -> Iterator[Citation]:
    """What the words show to be a marker, and nothing but a marker where `bare` numbers may be one."""
    labels = frozenset(reference.label for reference in found.of(Reference) if reference.label)
    folded = found.prepared.folded if found.whole is found.document else fold_same_length(found.whole.text)
    drafts: list[Citation] = []
    for passage in found.whole.passages:
        for draft in find_citations(passage.span.of(folded), labels):
            span = draft.span.shifted(passage.span.start)
            if (bare or draft.rule not in BARE_RULES) and taken.take(span):
                drafts.append(msgspec.structs.replace(draft, span=span))
    is_raised = any(draft.style == "superscript" and draft.rule != "glued-to-word" for draft in drafts)
    names = _names(found) if is_raised else frozenset()
    for draft in drafts:
        if draft.rule != "glued-to-word" or (is_raised and _token(found, draft) not in names):
            yield draft


BARE_RULES = frozenset({"glued-to-stop", "glued-to-word", "glued-list", "raised", "parenthesis", "number-of-entry"})
"""Rules that read a number as a marker from what stands beside it."""


def _merged(text: str, known: Sequence[Marker], linked: Sequence[Marker], by_words: Sequence[Citation]) -> Iterator[Citation]:
    """Linked markers and what the words show, each place once; marks that cite nothing take their places too."""
    wider = Holders([draft.span for draft in by_words])
    widened = {marker.span: around[-1] for marker in linked if (around := wider.around(marker.span))}
    marks = Places(marker.span for marker in known)
    kept = frozenset(widened.values())
    for place, draft in enumerate(by_words):
        if place in kept or not marks.overlap(draft.span):
            yield draft
    for marker in linked:
        if marker.span not in widened:
            yield _of_marker(text, marker)


def _of_marker(text: str, marker: Marker) -> Citation:
    words = marker.span.of(text)
    style: CitationStyle = "author-year" if not marker.is_bare else "bracket" if words[0] in "([" else "superscript"
    return Citation(span=marker.span, rule="linked", confidence=0.99, keys=_keys(text, marker), style=style)


def _keys(text: str, marker: Marker) -> tuple[str, ...]:
    """The numbers of a marker, ranges written out; the words of each link where they are no numbers."""
    printed = fold_same_length(text[marker.links[0].span.start : marker.links[-1].span.end])
    numbers = _AND.sub(",", printed)
    if _NUMBERS_ALONE.fullmatch(numbers):
        return expand_keys(numbers)
    return tuple(dict.fromkeys(" ".join(link.span.of(text).split()) for link in marker.links))


def find_citations(words: str, labels: frozenset[str] = frozenset()) -> Iterator[Citation]:
    """The markers in one passage, whose quotation marks, dashes and white space are plain already; they may overlap.

    `labels` are the numbers of the document's own reference entries.
    """
    yield from numeric_markers.find_numeric(words, labels)
    yield from author_year.find_author_year(words)


def _names(found: Found) -> frozenset[str]:
    """What people are called, and words that stand alone at the start of a passage as a poster's name does."""
    text = found.whole.text
    starts = [_NAME_LINE.match(text, passage.span.start, passage.span.end) for passage in found.whole.passages]
    return frozenset([*(person.name for person in found.whole.people), *(start.group() for start in starts if start)])


def _token(found: Found, draft: Citation) -> str:
    """The word a marker is glued to, with the marker."""
    text = found.whole.text
    start = draft.span.start
    while start and text[start - 1].isalnum():
        start -= 1
    return text[start : draft.span.end]
