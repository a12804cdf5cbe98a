"""Precision, recall and F1 of what was extracted against gold files, type by type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import msgspec

from kb.errors import UsageError
from kb.evaluate.annotation import Annotation, Gold, Line, from_rows, read_gold
from kb.evaluate.matching import MATCHES, SIDE, iou, pair
from kb.export.annotations import annotations as annotation_rows
from kb.model import KnowledgeBase

TYPES = tuple(MATCHES)
COMPARABLE = frozenset({"verbatim", "near-verbatim"})
"""How a quotation must repeat its original for the link to be required; a paraphrase is optional."""


@dataclass(frozen=True)
class TypeScore:
    """One type in one file, or added up over several."""

    found: int = 0
    """Required gold annotations that have a partner."""
    required: int = 0
    missed: tuple[Annotation, ...] = ()
    false: tuple[Annotation, ...] = ()
    """Of ours, those without a partner."""
    pairs: tuple[tuple[Annotation, Annotation], ...] = ()
    """Ours and theirs of the required that were found."""
    doubtful: tuple[Annotation, ...] = ()
    """Of ours, those whose partner is optional: neither right nor wrong."""
    side: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Field -> (right, of how many) among the partners of required annotations."""

    @property
    def precision(self) -> float:
        """Share of what we said that is right; optional gold aside."""
        return self.found / (self.found + len(self.false)) if self.found + len(self.false) else 0.0

    @property
    def recall(self) -> float:
        """Share of the required that we found."""
        return self.found / self.required if self.required else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


Scores = dict[str, TypeScore]


def score_file(ours: Sequence[Annotation], gold: Gold) -> Scores:
    """The scores of one file, by type, of what lies in the gold's ranges."""
    mine, theirs = _by_type(ours), _by_type(gold.annotations)
    return {name: _score(name, _within(mine[name], gold), _within(theirs[name], gold)) for name in TYPES}


def score(rows: list[Line], gold: Gold, text: str) -> Scores:
    """As `score_file`, of exported rows; raises `UsageError` where rows or gold do not quote `text`."""
    ours = from_rows(rows, gold.coverage.file)
    for annotation in (*ours, *gold.annotations):
        if annotation.quote != text[annotation.start : annotation.end]:
            place = f"{gold.coverage.file}, {annotation.start}-{annotation.end}"
            raise UsageError(f"{place}: a {annotation.type} does not quote its place; is this the file the gold was made on?")
    return score_file(ours, gold)


def add_up(results: Sequence[Scores]) -> Scores:
    """Several files as one."""
    return {name: _sum([result[name] for result in results]) for name in TYPES}


def _sum(parts: Sequence[TypeScore]) -> TypeScore:
    names = dict.fromkeys(name for part in parts for name in part.side)
    counted = {name: [part.side.get(name, (0, 0)) for part in parts] for name in names}
    return TypeScore(
        found=sum(part.found for part in parts),
        required=sum(part.required for part in parts),
        missed=tuple(row for part in parts for row in part.missed),
        false=tuple(row for part in parts for row in part.false),
        pairs=tuple(pair for part in parts for pair in part.pairs),
        doubtful=tuple(row for part in parts for row in part.doubtful),
        side={name: (sum(right for right, _ in pairs), sum(of for _, of in pairs)) for name, pairs in counted.items()},
    )


def macro_f1(scores: Scores) -> tuple[float, int]:
    """Mean F1 over the types the gold has, claims counted with their kind alone, and how many types that is."""
    counted = [each.f1 for name, each in scores.items() if each.required and name != "claim"]
    return (sum(round(f1, 3) for f1 in counted) / len(counted) if counted else 0.0), len(counted)


def _by_type(rows: Sequence[Annotation]) -> dict[str, list[Annotation]]:
    """Rows by type, with the derived ones: claims with their kind, the values of claims, quotations with an original."""
    grouped: dict[str, list[Annotation]] = {name: [] for name in TYPES}
    for row in rows:
        for name, derived in _forms(row):
            grouped[name].append(derived)
    return grouped


@dataclass(frozen=True)
class Scored:
    """One gold file, the text it annotates, our scores, and those of knowing nothing."""

    gold: Gold
    text: str
    scores: Scores
    nothing: Scores

    @property
    def file(self) -> str:
        """The name of the annotated file."""
        return self.gold.coverage.file


def read_and_score(knowledge: KnowledgeBase, paths: Sequence[Path]) -> Iterator[Scored]:
    """The scores of each gold file.

    Raises `UsageError` for a file that is no gold file, and for one whose annotated file is not in the knowledge base.
    """
    rows = annotation_rows(knowledge)
    files = {PurePosixPath(source.files[0].path).name: source.id for source in knowledge.sources}
    texts = {document.source_id: document.text for document in knowledge.documents}
    for path in paths:
        gold = read_gold(path)
        text = texts.get(files.get(gold.coverage.file, ""))
        if text is None:
            raise UsageError(f"{path}: {gold.coverage.file} is not in the knowledge base; run kb build on the corpus that has it")
        yield Scored(gold, text, score(rows, gold, text), knowing_nothing(text, gold))


def _forms(row: Annotation) -> Iterator[tuple[str, Annotation]]:
    is_unscored = row.type == "condition" and (row.concept or "").startswith("other:")
    if row.type in MATCHES and not is_unscored:
        yield row.type, row
    if row.type == "claim":
        yield "claim+kind", row
        for value in row.values or []:
            if not isinstance(value.unit, msgspec.UnsetType) and not isinstance(value.value, msgspec.UnsetType):
                yield (
                    "figure",
                    msgspec.structs.replace(
                        row, value=value.value, unit=value.unit, qualifier=value.qualifier, qualifier_alt=value.qualifier_alt
                    ),
                )
    if row.type == "quotation" and None not in (row.source_file, row.source_start, row.source_end):
        yield "link", msgspec.structs.replace(row, optional=row.optional or row.source_match not in COMPARABLE)


def _within(rows: Sequence[Annotation], gold: Gold) -> list[Annotation]:
    return [row for row in rows if gold.coverage.holds(row)]


def _score(name: str, ours: list[Annotation], gold: list[Annotation]) -> TypeScore:
    pairs = pair(ours, gold, MATCHES[name])
    required = [place for place, row in enumerate(gold) if not row.optional]
    used = set(pairs.values())
    left = [row for place, row in enumerate(ours) if place not in used]
    forgiven = _forgiven(name, left, [row for place, row in enumerate(gold) if row.optional and place not in pairs])
    found = tuple((ours[pairs[place]], gold[place]) for place in required if place in pairs)
    return TypeScore(
        found=len(found),
        required=len(required),
        missed=tuple(gold[place] for place in required if place not in pairs),
        false=tuple(row for place, row in enumerate(left) if place not in forgiven),
        pairs=found,
        doubtful=(
            *(ours[pairs[place]] for place, row in enumerate(gold) if row.optional and place in pairs),
            *(row for place, row in enumerate(left) if place in forgiven),
        ),
        side=_side(name, list(found)),
    )


def _forgiven(name: str, left: list[Annotation], doubtful: list[Annotation]) -> set[int]:
    """Of what is left, the claims on which a doubtful claim lies: their kind is not held against them."""
    if name != "claim+kind":
        return set()
    return set(pair(left, doubtful, lambda ours, gold: iou(ours, gold) >= 0.5).values())


def _side(name: str, pairs: list[tuple[Annotation, Annotation]]) -> dict[str, tuple[int, int]]:
    counted: dict[str, tuple[int, int]] = {}
    for fieldname, right in SIDE.get(name, {}).items():
        verdicts = [verdict for ours, gold in pairs if (verdict := right(ours, gold)) is not None]
        counted[fieldname] = (sum(verdicts), len(verdicts))
    return counted


SENTENCE = re.compile(r"[^\n.!?]*[^\n]*?(?:[.!?]['\"’”)]*(?=\s)|(?=\n)|$)")


def knowing_nothing(text: str, gold: Gold) -> Scores:
    """What a program would score that calls every sentence of six words or more in an entry a claim of kind policy."""
    rows: list[Annotation] = []
    for entry in gold.annotations:
        if entry.type == "entry":
            rows += _sentences(text, entry)
    return score_file(rows, gold)


def _sentences(text: str, entry: Annotation) -> Iterator[Annotation]:
    for match in SENTENCE.finditer(text[entry.start : entry.end]):
        words = match.group()
        if len(words.split()) >= 6:
            start = entry.start + match.start() + len(words) - len(words.lstrip())
            yield Annotation(type="claim", kind="policy", start=start, end=entry.start + match.end(), quote=words.strip())
