"""The way of a query: text, query, plan, engine, ranking, page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from kb.errors import UsageError
from kb.index.analysis import keyword
from kb.index.concepts import see_also
from kb.index.engines import engine_named
from kb.index.evaluation import find
from kb.index.fields import FACETS
from kb.index.lexicon import Lexicon
from kb.index.plan import AllOf, Has, Plan, sought
from kb.index.planning import plan
from kb.index.query import Query
from kb.index.results import FacetCount, Hit, Results, SearchOptions
from kb.index.snippets import highlights, snippet
from kb.index.stamped import Shelf, read_stamp
from kb.index.suggestions import loosened, respelt, unknown_words
from kb.index.syntax import parse

KIND_WEIGHTS = {"mention": 0.1, "citation": 0.1, "reference": 0.8}
"""A mention is its one word and would otherwise stand before every sentence that holds it."""
PASSAGE_WEIGHTS = {"title": 0.7, "heading": 0.7}
DIGITS = 6
"""Decimals of a score that count; below them stand rounding errors of engines."""


def search(directory: Path, text: str, options: SearchOptions | None = None) -> Results:
    """One page of what the index in `directory` holds for a query in the syntax of `kb.index.syntax`.

    Raises `QueryError` for a query that cannot be understood, `StoreError` for an index that is missing, foreign or damaged,
    `EngineUnavailableError` for an engine that is not installed, `UsageError` for a page or limit below 1.
    """
    options = options or SearchOptions()
    if options.limit < 1 or options.page < 1:
        raise UsageError(f"pages and limits count from 1: page {options.page}, limit {options.limit}")
    query = parse(text)
    stamp = read_stamp(directory)
    shelf = Shelf(directory)
    searcher = engine_named(options.engine or stamp.engine).open_searcher(directory, shelf.every)
    lexicon = Lexicon(searcher, shelf.forms)
    wanted = plan(query, lexicon)
    ranked = _ranked(find(_filtered(wanted, options), searcher, shelf.lengths), shelf)
    unknown, suggestions = ((), ()) if ranked else _advice(text, query, lexicon, shelf, options)
    return Results(
        query=text,
        total=len(ranked),
        page=options.page,
        limit=options.limit,
        hits=_hits(ranked[(options.page - 1) * options.limit : options.page * options.limit], wanted, shelf),
        facets=_facets([number for number, _score in ranked], shelf),
        see_also=see_also(text),
        unknown=unknown,
        suggestions=suggestions,
    )


def _filtered(wanted: Plan, options: SearchOptions) -> Plan:
    filters = [
        Has(field, tuple(map(keyword, values)))
        for field, values in (("kind", options.kinds), ("source", options.sources))
        if values
    ]
    return AllOf((wanted, *filters)) if filters else wanted


def _ranked(scores: dict[int, float], shelf: Shelf) -> list[tuple[int, float]]:
    """Numbers and scores, best first, equals in text order."""
    weighed = {number: round(score * _weight(shelf, number), DIGITS) for number, score in scores.items()}
    return sorted(weighed.items(), key=lambda pair: (-pair[1], pair[0]))


def _weight(shelf: Shelf, number: int) -> float:
    kind = "".join(shelf.values("kind", number))
    passage_kind = "".join(shelf.values("passage_kind", number))
    return KIND_WEIGHTS.get(kind, 1.0) * PASSAGE_WEIGHTS.get(passage_kind, 1.0)


def _hits(ranked: list[tuple[int, float]], wanted: Plan, shelf: Shelf) -> tuple[Hit, ...]:
    leaves = sought(wanted)
    hits = []
    for entry, (_number, score) in zip(shelf.entries(number for number, _score in ranked), ranked, strict=True):
        marked = highlights(entry.words, leaves)
        hits.append(Hit(score=score, entry=entry, snippet=snippet(entry.words, marked), highlights=marked))
    return tuple(hits)


def _facets(numbers: Iterable[int], shelf: Shelf) -> dict[str, tuple[FacetCount, ...]]:
    counts = {field: Counter[str]() for field in FACETS}
    for number in numbers:
        for field, counter in counts.items():
            counter.update(dict.fromkeys(shelf.values(field, number), 1))
    return {
        field: tuple(FacetCount(value, count) for value, count in sorted(counter.items(), key=lambda pair: (-pair[1], pair[0])))
        for field, counter in counts.items()
    }


def _advice(
    text: str, query: Query, lexicon: Lexicon, shelf: Shelf, options: SearchOptions
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words that occur nowhere, and queries that find something under the same options."""
    unknown = unknown_words(query, lexicon)
    guesses = [*(respelt(text, word, lexicon) for word in unknown), loosened(query, unknown)]
    plans = {guess: _filtered(plan(parse(guess), lexicon), options) for guess in guesses if guess}
    return unknown, tuple(guess for guess, wanted in plans.items() if find(wanted, lexicon.searcher, shelf.lengths))
