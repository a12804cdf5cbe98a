"""Which words of a page are the article: trafilatura chooses, and its choice is found again in the tree and made whole.

trafilatura gives plain words. They are looked up in the runs of the page by stretches of five words; the smallest element that
holds nearly all of them is the article. Inside it what trafilatura passes over (captions, tables, lists of links, quotations,
definitions) comes in where it stands, and what the page itself calls frame goes out.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from kb.ingest.article_frame import FRAME_TAGS, LIKELY, LIKELY_TAGS, SURE, frames
from kb.ingest.article_tree import Page, Run, tokens_of
from kb.ingest.html_blocks import HEADINGS

STRETCH = 5
"""Words that stand together in the choice as on the page."""
NEARLY_ALL = 0.9
WHOLE_TAGS = frozenset({"table", "figure", "dl", "ul", "ol", "blockquote", "details", "pre"})
"""Elements that come in whole where one of their runs, or their neighbours on both sides, are chosen."""
POINTER = re.compile(
    r"(?:related|read more|read also|also read|read next|recommended|you (?:may|might) also (?:like|enjoy)|don[’']t miss)(?: \w+)? ?[:|–-]",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Choice:
    """Which runs of the page are the article's, and the smallest element that holds nearly all of them."""

    kept: list[bool]
    article: int


def choose(page: Page, chosen: str) -> Choice:
    """Find `chosen` on the page and make it whole."""
    weights = _weights(page, chosen)
    article = _holder(page, weights)
    sure = frames(page, weights, SURE, FRAME_TAGS)
    likely = frames(page, weights, LIKELY, LIKELY_TAGS)
    inside = page.runs_in(page.elements[article])
    taken = [weight > 0 and not sure[number] for number, weight in enumerate(weights)]
    first = next((number for number in inside if taken[number]), inside.start)
    last = next((number for number in reversed(inside) if taken[number]), inside.start)
    kept = []
    for number, run in enumerate(page.runs):
        is_open = not sure[number] and not likely[number] and first < number < last
        kept.append((taken[number] or (is_open and _belongs(page, run))) and not _is_pointer(run))
    return Choice(kept, article)


def _weights(page: Page, chosen: str) -> list[int]:
    """For each run how many of its words trafilatura chose: all or none."""
    lines = Counter(tokens_of(line) for line in chosen.splitlines())
    stream = tokens_of(chosen)
    stretches = set(zip(*(stream[at:] for at in range(STRETCH)), strict=False))
    return [len(run.tokens) if _is_chosen(run, lines, stretches) else 0 for run in page.runs]


def _is_chosen(run: Run, lines: Counter[tuple[str, ...]], stretches: set[tuple[str, ...]]) -> bool:
    tokens = run.tokens
    if tokens in lines:
        return bool(tokens)
    own = list(zip(*(tokens[at:] for at in range(STRETCH)), strict=False))
    return bool(own) and sum(stretch in stretches for stretch in own) >= len(own) / 2


def _holder(page: Page, weights: list[int]) -> int:
    sums = page.sums(weights)
    found = 0
    for index, element in enumerate(page.elements):
        inside = page.runs_in(element)
        if sums[inside.stop] - sums[inside.start] >= NEARLY_ALL * sums[-1] > 0:
            found = index
    return found


def _belongs(page: Page, run: Run) -> bool:
    """Whether words that trafilatura passed over are the author's by the kind of block they are."""
    around = {page.elements[index].tag for index in page.around(run.element)}
    if around & {"table", "figcaption", "dl", "blockquote", "pre", "details", "summary"}:
        return True
    if around & set(HEADINGS):
        return run.link_share < 0.9
    return len(run.tokens) >= 3 and run.link_share < 0.5


def _is_pointer(run: Run) -> bool:
    """Whether a run only leads to other articles of the site."""
    return bool(POINTER.match(run.words)) and run.link_share > 0.4
