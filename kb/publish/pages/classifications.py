"""The matrix of conditions and documents: which document places which condition under what."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model import Classification, Mention, Source
from kb.publish import wording
from kb.publish.catalogue import Catalogue

SHORT_PLACEMENTS = {
    "example-of": "example of",
    "listed-under": "listed under",
    "coded-as": "coded as",
    "new-to-programme-as": "new to the programme as",
    "listed-separately-by": "listed separately from",
    "said-not-to-be": "said not to be",
}
SHORT_STANCES = {"asserts": "", "disputes": "", "reports": "reported: "}


@dataclass(frozen=True)
class Placing:
    """One way in which a document places a condition, with every record that does so."""

    words: str
    jurisdiction: str
    """Where it differs from the document's own, else ""."""
    records: tuple[Classification, ...]


@dataclass(frozen=True)
class Cell:
    """What one document says of one condition. Without placings and mentions: nothing."""

    source: Source
    placings: tuple[Placing, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True)
class MatrixRow:
    """One condition across all documents."""

    slug: str
    cells: tuple[Cell, ...]

    @property
    def placed(self) -> int:
        """How many documents place it somewhere."""
        return sum(bool(cell.placings) for cell in self.cells)


def matrix(catalogue: Catalogue) -> list[MatrixRow]:
    """A row for every condition that any document places or names; those that most documents place come first."""
    found = [
        MatrixRow(slug, tuple(_cell(catalogue, slug, source) for source in catalogue.sources.values()))
        for slug in catalogue.conditions
    ]
    spoken_of = [row for row in found if any(cell.placings or cell.mentions for cell in row.cells)]
    return sorted(spoken_of, key=lambda row: -row.placed)


def _cell(catalogue: Catalogue, slug: str, source: Source) -> Cell:
    placed: dict[tuple[str, str], list[Classification]] = {}
    for record in catalogue.about(slug, Classification):
        if record.source_id == source.id and wording.condition_slug(record.condition) == slug:
            jurisdiction = record.jurisdiction or ""
            key = placing_words(record), jurisdiction if jurisdiction != source.jurisdiction else ""
            placed.setdefault(key, []).append(record)
    mentions = tuple(record for record in catalogue.about(slug, Mention) if record.source_id == source.id and record.passage)
    return Cell(source, tuple(Placing(*key, tuple(records)) for key, records in placed.items()), mentions)


def placing_words(record: Classification) -> str:
    """A placing in the fewest words.

    >>> from kb.model import Span
    >>> placing_words(Classification(
    ...     span=Span(0, 1), rule="", condition="cfs", category="mus", stance="reports", placement="example-of"
    ... ))
    'reported: example of MUS'
    """
    return f"{SHORT_STANCES[record.stance]}{SHORT_PLACEMENTS[record.placement]} {wording.short_name(record.category)}"
