"""Words found again, their exact place, and the grade of what was done to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Span
from kb.text.fidelity import Comparison, compare
from kb.text.matching import ShingleIndex, align, locate, repeats
from kb.text.quote_marks import marked
from kb.text.words import TextWords, words

ORIGINAL = (
    "The islands have two clinics. The new clinic in the valley does not take visitors without a letter, and up to 45% of local "
    "people may wait longer than six weeks. A second site opens in spring. Staff there will see at least 300 patients each month "
    "with long-term pain. Parking is free for everyone on Sundays and on the first Monday of each month."
)
INDEX = ShingleIndex(words(ORIGINAL, Span(0, len(ORIGINAL))))


def compared(quoted: str) -> Comparison | None:
    return compare(TextWords(quoted), Span(0, len(quoted)), ORIGINAL, INDEX)


@pytest.mark.parametrize(
    ("change", "quoted", "match"),
    [
        ("nothing", "A second site opens in spring.", "exact"),
        ("quotation marks around it", "“A second site opens in spring.”", "exact"),
        ("line break", "A second site\nopens in spring.", "normalised"),
        ("case", "a second site opens in spring", "normalised"),
        ("dash", "Staff there will see at least 300 patients each month with long–term pain", "normalised"),
        ("dropped not", "The new clinic in the valley does take visitors without a letter", "altered"),
        ("added not", "A second site opens not in spring. Staff there will see", "altered"),
        ("changed number", "up to 54% of local people may wait longer than six weeks", "altered"),
        ("changed unit", "at least 300 patients each week with long-term pain. Parking is free", "altered"),
        ("dropped qualifier", "and 45% of local people may wait longer than six weeks", "altered"),
        ("middle cut without a mark", "A second site opens in spring. Parking is free for everyone on Sundays", "altered"),
        ("whole sentence cut", "A second site opens in spring. [...] Parking is free for everyone on Sundays", "elided"),
        ("end of a sentence cut, with the next whole", "The islands have … A second site opens in spring", "elided"),
        ("middle cut, marked", "Parking is free for everyone … on the first Monday of each month", "elided"),
        (
            "not under the cut",
            "The new clinic in the valley ... visitors without a letter, and up to 45% of local people",
            "altered",
        ),
        ("hedge under the cut", "up to 45% of local people … wait longer than six weeks. A second site", "altered"),
        ("qualifier under the cut", "Staff there will see (...) 300 patients each month with long-term pain", "altered"),
        (
            "number under the cut",
            "visitors without a letter, and up to … % of local people may wait longer than six weeks",
            "altered",
        ),
        ("unit under the cut", "Staff there will see at least 300 ... each month with long-term pain", "elided"),
        ("word put in, in brackets", "A second site opens in spring. [The] staff there will see at least 300 patients", "elided"),
        (
            "negation put in, in brackets",
            "A second site opens in spring. Staff there will [not] see at least 300 patients",
            "altered",
        ),
        ("cut at the end", "A second site opens in spring...", "exact"),
    ],
)
def test_each_change_has_its_grade(change: str, quoted: str, match: str) -> None:
    found = compared(quoted)
    assert found is not None, change
    assert found.match == match, change


@pytest.mark.parametrize("quoted", ["A third site may open next year on the mainland", "two clinics", "free parking for all", ""])
def test_words_that_stand_nowhere_are_not_found(quoted: str) -> None:
    assert compared(quoted) is None


def test_the_place_is_exact_to_the_word() -> None:
    found = compared("it says: a second site opens in summer. Staff there will see")
    assert found is not None
    assert found.original.of(ORIGINAL) == "A second site opens in spring. Staff there will see"
    assert (found.matched, found.longest, found.covered) == (9, 5, 0.75)


def test_an_elided_quotation_reaches_over_what_it_leaves_out() -> None:
    found = compared("The islands have two clinics. … Parking is free for everyone on Sundays")
    assert found is not None
    assert found.original == Span(0, 307)
    assert found.similarity == 1.0


def test_words_compare_without_typography() -> None:
    text = "“It’s 4,500 SITES”—98%\r\nlong-term"
    assert words(text, Span(0, len(text))).forms == ["it's", "4500", "sites", "98", "%", "long", "term"]


def test_of_equal_places_the_first_is_taken() -> None:
    text = "one two three four five six. Then: one two three four five six."
    index = ShingleIndex(words(text, Span(0, len(text))))
    found = locate(["one", "two", "three", "four", "five", "six"], index)
    assert found is not None
    assert index.span(found) == Span(0, 27)


def test_a_stray_equal_word_does_not_stretch_a_match() -> None:
    original = ["the", "end", "of", "a", "long", "day", "came", "before", "the", "clinic", "in", "the", "valley", "closed"]
    found = align(["the", "clinic", "in", "the", "valley", "closed"], original, (0, len(original)))
    assert found is not None
    assert found.original == (8, 14)


def test_repeats_go_over_a_changed_word_and_not_over_more() -> None:
    first = "all boats call at the old pier from May and leave at noon"
    index = ShingleIndex(words(first, Span(0, len(first))))
    repeated = "so all boats call at the old pier from June and leave at noon then"
    (same,) = repeats(words(repeated, Span(0, len(repeated))).forms, index)
    assert (same.query, same.original, same.matched) == ((1, 14), (0, 13), 12)


WORDS = st.lists(
    st.sampled_from(["red", "green", "blue", "one", "two", "three", "not", "no", "45", "%", "boat", "sails"]),
    min_size=5,
    max_size=30,
)


@given(WORDS, WORDS, WORDS)
def test_a_copied_stretch_is_found_where_it_stands(before: list[str], copied: list[str], after: list[str]) -> None:
    text = " ".join([*before, *copied, *after])
    quoted = " ".join(copied)
    found = compare(TextWords(quoted), Span(0, len(quoted)), text, ShingleIndex(words(text, Span(0, len(text)))))
    assert found is not None
    assert (found.match, found.covered, found.similarity) == ("exact", 1.0, 1.0)
    assert found.original.of(text) == quoted


@given(WORDS, st.integers(0, 29))
def test_dropping_a_negation_is_never_faithful(sentence: list[str], place: int) -> None:
    told = [*sentence[:place], "never", *sentence[place:], "and", "so", "the", "harbour", "stays", "shut"]
    text, quoted = " ".join(told), " ".join(word for word in told if word != "never")
    found = compare(TextWords(quoted), Span(0, len(quoted)), text, ShingleIndex(words(text, Span(0, len(text)))))
    assert found is not None
    assert found.match == "altered" or found.original.of(text) == quoted


def stretches(text: str) -> list[tuple[str, bool]]:
    starts = [0, *(place + 2 for place in range(len(text)) if text.startswith("\n\n", place))]
    ends = [*(start - 2 for start in starts[1:]), len(text)]
    paragraphs = [Span(start, end) for start, end in zip(starts, ends, strict=True)]
    return [(each.span.of(text), each.is_closed) for each in marked(text, paragraphs)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('He said "it was fine" and left.', [("it was fine", True)]),
        ("the nurses' rota and its end", []),
        ("the ‘whole clinics’ work’ is", [("whole clinics’ work", True)]),
        ('6" by 8" and 5\' tall', []),
        ("vice versa” and “this is” right", [("this is", True)]),
        ("“outer ‘inner’ more”", [("outer ‘inner’ more", True), ("inner", True)]),
        ("“outer “inner” more”", [("outer “inner” more", True), ("inner", True)]),
        ("“One\n\n“Two\n\n“Three” end", [("One\n\n“Two\n\n“Three", True)]),
        ("careful. “I love\n\nthe work” she", [("I love\n\nthe work", True)]),
        ("‘A letter\n\nthat never ends", [("A letter\n\nthat never ends", False)]),
        ("in the ‘90s\n\nand later", []),
        ('says "lost\n\nand gone', []),
        ('says "lost\n\n"and gone" too', [("and gone", True)]),
        ('"One\n\n"two" end', [('One\n\n"two', True)]),
    ],
)
def test_quotation_marks(text: str, found: list[tuple[str, bool]]) -> None:
    assert stretches(text) == found


@given(st.text(alphabet="ab ‘’“”\"'\n.s", max_size=60))
def test_marks_stay_inside_the_paragraphs(text: str) -> None:
    paragraphs = [Span(0, len(text))] if text.strip() else []
    for each in marked(text, paragraphs):
        assert 0 <= each.marks.start < each.span.start <= each.span.end <= each.marks.end <= len(text)
