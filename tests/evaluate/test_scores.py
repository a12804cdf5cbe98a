"""Scores: our numbers and the published script's are the same, on an invented gold and on the real one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kb.cli.eval import command, gold_files
from kb.errors import UsageError
from kb.evaluate.annotation import Annotation, Coverage, Gold, read_gold
from kb.evaluate.intervals import interval
from kb.evaluate.matching import MATCHES, overlap, pair
from kb.evaluate.pins import Pins, as_text, counted, fallen, risen
from kb.evaluate.report import by_source, confidence, confused, rules, silent, table, wrong
from kb.evaluate.rules import RuleScore, calibration, confusion, rule_scores, silent_rules, sure
from kb.evaluate.scores import Scored, TypeScore, knowing_nothing, read_and_score, score
from kb.evaluate.summary import Summary, as_json, summary
from kb.export.annotations import annotation_lines
from kb.extract import RULES
from kb.model import KnowledgeBase
from kb.pipeline import understand
from kb.sources import load_corpus

TEXT = "Boats carry lamps. At least 45% of them have two (Lee 2019). Gulls, unlike boats, have none. “Two is enough”, says Lee.\n"
FILE = "lamps.txt"


def row(type_: str, words: str, **fields: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"file": FILE, "type": type_, "start": start, "end": start + len(words), "quote": words} | fields


FIGURE = "At least 45% of them have two (Lee 2019)."
GOLD = [
    row("entry", TEXT.strip()),
    row("claim", "Boats carry lamps.", kind="finding", kind_alt=["policy"], values=[], optional=True),
    row(
        "claim",
        FIGURE,
        kind="figure",
        values=[{"value": 45, "unit": "%", "qualifier": "at least"}, {"value": 2, "unit": "lamps"}],
    ),
    row("claim", "Gulls, unlike boats, have none.", kind="finding"),
    row("citation", "(Lee 2019)", keys=["Lee 2019"]),
    row("condition", "Gulls", concept="other:gulls"),
    row("condition", "lamps", concept="lamps"),
    row("quotation", "Two is enough", source_file="other.txt", source_start=10, source_end=30, source_match="paraphrase"),
    row("definition", "Gulls, unlike boats", term="Gulls", term_norm="gull", form="explicit", definiens="unlike boats"),
    row("reference", "Lee 2019", form="title", form_alt=["bibliographic"], year=2019, title="On lamps", ids={"doi": "10.1/x"}),
    row("classification", "Gulls", condition="gulls", category="birds", stance="asserts", stance_alt="reports"),
]
OURS = [
    row("entry", TEXT.strip()),
    row("claim", "Boats carry lamps", kind="criticism", values=[]),
    row(
        "claim",
        FIGURE,
        kind="figure",
        values=[{"value": 45.0, "unit": "%", "qualifier": "around"}, {"value": [2, 3], "unit": "lamps"}],
    ),
    row("claim", "unlike boats", kind="finding"),
    row("citation", "Lee 2019", keys=["lee 2019"]),
    row("condition", "Gulls", concept="lamps"),
    row("condition", "lamps", concept="lamps"),
    row("quotation", "“Two is enough”", source_file="other.txt", source_start=12, source_end=30),
    row("definition", "Gulls, unlike", term="gull", term_norm="x", form="list", definiens="Unlike  boats!"),
    row("reference", "(Lee 2019", form="bibliographic", year="2019", title="Off lamps", ids={"doi": "10.1/X"}),
    row("classification", "Gulls", condition="gulls", category="birds", stance="reports"),
]


def write_case(folder: Path, ours: list[dict[str, Any]], gold: list[dict[str, Any]]) -> tuple[Path, Path]:
    """Annotations, gold and source as files."""
    (folder / FILE).write_text(TEXT, encoding="utf-8", newline="")
    head = {"type": "coverage", "file": FILE, "ranges": [[0, len(TEXT)]]}
    found, wanted = folder / "ours.jsonl", folder / "lamps.gold.jsonl"
    found.write_text("\n".join(json.dumps(each) for each in ours), encoding="utf-8")
    wanted.write_text("\n".join(json.dumps(each) for each in [head, *gold]), encoding="utf-8")
    return found, wanted


def scored(folder: Path, ours: list[dict[str, Any]] = OURS) -> Scored:
    """The invented case, scored."""
    gold = read_gold(write_case(folder, ours, GOLD)[1])
    return Scored(gold, TEXT, score(ours, gold, TEXT), knowing_nothing(TEXT, gold))


def as_published(results: list[Scored]) -> Any:
    """The numbers that the published script prints too."""
    types = json.loads(as_json(summary(results)))["types"]
    return {name: {key: row[key] for key in row if key not in {"low", "high"}} for name, row in types.items()}


def script(real: Path, *arguments: str | Path) -> Any:
    run = subprocess.run(
        [sys.executable, str(real / "gold" / "score.py"), "--json", *map(str, arguments)], capture_output=True, check=True
    )
    return json.loads(run.stdout)


def test_an_invented_case_counts_as_it_should(tmp_path: Path) -> None:
    _, gold = write_case(tmp_path, OURS, GOLD)
    scores = score(OURS, read_gold(gold), TEXT)
    counts = {name: (each.found, each.required, len(each.false)) for name, each in scores.items()}
    assert counts == {
        "entry": (1, 1, 0),
        "quotation": (1, 1, 0),
        "link": (0, 0, 0),
        "definition": (1, 1, 0),
        "claim": (1, 2, 1),
        "claim+kind": (1, 2, 1),
        "figure": (1, 2, 1),
        "reference": (1, 1, 0),
        "citation": (1, 1, 0),
        "condition": (1, 1, 1),
        "classification": (1, 1, 0),
    }
    assert scores["figure"].side == {"qualifier": (0, 1)}
    assert scores["definition"].side == {"form": (0, 1), "definiens": (1, 1)}
    assert scores["reference"].side == {"form": (1, 1), "year": (1, 1), "title": (0, 1)}


def test_the_invented_case_scores_as_in_the_published_script(real: Path, tmp_path: Path) -> None:
    found, gold = write_case(tmp_path, OURS, GOLD)
    published = script(real, found, gold, "--corpus", tmp_path)
    assert as_published([scored(tmp_path)]) == published


@pytest.fixture(scope="module")
def known(real: Path) -> KnowledgeBase:
    """The knowledge base of the real sources."""
    return understand(load_corpus(real / "corpus"), None)[0]


def test_the_real_gold_scores_as_in_the_published_script(real: Path, known: KnowledgeBase, tmp_path: Path) -> None:
    gold = sorted((real / "gold").glob("*.gold.jsonl"))
    found = tmp_path / "ours.jsonl"
    found.write_text(annotation_lines(known), encoding="utf-8")
    assert as_published(list(read_and_score(known, gold))) == script(real, found, *gold)


def test_the_table_says_what_knowing_nothing_scores(tmp_path: Path) -> None:
    _, gold = write_case(tmp_path, OURS, GOLD)
    lines = list(table(score(OURS, read_gold(gold), TEXT), knowing_nothing(TEXT, read_gold(gold))))
    assert lines[0] == "type              prec recall     f1  95 %          required  false  of the matched, also right"
    assert lines[5] == "claim            0.500  0.500  0.500  0.000-1.000          2      1  kind 1.000  (knowing nothing: 0.667)"
    assert lines[-1] == "macro F1 0.852 over 9 types (claim counted with its kind)"


def test_knowing_nothing_calls_the_longer_sentences_of_entries_claims() -> None:
    told, other = "Most boats in the harbour carry lamps. Few do.", "Gulls in the harbour have no lamps at all."
    text = f"{told}\n{other}"
    rows = [
        Annotation(type="entry", start=0, end=len(told), quote=told),
        Annotation(type="condition", start=len(told) + 1, end=len(text), quote=other, concept="gulls"),
    ]
    scores = knowing_nothing(text, Gold(Coverage(FILE, [(0, len(text))]), rows))
    assert [row.quote for row in scores["claim"].false] == ["Most boats in the harbour carry lamps."]


def test_what_went_wrong_is_listed_with_the_words_around_it(tmp_path: Path) -> None:
    case = scored(tmp_path)
    before, after = "… least 45% of them have two (Lee 2019). ", " “Two is enough”, says Lee. …"
    line = f"missed lamps.txt 61-92 [finding] {before}[Gulls, unlike boats, have none.]{after}"
    assert list(wrong(case, "claim", "missed")) == [line]
    line = f"false lamps.txt 61-66 [lamps] {before}[Gulls], unlike boats, have none. “Two is enoug…"
    assert list(wrong(case, "condition", "false")) == [line]


def test_an_interval_is_wide_where_the_gold_is_small_and_always_the_same() -> None:
    missed = (Annotation(type="claim", start=0, end=1, quote="x"),)
    few, many = TypeScore(found=9, required=10, missed=missed), TypeScore(found=900, required=1000, missed=missed * 100)
    assert interval(TypeScore()) == (0.0, 0.0)
    assert interval(few) == interval(few)
    assert (interval(few)[0] < 0.9, interval(many)[0] > 0.93) == (True, True)
    low, high = interval(many)
    assert low < many.f1 < high


RULED = [
    row("claim", FIGURE, kind="criticism", values=[], rule="cue", confidence=0.95),
    row("claim", "Boats carry lamps.", kind="figure", values=[], rule="cue", confidence=0.95),
    row("claim", "unlike boats", kind="finding", values=[], rule="guess", confidence=0.4),
    row("condition", "lamps", concept="lamps", rule="label", confidence=0.9),
    row("condition", "Gulls", concept="lamps", rule="label", confidence=0.9),
]


def test_each_rule_is_held_to_what_it_found(tmp_path: Path) -> None:
    assert rule_scores(scored(tmp_path, RULED).scores) == [
        RuleScore("claim", "guess", right=0, doubtful=0, false=1),
        RuleScore("claim", "cue", right=1, doubtful=1, false=0),
        RuleScore("claim+kind", "cue", right=0, doubtful=1, false=1),
        RuleScore("claim+kind", "guess", right=0, doubtful=0, false=1),
        RuleScore("condition", "label", right=1, doubtful=0, false=1),
    ]
    lines = list(rules(scored(tmp_path, RULED).scores))
    assert lines[-1].split() == ["condition", "label", "2", "1", "0", "1", "0.500"]


def test_rules_that_never_fired_are_named(tmp_path: Path) -> None:
    first, *others = RULES["citation"]
    scores = scored(tmp_path, [row("citation", "unlike boats", keys=["1"], rule=first)]).scores
    assert silent_rules(scores)["citation"] == others
    assert silent_rules(scores)["condition"] == list(RULES["mention"])
    assert f"  citation: {', '.join(others)}" in list(silent(scores))


def test_kinds_taken_for_others_are_counted(tmp_path: Path) -> None:
    scores = scored(tmp_path, RULED).scores
    assert confusion(scores) == {("figure", "criticism"): 1}
    assert list(confused(scores)) == ["claim kinds taken for others (gold -> ours):", "  figure -> criticism: 1"]
    assert list(confused(scored(tmp_path).scores)) == []


def test_confidence_is_held_to_its_word(tmp_path: Path) -> None:
    scores = scored(tmp_path, RULED).scores
    assert sure(calibration(scores)) == (1 / 3, 1.0)
    assert list(confidence(scores)) == [
        "right by confidence: 0.0+: 0 of 1, 0.9+: 1 of 3",
        "at 0.9 and above 0.333 are right, and 1.000 of all right ones are there",
    ]


def test_each_source_has_its_line(tmp_path: Path) -> None:
    lines = list(by_source([scored(tmp_path)]))
    assert lines[0] == "F1 by source:"
    assert lines[1].startswith("  lamps.txt: entry 1.000, quotation 1.000, definition 1.000, claim 0.500,")


def test_a_saved_evaluation_holds_numbers_and_no_words(tmp_path: Path) -> None:
    made = summary([scored(tmp_path)])
    assert msgspec.json.decode(as_json(made), type=Summary) == made
    assert (made.macro_f1, made.sources["lamps.txt"]["claim"], made.knowing_nothing["claim"]) == (0.852, 0.5, 0.667)
    assert "Gulls" not in as_json(made)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("", "the first line must be the coverage line"),
        ('{"type": "entry", "start": 0, "end": 1, "quote": "B"}', "the first line must be the coverage line"),
        ('{"type": "coverage", "file": "a", "ranges": []}\n{"type": "entry"}', "line 2"),
        ('{"type": "coverage", "file": "a", "ranges": []}\n{"type": "entry", "start": 3, "end": 3, "quote": ""}', "line 2"),
        ("[1]", "line 1: not an annotation"),
        ("{", "line 1: not JSON"),
    ],
)
def test_what_is_no_gold_file_says_where(tmp_path: Path, lines: str, message: str) -> None:
    file = tmp_path / "x.gold.jsonl"
    file.write_text(lines, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        read_gold(file)


def test_gold_for_another_text_is_refused(tmp_path: Path) -> None:
    _, gold = write_case(tmp_path, OURS, GOLD)
    with pytest.raises(UsageError, match="does not quote its place"):
        score([], read_gold(gold), TEXT.upper())
    with pytest.raises(UsageError, match="is not in the knowledge base"):
        list(read_and_score(KnowledgeBase(sources=(), documents=(), records=()), [gold]))


def test_a_folder_means_its_gold_files(tmp_path: Path) -> None:
    _, gold = write_case(tmp_path, OURS, GOLD)
    assert gold_files([tmp_path, gold]) == [gold, gold]
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=r"no \*\.gold\.jsonl"):
        gold_files([tmp_path / "empty"])


def test_the_command_wants_a_type_it_knows() -> None:
    result = CliRunner().invoke(command, ["gold", "--misses", "verse"])
    assert result.exit_code == 2
    assert "'verse' is not one of" in result.stderr


PINS: Pins = {"a.txt": {"claim": [3, 5], "entry": [0, 0]}}


@pytest.mark.parametrize(
    ("now", "up", "down"),
    [
        ({"a.txt": {"claim": [3, 5], "entry": [0, 0]}}, [], []),
        ({"a.txt": {"claim": [4, 5], "entry": [0, 0]}}, ["a.txt: claim: missed 4, pinned at 3"], []),
        (
            {"a.txt": {"claim": [3, 4], "entry": [0, 1]}},
            ["a.txt: entry: false 1, pinned at 0"],
            ["a.txt: claim: false 4, pinned at 5"],
        ),
        ({"b.txt": {"claim": [9, 9]}}, [], ["a.txt: claim: missed 0, pinned at 3", "a.txt: claim: false 0, pinned at 5"]),
    ],
)
def test_pins(now: Pins, up: list[str], down: list[str]) -> None:
    assert (risen(PINS, now), fallen(PINS, now)) == (up, down)


def test_pins_as_text_read_back() -> None:
    assert as_text(PINS) == '{\n"a.txt": {\n  "claim": [3, 5],\n  "entry": [0, 0]\n}\n}\n'
    assert json.loads(as_text(PINS)) == PINS


def test_counts_leave_out_what_is_neither_wanted_nor_found(tmp_path: Path) -> None:
    _, gold = write_case(tmp_path, OURS, GOLD)
    counts = counted({FILE: score(OURS, read_gold(gold), TEXT)})
    assert "link" not in counts[FILE]
    assert counts[FILE]["claim"] == [1, 1]


PLACES = st.tuples(st.integers(0, 12), st.integers(1, 6), st.booleans())


def annotation(place: tuple[int, int, bool]) -> Annotation:
    start, length, optional = place
    return Annotation(type="entry", start=start, end=start + length, quote="", optional=optional)


@given(st.lists(PLACES, max_size=6), st.lists(PLACES, max_size=6))
def test_pairs_are_one_to_one_and_match(ours: list[tuple[int, int, bool]], gold: list[tuple[int, int, bool]]) -> None:
    left, right = [annotation(place) for place in ours], [annotation(place) for place in gold]
    pairs = pair(left, right, MATCHES["claim"])
    assert len(set(pairs.values())) == len(pairs)
    assert all(
        overlap(left[mine], right[theirs]) and MATCHES["claim"](left[mine], right[theirs]) for theirs, mine in pairs.items()
    )
