"""Tries every pattern of the text readers and extractors on near-misses of its own kind; run as a process of its own.

    python -m tests.patterns.trial LENGTH [--hostile]

prints a line for each pattern that does not come to an end in its share of processor time, and how many were tried. The share
is a multiple of what a plain scan of the same text takes here and now, kept by an interval timer that breaks the search off; a
hard limit ends the whole process.
"""

from __future__ import annotations

import re
import resource
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, islice
from types import FrameType

from tests.patterns.near_misses import near_misses
from tests.patterns.watched import BY_SCAN, Watched, import_rooms, watching

LONG = 4000
"""Code points from which a stretch counts as one that may be of any length."""
SHORT = 600
"""Code points that patterns are tried on that were never given a long stretch."""
PEERS = 60
"""How many plain scans of the same text a search may take, of `AT_LEAST` code points where it is shorter."""
AT_LEAST = 15_000
FEW = 50_000
"""Code points above which the share grows twice: what is quadratic shows all the more there, and what is only slow is let be."""
TRIALS = 3
"""How often a pattern is tried again before it is told."""
HARD = 300
"""CPU seconds after which the process is killed."""


class BrokenOffError(Exception):
    """A search took more than its share."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Break off with `BrokenOffError` what takes more CPU seconds."""

    def break_off(_signal: int, _frame: FrameType | None) -> None:
        raise BrokenOffError

    before = signal.signal(signal.SIGVTALRM, break_off)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


HOSTILE = (
    " ",
    "\n",
    " \n",
    "1",
    "(",
    "[",
    "]",
    '"',
    "“",
    "'",
    "a",
    "A",
    "a ",
    "Aa ",
    ", ",
    "1,",
    "1.",
    "a, ",
    "- ",
    ": ",
    "é",
    "\u202e",
)
"""Texts of one piece repeated, hostile to any pattern."""


def share(length: int) -> float:
    """CPU seconds that a search of so many code points is given."""
    text = "a1 " * (max(AT_LEAST, length) // 3)
    begun = time.process_time()
    for _ in re.finditer(r"\w|\s", text):
        pass
    return PEERS * max(1.0, length / FEW) * (time.process_time() - begun)


def use(pattern: re.Pattern[str], method: str, text: str) -> None:
    """Use a pattern as it is used; what it finds does not matter."""
    if method in BY_SCAN:
        for _ in pattern.finditer(text):
            pass
    else:
        getattr(pattern, method)(text)


def methods(watched: Watched) -> dict[str, int]:
    """By which methods a pattern is used, all that try every place being one, and on how much at most."""
    longest: dict[str, int] = {}
    for name, given in (watched.longest or {"match": 0}).items():
        method = "finditer" if name in BY_SCAN else name
        longest[method] = max(longest.get(method, 0), given)
    return longest


def tried(watched: Watched, length: int, *, hostile: Sequence[str] = ()) -> Iterator[str]:
    """What is wrong with a pattern: a line for each method and the first text on which it blows up."""
    for method, given in methods(watched).items():
        size = length if given >= LONG else SHORT
        allowed = share(size)
        texts = chain(near_misses(watched.pattern, size), (piece * (size // len(piece)) for piece in hostile))
        blown = (
            text for text in texts if not ends(watched.pattern, method, text, allowed) and not _ends_again(watched, method, text)
        )
        for text in islice(blown, 1):
            yield f"{watched.module}: {method} of {watched.pattern.pattern!r} on {len(text)} x {text[:40]!r}"


def _ends_again(watched: Watched, method: str, text: str) -> bool:
    """Whether the machine was slow: in one of some further trials, each with a share of its own, it comes to an end."""
    return any(ends(watched.pattern, method, text, share(len(text))) for _ in range(TRIALS))


def ends(pattern: re.Pattern[str], method: str, text: str, seconds: float) -> bool:
    """Whether a pattern comes to an end on a text in so many CPU seconds."""
    with suppress(BrokenOffError), limited(seconds):
        use(pattern, method, text)
        return True
    return False


def main(length: int, hostile: Sequence[str]) -> None:
    """Watch, try, and print."""
    resource.setrlimit(resource.RLIMIT_CPU, (HARD, HARD))
    with watching() as found:
        import_rooms()
        from tests.patterns.long_documents import read_and_mine  # noqa: PLC0415 - only now are the patterns watched

        read_and_mine()
    for watched in found:
        for line in tried(watched, length, hostile=hostile):
            print(line)
    print(len(found))


if __name__ == "__main__":
    main(int(sys.argv[1]), HOSTILE if "--hostile" in sys.argv else ())
