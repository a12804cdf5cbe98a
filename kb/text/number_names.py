"""Numbers that are only names or belong to another number: years, dates, sections, keys, scores, identifiers, intervals."""

from __future__ import annotations

import re

from kb.vocabulary.units import Units

_IDENTIFIER = re.compile(r"://|www\.|@|_|[A-Za-z]/|/[A-Za-z]|\d-\d+-\d|\d\.\d+\.\d|10\.\d{4,}|\d/\d|\d:\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE_YEAR = re.compile(r"(?:19|20)\d\d\s?[/–-]\s?$")
_WORD_BEFORE = re.compile(r"([A-Za-z%£$€][\w'’]*)[.:#(\s]{0,3}$")
_WORD_AFTER = re.compile(r"(?:st|nd|rd|th)?\s{1,3}(?:of\s)?([A-Za-z]+)")
_NOUN_AFTER = re.compile(r"\s{1,3}([A-Za-z]+)")
_KEYS = re.compile(r"\[[\d\s,;–-]{1,60}\]")
_SECTION = re.compile(r"[§¶]\s?$")
_BOUND = r"[-−]?\d+(?:\.\d+)?\s?%?"
_INTERVAL = re.compile(
    r"\b\d\d(?:\.\d)?\s?(?:%|per\s?cent)[\s-](?:CIs?|CrI|PI|C\.I\.|confidence|credible|prediction)\b(?:\s(?:intervals?|limits?))?"
    rf"(?:[\s:=,(\[]{{0,4}}(?:of\s|from\s)?{_BOUND}(?:\s?[-–—,]\s?|\s(?:to|and)\s){_BOUND})?",
    re.IGNORECASE,
)
"""How sure an estimate is, with its bounds: says nothing of what was counted."""
_SURENESS = re.compile(r"C(?:I|rI|\.I)|confidence|credible|prediction|PI")
_ROUND = re.compile(r"100|\d{1,3}(?:[,\s]?000)+")
_LOOK_BACK = 40


def unread(words: str) -> list[tuple[int, int]]:
    """Where numbers are only keys of citations or intervals of confidence."""
    keys = [match.span() for match in _KEYS.finditer(words)] if "[" in words else []
    return keys + ([match.span() for match in _INTERVAL.finditer(words)] if _SURENESS.search(words) else [])


def is_name(words: str, match: re.Match[str], known: Units) -> bool:
    """Whether a number in digits is a year, a day, the number of a part, or some other name."""
    if match["currency"]:
        return False
    return (
        _SECTION.search(words, max(0, match.start() - 2), match.start()) is not None
        or _is_in_identifier(words, match)
        or _is_year(words, match, known)
        or _is_date(words, match, known)
        or _is_labelled(words, match, known)
        or _is_base(words, match)
        or (match["digits"].startswith("0") and match["digits"].isdigit() and len(match["digits"]) > 1)
    )


def is_numbered(words: str, match: re.Match[str], known: Units) -> bool:
    """Whether a number in words is the name of a part: "wave two", "part one"."""
    return match["words"] is not None and word_before(words, match.start()) in known.words.word_labels


def is_score(words: str, match: re.Match[str], known: Units) -> bool:
    """Whether "7 out of 10" is what something was rated, not a share."""
    ahead = words[max(0, match.start() - _LOOK_BACK) : match.start()].lower().split()
    return any(word.strip(".,:;()") in known.words.scores for word in ahead[-4:])


def word_before(words: str, place: int) -> str:
    """The word before a place in lower case, through a stop or an opening bracket."""
    match = _WORD_BEFORE.search(words, max(0, place - _LOOK_BACK), place)
    return match[1].lower() if match else ""


def _is_in_identifier(words: str, match: re.Match[str]) -> bool:
    window = words[max(0, match.start() - _LOOK_BACK) : match.end() + _LOOK_BACK]
    place = min(match.start(), _LOOK_BACK)
    head = window[:place].rsplit(maxsplit=1)[-1:] if window[:place] and not window[place - 1].isspace() else []
    token = "".join(head) + (window[place:].split(maxsplit=1) or [""])[0]
    return _IDENTIFIER.search(token) is not None


def _is_year(words: str, match: re.Match[str], known: Units) -> bool:
    if match["scale"] or match["glued"] or not _YEAR.fullmatch(match["digits"]):
        after_year = _BEFORE_YEAR.search(words, max(0, match.start() - 8), match.start())
        return after_year is not None and not match["scale"] and len(match["digits"]) <= 4
    noun = _NOUN_AFTER.match(words, match.end())
    counts_people = noun is not None and noun[1].lower() in known.words.people
    return not counts_people or word_before(words, match.start()) in known.words.year_prepositions


def _is_date(words: str, match: re.Match[str], known: Units) -> bool:
    if len(match["digits"]) > 2 or match["scale"]:
        return False
    after = _WORD_AFTER.match(words, match.end())
    if after is not None and after[1].lower() in known.words.months and after[1][:1].isupper():
        return True
    before = _WORD_BEFORE.search(words, max(0, match.start() - _LOOK_BACK), match.start())
    return before is not None and before[1][:1].isupper() and before[1].lower() in known.words.months


def _is_labelled(words: str, match: re.Match[str], known: Units) -> bool:
    if match["scale"] or words[match.end() : match.end() + 1] == "%":
        return False
    return word_before(words, match.start()) in known.words.labels


def _is_base(words: str, match: re.Match[str]) -> bool:
    """Whether a round number is what a rate is counted on: "per 1,000", "for every 100"."""
    return _ROUND.fullmatch(match["digits"]) is not None and word_before(words, match.start()) in {"per", "every", "each"}
