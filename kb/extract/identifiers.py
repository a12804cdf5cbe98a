"""Identifiers of works in running text: URLs, DOIs, PubMed numbers, ISBNs, NICE codes, legislation, DSM and ICD editions.

Every finder is a pure function of a text and yields places in text order. What a forum shortened for display
("https://a.example/long...tail") is kept as it stands and marked: it opens nothing and proves no other identifier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kb.extract.places import Places
from kb.model import Identifiers, Span

Scheme = Literal["url", "doi", "pmid", "isbn", "nice", "legislation", "classification"]


@dataclass(frozen=True)
class Identified:
    """One identifier at one place. `year` and `title` are set where the identifier itself says them ("Equality Act 2010")."""

    span: Span
    scheme: Scheme
    ids: Identifiers
    title: str | None = None
    year: int | None = None


_URL = re.compile(r"(?:https?://|www\.(?=[a-z0-9-]+\.))[^\s<>\"“”‘’\[\]{}|\\^`\u2588]+", re.IGNORECASE)
_DOI = re.compile(r"(?:\bdoi(?:\.org/|\s?:\s?|\s+))?\b(?P<doi>10\.\d{4,9}/[^\s\"<>“”‘’\[\]]+)", re.IGNORECASE)
_DOI_VIEW = re.compile(r"/(?:full(?:text)?|abstract|pdf|epdf|meta)$", re.IGNORECASE)
_PMID = re.compile(r"\b(?:PMID|PubMed(?:\s+ID|\s+PMID)?)\s?:?\s?(?P<pmid>\d{5,8})\b", re.IGNORECASE)
_PMID_URL = re.compile(
    r"(?:ncbi\.nlm\.nih\.gov/(?:m/)?pubmed|pubmed\.ncbi\.nlm\.nih\.gov|europepmc\.org/(?:abstract|article)/med)/(\d{4,9})\b",
    re.IGNORECASE,
)
_PMC = re.compile(r"\b(?:PMCID\s?:?\s?)?PMC\s?(?P<pmc>\d{5,8})\b")
_ISBN = re.compile(r"\bISBN(?:[-\s]?1[03])?\s?:?\s*(?P<isbn>\d[\d\s–-]{7,16}[\dXx])(?![\d-])")

_ELISION = re.compile(r"\.\.\.|…")
_TRAILING = ".,;:!?'*_~"
_BRACKETS = {")": "(", "]": "["}

_NICE_KINDS = {
    "clinical guideline": "cg",
    "clinical guidelines": "cg",
    "guideline": "ng",
    "guidelines": "ng",
    "quality standard": "qs",
    "public health guidance": "ph",
    "public health guideline": "ph",
    "technology appraisal": "ta",
    "technology appraisal guidance": "ta",
    "interventional procedures guidance": "ipg",
    "medical technologies guidance": "mtg",
    "diagnostics guidance": "dg",
    "evidence summary": "es",
}
"""What NICE calls its series, and the letters of the series' codes."""
_NICE_SERIES = "|".join(series.replace(" ", r"\s") for series in sorted(_NICE_KINDS, key=len, reverse=True))
_NICE_LETTERS = "CG|NG|QS|PH|TA|IPG|MTG|DG|ES|HST"
_NICE = re.compile(
    rf"""(?P<lead>\bNICE(?:['’]s)?\s+)?
         (?:(?P<series>{_NICE_SERIES})\b(?:\s+(?:no\.?|number))?\s*[:,]?\s*(?P<open>[(\[])?)?
         (?:\b(?P<letters>{_NICE_LETTERS})(?:[\s-]?)(?P<code>\d{{1,4}})\b|(?P<number>(?<![\d.])\d{{1,3}}\b(?![.,]?\d|\s*(?:%|(?:year|month|week|day|hour|time)s?\b))))
         (?(open)[)\]])""",
    re.VERBOSE | re.IGNORECASE,
)
_NICE_ALONE = re.compile(r"(?:CG|NG|IPG|MTG)\d{2,3}")
_POSTCODE_END = re.compile(r"\s?\d[A-Z]{2}\b")
_NICE_CUE = re.compile(r"\b(?:NICE|guidelines?|guidance|quality standards?|appraisals?)\b", re.IGNORECASE)
_NICE_URL = re.compile(rf"nice\.org\.uk/(?:guidance/)?(?P<code>(?:{_NICE_LETTERS})\d{{1,4}})\b", re.IGNORECASE)

_NAME_WORD = r"(?:[A-Z][\w'’-]{0,40}|\([A-Z][\w\s'’-]{2,40}\))"
_LAW = re.compile(
    rf"\b(?P<name>{_NAME_WORD}(?:,?[ ](?:{_NAME_WORD}|and|of|for|in|to)){{0,9}}[ ](?:Act|Regulations|Order|Measure)"
    rf"(?:[ ]\([A-Z][\w\s'’-]{{2,40}}\))?),?\s(?:of\s)?(?P<year>(?:1[6-9]|20)\d\d)\b"
)
_LAW_LEADS = frozenset(
    ("The", "Under", "In", "As", "See", "By", "Since", "This", "That", "A", "An", "And", "Both", "Of", "For", "To", "UK", "UK's")
)
_LAW_CONNECTORS = frozenset(("and", "of", "for", "in", "to"))

_DSM = re.compile(r"\bDSM(?P<dash>[\s-]?)(?P<edition>III|IV|V|[345])(?P<revision>-?\s?(?:TR|R))?\b")
_ICD = re.compile(r"\bICD[\s-]?(?P<edition>9|10|11)\b")


def find_identifiers(text: str) -> list[Identified]:
    """Everything the finders of this module find in `text`, in text order, none inside another.

    >>> text = "See NICE CG53 at www.nice.org.uk."
    >>> [(found.scheme, found.span.of(text)) for found in find_identifiers(text)]
    [('nice', 'NICE CG53'), ('url', 'www.nice.org.uk')]
    """
    taken = Places()
    finders = (find_urls, find_dois, find_pubmed, find_isbns, find_nice, find_legislation, find_classifications)
    kept = [found for finder in finders for found in finder(text) if taken.take(found.span)]
    return sorted(kept, key=lambda found: found.span)


def find_urls(text: str) -> Iterator[Identified]:
    """Web addresses without the punctuation of the sentence around them; `scheme` is that of the identifier the address holds."""
    for match in _URL.finditer(text):
        address = _trim_address(match.group())
        ids = ids_of_url(address)
        scheme: Scheme = "doi" if ids.doi else "pmid" if ids.pmid else "nice" if ids.nice else "url"
        yield Identified(Span(match.start(), match.start() + len(address)), scheme, ids)


def ids_of_url(url: str) -> Identifiers:
    """The identifiers an address proves, itself included; one that was shortened proves only itself.

    >>> ids_of_url("https://doi.org/10.1000/ABC.5").doi
    '10.1000/abc.5'
    """
    if is_truncated(url):
        return Identifiers(url=url)
    doi, pmid, nice = _DOI.search(re.split(r"[?#]", url)[0]), _PMID_URL.search(url), _NICE_URL.search(url)
    return Identifiers(
        doi=_clean_doi(doi["doi"]) if doi else None,
        pmid=pmid[1] if pmid else None,
        nice=nice["code"].lower() if nice else None,
        url=url,
    )


def is_truncated(url: str) -> bool:
    """Whether an address was shortened for display, so that it opens nothing."""
    return _ELISION.search(url) is not None


def find_dois(text: str) -> Iterator[Identified]:
    """DOIs with or without "doi:" before them."""
    for match in _DOI.finditer(text):
        doi = _trim_address(match["doi"])
        yield Identified(Span(match.start(), match.start("doi") + len(doi)), "doi", Identifiers(doi=_clean_doi(doi)))


def find_pubmed(text: str) -> Iterator[Identified]:
    """PubMed numbers ("PMID: 12345678") and PubMed Central numbers ("PMC1234567", given as their address)."""
    for match in _PMID.finditer(text):
        yield Identified(Span(*match.span()), "pmid", Identifiers(pmid=match["pmid"]))
    for match in _PMC.finditer(text):
        address = f"https://www.ncbi.nlm.nih.gov/pmc/articles/PMC{match['pmc']}/"
        yield Identified(Span(*match.span()), "url", Identifiers(url=address))


def find_isbns(text: str) -> Iterator[Identified]:
    """ISBNs whose check digit is right, as thirteen digits."""
    for match in _ISBN.finditer(text):
        isbn = isbn13(match["isbn"])
        if isbn:
            yield Identified(Span(*match.span()), "isbn", Identifiers(isbn=isbn))


def isbn13(printed: str) -> str | None:
    """An ISBN of ten or thirteen digits as thirteen without dashes, or None where the check digit is wrong.

    >>> isbn13("0-306-40615-2"), isbn13("978-0-306-40615-8")
    ('9780306406157', None)
    """
    digits = "".join(sign for sign in printed.upper() if sign.isdigit() or sign == "X")
    if len(digits) == 10 and "X" not in digits[:9]:
        weighed = sum((10 - place) * (10 if sign == "X" else int(sign)) for place, sign in enumerate(digits))
        return f"978{digits[:9]}{_check_digit('978' + digits[:9])}" if weighed % 11 == 0 else None
    if len(digits) == 13 and digits.isdigit() and digits[12] == _check_digit(digits[:12]):
        return digits
    return None


def _check_digit(twelve: str) -> str:
    return str(-sum(int(sign) * (1, 3)[place % 2] for place, sign in enumerate(twelve)) % 10)


def find_nice(text: str) -> Iterator[Identified]:
    """NICE products by code ("CG53", "NG206") or by series and number ("NICE clinical guideline 91").

    A bare number counts only after "NICE" and the name of a series, a code of an ambiguous shape ("NG5" is also a postcode)
    only near a word that says guideline.
    """
    for match in _NICE.finditer(text):
        if match["letters"]:
            code = f"{match['letters']}{match['code']}"
            is_code = match["letters"].isupper() and _is_nice_code(text, match, code)
        else:
            code = f"{_NICE_KINDS.get(_folded(match['series'] or ''), '')}{match['number']}"
            is_code = bool(match["lead"] and match["series"])
        if is_code:
            yield Identified(Span(*match.span()), "nice", Identifiers(nice=code.lower()))


def _is_nice_code(text: str, match: re.Match[str], code: str) -> bool:
    if _POSTCODE_END.match(text, match.end()):
        return False
    if match["lead"] or match["series"] or _NICE_ALONE.fullmatch(code):
        return True
    around = text[max(0, match.start() - 60) : match.start()] + " " + text[match.end() : match.end() + 30]
    return _NICE_CUE.search(around) is not None


def find_legislation(text: str) -> Iterator[Identified]:
    """Acts, Regulations and Orders with their year; the name is as long as the capitals run."""
    for match in _LAW.finditer(text):
        start = match.start("name") + _lead_length(match["name"])
        title = _folded_case(text[start : match.end()])
        if len(title.split()) > 2:
            yield Identified(Span(start, match.end()), "legislation", Identifiers(), title, int(match["year"]))


def _lead_length(name: str) -> int:
    """Length of the words before the name proper: "Under the" of a sentence, and connectors left standing by it."""
    length = 0
    for word in re.findall(r"\S+\s*", name):
        if word.strip(" ,") not in _LAW_LEADS | _LAW_CONNECTORS:
            break
        length += len(word)
    return length


def find_classifications(text: str) -> Iterator[Identified]:
    """Editions of the DSM and the ICD, by the name of the edition ("DSM-5", "ICD-10")."""
    for match in _DSM.finditer(text):
        yield Identified(Span(*match.span()), "classification", Identifiers(), match.group())
    for match in _ICD.finditer(text):
        yield Identified(Span(*match.span()), "classification", Identifiers(), match.group())


def _trim_address(address: str) -> str:
    """`address` without punctuation that belongs to the sentence: closing brackets it did not open, stops, quotation marks."""
    while address:
        last = address[-1]
        is_open_elision = address.endswith(("...", "…"))
        is_stray = last in _BRACKETS and address.count(last) > address.count(_BRACKETS[last])
        if not is_stray and (last not in _TRAILING or is_open_elision):
            break
        address = address[:-1]
    return address


def _clean_doi(doi: str) -> str:
    return _DOI_VIEW.sub("", _trim_address(doi)).lower()


def _folded(words: str) -> str:
    return _folded_case(words).lower()


def _folded_case(words: str) -> str:
    return " ".join(words.split())
