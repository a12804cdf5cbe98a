"""The Whoosh engine: full-text search on disk without a server.

A Whoosh index is pickled inside, so this module opens only what `kb.index.stamped` has vouched for. Terms come analysed from
`kb.index.entries`; Whoosh's own analysers, parsers and stored fields are not used, and an entry's number is Whoosh's
document number: one writer, one segment, nothing ever deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path

from whoosh import fields as whoosh_fields
from whoosh import index, query
from whoosh.analysis import Token, Tokenizer
from whoosh.formats import Existence

from kb.index.entries import Entry, Positions
from kb.index.fields import EXACT, FIELDS, index_fields, is_scored
from kb.index.plan import AllOf, AnyOf, Has, Plan, Rather, Run, Whole, Without

FOLDER = "whoosh"
NAUGHT = 1e-9
"""The score of a filter: Whoosh takes 0 for "none given"."""
MEMORY_MB = 256
NEXT_POSITION, ALTERNATIVE = "\x1e", "\x1f"
"""Separators that no term holds: white space to Python, so analysis has split there."""


class AnalysedTerms(Tokenizer):  # type: ignore[misc] # whoosh is untyped
    """Hands Whoosh the terms of a field that `kb` has analysed: positions and, at each, alternatives."""

    def __call__(self, value: str, **modes: object) -> Iterator[Token]:
        """Whoosh reads the same token object again and again; its modes change nothing here."""
        del modes
        token = Token(positions=True, boosts=True)
        token.boost = 1.0
        for position, alternatives in enumerate(value.split(NEXT_POSITION)):
            for term in alternatives.split(ALTERNATIVE):
                token.text, token.pos = term, position
                yield token


def write(directory: Path, indexed: Iterable[dict[str, Positions]]) -> None:
    """Index entries, in order, into a folder of its own in `directory`."""
    folder = directory / FOLDER
    folder.mkdir()
    writer = index.create_in(folder, _schema()).writer(limitmb=MEMORY_MB)
    for fields in indexed:
        writer.add_document(**{name: _encoded(positions) for name, positions in fields.items() if positions})
    writer.commit(merge=False)


def _schema() -> whoosh_fields.Schema:
    return whoosh_fields.Schema(**{name: _field(name) for name in index_fields()})


def _field(name: str) -> whoosh_fields.FieldType:
    analyzer = AnalysedTerms()
    if name.endswith(EXACT):
        return whoosh_fields.TEXT(analyzer=analyzer, phrase=True)
    if FIELDS[name].kind == "prose":
        return whoosh_fields.TEXT(analyzer=analyzer, phrase=False)
    return whoosh_fields.FieldType(format=Existence(), analyzer=analyzer)


def _encoded(positions: Positions) -> str:
    return NEXT_POSITION.join(ALTERNATIVE.join(alternatives) for alternatives in positions)


class WhooshSearcher:
    """An open Whoosh index."""

    def __init__(self, folder: Path) -> None:
        self._searcher = index.open_dir(folder, readonly=True).searcher()

    @cached_property
    def _fields(self) -> frozenset[str]:
        return frozenset(self._searcher.reader().indexed_field_names())

    def terms(self, field: str) -> Iterator[str]:
        """Every term of an index field, sorted."""
        if field in self._fields:
            for term in self._searcher.reader().lexicon(field):
                yield term.decode("utf-8")

    def frequency(self, field: str, term: str) -> int:
        """In how many entries the field holds the term."""
        return int(self._searcher.doc_frequency(field, term)) if field in self._fields else 0

    def find(self, plan: Plan) -> dict[int, float]:
        """The numbers of the entries that `plan` finds, with their scores."""
        found = self._searcher.search(_translated(_positive(plan)), limit=None, scored=True)
        return {number: score for score, number in found.top_n}


def open_searcher(directory: Path, read_entries: Callable[[], Iterable[Entry]]) -> WhooshSearcher:
    """A searcher over the folder `write` made."""
    del read_entries
    return WhooshSearcher(directory / FOLDER)


def _translated(plan: Plan) -> query.Query:  # noqa: PLR0911 - one case a kind
    match plan:
        case Whole():
            return query.Every(boost=NAUGHT)
        case Has(field, term):
            return query.Term(field, term) if is_scored(field) else query.ConstantScoreQuery(query.Term(field, term), NAUGHT)
        case Run(field, terms):
            return query.Phrase(field, list(terms))
        case AllOf(parts):
            return query.And([_translated(part) for part in _filtering(parts)])
        case AnyOf(parts):
            return query.Or([_translated(_positive(part)) for part in parts]) if parts else query.NullQuery
        case Without(part):
            return query.Not(_translated(_positive(part)))
        case Rather(part, preferred):
            return query.AndMaybe(_translated(_positive(part)), _translated(_positive(preferred)))


def _positive(plan: Plan) -> Plan:
    """`plan` with something to take away from: Whoosh's `Not` is understood only beside another query."""
    return AllOf((Whole(), plan)) if isinstance(plan, Without) else plan


def _filtering(parts: tuple[Plan, ...]) -> tuple[Plan, ...]:
    return parts if any(not isinstance(part, Without) for part in parts) else (Whole(), *parts)
