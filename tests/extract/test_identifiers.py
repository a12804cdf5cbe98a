"""Identifiers in running text: every spelling beside what it is not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extract.references.diagnostic_codes import editions, icd_codes
from kb.extract.references.identifiers import find_identifiers, ids_of_url, is_truncated, isbn13
from kb.extract.references.legislation import laws
from kb.model import Identifiers, Span


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at https://a.example/b?c=d.", [("url", "https://a.example/b?c=d")]),
        ("(https://a.example/b_(c))", [("url", "https://a.example/b_(c)")]),
        ("“https://a.example/b”,", [("url", "https://a.example/b")]),
        ("<www.a.example>; www is a word", [("url", "www.a.example")]),
        ("mail me@a.example, not www.", []),
        (
            "at rest.example.org/sleep/1, or (sleep.nhs.uk/a?b=c).",
            [("url", "rest.example.org/sleep/1"), ("url", "sleep.nhs.uk/a?b=c")],
        ),
        ("rest.org, and/or me@rest.org/x, 3.com/4", [("url", "3.com/4")]),
        (
            "https://a.example/long…tail/ and https://a.example/cut...",
            [("url", "https://a.example/long…tail/"), ("url", "https://a.example/cut...")],
        ),
        ("doi: 10.1000/AB.c(1)2, 2012", [("doi", "doi: 10.1000/AB.c(1)2")]),
        ("10.1000/abc.", [("doi", "10.1000/abc")]),
        ("doi:10.1000/\nrest.2012.3 and 10.1000/\nNext", [("doi", "doi:10.1000/\nrest.2012.3")]),
        ("DOI 10.1000/a; https://dx.doi.org/10.1000/b", [("doi", "DOI 10.1000/a"), ("doi", "https://dx.doi.org/10.1000/b")]),
        ("version 10.1000 of 10.5/3", []),
        ("https://doi.org/10.1000/abc)", [("doi", "https://doi.org/10.1000/abc")]),
        ("PMID: 12345678; PubMed ID 1234567", [("pmid", "PMID: 12345678"), ("pmid", "PubMed ID 1234567")]),
        ("PMID pending 123", []),
        ("PMIDs 1234567, 2345678 and 34", [("pmid", "PMIDs 1234567"), ("pmid", "2345678")]),
        ("the PMIDs of 1234567 people", []),
        ("PMC1234567 and PMC 12", [("url", "PMC1234567")]),
        ("PMCID: PMC1234567; PMCID 7654321; SPMC1234567", [("url", "PMCID: PMC1234567"), ("url", "PMCID 7654321")]),
        (
            "ISBN 0-306-40615-2, ISBN-13: 978-0-306-40615-7",
            [("isbn", "ISBN 0-306-40615-2"), ("isbn", "ISBN-13: 978-0-306-40615-7")],
        ),
        ("ISBN 978-0-306-40615-8", []),
        ("ISBN (print): 0306406152; 978-0-306-40615-7", [("isbn", "ISBN (print): 0306406152"), ("isbn", "978-0-306-40615-7")]),
        ("978-0-306-40615-8, call 978-555-0123-4567, 9780306406157", []),
        ("NICE clinical guideline 91", [("nice", "NICE clinical guideline 91")]),
        ("NICE guideline 56 and NICE guideline [NG206]", [("nice", "NICE guideline 56"), ("nice", "NICE guideline [NG206]")]),
        ("CG53, NG 206, nice guidelines", [("nice", "CG53"), ("nice", "NG 206")]),
        (
            "NICE clinical guidelines 90 and 91, NICE quality standards 8, 11",
            [("nice", "NICE clinical guidelines 90"), ("nice", "91"), ("nice", "NICE quality standards 8"), ("nice", "11")],
        ),
        ("NICE guidelines 90 and 12 weeks later", [("nice", "NICE guidelines 90")]),
        (
            "NICE (2007) Clinical guideline 53; NICE: guideline CG 53; clinical guideline no. CG91",
            [("nice", "NICE (2007) Clinical guideline 53"), ("nice", "guideline CG 53"), ("nice", "clinical guideline no. CG91")],
        ),
        (
            "National Institute for Health and Care Excellence (NICE) guideline NG206",
            [("nice", "National Institute for Health and Care Excellence (NICE) guideline NG206")],
        ),
        (
            "NICE technology appraisal guidance 97, NICE PH22, Nice cg53",
            [("nice", "NICE technology appraisal guidance 97"), ("nice", "NICE PH22"), ("nice", "Nice cg53")],
        ),
        ("CG-53/CG91", [("nice", "CG-53"), ("nice", "CG91")]),
        ("clinical guideline 53 by others, SCG53, a nice guideline of 12", []),
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
            "Mental Rest Act (1983) and the Rest\nand Sleep Act 2012",
            [("legislation", "Mental Rest Act (1983)"), ("legislation", "Rest\nand Sleep Act 2012")],
        ),
        ("the sleep act 2012; Acting 2010; a Rest Act\n\n2012", []),
        (
            "Regulation (EU) 2016/679, Directive 95/46/EC and S.I. 2012/1234",
            [
                ("legislation", "Regulation (EU) 2016/679"),
                ("legislation", "Directive 95/46/EC"),
                ("legislation", "S.I. 2012/1234"),
            ],
        ),
        ("Regulation 24/7, a Directive of 1995, 2016/679", []),
        (
            "28 U.S.C. § 586(b), 11 USC 521(e)(2) and 1308, 28 C.F.R. § 58.6(a)(3), 40 CFR Part 60",
            [
                ("legislation", "28 U.S.C. § 586(b)"),
                ("legislation", "11 USC 521(e)(2) and 1308"),
                ("legislation", "28 C.F.R. § 58.6(a)(3)"),
                ("legislation", "40 CFR Part 60"),
            ],
        ),
        ("at USC 12 people, CFR 5, 28 U.S. citizens, the U.S.C. team", []),
        (
            "Fed. R. Bankr. P. 2003(b); Rule 604 of the Federal Rules of Evidence; Pub. L. 111-148; Executive Order 12866",
            [
                ("legislation", "Fed. R. Bankr. P. 2003(b)"),
                ("legislation", "Rule 604 of the Federal Rules of Evidence"),
                ("legislation", "Pub. L. 111-148"),
                ("legislation", "Executive Order 12866"),
            ],
        ),
        ("Rule 604 of the club, an executive order of 12866 beds, Fed. R. said so", []),
        (
            "the Rest and Recreation for Sailors Act, the Quiet Nights Act (QNA) (5 U.S.C. 552)",
            [("legislation", "Rest and Recreation for Sailors Act"), ("legislation", "Quiet Nights Act (QNA) (5 U.S.C. 552)")],
        ),
        ("Act now, Sister Act, the Act, a Quiet Act, the Quiet Nights Action Plan", []),
        (
            "R.S.C. 1985, c. C-46; the Privacy of Rest Act 1988 (Cth); SSI 2014/34; S.I. 2012 No. 34",
            [
                ("legislation", "R.S.C. 1985, c. C-46"),
                ("legislation", "Privacy of Rest Act 1988 (Cth)"),
                ("legislation", "SSI 2014/34"),
                ("legislation", "S.I. 2012 No. 34"),
            ],
        ),
    ],
)
def test_identifiers(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.scheme, one.span.of(text)) for one in find_identifiers(text)] == found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("DSM-5, DSM IV-TR, DSM-III-R", ["DSM-5", "DSM IV-TR", "DSM-III-R"]),
        ("ICD-10 and ICD 11, not ICDs 10 or the ICD", ["ICD-10", "ICD 11"]),
    ],
)
def test_editions(text: str, names: list[str]) -> None:
    assert [edition.name for edition in editions(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("(ICD-10 G93.3, F45.0)", ["icd-10:G93.3", "icd-10:F45.0"]),
        ("ICD-11 codes 8E49, MG30.01 and DD91.0", ["icd-11:8E49", "icd-11:MG30.01", "icd-11:DD91.0"]),
        ("In ICD-9-CM 780.71 it was, and in ICD-10 it is R53.82", ["icd-9:780.71", "icd-10:R53.82"]),
        ("coded as K58 by the WHO", ["icd-10:K58"]),
        ("room F45.0 is on floor K58", []),
        ("ICD-10 in 2012 for 300 of A4 pages, H1N1, COVID-19 or M25-like pain", []),
    ],
)
def test_codes(text: str, names: list[str]) -> None:
    assert [code.name for code in icd_codes(text, Span(0, len(text)))] == names


@pytest.mark.parametrize(
    ("text", "title", "year"),
    [
        ("the Rest Act (1983)", "Rest Act 1983", 1983),
        ("the Rest and\n Sleep (Wales) Act, 1983", "Sleep (Wales) Act 1983", 1983),
        ("the Quiet Nights Act (QNA)", "Quiet Nights Act", None),
        ("Directive 95/46/EC", "Directive 95/46/EC", 1995),
        ("Regulation (EC) No 45/2001", "Regulation (EC) No 45/2001", 2001),
        ("SI 2012/34", "SI 2012/34", 2012),
        ("Public Law 111-148", "Public Law 111-148", None),
    ],
)
def test_laws(text: str, title: str, year: int | None) -> None:
    assert [(law.title, law.year) for law in laws(text)] == [(title, year)]


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
