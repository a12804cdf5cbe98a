"""Flattened threads against their truth: posts' places, authors where kept, quotes found again with their source post.

Two kinds of thread: the real pages, read from outside the repository, and made ones, flattened alike or copied from a browser.
What is pinned is what is still wrong; it may only fall.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from functools import reduce
from operator import add
from pathlib import Path

import pytest

from tests.eval.flattening import Flattened, flatten
from tests.eval.made_threads import MadeThread, as_copied, as_html, make_thread
from tests.eval.threads import Counts, count

SEEDS = range(10)


def from_html(thread: MadeThread) -> Flattened:
    """A made thread as Resiliparse flattens its page."""
    return flatten(as_html(thread))


def wrong(counts: Counts) -> tuple[int, ...]:
    """Entries missed and false, names missed and wrong, quotes missed, finds false."""
    return (
        counts.posts - counts.right_entries,
        counts.entries - counts.right_entries,
        counts.names - counts.right_names,
        counts.wrong_names,
        counts.quotes - counts.found_quotes,
        counts.finds - counts.right_finds,
    )


def test_real_pages(real: Path) -> None:
    pages = sorted((real / "inputs" / "xenforo").glob("*.html.gz"))
    total = reduce(add, (count(flatten(gzip.decompress(page.read_bytes()).decode())) for page in pages), Counts())
    print(total)
    assert total.posts >= 131
    assert total.quotes >= 45
    assert total.entry_f1 >= 0.95
    assert total.precision >= 0.95
    assert total.recall >= 0.80
    assert all(now <= pinned for now, pinned in zip(wrong(total), (1, 1, 0, 0, 2, 0), strict=True)), wrong(total)


@pytest.mark.parametrize(
    ("page_of", "pins"),
    [(from_html, (0, 0, 0, 0, 5, 0)), (as_copied, (0, 0, 0, 0, 3, 0))],
    ids=["flattened", "copied"],
)
def test_made_pages(page_of: Callable[[MadeThread], Flattened], pins: tuple[int, ...]) -> None:
    total = reduce(add, (count(page_of(make_thread(seed))) for seed in SEEDS), Counts())
    print(total)
    assert total.posts >= 152
    assert total.quotes >= 81
    assert all(now <= pinned for now, pinned in zip(wrong(total), pins, strict=True)), wrong(total)
