"""Of what a figure is, and of whom: the words of its own sentence, and what it shares with the figures beside it."""

from __future__ import annotations

import re
from functools import cache

from kb.extract.figures.pairs import is_label
from kb.extract.figures.period_phrases import period_at
from kb.extract.figures.phrases import LISTED, PART_OF, SAME, Stated, names, opens_with, phrase_from
from kb.vocabulary.figure_words import figure_words
from kb.vocabulary.units import units

_LOOK_BACK = 160
_OF = re.compile(r"[\s)]{0,3}of\s+")
_BARE = re.compile(r"\s+(?=(?:with|without|aged)\s)")
_HALF_THE = re.compile(r"\s+(?=(?:all|its|my|our|the|their|these|those|your)\s)")
_RATIO = re.compile(r"\b(?:in|out\s+of)\b", re.IGNORECASE)
_OF_THE = re.compile(
    r"^\s{0,3}(?:\([^()]{0,12}\)\s|odd\s)?(?:(?:or|and)\s(?:above|fewer|less|more|over|so|under)\s)?"
    r"(?:(?:out\s)?of\s(?:(?:all|the|these|those|their|our|its)\s)?(?:[\d,]{1,12}\s)?)?"
)
_INTRODUCTION = re.compile(r"\W{0,4}(?:(?:In|Across|Within|Throughout|By|At|During|On)\s[\w\s-]{2,40},\s{0,2})?")
_LEADING = re.compile(r"(?:\A|[,;:.]\s{1,2})\W{0,4}(?:(?:Out\s)?[Oo]f|[Aa]mong(?:st)?)\s(?:all\s|the\s)?(?=[A-Za-z])")
"""What begins a clause whose share is of those it names first: "Of all callers, 40% ..."."""
_LABEL = re.compile(r"\W{0,6}([^\W\d][\w /&'’-]{1,60}?)\s{0,3}[(:–-]\s{0,3}")
_RATE_OF = re.compile(
    r"\b(?:a|an|its|our|that|the|their|this)\s((?:(?!(?:a|an|and|of|the)\b)[\w’'-]+\s){1,4})(?:of|at(?!\s(?:least|most)\b))\s((?:[\w-]+\s){0,3})$",
    re.IGNORECASE,
)
_A = re.compile(r"\b(?:an?|the)\s((?:[\w-]+\s){0,2})$", re.IGNORECASE)
_AMONG = re.compile(r"\b(?:among|amongst|by|for|in|of|than)\s(?:[a-z]+ing\s)?", re.IGNORECASE)
_CLAUSES = re.compile(
    r"[;:]\s|,\s(?:and|but|while|whereas)\s|\.\s"
    r"|\b(?:claim|conclude|estimate|find|found|indicate|mean|report|reveal|said|say|show|suggest|think|thought)(?:s|d|ed|n)?\sthat\s"
)
_APART = re.compile(r"[,;:.!?](?:\s|$)|\b(?:than|but|compared|versus|vs|whereas|while)\b")
_LIST_GOES_ON = re.compile(r",\s(?!(?:aged|including|particularly|such|which|who|whom|whose)\b)")
_BOUNDARY = re.compile(r"[,;:()]|\b(?:and|but|or|than|when|whereas|while|yet)\b", re.IGNORECASE)
_CLAUSE_INSIDE = re.compile(r"\s(?:that|which|who)\s")
_AWAY = frozenset({"among", "at", "by", "for", "from", "in", "on", "to", "with"})
_WORD = re.compile(r"[A-Za-z-]+")


def after_of(text: str, stated: Stated) -> str | None:
    """The phrase after "of", or after "half": what a share is of, and what is counted by sums and large numbers."""
    if stated.quantity.noun is not None:
        return None
    match = _OF.match(text, stated.end, stated.sentence.end)
    if match is None and text[stated.start : stated.end].lower().endswith("half"):
        match = _HALF_THE.match(text, stated.end, stated.sentence.end)
    return phrase_from(text, match.end(), stated.until, is_absolute=_is_absolute(text, stated)) if match else None


def counted(text: str, stated: Stated, phrase: str | None) -> str | None:
    """Of what: for a count the words up to its noun; else `phrase`, which is `after_of`; the label of "Neurology (62%)"."""
    found = stated.quantity
    if found.noun is not None:
        return " ".join(_OF_THE.sub("", text[found.span.end : found.noun.end].lstrip(" +-")).split()) or None
    if phrase is not None:
        return phrase
    is_first = stated.since == stated.sentence.start
    label = _LABEL.fullmatch(text, stated.sentence.start, stated.start) if is_first else None
    return " ".join(label[1].split()) if label and is_label(label[1]) else _rate_of(text, stated)


def populations(text: str, sentence: list[Stated], phrases: list[str | None]) -> list[str | None]:
    """Of whom each is: people counted or named near it, else those of the figure it belongs to; else cases.

    `phrases` are what `after_of` gives for each.
    """
    found = [_own(text, stated, phrase) for stated, phrase in zip(sentence, phrases, strict=True)]
    for index in range(len(sentence) - 2, -1, -1):
        if found[index] is None and _goes_on(text, sentence[index], sentence[index + 1]):
            found[index] = found[index + 1]
    last: dict[str, int] = {}
    for index, stated in enumerate(sentence):
        whose = last.get(stated.quantity.unit, index - 1 if index and found[index - 1] else None)
        if found[index] is None and whose is not None:
            is_its_own = _is_of_others(phrases[index]) and found[whose] == phrases[whose]
            found[index] = _shared(text, stated, str(found[whose]), is_its_own=is_its_own)
        if found[index]:
            last[stated.quantity.unit] = index
    return [phrase and _without_period(phrase) for phrase in found]


def people_in(text: str, start: int, end: int) -> str | None:
    """The people whom words that introduce a list name: as their subject, else after "of", "among" and the like."""
    return _subject(text, start, end) or _among(text, start, end)


def _own(text: str, stated: Stated, phrase: str | None) -> str | None:
    """The people a figure names by itself, else the cases it is a share of."""
    words = figure_words()
    noun = stated.quantity.noun
    if noun is not None:
        is_people = noun.of(text).lower() in words.people
        is_absolute = is_people and _is_absolute(text, stated)
        return phrase_from(text, noun.start, stated.until, is_absolute=is_absolute) if is_people else _before(text, stated)
    if phrase is not None and _is_about(phrase, words.people):
        return phrase
    if phrase is None:
        return _near(text, stated) or _before(text, stated)
    whom = _subject_of(text, stated, _clause_start(text, stated))
    return whom or (phrase if names(phrase, words.cases) else None)


def _is_about(phrase: str, heads: frozenset[str]) -> bool:
    """Whether the first of `heads` stands before anything but "of" leads away: not "spending on people"."""
    words = phrase.lower().split()
    first = next((place for place, word in enumerate(words) if word in heads), None)
    return first is not None and _AWAY.isdisjoint(words[:first])


def _near(text: str, stated: Stated) -> str | None:
    """The people after "one in four" or "half the", before the share in "Of all callers, 40%", after it in "40% among them"."""
    return _after_ratio(text, stated) or _leading(text, stated) or _after(text, stated)


def _before(text: str, stated: Stated) -> str | None:
    """The people named in the clause before a figure: nearest after "among" and the like, else its subject."""
    if stated.quantity.unit in {"GBP", "USD", "EUR"} or _follows(text, stated):
        return None
    start = _clause_start(text, stated)
    return _among(text, start, stated.start) or _subject_of(text, stated, start)


def _subject_of(text: str, stated: Stated, start: int) -> str | None:
    is_opened = start == stated.sentence.start or start > stated.since
    return _subject(text, start, stated.start) if is_opened else None


def _after_ratio(text: str, stated: Stated) -> str | None:
    """The people right after "one in four"."""
    if not _RATIO.search(stated.quantity.span.of(text)):
        return None
    phrase = phrase_from(text, stated.end, stated.until, is_absolute=_is_absolute(text, stated))
    return phrase if opens_with(phrase, figure_words().people) else None


def _leading(text: str, stated: Stated) -> str | None:
    """The people a clause before the share begins with: "Among these adults, one in five ..."."""
    words = figure_words()
    first = max(stated.sentence.start, stated.start - _LOOK_BACK)
    for opening in reversed(list(_LEADING.finditer(text[first : stated.start]))):
        if first > stated.sentence.start and not opening.start():
            continue
        start = first + opening.end()
        phrase = phrase_from(text, start, stated.start)
        if phrase is not None and names(phrase, words.people | words.cases):
            return phrase
    return None


def _after(text: str, stated: Stated) -> str | None:
    """The people after a share in the same clause: "40% among women", "a 10% rate for those treated"."""
    mark = _APART.search(text, stated.end, stated.until)
    end = mark.start() if mark else stated.until
    for opening in _AMONG.finditer(text, stated.end, end):
        phrase = phrase_from(text, opening.end(), end)
        if opens_with(phrase, figure_words().people):
            return phrase
    return None


def _among(text: str, start: int, end: int) -> str | None:
    """The last people named after "among", "for" and the like between two places."""
    for opening in reversed(list(_AMONG.finditer(text, start, end))):
        phrase = phrase_from(text, opening.end(), end)
        if phrase is not None and opens_with(phrase, figure_words().people):
            return _outside(text, phrase, opening.end(), end)
    return None


def _outside(text: str, phrase: str, start: int, end: int) -> str:
    """The phrase without a clause that the figure at `end` belongs to: "members" of "members who had a share of 40%"."""
    rest = _WORD.findall(text[start + len(phrase) : end].lower())
    return phrase if any(word not in _loose_words() for word in rest) else _CLAUSE_INSIDE.split(phrase)[0]


def _subject(text: str, start: int, end: int) -> str | None:
    """The people a clause begins with, unless they only act on others or tell what was found."""
    words = figure_words()
    opening = _INTRODUCTION.match(text, start, end)
    begin = opening.end() if opening else start
    phrase = phrase_from(text, begin, end)
    if phrase is None or not opens_with(phrase, words.people - words.agents):
        return None
    if _LIST_GOES_ON.match(text, begin + len(phrase), end):
        return None
    rest = set(_WORD.findall(text[begin + len(phrase) : end].lower()))
    return phrase if words.reporting.isdisjoint(rest) else None


def _clause_start(text: str, stated: Stated) -> int:
    starts = [match.end() for match in _CLAUSES.finditer(text, stated.since, stated.start)]
    return starts[-1] if starts else stated.since


def _is_absolute(text: str, stated: Stated) -> bool:
    """Whether "with", "shows" or the like stands before a figure and its qualifiers."""
    ahead = _WORD.findall(text[max(stated.since, stated.start - 40) : stated.start].lower())
    telling = (word for word in reversed(ahead) if word in figure_words().absolutes or word not in _loose_words())
    return next(telling, "") in figure_words().absolutes


def _goes_on(text: str, stated: Stated, following: Stated) -> bool:
    """Whether the next figure is the same one in brackets, the whole this one is part of, or the next of a list."""
    gap = text[stated.end : following.start]
    if SAME.fullmatch(gap) or PART_OF.fullmatch(gap):
        return True
    return stated.quantity.unit == following.quantity.unit and LISTED.fullmatch(gap) is not None


def _shared(text: str, stated: Stated, whose: str, *, is_its_own: bool) -> str | None:
    """The people of a figure before, where this one follows with only small words between, or with what tells them apart.

    One that says of what it is (`is_its_own`) has no others' people, unless these are the subject of both.
    """
    bare = _BARE.match(text, stated.end, stated.sentence.end)
    if bare and stated.quantity.noun is None:
        return _apart(text, stated, whose, bare.end())
    if SAME.fullmatch(text, stated.since, stated.start):
        return whose
    return whose if stated.quantity.unit in {"%", "count"} and not is_its_own and _follows(text, stated) else None


def _apart(text: str, stated: Stated, whose: str, place: int) -> str:
    """The people of the figure before with what tells these apart: "people" of "people with pain" and "with fatigue"."""
    head = next((word for word in whose.split() if word.lower() in figure_words().people), None)
    rest = phrase_from(text, place, stated.until)
    return f"{head} {rest}" if head and rest else whose


def _is_of_others(phrase: str | None) -> bool:
    """Whether a phrase after "of" names something, and does not only point back."""
    return phrase is not None and phrase.split()[0].lower() not in figure_words().pointers


def _follows(text: str, stated: Stated) -> bool:
    """Whether nothing is named between the last "and", "but" or mark and a figure that is not the first of its sentence."""
    last = _BOUNDARY.split(text[stated.since : stated.start])[-1]
    is_first = stated.since == stated.sentence.start
    return not is_first and all(word in _loose_words() for word in _WORD.findall(last.lower()))


@cache
def _loose_words() -> frozenset[str]:
    """Words that say nothing of whom: those of qualifiers, and small ones that lead from one figure to the next."""
    known = units()
    phrases = (phrase for all_of in known.before.values() for phrase in all_of)
    return figure_words().bridges | known.words.fillers | {word for phrase in phrases for word in phrase.split()}


def _rate_of(text: str, stated: Stated) -> str | None:
    """What "a recovery rate of 50%" and "a 50% recovery rate" are shares of."""
    if stated.quantity.unit != "%":
        return None
    ahead = text[max(stated.since, stated.start - 80) : stated.start]
    match = _RATE_OF.search(ahead)
    if match and _loose_words().issuperset(match[2].lower().split()):
        return " ".join(match[1].split())
    article = _A.search(ahead)
    if article is None or not _loose_words().issuperset(article[1].lower().split()):
        return None
    phrase = phrase_from(text, stated.end, stated.until)
    return phrase if phrase and phrase.split()[0].lower() not in figure_words().before_article else None


def _without_period(phrase: str) -> str:
    """The phrase up to words that say when: "patients seen last year"; "adults over 16 years" are whole."""
    when = period_at(phrase.lower())
    is_age = when is not None and when.of(phrase).lower().startswith("over ")
    kept = phrase[: when.start].rstrip(" ,(") if when is not None and when.start and not is_age else phrase
    return kept or phrase
