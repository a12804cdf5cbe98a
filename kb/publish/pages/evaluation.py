"""How well the texts were read: the numbers that `kb eval --save` kept, for readers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kb.errors import StoreError
from kb.evaluate.summary import Summary, TypeSummary
from kb.publish.catalogue import Catalogue
from kb.publish.pages.page import Page
from kb.publish.rendering import render

NAME = "evaluation"
TITLE = "How well the texts were read"
FILE = "evaluation.json"

WHAT: dict[str, str] = {
    "entry": "posts, articles, sections and boxes",
    "quotation": "quotations",
    "link": "quotations with their original",
    "definition": "definitions",
    "claim": "claims, whatever their kind",
    "claim+kind": "claims with their kind",
    "figure": "figures in claims",
    "reference": "references to works",
    "citation": "citations in the text",
    "condition": "mentions of conditions",
    "classification": "classifications of conditions",
}


@dataclass(frozen=True)
class EvaluationRow:
    """One type with its numbers; `guess` is what calling every sentence a claim would score."""

    what: str
    numbers: TypeSummary
    guess: float | None


def read_evaluation(folder: Path) -> Summary | None:
    """The evaluation kept beside a project's pages, or None. Raises `StoreError` for a file that is none."""
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=Summary)
    except msgspec.MsgspecError as error:
        raise StoreError(f"{path}: not an evaluation: {error}; write it anew with kb eval GOLD --save {path}") from error


def evaluation_pages(catalogue: Catalogue, summary: Summary | None) -> Iterator[Page]:
    """The page, where an evaluation was kept."""
    if summary is None:
        return
    rows = [
        EvaluationRow(WHAT.get(name, name), numbers, summary.knowing_nothing.get(name))
        for name, numbers in summary.types.items()
        if numbers.required
    ]
    body = render(f"{NAME}.html", catalogue, "", title=TITLE, rows=rows, summary=summary)
    yield Page(NAME, TITLE, body, "What was found and missed on texts that people annotated by hand")
