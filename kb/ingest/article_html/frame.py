"""What on a page is its frame and not the article: told from how page authors and themes name their areas.

The names are those that WordPress themes and plugins, Drupal, Ghost, Blogger and government templates have in common, found as
words of an element's classes ("td-post-sharing-top") or as its whole id. Ids made of a heading's words ("sharing-information")
and classes that tell a post's topics ("tag-newsletter") are no such names. An area that holds a good part of the article is never
frame: some themes call bodies "comments-area".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import accumulate

from kb.ingest.article_html.tree import Element, Page
from kb.ingest.markup.html_blocks import HEADINGS
from kb.ingest.markup.html_events import BLOCKS

SURE_NAMES = """
    comment comments commentlist comment-area comments-area respond disqus disqus-thread comment-form
    share share-this shares sharing sharedaddy share-buttons share-bar share-links share-box share-icons addtoany a2a addthis
    social social-share social-sharing social-links social-media social-icons social-buttons follow-us
    relatedposts related-posts related-articles related-content related-stories related-links related-items related-topics
    related-navigation related-pages related-reading related yarpp read-next more-posts more-articles more-stories
    recommended-posts recommended-articles recent-posts latest-posts popular-posts trending-posts latest-news
    you-may-like you-may-also-like you-might-like you-might-also-like next-article previous-article
    newsletter subscribe subscription sign-up signup opt-in optin mailchimp mc4wp convertkit mailing-list
    cookie cookies cookie-banner cookie-notice cookie-consent cookie-bar cookie-law consent-banner gdpr
    author-box author-bio author-info author-card author-profile author-description author-section about-author about-the-author
    post-author-bio biographical-info
    breadcrumb breadcrumbs pagination pager post-navigation posts-navigation page-navigation site-navigation main-navigation
    paging-navigation nav-links nav-previous nav-next nav-below nav-above nav-single nav-menu navbar
    tag-links tags-links tag-list tagcloud post-tags post-terms entry-tags tags cat-links post-categories
    toc table-of-contents tableofcontents ez-toc lwptoc simpletoc contents-list toc-container toc-wrapper
    skip-link skip-links skip-to skiplinks skiplink screen-reader-text sr-only visually-hidden visuallyhidden print-only no-js
    advert adverts advertisement advertising ad ads adsense ad-slot ad-container ad-wrapper sponsor sponsored outbrain taboola
    back-to-top scroll-to-top feedback was-this-helpful report-a-problem phase-banner emergency-banner
    editsection modal popup pop-up lightbox off-canvas offcanvas
"""
LIKELY_NAMES = """
    sidebar side-bar widget widgets menu nav navigation banner promo promos promotion cta footer header byline author meta
    metadata entry-meta entry-footer entry-header post-meta post-footer post-header post-info post-date posted-on article-meta
    article-header article-footer article-info page-meta page-header page-footer tag category categories button buttons btn
    rating ratings stars login search searchform ticker carousel slider teaser teasers card cards grid-item toolbar print
    reading-time read-time contents copyright credits
"""
TOPIC = re.compile(
    r"(?:category|tag|topic|type|format|status|has|is|no|not|with|without|wp-theme|theme|js|u|page|post|postid|author)-.*"
)
"""Classes that tell what a post is about or how its page is laid out."""
FURTHER = "area|section|wrapper|wrap|container|box|block|list|form|banner|bar|holder|inner|outer|main|div|content|widget|panel"
"""What themes add to a name."""
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
NOT_SOCIAL = re.compile(r"\bsocial-(?:care|work|security|science|support|model|isolation)")
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
OPENING = re.compile(r"accordion|collaps|expand|toggle|tab|details|faq|disclosure|answer|panel", re.IGNORECASE)
"""Areas that a click opens: their words are the article's."""
SURE_ROLES = frozenset({"navigation", "search", "banner", "contentinfo", "menu", "menubar", "dialog", "alertdialog"})
MOST = 0.3
"""An area with more than this part of the article's words is no frame."""


class Frames:
    """Which areas of a page are called frame; what is frame indeed depends on where the article is."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._sure = [_is_sure(element) for element in page.elements]
        self._likely = [_is_likely(element) for element in page.elements]

    def sure(self, part: int, weights: Mapping[int, int]) -> set[int]:
        """The runs inside a part that are never the author's, even where trafilatura takes them.

        `weights` are the article's words in each run.
        """
        return self._runs(self._sure, part, weights)

    def likely(self, part: int, weights: Mapping[int, int]) -> set[int]:
        """The runs inside a part that are frame unless trafilatura takes them."""
        return self._runs(self._likely, part, weights)

    def inline(self) -> list[Element]:
        """Elements inside a block that are no words of it: hidden labels, links to edit a section, share buttons."""
        pairs = zip(self._page.elements, self._sure, strict=True)
        return [element for element, is_sure in pairs if is_sure and element.tag not in BLOCKS and len(element.runs) <= 1]

    def _runs(self, is_named: list[bool], part: int, weights: Mapping[int, int]) -> set[int]:
        """Runs in such an area, or whose words are all in one inside them."""
        elements, runs = self._page.elements, self._page.elements[part].runs
        sums = list(accumulate((weights.get(number, 0) for number in runs), initial=0))
        frame: dict[int, Element] = {}
        for index in range(part, self._page.element_from(elements[part].end)):
            element = elements[index]
            weight = sums[element.runs.stop - runs.start] - sums[element.runs.start - runs.start]
            if element.parent in frame or (is_named[index] and weight <= MOST * sums[-1]):
                frame[index] = element
        inside = {number for element in frame.values() for number in element.runs[:1] if self._holds(element, number)}
        return inside | {number for number in runs if self._page.runs[number].element in frame}

    def _holds(self, element: Element, number: int) -> bool:
        """Whether an inline element holds all words of a run, as a span around a share link does."""
        run = self._page.runs[number]
        return element.begin <= run.begin and run.end <= element.end + 1


def _is_sure(element: Element) -> bool:
    if element.tag in {"nav", "footer", "button"} or element.attrs.get("role", "").lower() in SURE_ROLES:
        return True
    return _is_called(element, _pattern(SURE_NAMES))


def _is_likely(element: Element) -> bool:
    attrs = element.attrs
    if element.tag in {"header", "form", "aside"} or attrs.get("role", "").lower() == "complementary":
        return True
    is_hidden = "hidden" in attrs or attrs.get("aria-hidden") == "true" or bool(HIDING.search(attrs.get("style", "")))
    return (is_hidden and not OPENING.search(element.label)) or _is_called(element, _pattern(LIKELY_NAMES))


def _is_called(element: Element, pattern: re.Pattern[str]) -> bool:
    """Whether a class holds one of the names, or the id is one."""
    if element.tag in {"html", "body", "main"} or element.tag in HEADINGS:
        return element.tag in HEADINGS and any(pattern.fullmatch(name) for name in _names(element.attrs.get("class", "")))
    if any(pattern.search(name) for name in _names(element.attrs.get("class", "")) if not TOPIC.fullmatch(name)):
        return True
    return any(pattern.fullmatch(name) for name in _names(f"{element.attrs.get('id', '')} {element.attrs.get('class', '')}"))


def _names(value: str) -> list[str]:
    """Names in one spelling: small letters, words parted by hyphens."""
    names = (CAMEL.sub("-", name).lower().replace("_", "-").strip("-") for name in value.split())
    return [name for name in names if not NOT_SOCIAL.search(name)]


@cache
def _pattern(names: str) -> re.Pattern[str]:
    """One of the names as words of a longer one; a whole match allows what themes add to a name."""
    any_name = "|".join(sorted(names.split(), key=lambda name: (-len(name), name)))
    return re.compile(rf"(?:(?<![a-z0-9]))(?:{any_name})(?:-(?:{FURTHER}|\d+))*(?![a-z0-9])")
