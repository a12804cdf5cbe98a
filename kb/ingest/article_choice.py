"""Which words of a page are the article: trafilatura chooses, and its choice is found again in the tree and made whole.

trafilatura gives plain words. They are looked up in the runs of the page by stretches of five words; the smallest element that
holds nearly all of them is the article. Inside it what trafilatura passes over (tables, lists of links, quotations, definitions,
captions with a label) comes in where it stands, and what the page itself calls frame goes out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kb.ingest.article_byline import is_byline, is_dateline
from kb.ingest.article_frame import likely_frames, sure_frames
from kb.ingest.article_tree import Page, Run, tokens_of
from kb.ingest.html_blocks import HEADINGS

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

    kept: list[bool]
    article: int
    captions: int = 0


def choose(page: Page, chosen: str) -> Choice:
    """Find `chosen` on the page and make it whole; where it is nothing, everything that is no frame is taken."""
    found = _weights(page, chosen)
    if not any(found):
        return choose_in(page, _main(page))
    article = _holder(page, found)
    inside = page.runs_in(page.elements[article])
    weights = _without_repeats(page, found, inside)
    sure = sure_frames(page, weights)
    likely = likely_frames(page, weights)
    taken = [weight > 0 and not sure[number] for number, weight in enumerate(weights)]
    first = next((number for number in inside if taken[number]), inside.start)
    last = next((number for number in reversed(inside) if taken[number]), inside.start)
    kept: list[bool] = []
    for number, run in enumerate(page.runs):
        is_open = first < number < last and not sure[number] and not likely[number]
        kept.append(taken[number] or (is_open and (_belongs(page, run) or _is_announced(page, run, kept))))
    return _pruned(page, Choice(kept, article))


def choose_in(page: Page, part: int) -> Choice:
    """Everything inside an element that is no frame."""
    inside = page.runs_in(page.elements[part])
    weights = [len(run.tokens) if number in inside else 0 for number, run in enumerate(page.runs)]
    sure = sure_frames(page, weights)
    likely = likely_frames(page, weights)
    kept = [
        number in inside and not sure[number] and not likely[number] and _belongs(page, run) and not _is_more(run)
        for number, run in enumerate(page.runs)
    ]
    return _pruned(page, Choice(kept, part))


def _pruned(page: Page, choice: Choice) -> Choice:
    """The choice without pointers to other articles, lists of contents, lines that only date it, and captions of pictures."""
    kept = list(choice.kept)
    first = next((number for number, is_kept in enumerate(kept) if is_kept), 0)
    for number, run in enumerate(page.runs):
        kept[number] = kept[number] and not _is_pointer(run) and not (number < first + 4 and _is_credit(run))
    for number in _contents(page, kept):
        kept[number] = False
    captions = [number for number, run in enumerate(page.runs) if kept[number] and _is_picture_caption(page, run)]
    inside = page.runs_in(page.elements[choice.article])
    left_out = sum(_is_picture_caption(page, page.runs[number]) for number in inside)
    for number in captions:
        kept[number] = False
    return Choice(kept, choice.article, left_out)


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


def _without_repeats(page: Page, weights: list[int], inside: range) -> list[int]:
    """The weights without runs outside the article that repeat some of it, or are too short to be known by their words."""
    held = {page.runs[number].tokens for number in inside if weights[number]}
    return [
        weight if number in inside or (weight >= FEWEST and page.runs[number].tokens not in held) else 0
        for number, weight in enumerate(weights)
    ]


def _holder(page: Page, weights: list[int]) -> int:
    sums = page.sums(weights)
    found = 0
    for index, element in enumerate(page.elements):
        inside = page.runs_in(element)
        if sums[inside.stop] - sums[inside.start] >= NEARLY_ALL * sums[-1] > 0:
            found = index
    return found


def _main(page: Page) -> int:
    """The element that should hold the article of a page trafilatura makes nothing of."""
    wanted = ("main", "article", "body")
    return next(
        (index for tag in wanted for index, element in enumerate(page.elements) if element.tag == tag and page.runs_in(element)),
        0,
    )


def _belongs(page: Page, run: Run) -> bool:
    """Whether words that trafilatura passed over are the author's by the kind of block they are."""
    around = {page.elements[index].tag for index in page.around(run.element)}
    if around & WHOLE or "figcaption" in around:
        return True
    if around & set(HEADINGS):
        return run.link_share < 0.9
    return (len(run.tokens) >= 3 or "li" in around) and run.link_share < 0.5


def _is_announced(page: Page, run: Run, kept: list[bool]) -> bool:
    """Whether a run stands in a list that words kept before it announce."""
    lists = [page.elements[index] for index in page.around(run.element) if page.elements[index].tag in {"ul", "ol"}]
    before = page.runs_in(lists[-1]).start - 1 if lists else -1
    return before >= 0 and kept[before] and page.runs[before].words.endswith(":")


def _is_more(run: Run) -> bool:
    return bool(MORE.fullmatch(run.words)) and len(run.tokens) <= 20


def _is_pointer(run: Run) -> bool:
    """Whether a run only leads to other articles of the site."""
    return bool(POINTER.match(run.words)) and run.link_share > 0.4


def _is_credit(run: Run) -> bool:
    return is_dateline(run.words) or is_byline(run.words)


def _contents(page: Page, kept: list[bool]) -> Iterator[int]:
    """The runs of lists that lead to the page's own sections, with their heading."""
    for number, run in enumerate(page.runs):
        if not CONTENTS.fullmatch(run.words):
            continue
        following = number + 1
        while following < len(page.runs) and _leads_inside(page.runs[following]):
            yield following
            following += 1
        if following > number + 1 or (following < len(kept) and not kept[following]):
            yield number


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
