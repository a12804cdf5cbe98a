"""Volume and pages of every reference of the shown gold that states them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kb.extract import extract
from kb.ingest import ingest
from kb.model import Reference
from kb.sources import load_corpus, read_source


def annotated(gold: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each reference with volume or pages, and the file it stands in."""
    for path in sorted(gold.glob("*.gold.jsonl")):
        coverage, *rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        for row in rows:
            if row["type"] == "reference" and (row.get("volume") or row.get("pages")):
                yield coverage["file"], row


def found(corpus: Path) -> dict[str, list[Reference]]:
    """The references of each file of a corpus."""
    held = load_corpus(corpus)
    return {
        source.files[0].path: [
            record for record in extract(source, ingest(read_source(held.root, source), source)) if isinstance(record, Reference)
        ]
        for source in held.sources
    }


def test_volume_and_pages(real: Path) -> None:
    references = found(real / "corpus")
    wanted = [(file, row["start"], row["end"], row["volume"], row["pages"]) for file, row in annotated(real / "gold")]
    given = [
        (file, start, end, one.volume, one.pages)
        for file, start, end, _, _ in wanted
        for one in references[file]
        if one.span.start < end and start < one.span.end
    ]
    assert len(wanted) == 4
    assert given == wanted
