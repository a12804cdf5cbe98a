"""The guide to searching names every field, and no field there is none of."""

from __future__ import annotations

import re
from pathlib import Path

from kb.index import ENGINES, FACETS, FIELDS

GUIDE = (Path(__file__).resolve().parents[2] / "site" / "guides" / "search.md").read_text(encoding="utf-8")


def test_the_guide_lists_the_fields_in_order() -> None:
    table = GUIDE[GUIDE.index("| field | holds |") :]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == list(FIELDS)


def test_the_guide_names_the_engine_one_can_choose() -> None:
    assert [name for name in ENGINES if name not in GUIDE.lower()] == []


def test_facets_are_fields() -> None:
    assert set(FACETS) <= set(FIELDS)
