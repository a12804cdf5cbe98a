"""Scores as people read them (a table, lists of what went wrong) and as programs do (JSON)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Literal

from kb.evaluate.annotation import Annotation
from kb.evaluate.scores import Scores, TypeScore, macro_f1

Wrong = Literal["missed", "false"]
LONGEST_WORDS = 160


def table(scores: Scores, nothing: Scores) -> Iterator[str]:
    """One line a type; behind claims what knowing nothing would score, since calling every sentence one scores well."""
    yield f"{'type':15} {'prec':>6} {'recall':>6} {'f1':>6} {'required':>8} {'false':>6}  of the matched, also right"
    for name, row in scores.items():
        side = "  ".join(f"{field} {share:.3f}" for field, share in _shares(row).items())
        known = f"  (knowing nothing: {nothing[name].f1:.3f})" if name.startswith("claim") else ""
        numbers = f"{row.precision:6.3f} {row.recall:6.3f} {row.f1:6.3f} {row.required:8d} {len(row.false):6d}"
        yield f"{name:15} {numbers}  {side}{known}"
    mean, types = macro_f1(scores)
    yield f"macro F1 {mean:.3f} over {types} types (claim counted with its kind)"


def as_json(scores: Scores) -> str:
    """The table's numbers, rounded to three places."""
    numbers = {
        name: {
            "precision": round(row.precision, 3),
            "recall": round(row.recall, 3),
            "f1": round(row.f1, 3),
            "required": row.required,
            "false": len(row.false),
            "side": _shares(row),
        }
        for name, row in scores.items()
    }
    return json.dumps(numbers, indent=1)


def wrong(scores: Scores, name: str, which: Wrong, file: str) -> Iterator[str]:
    """One line for each annotation of a type that was missed, or that is false."""
    rows: tuple[Annotation, ...] = scores[name].missed if which == "missed" else scores[name].false
    for row in rows:
        words = " ".join(row.quote.split())
        shown = words if len(words) <= LONGEST_WORDS else words[: LONGEST_WORDS - 1] + "…"
        yield f"{which} {file} {row.start}-{row.end} {_told_apart(row)}{shown}"


def _told_apart(row: Annotation) -> str:
    fields = (row.kind, row.concept, row.condition, row.category, row.stance, row.term, row.form, " ".join(row.keys))
    known = " ".join(f"[{field}]" for field in fields if field)
    return f"{known} " if known else ""


def _shares(row: TypeScore) -> dict[str, float]:
    return {field: round(right / of, 3) for field, (right, of) in row.side.items() if of}
