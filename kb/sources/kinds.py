"""Whether a source is guidance, forum or critique, as far as it can be seen; a person may say otherwise in the manifest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import msgspec

from kb.model import Document, Source, SourceKind
from kb.sources import pages
from kb.sources.tags import seen
from kb.sources.words import ENOUGH_NUMBERED, NUMBERED_PARAGRAPH, is_rising
from kb.vocabulary import organisations
from kb.vocabulary.data import load_as

OPEN_SHAPES = frozenset({"article-html", "pdf", "docx"})
"""Shapes that guidance and critique come in alike: their words tell."""
DEEP_LABEL = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}")
PAPER_HEADINGS = re.compile(
    r"(?:\d+\.?\s+)?(abstract|introduction|background|methods?|results|discussion|references)\W*", re.IGNORECASE
)
ENOUGH_OF_A_PAPER = 4


class _Official(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    hosts: tuple[str, ...]
    organisation_kinds: tuple[str, ...]
    names_begin: tuple[str, ...]
    names_end: tuple[str, ...]


@cache
def _official() -> _Official:
    return load_as("official", _Official)


@cache
def _official_names() -> frozenset[str]:
    kinds = _official().organisation_kinds
    held = [organisation for organisation in organisations() if organisation.kind in kinds]
    return frozenset(name.casefold() for one in held for name in (one.name, *one.other))


def is_official_host(host: str | None) -> bool:
    """Whether a host is a public body's.

    >>> is_official_host("www.england.nhs.uk"), is_official_host("notgov.uk"), is_official_host(None)
    (True, False, False)
    """
    return host is not None and any(host == one or host.endswith(f".{one}") for one in _official().hosts)


def is_official_publisher(name: str | None) -> bool:
    """Whether a publisher's name is a public body's.

    >>> is_official_publisher("Ministry of Bicycles"), is_official_publisher("Friends of the Ministry")
    (True, False)
    """
    if not name:
        return False
    plain = " ".join(name.split())
    begins = any(plain == start or plain.startswith(f"{start} ") for start in _official().names_begin)
    ends = any(plain == end or plain.endswith(f" {end}") for end in _official().names_end)
    return begins or ends or plain.casefold() in _official_names()


def page_kind(html: str, tags: str) -> SourceKind:
    """The kind of an article page, from its text and its tags alone: guidance if it is a public body's or numbered.

    A journal's page of an article is a critique, whatever numbers its sections have.
    """
    if pages.is_paper(tags):
        return "critique"
    address = pages.address_of(html, tags)
    if address and is_official_host(pages.host_of(address)):
        return "guidance"
    if any(map(is_official_publisher, pages.publishers_of(tags))):
        return "guidance"
    return "guidance" if _is_numbered(pages.plain(seen(html))) else "critique"


def judged(source: Source, document: Document | None) -> Source:
    """The source with the kind that its document shows, where it was a guess; without a document the guess stays.

    Reports with an abstract, methods and references are papers, whatever numbers their sections have.
    """
    if not source.is_kind_guessed:
        return source
    kind = _document_kind(document) if document else source.source_kind
    return msgspec.structs.replace(source, source_kind=kind, is_kind_guessed=False)


def _document_kind(document: Document) -> SourceKind:
    host = pages.host_of(document.url) if document.url else None
    if is_official_host(host) or is_official_publisher(document.publisher) or any(map(is_official_publisher, document.authors)):
        return "guidance"
    return "guidance" if not _is_paper(document) and is_rising(_labels(document)) else "critique"


def _is_numbered(text: str) -> bool:
    return is_rising(match["label"] for match in NUMBERED_PARAGRAPH.finditer(text))


def _is_paper(document: Document) -> bool:
    found = (PAPER_HEADINGS.fullmatch(part.heading.strip()) for part in document.parts if part.heading)
    return len({match[1].lower().rstrip("s") for match in found if match}) >= ENOUGH_OF_A_PAPER


def _labels(document: Document) -> Iterable[str]:
    """Labels such as "2.1" of sections, and of paragraphs that keep theirs in their words, in text order; the more of the two."""
    sections = [part.label.rstrip(".") for part in document.parts if part.kind == "section" and part.label]
    deep = [label for label in sections if DEEP_LABEL.fullmatch(label)]
    if len(deep) >= ENOUGH_NUMBERED:
        return deep
    found = (NUMBERED_PARAGRAPH.match(document.words(passage)) for passage in document.passages)
    return [match["label"] for match in found if match]
