"""The fields of a reference string as the tagger sees them, cleaned of the signs that part them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from kb.extract.references.tagger import tag
from kb.extract.references.titles import is_body

_EDGES = " \t\r\n,.;:"
_QUOTES = "\"'“”‘’„«»"
_IN = re.compile(r"^\W*(?:in|dans)\b:?\s+(?=\S)", re.IGNORECASE)
_MEDIUM = re.compile(r"\s?\[[^\[\]]{2,30}\][\s.]{0,3}$")
"""What the title is on or in, as it stands behind it: [Internet], [in French]."""
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_VOLUME = re.compile(
    r"""\W*(?:vol(?:ume)?s?\b\.?\s*|v\.\s*|n[o°º]?\b\.?\s*|n°\s*|bd\.?\s*)?
        (?P<volume>[A-Za-z]?\d{1,4}[A-Za-z]?|[IVXLC]{1,7})\b\)?
        (?:[\s,;]*\(\s?(?P<bracketed>[^()]{1,30})\)
          |[\s,;:]*(?:no|nr|n|issues?|number)\b[.°º]?\s*(?P<issue>[\w-]+(?:\s?[-–/]\s?\d+)?)
          |(?:\s?[/:,]\s?|\.)(?P<joined>\d+))?""",
    re.VERBOSE | re.IGNORECASE,
)
_PAGES = re.compile(
    r"(?<!\w)(?<!\d\.)(?<![A-Za-z][-–])[A-Za-z]{0,2}\d+[A-Za-z]?(?:\s?(?:[-–—‑‐−]{1,2}|\?)\s?[A-Za-z]{0,2}\d+[A-Za-z]?|(?:,\s?\d+)+)?(?!\w)(?!\s?(?:p|pp|pages|S)\b)"
)
_ET_AL = re.compile(r"(?:et\.?\s?al|and\sothers|and\scolleagues)\b.*$", re.IGNORECASE | re.DOTALL)
_EDITORS = re.compile(
    r"\(?\b(?:eds?|editors?|hrsg|hg)\b\.?\)?[\s,.:]{0,4}$|^(?:in:?\s+)?(?:eds?\.\s|edited\sby\s)|^in:?\s+", re.IGNORECASE
)
_AND = re.compile(r";|,?\s(?:and|und|et)\s|,?\s?&")
_DOTTED = re.compile(r"\b[A-Z]\.")
_AFTER_COMMA = re.compile(r",\s?(?:[A-Z]\.[\s-]?){1,4}$")
_VANCOUVER_END = re.compile(r"\s(?:[A-Z]{1,3}|(?:[A-Z]\.[\s-]?){1,4})$")
_INITIALS = re.compile(r"(?:[A-Z]\.?[\s-]?){1,4}(?:Jr\.?|Sr\.?|I{2,3})?")


@dataclass(frozen=True)
class Tagged:
    """What the tagger takes for each field; None or () where it sees none."""

    authors: tuple[str, ...] = ()
    title: str | None = None
    container: str | None = None
    year: int | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    publisher: str | None = None
    publisher_place: str | None = None


def tagged(words: str, authors: int = 0) -> Tagged:
    """The fields of a string on one line without its label; of several pieces with one label the first counts.

    That the first `authors` code points, and no more, name the authors may be known beforehand.
    """
    pieces = dict(reversed(list(_pieces(words, authors))))
    numbered = _VOLUME.match(pieces.get("volume", ""))
    years = _YEAR.findall(pieces.get("date", ""))
    pages = _PAGES.search(pieces.get("pages", ""))
    named = None if pages else pieces.get("pages")  # a name with a number in it, "DSM-5"
    return Tagged(
        authors=names_in(pieces.get("author") or pieces.get("editor") or ""),
        title=_title(pieces.get("title") or named),
        container=_clean(_IN.sub("", pieces.get("container", ""))),
        year=int(years[-1]) if years else None,
        volume=numbered["volume"] if numbered else None,
        issue=(numbered["bracketed"] or numbered["issue"] or numbered["joined"]) if numbered else None,
        pages="".join(pages.group().split()) if pages else None,
        publisher=_clean(pieces.get("publisher")),
        publisher_place=_clean(pieces.get("location")),
    )


def _pieces(words: str, authors: int) -> Iterator[tuple[str, str]]:
    """Runs of one label and their words, as they stand."""
    for label, run in groupby(tag(words, authors), key=lambda pair: pair[0]):
        spans = [span for _, span in run]
        yield label, words[spans[0].start : spans[-1].end]


def _title(words: str | None) -> str | None:
    """The title without the signs around it; words that begin small describe a work and are none."""
    title = _clean(_MEDIUM.sub("", words or ""))
    return None if title is None or (title[0].islower() and title[:1] == (words or "").lstrip()[:1]) else title


def _clean(words: str | None) -> str | None:
    """Without the signs at its ends; a bracket stays where its other half is inside."""
    if words is None:
        return None
    bare = words.strip(_EDGES).strip(_QUOTES).strip(_EDGES)
    if bare.startswith("(") and bare.count("(") > bare.count(")"):
        bare = bare[1:]
    if bare.endswith(")") and bare.count(")") > bare.count("("):
        bare = bare[:-1]
    return bare.strip(_EDGES) or None


def names_in(words: str) -> tuple[str, ...]:
    """The names in a list of authors as they are printed; a body's name stays whole.

    >>> names_in("Able, Bea, Carl Dunn and E. F. Good"), names_in("Able BC, Dunn E, et al.")
    (('Able, Bea', 'Carl Dunn', 'E. F. Good'), ('Able BC', 'Dunn E'))
    >>> names_in("Ministry of Rest and Sleep."), names_in("Able, B. C., & Dunn, E.")
    (('Ministry of Rest and Sleep',), ('Able, B. C.', 'Dunn, E.'))
    >>> names_in("Able, Carver and Dunn"), names_in("Able, Bea, and Dunn, Cy")
    (('Able', 'Carver', 'Dunn'), ('Able, Bea', 'Dunn, Cy'))
    """
    listed = _EDITORS.sub("", _ET_AL.sub("", words)).strip(" ,;:\t")
    if not _ends_dotted(listed):
        listed = listed.rstrip(".")
    if not listed or is_body(listed):
        return (listed,) if listed else ()
    groups = [group.split(",") for group in _AND.split(listed)]
    are_surnames = len(groups) > 1 and len(groups[-1]) == 1 and " " not in groups[-1][0].strip()
    return tuple(name for group in groups for name in _names(group, are_surnames=are_surnames))


def _ends_dotted(listed: str) -> bool:
    """Whether the stop at the end belongs to initials, as it does where others are dotted too, or stand behind a comma."""
    last = _DOTTED.search(listed, max(0, len(listed) - 2))
    return last is not None and bool(_AFTER_COMMA.search(listed) or _DOTTED.search(listed, 0, last.start()))


def _names(group: list[str], *, are_surnames: bool) -> list[str]:
    """The names among pieces that stood between commas."""
    names: list[str] = []
    for piece in filter(None, map(str.strip, group)):
        if names and "," not in names[-1] and not are_surnames and _is_given(names, piece):
            names[-1] = f"{names[-1]}, {piece}"
        else:
            names.append(piece)
    return names


def _is_given(names: list[str], piece: str) -> bool:
    """Whether a piece behind a comma is the given names of the surname before it: initials, or the first author's."""
    if _INITIALS.fullmatch(piece):
        return not _VANCOUVER_END.search(names[-1])
    return len(names) == 1 and " " not in names[0] and len(piece.split()) <= 2
