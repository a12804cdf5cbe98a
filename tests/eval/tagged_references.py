"""Reference strings that people tagged, field by field: reading them, which are held out, and how a tagger is scored on them.

The files are core.xml and good.xml of AnyStyle (BSD-2-Clause), in `../shared/inputs/references`.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from kb.extract.references.tagger.tokens import tokens

FILES = ("core.xml", "good.xml")
ONE_LABEL = {"journal": "container", "container-title": "container", "collection-title": "container"}
"""Labels that the files use for one thing: what a work stands in. The same string occurs in them with one and with the other."""

_SIGNS = re.compile(r"[\W_]+")
_YEAR_BEFORE_VOLUME = re.compile(r"\W?(?:1[5-9]|20)\d\d[a-z]?\W?;")
_NUMBER = re.compile(r"\W?\d")


class Tagged(NamedTuple):
    """One string in tokens, with the label of each."""

    words: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def key(self) -> str:
        """What two copies of a string have in common: their letters and digits."""
        return _SIGNS.sub("", "".join(self.words).lower())

    @property
    def is_tenth(self) -> bool:
        """Whether the checksum of its key puts it in one tenth of all strings."""
        return int(hashlib.sha256(self.key.encode()).hexdigest(), 16) % 10 == 0


class Split(NamedTuple):
    """Strings to learn from, and strings never learned from, none of them a copy of another."""

    training: list[Tagged]
    held_out: list[Tagged]


def read_tagged(path: Path) -> list[Tagged]:
    """The tagged strings of one file, in its order, labels made consistent."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return [tagged for sequence in etree.parse(path, parser).getroot() if (tagged := _tagged(sequence)).words]


def _tagged(sequence: etree._Element) -> Tagged:
    words: list[str] = []
    labels: list[str] = []
    for segment in sequence:
        text = " ".join((segment.text or "").split())
        pieces = [span.of(text) for span in tokens(text)]
        words += pieces
        labels += [ONE_LABEL.get(segment.tag, segment.tag)] * len(pieces)
    return Tagged(tuple(words), _consistent(words, labels))


def _consistent(words: Sequence[str], labels: Sequence[str]) -> tuple[str, ...]:
    """Labels with the year of "2004;35" a date throughout.

    Where nothing but a semicolon stands between year and volume, the files give both to the volume about as often as not.
    """
    made = list(labels)
    for at, (word, after) in enumerate(pairwise(words)):
        if labels[at] == "volume" and _YEAR_BEFORE_VOLUME.fullmatch(word) and _NUMBER.match(after):
            made[at] = "date"
    return tuple(made)


def split(folder: Path) -> Split:
    """A tenth of good.xml held out; all else of both files, without copies, to learn from."""
    core, good = (read_tagged(folder / name) for name in FILES)
    held_out = {tagged.key: tagged for tagged in good if tagged.is_tenth}
    training = {tagged.key: tagged for tagged in [*core, *good] if tagged.key not in held_out}
    return Split(list(training.values()), list(held_out.values()))


class Score(NamedTuple):
    """How many fields are right, were said, were to be said; a field is right when its label, first and last token are."""

    right: Counter[str]
    said: Counter[str]
    wanted: Counter[str]
    whole: float
    """Share of strings with every field right."""
    tokens: float
    """Share of tokens with the right label."""

    def f1(self, label: str | None = None) -> float:
        """F1 of one label, or over all fields together (micro-average)."""
        if label is None:
            return 2 * self.right.total() / (self.said.total() + self.wanted.total())
        return 2 * self.right[label] / max(1, self.said[label] + self.wanted[label])


def score(tag: Callable[[Sequence[str]], Sequence[str]], strings: Sequence[Tagged]) -> Score:
    """The score of a tagger on tagged strings."""
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    whole = hits = 0
    for words, labels in strings:
        answer = tag(words)
        ours, theirs = fields(answer), fields(labels)
        whole += ours == theirs
        hits += sum(one == other for one, other in zip(answer, labels, strict=True))
        right.update(_labels(ours & theirs))
        said.update(_labels(ours))
        wanted.update(_labels(theirs))
    return Score(right, said, wanted, whole / len(strings), hits / sum(len(words) for words, _ in strings))


def fields(labels: Sequence[str]) -> set[tuple[str, int, int]]:
    """Every run of one label with the places of its first token and behind its last."""
    cuts = [0, *(at for at in range(1, len(labels)) if labels[at] != labels[at - 1]), len(labels)]
    return {(labels[start], start, end) for start, end in pairwise(cuts)}


def _labels(found: Iterable[tuple[str, int, int]]) -> list[str]:
    return [label for label, _, _ in found]
