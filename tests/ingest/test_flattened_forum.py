"""Threads saved as text: what tells one post from the next, in the shapes that extractors and browsers leave."""

from __future__ import annotations

import pytest

from kb.ingest import ingest
from kb.model import Document, Part, Source, SourceFile
from tests.ingest.test_contract import faults

NBSP = "\u00a0"


def read(*pages: str) -> Document:
    """The document of a thread's saved pages, which is sound."""
    files = tuple(SourceFile(f"{number}.txt", "") for number in range(1, len(pages) + 1))
    document = ingest(
        [page.encode() for page in pages], Source(id="a", files=files, source_kind="forum", shape="flattened-forum")
    )
    assert faults(document) == []
    return document


def posts(document: Document) -> list[Part]:
    return [part for part in document.parts if part.kind == "post"]


def bodies(document: Document) -> list[str]:
    """What each post says, its lines as one."""
    return [" / ".join(part.body.of(document.text).split("\n")) for part in posts(document)]


def authors(document: Document) -> list[str | None]:
    return [part.author.name if part.author else None for part in posts(document)]


COPIED = """Home
Log in
Which kettle lasts?
Thread starter Odile
Start date Mar 3, 2019
O
Odile
Member
Joined
May 5, 2016
Messages
17
Mar 3, 2019
#1
Mine is copper.
Reply
Report
B
Bo Pepper
Keeper of the Keys
May 9, 2016
9,009
Mar 4, 2019 at 4:15 PM
Add bookmark
#2
Odile said:
Mine is copper.
Click to expand...
So is mine, since May 3, 2018.
#2 on my list is tin.
Reply
Report
Reactions: Odile, TinWhistle and 3 others
O
Odile
Member
Yesterday at 9:00 AM
#3
Tin rusts.
"""


def test_a_page_copied_by_hand_without_marks_of_posts_ends() -> None:
    document = read(COPIED)
    assert document.title == "Which kettle lasts?"
    assert bodies(document)[0] == "Mine is copper."
    assert bodies(document)[1].endswith("So is mine, since May 3, 2018. / #2 on my list is tin.")
    assert authors(document)[:2] == ["Odile", "Bo Pepper"]
    assert [(part.label, part.date and part.date.value) for part in posts(document)[:2]] == [
        ("#1", "2019-03-03"),
        ("#2", "2019-03-04"),
    ]
    reactions = [place.span.of(document.text) for place in document.furniture if place.kind == "reactions"]
    assert reactions == ["Reactions: Odile, TinWhistle and 3 others"]
    assert {"Odile", "TinWhistle"} <= {person.name for person in document.people}
    assert "3 others" not in {person.name for person in document.people}


def test_numbers_above_posts_and_who_edited_them() -> None:
    document = read(f"A host banner\n\nWhich kettle?\n\n#1 ·\nCopper.\n{NBSP}\n#3 · (Edited)\nTin.\n{NBSP}\n")
    assert document.title == "Which kettle?"
    assert [(part.label, part.is_edited) for part in posts(document)] == [("#1", False), ("#3", True)]
    assert bodies(document) == ["Copper.", "Tin."]


@pytest.mark.parametrize("line", ["#1 reason: it is tin", "See #4", "a #2", "#", "#12345678"])
def test_words_with_a_number_sign_are_no_header(line: str) -> None:
    document = read(f"Which kettle?\n\nI said this.\n{line}\nAnd more.\n{NBSP}\nYes.\n{NBSP}\nLast edited:\n")
    assert bodies(document) == [f"I said this. / {line} / And more.", "Yes."]


def test_a_number_inside_a_post_is_no_header() -> None:
    document = read(f"Which kettle?\n\nMy list:\n#1\ncopper\n{NBSP}\nYes.\n{NBSP}\nLast edited:\n")
    assert [part.label for part in posts(document)] == [None, None]


def test_a_cell_whose_keys_were_pictures() -> None:
    document = read(
        f"Which kettle?\n\nOdile\n\nMostly asleep\nMember\nOct 25, 2017\n13,539\nPort Amber\nIt is copper.\n{NBSP}\n"
        f"Bo Pepper\n\nMember\nMay 4, 2018\n12\n3\nThanks for that.\nIt is tin.\n{NBSP}\n"
    )
    assert authors(document) == ["Odile", "Bo Pepper"]
    assert bodies(document) == ["It is copper.", "Thanks for that. / It is tin."]
    assert [person.name for person in document.people if person.field == "location"] == ["Port Amber"]


def test_a_date_and_a_number_that_somebody_wrote_are_no_cell() -> None:
    document = read(f"Which kettle?\n\nWe met on these days and sold so many kettles:\nMay 4, 2018\n12\n{NBSP}\nYes.\n{NBSP}\n")
    assert bodies(document)[0] == "We met on these days and sold so many kettles: / May 4, 2018 / 12"


def test_fields_of_a_forums_own() -> None:
    cell = "Odile\n\nMember\nJoined\nApr 12, 2018\nMessages\n3\nKettle\nCopper\nCountry\nNorway\n"
    document = read(f"Which kettle?\n\n{cell}It sings.\n{NBSP}\nYes.\n{NBSP}\n")
    assert bodies(document) == ["It sings.", "Yes."]
    assert authors(document) == ["Odile", None]


@pytest.mark.parametrize(
    ("head", "title", "author"),
    [
        ("Which kettle?\n\nOdile\n\nMessages\n12\n", "Which kettle?", "Odile"),
        ("Which kettle?\n\nOdile\n\nHalf asleep\nMessages\n12\n", "Which kettle?", "Odile"),
        ("Which kettle?\n\nMessages\n12\n", "Which kettle?", None),
        ("Odile\n\nHalf asleep\nMessages\n12\n", None, "Odile"),
        ("Odile\nMessages\n12\n", None, "Odile"),
    ],
)
def test_the_title_of_the_thread_and_the_name_of_who_began_it(head: str, title: str | None, author: str | None) -> None:
    document = read(f"{head}Mine is copper.\n{NBSP}\nYes.\n{NBSP}\n")
    assert (document.title, authors(document)[0], bodies(document)[0]) == (title, author, "Mine is copper.")


def test_what_stands_above_the_first_cell_is_no_post() -> None:
    document = read(
        "Kettles are sold out everywhere, so the host of this board asks all of its members to be patient.\n\nWhich kettle?\n\n"
        "  • Thread starter Odile\n  • Start date Start date\n\n"
        f"Odile\nMessages\n196\nMine is copper.\n{NBSP}\nYes.\n{NBSP}\n"
    )
    assert document.title == "Which kettle?"
    assert bodies(document) == ["Mine is copper.", "Yes."]
    assert authors(document) == ["Odile", None]


def test_what_stands_below_the_last_post_is_the_pages_own_and_told() -> None:
    foot = "Join us! The members of this board have repaired more kettles than anybody else in the whole country."
    document = read(f"Which kettle?\n\nCopper.\n{NBSP}\nTin.\n{NBSP}\nClay.\n{NBSP}\n{foot}\n")
    assert bodies(document) == ["Copper.", "Tin.", "Clay."]
    assert [lost.span and lost.span.of(document.text) for lost in document.losses if lost.code == "W226"] == [foot]


def test_where_few_posts_have_an_end_the_last_may_have_lost_it() -> None:
    assert bodies(read(f"Which kettle?\n\nCopper.\n{NBSP}\nTin.\n{NBSP}\nClay, in my view.\n"))[-1] == "Clay, in my view."


def test_pictures_are_named_and_not_said() -> None:
    document = read(f"Which kettle?\n\nLook at this.\nkettle-2.jpg\nView attachment 20\n{NBSP}\nNice.\n{NBSP}\n")
    assert [place.span.of(document.text) for place in document.furniture if place.kind == "attachment"] == [
        "kettle-2.jpg",
        "View attachment 20",
    ]
    assert bodies(document)[0] == "Look at this."


FIRST = (
    f"Which kettle?\n\nMine is copper and has lasted for years.\n{NBSP}\nMine is tin, which nobody calls a success.\n{NBSP}\n"
    "Page 1 of 2\n"
)


def test_each_page_is_read_by_itself() -> None:
    second = f"Which kettle? | Page 2\n\nOdile\nMessages\n19\nA third one.\n{NBSP}\nTop\n"
    document = read(FIRST, second)
    assert document.title == "Which kettle?"
    assert bodies(document) == [
        "Mine is copper and has lasted for years.",
        "Mine is tin, which nobody calls a success.",
        "A third one.",
    ]
    assert [span.of(document.text) for span in document.file_spans] == [FIRST, second]
    assert [part.number for part in posts(document)] == [1, 2, 3]


def test_a_post_open_at_the_end_of_a_page_ends_there() -> None:
    document = read(f"Which kettle?\n\nCopper.\n{NBSP}\nIt is cut", f"short here.\n{NBSP}\nTin.\n{NBSP}\nLast edited:\n")
    assert bodies(document)[-2:] == ["short here.", "Tin."]


def test_a_post_that_a_later_page_repeats_is_kept_once_and_told() -> None:
    second = f"Which kettle?\n\nMine is copper and has lasted for years.\n{NBSP}\nA third one, of clay.\n{NBSP}\n"
    document = read(FIRST, second)
    assert bodies(document) == [
        "Mine is copper and has lasted for years.",
        "Mine is tin, which nobody calls a success.",
        "A third one, of clay.",
    ]
    assert [lost.message for lost in document.losses if lost.code == "W220"] == [
        "1 post(s) stood twice in the saved pages and were kept once"
    ]


def test_short_posts_may_be_alike() -> None:
    assert len(posts(read(f"Which kettle?\n\nYes.\n{NBSP}\n", f"Yes.\n{NBSP}\n"))) == 2
