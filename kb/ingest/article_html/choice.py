"""Which words of a page are the article: trafilatura chooses, and its choice is found again in the tree and made whole.

trafilatura gives plain words. They are looked up in the runs of the page by stretches of five words; the smallest element that
holds nearly all of them is the article. Inside it what trafilatura passes over (tables, lists of links, quotations, definitions,
captions with a label) comes in where it stands, and what the page itself calls frame goes out.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate, takewhile

from kb.ingest.article_html.byline import is_byline, is_dateline
from kb.ingest.article_html.frame import Frames
from kb.ingest.article_html.tree import Page, Run, tokens_of
from kb.ingest.markup.html_blocks import HEADINGS

STRETCH = 5
"""Words that stand together in the choice as on the page."""
NEARLY_ALL = 0.9
FEWEST = 8
"""Words of a run outside the article's element that is taken all the same, where it is found nowhere inside."""
WHOLE = frozenset({"table", "dl", "blockquote", "pre", "details", "summary"})
"""Elements whose words are the author's wherever they stand inside an article."""
POINTER = re.compile(
    r"(?:related(?: (?:posts?|articles?|reading))?|read more|read also|also read|read next|recommended(?: reading)?"
    r"|you (?:may|might) also (?:like|enjoy)|don[’']t miss|continue reading)\b ?[:|–-]?",
    re.IGNORECASE,
)
MORE = re.compile(
    r"[\[(]?(?:continue reading|read (?:more|on|the (?:full|rest).*)|more|view (?:post|article)|full (?:post|article|story))\b"
    r".{0,200}",
    re.IGNORECASE,
)
CONTENTS = re.compile(
    r"(?:table of )?contents:?|on this page:?|in this (?:article|post|guide|guidance|section|page|chapter):?|jump to:?"
    r"|page contents:?|quick links:?|skip to(?: section)?:?|what[’']s (?:inside|in this (?:article|post|guide)):?",
    re.IGNORECASE,
)
CAPTION = re.compile(r"(?:fig(?:ure|\.)?|table|chart|graph|diagram|map|box|exhibit|source)s?\b", re.IGNORECASE)
CAPTION_CLASS = re.compile(r"(?<![a-z])caption(?:-text)?(?![a-z])", re.IGNORECASE)


@dataclass(frozen=True)
class Choice:
    """Which runs of the page are the article's, the element that holds most of them, and how many captions were left out."""

    kept: frozenset[int]
    article: int
    captions: int = 0

    @property
    def first(self) -> int:
        """The first run of the article."""
        return min(self.kept, default=0)


def choose(page: Page, frames: Frames, chosen: str) -> Choice:
    """Find `chosen` on the page and make it whole; where it is nothing, everything that is no frame is taken."""
    found = _weights(page, chosen)
    if not found:
        return choose_in(page, frames, _main(page))
    article = _holder(page, found)
    inside = page.elements[article].runs
    weights = _without_repeats(page, found, inside)
    sure, likely = frames.sure(0, weights), frames.likely(0, weights)
    taken = weights.keys() - sure
    within = [number for number in inside if number in taken]
    kept: set[int] = set()
    for number, run in enumerate(page.runs):
        is_open = bool(within) and within[0] < number < within[-1] and number not in sure and number not in likely
        if number in taken or (is_open and (_belongs(page, run) or _is_announced(page, run, kept))):
            kept.add(number)
    return _pruned(page, kept, article)


def choose_in(page: Page, frames: Frames, part: int) -> Choice:
    """Everything inside an element that is no frame."""
    inside = page.elements[part].runs
    weights = {number: len(page.runs[number].tokens) for number in inside}
    frame = frames.sure(part, weights) | frames.likely(part, weights)
    kept = {
        number
        for number in inside
        if number not in frame and _belongs(page, page.runs[number]) and not _is_more(page.runs[number])
    }
    return _pruned(page, kept, part)


def _pruned(page: Page, kept: set[int], article: int) -> Choice:
    """The choice without pointers to other articles, lists of contents, lines that only date it, and captions of pictures."""
    first = min(kept, default=0)
    lines = {number for number in range(first, first + 4) if number in kept and _is_credit(page.runs[number])}
    pointers = {number for number in kept if _is_pointer(page.runs[number])}
    kept = kept - lines - pointers
    kept -= _contents(page, kept)
    captions = {number for number in {*kept, *page.elements[article].runs} if _is_picture_caption(page, page.runs[number])}
    return Choice(frozenset(kept - captions), article, len(captions))


def _weights(page: Page, chosen: str) -> dict[int, int]:
    """The words of each run that trafilatura chose."""
    lines = Counter(tokens_of(line) for line in chosen.splitlines())
    stream = tokens_of(chosen)
    stretches = set(zip(*(stream[at:] for at in range(STRETCH)), strict=False))
    return {number: len(run.tokens) for number, run in enumerate(page.runs) if _is_chosen(run, lines, stretches)}


def _is_chosen(run: Run, lines: Counter[tuple[str, ...]], stretches: set[tuple[str, ...]]) -> bool:
    tokens = run.tokens
    if tokens in lines:
        return bool(tokens)
    own = list(zip(*(tokens[at:] for at in range(STRETCH)), strict=False))
    return bool(own) and sum(stretch in stretches for stretch in own) >= len(own) / 2


def _without_repeats(page: Page, weights: dict[int, int], inside: range) -> dict[int, int]:
    """The weights without runs outside the article that repeat some of it, or are too short to be known by their words."""
    held = {page.runs[number].tokens for number in weights if number in inside}
    return {
        number: weight
        for number, weight in weights.items()
        if number in inside or (weight >= FEWEST and page.runs[number].tokens not in held)
    }


def _holder(page: Page, weights: dict[int, int]) -> int:
    """The smallest element that holds nearly all the weight."""
    sums = list(accumulate((weights.get(number, 0) for number in range(len(page.runs))), initial=0))
    holders = (
        index
        for index, element in enumerate(page.elements)
        if sums[element.runs.stop] - sums[element.runs.start] >= NEARLY_ALL * sums[-1]
    )
    return max(holders, default=0)


def _main(page: Page) -> int:
    """The element that should hold the article of a page trafilatura makes nothing of."""
    wanted = ("main", "article", "body")
    return next(
        (index for tag in wanted for index, element in enumerate(page.elements) if element.tag == tag and element.runs),
        0,
    )


def _belongs(page: Page, run: Run) -> bool:
    """Whether words that trafilatura passed over are the author's by the kind of block they are."""
    around = {page.elements[index].tag for index in page.around(run.element)}
    if around & WHOLE or "figcaption" in around:
        return True
    if around & set(HEADINGS):
        return run.link_share < 0.9
    return (len(run.tokens) >= 3 or bool(around & {"li", "p"})) and run.link_share < 0.5


def _is_announced(page: Page, run: Run, kept: set[int]) -> bool:
    """Whether a run stands in a list that words kept before it announce."""
    lists = [page.elements[index] for index in page.around(run.element) if page.elements[index].tag in {"ul", "ol"}]
    before = lists[-1].runs.start - 1 if lists else -1
    return before in kept and page.runs[before].words.endswith(":")


def _is_more(run: Run) -> bool:
    return bool(MORE.fullmatch(run.words)) and len(run.tokens) <= 20


def _is_pointer(run: Run) -> bool:
    """Whether a run only leads to other articles of the site."""
    return bool(POINTER.match(run.words)) and run.link_share > 0.4


def _is_credit(run: Run) -> bool:
    return is_dateline(run.words) or is_byline(run.words)


def _contents(page: Page, kept: set[int]) -> set[int]:
    """The runs of lists that lead to the page's own sections, with their heading."""
    found: set[int] = set()
    for number in range(min(kept, default=0), max(kept, default=0)):
        if CONTENTS.fullmatch(page.runs[number].words):
            entries = list(takewhile(lambda following: _leads_inside(page.runs[following]), range(number + 1, len(page.runs))))
            found.update(entries)
            if entries or number + 1 not in kept:
                found.add(number)
    return found


def _leads_inside(run: Run) -> bool:
    return bool(run.tokens) and run.inward >= 0.8 * len(run.tokens)


def _is_picture_caption(page: Page, run: Run) -> bool:
    """Whether a run is the caption of a picture, which is not kept; one with a label ("Figure 2") tells something by itself."""
    around = [page.elements[index] for index in page.around(run.element)]
    tags = {element.tag for element in around}
    is_caption = "figcaption" in tags or any(CAPTION_CLASS.search(element.attrs.get("class", "")) for element in around[:3])
    if not is_caption or tags & WHOLE or CAPTION.match(run.words):
        return False
    figure = next((element for element in around if element.tag == "figure"), around[0])
    return not any(page.elements[index].tag in WHOLE for index in range(*page.elements_between(figure.begin, figure.end)))
