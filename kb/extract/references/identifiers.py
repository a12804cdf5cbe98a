"""Identifiers of works in running text: URLs, DOIs, PubMed numbers, ISBNs, NICE codes, legislation.

Every finder is a pure function of a text and yields places in text order. What a forum shortened for display
("https://a.example/long...tail") is kept as it stands and marked: it opens nothing and proves no other identifier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kb.extract.places import Places
from kb.extract.references.legislation import laws
from kb.extract.references.nice_codes import URL as NICE_URL
from kb.extract.references.nice_codes import nice_codes
from kb.model import Identifiers, Span

Scheme = Literal["url", "doi", "pmid", "isbn", "nice", "legislation"]


@dataclass(frozen=True)
class Identified:
    """One identifier at one place. `year` and `title` are set where the identifier itself says them ("Equality Act 2010")."""

    span: Span
    scheme: Scheme
    ids: Identifiers
    title: str | None = None
    year: int | None = None


# Patterns begin with a letter, not with a word border: only then the engine skips to where they can match.
_URL = re.compile(r"(?:https?://|www\.(?=[a-z0-9-]+\.))[^\s<>\"“”‘’\[\]{}|\\^`\u2588]+", re.IGNORECASE)
_SCHEME_END = re.compile("://")
_SCHEME = re.compile(r"https?$", re.IGNORECASE)
_WWW = (re.compile(r"www\."), re.compile(r"WWW\."))
_BARE = re.compile(
    r"\.(?:org|com|net|gov|edu|int|info|eu|(?:(?:ac|co|gov|nhs|org)\.)?uk|scot|ie|ca|au|nz|us)(?P<path>/[^\s<>\"“”‘’\[\]{}|\\^`\u2588]*)"
)
"""The end of a host's name and a path, without "http://" before it."""
_HOST = re.compile(r"(?<![\w@./-])[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)*$")
_LONGEST_HOST = 60
_DOI = re.compile(r"10\.(?<!\w10\.)\d{4,9}/(?:\r?\n(?=[a-z]))?[^\s\"<>“”‘’\[\]]+")
_LONGEST_LEAD = 12
_DOI_LEAD = re.compile(r"\bdoi(?:\.org/|\s?:\s?|\s+)$", re.IGNORECASE)
_DOI_VIEW = re.compile(r"/(?:full(?:text)?|abstract|pdf|epdf|meta)$", re.IGNORECASE)
_PMID = re.compile(r"[Pp](?<!\w.)(?i:MIDs?|ubMed(?:\s+(?:PM)?IDs?)?)\s?:?\s?(?P<pmid>\d{5,8})\b")
_PMID_SIGNS = ("PMID", "pmid", "Pmid", "ubMed ", "ubMed:", "ubmed ", "ubmed:")
_MORE = re.compile(r"(?:[,;]\s?|,?\s(?:and|&)\s)(?P<pmid>\d{5,8})\b")
_PMID_URL = re.compile(
    r"(?:ncbi\.nlm\.nih\.gov/(?:m/)?pubmed|pubmed\.ncbi\.nlm\.nih\.gov|europepmc\.org/(?:abstract|article)/med)/(\d{4,9})\b",
    re.IGNORECASE,
)
_PMC = re.compile(r"PMC(?<!\wPMC)(?:ID\s?:?\s?(?:PMC\s?)?)?\s?(?P<pmc>\d{5,8})\b")
_ISBN = re.compile(r"ISBN(?:[-\s]?1[03])?(?:\s\([a-z]{2,10}\))?\s?:?\s*(?P<isbn>\d[\d\s–-]{7,16}[\dXx])(?![\d-])")
_ISBN_ALONE = re.compile(r"97[89](?<![\d-]...)[–-](?P<rest>\d[\d–-]{9,12}\d)(?![\d-])")

_ELISION = re.compile(r"\.\.\.|…")
_TRAILING = ".,;:!?'*_~"
_BRACKETS = {")": "(", "]": "["}


def find_identifiers(text: str) -> list[Identified]:
    """Everything the finders of this module find in `text`, in text order, none inside another.

    >>> text = "See NICE CG53 at www.nice.org.uk."
    >>> [(found.scheme, found.span.of(text)) for found in find_identifiers(text)]
    [('nice', 'NICE CG53'), ('url', 'www.nice.org.uk')]
    """
    taken = Places()
    finders = (find_urls, find_dois, find_pubmed, find_isbns, find_nice, find_legislation)
    kept = [found for finder in finders for found in finder(text) if taken.take(found.span)]
    return sorted(kept, key=lambda found: found.span)


def find_urls(text: str) -> Iterator[Identified]:
    """Web addresses without the punctuation of the sentence around them; `scheme` is that of the identifier the address holds.

    An address without "http://" and "www." counts where a path follows its host ("health.example.org/waiting").
    """
    for start in _starts(text):
        match = _URL.match(text, start)
        if match:
            yield _address(start, match.group())
    for match in _BARE.finditer(text):
        host = _HOST.search(text, max(0, match.start() - _LONGEST_HOST), match.start())
        if host:
            yield _address(host.start(), text[host.start() : match.end()])


def _starts(text: str) -> Iterator[int]:
    """Where an address with "http://" or "www." may begin, each once."""
    for match in _SCHEME_END.finditer(text):
        scheme = _SCHEME.search(text, max(0, match.start() - 5), match.start())
        if scheme:
            yield scheme.start()
    for pattern in _WWW:
        for match in pattern.finditer(text):
            if text[match.start() - 3 : match.start()] != "://":
                yield match.start()


def _address(start: int, printed: str) -> Identified:
    address = _trim_address(printed)
    ids = ids_of_url(address)
    scheme: Scheme = "doi" if ids.doi else "pmid" if ids.pmid else "nice" if ids.nice else "url"
    return Identified(Span(start, start + len(address)), scheme, ids)


def ids_of_url(url: str) -> Identifiers:
    """The identifiers an address proves, itself included; one that was shortened proves only itself.

    >>> ids_of_url("https://doi.org/10.1000/ABC.5").doi
    '10.1000/abc.5'
    """
    if is_truncated(url):
        return Identifiers(url=url)
    doi, pmid, nice = _DOI.search(re.split(r"[?#]", url)[0]), _PMID_URL.search(url), NICE_URL.search(url)
    return Identifiers(
        doi=_clean_doi(doi.group()) if doi else None,
        pmid=pmid[1] if pmid else None,
        nice=nice["code"].lower() if nice else None,
        url=url,
    )


def is_truncated(url: str) -> bool:
    """Whether an address was shortened for display, so that it opens nothing."""
    return _ELISION.search(url) is not None


def find_dois(text: str) -> Iterator[Identified]:
    """DOIs with or without "doi:" before them; one that a line end breaks behind its slash is joined."""
    for match in _DOI.finditer(text):
        doi = _trim_address(match.group())
        lead = _DOI_LEAD.search(text, max(0, match.start() - _LONGEST_LEAD), match.start())
        start = lead.start() if lead else match.start()
        yield Identified(Span(start, match.start() + len(doi)), "doi", Identifiers(doi=_clean_doi("".join(doi.split()))))


def find_pubmed(text: str) -> Iterator[Identified]:
    """PubMed numbers ("PMID: 12345678") and PubMed Central numbers ("PMC1234567", given as their address)."""
    for match in _PMID.finditer(text) if any(sign in text for sign in _PMID_SIGNS) else ():
        yield Identified(Span(*match.span()), "pmid", Identifiers(pmid=match["pmid"]))
        more = _MORE.match(text, match.end())
        while more:
            yield Identified(Span(*more.span("pmid")), "pmid", Identifiers(pmid=more["pmid"]))
            more = _MORE.match(text, more.end())
    for match in _PMC.finditer(text):
        address = f"https://www.ncbi.nlm.nih.gov/pmc/articles/PMC{match['pmc']}/"
        yield Identified(Span(*match.span()), "url", Identifiers(url=address))


def find_isbns(text: str) -> Iterator[Identified]:
    """ISBNs whose check digit is right, as thirteen digits; without "ISBN" before it only one of thirteen in groups."""
    for match in _ISBN.finditer(text):
        isbn = isbn13(match["isbn"])
        if isbn:
            yield Identified(Span(*match.span()), "isbn", Identifiers(isbn=isbn))
    for match in _ISBN_ALONE.finditer(text):
        isbn = isbn13(match.group())
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
    """NICE products, as `kb.extract.references.nice_codes` reads them."""
    for found in nice_codes(text):
        yield Identified(found.span, "nice", Identifiers(nice=found.code))


def find_legislation(text: str) -> Iterator[Identified]:
    """Legislation, as `kb.extract.references.legislation` reads it."""
    for law in laws(text):
        yield Identified(law.span, "legislation", Identifiers(), law.title, law.year)


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
