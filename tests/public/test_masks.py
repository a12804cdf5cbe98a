"""Which names are private, and how they are filled over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Document, Person, Span
from kb.public import MASK, Mask, make_mask, private_names

HERE = Span(0, 1)


def person(name: str, field: str = "author", role: str = "member") -> Person:
    return Person(name, field, role, HERE)  # type: ignore[arg-type]


def mask_of(*people: Person) -> Mask:
    return make_mask([Document(source_id="a", sha256="", reader="by-hand", text="", people=people)])


@pytest.mark.parametrize(
    ("met", "private"),
    [
        (person("quietfox77"), ("quietfox77",)),
        (person("Jo Bloggs, keeper of lists", "title"), ("Jo Bloggs, keeper of lists", "Jo Bloggs")),
        (person("keeper of lists", "title"), ("keeper of lists",)),
        (person("Little Snoring", "location"), ("Little Snoring",)),
        (person("UK", "location"), ()),
        (person("England", "location"), ()),
        (person("Fenland Pain Charity", "author", "organisation"), ()),
        (person("Prof. A. Writer", "author", "public"), ()),
        (person("x"), ()),
    ],
)
def test_what_counts_as_private(met: Person, private: tuple[str, ...]) -> None:
    assert private_names([met]) == private


@pytest.mark.parametrize(
    ("words", "filled"),
    [
        ("as quietfox77 wrote", "as ██████████ wrote"),
        ("QuietFox77's point", "██████████'s point"),
        ("/members/quietfox77.12/", "/members/██████████.12/"),
        ("quietfox7 and quietfox778 are others", "quietfox7 and quietfox778 are others"),
        ("Wren replied", "████ replied"),
        ("a wren sang, Wrens sang", "a wren sang, Wrens sang"),
        ("the Blue Lamp\u00a0Post site, blue_lamp_post", "the ██████████████ site, ██████████████"),
    ],
)
def test_names_are_filled_over_and_near_misses_are_not(words: str, filled: str) -> None:
    mask = mask_of(person("quietfox77"), person("Wren", "mention"), person("Blue Lamp Post"))
    assert mask.fill(words) == filled


def test_labels_get_a_phrase() -> None:
    mask = mask_of(person("quietfox77"))
    assert mask.replace("quietfox77 (post 3)") == "[name withheld] (post 3)"
    assert mask.hides("by quietfox77")
    assert not mask.hides("by nobody")
    assert not mask.hides(None)


@given(st.text(max_size=80), st.lists(st.text(min_size=1, max_size=12), max_size=4))
def test_filling_never_moves_anything(words: str, names: list[str]) -> None:
    mask = mask_of(*(person(name) for name in names))
    filled = mask.fill(words)
    assert len(filled) == len(words)
    assert [char for char, old in zip(filled, words, strict=True) if char not in (old, MASK)] == []
