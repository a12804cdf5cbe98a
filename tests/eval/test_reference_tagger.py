"""How good the tagger of reference strings is on the tenth of good.xml that it never saw: its file, not a fresh training."""

from __future__ import annotations

from pathlib import Path

from kb.extract.references.tagger.weights import tagger
from tests.eval.tagged_references import Tagged, fields, score, split


def test_fields_of_strings_held_out(real: Path) -> None:
    strings = split(real / "inputs" / "references")
    result = score(tagger().tag, strings.held_out)
    assert (len(strings.training), len(strings.held_out)) == (5404, 451)
    assert result.f1() >= 0.976
    assert result.f1("volume") >= 0.98
    assert result.f1("pages") >= 0.985


def test_nothing_held_out_is_learned_from(real: Path) -> None:
    strings = split(real / "inputs" / "references")
    assert not {tagged.key for tagged in strings.held_out} & {tagged.key for tagged in strings.training}


def test_fields_are_runs_of_one_label() -> None:
    assert fields(["a", "a", "b", "a"]) == {("a", 0, 2), ("b", 2, 3), ("a", 3, 4)}


def test_scores_count_whole_fields() -> None:
    strings = [Tagged(("A.", "Rest.", "2012"), ("author", "title", "date"))]
    result = score(lambda _: ["author", "title", "title"], strings)
    assert (result.right.total(), result.said.total(), result.wanted.total()) == (1, 2, 3)
    assert (result.f1(), result.f1("author"), result.whole) == (0.4, 1.0, 0.0)
