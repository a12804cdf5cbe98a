"""`kb search`, `kb show` and `kb check` on the invented sources: what people read, what programs read, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from kb.cli.main import main
from kb.index import build_index
from kb.model import Alias, Finding, KnowledgeBase, Loss
from kb.store import DATABASE, INDEX, SITE, stamp, write_store
from tests.factory import knowledge

FORWARDED = "caaaaaaaaaa"


class Ran(NamedTuple):
    """How one command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


def whole() -> KnowledgeBase:
    """The invented sources, one of them with a loss, a forwarding address and a note of the build."""
    held = knowledge()
    document = replace(held.documents[0], losses=(Loss("W218", "1 illustration(s) were not kept", None),))
    return replace(
        held,
        documents=(document, *held.documents[1:]),
        aliases=(*held.aliases, Alias(FORWARDED, identifier("Up to 45%", "claim"))),
        findings=(Finding(code="E204", message="scan.pdf: not read: it is empty"),),
    )


def identifier(words: str, kind: str) -> str:
    """The id of the record of a kind whose words begin so."""
    return next(record.id for record in knowledge().records if kind == record.KIND and record.quote.exact.startswith(words))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a build of the invented sources leaves, but for the pages of the site."""
    out = tmp_path_factory.mktemp("built")
    write_store(out / DATABASE, whole(), "a-generation")
    build_index(out / INDEX, whole(), "a-generation")
    (out / SITE).mkdir()
    for name in (INDEX, SITE):
        stamp(out / name, "a-generation")
    return out


@pytest.fixture
def run(built: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `kb ARGUMENTS --kb BUILT`."""

    def run_verb(*arguments: str) -> Ran:
        try:
            main([*arguments, "--kb", str(built)])
        except SystemExit as end:
            code = int(end.code or 0)
        else:
            code = 0
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return run_verb


def test_search_shows_words_place_and_id(run: Run) -> None:
    ran = run("search", "visits", "--kind", "claim")
    what, words, cited = ran.out.splitlines()[:3]
    assert what == "1. claim in Guidance for clinics on persistent symptoms, section 2 How common it is"
    assert words == "   Up to 45% of visits to a family doctor concern unexplained symptoms"
    assert cited.startswith(f"   {identifier('Up to 45%', 'claim')}  clinic-guidance ")
    assert cited.endswith("; machine-made, not checked by a person")
    assert (ran.code, ran.err) == (0, "1 hit(s), page 1 of 1\n")


def test_search_takes_several_words_and_says_how_to_turn_the_page(run: Run) -> None:
    ran = run("search", "chronic", "fatigue", "--limit", "2")
    assert ran.out.count("fatigue") >= 2
    assert ran.err.splitlines()[0] == "7 hit(s), page 1 of 4; next: --page 2"


def test_search_helps_when_nothing_is_found(run: Run) -> None:
    ran = run("search", "symtoms")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.splitlines() == [
        "nothing holds all of: symtoms",
        "nowhere in these documents: symtoms",
        "this finds something: kb search 'symptoms'",
    ]


def test_search_points_at_the_place_of_an_error(run: Run) -> None:
    ran = run("search", "pain", "kinds:claim")
    assert ran.code == 5
    assert ran.err.splitlines() == [
        "kb: there is no field 'kinds': did you mean kind?",
        "  pain kinds:claim",
        "       ^^^^^^^^^^^",
    ]


def test_search_writes_one_object_for_programs(run: Run) -> None:
    answer = json.loads(run("search", "value:50", "--json").out)
    assert (answer["total"], answer["hits"][0]["entry"]["kind"]) == (1, "claim")
    assert answer["facets"]["source"] == [{"value": "clinic-guidance", "count": 1}]


def test_search_counts_facets(run: Run) -> None:
    assert "kind: classification 3, mention 2, passage 2" in run("search", "fatigue", "--facets").out.splitlines()


@pytest.mark.parametrize("arguments", [("--engine", "lucene"), ("--limit", "0"), ("--kind", "posts")])
def test_search_refuses_what_it_does_not_know(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("search", "pain", *arguments).code == 2


def test_show_lists_the_sources(run: Run) -> None:
    lines = run("show").out.splitlines()
    assert lines[0] == "clinic-guidance  guidance, 11 record(s)  Guidance for clinics on persistent symptoms"
    assert [line.split()[0] for line in lines] == ["clinic-guidance", "clinic-thread", "critique-digest"]


def test_show_a_source_with_what_was_lost(run: Run) -> None:
    lines = run("show", "clinic-guidance").out.splitlines()
    assert "  kind: guidance, read as guidance-markdown; published: full" in lines
    assert "  authors: unknown" in lines
    assert "  lost: 1 illustration(s) were not kept [W218]" in lines


def test_show_the_tree_of_a_source(run: Run) -> None:
    lines = run("show", "clinic-guidance", "--structure").out.splitlines()
    assert lines[1].startswith("  numbered guidance as text or Markdown, ")
    assert [line.partition(":")[0] for line in lines if " section " in line or " list " in line] == [
        "  section 1 What this is about",
        "  section 2 How common it is",
        "  list References",
    ]
    assert lines[-1] == "  lost: 1 illustration(s) were not kept [W218]"


def test_show_a_record_with_words_place_voice_and_links(run: Run) -> None:
    lines = run("show", identifier("[1]", "citation")).out.splitlines()
    reference = identifier("Sample A", "reference")
    assert lines[:2] == [f"citation {identifier('[1]', 'citation')}", "  [1]"]
    assert lines[2].startswith("  in Guidance for clinics on persistent symptoms (clinic-guidance), section 2 How common it is, ")
    assert "  speaks: name not kept (document)" in lines
    assert "  found by rule citation/by-hand, confidence 0.90; machine-made, not checked by a person" in lines
    assert any(line.startswith(f"  resolves-to -> {reference}: Sample A, Tester B.") for line in lines)


def test_show_both_ends_of_a_link(run: Run) -> None:
    lines = run("show", identifier("Sample A", "reference")).out.splitlines()
    assert any(line.startswith(f"  <- resolves-to by {identifier('[1]', 'citation')}: [1]") for line in lines)
    work = next(line.split()[2].rstrip(":") for line in lines if line.startswith("  refers-to -> "))
    assert run("show", work).out.splitlines()[:2] == [f"work {work}", "  Costs of repeated visits"]


def test_show_figures_in_words(run: Run) -> None:
    assert "  figures: up to 45 % visits to a family doctor" in run("show", identifier("Up to 45%", "claim")).out.splitlines()


def test_show_follows_a_forwarding_address(run: Run) -> None:
    ran = run("show", FORWARDED)
    assert ran.out.startswith(f"claim {identifier('Up to 45%', 'claim')}\n")
    assert ran.err == f"{FORWARDED} is now {identifier('Up to 45%', 'claim')}\n"


def test_show_says_what_is_near(run: Run) -> None:
    ran = run("show", "clinic-guidence")
    assert (ran.code, ran.out) == (2, "")
    assert "did you mean clinic-guidance" in ran.err


def test_show_the_tree_of_a_source_for_programs(run: Run) -> None:
    tree = json.loads(run("show", "clinic-guidance", "--structure", "--json").out)["structure"]
    assert [branch["part"]["heading"] for branch in tree["tree"]][:2] == ["What this is about", "How common it is"]
    assert [loss["code"] for loss in tree["losses"]] == ["W218"]


def test_show_structure_is_for_sources(run: Run) -> None:
    assert run("show", identifier("[1]", "citation"), "--structure").code == 2


def test_show_writes_one_object_for_programs(run: Run) -> None:
    answer = json.loads(run("show", identifier("[1]", "citation"), "--json").out)
    assert (answer["thing"]["kind"], answer["links"][0]["relation"]) == ("citation", "resolves-to")


def test_check_lists_findings_and_counts_them_in_words(run: Run) -> None:
    ran = run("check")
    assert ran.out.splitlines()[0] == "E204 (corpus): scan.pdf: not read: it is empty"
    assert ran.err.splitlines()[:2] == ["1 error(s), 1 warning(s), 1 note(s)", "     1 x E204  a source could not be read"]
    assert ran.code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "codes"),
    [
        (("--strict",), 4, ["E204", "W218", "I503"]),
        (("--strict", "--code", "I503"), 0, ["I503"]),
        (("--code", "w2"), 0, ["W218"]),
        (("--code", "E3"), 0, []),
        (("--code", "X9"), 2, []),
    ],
)
def test_check_keeps_codes_and_is_strict(run: Run, arguments: tuple[str, ...], code: int, codes: list[str]) -> None:
    ran = run("check", *arguments)
    assert (ran.code, [line.split()[0] for line in ran.out.splitlines()]) == (code, codes)


def test_check_writes_one_finding_a_line_for_programs(run: Run) -> None:
    lines = run("check", "--json").out.splitlines()
    assert [json.loads(line)["code"] for line in lines] == ["E204", "W218", "I503"]


def test_check_compares_one_thing_at_a_time(run: Run, tmp_path: Path) -> None:
    assert run("check", "--site", "--digests", str(tmp_path)).code == 2
