"""Which reader claims which words, near-misses beside hits."""

from __future__ import annotations

import pytest

from kb.errors import SourceError
from kb.ingest import INGESTERS
from kb.sources import detect
from kb.sources.detection import SHAPES

NUMBERED = "\n\n".join(f"{label} Words of a paragraph." for label in ("1.1", "1.2", "1.3", "2.1", "2.2"))


@pytest.mark.parametrize(
    ("text", "shape", "kind"),
    [
        ("A post.\n\u00a0\nLast edited:\nAnother.\n\u00a0\n", "flattened-forum", "forum"),
        ("A post.\n\u00a0\nBack\nTop Bottom", "flattened-forum", "forum"),
        ("Messages\n2,014\nA post.\n\u00a0\n", "flattened-forum", "forum"),
        ("The leaflet said:\nWords.\n\u00a0\n", "flattened-forum", "forum"),
        ("#1 ·\nA post.\n\u00a0\n#2 · (Edited)\nAnother.\n", "flattened-forum", "forum"),
        ("#1 ·\nA list of one.\n\u00a0\n", "flattened-blog", "critique"),
        ("May 27, 2021\n10\n1,204\n7\nA post.\n\u00a0\n", "flattened-forum", "forum"),
        ("May 27, 2021\n10\nA page with a date.\n\u00a0\n", "flattened-blog", "critique"),
        ("A page.\n\u00a0\nWith a blank paragraph.\n\u00a0\n", "flattened-blog", "critique"),
        ("Last edited:\nBack\nNo post ends here.", "flattened-blog", "critique"),
        ("A sentence with\u00a0a blank.\nLast edited:\n", "flattened-blog", "critique"),
        (NUMBERED, "guidance-markdown", "guidance"),
        (NUMBERED.replace("2.1", "- 2.1**"), "guidance-markdown", "guidance"),
        (NUMBERED.replace("2.2 ", "version 2.2 "), "flattened-blog", "critique"),
        ("1.1 x\n\n1.1 x\n\n1.1 x\n\n1.1 x\n\n1.1 x", "flattened-blog", "critique"),
        ("2.9 x\n\n1.8 x\n\n1.3 x\n\n1.2 x\n\n1.1 x", "flattened-blog", "critique"),
        ("## 10. Who lights\n\nWords.\n\n## 11 Oil\n\nWords.\n\n## 13) Wicks\n\nWords.", "guidance-markdown", "guidance"),
        ("## 10. Who lights\n\nWords.\n\n## 11 Oil\n\nWords.\n\n## Wicks\n\nWords.", "flattened-blog", "critique"),
        ("## 3 Lamps\n\nWords.\n\n## 2 Lamps\n\nWords.\n\n## 1 Lamp\n\nWords.", "flattened-blog", "critique"),
        (NUMBERED + "\n\u00a0\nLast edited:\n", "flattened-forum", "forum"),
        ("# Our summary of a leaflet\n\n- It is short.", "digest", "critique"),
        ("\ufeff# Our Summary of a leaflet\n", "digest", "critique"),
        ("## Our summary of a leaflet\n", "flattened-blog", "critique"),
        ("Some words and no shape at all.", "flattened-blog", "critique"),
        ("Thread starter Ann\n* #1\nA post.\n* #2\nAnother.\n* #3\nA third.\n", "flattened-forum", "forum"),
        ("Ten tips\n#1\nSleep.\n#2\nWalk.\n#3\nRead.\n", "flattened-blog", "critique"),
        ("Thread starter Ann\n#3\nSleep.\n#2\nWalk.\n#1\nRead.\n", "flattened-blog", "critique"),
    ],
)
def test_detect(text: str, shape: str, kind: str) -> None:
    detected = detect(text.encode(), "x.txt")
    assert (detected.shape, detected.source_kind) == (shape, kind)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize(
    ("text", "shape"), [("A post.\n\u00a0\nLast edited:\n", "flattened-forum"), (NUMBERED, "guidance-markdown")]
)
def test_line_ends_do_not_matter(text: str, shape: str, end: str) -> None:
    assert detect(text.replace("\n", end).encode(), "x.txt").shape == shape


def test_two_claimants_are_named() -> None:
    text = "# Our summary of a thread\n\u00a0\nLast edited:\n"
    with pytest.raises(SourceError) as raised:
        detect(text.encode(), "x.md")
    assert (
        str(raised.value)
        == "x.md: claimed by several readers: digest, flattened-forum; give it one of these shapes in manifest.toml"
    )


def test_a_manifest_may_give_each_shape_that_has_a_reader() -> None:
    assert set(SHAPES) == set(INGESTERS)
