"""Reference strings and their fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extract.references.bibliographic import Bibliographic, is_reference, parse_reference
from kb.extract.references.forms import split_label
from kb.extract.references.tagged import names_in
from kb.model import Identifiers


@pytest.mark.parametrize(
    ("raw", "parsed"),
    [
        (
            "Able B, Carver DE, Dunn F.\nCosts of waiting: a\ncohort study. Inv Med. 2014;31(2):118-27.",
            Bibliographic(
                authors=("Able B", "Carver DE", "Dunn F"),
                title="Costs of waiting: a cohort study",
                container="Inv Med",
                year=2014,
                volume="31",
                issue="2",
                pages="118-27",
            ),
        ),
        (
            "[7] Able B. One or many? Inv Med 2001; 51: 361–67",
            Bibliographic(authors=("Able B",), title="One or many?", container="Inv Med", year=2001, volume="51", pages="361–67"),
        ),
        (
            "Able, B., & Carver, D. (2012). The slow clinic. Journal of Things, 31(2), 118-127. https://doi.org/10.1000/7",
            Bibliographic(
                authors=("Able, B.", "Carver, D."),
                title="The slow clinic",
                container="Journal of Things",
                year=2012,
                volume="31",
                issue="2",
                pages="118-127",
                ids=Identifiers(doi="10.1000/7", url="https://doi.org/10.1000/7"),
            ),
        ),
        (
            "Able B, Dunn F. Lists. How they grow. London: The Example Press; 2009.",
            Bibliographic(
                authors=("Able B", "Dunn F"),
                title="Lists. How they grow",
                year=2009,
                publisher="The Example Press",
                publisher_place="London",
            ),
        ),
        (
            "Northern Sleep Association (2013), DSS-5.",
            Bibliographic(authors=("Northern Sleep Association",), title="DSS-5", year=2013),
        ),
        (
            "Able B. Rest. Inv Med 2012;72:S5-9.",
            Bibliographic(authors=("Able B",), title="Rest", container="Inv Med", year=2012, volume="72", pages="S5-9"),
        ),
        (
            "Able B. Rest. In: Carver D, editor. Handbook of sleep. 2nd ed. London: Example Press; 2004. p. 55-71.",
            Bibliographic(
                authors=("Able B",),
                title="Rest",
                container="Handbook of sleep",
                year=2004,
                pages="55-71",
                publisher="Example Press",
                publisher_place="London",
            ),
        ),
        (
            "Invented Psychiatric Association. Manual of examples. Washington: Example Publishing; 2013.",
            Bibliographic(
                authors=("Invented Psychiatric Association",),
                title="Manual of examples",
                year=2013,
                publisher="Example Publishing",
                publisher_place="Washington",
            ),
        ),
        (
            "Ministry of Examples (2011) Plans for waiting rooms. London: Ministry of Examples.",
            Bibliographic(
                authors=("Ministry of Examples",),
                title="Plans for waiting rooms",
                year=2011,
                publisher="Ministry of Examples",
                publisher_place="London",
            ),
        ),
        (
            "NHS England. The waiting view. 2016. Available from: https://a.example/b.pdf",
            Bibliographic(
                authors=("NHS England",), title="The waiting view", year=2016, ids=Identifiers(url="https://a.example/b.pdf")
            ),
        ),
        ("Able B. Waiting. 2014.", Bibliographic(authors=("Able B",), title="Waiting", year=2014)),
        ("Able and others (2015), on the trials of waiting", Bibliographic(authors=("Able",), year=2015)),
        ("no reference at all", Bibliographic()),
        ("", Bibliographic()),
    ],
)
def test_fields(raw: str, parsed: Bibliographic) -> None:
    assert parse_reference(raw) == parsed


@pytest.mark.parametrize(
    ("raw", "volume", "issue", "pages"),
    [
        ("Able B, Carver D. Rest at work. J Sleep Res. 2012;72:242-47.", "72", None, "242-47"),
        ("Able B. Rest at work. J Sleep Res 2012; 72(3): 242–247.", "72", "3", "242–247"),
        ("Able B, Carver D, Dunn E, et al. Rest and noise. Lancet 1999;354(9182):936-9.", "354", "9182", "936-9"),
        ("Able B. Rest. BMJ. 2015;350:h227.", "350", None, "h227"),
        ("Able B, Dunn F. Short naps. PLoS One. 2014;9(4):e93567.", "9", "4", "e93567"),
        ("Able B. Naps in winter. Br J Gen Pract. 2011 Mar;61(584):e105-e112.", "61", "584", "e105-e112"),
        ("Able B. Quiet rooms. Sleep Med Rev. 2013;17 Suppl 1:S12-8.", "17", "Suppl 1", "S12-8"),
        ("Able B, Carver D. Slow nights. Ann Intern Med. 2010 Nov 2;153(9):585-92.", "153", "9", "585-92"),
        ("Able, B. and Carver, D. (2012) Rest at work. Journal of Sleep, 31(2), pp. 118-127.", "31", "2", "118-127"),
        ("Able, B., & Carver, D. E. (2016). Rest and noise in old clinics. Psychology of Rest, 12, 44-58.", "12", None, "44-58"),
        ("Able, B., Carver, D., & Dunn, E. (2008). Waiting twice. Health & Place, 14(1), 1–9.", "14", "1", "1–9"),
        ("Able B (2009). The long night. Sleep and Health 22: 341-350.", "22", None, "341-350"),
        ('Able, Bea. "Resting in Leeds." Northern History 45, no. 2 (2008): 211-30.', "45", "2", "211-30"),
        (
            'Able, Bea, and Carl Dunn. "The Sleep of Clinics." Social History of Medicine 21.3 (2008): 435-52.',
            "21",
            "3",
            "435-52",
        ),
        (
            'B. Able and C. Dunn, "Counting sheep," IEEE Trans. Rest Eng., vol. 12, no. 4, pp. 101-110, Apr. 2007.',
            "12",
            "4",
            "101-110",
        ),
        ("B. Able, C. Dunn, Rest after work, Journal of Invented Medicine 112 (2) (2008) 510–520.", "112", "2", "510–520"),
        ("Able, B. 2011. Dreams of wolves. Canadian Journal of Zoology 89:1012–1020.", "89", None, "1012–1020"),
        ("Able B, Carver D: Noise at night. BMC Public Health 2011, 11:127.", "11", None, "127"),
        ("Able B. Sleeping well. Nature 1998;391:123.", "391", None, "123"),
        ("Able BC, Dunn EF. A trial of quiet. N Engl J Med. 2005;353(24):2548-60. PMID: 12345678.", "353", "24", "2548-60"),
        ("12. Able B, Dunn F. Beds in corridors. Health Serv J 2003; 113(5844): 22-3.", "113", "5844", "22-3"),
        ("[4] Able B. Short letters. Lancet Psychiatry 2016;3:1004–05.", "3", None, "1004–05"),
        ("Able B, Dunn F. A review of rest. Cochrane Database Syst Rev. 2008;(3):CD001027.", None, "3", "CD001027"),
        ("Able B, Carver D. Resting costs. J Psychosom Res 2013:370-75.", None, None, "370-75"),
        ("Able, B. (2001) 'Talking of sleep', Sociology of Rest, vol. 23, no. 4, pp. 345-366.", "23", "4", "345-366"),
        ("Able B, Carver D. Night shifts. Occup Med (Lond) 2017;67(5):", "67", "5", None),
        ("Able B. Long days. Int J Epidemiol 2002;31:285–293. doi:10.1000/ije/31.2.285", "31", None, "285–293"),
        ("Able, B., 2015. Clinics on the moor. Landscape Research, 40(6), pp.733-749.", "40", "6", "733-749"),
        ("Able B. Issues in words. Journal of Rest. Volume 12, Issue 3, pages 45-67, May 2009.", "12", "3", "45-67"),
        ("Able B, Dunn F. Rest in pairs. Sleep 2018;41(suppl_1):A12-A13.", "41", "suppl_1", "A12-A13"),
        ("Able B. Who rests? Rest Rev 1987;IV:11-19.", "IV", None, "11-19"),
        ("Able B. Rest. 11 September 1999. Volume 354, Issue 9182, pages 936-939.", "354", "9182", "936-939"),
        ("Able B. Rest and unrest. London: Example Press; 2004. 271 p.", None, None, None),
        ("Rest Board. Rest in 2010-11: yearly report. Leeds: Rest Board; 2012.", None, None, None),
    ],
)
def test_numbers(raw: str, volume: str | None, issue: str | None, pages: str | None) -> None:
    parsed = parse_reference(raw)
    assert (parsed.volume, parsed.issue, parsed.pages) == (volume, issue, pages)


@pytest.mark.parametrize(
    ("raw", "authors", "title", "place", "publisher", "year"),
    [
        (
            "Leeds Sleep Society. Rest at work: a guide for clinics. Leeds: Leeds Sleep Society, 2017.",
            ("Leeds Sleep Society",), "Rest at work: a guide for clinics", "Leeds", "Leeds Sleep Society", 2017,
        ),
        (
            "Department of Rest. Plans for quiet clinics. London: Department of Rest; March 2014.",
            ("Department of Rest",), "Plans for quiet clinics", "London", "Department of Rest", 2014,
        ),
        (
            "Carver D, Naylor B. Counting heads: a method for clinics. Leeds: The Invented Fund; 2010.",
            ("Carver D", "Naylor B"), "Counting heads: a method for clinics", "Leeds", "The Invented Fund", 2010,
        ),
        (
            "Able, B. (2003) The Long Night. Cambridge: Invented University Press.",
            ("Able, B.",), "The Long Night", "Cambridge", "Invented University Press", 2003,
        ),
        (
            "NHS England. Five steps to rest: commissioning guidance for sleep services. London: NHS England; 2017.",
            ("NHS England",), "Five steps to rest: commissioning guidance for sleep services", "London", "NHS England", 2017,
        ),
        (
            "Royal College of Sleepers and Academy of Rest. Joint guidance on naps. January 2011.",
            ("Royal College of Sleepers and Academy of Rest",), "Joint guidance on naps", None, None, 2011,
        ),
        (
            "Able B. Rest for all? [Internet]. Leeds: Rest Centre; 2014 [cited 2015 May 3]. Available from: http://rest.example/a.pdf",
            ("Able B",), "Rest for all?", "Leeds", "Rest Centre", 2014,
        ),
        (
            "House of Naps Rest Committee. Third report of session 2009-10. HC 123. London: The Stationery Office; 2010.",
            ("House of Naps Rest Committee",), "Third report of session 2009-10", "London", "The Stationery Office", 2010,
        ),
        (
            "Able B, Carver D, eds. Handbook of Rest. 3rd ed. Oxford: Example University Press; 2011.",
            ("Able B", "Carver D"), "Handbook of Rest", "Oxford", "Example University Press", 2011,
        ),
        (
            "American Nap Association. Manual of naps (5th ed.). Washington, DC: American Nap Association, 2013.",
            ("American Nap Association",), "Manual of naps", "Washington, DC", "American Nap Association", 2013,
        ),
    ],
)  # fmt: skip
def test_grey_literature(
    raw: str, authors: tuple[str, ...], title: str, place: str | None, publisher: str | None, year: int
) -> None:
    parsed = parse_reference(raw)
    assert (parsed.authors, parsed.title, parsed.year) == (authors, title, year)
    assert (parsed.publisher_place, parsed.publisher, parsed.container) == (place, publisher, None)


@pytest.mark.parametrize(
    ("listed", "names"),
    [
        ("Able BC, Dunn E, et al.", ("Able BC", "Dunn E")),
        ("Able, B. C., & Dunn, E.", ("Able, B. C.", "Dunn, E.")),
        ("Able, Bea, Carl Dunn and E. F. Good", ("Able, Bea", "Carl Dunn", "E. F. Good")),
        ("Able, Bea, and Dunn, Cy", ("Able, Bea", "Dunn, Cy")),
        ("Able, Carver and Dunn", ("Able", "Carver", "Dunn")),
        ("Able B; Dunn C", ("Able B", "Dunn C")),
        ("Bea Able (ed.)", ("Bea Able",)),
        ("edited by Bea Able and Carl Dunn,", ("Bea Able", "Carl Dunn")),
        ("Ministry of Rest and Sleep.", ("Ministry of Rest and Sleep",)),
        ("", ()),
    ],
)
def test_names(listed: str, names: tuple[str, ...]) -> None:
    assert names_in(listed) == names


@pytest.mark.parametrize(
    ("raw", "is_one"),
    [
        ("Able B, Dunn F. Waiting. Inv Med. 2014;3:4-5.", True),
        ("12. Able B. Waiting. 2014.", True),
        ("Ministry of Examples (2011) Plans. London: Ministry of Examples.", True),
        ("Plans for waiting. London: Ministry of Examples; 2011.", True),
        ("Able B wrote in 2014 that waiting is long.", False),
        ("When: Thursday, September 13, 2018", False),
        ("The page is old and cites Able B, Waiting Twice. London: The Example Press; 2009.", False),
        ("The clinic A. It opened in 2014.", False),
        ("In Leeds: nothing happened; 2011 was quiet.", False),
        ("", False),
    ],
)
def test_what_stands_as_a_reference(raw: str, is_one: bool) -> None:  # noqa: FBT001 - a column of the table
    assert is_reference(raw) is is_one


@pytest.mark.parametrize(
    ("raw", "label", "start"),
    [
        ("12\nAble B.", "12", 3),
        ("[3] Able B.", "3", 4),
        ("4. Able B.", "4", 3),
        ("2014 was quiet", None, 0),
        ("5 clinics", None, 0),
    ],
)
def test_labels(raw: str, label: str | None, start: int) -> None:
    assert split_label(raw) == (label, start)


def test_the_end_of_a_very_long_string_is_not_read() -> None:
    assert parse_reference("Able B. Rest. " + "words and " * 100_000 + "London: Press; 2009.").publisher is None


@given(st.text())
def test_any_text_has_fields(raw: str) -> None:
    assert parse_reference(raw).year in {None, *range(1800, 2100)}
