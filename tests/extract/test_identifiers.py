"""Identifiers in running text: every spelling beside what it is not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extract.identifiers import find_identifiers, ids_of_url, is_truncated, isbn13
from kb.model import Identifiers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at https://a.example/b?c=d.", [("url", "https://a.example/b?c=d")]),
        ("(https://a.example/b_(c))", [("url", "https://a.example/b_(c)")]),
        ("“https://a.example/b”,", [("url", "https://a.example/b")]),
        ("<www.a.example>; www is a word", [("url", "www.a.example")]),
        ("mail me@a.example, not www.", []),
        (
            "https://a.example/long…tail/ and https://a.example/cut...",
            [("url", "https://a.example/long…tail/"), ("url", "https://a.example/cut...")],
        ),
        ("doi: 10.1000/AB.c(1)2, 2012", [("doi", "doi: 10.1000/AB.c(1)2")]),
        ("10.1000/abc.", [("doi", "10.1000/abc")]),
        ("version 10.1000 of 10.5/3", []),
        ("https://doi.org/10.1000/abc)", [("doi", "https://doi.org/10.1000/abc")]),
        ("PMID: 12345678; PubMed ID 1234567", [("pmid", "PMID: 12345678"), ("pmid", "PubMed ID 1234567")]),
        ("PMID pending 123", []),
        ("PMC1234567 and PMC 12", [("url", "PMC1234567")]),
        (
            "ISBN 0-306-40615-2, ISBN-13: 978-0-306-40615-7",
            [("isbn", "ISBN 0-306-40615-2"), ("isbn", "ISBN-13: 978-0-306-40615-7")],
        ),
        ("ISBN 978-0-306-40615-8", []),
        ("NICE clinical guideline 91", [("nice", "NICE clinical guideline 91")]),
        ("NICE guideline 56 and NICE guideline [NG206]", [("nice", "NICE guideline 56"), ("nice", "NICE guideline [NG206]")]),
        ("CG53, NG 206, nice guidelines", [("nice", "CG53"), ("nice", "NG 206")]),
        ("the guidance TA97; the road TA97", [("nice", "TA97"), ("nice", "TA97")]),
        ("the road TA97", []),
        ("NG5 1PB near NICE", []),
        ("NICE guidelines 10% of 20 years", []),
        ("under the Equality Act 2010", [("legislation", "Equality Act 2010")]),
        (
            "The Mental Health (Care and Treatment) (Scotland) Act 2003",
            [("legislation", "Mental Health (Care and Treatment) (Scotland) Act 2003")],
        ),
        ("the Act 2010, an act of 1990, Class Act in 2011", []),
        ("the Data Protection Regulations 2018", [("legislation", "Data Protection Regulations 2018")]),
        (
            "DSM-5, DSM IV-TR, DSM-III-R",
            [("classification", "DSM-5"), ("classification", "DSM IV-TR"), ("classification", "DSM-III-R")],
        ),
        ("ICD-10 and ICD 11, not ICDs 10", [("classification", "ICD-10"), ("classification", "ICD 11")]),
    ],
)
def test_identifiers(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.scheme, one.span.of(text)) for one in find_identifiers(text)] == found


@pytest.mark.parametrize(
    ("url", "ids"),
    [
        ("https://doi.org/10.1000/ABC.5", Identifiers(doi="10.1000/abc.5", url="https://doi.org/10.1000/ABC.5")),
        ("http://j.example/doi/pdf/10.1000/7?x=1", Identifiers(doi="10.1000/7", url="http://j.example/doi/pdf/10.1000/7?x=1")),
        ("http://j.example/doi/10.1000/7/full", Identifiers(doi="10.1000/7", url="http://j.example/doi/10.1000/7/full")),
        ("https://pubmed.ncbi.nlm.nih.gov/1234567/", Identifiers(pmid="1234567", url="https://pubmed.ncbi.nlm.nih.gov/1234567/")),
        (
            "https://nice.org.uk/guidance/CG53/chapter/1",
            Identifiers(nice="cg53", url="https://nice.org.uk/guidance/CG53/chapter/1"),
        ),
        ("https://www.ncbi.nlm.nih.gov/pub...12345", Identifiers(url="https://www.ncbi.nlm.nih.gov/pub...12345")),
        ("https://a.example/2012/10", Identifiers(url="https://a.example/2012/10")),
    ],
)
def test_an_address_proves_what_it_holds(url: str, ids: Identifiers) -> None:
    assert ids_of_url(url) == ids


@pytest.mark.parametrize(
    ("printed", "digits"),
    [
        ("0-306-40615-2", "9780306406157"),
        ("0 8044 2957 X", "9780804429573"),
        ("978-0-306-40615-7", "9780306406157"),
        ("123", None),
        ("0-306-40615-3", None),
    ],
)
def test_isbns_have_thirteen_digits(printed: str, digits: str | None) -> None:
    assert isbn13(printed) == digits


@pytest.mark.parametrize(
    ("url", "is_cut"), [("http://a.example/b...c", True), ("http://a.example/b…", True), ("http://a.example/b..c", False)]
)
def test_truncated(url: str, is_cut: bool) -> None:  # noqa: FBT001 - a parameter of the table
    assert is_truncated(url) is is_cut


@given(
    st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                [
                    "https://a.example/",
                    "10.1000/",
                    "NICE",
                    "CG",
                    "53",
                    "Act",
                    "2010",
                    "ISBN",
                    "978",
                    "(",
                    ")",
                    "[",
                    "]",
                    "…",
                    ".",
                    "The",
                    "\n",
                ]
            )
        ).map("".join),
    )
)
def test_any_text_gives_places_in_order(text: str) -> None:
    found = find_identifiers(text)
    assert all(left.span.end <= right.span.start for left, right in pairwise(found))
    assert all(one.span.of(text) for one in found)
