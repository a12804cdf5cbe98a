"""Words found again in another text: which stretch of it they repeat, and how they line up word by word.

Texts are taken as `kb.text.words` compares them. Runs of `SHINGLE` equal words find the place; there the longest equal blocks
are laid side by side, longest first, and the best-scoring chain of them (dynamic programming over blocks: equal words earn,
words left out cost) gives the exact ends. Nothing here knows what a quotation is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import SequenceMatcher

from kb.model import Span
from kb.text.words import Words

SHINGLE = 5
"""Equal words in a row that make a place worth looking at."""

MOST_PLACES = 6
"""Of a run of words that stands everywhere the first places are enough, and more would cost their square."""

MATCHED, LEFT_OUT = 1.0, -0.6
"""What an equal word adds to an alignment and what a word without counterpart costs; the best-scoring stretch is the match."""


Shingle = tuple[str, ...]
"""Words in a row."""

Chain = tuple[tuple[int, int], tuple[int, int]]
"""First and last seed of a run: (place in the query, place in the original)."""


@dataclass(frozen=True)
class Block:
    """`size` equal words in a row: from `query` in the one text and from `original` in the other."""

    query: int
    original: int
    size: int


@dataclass(frozen=True)
class Alignment:
    """How a stretch of one word sequence lines up with a stretch of another: equal blocks, in order, at least one."""

    blocks: tuple[Block, ...]

    @property
    def matched(self) -> int:
        """How many words are equal."""
        return sum(block.size for block in self.blocks)

    @property
    def query(self) -> tuple[int, int]:
        """The stretch of the query's words, half-open."""
        return self.blocks[0].query, self.blocks[-1].query + self.blocks[-1].size

    @property
    def original(self) -> tuple[int, int]:
        """The stretch of the original's words, half-open."""
        return self.blocks[0].original, self.blocks[-1].original + self.blocks[-1].size

    @property
    def density(self) -> float:
        """Share of equal words in both stretches, 0 to 1."""
        (query_start, query_end), (start, end) = self.query, self.original
        return 2 * self.matched / (query_end - query_start + end - start)


class ShingleIndex:
    """Where each run of `size` words stands in one text, which may grow at its end; only those `asked` for, where it is known."""

    def __init__(self, sequence: Words | None = None, *, size: int = SHINGLE, asked: AbstractSet[Shingle] | None = None) -> None:
        self.size = size
        self._asked = asked
        self.forms: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self._first: dict[Shingle, int] = {}
        self._later: dict[Shingle, list[int]] = {}
        """Further places, where there are any: most runs of words stand at one."""
        if sequence is not None:
            self.add(sequence)

    def add(self, sequence: Words) -> None:
        """Take in the words that follow those already here."""
        first = max(0, len(self.forms) - self.size + 1)
        self.forms += sequence.forms
        self.starts += sequence.starts
        self.ends += sequence.ends
        for place, shingle in enumerate(shingles(self.forms[first:], self.size), first):
            if self._asked is not None and shingle not in self._asked:
                continue
            if self._first.setdefault(shingle, place) != place:
                places = self._later.setdefault(shingle, [])
                if len(places) < MOST_PLACES - 1:
                    places.append(place)

    def seeds(self, forms: Sequence[str]) -> Iterator[tuple[int, int]]:
        """(place in `forms`, place here) of every shared shingle, by place in `forms`, then here."""
        for place, shingle in enumerate(shingles(forms, self.size)):
            if shingle in self._first:
                yield place, self._first[shingle]
                for here in self._later.get(shingle, ()):
                    yield place, here

    def share(self, forms: Sequence[str]) -> float:
        """The share of the runs of `size` of these words that stand here, 0 to 1."""
        places = len(forms) - self.size + 1
        return sum(shingle in self._first for shingle in shingles(forms, self.size)) / places if places > 0 else 0.0

    def span(self, alignment: Alignment) -> Span:
        """The place in the text of the stretch that `alignment` found here."""
        start, end = alignment.original
        return Span(self.starts[start], self.ends[end - 1])


def shingles(forms: Sequence[str], size: int = SHINGLE) -> Iterator[Shingle]:
    """Every run of `size` words."""
    return zip(*(forms[shift:] for shift in range(size)), strict=False)


def locate(forms: Sequence[str], index: ShingleIndex, *, stretch: int = 0) -> Alignment | None:
    """The best place for `forms` as a whole in the indexed text, or None where no shingle is shared.

    `stretch` is how many words more than `forms` has the original may be long, for quotations that leave words out. Of equally
    good places the first is taken.
    """
    seeds = sorted((here, place) for place, here in index.seeds(forms))
    if not seeds:
        return None
    low, high = _densest(seeds, len(forms) + len(forms) // 3 + stretch)
    first = min(here - place for here, place in seeds[low:high])
    last = max(here + len(forms) - place for here, place in seeds[low:high])
    slack = SHINGLE + len(forms) // 10
    return align(forms, index.forms, (max(0, first - slack), min(len(index.forms), last + slack)))


def _densest(seeds: Sequence[tuple[int, int]], width: int) -> tuple[int, int]:
    """The run of seeds (sorted by place in the original) within `width` words that holds most different places of the query."""
    inside: Counter[int] = Counter()
    most, best, low = 0, (0, 1), 0
    for high, (here, place) in enumerate(seeds, 1):
        inside[place] += 1
        while here - seeds[low][0] > width:
            left = seeds[low][1]
            inside[left] -= 1
            if not inside[left]:
                del inside[left]
            low += 1
        if len(inside) > most:
            most, best = len(inside), (low, high)
    return best


def align(forms: Sequence[str], original: Sequence[str], window: tuple[int, int]) -> Alignment | None:
    """The best-scoring stretch of `forms` laid beside the words of `original` in `window`; None without an equal word."""
    start, end = window
    whole = _whole(forms, original, window)
    if whole is not None:
        return Alignment((Block(0, whole, len(forms)),))
    matcher = SequenceMatcher(None, original[start:end], forms, autojunk=False)
    blocks = [Block(block.b, start + block.a, block.size) for block in matcher.get_matching_blocks() if block.size]
    first, last = _best_stretch(blocks)
    return Alignment(tuple(blocks[first:last])) if blocks else None


def _whole(forms: Sequence[str], original: Sequence[str], window: tuple[int, int]) -> int | None:
    """Where all of `forms` stand in a row in the window: nearly every quotation is faithful."""
    start, end = window
    for place in range(start, end - len(forms) + 1):
        if forms and original[place] == forms[0] and original[place : place + len(forms)] == forms:
            return place
    return None


def _best_stretch(blocks: Sequence[Block]) -> tuple[int, int]:
    """Which blocks, as a half-open range, give the most matched words less the cost of what lies between them."""
    best, score, start = (0.0, 0, 0), 0.0, 0
    for place, block in enumerate(blocks):
        if place:
            score += LEFT_OUT * _between(blocks[place - 1], block)
        if score <= 0:
            score, start = 0.0, place
        score += MATCHED * block.size
        if score > best[0]:
            best = (score, start, place + 1)
    return best[1], best[2]


def _between(left: Block, right: Block) -> int:
    """How many words lie between two blocks, on the side that has more of them."""
    return max(right.query - left.query - left.size, right.original - left.original - left.size)


def repeats(forms: Sequence[str], index: ShingleIndex, *, gap: int = SHINGLE) -> list[Alignment]:
    """Every stretch of `forms` that the indexed text also has, longest first, no two sharing a word of `forms`.

    Words that differ may interrupt a stretch, up to `gap` of them in a row. Of equally long ones the first in the indexed text
    is taken.
    """
    kept: list[Alignment] = []
    for chain in sorted(_chains(index.seeds(forms), gap), key=_longest_first):
        start, end = chain[0][0], chain[1][0] + index.size
        if any(start < other.query[1] and other.query[0] < end for other in kept):
            continue
        found = _extended(chain, forms, index, gap)
        if found and all(found.query[1] <= other.query[0] or other.query[1] <= found.query[0] for other in kept):
            kept.append(found)
    return kept


def _longest_first(chain: Chain) -> tuple[int, int, int]:
    (start, there), (end, _) = chain
    return start - end, start, there


def _chains(seeds: Iterator[tuple[int, int]], gap: int) -> list[Chain]:
    """First and last seed of each run of seeds that go on in both texts at about the same pace."""
    open_chains: list[Chain] = []
    done: list[Chain] = []
    reach = gap + SHINGLE
    for seed in seeds:
        done += [chain for chain in open_chains if seed[0] - chain[1][0] > reach]
        open_chains = [chain for chain in open_chains if seed[0] - chain[1][0] <= reach]
        fitting = [chain for chain in open_chains if _goes_on(chain[1], seed, reach)]
        if fitting:
            nearest = min(fitting, key=lambda chain: abs((seed[1] - chain[1][1]) - (seed[0] - chain[1][0])))
            open_chains[open_chains.index(nearest)] = (nearest[0], seed)
        else:
            open_chains.append((seed, seed))
    return done + open_chains


def _goes_on(last: tuple[int, int], seed: tuple[int, int], reach: int) -> bool:
    return last[0] < seed[0] and 0 < seed[1] - last[1] <= reach


def _extended(chain: Chain, forms: Sequence[str], index: ShingleIndex, gap: int) -> Alignment | None:
    """The alignment of a chain, with up to `gap` words more on either side in which it may go on."""
    (first_here, first_there), (last_here, last_there) = chain
    start, end = max(0, first_here - 2 * gap), min(len(forms), last_here + SHINGLE + 2 * gap)
    window = (max(0, first_there - 2 * gap), min(len(index.forms), last_there + SHINGLE + 2 * gap))
    found = align(forms[start:end], index.forms, window)
    if found is None:
        return None
    return Alignment(tuple(Block(block.query + start, block.original, block.size) for block in found.blocks))
