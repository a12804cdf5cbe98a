"""Reads one reference string into its fields: Vancouver, Harvard and grey literature, hard-wrapped or not.

The numeric tail ("2012;72(3):242-47") is cut off first, because it is the one part whose grammar is sure; then the authors at
the front; what is left is title and container. A field the string does not state stays None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from kb.extract.identifiers import find_identifiers
from kb.extract.titles import has_verb, is_body, is_short_body
from kb.model import Identifiers

Shape = Literal["journal", "book", "report", "unknown"]
_NO_IDS = Identifiers()


@dataclass(frozen=True)
class Bibliographic:
    """The fields of one reference. `shape` says which kind of tail was recognised; "unknown" is a weak reading."""

    shape: Shape = "unknown"
    authors: tuple[str, ...] = ()
    title: str | None = None
    container: str | None = None
    year: int | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    ids: Identifiers = _NO_IDS


_YEAR = r"(?P<year>(?:1[89]|20)\d\d)[a-z]?"
_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Autumn|Winter)[a-z]*\.?"
_PAGES = r"(?P<pages>[A-Za-z]{0,2}\d+[A-Za-z]?(?:\s?[-–—]\s?[A-Za-z]{0,2}\d+[A-Za-z]?)?(?:\.e\d+)?)"
_VOLUME = r"(?P<volume>\d{1,4}[A-Za-z]?|[IVXLC]{1,7})"
_ISSUE = r"(?:\s?\((?P<issue>[^()]{1,30})\))"

JOURNAL_TAIL = re.compile(
    rf"""(?<![\d.])
    (?: (?:{_MONTHS}\s(?:\d{{1,2}},?\s)?)?{_YEAR}(?:\s(?:\d{{1,2}}\s)?{_MONTHS}(?:[\s/–-]{_MONTHS})?(?:\s\d{{1,2}})?)?
        (?: \s?;\s?{_VOLUME}?{_ISSUE}?(?:\s?:\s?{_PAGES})? | \s?:\s?(?P<pages_only>[A-Za-z]?\d+\s?[-–—]\s?[A-Za-z]?\d+) )
    )""",
    re.VERBOSE,
)
"""Vancouver: year;volume(issue):pages, each but the year optional; or year:pages where the volume was left out."""

HARVARD_TAIL = re.compile(
    rf""",?\s(?:vol(?:ume|\.)?\s?)?{_VOLUME}(?:{_ISSUE}|,\s?(?:no\.?|issue)\s?(?P<number>\d{{1,4}}))?
        (?:\s?[,:]\s?(?:pp?\.\s?)?|(?<=\))\s){_PAGES}\.?""",
    re.VERBOSE | re.IGNORECASE,
)
"""Harvard and APA: ", volume(issue), pages", the year stands behind the authors."""

LONG_TAIL = re.compile(
    rf"""(?:\d{{1,2}}\s)?(?:{_MONTHS}\s)?{_YEAR}[.,;]\s[Vv]ol(?:ume|\.)\s?{_VOLUME}
        (?:,\s(?:[Ii]ssue|[Nn]o\.?)\s?(?P<issue>[\w-]+))?(?:,\s[Pp](?:p\.|ages?)\s?{_PAGES})?""",
    re.VERBOSE,
)
"""As journals' pages print it: "11 September 1999. Volume 354, Issue 9182, pages 936-939"."""

BOOK_TAIL = re.compile(
    rf"""(?:(?<=[.?!]\s)|(?<=,\s)|^)
        (?P<place>[A-Z][\w.'’-]+(?:[ ,]{{1,2}}[A-Z][\w.'’-]*){{0,3}})\s?:\s
        (?P<publisher>[A-Z][^:;.]{{1,80}}?(?:\.\s?[A-Z][^:;.]{{0,30}})?)
        (?:\s?[;,]\s?{_YEAR}(?![\d;:])|(?=\.(?:\s|$)|$|\)))""",
    re.VERBOSE,
)
"""A book's or report's "Place: Publisher; year"."""

_PARTICLE = r"(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]er|[Dd]en|del|della|[Dd]i|[Dd]a|[Ll]a|[Ll]e|ter|ten|al|el|bin)\s|[dDO]['’]|Mac|Mc)"
SURNAME = rf"(?:{_PARTICLE}){{0,3}}[A-Z][a-zà-ÿ’']+(?:-[A-Za-zà-ÿ’']+)*(?:\s[A-Z][a-zà-ÿ’'-]{{2,}})?"
_DOTTED = r"[A-Z]\.(?:[\s-]?[A-Z]\.){0,3}"
_INITIALS = rf"(?:{_DOTTED}(?=\s?(?:[,;&(]|and\b))|[A-Z]{{1,3}}|[A-Z]-[A-Z])"
_VANCOUVER = rf"{SURNAME}\s{_INITIALS}(?:\s(?:Jr|Sr|II|III))?(?![A-Za-z/-])"
_HARVARD = rf"{SURNAME},\s?{_DOTTED}|{SURNAME},\s[A-Z]{{1,3}}\b(?!\w)"
_INITIALS_FIRST = rf"{_DOTTED}\s?{SURNAME}"
_AUTHOR = rf"(?:{_HARVARD}|{_VANCOUVER}|{_INITIALS_FIRST})"
_ET_AL = r"(?:,?\s?et\.?\s?al\b\.?|,?\swith\sthe\s[^.,;:()]{3,60}(?=\.\s))"
AUTHORS = re.compile(
    rf"""{_AUTHOR}(?:(?:,\s?|;\s?|,?\s(?:and|&)\s){_AUTHOR}){{0,60}}
         {_ET_AL}?(?:,?\s?\(?[Ee]ds?\.?\)?)?""",
    re.VERBOSE,
)
"""A list of authors with initials: Vancouver ("Lee A, Roe BC"), Harvard ("Lee, A. and Roe, B.C."), or "A. Lee and B.C. Roe"."""

_SURNAMES = re.compile(rf"(?P<names>{SURNAME}(?:(?:,\s|,?\s(?:and|&)\s){SURNAME}){{0,6}}){_ET_AL}?")
_AND = re.compile(r",?\s(?:and|&)\s|,\s")
_ONE_AUTHOR = re.compile(_AUTHOR)
AUTHORS_END = re.compile(r"(?<=\.)|[.,:;]|\s?\(")
_YEAR_NEXT = re.compile(rf"\s?[,.]?\s?\(?{_YEAR}(?:,\s[^()]{{1,20}})?\)?[.,:]?\s")
_FRONT_YEAR = re.compile(rf"(?P<body>[A-Z][^.():]{{2,120}}?)[.,]?\s\(?{_YEAR}\)[.,:]?\s")
_FRONT_BODY = re.compile(r"(?P<body>[A-Z][\w'’&-]*(?:\s(?:of|for|and|the|in)\b|,?\s[A-Z][\w'’&-]*){1,12})\.\s(?=[A-Z\d‘“'\"])")
_ANY_YEAR = re.compile(rf"(?<![\d/-]){_YEAR}(?![\d/-]|-\d)")
_DATE_AT_END = re.compile(
    r"[\s,;]*\(?(?:(?:\b[A-Z][a-z]+\s)?(?:1[89]|20)\d\d\s?(?:to|[-–])\s?)?(?:\b[A-Z][a-z]+\s)?(?:1[89]|20)\d\d\)?$"
)
_NOTES = re.compile(
    r"(?<!\s)\s*+(?:\[(?:Internet|Online|Epub[^\]]*|cited[^\]]*|[Aa]ccessed[^\]]*)\]|(?:Available|Accessed|Retrieved|Epub|In press)\b.*$"
    r"|\(?[Ll]ast accessed\b.*$|PMC?ID:?.*$)"
)
_LABEL = re.compile(r"\s*(?:\[(?P<square>\d{1,3})\]|(?P<plain>\d{1,3})[.)-]?)\s+(?=[A-Z‘“'\"])")
_BREAK = re.compile(r"(?<=[.?!])\s+(?=[A-Z‘“'\"])")
_QUOTED = re.compile(r"^[‘“'\"](?P<title>[^‘“”\"]{8,300}?)[,.]?[’”'\"](?=[\s,.])[,.]?\s*(?P<rest>.*)$")
_IN = re.compile(r"^[Ii]n:?\s+")
_INSIDE = re.compile(r"(?P<title>.{8,300}?)[.?!,]\s+[Ii]n:?\s+(?=[A-Z])(?P<rest>.+)$")
_EDITORS = re.compile(r"^.{3,150}?(?:\([Ee]ds?\.?\)|,?\s[Ee]ditors?\b|\b[Ee]ds\.)[.,:]?\s*")
_WHOLE_ENDS = re.compile(
    r",?\s\(?(?:[Vv]ol\.?|pp?\.|pages?)\s?\d|\s\(\d+[-–]\d|[.,]\s(?=[A-Z][\w.-]+(?:,\s[A-Z]\w+)?:\s)|,\s(?:19|20)\d\d\b|\.$"
)
_PP = re.compile(r"(?:\bpp?\.?\s?|\bpages?\s|\()(?P<pages>\d+\s?[-–]\s?\d+)")


def parse_reference(raw: str) -> Bibliographic:
    """The fields of one reference string; white space of every kind counts as one blank, a leading label is skipped.

    >>> lee = parse_reference("3. Lee A, Roe BC. Costs of\\nwaiting. BMJ. 2012;72:242-47.")
    >>> lee.authors, lee.title, lee.container, lee.year, lee.volume, lee.pages
    (('Lee A', 'Roe BC'), 'Costs of waiting', 'BMJ', 2012, '72', '242-47')
    """
    words = _joined(raw[split_label(raw)[1] :])
    ids, words = _without_ids(words)
    authors, year, rest = _front(_NOTES.sub("", words).strip())
    parsed = _journal(rest, year) or _inside(rest, year) or _harvard(rest, year) or _book(rest, year) or _report(rest, year)
    return replace(parsed, authors=authors, ids=ids)


def split_label(raw: str) -> tuple[str | None, int]:
    """The number a reference string begins with ("12.", "[12]", 12 on its own line), if any, and where the rest begins."""
    match = _LABEL.match(raw)
    return (match["square"] or match["plain"], match.end()) if match else (None, 0)


def is_reference(raw: str) -> bool:
    """Whether a string stands as a reference by itself.

    It does with authors and initials in front and a year behind them, or with a body and a year in front and a place and
    publisher or an address behind, or when "Place: Publisher; year" ends it.
    """
    words = _joined(raw[split_label(raw)[1] :])
    if not words or not words[0].isupper() or len(words) > 800:
        return False
    authors = AUTHORS.match(words)
    if authors and AUTHORS_END.match(words, authors.end()):
        parsed = parse_reference(words)
        return parsed.year is not None and (parsed.shape != "unknown" or parsed.title is not None)
    tail = BOOK_TAIL.search(words, max(0, len(words) - 160))
    if tail and tail["year"] and tail.end() >= len(words) - 2:
        return tail.start() > 8 and not has_verb(words)
    return _FRONT_YEAR.match(words) is not None and (tail is not None or "http" in words[-120:])


def _joined(raw: str) -> str:
    """One line; a word the line end split at a hyphen is left as it stands, since the hyphen may be its own."""
    return " ".join(raw.split())


def _without_ids(words: str) -> tuple[Identifiers, str]:
    """DOI, PMID, ISBN and address taken out of the string, the first of each."""
    taken: dict[str, str] = {}
    for found in reversed(find_identifiers(words)):
        if found.scheme in ("url", "doi", "pmid", "isbn"):
            taken |= {name: value for name in ("doi", "pmid", "isbn", "url") if (value := getattr(found.ids, name))}
            words = words[: found.span.start] + words[found.span.end :]
    return Identifiers(**taken), words


def _front(words: str) -> tuple[tuple[str, ...], int | None, str]:
    """Authors, the year where it follows them, and the rest."""
    match = AUTHORS.match(words)
    if match:
        authors = tuple(one.group().strip(" ,") for one in _ONE_AUTHOR.finditer(match.group()))
        rest = words[match.end() :]
    else:
        body = _FRONT_YEAR.match(words) or _FRONT_BODY.match(words)
        if body is None or (body.re is _FRONT_BODY and not _is_issuer(body["body"])):
            return (), None, words
        authors, rest = _surnames(body["body"].strip(" ,.")), words[body.end("body") :]
    year = _YEAR_NEXT.match(rest)
    if year:
        return authors, int(year["year"]), rest[year.end() :].strip()
    return authors, None, rest.lstrip(" ,.:;")


def _surnames(front: str) -> tuple[str, ...]:
    """The authors before a year: a body's name as a whole, surnames one by one ("Lee, Roe and Nother", "Lee et al")."""
    names = _SURNAMES.fullmatch(front)
    return tuple(_AND.split(names["names"])) if names and not _is_issuer(front) else (front,)


def _is_issuer(words: str) -> bool:
    return is_body(words) or is_short_body(words)


def _journal(rest: str, year: int | None) -> Bibliographic | None:
    tails = list(LONG_TAIL.finditer(rest)) or list(JOURNAL_TAIL.finditer(rest))
    if not tails or not rest[: tails[-1].start()].strip():
        return None
    tail = tails[-1]
    title, container = _title_and_container(rest[: tail.start()])
    return Bibliographic(
        "journal",
        (),
        title,
        container,
        year or int(tail["year"]),
        tail["volume"],
        tail["issue"],
        _pages(tail["pages"] or tail.groupdict().get("pages_only")),
    )


def _inside(rest: str, year: int | None) -> Bibliographic | None:
    """A chapter or a paper in proceedings: "Title. In: Editors (Eds.), Whole, pp. 1-9"."""
    parts = _INSIDE.match(rest)
    if parts is None:
        return None
    whole = _EDITORS.sub("", parts["rest"])
    end, pages = _WHOLE_ENDS.search(whole), _PP.search(parts["rest"])
    stated = _ANY_YEAR.findall(rest)
    return Bibliographic(
        "book",
        (),
        _clean(parts["title"]),
        _clean(whole[: end.start()] if end else whole),
        year or (int(stated[-1]) if stated else None),
        pages=_pages(pages["pages"]) if pages else None,
    )


def _harvard(rest: str, year: int | None) -> Bibliographic | None:
    tails = list(HARVARD_TAIL.finditer(rest))
    stated = _ANY_YEAR.search(rest, tails[-1].end()) if tails else None
    year = year or (int(stated["year"]) if stated else None)
    if year is None or not tails:
        return None
    tail = tails[-1]
    title, container = _title_and_container(rest[: tail.start()])
    if container is None:
        return None
    return Bibliographic(
        "journal", (), title, container, year, tail["volume"], tail["issue"] or tail["number"], _pages(tail["pages"])
    )


def _book(rest: str, year: int | None) -> Bibliographic | None:
    tails = list(BOOK_TAIL.finditer(rest))
    if not tails or not (year or tails[-1]["year"]):
        return None
    tail = tails[-1]
    container = f"{tail['place']}: {tail['publisher'].strip()}"
    return Bibliographic("book", (), _clean(rest[: tail.start()]), container, year or int(tail["year"]))


def _report(rest: str, year: int | None) -> Bibliographic:
    """Grey literature: the first sentence is the title, what follows is who published it."""
    quoted = _QUOTED.match(rest)
    if quoted:
        title, container = quoted["title"], quoted["rest"]
    else:
        title, _, container = _cut_first(rest)
    if year is None:
        stated = _ANY_YEAR.findall(rest)
        year = int(stated[-1]) if stated else None
    is_plain = year is not None and bool(container)
    title = _undated(_clean(title))
    is_named = title is not None and not title[0].islower()
    return Bibliographic("report" if is_plain else "unknown", (), title if is_named else None, _undated(_clean(container)), year)


def _cut_first(rest: str) -> tuple[str, str, str]:
    cut = _BREAK.search(rest)
    return (rest[: cut.start()], cut.group(), rest[cut.end() :]) if cut else (rest, "", "")


def _undated(words: str | None) -> str | None:
    """Without the year in brackets or behind a comma at the end, which is no part of a name."""
    return _clean(_DATE_AT_END.sub("", words)) if words else None


def _title_and_container(words: str) -> tuple[str | None, str | None]:
    """What stands before a journal's tail, cut where the journal's name begins.

    Dotted abbreviations ("J. Psychosom. Res.") stay together: short capitalised pieces at the end belong to the name.
    """
    quoted = _QUOTED.match(words)
    if quoted and quoted["rest"]:
        return _clean(quoted["title"]), _clean(_IN.sub("", quoted["rest"]))
    pieces = _BREAK.split(words.strip(" ,"))
    if len(pieces) == 1:
        return _clean(words), None
    first = len(pieces) - 1
    while first > 1 and _is_abbreviation(pieces[first - 1]):
        first -= 1
    return _clean(" ".join(pieces[:first])), _clean(" ".join(pieces[first:]))


def _is_abbreviation(piece: str) -> bool:
    return piece.endswith(".") and len(piece) <= 10 and " " not in piece and piece[:1].isupper()


def _clean(words: str) -> str | None:
    return words.strip(" ,.;:") or None


def _pages(printed: str | None) -> str | None:
    return printed.replace(" ", "") if printed else None
