"""A reference string as tokens with the features that the tagger is trained on.

The numeric tail is split first: "2012;72:242-47." is a year, a volume and pages, and a tagger that sees it as one word calls it
all a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.model import Span

TOKEN = re.compile(r"\S+")
TAIL_BREAK = re.compile(
    r"(?<=\d[;:,.])(?=[\dA-Za-z(])|(?<=[\w;:,.])(?=\(\d)|(?<=\d\))(?=[:,;.]?\s?\d)|(?<=\)[;:,])(?=\w)|(?<=\d[a-z][;:,])(?=\d)"
)
ADDRESS = re.compile(r"https?:|www\.|doi\.org|^10\.\d{4}|^doi:", re.IGNORECASE)
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
INITIALS = re.compile(r"(?:[A-Z]\.?-?){1,4}[,;.]?")
RANGE = re.compile(r"[A-Za-z]?\d+\s?[-–—]\s?[A-Za-z]?\d+")
MONTH = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE)
EDITORS = frozenset({"ed", "eds", "editor", "editors", "edited", "hg", "hrsg", "éd"})
PAGES = frozenset({"p", "pp", "pages", "page", "s"})
VOLUME = frozenset({"vol", "volume", "no", "issue", "nr", "bd", "number"})
PUBLISHERS = frozenset({"press", "university", "publishers", "publishing", "verlag", "books", "editions", "wiley", "springer"})
JOURNALS = frozenset({"journal", "j", "review", "rev", "annals", "ann", "proceedings", "proc", "transactions", "bulletin", "int"})
NEAR = (-2, -1, 1, 2)


def tokens(raw: str) -> list[Span]:
    """The tokens of a string: words between white space, numeric tails in their parts, addresses whole."""
    return [span for match in TOKEN.finditer(raw) for span in _split(raw, match)]


def _split(raw: str, match: re.Match[str]) -> Iterator[Span]:
    word = match.group()
    if not any(sign.isdigit() for sign in word) or ADDRESS.search(word):
        yield Span(*match.span())
        return
    cuts = [0, *(cut.start() for cut in TAIL_BREAK.finditer(word) if 0 < cut.start() < len(word)), len(word)]
    for start, end in zip(cuts, cuts[1:], strict=False):
        if start < end:
            yield Span(match.start() + start, match.start() + end)


def features(words: Sequence[str]) -> list[list[str]]:
    """The features of each token, its neighbours' among them, as the tagger wants them."""
    own = [_own(word) for word in words]
    rows = []
    for at, word in enumerate(words):
        row = [f"{name}" for name in own[at]]
        row += [f"prefix={word[:length]}" for length in (1, 2, 3)] + [f"suffix={word[-length:]}" for length in (1, 2, 3)]
        row.append(f"at={10 * at // len(words)}")
        row += [f"{by}:{name}" for by in NEAR if 0 <= at + by < len(words) for name in own[at + by]]
        row += [f"{by}:none" for by in NEAR if not 0 <= at + by < len(words)]
        if at:
            row.append(f"pair={own[at - 1][1]}|{own[at][1]}")
        rows.append(row)
    return rows


def _own(word: str) -> list[str]:
    bare = word.strip(".,;:()[]\"'“”‘’«»").lower()
    found = [f"word={bare}", f"form={_form(word)}", f"ends={_end(word)}", f"begins={word[0] if not word[0].isalnum() else ''}"]
    kinds = {
        "year": YEAR.fullmatch(bare),
        "initials": INITIALS.fullmatch(word),
        "range": RANGE.fullmatch(bare),
        "month": MONTH.match(bare),
        "address": ADDRESS.search(word),
        "editors": bare in EDITORS,
        "pages": bare in PAGES,
        "volume": bare in VOLUME,
        "publisher": bare in PUBLISHERS,
        "journal": bare in JOURNALS,
        "in": bare == "in",
        "and": bare in {"and", "&", "und", "et"},
    }
    return found + [name for name, holds in kinds.items() if holds]


def _form(word: str) -> str:
    """The outline of a word: A for capitals, a for small letters, 9 for digits, signs as they are; runs are one."""
    outline = re.sub(r"\d+", "9", re.sub(r"[^\W\d_A-Z]+", "a", re.sub(r"[A-Z]", "A", word)))
    return re.sub(r"A{2,}", "AA", outline)[:8]


def _end(word: str) -> str:
    return word[-1] if not word[-1].isalnum() else ""
