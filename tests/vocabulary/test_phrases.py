"""Phrases looked up word by word: what they match, and what stands close to a match."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.vocabulary.claim_cues import claim_cues, cue_lists
from kb.vocabulary.phrases import Phrases, tokens_of


def found(phrase: str, words: str) -> list[str]:
    return Phrases({"list": [phrase]}).found_in(tokens_of(words)).get("list", [])


@pytest.mark.parametrize(
    ("phrase", "hit", "near_miss"),
    [
        ("bad", "A bad plan", "A badge, bad-tempered people"),
        ("fail*", "They FAILED.", "A prefail rate, fail-safe doors"),
        ("need to", "They need  to go", "The need, to be plain; a need-to know"),
        ("is *ed by", "It is funded by all", "It is red, by chance; it is well fed by all"),
        ("have _ access", "They have, in time, full access", "They have, since the end of May, access; have access"),
        ("^ask", "  “Ask each person", "They ask each person"),
        ("don't", "I don’t", "I do not; the don"),
        ("you can", "You can't know", "You scan; you-can"),
        ("date:", "Publication date: May", "Up to date, they say"),
        ("co*", "A co-op, no: the cooks", "A co-op of two"),
        ("study", "The study’s end", "The studying end"),
    ],
)
def test_a_phrase_and_what_is_close_to_it(phrase: str, hit: str, near_miss: str) -> None:
    assert (len(found(phrase, hit)), found(phrase, near_miss)) == (1, [])


def test_phrases_of_one_list_do_not_overlap_those_of_two_may() -> None:
    phrases = Phrases({"one": ["is wrong", "wrong to say"], "two": ["wrong"]})
    assert phrases.found_in(tokens_of("It is wrong to say so")) == {"one": ["is wrong"], "two": ["wrong"]}


@given(st.text(max_size=80))
def test_any_text_has_tokens_without_blanks(words: str) -> None:
    tokens = tokens_of(words)
    assert all(token and not token.isspace() for token in tokens)
    assert Phrases({"list": ["no such phrase"]}).found_in(tokens) == {}


def test_every_cue_list_has_a_name_of_its_own() -> None:
    assert len(cue_lists()) == sum(len(lists) for lists in claim_cues().kinds.values())
