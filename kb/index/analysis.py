"""Text to index terms: one analysis for every engine, every field and every query.

A token may carry several terms at one position, the most particular first: "MUS" gives `MUS` and `mus`, "45 per cent" gives
`45%` and `45`. Text is indexed under all of them; a query asks for the first. So the query `MUS` finds the acronym alone,
`mus` finds any spelling, and neither finds "must".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from snowballstemmer import EnglishStemmer

from kb.model import Span

TOKEN = re.compile(
    r"""
    (?P<figure>
        (?P<currency> [£$€] )?
        (?P<number> (?: \d{1,3} (?: , \d{3} )+ | \d+ ) (?: \. \d+ )* )
        (?P<scale> bn | [mk] )?
        (?! [^\W_] )
        (?: (?P<sign> \s? % ) | (?P<percent> (?= \s? per \s? cent \b ) ) )?
    )
    | (?P<code> [^\W\d_]+ \d+ (?: \. \d+ )* (?! [^\W_] ) )
    | (?P<word> [^\W_] [^\W_\u0300-\u036f]* (?: [\u0300-\u036f] [^\W_]* )* (?: ['’] [^\W\d_]+ )* )
    """,
    re.VERBOSE,
)
ACRONYM = re.compile(r"(?P<letters>(?=.*[A-Z].*[A-Z\d])[A-Z\d.]+)(?P<plural>s?)")
POSSESSIVE = re.compile(r"['’]s?$")
STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a an and are as at be been but by for from had has have he her his i if in into is it its me my of on or our she so
        than that the their them then there these they this those to was we were what when which who will with would you your
        """,
    )
)
"""Words a query of several words may hold without asking for them; they are indexed, so phrases may need them."""


class Token(NamedTuple):
    """Terms at one place: `stems` are stemmed, `words` as written but for case; both the most particular first."""

    span: Span
    stems: tuple[str, ...]
    words: tuple[str, ...]


def tokens(text: str) -> Iterator[Token]:
    """The tokens of `text` in order; their spans are places in `text`.

    >>> [token.stems for token in tokens("MUS services: 45 per cent")]
    [('MUS', 'mus'), ('servic',), ('45%', '45'), ('per',), ('cent',)]
    """
    for match in TOKEN.finditer(text):
        span = Span(*match.span())
        if match["figure"]:
            terms = _figure_terms(match)
            yield Token(span, terms, terms)
        else:
            yield Token(span, *_word_terms(match.group()))


def _figure_terms(match: re.Match[str]) -> tuple[str, ...]:
    number = match["number"].replace(",", "")
    percent = "" if match["sign"] is None and match["percent"] is None else "%"
    particular = f"{match['currency'] or ''}{number}{match['scale'] or ''}{percent}"
    return (number,) if particular == number else (particular, number)


@lru_cache(maxsize=65536)
def _word_terms(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    written = POSSESSIVE.sub("", word)
    lower = fold_case(written)
    acronym = ACRONYM.fullmatch(written)
    if acronym is None:
        return (stem(lower),), (lower,)
    letters = acronym["letters"]
    terms = (letters, letters.lower(), lower) if acronym["plural"] else (letters, lower)
    return terms, terms


def fold_case(word: str) -> str:
    """`word` in lower case without accents, its apostrophes straight.

    >>> fold_case("Zürich’s")
    "zurich's"
    """
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part)).replace("’", "'")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The English Snowball stem of a folded word."""
    return str(EnglishStemmer().stemWord(word))


def keyword(value: str) -> str:
    """A keyword field's value as it is compared: lower case, blanks and underscores as hyphens.

    >>> keyword("Listed under"), keyword("10.1000/AB_c")
    ('listed-under', '10.1000/ab-c')
    """
    return "-".join(value.casefold().replace("_", " ").split())


def number_term(value: float) -> str:
    """A number as number fields hold it.

    >>> number_term(45.0), number_term(9.2)
    ('45', '9.2')
    """
    return str(int(value)) if value == int(value) else repr(float(value))


def parse_number(text: str) -> float | None:
    """The number a person wrote, with or without sign of unit, or None.

    >>> parse_number("£1,200"), parse_number("45%"), parse_number("many")
    (1200.0, 45.0, None)
    """
    bare = text.strip().strip("£$€%").replace(",", "")
    return float(bare) if NUMBER.fullmatch(bare) else None


NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?", re.ASCII)
