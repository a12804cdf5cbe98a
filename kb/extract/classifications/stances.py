"""Whether who speaks places a condition, disputes it, or tells that others do; and where that holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kb.extract.claims.attribution import credited
from kb.extract.classifications.placing import cue
from kb.extract.found import Found
from kb.extract.labels import concept_of
from kb.extract.voice import Voice, voice_of
from kb.model import Span
from kb.model.records import Stance
from kb.text.folding import fold_same_length
from kb.text.small_letters import in_small_letters
from kb.vocabulary import jurisdictions, organisations
from kb.vocabulary.claim_cues import claim_cues
from kb.vocabulary.data import load

NEAR = 600
"""How much of a passage is looked at for a jurisdiction."""
_OWN_VOICES = frozenset({"document", "quoted", "organisation"})
"""Voices whose own placing words assert: guidance, and words quoted from it."""


@dataclass(frozen=True)
class Heard:
    """A sentence that places something, folded, and who speaks there."""

    words: str
    scope: str
    """Its words up to the category, where a denial or a question counts."""
    voice: Voice
    is_question: bool = False
    is_own: bool = True
    """Whether the voice's own placing words assert."""


def heard(found: Found, sentence: Span, scope: Span) -> Heard:
    """The sentence at `sentence`; a digest of what members or critics say is no voice of guidance."""
    text = found.document.text
    voice = voice_of(found, sentence)
    words = fold_same_length(sentence.of(text))
    is_retold = found.source.digest_of is not None and found.source.source_kind != "guidance"
    is_question = words.rstrip("\"')* ").endswith("?")
    return Heard(words, fold_same_length(scope.of(text)), voice, is_question, voice.role in _OWN_VOICES and not is_retold)


def is_left_open(sentence: Heard) -> bool:
    """Whether the sentence asks if the condition belongs there, and does not take it for granted ("the list on which it is")."""
    scope = sentence.scope.lower()
    asked = [match.end() for match in _pattern("asking").finditer(scope)]
    if sentence.is_question:
        asked += [match.end() for match in _pattern("inverted").finditer(scope)]
    return bool(asked) and _pattern("granted").search(scope, max(asked)) is None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return in_small_letters(cue(name))


@cache
def _patterns(name: str) -> re.Pattern[str]:
    either = "|".join(load("classifications")["cues"][name])
    filled = either.replace("PLACING_NOUN", f"(?:{cue('placing_nouns')})").replace("PLACING", f"(?:{cue('placing')})")
    return in_small_letters(filled)


def stance_of(sentence: Heard, *, by_words: bool = True) -> Stance:
    """The stance of a sentence in its voice; `by_words` says that words of placing stand in it, not a list of examples alone.

    A denial or a judgement disputes. A sentence in which others place, assume or tell reports, and so does a question, unless
    guidance itself speaks: its "is classified as" is its own.
    """
    words, scope = sentence.words.lower(), sentence.scope.lower()
    asked = max((match.end() for match in _pattern("asking").finditer(scope)), default=0)
    if _patterns("denials").search(scope, asked) or _patterns("judgements").search(words):
        return "disputes"
    if by_words and _patterns("judgements_of_placing").search(words):
        return "disputes"
    is_retold = _patterns("reports_of_others").search(words) or asked or _placing_text(sentence.words)
    is_told = _is_anothers(sentence) or (not sentence.is_own and is_retold)
    return "reports" if is_told or sentence.is_question or _patterns("reports").search(words) else "asserts"


def placed_by(sentence: Heard, stance: Stance) -> tuple[str | None, str | None]:
    """Who places the condition and who reports it, as far as the text names them; members are never named here.

    A digest restates: what it says itself is said by what it restates.
    """
    voice = sentence.voice
    speaker = None if voice.role in {"member", "unknown"} else voice.attributed_to or voice.name
    credit = credited(sentence.words) or _placing_text(sentence.words)
    if stance != "reports":
        return (credit, speaker) if credit and voice.role == "document" else (speaker, None)
    if agent := _agent(sentence):
        return credit or agent, speaker
    named = [
        (match.end() - match.start(), -match.start(), name)
        for name, pattern in _organisation_names()
        if (match := pattern.search(sentence.scope))
    ]
    return credit or max(named, default=(0, 0, None))[2], speaker


def _is_anothers(sentence: Heard) -> bool:
    """Whether the sentence says of a body named in it, which is not the one that speaks, that it places."""
    subject = _subject_name(sentence.words)
    return subject is not None and subject not in (sentence.voice.name or "")


def _agent(sentence: Heard) -> str | None:
    """Who is said to place: "by the WHO" behind the verb, or a name in capitals before it."""
    behind = _by_whom().match(sentence.words.removeprefix(sentence.scope))
    return _full_name(behind["name"]) if behind is not None else _subject_name(sentence.words)


def _subject_name(words: str) -> str | None:
    """The name in capitals that a sentence begins with as the one that places."""
    match = _name_as_subject().match(words)
    name = match["name"] if match is not None else ""
    first = name.split()[0] if name else "they"
    if first.lower() in _no_names() or first.endswith("ing") or concept_of(name, Span(0, len(name))) is not None:
        return None
    return _full_name(name)


def _full_name(name: str) -> str:
    return next((known for known, pattern in _organisation_names() if pattern.fullmatch(name)), name)


_NAME = r"[A-Z][\w&'-]+(?: (?:(?:of|for|and|the) ){0,2}[A-Z][\w&'-]+){0,6}"


@cache
def _no_names() -> frozenset[str]:
    return frozenset(load("classifications")["no_names"])


@cache
def _by_whom() -> re.Pattern[str]:
    return re.compile(rf"[^.;]{{0,40}}?\bby (?:the )?(?P<name>{_NAME})")


@cache
def _name_as_subject() -> re.Pattern[str]:
    helpers = "has|have|had|now|also|currently|still|already|does|do|did|never|not|rightly|wrongly|itself"
    return re.compile(rf"\W{{0,4}}(?:The |the )?(?!ICD|DSM)(?P<name>{_NAME})(?: (?:{helpers}))*,? (?i:{cue('placing')}) ")


def _placing_text(words: str) -> str | None:
    """The text that a sentence begins with as the one that places: "The manual lists ..."."""
    match = _text_as_subject().match(words)
    return match["name"][0].lower() + match["name"][1:] if match else None


@cache
def _text_as_subject() -> re.Pattern[str]:
    texts = "|".join(claim_cues().attribution.texts)
    return re.compile(rf"\W{{0,4}}(?P<name>[Tt]he (?:[\w'-]+ ){{0,3}}?(?:{texts}))(?:,[^,.;]{{2,60}},)? (?i:{cue('placing')})\b")


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
