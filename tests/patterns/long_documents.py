"""Documents whose every line, sentence and passage is long, for all that is said in the extractors' cases and a small corpus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kb.extract import extract
from kb.ingest import ingest
from kb.ingest.words import Words
from kb.ingest.writer import Writer
from kb.model import Source, SourceFile
from tests.mini_corpus import BLOG, GUIDANCE, THREAD
from tests.written import READING

TEXTS = {"flattened-forum": THREAD, "guidance-markdown": GUIDANCE, "flattened-blog": BLOG}
KINDS = ("paragraph", "heading", "item", "caption", "reference", "note", "row")
LENGTH = 4500
CASES = Path(__file__).parents[1] / "extract" / "cases"


def source(shape: str) -> Source:
    """Where a document comes from."""
    return Source(id="long", files=(SourceFile("long.txt", "00"),), source_kind="forum", shape=shape)


def read_and_mine() -> None:
    """Read every text with short and with long lines, and extract from all."""
    for shape, text in TEXTS.items():
        for written in (text, "".join(lengthened(text))):
            extract(source(shape), ingest([written.encode()], source(shape)))
    for words in said():
        extract(source("xenforo-html"), of_all_kinds(words))


def lengthened(text: str) -> Iterator[str]:
    """The lines of a text, each repeated to a long one."""
    for line in text.splitlines(keepends=True):
        words = line.strip()
        yield line if len(words) < 20 else " ".join([words] * (LENGTH // len(words) + 1)) + "\n"


def said() -> Iterator[str]:
    """What the case files say as one passage: as it is, without stops, and without blanks."""
    cases = " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in sorted(CASES.iterdir()))
    yield cases
    yield re.sub(r"[.!?:;]\s", " ", cases)
    yield re.sub(r"\s", "", cases[:LENGTH])


def of_all_kinds(words: str) -> Any:
    """A document with the same words in passages of every kind."""
    writer = Writer()
    for kind in KINDS:
        if kind == "row":
            writer.row([Words(words[:LENGTH]), Words("35%")])
        elif kind == "heading":
            writer.heading(Words(words[:LENGTH]), 2)
        else:
            writer.write(kind, Words(words if kind == "paragraph" else words[:LENGTH]))  # type: ignore[arg-type]
    return writer.finish(READING, source("xenforo-html"))
