"""The page that shows what kb eval kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from kb.errors import KbError, StoreError
from kb.evaluate.summary import Summary, TypeSummary, as_json
from kb.public import public_view
from kb.publish import build_site
from kb.publish.pages.evaluation import read_evaluation
from tests.factory import knowledge

SCAFFOLD = Path(__file__).resolve().parents[2] / "kb" / "publish" / "scaffold"
NUMBERS = Summary(
    types={
        "claim+kind": TypeSummary(0.5, 0.25, 0.333, 0.1, 0.6, required=4, false=1, side={}),
        "link": TypeSummary(0.0, 0.0, 0.0, 0.0, 0.0, required=0, false=1, side={}),
    },
    macro_f1=0.333,
    sources={"a.txt": {"claim+kind": 0.333}},
    knowing_nothing={"claim": 0.8, "claim+kind": 0.16},
    sure_right=0.954,
    sure_reach=0.5,
)


def site(folder: Path, kept: str | None) -> Path:
    project = folder / "project"
    shutil.copytree(SCAFFOLD, project)
    if kept is not None:
        (project / "site" / "evaluation.json").write_text(kept, encoding="utf-8")
    build_site(public_view(knowledge()), project, folder / "out", "generation-1")
    return folder / "out"


def test_what_was_kept_is_shown_and_linked_from_every_page(tmp_path: Path) -> None:
    out = site(tmp_path, as_json(NUMBERS))
    page = BeautifulSoup((out / "evaluation.html").read_text(encoding="utf-8"), "html.parser")
    rows = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in page.select("article table tr")]
    assert rows == [
        ["What", "By hand", "Found", "Right", "Score", "Range"],
        ["Claims with their kind (a blind guess scores 0.16)", "4", "0.25", "0.50", "0.33", "0.10 to 0.60"],
    ]
    words = page.get_text()
    assert "People read 1 text and wrote down" in words
    assert "95 in 100 are right, and 50 in 100 of all right records" in words
    home = BeautifulSoup((out / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert [link.get_text() for link in home.select('nav a[href="evaluation.html"]')] == ["How well the texts were read"]


def test_without_an_evaluation_there_is_no_page_and_no_link(tmp_path: Path) -> None:
    out = site(tmp_path, None)
    assert not (out / "evaluation.html").exists()
    assert "evaluation.html" not in (out / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("kept", ["", "{}", "[1, 2", '{"types": 3}'])
def test_a_damaged_file_is_named(tmp_path: Path, kept: str) -> None:
    path = tmp_path / "evaluation.json"
    path.write_text(kept, encoding="utf-8")
    with pytest.raises(StoreError, match=r"evaluation\.json: not an evaluation: .*; write it anew with kb eval GOLD --save"):
        read_evaluation(tmp_path)
    with pytest.raises((KbError, SystemExit), match="not an evaluation"):
        site(tmp_path, kept)
