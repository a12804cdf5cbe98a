"""Members' names out of words, without moving anything: every masked code point becomes one U+2588."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kb.model import Document, Person
from kb.vocabulary.data import load

MASK = "\N{FULL BLOCK}"
"""Stands for a code point of a name (or of a withdrawn post)."""
GAP = "\N{LIGHT SHADE}"
"""Stands for a code point of a passage that is not published."""
NAME_WITHHELD = "[name withheld]"
PERSON_AT_HEAD = re.compile(r"[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+\b")
"""How a custom user title that gives a real name begins: "Jo Bloggs, writer"."""
DISTINCTIVE = re.compile(r"\d|\s|_")
"""Names with a digit, blank or underscore are no common words and are masked in any case of letters."""


@dataclass(frozen=True)
class Mask:
    """The names that must not be published, as one pattern in each strictness."""

    names: tuple[str, ...]
    exact: re.Pattern[str] | None
    folded: re.Pattern[str] | None

    def fill(self, text: str) -> str:
        """`text` with every name filled over; same length, so that spans hold."""
        for pattern in (self.exact, self.folded):
            if pattern is not None:
                text = pattern.sub(lambda match: MASK * len(match.group()), text)
        return text

    def replace(self, words: str) -> str:
        """`words` with every name replaced by a phrase; for labels, where no span points in."""
        for pattern in (self.exact, self.folded):
            if pattern is not None:
                words = pattern.sub(NAME_WITHHELD, words)
        return words

    def hides(self, words: str | None) -> bool:
        """Whether a name stands in `words`."""
        return words is not None and self.fill(words) != words


def private_names(people: Iterable[Person]) -> tuple[str, ...]:
    """What must not be published of the people the readers met, longest first.

    Handles, custom titles and the real names at their head, locations finer than a country, names in mentions. Organisations
    and authors in a public role keep theirs. A location that is only a country says nothing about one member and also stands
    in titles of documents; it stays unpublished with the user cell it stands in.
    """
    names: set[str] = set()
    countries = {place.casefold() for place in load("countries")["names"]}
    for person in people:
        if person.role in ("organisation", "public"):
            continue
        name = " ".join(person.name.split())
        if person.field == "location" and name.casefold() in countries:
            continue
        names.add(name)
        if person.field == "title" and (head := PERSON_AT_HEAD.match(name)):
            names.add(head.group())
    return tuple(sorted((name for name in names if len(name) > 1), key=lambda name: (-len(name), name)))


def make_mask(documents: Iterable[Document]) -> Mask:
    """One mask over all documents: a name met in one is hidden in every other."""
    names = private_names(person for document in documents for person in document.people)
    distinctive = tuple(name for name in names if DISTINCTIVE.search(name))
    plain = tuple(name for name in names if not DISTINCTIVE.search(name))
    return Mask(names, _pattern(plain, 0), _pattern(distinctive, re.IGNORECASE))


def _pattern(names: tuple[str, ...], flags: int) -> re.Pattern[str] | None:
    if not names:
        return None
    beginnings: dict[str, list[str]] = {}
    for name in names:
        spelled = r"[\s_.-]?".join(re.escape(word) for word in re.split(r"[\s_]+", name))
        beginnings.setdefault(name[0].casefold() if flags else name[0], []).append(spelled)
    branches = (f"(?={_either_case(first, flags)})(?:{'|'.join(spelled)})" for first, spelled in sorted(beginnings.items()))
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(branches)})(?![^\W_])", flags)


def _either_case(first: str, flags: int) -> str:
    """What a name's first letter is tried on before the names themselves: there may be thousands of them."""
    return re.escape(first) if not flags or len(first) == 1 else "."
