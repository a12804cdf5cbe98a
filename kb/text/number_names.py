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
_PER_CENT = re.compile(r"\s?(?:%|per\s?cent)")
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
_EVERY = frozenset({"each", "every", "per"})
_ALONE = re.compile(r"\s?%?(?:\s|[.,;)]?(?:\s|$))")
_OPENERS = " (\n\t"
_LOOK_BACK = 40
_LONGEST_YEAR = 4


def unread(words: str) -> list[tuple[int, int]]:
    """Where numbers are only keys of citations or intervals of confidence."""
    keys = [match.span() for match in _KEYS.finditer(words)] if "[" in words else []
    return keys + ([match.span() for match in _INTERVAL.finditer(words)] if _SURENESS.search(words) else [])


def is_bare(words: str, match: re.Match[str]) -> bool:
    """Whether a number in digits has no currency, no scale and no per cent sign or word."""
    return not (match["currency"] or match["scale"] or match["glued"] or _PER_CENT.match(words, match.end()))


def is_name(words: str, match: re.Match[str], known: Units) -> bool:
    """Whether a number in digits is a year, a day, the number of a part, or some other name."""
    if match["currency"]:
        return False
    if _is_in_identifier(words, match):
        return True
    if not is_bare(words, match):
        return False
    before = _WORD_BEFORE.search(words, max(0, match.start() - _LOOK_BACK), match.start())
    ahead = before[1] if before else ""
    return (
        ahead.lower() in known.words.labels
        or _is_year(words, match, ahead.lower(), known)
        or _is_date(words, match, ahead, known)
        or (_ROUND.fullmatch(match["digits"]) is not None and ahead.lower() in _EVERY)
        or _SECTION.search(words, max(0, match.start() - 2), match.start()) is not None
        or (match["digits"].startswith("0") and match["digits"].isdigit() and len(match["digits"]) > 1)
    )


def is_numbered(words: str, match: re.Match[str], known: Units) -> bool:
    """Whether a number in words is the name of a part: "wave two", "part one"."""
    before = _WORD_BEFORE.search(words, max(0, match.start() - _LOOK_BACK), match.start())
    return before is not None and before[1].lower() in known.words.word_labels


def is_score(words: str, match: re.Match[str], known: Units) -> bool:
    """Whether "7 out of 10" is what something was rated, not a share."""
    ahead = words[max(0, match.start() - _LOOK_BACK) : match.start()].lower().split()
    return any(word.strip(".,:;()") in known.words.scores for word in ahead[-4:])


def _is_in_identifier(words: str, match: re.Match[str]) -> bool:
    """Whether the number stands in an address, a telephone, a clock time or the like, with no blank between."""
    if _ALONE.match(words, match.end()) and (not match.start() or words[match.start() - 1] in _OPENERS):
        return False
    head = words[max(0, match.start() - _LOOK_BACK) : match.start()]
    tail = words[match.start() : match.end() + _LOOK_BACK]
    token = (head.rsplit(maxsplit=1)[-1] if head and not head[-1].isspace() else "") + tail.split(maxsplit=1)[0]
    return _IDENTIFIER.search(token) is not None


def _is_year(words: str, match: re.Match[str], ahead: str, known: Units) -> bool:
    if not _YEAR.fullmatch(match["digits"]):
        is_after = _BEFORE_YEAR.search(words, max(0, match.start() - 8), match.start()) is not None
        return is_after and len(match["digits"]) <= _LONGEST_YEAR
    noun = _NOUN_AFTER.match(words, match.end())
    counts_people = noun is not None and noun[1].lower() in known.words.people
    return not counts_people or ahead in known.words.year_prepositions


def _is_date(words: str, match: re.Match[str], ahead: str, known: Units) -> bool:
    if len(match["digits"]) > 2:
        return False
    after = _WORD_AFTER.match(words, match.end())
    names = [ahead, after[1] if after else ""]
    return any(name[:1].isupper() and name.lower() in known.words.months for name in names)
