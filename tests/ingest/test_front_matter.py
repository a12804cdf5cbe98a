"""What stands before the words: the date and number above a post, the lines of a guide's title page."""

from __future__ import annotations

import pytest

from kb.ingest import ingest
from kb.model import Document, Source, SourceFile

END = "\n\u00a0\n"
LONG = (
    "This guide is written for all who keep a chain in good order, in winter and in summer, at sea and on land, and for those "
    "who help them."
)


def read(shape: str, text: str) -> Document:
    return ingest([text.encode()], Source(id="a", files=(SourceFile("a.txt", ""),), source_kind="forum", shape=shape))


@pytest.mark.parametrize(
    ("post", "date", "label", "body"),
    [
        ("3 May 2019\n#12\nA chain is steel.\nIt rusts.", "2019-05-03", "#12", "A chain is steel.\nIt rusts."),
        ("3 May 2019\n\n• #12\n\nA chain is steel.", "2019-05-03", "#12", "A chain is steel."),
        ("3 May 2019\n#12", "2019-05-03", "#12", ""),
        ("3 May 2019\nwas wet.\n#12", None, None, "3 May 2019\nwas wet.\n#12"),
        ("Soon\n#12\nIt rusts.", None, None, "Soon\n#12\nIt rusts."),
        ("3 May 2019", None, None, "3 May 2019"),
    ],
)
def test_date_and_number_of_a_post(post: str, date: str | None, label: str | None, body: str) -> None:
    document = read("flattened-forum", f"On chains\n\n{post}{END}It was said before.{END}")
    part, _ = document.parts
    assert (part.date and part.date.value, part.label, part.body.of(document.text)) == (date, label, body)


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        (
            ["Short Guide", "Example Board", "May 2019", "Foreword", LONG],
            ["title", "paragraph", "paragraph", "heading", "paragraph"],
        ),
        (["Short Guide", "Example Board", "May 2019"], ["title", "paragraph", "paragraph"]),
        (["Short Guide", LONG], ["title", "paragraph"]),
        ([LONG, "Foreword", LONG], ["paragraph", "heading", "paragraph"]),
    ],
)
def test_lines_of_a_title_page(lines: list[str], kinds: list[str]) -> None:
    document = read("guidance-markdown", "\n\n".join(lines))
    assert [(passage.kind, document.words(passage)) for passage in document.passages] == list(zip(kinds, lines, strict=True))
