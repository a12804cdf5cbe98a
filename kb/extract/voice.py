"""Whose words stand at a place: the body's author, or a voice that is quoted there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kb.extract.found import Found
from kb.model import Part, Quotation, Span

VoiceRole = Literal["document", "quoted", "member", "organisation", "author", "unknown"]


@dataclass(frozen=True)
class Voice:
    """Who speaks. `name` is None where the source did not keep it; `attributed_to` repeats a quoted voice."""

    name: str | None
    role: VoiceRole
    attributed_to: str | None = None


def voice_of(found: Found, span: Span) -> Voice:
    """The innermost quotation that holds `span` speaks, else the author of the innermost part that has one, else the document.

    A forum post whose author was lost is by a member whose name was not kept, never by anybody in particular.
    """
    holders = [quotation for quotation in found.of(Quotation) if quotation.span.contains(span) and quotation.span != span]
    if holders:
        inner = min(holders, key=lambda quotation: len(quotation.span))
        return Voice(inner.attributed_to, "quoted", inner.attributed_to)
    parts = [part for part in found.document.parts if part.span.contains(span)]
    for part in sorted(parts, key=lambda part: len(part.span)):
        if part.author is not None:
            return Voice(part.author.name, _ROLES[part.author.role])
    return _document_voice(found, parts)


_ROLES: dict[str, VoiceRole] = {"member": "member", "organisation": "organisation", "public": "author", "unknown": "unknown"}


def _document_voice(found: Found, parts: list[Part]) -> Voice:
    if any(part.kind == "post" for part in parts):
        return Voice(None, "member")
    authors = found.document.authors or found.source.authors
    publisher = found.document.publisher or found.source.publisher
    if found.source.source_kind == "critique":
        return Voice("; ".join(authors) or None, "author")
    return Voice(publisher or "; ".join(authors) or None, "document")
