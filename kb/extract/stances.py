"""Whether who speaks places a condition, disputes it, or tells that others do; and where that holds."""

from __future__ import annotations

import re
from functools import cache

from kb.extract.found import Found
from kb.extract.placing import cue
from kb.extract.voice import Voice
from kb.model import Span
from kb.model.records import Stance
from kb.text.folding import fold_same_length
from kb.vocabulary import jurisdictions, organisations
from kb.vocabulary.data import load

NEAR = 600
"""How much of a passage is looked at for a jurisdiction."""
_OWN_VOICES = frozenset({"document", "quoted", "organisation"})
"""Voices whose own placing words assert: guidance, and words quoted from it."""


@cache
def _patterns(name: str) -> re.Pattern[str]:
    either = "|".join(load("classifications")["cues"][name])
    filled = either.replace("PLACING_NOUN", f"(?:{cue('placing_nouns')})").replace("PLACING", f"(?:{cue('placing')})")
    return re.compile(filled, re.IGNORECASE)


def stance_of(words: str, scope: str, voice: Voice) -> Stance:
    """The stance of a sentence in a voice; `scope` are its words up to the category, where a denial counts (both folded).

    A denial or a judgement disputes. A sentence in which others place, assume or tell reports, unless guidance itself speaks:
    its "is classified as" is its own.
    """
    if _patterns("denials").search(scope) or _patterns("judgements").search(words):
        return "disputes"
    is_told = voice.role not in _OWN_VOICES and _patterns("reports_of_others").search(words)
    return "reports" if is_told or _patterns("reports").search(words) else "asserts"


def placed_by(words: str, voice: Voice, stance: Stance) -> tuple[str | None, str | None]:
    """Who places the condition and who reports it, as far as the text names them; members are never named here."""
    speaker = None if voice.role in {"member", "unknown"} else voice.name
    if stance != "reports":
        return speaker, None
    named = [
        (match.end() - match.start(), -match.start(), name)
        for name, pattern in _organisation_names()
        if (match := pattern.search(words))
    ]
    return max(named, default=(0, 0, None))[2], speaker


@cache
def _organisation_names() -> tuple[tuple[str, re.Pattern[str]], ...]:
    placing = [organisation for organisation in organisations() if organisation.kind not in {"charity", "campaign", "forum"}]
    return tuple(
        (organisation.name, re.compile(rf"\b(?:{'|'.join(map(re.escape, (organisation.name, *organisation.other)))})\b"))
        for organisation in placing
    )


def jurisdiction_of(found: Found, *places: Span) -> str | None:
    """The one jurisdiction the first of `places` that names any names; else what the manifest says of the source.

    Of a long place only its first `NEAR` code points count.
    """
    text = found.document.text
    for place in places:
        words = fold_same_length(text[place.start : min(place.end, place.start + NEAR)])
        named = sorted({_jurisdiction_of_form()[match[0]] for match in _jurisdiction().finditer(words)})
        if named:
            return named[0] if len(named) == 1 else found.source.jurisdiction
    return found.source.jurisdiction


@cache
def _jurisdiction_of_form() -> dict[str, str]:
    return {form: name for name, forms in jurisdictions().items() for form in forms}


@cache
def _jurisdiction() -> re.Pattern[str]:
    forms = sorted(_jurisdiction_of_form(), key=len, reverse=True)
    return re.compile(rf"(?<!NHS )(?<![\w.])(?:{'|'.join(map(re.escape, forms))})(?!\w)")
