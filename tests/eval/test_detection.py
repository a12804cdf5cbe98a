"""Which reader claims which real file, and what is left of pages when they are flattened."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.errors import SourceError
from kb.sources import detect

CLAIMED: dict[str, dict[str, int]] = {
    "corpus": {"flattened-forum, forum": 3, "flattened-blog, critique": 1, "guidance-markdown, guidance": 1},
    "inputs/docx": {"docx, critique": 2},
    "inputs/forums": {"forum-html, forum": 7, "it is JSON data; add the text it was made from": 7},
    "inputs/jats": {"jats, critique": 6},
    "inputs/pdf": {"pdf, critique": 14, "it is empty": 1, "it is JSON data; add the text it was made from": 1},
    "inputs/wordpress": {
        "article-html, critique": 6,
        "article-html, guidance": 1,
        "it is JSON data; add the text it was made from": 7,
    },
    "inputs/xenforo": {"xenforo-html, forum": 10, "it is JSON data; add the text it was made from": 10},
}
"""By folder: shape and kind, or the cause of a refusal, and how many files. One of the articles is on a government's host."""
FLATTENED: dict[str, dict[str, int]] = {
    "inputs/forums": {"flattened-blog": 6, "flattened-forum": 1},
    "inputs/wordpress": {"flattened-blog": 7},
    "inputs/xenforo": {"flattened-forum": 10},
}
"""What the main text of each page is taken for, once its tags are gone."""


def outcome(data: bytes) -> str:
    """Shape and kind, or why there is none."""
    try:
        detected = detect(data, "x")
    except SourceError as error:
        return str(error).removeprefix("x: not read: ")
    return f"{detected.shape}, {detected.source_kind}"


def contents(folder: Path) -> Iterator[bytes]:
    """The files of a folder, unpacked."""
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        data = path.read_bytes()
        yield gzip.decompress(data) if path.suffix == ".gz" else data


@pytest.mark.parametrize("folder", sorted(CLAIMED))
def test_every_real_file_is_claimed_by_its_reader(real: Path, folder: str) -> None:
    assert Counter(outcome(data) for data in contents(real / folder)) == CLAIMED[folder]


@pytest.mark.parametrize("folder", sorted(FLATTENED))
def test_a_flattened_page_is_no_other_kind_of_page(real: Path, folder: str) -> None:
    html2text = pytest.importorskip("resiliparse.extract.html2text")
    pages = (path for path in sorted((real / folder).glob("*.html.gz")))
    texts = (html2text.extract_plain_text(gzip.decompress(path.read_bytes()).decode(), main_content=True) for path in pages)
    assert Counter(outcome(text.encode()).partition(",")[0] for text in texts) == FLATTENED[folder]
