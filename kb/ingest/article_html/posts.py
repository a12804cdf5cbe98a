"""Whether a page shows several posts, as the home page or an archive of a blog does, and where each of them stands."""

from __future__ import annotations

import re

from kb.ingest.article_html.frame import Frames
from kb.ingest.article_html.statements import Statements, types
from kb.ingest.article_html.tree import Element, Page
from kb.ingest.markup.html_blocks import HEADINGS

POST = re.compile(
    r"(?<![\w-])(?:h-?entry|type-post|blog-?post|post|entry|article|post-?item|post-outer|news-item|blog-entry)(?![\w-])",
    re.IGNORECASE,
)
POST_TAGS = frozenset({"article", "div", "section", "li"})
COMMENT = re.compile(r"(?<![\w-])comment(?:-body|-\d+)?(?![\w-])", re.IGNORECASE)
LISTING = re.compile(
    r"(?<![\w-])(?:blog|home|archive|category|tag|author|date|search-results|h-feed|hfeed|listing)(?![\w-])", re.IGNORECASE
)
SINGLE = re.compile(
    r"(?<![\w-])(?:single|single-post|page-template\S*|singular|postid-\d+|page-id-\d+|post-template-default)(?![\w-])",
    re.IGNORECASE,
)
HOST_ID = re.compile(r"(?<![\w-])post(?:id)?-(?P<id>\d+)(?![\w-])")
SHORTEST = 15
"""Words of a post below its title: an excerpt has more, a card with a picture fewer."""
LONGER = 4
"""A post so many times longer than all others together is the page's own, and they are cards."""


def posts_of(page: Page, frames: Frames, stated: Statements) -> list[int]:
    """The elements of the posts, in order, where a page holds several of one kind; none where it is one article."""
    if _is_single(page, stated):
        return []
    frame = frames.sure(0, {number: len(run.tokens) for number, run in enumerate(page.runs)})
    shelves: dict[tuple[int, str], list[int]] = {}
    kinds: dict[tuple[int, str], list[int]] = {}
    last = range(0)
    for index, element in enumerate(page.elements):
        if element.tag not in POST_TAGS or not _is_post(element) or not _is_written(page, element, frame):
            continue
        if element.runs != last:
            shelves.setdefault((_shelf(page, index), element.tag), []).append(index)
            kinds.setdefault((sum(1 for _ in page.around(index)), element.tag), []).append(index)
        last = element.runs
    several = [group for group in shelves.values() if len(group) > 1] or [group for group in kinds.values() if len(group) > 1]
    best = max(several, key=lambda group: sum(_words(page, index) for index in group), default=[])
    if not best:
        return []
    longest = max(_words(page, index) for index in best)
    others = sum(_words(page, index) for index in best) - longest
    rivals = (index for group in shelves.values() for index in group if group is not best and not _holds(page, index, best))
    if any(_words(page, rival) > longest + others for rival in rivals):
        return []
    return best if longest <= LONGER * others or _is_listing(page, stated) else []


def _holds(page: Page, index: int, best: list[int]) -> bool:
    """Whether an element holds the posts, or stands in one."""
    one, element = page.elements[best[0]], page.elements[index]
    return element.begin <= one.begin < element.end or any(post in best for post in page.around(index))


def host_id(page: Page, post: int) -> str | None:
    """What the blog calls a post: the number that WordPress gives its element."""
    around = (HOST_ID.search(page.elements[index].label) for index in page.around(post))
    return next((match["id"] for match in around if match), None)


def titled(page: Page, post: int) -> int | None:
    """The run that is a post's title: its first heading."""
    return next((number for number in page.elements[post].runs if level_of(page, number)), None)


def level_of(page: Page, number: int) -> int | None:
    """The level of the heading that a run is, if it is one."""
    tags = (page.elements[index].tag for index in page.around(page.runs[number].element))
    return next((HEADINGS[tag] for tag in tags if tag in HEADINGS), None)


def _shelf(page: Page, index: int) -> int:
    """The element that holds the posts: the parent, over wrappers that hold nothing else."""
    words = page.elements[index].runs
    for around in page.around(page.elements[index].parent):
        if page.elements[around].runs != words:
            return around
    return -1


def _is_post(element: Element) -> bool:
    if COMMENT.search(element.label):
        return False
    return (
        element.tag == "article"
        or bool(POST.search(element.attrs.get("class", "")))
        or "BlogPosting" in element.attrs.get("itemtype", "")
    )


def _is_written(page: Page, element: Element, frame: set[int]) -> bool:
    """Whether it has a heading at its head, and words below."""
    runs = element.runs
    if not runs or runs[0] in frame:
        return False
    has_title = any(level_of(page, number) for number in list(runs)[:6])
    return has_title and sum(len(page.runs[number].tokens) for number in runs if page.runs[number].link_share < 0.5) >= SHORTEST


def _words(page: Page, index: int) -> int:
    return sum(len(page.runs[number].tokens) for number in page.elements[index].runs)


def _is_single(page: Page, stated: Statements) -> bool:
    body = next((element.label for element in page.elements if element.tag == "body"), "")
    kinds = [kind for thing in stated.things for kind in types(thing)]
    articles = sum(kind in {"Article", "BlogPosting", "NewsArticle"} for kind in kinds)
    return stated.first("og:type") == "article" or bool(SINGLE.search(body)) or articles == 1


def _is_listing(page: Page, stated: Statements) -> bool:
    body = next((element.label for element in page.elements if element.tag == "body"), "")
    kinds = {kind for thing in stated.things for kind in types(thing)}
    return bool(LISTING.search(body)) or bool(kinds & {"CollectionPage", "Blog", "SearchResultsPage", "ProfilePage"})
