"""Figures of invented sentences: what each is of, of whom, where, when, and what sort of number it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extract.figures import figures
from kb.extract.prepared import Prepared
from kb.model import Document, Figure, Span
from tests.extract.cases import Case, read_cases

CASES = read_cases(Path(__file__).parent / "cases" / "figures.md")


def figures_of(text: str, kind: str) -> tuple[Figure, ...]:
    """The figures of the last paragraph; one before it introduces it."""
    lead, _, words = text.rpartition("\n\n")
    start = len(text) - len(words)
    prepared = Prepared(Document(source_id="a", sha256="0", reader="test", text=text))
    return figures(prepared, Span(start, len(text)), kind, lead=Span(0, len(lead)) if lead else None)  # type: ignore[arg-type]


def line_of(figure: Figure) -> str:
    fields = {name: getattr(figure, name) for name in ("of", "population", "setting", "period")}
    value = "-".join(f"{bound:.9g}" for bound in ([figure.value] if isinstance(figure.value, int | float) else figure.value))
    said = [f"{name}={said}" for name, said in fields.items() if said]
    nature = [] if figure.nature == "unknown" else [figure.nature]
    return " | ".join([f"{value} {figure.unit}", *([figure.qualifier] if figure.qualifier else []), *said, *nature])


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_case(case: Case) -> None:
    kind, _, _ = case.title.partition(":")
    assert "\n".join(map(line_of, figures_of(case.text, kind))) == case.expected.rstrip()


def test_what_a_share_leaves_out_is_said() -> None:
    (share, count) = figures_of("In May 40% of callers rang 12 clinics.", "figure")
    assert share.left_out == ("setting",)
    assert count.left_out == ()


PIECES = st.sampled_from(
    [
        "40% ",
        "of callers ",
        "and ",
        "30 per cent ",
        "with pain ",
        "in Wales ",
        "in 2016 ",
        "(",
        ") ",
        ", ",
        "respectively",
        ". ",
        "men and women ",
        "one in five ",
        "a target of ",
        "was ",
        "who ",
        "£3m ",
        "12 ",
        "a year ",
        "those seen ",
        ": ",
        "the gap ",
        "1,000 ",
        "per ",
        "aged 65 ",
    ]
)


@given(st.lists(PIECES | st.characters(exclude_categories=["Cs"]), max_size=30).map("".join))
def test_what_is_said_of_a_figure_stands_in_the_text(text: str) -> None:
    words = set(text.split())
    found = figures_of(text.replace("\n\n", " "), "figure")
    said = [
        words_of for figure in found for words_of in (figure.of, figure.population, figure.setting, figure.period) if words_of
    ]
    assert all(figure.span.end <= len(text) for figure in found)
    assert all(phrase == " ".join(phrase.split()) and phrase for phrase in said)
    assert words or not found


@pytest.mark.parametrize(
    "piece", ["40% of ", "in the ", "those who ", "and 3% ", "a rate of 5% in ", "people seen ", "respectively 4% and "]
)
def test_a_long_sentence_takes_no_long_time(piece: str) -> None:
    text = piece * 2_000
    assert all(figure.span.end <= len(text) for figure in figures_of(text, "figure"))
