"""Figures and what they are of in lists: "12% and 15% of men and women respectively", "gout - 40%, asthma - 30%"."""

from __future__ import annotations

import re
from itertools import pairwise

from kb.extract.figures.phrases import LISTED, Stated
from kb.vocabulary.figure_words import figure_words

_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_AND = re.compile(r",\s(?:and\s|or\s)?|\s(?:and|or)\s")
_FIRST = re.compile(r"(?:^|.*\b)(?:among|amongst|at|between|by|for|from|in|of|on|with)\s(?:the\s)?", re.IGNORECASE)
_INTRODUCTION = re.compile(r"\W*(?:(?:in|across|by|during)\s[^,]{2,40},\s)?", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:^\W{0,3}|[,;:]\s|\band\s)(?:(?:and|or)\s)?([^\W\d][^\d,;:()]{0,60}?)(?::|=|\s[–—-]|[–—])\s(?:[\w-]+\s){0,3}$"
)
"""What stands before a figure with a dash or a colon between: "depression – 15%"."""
_IN_RUN = re.compile(r"^\)(?:[,;]\s|,?\sand\s)(?:and\s)?([^\W\d][^\d,;:()]{0,60}?)\s\($")
_BEFORE_RUN = re.compile(r"([^\W\d][\w’'-]*(?:\s[\w’'-]+){0,4})\s\($")
"""What stands before a figure in brackets: the next of a run, and what may be the first."""
_LONGEST = 80
_WORD = re.compile(r"[\w’'-]+")


def paired(text: str, sentence: list[Stated]) -> dict[int, str]:
    """For the figures before "respectively", by their place in the sentence, the words that are listed in the same order."""
    if not sentence:
        return {}
    match = _RESPECTIVELY.search(text, sentence[0].start, sentence[0].sentence.end)
    if match is None:
        return {}
    run = _run(text, [index for index, stated in enumerate(sentence) if stated.end <= match.start()], sentence)
    behind = text[sentence[run[-1]].end : match.start()].strip(" ,(\n")
    listed = _listed(behind, len(run)) or _listed(_before_verb(text, sentence[run[0]]), len(run))
    return dict(zip(run, listed, strict=True)) if listed else {}


def labelled(text: str, sentence: list[Stated]) -> dict[int, str]:
    """For figures by their place in the sentence the label before each: before a dash or colon, or before brackets in a run."""
    found: dict[int, str] = {}
    for index, stated in enumerate(sentence):
        ahead = text[max(stated.since, stated.start - _LONGEST) : stated.start]
        dashed, bracketed = _LABEL.search(ahead), _IN_RUN.match(ahead) if index else None
        match = dashed or bracketed
        if match and is_label(match[1]):
            found[index] = " ".join(match[1].split())
        if bracketed and index - 1 not in found and (first := _first_label(text, sentence[index - 1])):
            found[index - 1] = first
    return found


def is_label(words: str) -> bool:
    """Whether words name something: no verb stands among them, and no preposition leads to them."""
    small = words.lower().split()
    return (_verbs() - {"including"}).isdisjoint(small) and small[0] not in figure_words().before_article


def _first_label(text: str, stated: Stated) -> str | None:
    """The words before the brackets of the first figure of a run, behind the verb that leads to them."""
    match = _BEFORE_RUN.search(text, max(stated.since, stated.start - _LONGEST), stated.start)
    words = match[1].split() if match else []
    after = next((place for place in range(len(words), 0, -1) if words[place - 1].lower() in _verbs()), 0)
    label = " ".join(words[after:])
    return label if label and is_label(label) else None


def _run(text: str, before: list[int], sentence: list[Stated]) -> list[int]:
    """The last figures that only commas and "and" part."""
    run = before[-1:]
    for index, following in reversed(list(pairwise(before))):
        is_one = LISTED.fullmatch(text, sentence[index].end, sentence[following].start) is not None
        if not is_one or following != run[0]:
            break
        run.insert(0, index)
    return run


def _listed(words: str, count: int) -> list[str]:
    """The items of a list in `words`, without what leads to the first; [] where there are not `count`, or fewer than two."""
    items = _AND.split(" ".join(words.split()))
    if count < 2 or len(items) != count:
        return []
    first = _FIRST.sub("", items[0])
    return [first, *items[1:]] if first and all(items) else []


def _before_verb(text: str, stated: Stated) -> str:
    """What the sentence begins with, up to its verb."""
    opening = _INTRODUCTION.match(text, stated.since, stated.start)
    start = opening.end() if opening else stated.since
    verb = next((word.start() for word in _WORD.finditer(text, start, stated.start) if word[0].lower() in _verbs()), start)
    return text[start:verb]


def _verbs() -> frozenset[str]:
    return figure_words().finite | figure_words().ends
