"""Whose words stand at a place: the body's author, or a voice that is quoted there; and how an author's own words sound."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kb.extract.found import Found
from kb.model import Part, Quotation, Source, Span
from kb.vocabulary.data import load

VoiceRole = Literal["document", "quoted", "member", "organisation", "author", "unknown"]

SUMMARY_OF = "Our summary of "
"""How the titles of our digests begin."""

OWN = 1.0
"""The score from which a paragraph counts as its author's own words."""


@dataclass(frozen=True)
class Voice:
    """Who speaks. `name` is None where the source did not keep it; `attributed_to` repeats a quoted voice."""

    name: str | None
    role: VoiceRole
    attributed_to: str | None = None


def voice_of(found: Found, span: Span) -> Voice:
    """The innermost quotation that holds `span` speaks, else the author of the innermost part that has one, else the document.

    A forum post whose author was lost is by a member whose name was not kept, never by anybody in particular. A digest speaks in
    our words and credits what it restates.
    """
    holder = found.quotations_around.innermost(span)
    if holder is not None:
        name = found.of(Quotation)[holder].attributed_to
        return Voice(name, "quoted", name)
    around = tuple(found.prepared.parts_around.around(span))
    if around not in found.voices:
        found.voices[around] = _author_of(found, around)
    voice: Voice = found.voices[around]
    return voice


def _author_of(found: Found, around: Sequence[int]) -> Voice:
    """Who speaks in parts that lie one in another, given by their indices, the innermost first."""
    parts = [found.document.parts[index] for index in around]
    for part in parts:
        if part.author is not None:
            return Voice(part.author.name, _ROLES[part.author.role])
    return _document_voice(found, parts)


_ROLES: dict[str, VoiceRole] = {"member": "member", "organisation": "organisation", "public": "author", "unknown": "unknown"}


def restated(source: Source) -> str | None:
    """What a digest restates, from its own title; None for a source that is no digest.

    >>> from kb.model import Source
    >>> title = 'Our summary of the thread "Lamps"'
    >>> restated(Source(id="a", files=(), source_kind="forum", shape="digest", title=title, digest_of="b"))
    'the thread "Lamps"'
    """
    if source.digest_of is None or source.title is None:
        return None
    return source.title.removeprefix(SUMMARY_OF)


def _document_voice(found: Found, parts: list[Part]) -> Voice:
    if found.source.digest_of is not None:
        return Voice(found.source.publisher or "; ".join(found.source.authors) or None, "document", restated(found.source))
    if any(part.kind == "post" for part in parts):
        return Voice(None, "member")
    authors = found.document.authors or found.source.authors
    publisher = found.document.publisher or found.source.publisher
    if found.source.source_kind == "critique":
        return Voice("; ".join(authors) or None, "author")
    return Voice(publisher or "; ".join(authors) or None, "document")


TOKEN = re.compile(r"[a-z0-9]++(?![^\x00-\x7f]|')|[^\W_]+(?:'[^\W_]+)*")
CONTRACTION = re.compile(r"\b\w+n't\b|\b\w+'(?:re|ve|ll|d|m)\b|\b(?:it|that|there|here|what|who|he|she|let)'s\b")
INFORMAL = re.compile(r"[:;]-?[)(DP]|\.{4}|\?[?!]|!!|@(?<!\w@)\w")
INFORMAL_WORDS = frozenset({"lol", "btw", "imo", "wtf", "tho", "pwme", "fwiw"})
NUMBERED_CITATION = re.compile(r"\[\d+(?:\s*[,–-]\s*\d+)*\]|[.,](?<=[a-z].)\d{1,3}(?:[,–]\d{1,3})*(?=\s)")
WRAPPED = re.compile(r"\n(?<=[a-z,–-]\n)[a-z]")
"""A line that ends within a sentence and goes on in lower case: what copying out of a PDF leaves."""

SECTION_NUMBER = re.compile(
    r"\d+(?:\.\d+)+\s+\S|(?:Section|Chapter|Appendix|Annex|Table|Figure|Box)\s+\d+(?:\.\d+)*(?:[.:]|\s*\n|\s+[A-Z])"
)


FAQ = re.compile(r"(?:How|What|Who|When|Where|Why|Can|Do|Should|Will)\b[^\n]{3,60}\bI\b[^\n]{0,60}\?")
"""A question as official pages have it for a heading: the "I" in it is the reader."""

LONGEST_REMARK = 8
"""Words of a paragraph that is a remark rather than a text."""


def own_voice(text: str, span: Span, quoted: Sequence[Span], *, is_wrapped: bool) -> float:
    """How much the paragraph at `span` sounds like a post's or article's author rather than like a text pasted there.

    From `OWN` on it is the author's. Words at the places `quoted`, those in quotation marks, do not count; `is_wrapped` says that
    its lines are broken and others' are not. The signs and their weights are data (`voice.toml`); they were chosen on forum
    threads and blogs, where a pasted text seldom speaks in the first person, contracts or answers.
    """
    plain = _without(text, span, quoted).replace("’", "'")
    lower = plain.lower()
    tokens = TOKEN.findall(lower)
    if not tokens:
        return 0.0
    if FAQ.fullmatch(plain.strip()):
        return 0.0
    starts = tokens[0] in _words("starters")
    weights: dict[str, float] = _table()["weights"]
    counts = {
        "first-person": int(not _words("first-person").isdisjoint(tokens)),
        "starter": int(starts),
        "remark": int(starts and len(tokens) <= LONGEST_REMARK),
        "contraction": min(2, len(CONTRACTION.findall(lower))) if "'" in lower else 0,
        "talk": min(2, _talk(tokens)),
        "second-person": int("you" in tokens or "your" in tokens),
        "question": int(lower.rstrip().endswith("?")),
        "exclamation": int("!" in lower),
        "informal": int(bool(INFORMAL.search(lower)) or not INFORMAL_WORDS.isdisjoint(tokens)),
        "cue": int(lower.rstrip().endswith(":")),
        "citation": int(bool(NUMBERED_CITATION.search(plain))),
        "wrapped": int(is_wrapped),
        "section": int(bool(SECTION_NUMBER.match(plain.lstrip()))),
    }
    return round(sum(weights[sign] * count for sign, count in counts.items()), 2) + _first_person_plural(tokens)


def _talk(tokens: Sequence[str]) -> int:
    """How many of the phrases of talk there are."""
    phrases = [phrase for first in _talk_by_first().keys() & set(tokens) for phrase in _talk_by_first()[first]]
    said = f" {' '.join(tokens)} " if phrases else ""
    return sum(f" {phrase} " in said for phrase in phrases)


@cache
def _talk_by_first() -> dict[str, list[str]]:
    by_first: dict[str, list[str]] = {}
    for phrase in sorted(_words("talk")):
        by_first.setdefault(phrase.split()[0], []).append(phrase)
    return by_first


def _first_person_plural(tokens: Sequence[str]) -> float:
    """What a "we" adds that opens a paragraph; inside one, official texts say it as well."""
    return 0.4 if tokens[0] in {"we", "we're", "we've"} else 0.0


def _without(text: str, span: Span, quoted: Sequence[Span]) -> str:
    if not quoted:
        return span.of(text)
    kept = list(span.of(text))
    for stretch in quoted:
        start, end = max(stretch.start, span.start), min(stretch.end, span.end)
        if start < end:
            kept[start - span.start : end - span.start] = " " * (end - start)
    return "".join(kept)


def _table() -> dict[str, dict[str, float]]:
    return load("voice")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("voice")[name])
