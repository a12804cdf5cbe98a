"""Speed of extraction: characters per CPU second for every pass after reading, and whether it stays linear in length.

    python benchmarks/extract.py [CORPUS]        default: ../shared/corpus, else files made by this script

Each figure is the best of some rounds. A loop in plain Python is timed before and after, because the speed of a machine that
others use too may swing by half: compare figures of two runs only where their loops took the same. Exits 1 where a promise is
broken: 300,000 characters per CPU second for all passes together, and no pass that costs more a character the longer the text.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from kb.extract import EXTRACTORS, extract  # noqa: E402
from kb.extract.found import Found  # noqa: E402
from kb.extract.identified import identified  # noqa: E402
from kb.ingest import ingest  # noqa: E402
from kb.model import AnyRecord, Document, Source, SourceFile  # noqa: E402
from kb.sources import load_corpus, read_source  # noqa: E402
from kb.text.marks import Unmarked  # noqa: E402
from tests.made_files import MADE  # noqa: E402

PROMISED = 300_000
"""Characters per CPU second for all passes together."""
ROUNDS = 3
LENGTHS = (1, 4, 16)
"""How many times a text is repeated, with other words and numbers each time."""
GROWTH = 1.3
"""By how much the time a character may grow from the shortest to the longest."""
FLOOR = 0.005
"""CPU seconds for the shortest under which a pass is too quick for its growth to be told."""
LOOP = 2_000_000
"""Turns of the loop that says how fast the machine is now."""
SHAPES = ("flattened-forum", "flattened-blog", "guidance-markdown")
MADE_FILES = 8
"""Made files of each shape, put one behind the other to one text."""


class Text(NamedTuple):
    """What is read as one source."""

    source: Source
    words: str

    def document(self, times: int = 1) -> Document:
        """The text read, so many times one behind the other."""
        return ingest(["\n\n".join(other_words(self.words, copy) for copy in range(times)).encode()], self.source)


def other_words(text: str, copy: int) -> str:
    """`text` with every fourth word and number changed, so that hardly five in a row stand in two copies."""
    letters = "".join(chr(ord("a") + int(digit)) for digit in str(copy))
    words = count()

    def other(word: re.Match[str]) -> str:
        said = word.group()
        if next(words) % 4:
            return said
        return str((int(said) + copy) % 10 ** len(said)).zfill(len(said)) if said.isdigit() else said + letters

    return re.sub(r"[^\W\d_]+|[0-9]+", other, text)


def texts(corpus: Path | None) -> Iterator[Text]:
    """The sources of a corpus that are one text each, or made ones."""
    if corpus is None:
        for shape in SHAPES:
            source = Source(id=shape, files=(SourceFile("a.txt", ""),), source_kind="critique", shape=shape)
            yield Text(source, "\n\n".join(MADE[shape](number).decode() for number in range(MADE_FILES)))
        return
    loaded = load_corpus(corpus)
    for source in loaded.sources:
        if source.shape in SHAPES:
            yield Text(source, ingest(read_source(loaded.root, source), source).text)


def loop() -> float:
    """CPU seconds that a fixed amount of plain Python takes."""
    begun = time.process_time()
    total = 0
    for number in range(LOOP):
        total += number % 7
    return time.process_time() - begun


def spent(task: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    begun = time.process_time()
    task()
    return time.process_time() - begun


def by_pass(held: Sequence[tuple[Source, Document]]) -> dict[str, float]:
    """CPU seconds of each pass over all documents; giving records their ids and voices is a pass of its own."""
    costs = dict.fromkeys([*EXTRACTORS, "identified"], 0.0)
    for source, document in held:
        marks = Unmarked(document)
        found = Found(source, marks.document, (), marks)
        for name, extractor in EXTRACTORS.items():
            begun = time.process_time()
            drafts: Iterable[AnyRecord] = list(extractor(found))
            drafted = time.process_time()
            found = found.with_records(found.records + identified(found, drafts))
            costs[name] += drafted - begun
            costs["identified"] += time.process_time() - drafted
    return costs


def best_by_pass(held: Sequence[tuple[Source, Document]]) -> dict[str, float]:
    """The least that each pass took in some rounds."""
    costs = [by_pass(held) for _ in range(ROUNDS)]
    return {name: min(cost[name] for cost in costs) for name in costs[0]}


def is_fast(held: Sequence[tuple[Source, Document]]) -> bool:
    """Print characters per CPU second, of each pass and of all; whether all together keep the promise."""
    characters = sum(len(document.text) for _source, document in held)
    for name, seconds in best_by_pass(held).items():
        print(f"{name:16} {characters / max(seconds, 1e-6):12,.0f} characters/s  {1e3 * seconds:8.1f} ms")
    whole = min(spent(lambda: [extract(*one) for one in held]) for _ in range(ROUNDS))
    speed = characters / whole
    is_kept = speed >= PROMISED
    print(f"{'all passes':16} {speed:12,.0f} characters/s  {1e3 * whole:8.1f} ms   promised {PROMISED:,}{broken(is_kept)}")
    return is_kept


def is_linear(of: Sequence[Text]) -> bool:
    """Print what a character costs in texts of several lengths; whether no pass costs more in the longest."""
    held = {times: [(text.source, text.document(times)) for text in of] for times in LENGTHS}
    costs = {times: best_by_pass(documents) for times, documents in held.items()}
    size = {times: sum(len(document.text) for _source, document in documents) for times, documents in held.items()}
    for cost in costs.values():
        cost["all passes"] = sum(cost.values())
    print(f"\nmicroseconds a character, texts repeated {', '.join(f'{times} x' for times in LENGTHS)}")
    kept = []
    for name in costs[LENGTHS[0]]:
        each = [1e6 * costs[times][name] / size[times] for times in LENGTHS]
        growth = each[-1] / max(each[0], 1e-9)
        kept.append(growth <= GROWTH or costs[LENGTHS[0]][name] < FLOOR)
        shown = "  ".join(f"{cost:7.3f}" for cost in each)
        print(f"{name:16} {shown}   {growth:5.2f} x   promised under {GROWTH} x{broken(kept[-1])}")
    return all(kept)


def broken(is_kept: bool) -> str:  # noqa: FBT001 - what is said, not how it is done
    """What stands behind a promise."""
    return "" if is_kept else "   BROKEN"


def main() -> int:
    """Print what was measured; 1 where a promise is broken."""
    real = REPOSITORY.parent / "shared" / "corpus"
    corpus = Path(sys.argv[1]) if len(sys.argv) > 1 else real if real.is_dir() else None
    print(f"reading {corpus or 'made files'}; {LOOP:,} turns of a loop: {loop():.3f} CPU s")
    of = list(texts(corpus))
    kept = [is_fast([(text.source, text.document()) for text in of]), is_linear(of)]
    print(f"{LOOP:,} turns of a loop: {loop():.3f} CPU s")
    return int(not all(kept))


if __name__ == "__main__":
    sys.exit(main())
