"""A built site that hangs together, and each way in which one does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.check.site import check_site
from kb.errors import StoreError

HOME = '<p id="top">Home</p><a href="claim/c1.html#words">a claim</a><a href="#top">up</a><a href="https://example.org/">out</a>'
CLAIM = '<p id="words">Words</p><a href="../index.html">home</a><img src="../mark.svg"><img src="data:image/gif;base64,R0==">'


def site(folder: Path, home: str = HOME, claim: str = CLAIM) -> Path:
    (folder / "claim").mkdir()
    (folder / "index.html").write_text(home, encoding="utf-8")
    (folder / "claim" / "c1.html").write_text(claim, encoding="utf-8")
    (folder / "mark.svg").write_text("<svg/>", encoding="utf-8")
    return folder


def test_a_whole_site_has_no_findings(tmp_path: Path) -> None:
    assert list(check_site(site(tmp_path))) == []


@pytest.mark.parametrize(
    ("home", "codes"),
    [
        (HOME + '<a href="claim/c2.html">gone</a>', ["E601"]),
        (HOME + '<a href="mark2.svg">gone</a>', ["E601"]),
        (HOME + '<a href="claim/c1.html#other">no such place</a>', ["E602"]),
        (HOME + '<a href="#bottom">no such place</a>', ["E602"]),
        (HOME + '<script src="https://example.org/x.js"></script>', ["E603"]),
        (HOME + '<link rel="stylesheet" href="//example.org/x.css">', ["E603"]),
        (HOME + '<link rel="canonical" href="https://example.org/">', []),
        (HOME + '<a href="mailto:a@example.org">write</a>', []),
        (HOME + "<a>no address</a>", []),
    ],
)
def test_each_fault_has_its_code(tmp_path: Path, home: str, codes: list[str]) -> None:
    assert [finding.code for finding in check_site(site(tmp_path, home))] == codes


def test_a_finding_names_page_and_address(tmp_path: Path) -> None:
    (finding,) = check_site(site(tmp_path, claim=CLAIM + '<a href="c9.html">x</a>'))
    assert finding.message == "claim/c1.html links to c9.html, which is not there; run kb build again"


def test_no_site_says_what_next(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="run kb build"):
        list(check_site(tmp_path))
