"""What tells of a member's own health, beside arguments that only sound like it."""

from __future__ import annotations

import pytest

from kb.model import Mention, Passage, Span
from kb.public.health import tells_own_health


def told(words: str, condition: str | None = None) -> bool:
    passage = Passage(id="p", kind="paragraph", span=Span(0, len(words)))
    mentions = []
    if condition:
        start = words.index(condition)
        mentions = [Mention(span=Span(start, start + len(condition)), rule="by-hand", concept="other:x")]
    return tells_own_health(words, mentions, passage)


@pytest.mark.parametrize(
    "words",
    [
        "I was diagnosed ten years ago.",
        "My symptoms began after a virus.",
        "My own illness is not in their list.",
        "They referred me to the pain clinic.",
        "I have had three operations on my back.",
        "My daughter was sent to a hospital for it.",
        "I've been seeing a consultant since May.",
        "So I am told by my GP that nothing is wrong.",
    ],
)
def test_own_health_is_withheld(words: str) -> None:
    assert told(words)


@pytest.mark.parametrize(
    "words",
    [
        "The guidance lists three symptoms.",
        "Patients are referred to a clinic by their GP.",
        "I have read the manual twice.",
        "In my view the target is no outcome.",
        "I was surprised by the figure of 45%.",
        "My reading of the report is another.",
        "I think the document was written in haste. The clinic is in Leeds.",
    ],
)
def test_arguments_are_not(words: str) -> None:
    assert not told(words)


@pytest.mark.parametrize(
    ("words", "condition", "own"),
    [
        ("I have fibromyalgia and they know it.", "fibromyalgia", True),
        ("As someone with asthma I object.", "asthma", True),
        ("They have put fibromyalgia on the list.", "fibromyalgia", False),
        ("I have doubts that the section on asthma is right.", "asthma", False),
    ],
)
def test_a_condition_one_says_to_have(words: str, condition: str, *, own: bool) -> None:
    assert told(words, condition) is own


@pytest.mark.parametrize(
    "words",
    [
        "I understand it was originally for people in therapy.",
        "I am not sure why the therapy is called effective.",
        "I see no treatment in that list.",
        "We were told the clinics would open in May.",
        "I have a copy of the protocol for these operations.",
        "I was sent the minutes of the meeting.",
    ],
)
def test_saying_i_beside_a_word_of_care_is_not_enough(words: str) -> None:
    assert not told(words)


@pytest.mark.parametrize(
    "words",
    [
        "I did CBT with them for six sessions.",
        "I haven't had the energy to read it.",
        "It took years until they told me I was ill.",
        "I was given a rapid referral to the eye clinic.",
        "So I'm now to be told I am sick.",
        "I went to see a consultant in town about it.",
    ],
)
def test_care_one_has_had_is(words: str) -> None:
    assert told(words)
