"""When one annotation counts as found by another: each rule on both sides of its border."""

from __future__ import annotations

from typing import Any

import pytest

from kb.evaluate.annotation import Annotation
from kb.evaluate.matching import MATCHES


def placed(start: int, end: int, **fields: Any) -> Annotation:
    return Annotation(type="any", start=start, end=end, quote="", **fields)


@pytest.mark.parametrize(
    ("name", "ours", "gold", "found"),
    [
        ("entry", (0, 75), (0, 100), True),
        ("entry", (0, 74), (0, 100), False),
        ("quotation", (0, 60), (0, 100), True),
        ("quotation", (0, 59), (0, 100), False),
        ("claim", (0, 50), (0, 100), True),
        ("claim", (0, 49), (0, 100), False),
        ("reference", (0, 50), (0, 100), True),
        ("reference", (0, 49), (0, 100), False),
    ],
)
def test_how_much_of_a_place_is_enough(name: str, ours: tuple[int, int], gold: tuple[int, int], *, found: bool) -> None:
    assert MATCHES[name](placed(*ours), placed(*gold)) is found
    assert MATCHES[name](placed(*gold), placed(*ours)) is found


@pytest.mark.parametrize(
    ("ours", "gold", "found"),
    [
        ((0, 10, {"doi": "10.1/X"}), (9, 40, {"doi": "10.1/x", "pmid": 7}), True),
        ((0, 10, {"pmid": "7"}), (9, 40, {"doi": "10.1/x", "pmid": 7}), True),
        ((0, 10, {"doi": "10.1/y"}), (9, 40, {"doi": "10.1/x"}), False),
        ((0, 10, {"doi": "10.1/x"}), (10, 40, {"doi": "10.1/x"}), False),
        ((0, 10, {"pmid": None}), (9, 40, {"pmid": None}), False),
        ((0, 10, {"doi": ""}), (9, 40, {"doi": "?"}), False),
        ((0, 10, None), (9, 40, None), False),
    ],
)
def test_references_that_touch_are_one_by_an_identifier(ours: tuple[Any, ...], gold: tuple[Any, ...], *, found: bool) -> None:
    one, other = placed(*ours[:2], ids=ours[2]), placed(*gold[:2], ids=gold[2])
    assert MATCHES["reference"](one, other) is found


@pytest.mark.parametrize(
    ("file", "start", "end", "found"),
    [
        ("a.txt", 10, 30, True),
        ("in/a.txt", 20, 30, True),
        ("a.txt", 21, 30, False),
        ("b.txt", 10, 30, False),
        ("a.txt", 30, 30, False),
        ("a.txt", None, 30, False),
        ("a.txt", 10, None, False),
        (None, 10, 30, False),
    ],
)
def test_a_link_wants_file_and_place(file: str | None, start: int | None, end: int | None, *, found: bool) -> None:
    ours = placed(0, 10, source_file=file, source_start=start, source_end=end)
    gold = placed(0, 20, source_file="a.txt", source_start=10, source_end=30)
    assert MATCHES["link"](ours, gold) is found


@pytest.mark.parametrize(
    ("ours", "gold", "found"),
    [
        ((33.0, "%"), (33.3, "%"), True),
        ((34.4, "%"), (33.3, "%"), False),
        ((33.3, "%"), (33.0, "%"), False),
        ((45, "%"), (45.0, "%"), True),
        ((45, "sites"), (45, "clinics"), True),
        ((45, "%"), (45, "clinics"), False),
        ((45, "weeks"), (45, "days"), False),
        (([6, 18], "weeks"), ([6.0, 18.0], "weeks"), True),
        (([6, 18], "weeks"), (6, "weeks"), False),
    ],
)
def test_figures_agree_in_value_and_measure(ours: tuple[Any, str], gold: tuple[Any, str], *, found: bool) -> None:
    one, other = placed(0, 10, value=ours[0], unit=ours[1]), placed(0, 30, value=gold[0], unit=gold[1])
    assert MATCHES["figure"](one, other) is found


@pytest.mark.parametrize(
    ("name", "ours", "gold", "found"),
    [
        ("definition", {"term": "Clinics"}, {"term": "x", "synonyms": ["clinic"]}, True),
        ("definition", {"term": "clinical"}, {"term": "clinic"}, False),
        ("definition", {"term": None}, {"term": None}, False),
        ("citation", {"keys": ["Lee, 2019"]}, {"keys": ["lee 2019"]}, True),
        ("citation", {"keys": ["1", "2"]}, {"keys": ["1"]}, False),
        ("citation", {"keys": []}, {"keys": []}, False),
        ("condition", {"concept": "cfs"}, {"concept": "me", "alt_concepts": "cfs"}, True),
        ("condition", {"concept": None}, {"concept": None}, False),
        ("claim+kind", {"kind": "target"}, {"kind": "figure", "kind_alt": ["target"]}, True),
        ("claim+kind", {"kind": "policy"}, {"kind": "figure", "kind_alt": ["target"]}, False),
    ],
)
def test_what_else_must_agree(name: str, ours: dict[str, Any], gold: dict[str, Any], *, found: bool) -> None:
    assert MATCHES[name](placed(0, 10, **ours), placed(0, 10, **gold)) is found
