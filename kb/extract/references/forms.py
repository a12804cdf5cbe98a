"""The grammar of reference strings: lists of authors in front, numeric and book tails behind, labels."""

from __future__ import annotations

import re

YEAR = r"(?P<year>(?:1[89]|20)\d\d)[a-z]?"
MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Autumn|Winter)[a-z]*\.?"
_PAGES = r"(?P<pages>[A-Za-z]{0,2}\d+[A-Za-z]?(?:\s?[-–—]\s?[A-Za-z]{0,2}\d+[A-Za-z]?)?(?:\.e\d+)?)"
_VOLUME = r"(?P<volume>\d{1,4}[A-Za-z]?|[IVXLC]{1,7})"
_ISSUE = r"(?:\s?\((?P<issue>[^()]{1,30})\))"
_SUPPLEMENT = r"\s(?P<supplement>[Ss]uppl(?:ement)?\.?(?:\s\w{1,3})?)"

JOURNAL_TAIL = re.compile(
    rf"""(?<![\d.])
    (?: (?:{MONTHS}\s(?:\d{{1,2}},?\s)?)?{YEAR}(?:\s(?:\d{{1,2}}\s)?{MONTHS}(?:[\s/–-]{MONTHS})?(?:\s\d{{1,2}})?)?
        (?: \s?;\s?{_VOLUME}?(?:{_ISSUE}|{_SUPPLEMENT})?(?:\s?:\s?{_PAGES})?
          | \s?:\s?(?P<pages_only>[A-Za-z]?\d+\s?[-–—]\s?[A-Za-z]?\d+) )
    )""",
    re.VERBOSE,
)
"""Vancouver: year;volume(issue):pages, each but the year optional; or year:pages where the volume was left out."""

LONG_TAIL = re.compile(
    rf"""(?:\d{{1,2}}\s)?(?:{MONTHS}\s)?{YEAR}[.,;]\s[Vv]ol(?:ume|\.)\s?{_VOLUME}
        (?:,\s(?:[Ii]ssue|[Nn]o\.?)\s?(?P<issue>[\w-]+))?(?:,\s[Pp](?:p\.|ages?)\s?{_PAGES})?""",
    re.VERBOSE,
)
"""As journals' pages print it: "11 September 1999. Volume 354, Issue 9182, pages 936-939"."""

BOOK_TAIL = re.compile(
    rf"""(?:(?<=[.?!]\s)|(?<=,\s)|^)
        (?P<place>[A-Z][\w.'’-]+(?:[ ,]{{1,2}}[A-Z][\w.'’-]*){{0,3}})\s?:\s
        (?P<publisher>[A-Z][^:;.]{{1,80}}?(?:\.\s?[A-Z][^:;.]{{0,30}})?)
        (?:\s?[;,]\s?{YEAR}(?![\d;:])|(?=\.(?:\s|$)|$|\)))""",
    re.VERBOSE,
)
"""A book's or report's "Place: Publisher; year"."""

_PARTICLE = r"(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]er|[Dd]en|del|della|[Dd]i|[Dd]a|[Ll]a|[Ll]e|ter|ten|al|el|bin)\s|[dDO]['’]|Mac|Mc)"
_SURNAME = rf"(?:{_PARTICLE}){{0,3}}[A-Z][a-zà-ÿ’']+(?:-[A-Za-zà-ÿ’']+)*(?:\s[A-Z][a-zà-ÿ’'-]{{2,}})?"
_DOTTED = r"[A-Z]\.(?:[\s-]?[A-Z]\.){0,3}"
_INITIALS = rf"(?:{_DOTTED}(?=\s?(?:[,;&(]|and\b))|[A-Z]{{1,3}}|[A-Z]-[A-Z])"
_VANCOUVER = rf"{_SURNAME}\s{_INITIALS}(?:\s(?:Jr|Sr|II|III))?(?![A-Za-z/-])"
_HARVARD = rf"{_SURNAME},\s?{_DOTTED}|{_SURNAME},\s[A-Z]{{1,3}}\b(?!\w)"
_INITIALS_FIRST = rf"{_DOTTED}\s?{_SURNAME}"
_AUTHOR = rf"(?:{_HARVARD}|{_VANCOUVER}|{_INITIALS_FIRST})"
_ET_AL = r"(?:,?\s?et\.?\s?al\b\.?|,?\swith\sthe\s[^.,;:()]{3,60}(?=\.\s))"
AUTHORS = re.compile(
    rf"""{_AUTHOR}(?:(?:,\s?|;\s?|,?\s(?:and|&)\s){_AUTHOR}){{0,60}}
         {_ET_AL}?(?:,?\s?\(?[Ee]ds?\.?\)?)?""",
    re.VERBOSE,
)
"""A list of authors with initials: Vancouver ("Lee A, Roe BC"), Harvard ("Lee, A. and Roe, B.C."), or "A. Lee and B.C. Roe"."""

AUTHORS_END = re.compile(r"(?<=\.)|[.,:;]|\s?\(")
_LABEL = re.compile(r"\s*(?:\[(?P<square>\d{1,3})\]|(?P<plain>\d{1,3})[.)-]?)\s+(?=[A-Z‘“'\"])")


def split_label(raw: str) -> tuple[str | None, int]:
    """The number a reference string begins with ("12.", "[12]", 12 on its own line), if any, and where the rest begins."""
    match = _LABEL.match(raw)
    return (match["square"] or match["plain"], match.end()) if match else (None, 0)
