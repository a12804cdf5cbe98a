"""Mentions: the words that name a condition or an umbrella category, wherever they stand in a passage.

The longest label wins, names of organisations among them, which then mention nothing. What an abbreviation means in this
document goes before what the vocabulary says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kb.extract.found import Found
from kb.extract.places import Places
from kb.model import Document, Mention, Span
from kb.text.abbreviations import abbreviations, bare_short
from kb.text.folding import fold_same_length
from kb.text.terms import Match, TermIndex, Token, key_of, tokens
from kb.vocabulary import Guard, conditions, guards, organisations

_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\]\([^()\s]+\)|(?<![^\s@])[^\s@]{1,64}@[^\s@]{1,200}\.[^\s@]+"
    r"|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/\S*|#\w+"
)
_COORDINATED = re.compile(r"(?:[ ,;/()&]|\band\b|\bor\b|\be\.?g\.?)*")
_WORD_BEFORE = re.compile(r"(?<![^\W_])([^\W\d_]{2,}) +$")
_WORD_AFTER = re.compile(r" +([^\W\d_]{2,})")
_POINTING_BACK = frozenset({"their", "his", "her", "my", "our", "your", "this", "the", "that", "in"})


@dataclass(frozen=True)
class Label:
    """What a label stands for; `concept` None is a name that mentions no condition."""

    concept: str | None
    kind: str


@dataclass(frozen=True)
class Named:
    """A place where a label stands."""

    span: Span
    concept: str | None
    rule: str
    confidence: float


_CONFIDENCE = {"label": 0.97, "acronym": 0.9, "local": 0.9, "typo": 0.7, "joined": 0.7, "short": 0.6}


def extract(found: Found) -> Iterator[Mention]:
    """Every mention outside addresses, in text order, as it stands: plural and possessive endings belong to it."""
    local = local_abbreviations(found.document)
    for passage in found.document.passages:
        for named in named_in(found.document.text, passage.span, local):
            if named.concept is not None:
                yield Mention(span=named.span, rule=named.rule, confidence=named.confidence, concept=named.concept)


def concept_of(text: str, span: Span) -> str | None:
    """The concept whose label ends where `span` ends and covers most of it, or None.

    >>> words = "people with chronic fatigue syndrome"
    >>> concept_of(words, Span(12, len(words))), concept_of(words, Span(0, 6))
    ('cfs', None)
    """
    words = tokens(text, span)
    for match in term_index().matches(text, words):
        if match.end == len(words) and 2 * (match.end - match.first) > len(words) and match.value.kind != "joined":
            return match.value.concept
    return None


def local_abbreviations(document: Document) -> dict[str, str | None]:
    """What abbreviations mean in this document: the concept of their long form, None for one that names no condition.

    Only abbreviations that this could change are kept: the long form is a condition, or the vocabulary knows the short form.
    """
    meanings: dict[str, str | None] = {}
    for passage in document.passages:
        for pair in abbreviations(document.text, passage.span):
            short = bare_short(pair.short.of(document.text))
            if "/" in short:
                continue
            concept = concept_of(document.text, pair.long)
            if concept is not None or short in _known_acronyms():
                meanings[short] = meanings.get(short) or concept
    return meanings


def named_in(text: str, span: Span, local: Mapping[str, str | None]) -> list[Named]:
    """Labels inside `span`, names of organisations included, in text order and without overlaps."""
    words = _outside_addresses(text, span)
    candidates = [named for match in _matches(text, words, local) if (named := _named(text, span, match)) is not None]
    return _settled(text, candidates)


@cache
def term_index() -> TermIndex[Label]:
    """Every label of the vocabulary."""
    index: TermIndex[Label] = TermIndex()
    for organisation in organisations():
        for name in (organisation.name, *organisation.other):
            index.add(name, Label(None, "organisation"), exact=True)
    for concept in conditions():
        for label in concept.joined_label:
            index.add(label, Label(concept.id, "joined"))
        for label in (concept.pref_label, *concept.alt_label, *concept.hidden_label):
            index.add(label, Label(concept.id, "label"))
        for label in concept.exact_label:
            index.add(label, Label(concept.id, "acronym"), exact=True)
    return index


@cache
def _known_acronyms() -> frozenset[str]:
    labels = [label for concept in conditions() for label in (*concept.exact_label, *concept.alt_label)]
    names = [name for organisation in organisations() for name in (organisation.name, *organisation.other)]
    return frozenset(label for label in (*labels, *names) if label.isupper() and " " not in label)


def _outside_addresses(text: str, span: Span) -> list[Token]:
    addresses = Places(Span(*match.span()).shifted(span.start) for match in _ADDRESS.finditer(fold_same_length(span.of(text))))
    return [token for token in tokens(text, span) if not addresses.overlap(token.span)]


def _matches(text: str, words: list[Token], local: Mapping[str, str | None]) -> Iterator[Match[Label]]:
    for match in term_index().matches(text, words):
        short = bare_short(words[match.first].raw)
        if match.end - match.first == 1 and short in local:
            if local[short] is not None:
                yield Match(Label(local[short], "local"), match.span, match.first, match.end)
        else:
            yield match
    known = _known_acronyms()
    for position, token in enumerate(words):
        short = bare_short(token.raw)
        if short not in known and local.get(short) is not None:
            yield Match(Label(local[short], "local"), token.span, position, position + 1)


def _named(text: str, span: Span, match: Match[Label]) -> Named | None:
    guard = guards().get(bare_short(match.span.of(text).replace(".", "")))
    if guard is not None and not _lets_pass(guard, text, span, match.span):
        return None
    kind = "typo" if match.has_typo else match.value.kind
    return Named(match.span, match.value.concept, f"mention/{kind}", _CONFIDENCE.get(kind, 1.0))


def _lets_pass(guard: Guard, text: str, span: Span, place: Span) -> bool:
    before = fold_same_length(text[max(span.start, place.start - 40) : place.start])
    after = fold_same_length(text[place.end : min(span.end, place.end + 40)])
    if guard.before is not None and re.search(f"(?:{guard.before})$", before):
        return False
    if guard.after is not None and re.match(guard.after, after):
        return False
    return guard.shouting or not _is_shouting(before, after)


def _is_shouting(before: str, after: str) -> bool:
    """Whether the words beside a place are ordinary words in capitals: "HELP ME NOW"."""
    beside = [match[1] for match in (_WORD_BEFORE.search(before), _WORD_AFTER.match(after)) if match is not None]
    return bool(beside) and all(word.isupper() and word not in _known_acronyms() for word in beside)


def _settled(text: str, candidates: list[Named]) -> list[Named]:
    """Without joined labels that stand alone and short labels whose full name was not given."""
    ordered = sorted(candidates, key=lambda named: (named.span, named.rule))
    kept: list[Named] = []
    for position, named in enumerate(ordered):
        following = ordered[position + 1 : position + 2]
        if kept and kept[-1].span.overlaps(named.span):
            continue
        if named.rule == "mention/joined" and not _stands_beside(text, named, [*kept[-1:], *following]):
            continue
        kept.append(_short_form(text, named, kept))
    return kept


def _stands_beside(text: str, named: Named, neighbours: list[Named]) -> bool:
    for other in neighbours:
        left, right = sorted((named.span, other.span))
        gap = fold_same_length(text[left.end : right.start])
        if other.concept is not None and _COORDINATED.fullmatch(gap):
            return True
    return False


def _short_form(text: str, named: Named, before: list[Named]) -> Named:
    """`named`, or what it is short for: "their pain" after "chronic pain"."""
    previous = text[max(0, named.span.start - 12) : named.span.start].lower().split()
    if not previous or previous[-1] not in _POINTING_BACK:
        return named
    said = {other.concept for other in before}
    key = key_of(named.span.of(text))
    for concept in conditions():
        if concept.id in said and key in map(key_of, concept.short_label):
            return Named(named.span, concept.id, "mention/short", _CONFIDENCE["short"])
    return named
