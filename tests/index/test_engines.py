"""Every engine finds what the memory engine finds, whatever the entries and whatever is asked."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.errors import EngineUnavailableError, UsageError
from kb.index import ENGINES
from kb.index.engines import Searcher, engine_named
from kb.index.entries import Positions
from kb.index.evaluation import find
from kb.index.memory_engine import MemorySearcher
from kb.index.plan import AllOf, AnyOf, Has, Plan, Rather, Run, Whole, Without
from kb.index.weighing import Lengths

WORDS = st.sampled_from(["ache", "back", "care", "MUS", "mus", "45%", "the"])
FIELDS = st.sampled_from(["text", "title", "kind"])
ENTRY: st.SearchStrategy[dict[str, Positions]] = st.builds(
    lambda words, kind: {
        "title": tuple((word,) for word in words),
        "text": tuple((word, word.lower()) if word == "MUS" else (word,) for word in words),
        "kind": ((kind,),),
    },
    st.lists(WORDS, max_size=6),
    st.sampled_from(["ache", "back"]),
)
LEAVES: st.SearchStrategy[Plan] = st.one_of(
    st.just(Whole()),
    st.just(AnyOf(())),
    st.builds(Has, FIELDS, st.lists(WORDS, max_size=2, unique=True).map(tuple)),
    st.builds(Run, st.just("text"), st.lists(WORDS, min_size=2, max_size=3).map(tuple)),
)


def _combined(parts: st.SearchStrategy[Plan]) -> st.SearchStrategy[Plan]:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(AllOf, several), st.builds(AnyOf, several), st.builds(Without, parts), st.builds(Rather, parts, parts)
    )


PLANS = st.recursive(LEAVES, _combined, max_leaves=6)


def opened(name: str, indexed: list[dict[str, Positions]], directory: Path) -> Searcher:
    engine = engine_named(name)
    engine.write(directory, indexed)
    return engine.open_searcher(directory, list)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ENTRY, min_size=1, max_size=8), st.lists(PLANS, min_size=1, max_size=12))
def test_whoosh_finds_what_memory_finds(indexed: list[dict[str, Positions]], plans: list[Plan]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        whoosh, memory = opened("whoosh", indexed, Path(directory)), MemorySearcher(indexed)
        assert [found(plan, whoosh, indexed) for plan in plans] == [found(plan, memory, indexed) for plan in plans]


def found(plan: Plan, searcher: Searcher, indexed: list[dict[str, Positions]]) -> dict[int, float]:
    """Scores as far as they count."""
    return {number: round(score, 6) for number, score in find(plan, searcher, Lengths.of(indexed)).items()}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ENTRY, min_size=1, max_size=8))
def test_whoosh_holds_the_terms_memory_holds(indexed: list[dict[str, Positions]]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        whoosh, memory = opened("whoosh", indexed, Path(directory)), MemorySearcher(indexed)
        for field in ("text", "title", "kind", "year"):
            known = list(memory.terms(field))
            assert list(whoosh.terms(field)) == known
            assert [whoosh.frequency(field, term) for term in known] == [memory.frequency(field, term) for term in known]


def test_rarer_words_and_shorter_texts_weigh_more(tmp_path: Path) -> None:
    indexed = [{"text": tuple((word,) for word in text.split())} for text in ("rare", "rare word word word", "word", "word word")]
    scores = found(AnyOf((Has("text", ("rare",)), Has("text", ("word",)))), opened("whoosh", indexed, tmp_path), indexed)
    assert sorted(scores, key=scores.__getitem__, reverse=True) == [1, 0, 3, 2]


@pytest.mark.parametrize("name", ENGINES)
def test_each_engine_opens_what_it_wrote(name: str, tmp_path: Path) -> None:
    assert list(opened(name, [], tmp_path).terms("text")) == []


def test_an_unknown_engine_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="choose one of whoosh, memory"):
        engine_named("lucene")


def test_an_engine_that_is_not_installed_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ENGINES, "absent", "kb.index.no_such_engine")
    with pytest.raises(EngineUnavailableError, match="--engine memory"):
        engine_named("absent")
