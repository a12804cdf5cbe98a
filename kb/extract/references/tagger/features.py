"""What the tagger sees of each token of a reference string: its own look, its neighbours', its clause's, and what came before.

A feature is a short string, "template=value". The same function serves training (`benchmarks/train_references.py`) and reading:
a change here needs a new training.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb.extract.references.tagger.tokens import ADDRESS

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?")
_INITIALS = re.compile(r"(?:[A-Z]\.?-?){1,4}[,;.]?")
_RANGE = re.compile(r"[A-Za-z]?\d+\s?[-–—]\s?[A-Za-z]?\d+")
_MONTH = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*")
_SHAPES = (
    ("year", _YEAR),
    ("initials", _INITIALS),
    ("range", _RANGE),
    ("month", _MONTH),
    ("address", re.compile(rf".*(?:{ADDRESS.pattern}).*", re.IGNORECASE)),
)
_WORD_KINDS = {
    "editors": "ed eds editor editors edited hg hrsg éd",
    "pages": "p pp pages page s",
    "volume": "vol volume no issue nr bd number",
    "publisher": "press university publishers publishing verlag books editions wiley springer",
    "journal": "journal j review rev annals ann proceedings proc transactions bulletin int",
    "in": "in dans en",
    "and": "and & und et y e",
    "al": "al",
}
_KINDS = {word: kind for kind, words in _WORD_KINDS.items() for word in words.split()}
_TELLING = ("year", "range", "month", "address", "editors", "pages", "volume", "publisher", "journal", "initials")
"""Kinds of word that say what their clause is, the most telling first."""

_FRAME = ".,;:()[]{}\"'“”‘’«»„<>*"
_CLAUSE_ENDS = frozenset('.,;:?!)”"»')
_NUMERIC = re.compile(r"\W*\d")
_OPENS = frozenset("\"“«‘„'")
_CLOSES = re.compile(r"[\"”’»“'][.,;:]?$")
_CAPITALS, _SMALL, _DIGITS = re.compile(r"[A-Z]+"), re.compile(r"[^\W\d_A-Z]+"), re.compile(r"\d+")

_QUOTE = re.compile(r"[“«„\"]")
_INSIDE = re.compile(r"[.,”\"»] ?[Ii]n:? ")
_NUMBERED = re.compile(r"\d ?\(\d|;\s?\d+|\d:\s?\d|\bvol|\bno\.", re.IGNORECASE)
_PLACED = re.compile(r"\b[A-Z]\w++ ?: [A-Z]")


class Own(NamedTuple):
    """One token by itself."""

    bare: str
    """In small letters, without the signs around it."""
    form: str
    """Its outline: A for capitals, a for small letters, 9 for digits, signs as they are; runs are one."""
    kind: str
    end: str
    """The sign it ends with, "" for a letter or digit."""
    begin: str
    known_as: str
    """What the training strings use the word as: see `kb.extract.references.tagger.weights`."""


class Clause(NamedTuple):
    """Tokens up to a stop or comma, or up to where numbers begin or end."""

    start: int
    end: int
    look: str
    known_as: str
    """What most of its words are used as."""
    to_number: int = 9
    """How many clauses on the next one of numbers is."""


class State(NamedTuple):
    """What came before a token."""

    stops: int
    years: int
    is_inside: bool
    """Behind "In" at the head of a sentence."""
    is_quoted: bool
    is_bracketed: bool


def bare(word: str) -> str:
    """A word as dictionaries have it: small letters, no signs around it."""
    return word.strip(_FRAME).lower()


def features(words: Sequence[str], known_as: Sequence[str]) -> list[list[str]]:
    """The features of each token. `known_as` says of each what its word is mostly used as."""
    own = [_own(word, use) for word, use in zip(words, known_as, strict=True)]
    style = _style(words, own)
    clauses = _clauses(words, own)
    holder = [number for number, clause in enumerate(clauses) for _ in range(clause.start, clause.end)]
    rows = []
    for at, state in enumerate(_states(words, own)):
        row = [*_of_word(words[at], own[at]), *_of_neighbours(own, at), *_of_clause(clauses, holder[at], at)]
        row += _of_place(style, state, own[at], clauses[holder[at]], at)
        row += [f"at={_cell(at)}", f"to={_cell(len(words) - 1 - at)}"]
        rows.append(row)
    return rows


def _own(word: str, use: str) -> Own:
    name = bare(word)
    end, begin = word[-1], word[0]
    return Own(name, _form(word), _kind(word, name), "" if end.isalnum() else end, "" if begin.isalnum() else begin, use)


def _kind(word: str, name: str) -> str:
    if name in _KINDS:
        return _KINDS[name]
    if name.isdigit() and not _YEAR.fullmatch(name):
        return f"int{min(len(name), 5)}"
    return next((kind for kind, pattern in _SHAPES if pattern.fullmatch(word if kind == "initials" else name)), "-")


def _form(word: str) -> str:
    outline = _CAPITALS.sub(lambda run: "A" if run.end() - run.start() == 1 else "AA", word)
    return _DIGITS.sub("9", _SMALL.sub("a", outline))[:8]


def _style(words: Sequence[str], own: Sequence[Own]) -> str:
    """How the whole string is built: where its first year stands, whether it has quotation marks, numbers, places, "In"."""
    text = " ".join(words)
    year = next((at for at, token in enumerate(own) if token.kind == "year"), None)
    place = "-" if year is None else "e" if year < 0.4 * len(words) else "l"
    bracket = "(" if year is not None and words[year][0] == "(" else ""
    signs = ((_QUOTE, "q"), (_NUMBERED, "v"), (_INSIDE, "i"), (_PLACED, "p"))
    return place + bracket + "".join(sign for pattern, sign in signs if pattern.search(text))


def _clauses(words: Sequence[str], own: Sequence[Own]) -> list[Clause]:
    cuts = [0, *(at for at in range(1, len(words)) if _is_cut(words[at - 1], words[at])), len(words)]
    found: list[Clause] = []
    to_number = 9
    for start, end in zip(reversed(cuts[:-1]), reversed(cuts[1:]), strict=True):
        to_number = 0 if _NUMERIC.match(words[start]) else to_number + 1
        found.append(Clause(start, end, _look(words[start:end], own[start:end]), _use(own[start:end]), min(to_number, 5)))
    return found[::-1]


def _is_cut(before: str, word: str) -> bool:
    is_end = before[-1] in _CLAUSE_ENDS and not _INITIALS.fullmatch(before)
    return is_end or bool(_NUMERIC.match(before)) != bool(_NUMERIC.match(word))


def _look(words: Sequence[str], own: Sequence[Own]) -> str:
    capitals = sum(word[0].isupper() for word in words) / len(words)
    kinds = {token.kind for token in own}
    telling = next((kind for kind in _TELLING if kind in kinds), "-")
    digits = "9" if _DIGITS.search("".join(words)) else ""
    return f"{_cell(len(words) - 1)}{'C' if capitals > 0.7 else 'c' if capitals > 0.3 else '-'}{digits}{telling[:3]}{own[-1].end}"


def _use(own: Sequence[Own]) -> str:
    uses = Counter(token.known_as[:3] for token in own if len(token.known_as) > 2)
    if not uses:
        return "-"
    use, count = max(uses.items(), key=lambda pair: (pair[1], pair[0]))
    return f"{use}{int(2.99 * count / len(own))}"


def _cell(count: int) -> int:
    """Small counts as they are, larger ones in classes."""
    return count if count < 3 else 3 if count < 5 else 4 if count < 9 else 5 if count < 17 else 6


def _states(words: Sequence[str], own: Sequence[Own]) -> Iterator[State]:
    stops = years = quotes = brackets = 0
    is_inside, is_start = False, True
    for word, token in zip(words, own, strict=True):
        quotes += token.begin in _OPENS if token.begin else 0
        brackets += word.count("(") + word.count("[")
        yield State(min(stops, 5), min(years, 2), is_inside, quotes > 0, brackets > 0)
        quotes = max(0, quotes - bool(_CLOSES.search(word)))
        brackets = max(0, brackets - word.count(")") - word.count("]"))
        is_inside = is_inside or (token.bare == "in" and (word[0] == "I" or is_start))
        is_start = word[-1] in '.,”"»'
        stops += word[-1] in ".?!" and token.kind != "initials"
        years += token.kind == "year"


def _of_word(word: str, own: Own) -> list[str]:
    return [
        f"w={own.bare}",
        f"f={own.form}",
        f"k={own.kind}",
        f"e={own.end}",
        f"b={own.begin}",
        f"l={own.known_as}",
        f"ke={own.kind}|{own.end}",
        f"fl={own.form}|{own.known_as}",
        f"p3={word[:3]}",
        f"p2={own.bare[:2]}",
        f"s3={own.bare[-3:]}",
        f"s2={own.bare[-2:]}",
    ]


_NOTHING = Own("", "", "none", "", "", "")


def _of_neighbours(own: Sequence[Own], at: int) -> list[str]:
    here = own[at]
    last = len(own) - 1
    before = own[at - 1] if at else _NOTHING
    after = own[at + 1] if at < last else _NOTHING
    first = own[at - 2] if at > 1 else _NOTHING
    second = own[at + 2] if at + 2 <= last else _NOTHING
    row = []
    for by, token in (("-2", first), ("-1", before), ("+1", after), ("+2", second)):
        row += [f"{by}w={token.bare}", f"{by}k={token.kind}{token.end}", f"{by}f={token.form}", f"{by}l={token.known_as}"]
    return [
        *row,
        f"-f={before.form}|{here.form}",
        f"-e={before.end}|{here.kind}|{here.form}",
        f"-l={before.end}|{here.known_as}",
        f"-ll={before.end}|{before.known_as}|{here.known_as}",
        f"+f={here.form}|{after.form}",
        f"+e={here.end}|{after.kind}|{after.form}",
        f"+l={here.end}|{here.known_as}|{after.known_as}",
        f"+k={here.kind}|{here.end}|{after.kind}{after.end}",
        f"+kk={here.kind}|{after.kind}{after.end}|{second.kind}",
        f"-+={before.end}{here.end}|{before.kind}|{here.kind}|{after.kind}",
    ]


def _of_clause(clauses: Sequence[Clause], number: int, at: int) -> list[str]:
    clause = clauses[number]
    edge = f"{min(at - clause.start, 1)}{min(clause.end - 1 - at, 1)}"
    row = [
        f"c={clause.look}",
        f"cl={clause.known_as}",
        f"c#={min(number, 7)}",
        f"c-#={min(len(clauses) - number, 7)}",
        f"in={min(at - clause.start, 3)}|{min(clause.end - 1 - at, 3)}",
        f"ce={edge}|{clause.look}",
        f"cle={edge}|{clause.known_as}",
    ]
    if number:
        before = clauses[number - 1]
        row += [f"-c={before.look}", f"-cl={before.known_as}|{clause.known_as}"]
    if number + 1 < len(clauses):
        after = clauses[number + 1]
        row += [f"+c={after.look}", f"+cl={clause.known_as}|{after.known_as}", f"+ce={after.look}|{edge[1]}"]
    return row


def _of_place(style: str, state: State, own: Own, clause: Clause, at: int) -> list[str]:
    first, last = min(at - clause.start, 1), min(clause.end - 1 - at, 1)
    return [
        f"br={state.is_bracketed:d}",
        f"y={state.years}{clause.to_number}",
        f"s={state.stops}{state.years}{state.is_inside:d}{state.is_quoted:d}",
        f"st={style}|{own.end}|{last}{state.years}",
        f"sn={style}|{clause.to_number}|{first}",
        f"ss={style}|{state.stops}|{first}{last}",
    ]
