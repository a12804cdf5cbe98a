"""Article heads as they come out of a copy from a journal's page: the reference is spread over several lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.model import Reference, Span

_SCIENCE_DIRECT = re.compile(
    r"""^Volume\ (?P<volume>\d+),\ (?:Issues?\ (?P<issue>[\w–-]+),\ )?
        (?:\d{1,2}\ )?(?:[A-Z][a-z]+\ )?(?P<year>(?:19|20)\d\d),\ Pages?\ (?P<pages>[\w–-]+)\s*\n
        (?:[^\S\n]*\n)?(?:(?:[A-Z][a-z]+\ ?){1,3}\n(?:[^\S\n]*\n)?)??
        (?P<title>[^\n]{12,300})\n(?:[^\S\n]*\n)?
        (?:Author\ links\ open\ (?:overlay\ panel|author\ workspace)[^\n]*)""",
    re.VERBOSE | re.MULTILINE,
)
"""ScienceDirect: volume line, kind of article, title, authors run together behind "Author links open ..."."""

_HIGHWIRE = re.compile(
    r"""^(?P<title>[^\n•]{12,300})\n(?:[^\S\n]*\n)?(?:(?:Free|Open\ [Aa]ccess|FREE)\n(?:[^\S\n]*\n)?)?
        (?P<authors>(?>\s*•\s[^\n]{3,80}?\d(?:\s?,\s?\d)*,?\n){1,30})
        (?=\s*(?:Author\ affiliations|Affiliations|Correspondence\ to)\b)""",
    re.VERBOSE | re.MULTILINE,
)
"""HighWire (BMJ journals): title, access note, authors as list items with their affiliation marks."""

_SCIENCE_DIRECT_SIGN = "Author links open"
_HIGHWIRE_SIGNS = ("ffiliations", "Correspondence to")
_MARKS = re.compile(r"[\d,\s]+$")


def find_pasted(text: str) -> Iterator[Reference]:
    """References spread over the lines of a pasted article head, from the first line that belongs to it to the last."""
    for match in _SCIENCE_DIRECT.finditer(text) if _SCIENCE_DIRECT_SIGN in text else ():
        yield Reference(
            span=Span(*match.span()).trimmed(text),
            rule="pasted-volume-line",
            confidence=0.85,
            form="bibliographic",
            title=match["title"].strip(),
            year=int(match["year"]),
            volume=match["volume"],
            issue=match["issue"],
            pages=match["pages"],
        )
    for match in _HIGHWIRE.finditer(text) if any(sign in text for sign in _HIGHWIRE_SIGNS) else ():
        names = [_MARKS.sub("", line.strip(" •\t")) for line in match["authors"].splitlines()]
        yield Reference(
            span=Span(*match.span()).trimmed(text),
            rule="pasted-author-list",
            confidence=0.8,
            form="bibliographic",
            title=match["title"].strip(),
            authors=tuple(name for name in names if name),
        )
