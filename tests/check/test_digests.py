"""A digest of two statements on an original of three posts, and what each damage to it is called."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from kb.check.digests import DigestReport, check_digests

ORIGINAL = (
    "Bridges over the river\n\nHedda\n\nSenior Member\nThe bridge carries up to 40% of the lorries.\n\u00a0\n"
    "Nobody paints the bridge.\n\u00a0\nLast edited:\nThe council spent £300 on paint in 2016.\n"
)
LORRIES = "Of the lorries, up to 40% go over the bridge."
PAINT = "For paint the council spent £300 in 2016."
MARKDOWN = f"# Our summary of a thread\n\nOur own words.\n\n## Figures\n\n- {LORRIES} [post 1]\n- {PAINT} [post 3]\n"
LORRIES_PLACE = "[[45, 88]]"
PAINT_PLACE = "[[133, 173]]"
MANIFEST = """
[[source]]
id = "summary-of-a-thread"
files = [{ path = "summary.md" }]
kind = "forum"
shape = "digest"
digest_of = "thread"
"""


def checksum(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()


def entry(words: str, places: str) -> str:
    return f'\n[[statement]]\ntext = "{words}"\nspans = {places}\n'


BOTH = (entry(LORRIES, LORRIES_PLACE), entry(PAINT, PAINT_PLACE))


def report(folder: Path, *, markdown: str = MARKDOWN, entries: Sequence[str] = BOTH, original: str = ORIGINAL) -> DigestReport:
    corpus, originals = folder / "corpus", folder / "originals"
    corpus.mkdir()
    originals.mkdir()
    head = f'[original]\nfile = "thread.txt"\nsha256 = "{checksum(ORIGINAL)}"\n'
    (corpus / "manifest.toml").write_text(MANIFEST, encoding="utf-8")
    (corpus / "summary.md").write_text(markdown, encoding="utf-8")
    (corpus / "summary.spans.toml").write_text(head + "".join(entries), encoding="utf-8")
    (originals / "thread.txt").write_bytes(original.encode())
    return check_digests(corpus, originals)


def test_a_true_digest_is_proved(tmp_path: Path) -> None:
    assert report(tmp_path) == DigestReport((), 2, 2)


def test_the_places_are_where_the_tests_think() -> None:
    assert ORIGINAL[45:88] == "The bridge carries up to 40% of the lorries"
    assert ORIGINAL[133:173] == "The council spent £300 on paint in 2016."


@pytest.mark.parametrize(
    ("places", "code", "words"),
    [
        ("[]", "E311", "names no place"),
        ("[[45, 9000]]", "E312", "[45, 9000] is no place in the original, which has 174 code points"),
        ("[[88, 45]]", "E312", "[88, 45] is no place"),
        ("[[-3, 45]]", "E312", "[-3, 45] is no place"),
        ("[[45, 45]]", "E312", "[45, 45] is no place"),
        ("[[92, 98]]", "E312", "share no words"),
        ("[[70, 88]]", "E315", "'40%' is 'up to' here, unqualified there"),
    ],
)
def test_wrong_places(tmp_path: Path, places: str, code: str, words: str) -> None:
    made = report(tmp_path, entries=[entry(LORRIES, places), BOTH[1]])
    assert code in [finding.code for finding in made.findings]
    assert words in " ".join(finding.message for finding in made.findings)
    assert made.findings[0].source_id == "summary-of-a-thread"
    assert made.proved == 1


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ("Of the lorries, up to 41% go over the bridge.", "E313"),
        ("Of the lorries, up to 40 go over the bridge.", "E313"),
        ("Up to 40 lorries go over the bridge.", "E314"),
        ("Of the lorries, around 40% go over the bridge.", "E315"),
        ("Of the lorries, 40% go over the bridge.", "E315"),
    ],
)
def test_wrong_figures(tmp_path: Path, other: str, code: str) -> None:
    made = report(tmp_path, markdown=MARKDOWN.replace(LORRIES, other), entries=[entry(other, LORRIES_PLACE), BOTH[1]])
    assert [finding.code for finding in made.findings] == [code]
    assert (made.statements, made.proved) == (2, 1)


def test_a_statement_without_an_entry_and_an_entry_without_its_statement(tmp_path: Path) -> None:
    made = report(tmp_path, markdown=MARKDOWN.replace("the council spent", "the council paid"))
    assert [finding.code for finding in made.findings] == ["W317", "E311"]
    assert (made.statements, made.proved) == (2, 1)


@pytest.mark.parametrize("locator", ["[post 1]", "[post 4]", "[article 3]", "[section 3]"])
def test_a_locator_that_names_another_part(tmp_path: Path, locator: str) -> None:
    made = report(tmp_path, markdown=MARKDOWN.replace("[post 3]", locator))
    assert [(finding.code, locator in finding.message) for finding in made.findings] == [("E318", True)]


@pytest.mark.parametrize("locator", ["[post 3]", "[post 3, end]", "[last page]", ""])
def test_a_locator_that_names_this_part_or_none(tmp_path: Path, locator: str) -> None:
    assert report(tmp_path, markdown=MARKDOWN.replace("[post 3]", locator)).proved == 2


def test_a_changed_original_proves_nothing(tmp_path: Path) -> None:
    made = report(tmp_path, original=ORIGINAL + "One word more.\n")
    assert [finding.code for finding in made.findings] == ["E316"]
    assert (made.statements, made.proved) == (2, 0)


def test_a_digest_without_its_spans_file(tmp_path: Path) -> None:
    report(tmp_path)
    (tmp_path / "corpus" / "summary.spans.toml").unlink()
    made = check_digests(tmp_path / "corpus", tmp_path / "originals")
    assert [finding.code for finding in made.findings] == ["E311", "E311"]
    assert made.proved == 0
