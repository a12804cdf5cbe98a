"""Scores as people read them (tables, lists of what went wrong)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from kb.evaluate.annotation import Annotation
from kb.evaluate.intervals import interval
from kb.evaluate.rules import calibration, confusion, rule_scores, silent_rules, sure
from kb.evaluate.scores import Scored, Scores, TypeScore, macro_f1

Wrong = Literal["missed", "false"]
LONGEST_WORDS = 160
CONTEXT = 40
"""Code points shown before and after."""


def table(scores: Scores, nothing: Scores) -> Iterator[str]:
    """One line a type; behind claims what knowing nothing would score, since calling every sentence one scores well."""
    yield f"{'type':15} {'prec':>6} {'recall':>6} {'f1':>6}  {'95 %':13} {'required':>8} {'false':>6}  of the matched, also right"
    for name, row in scores.items():
        side = "  ".join(f"{field} {share:.3f}" for field, share in shares(row).items())
        known = f"  (knowing nothing: {nothing[name].f1:.3f})" if name.startswith("claim") else ""
        low, high = interval(row)
        numbers = (
            f"{row.precision:6.3f} {row.recall:6.3f} {row.f1:6.3f}  {low:.3f}-{high:.3f}   {row.required:8d} {len(row.false):6d}"
        )
        yield f"{name:15} {numbers}  {side}{known}".rstrip()
    mean, types = macro_f1(scores)
    yield f"macro F1 {mean:.3f} over {types} types (claim counted with its kind)"


def by_source(results: Sequence[Scored]) -> Iterator[str]:
    """F1 of each type in each annotated file, of those that its gold has."""
    yield "F1 by source:"
    for result in results:
        told = [f"{name} {row.f1:.3f}" for name, row in result.scores.items() if row.required]
        yield f"  {result.file}: {', '.join(told)}"


def confused(scores: Scores) -> Iterator[str]:
    """How often claims of one kind were given another; nothing where every kind is right."""
    wrong_ones = {pair: count for pair, count in confusion(scores).items() if pair[0] != pair[1]}
    if wrong_ones:
        yield "claim kinds taken for others (gold -> ours):"
        yield from (f"  {gold} -> {ours}: {wrong_ones[gold, ours]}" for gold, ours in sorted(wrong_ones))


def confidence(scores: Scores) -> Iterator[str]:
    """How many records of each confidence are right, and whether a high one can be relied on."""
    bins = calibration(scores)
    share, reach = sure(bins)
    told = [f"{each.low:.1f}+: {each.right} of {each.right + each.false}" for each in bins if each.right + each.false]
    yield f"right by confidence: {', '.join(told) or 'nothing was judged'}"
    yield f"at 0.9 and above {share:.3f} are right, and {reach:.3f} of all right ones are there"


def rules(scores: Scores) -> Iterator[str]:
    """One line a rule: how often it fired in the annotated ranges and how often it was right."""
    yield f"{'type':15} {'rule':40} {'fired':>6} {'right':>6} {'doubtful':>8} {'false':>6} {'prec':>6}"
    for rule in rule_scores(scores):
        precision = "     -" if rule.precision is None else f"{rule.precision:6.3f}"
        yield f"{rule.type:15} {rule.rule:40} {rule.fired:6d} {rule.right:6d} {rule.doubtful:8d} {rule.false:6d} {precision}"


def silent(scores: Scores) -> Iterator[str]:
    """One line a type: the rules that gave nothing in the annotated ranges."""
    yield "rules that never fired there:"
    yield from (f"  {name}: {', '.join(names)}" for name, names in silent_rules(scores).items() if names)


def wrong(scored: Scored, name: str, which: Wrong) -> Iterator[str]:
    """One line for each annotation of a type that was missed, or that is false, with the words around it."""
    rows: tuple[Annotation, ...] = scored.scores[name].missed if which == "missed" else scored.scores[name].false
    for row in rows:
        before = _folded(scored.text[max(0, row.start - CONTEXT) : row.start])
        after = _folded(scored.text[row.end : row.end + CONTEXT])
        yield f"{which} {scored.file} {row.start}-{row.end} {_told_apart(row)}…{before}[{_shown(row.quote)}]{after}…"


def _folded(words: str) -> str:
    """Words in one line; white space at an end stays one blank."""
    lead, tail = " " * words[:1].isspace(), " " * words[-1:].isspace()
    return f"{lead}{' '.join(words.split())}{tail}"


def _shown(words: str) -> str:
    folded = " ".join(words.split())
    return folded if len(folded) <= LONGEST_WORDS else folded[: LONGEST_WORDS - 1] + "…"


def _told_apart(row: Annotation) -> str:
    fields = (row.kind, row.concept, row.condition, row.category, row.stance, row.term, row.form, " ".join(row.keys), row.rule)
    known = " ".join(f"[{field}]" for field in fields if field)
    return f"{known} " if known else ""


def shares(row: TypeScore) -> dict[str, float]:
    """Of the fields reported beside a type, the share that is right among the matched."""
    return {field: round(right / of, 3) for field, (right, of) in row.side.items() if of}
