"""Raised marks and citation markers: what of a text points to a note or an entry, and is no word of its sentences.

Readers set a raised mark apart from the word before it and say where it stands. Left where it is, "which 4 is" reads as a
number. Here the marks are grouped to markers ("[4,5]" is one), and a document is given without them, with the way back.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import msgspec

from kb.model import Document, DocumentLink, Span

JOINT = re.compile(r"\s{0,2}(?:[,;–—-]|\band\b|&)?\s{0,2}")
"""What may stand between two marks of one marker."""

ONE = r"(?:\d{1,3}[a-z]?|[a-z]|[ivx]{2,5}|[*†‡§¶#]{1,3})"
BARE = re.compile(rf"\W{{0,2}}{ONE}(?:\W{{1,4}}(?:and\W)?{ONE}){{0,80}}\W{{0,2}}")
"""Words of a marker that is no part of its sentence: numbers, single letters, signs; no names and years."""

BRACKETS = {"[": "]", "(": ")"}
POINTING = frozenset({"citation", "note"})


@dataclass(frozen=True)
class Marker:
    """One or several marks that stand together, with the brackets around them and nothing else in these.

    A mark that points to several places has a link for each.
    """

    span: Span
    links: tuple[DocumentLink, ...]
    is_bare: bool
    """Whether it is made of numbers or signs alone."""

    @property
    def cites(self) -> bool:
        """Whether the reader knew it for a citation."""
        return any(link.relation == "citation" for link in self.links)


def markers(document: Document) -> tuple[Marker, ...]:
    """The markers that the reader kept as links, in text order; notes and citations are never joined to one."""
    return tuple(_marker(document.text, run) for run in _runs(document))


def _runs(document: Document) -> Iterator[list[DocumentLink]]:
    run: list[DocumentLink] = []
    for link in document.links:
        if link.relation not in POINTING or not len(link.span):
            continue
        if run and not _goes_on(document.text, run[-1], link):
            yield run
            run = []
        run.append(link)
    if run:
        yield run


def _goes_on(text: str, last: DocumentLink, link: DocumentLink) -> bool:
    if link.relation == last.relation and link.span == last.span:
        return True
    if link.relation != last.relation or link.span.start < last.span.end:
        return False
    return JOINT.fullmatch(text, last.span.end, link.span.start) is not None and "\n" not in text[last.span.end : link.span.start]


def _marker(text: str, run: Sequence[DocumentLink]) -> Marker:
    start, end = run[0].span.start, run[-1].span.end
    before, after = text[max(0, start - 2) : start].rstrip(" "), text[end : end + 2].lstrip(" ")
    if before and after and BRACKETS.get(before[-1]) == after[0]:
        start, end = text.rindex(before[-1], 0, start), text.index(after[0], end) + 1
    return Marker(Span(start, end), tuple(run), BARE.fullmatch(text, start, end) is not None)


def mark_places(document: Document) -> tuple[Span, ...]:
    """Where the bare markers stand, in text order, none overlapping another and none filling its passage."""
    spans = {passage.span for passage in document.passages}
    starts = [passage.span.start for passage in document.passages]
    places: list[Span] = []
    for marker in markers(document) if document.links else ():
        index = bisect_right(starts, marker.span.start) - 1
        is_inside = index >= 0 and document.passages[index].span.contains(marker.span)
        is_taken = bool(places) and marker.span.start < places[-1].end
        if marker.is_bare and is_inside and not is_taken and marker.span not in spans:
            places.append(marker.span)
    return tuple(places)


def blanked(document: Document) -> str:
    """The text with every mark replaced by blanks, one for one: for words that are counted or compared at their places."""
    places = mark_places(document)
    if not places:
        return document.text
    pieces: list[str] = []
    end = 0
    for place in places:
        pieces += [document.text[end : place.start], " " * len(place)]
        end = place.end
    return "".join([*pieces, document.text[end:]])


@dataclass(frozen=True)
class Unmarked:
    """A document as its sentences read, without marks and the blank before each; and the way back to the document itself.

    >>> from kb.model import Document, DocumentLink, Passage
    >>> text = "Visits doubled 4, it says."
    >>> whole = Passage(id="p", kind="paragraph", span=Span(0, len(text)))
    >>> mark = DocumentLink(Span(15, 16), None, "ok", "note")
    >>> unmarked = Unmarked(Document(source_id="a", sha256="", reader="", text=text, passages=(whole,), links=(mark,)))
    >>> unmarked.document.text, unmarked.restored(Span(7, 15)).of(text)
    ('Visits doubled, it says.', 'doubled 4,')
    """

    whole: Document

    @cached_property
    def cuts(self) -> tuple[Span, ...]:
        """What is left out of the text."""
        cuts: list[Span] = []
        for place in mark_places(self.whole):
            cut = _with_blank(self.whole.text, place)
            cuts.append(Span(max(cut.start, cuts[-1].end if cuts else 0), cut.end))
        return tuple(cuts)

    @cached_property
    def document(self) -> Document:
        """The document without its marks; the same one where it has none."""
        if not self.cuts:
            return self.whole
        whole = self.whole
        text = "".join(span.of(whole.text) for span in self._kept)
        passages = [msgspec.structs.replace(passage, span=self.reading(passage.span)) for passage in whole.passages]
        links = (msgspec.structs.replace(link, span=self.reading(link.span)) for link in whole.links)
        return msgspec.structs.replace(
            whole,
            text=text,
            parts=tuple(
                msgspec.structs.replace(part, span=self.reading(part.span), body=self.reading(part.body)) for part in whole.parts
            ),
            passages=tuple(passage for passage in passages if passage.span.of(text).strip()),
            furniture=tuple(msgspec.structs.replace(piece, span=self.reading(piece.span)) for piece in whole.furniture),
            links=tuple(link for link in links if len(link.span)),
            people=tuple(msgspec.structs.replace(person, span=self.reading(person.span)) for person in whole.people),
            losses=(),
            pages=tuple(msgspec.structs.replace(page, span=self.reading(page.span)) for page in whole.pages),
            file_spans=tuple(map(self.reading, whole.file_spans)),
        )

    def restored(self, span: Span) -> Span:
        """The place in the document itself of a place in the text without marks; a mark at its end is left outside."""
        if not self.cuts:
            return span
        start = self._whole_place(span.start)
        return Span(start, self._whole_place(span.end - 1) + 1 if len(span) else start)

    @cached_property
    def _kept(self) -> tuple[Span, ...]:
        edges = [0, *(edge for cut in self.cuts for edge in (cut.start, cut.end)), len(self.whole.text)]
        return tuple(Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True))

    @cached_property
    def _starts(self) -> tuple[list[int], list[int]]:
        """Where the kept stretches begin, in the document itself and in the text without marks."""
        return [span.start for span in self._kept], list(accumulate(map(len, self._kept[:-1]), initial=0))

    def _whole_place(self, place: int) -> int:
        whole, reading = self._starts
        index = bisect_right(reading, place) - 1
        return whole[index] + place - reading[index]

    def reading(self, span: Span) -> Span:
        """The place in the text without marks of a place in the document itself; nothing is left of a mark."""
        return Span(self._reading_place(span.start), self._reading_place(span.end))

    def _reading_place(self, place: int) -> int:
        whole, reading = self._starts
        index = bisect_right(whole, place) - 1
        return reading[index] + min(place - whole[index], len(self._kept[index]))


def _with_blank(text: str, place: Span) -> Span:
    """A mark with the blanks before it, where what follows would not run into the word before; else with those behind it."""
    start, end = place.start, place.end
    if text[end : end + 1].isalnum():
        return place
    while start and text[start - 1] == " ":
        start -= 1
    if start and text[start - 1] == "\n":
        while text[end : end + 1] == " ":
            end += 1
    return Span(start, end)
