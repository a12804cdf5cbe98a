"""An evaluation as numbers: what `kb eval --json` prints, `--save` keeps, and the site's page on methods shows."""

from __future__ import annotations

import json
from collections.abc import Sequence

import msgspec

from kb.evaluate.intervals import interval
from kb.evaluate.report import shares
from kb.evaluate.rules import calibration, sure
from kb.evaluate.scores import Scored, TypeScore, add_up, macro_f1


class TypeSummary(msgspec.Struct, frozen=True):
    """One type: scores rounded to three places, with the 95 % interval of F1."""

    precision: float
    recall: float
    f1: float
    low: float
    high: float
    required: int
    false: int
    side: dict[str, float]


class Summary(msgspec.Struct, frozen=True):
    """All gold files together, and F1 by type for each."""

    types: dict[str, TypeSummary]
    macro_f1: float
    sources: dict[str, dict[str, float]]
    knowing_nothing: dict[str, float]
    """F1 of calling every sentence a claim of kind policy."""
    sure_right: float
    """Of the records with a confidence of 0.9 or more the share that is right."""
    sure_reach: float
    """Of all right records the share that has such a confidence."""


def summary(results: Sequence[Scored]) -> Summary:
    """The numbers of an evaluation; no word of any source."""
    total = add_up([result.scores for result in results])
    nothing = add_up([result.nothing for result in results])
    right, reach = sure(calibration(total))
    return Summary(
        types={name: _type(row) for name, row in total.items()},
        macro_f1=round(macro_f1(total)[0], 3),
        sources={
            result.file: {name: round(row.f1, 3) for name, row in result.scores.items() if row.required} for result in results
        },
        knowing_nothing={name: round(nothing[name].f1, 3) for name in ("claim", "claim+kind")},
        sure_right=round(right, 3),
        sure_reach=round(reach, 3),
    )


def as_json(made: Summary) -> str:
    """The summary, indented, ending in a line end."""
    return json.dumps(msgspec.to_builtins(made), indent=1, ensure_ascii=False) + "\n"


def _type(row: TypeScore) -> TypeSummary:
    low, high = interval(row)
    return TypeSummary(
        precision=round(row.precision, 3),
        recall=round(row.recall, 3),
        f1=round(row.f1, 3),
        low=round(low, 3),
        high=round(high, 3),
        required=row.required,
        false=len(row.false),
        side=shares(row),
    )
