"""The Whoosh engine: full-text search on disk without a server.

A Whoosh index is pickled inside, so this module opens only what `kb.index.stamped` has vouched for. Terms come analysed from
`kb.index.entries`; Whoosh's own analysers, parsers, scores and stored fields are not used, and an entry's number is Whoosh's
document number: one writer, one segment, nothing ever deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path

from whoosh import fields as whoosh_fields
from whoosh import index, query
from whoosh.codec.whoosh3 import W3Codec
from whoosh.formats import Existence, Format, Frequency
from whoosh.formats import Positions as FormatWithPositions
from whoosh.system import pack_uint

from kb.index.entries import Entry, Positions
from kb.index.fields import FIELDS, FieldKind

FOLDER = "whoosh"
MEMORY_MB = 256
FORMATS: dict[FieldKind, Callable[[], Format]] = {
    "prose": FormatWithPositions,
    "words": Frequency,
    "keyword": Existence,
    "number": Existence,
}
"""What Whoosh keeps of each posting."""


class AnalysedField(whoosh_fields.FieldType):  # type: ignore[misc] # whoosh is untyped
    """A field whose terms `kb` has analysed: Whoosh is given positions and, at each, the terms."""

    def index(self, value: Positions) -> Iterator[tuple[bytes, int, float, bytes]]:
        """For each term its bytes, how often it stands, its weight, and how the format encodes its positions."""
        places: dict[str, list[int]] = {}
        for position, terms in enumerate(value):
            for term in terms:
                places.setdefault(term, []).append(position)
        for term, found in places.items():
            yield term.encode("utf-8"), len(found), len(found), self._encoded(found)

    def _encoded(self, places: list[int]) -> bytes:
        match self.format:
            case FormatWithPositions():
                return bytes(self.format.encode(places))
            case Frequency():
                return bytes(pack_uint(len(places)))
            case _:
                return b""


def write(directory: Path, indexed: Iterable[dict[str, Positions]]) -> None:
    """Index entries, in order, into a folder of its own in `directory`."""
    folder = directory / FOLDER
    folder.mkdir()
    writer = index.create_in(folder, _schema()).writer(codec=W3Codec(compression=0), limitmb=MEMORY_MB)
    for fields in indexed:
        writer.add_document(**{name: positions for name, positions in fields.items() if positions})
    writer.commit(merge=False)


def _schema() -> whoosh_fields.Schema:
    return whoosh_fields.Schema(
        **{name: AnalysedField(format=FORMATS[field.kind](), analyzer=None) for name, field in FIELDS.items()}
    )


class WhooshSearcher:
    """An open Whoosh index."""

    def __init__(self, folder: Path) -> None:
        self._searcher = index.open_dir(folder, readonly=True).searcher()
        self._reader = self._searcher.reader()

    @cached_property
    def _fields(self) -> frozenset[str]:
        return frozenset(self._reader.indexed_field_names())

    def terms(self, field: str) -> Iterator[str]:
        """Every term of an field, sorted."""
        if field in self._fields:
            for term in self._reader.lexicon(field):
                yield term.decode("utf-8")

    def frequency(self, field: str, term: str) -> int:
        """In how many entries the field holds the term."""
        return int(self._reader.doc_frequency(field, term)) if field in self._fields else 0

    def having(self, field: str, term: str) -> dict[int, int]:
        """How often the field holds the term, by entry."""
        if not self.frequency(field, term):
            return {}
        matcher = self._reader.postings(field, term)
        found: dict[int, int] = {}
        while matcher.is_active():
            found[matcher.id()] = int(matcher.weight())
            matcher.next()
        return found

    def running(self, field: str, wanted: tuple[str, ...]) -> list[int]:
        """The entries whose field holds the terms at consecutive positions."""
        return list(query.Phrase(field, list(wanted)).docs(self._searcher))


def open_searcher(directory: Path, read_entries: Callable[[], Iterable[Entry]]) -> WhooshSearcher:
    """A searcher over the folder `write` made."""
    del read_entries
    return WhooshSearcher(directory / FOLDER)
