"""Reading where a digest's statements rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import ManifestError
from kb.model import Span
from kb.sources.digest_spans import digest_spans, find_statement

MANIFEST = '[[source]]\nid = "summary"\nfiles = [{ path = "in/s.md" }]\nkind = "forum"\nshape = "digest"\n'
MARKDOWN = "# Our summary of a thread\r\n\r\n- Bread is dear. [post 1]\r\n- Milk\r\n  is cheap. [post 2]\r\n"
SPANS = """
[original]
file = "thread.txt"
sha256 = "00"

[[statement]]
text = "Bread is dear."
spans = [[4, 9], [20, 30]]

[[statement]]
text = "Milk is cheap."
spans = [[7, 7], [0, 3], [-1, 3]]

[[statement]]
text = "Nobody says this."
spans = [[1, 2]]
"""


def write(root: Path, spans: str | None) -> None:
    (root / "in").mkdir()
    (root / "manifest.toml").write_text(MANIFEST, encoding="utf-8")
    (root / "in" / "s.md").write_bytes(MARKDOWN.encode())
    if spans is not None:
        (root / "in" / "s.spans.toml").write_text(spans, encoding="utf-8")


def test_each_place_is_paired_with_its_statement(tmp_path: Path) -> None:
    write(tmp_path, SPANS)
    bread, milk = Span(31, 45), Span(58, 75)
    assert bread.of(MARKDOWN) == "Bread is dear."
    assert milk.of(MARKDOWN) == "Milk\r\n  is cheap."
    assert digest_spans(tmp_path) == {"summary": ((bread, Span(4, 9)), (bread, Span(20, 30)), (milk, Span(0, 3)))}


def test_a_digest_without_a_spans_file_has_no_pairs(tmp_path: Path) -> None:
    write(tmp_path, None)
    assert digest_spans(tmp_path) == {}


@pytest.mark.parametrize(
    "spans",
    [
        "[original",
        SPANS.replace("sha256", "sha512"),
        SPANS.replace("[4, 9]", "[4, 9, 10]"),
        SPANS.replace('"Bread is dear."', "7"),
    ],
)
def test_a_wrong_spans_file_is_named(tmp_path: Path, spans: str) -> None:
    write(tmp_path, spans)
    with pytest.raises(ManifestError, match=r"in/s\.spans\.toml: .*; correct it by hand"):
        digest_spans(tmp_path)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("- Bread is dear. [post 1]\n", "Bread is dear.", Span(2, 16)),
        ("- Bread is dear.", "Bread is dear.", Span(2, 16)),
        ("- Bread is dear. Or not. [post 1]\n- Bread is dear. [post 2]\n", "Bread is dear.", Span(36, 50)),
        ("Bread is dear. [post 1]\n", "Bread is dear.", None),
        ("- Bread is dear. [post 1]\n", "", None),
        ("- Costs (2.50) rise.\n", "Costs (2.50) rise.", Span(2, 20)),
    ],
)
def test_a_statement_is_the_head_of_an_item(text: str, words: str, expected: Span | None) -> None:
    assert find_statement(text, words) == expected
