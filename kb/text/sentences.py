"""Where sentences end: rules for running text, written without a corpus and measured on two afterwards.

White space of every kind counts as one blank, so a hard-wrapped paragraph splits like an unwrapped one. Brackets with
citation keys and superscripts glued to a stop belong to the sentence they follow.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from kb.model import Span
from kb.vocabulary.data import load

_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_STOP = re.compile(
    r"""(?P<stop>[.!?…](?<![.!?…].)[.!?…]*+)
        (?P<close>["'”’»)\]*_]*+)
        (?P<note>\d{1,3}(?:[,–—-]\d{1,3}){0,8})?
        (?=\s|$|[A-Z"“‘(\[])""",
    re.VERBOSE,
)
_CITED = re.compile(r"\s{0,2}(?:\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,20}\])+[.!?]?(?=\s|$)")
_LAST_WORD = re.compile(r"[^\W_](?:[^\W_]|[.'’&-](?=[^\W_]))*$")
_OPENERS = "\"'“‘`«([*_•-–— \t\r\n\xa0"
_NO_OPENER = re.compile(f"[^{re.escape(_OPENERS)}]")
_FIRST_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_LOOK_BACK = 40
_LOOK_AHEAD = 60


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("sentences")[name])


def sentences(text: str, span: Span) -> list[Span]:
    """The sentences inside `span` of `text`, in order, without white space at their ends.

    Together they hold every character of the span that is not white space; none overlaps another. A blank line always ends a
    sentence, a single line end never does.

    >>> text = "Dr. Lee saw 12.5 mg.\\nIt helped (e.g. sleep)."
    >>> [place.of(text) for place in sentences(text, Span(0, len(text)))]
    ['Dr. Lee saw 12.5 mg.', 'It helped (e.g. sleep).']
    """
    words = span.of(text)
    starts = [0, *_ends(words), len(words)]
    pieces = [_trimmed(words, start, end, span.start) for start, end in pairwise(starts)]
    return [piece for piece in pieces if len(piece)]


def _trimmed(words: str, start: int, end: int, shift: int) -> Span:
    """The place without white space at its ends, so many code points later."""
    piece = words[start:end].rstrip()
    lead = len(piece) - len(piece.lstrip())
    return Span(shift + start + lead, shift + start + len(piece))


def _ends(words: str) -> list[int]:
    ends = {match.end() for match in _BREAK.finditer(words)}
    floor = 0
    for match in _STOP.finditer(words):
        cited = _CITED.match(words, match.end())
        end = cited.end() if cited else match.end()
        if end >= floor and _is_end(words, match, end, floor):
            ends.add(end)
            floor = end
    return sorted(ends)


def _is_end(words: str, match: re.Match[str], end: int, floor: int) -> bool:
    ahead = words[end : end + _LOOK_AHEAD]
    following = ahead.lstrip(_OPENERS)
    if not following or following[0] in ".,;:":
        return False
    before = _LAST_WORD.search(words, max(floor, match.start() - _LOOK_BACK), match.start())
    last = before.group() if before else ""
    if match["note"] and not _may_carry_note(match, last):
        return False
    if not ahead[:1].isspace():
        return _is_glued_start(match, last, ahead)
    if match["stop"] != ".":
        return _ends_loudly(match, following)
    if _is_enumerator(words, match, before, floor):
        return False
    return _ends_softly(last, match, following)


def _may_carry_note(match: re.Match[str], last: str) -> bool:
    """A superscript stands after a word or a bracket, never after a number, which would be a decimal."""
    return bool(match["close"]) or (last[-1:].isalpha() and len(last) > 2)


def _is_glued_start(match: re.Match[str], last: str, ahead: str) -> bool:
    """A forgotten blank ("word.Next"), where neither side can be part of an address or a name."""
    token = ahead.split(maxsplit=1)[0]
    is_word = len(last) > 2 and last.isalpha() and last.islower()
    return is_word and token.istitle() and token.lower().rstrip(",") in _words("starters") and not match["close"]


def _ends_loudly(match: re.Match[str], following: str) -> bool:
    """After "?", "!" and "...": a small letter goes on with the sentence after dots or a closing quotation mark."""
    if not following[0].islower():
        return True
    is_dots = set(match["stop"]) <= {".", "…"}
    return not is_dots and not match["close"]


def _is_enumerator(words: str, match: re.Match[str], before: re.Match[str] | None, floor: int) -> bool:
    """Whether "1." or "b." at the start of a sentence counts what follows."""
    if before is None or _NO_OPENER.search(words, floor, before.start()):
        return False
    return len(before.group()) < 3 and (before.group().isdigit() or len(before.group()) == 1) and not match["close"]


def _ends_softly(last: str, match: re.Match[str], following: str) -> bool:
    word = last.lower()
    first = _FIRST_WORD.match(following)
    starter = first is not None and first.group().lower().replace("’", "'") in _words("starters")
    if following[0].islower():
        return starter and len(last) > 1 and last.isalpha() and last.islower() and not _is_abbreviation(word)
    if match["close"]:
        return True
    if word in _words("before_a_name"):
        return word in _words("before_a_digit") and not following[0].isdigit()
    if word in _words("maybe_final") or (len(last) == 1 and last.isupper()):
        return starter and following[first.end() : first.end() + 1] != "." if first else False
    return True


def _is_abbreviation(word: str) -> bool:
    return word in _words("before_a_name") or word in _words("maybe_final")
