"""Query texts beside what they mean, and what is refused, with its place."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.errors import QueryError
from kb.index.query import And, Between, Everything, Fuzzy, Not, Or, Phrase, Preferring, Prefix, Query, Term
from kb.index.syntax import parse


def word(text: str) -> Term:
    return Term("text", text)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("pain", word("pain")),
        ("back pain", And((word("back"), word("pain")))),
        ("back AND pain OR ache", Or((And((word("back"), word("pain"))), word("ache")))),
        ("back (pain OR ache)", And((word("back"), Or((word("pain"), word("ache")))))),
        ("NOT pain", Not(word("pain"))),
        ("back -pain", And((word("back"), Not(word("pain"))))),
        ("+back pain", Preferring(word("back"), word("pain"))),
        ("+back -ache pain", Preferring(And((word("back"), Not(word("ache")))), word("pain"))),
        ("+back +pain", And((word("back"), word("pain")))),
        ('"back pain"', Phrase("text", "back pain")),
        ("“back pain”", Phrase("text", "back pain")),
        ("sym*", Prefix("text", "sym")),
        ("*", Everything()),
        ("*:*", Everything()),
        ("recovry~", Fuzzy("text", "recovry", 1)),
        ("recovry~2", Fuzzy("text", "recovry", 2)),
        ("kind:claim", Term("kind", "claim")),
        ("KIND:claim", Term("kind", "claim")),
        ("kind:(claim OR definition)", Or((Term("kind", "claim"), Term("kind", "definition")))),
        ('concept:"chronic pain"', Phrase("concept", "chronic pain")),
        ("concept:*", Prefix("concept", "")),
        ("unit:%", Term("unit", "%")),
        ("doi:10.1000/ab.c", Term("doi", "10.1000/ab.c")),
        ("value:45%", Between(field="value", low=45.0, high=45.0)),
        ("value:[40 TO 50]", Between(field="value", low=40.0, high=50.0)),
        ("value:{40 TO *]", Between(field="value", low=40.0, high=None, is_low_open=True)),
        ("value:>=40", Between(field="value", low=40.0, high=None)),
        ("year:<2018", Between(field="year", low=None, high=2018.0, is_high_open=True)),
    ],
)
def test_means(text: str, query: Query) -> None:
    assert parse(text) == query


@pytest.mark.parametrize(
    "text", ["CFS/ME", "what?", "p<0.05", "12–18", "£54", "45%", "F45.0", "[3]", "it’s", "it's", "#12", "a^b"]
)
def test_ordinary_typing_is_a_word(text: str) -> None:
    assert parse(text) == word(text)


@pytest.mark.parametrize("text", ["https://example.org/a?b=c", "10:30", "note:"])
def test_a_colon_that_names_no_field_is_part_of_the_word(text: str) -> None:
    assert parse(text) == word(text)


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("", "", "empty"),
        ("  ", "  ", "empty"),
        ('say "no', '"', "quotation mark"),
        ("a (b", "(", "parenthesis"),
        ("a)", ")", "parenthesis"),
        ("a AND", "", "breaks off"),
        ("kinds:claim", "kinds:claim", "did you mean kind?"),
        ("zebra:claim", "zebra:claim", "quotation marks"),
        ("a value:many", "many", "number"),
        ("kind:[a TO b]", "[a TO b]", "value and year"),
        ("wom*n", "wom*n", "end of a word"),
        ("title:kind:x", "kind:x", "field inside a field"),
        ("recovry~3", "recovry~3", "1 or 2"),
        ('"back pain"~2', '"back pain"~2', "not part of the query language"),
        ("-" * 100 + "a", "-" * 59 + "a", "nested"),
        ("(" * 60 + "a" + ")" * 60, "(", "deep"),
        ("a" * 2001, "a", "longer than"),
    ],
)
def test_refused_with_the_place(text: str, place: str, says: str) -> None:
    with pytest.raises(QueryError, match=says) as caught:
        parse(text)
    assert text[caught.value.start : caught.value.end] == place


@given(st.text(alphabet="ab\"*~:()[]{}+-/\\^?! \tANDORNOT<>=.'“”kind", max_size=30))
@example("a\\")
@example('"a\\" b')
@example("/a/")
@example("a~0.5")
def test_every_text_is_understood_or_refused_at_a_place_in_it(text: str) -> None:
    start, end = refused(text)
    assert 0 <= start <= end


def refused(text: str) -> tuple[int, int]:
    """The place that was refused; the empty one where the text was understood."""
    try:
        parse(text)
    except QueryError as error:
        return error.start, error.end
    return 0, 0
