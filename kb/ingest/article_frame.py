"""What on a page is its frame and not the article: told from how page authors and themes name their areas.

The names are those that WordPress themes and plugins, Drupal, Ghost, Blogger and government templates have in common, matched as
words of an element's id, classes and role. An area that holds a good part of the article is never frame, whatever its name: bodies
are called "has-sidebar" and "comments-open".
"""

from __future__ import annotations

import re

from kb.ingest.article_tree import Element, Page, Run

# Areas that are never the author's words, even where trafilatura takes them.
SURE = re.compile(
    r"""(?<![a-z])(?:
      comments?(?:[-_ ]?(?:area|list|wrap(?:per)?|section|form|respond|box|body|content|text|template|thread))?(?![a-z-]) | commentlist | respond(?![a-z]) | disqus
    | share-?(?:daddy|buttons?|bar|links?|this|box|icons?|tools?|post)? (?![a-z]) | sharing(?![a-z]) | sharedaddy | addtoany | a2a_kit | addthis
    | social-?(?:share|sharing|links?|media|icons?|buttons?|bar)?(?![a-z]) | jp-relatedposts
    | related-?(?:posts?|articles?|content|stories|reading|links?|items?|topics?|nav|pages?)?(?![a-z]) | yarpp | read-?next | (?:more|recommended|recent|latest|popular|trending)-(?:posts?|articles?|stories|news)
    | you-(?:may|might)-(?:also-)?like
    | newsletter | subscri(?:be|ption) | sign-?up(?![a-z]) | opt-?in(?![a-z]) | mailchimp | mc4wp | convertkit
    | cookies?-?(?:banner|notice|consent|bar|law|popup|message)? (?![a-z]) | consent | gdpr
    | author-?(?:box|bio|info|card|profile|description|about|section) | (?:about|post|entry)-(?:the-)?author(?![a-z]) | biograph(?:y|ical-info)
    | bread-?crumbs? | pagination | pager(?![a-z]) | (?:post|page|posts|site|main|entry|paging)-?navigation | nav-?(?:links?|previous|next|below|above|single|menu|bar)(?![a-z])
    | tag-?(?:s|links?|list|cloud)(?![a-z]) | tagcloud | cat-links | post-?categor(?:y|ies)
    | (?:ez|lwptoc|kb|rank-math|wp-block-rank-math|simpletoc|uagb?|wp-block-uagb)?-?(?:toc|table-of-contents?|tableofcontents)(?:[-_](?:container|wrapper|list|box|block))? (?![a-z])
    | skip-?(?:link|to|nav)s? | screen-reader-text | sr-only | visually-?hidden | (?:print|no-?print|hide)-?only
    | advert(?:isement|ising|s)? | ads?(?:-?(?:slot|box|container|wrapper|unit|banner|block|sense))?(?![a-z]) | sponsor(?:ed)? | outbrain | taboola
    | back-?to-?top | feedback(?:-?form)? | was-this-(?:page-)?helpful | report-a-problem | phase-banner | emergency-banner
    | modal | pop-?up | lightbox | off-?canvas
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# Areas that are frame unless trafilatura took them.
LIKELY = re.compile(
    r"""(?<![a-z])(?:
      side-?bar | widgets? | menu | nav(?:igation|bar)? | banner | promo(?:tion)?s? | cta | call-to-action | footer | byline | author | meta(?:data)?
    | entry-(?:meta|footer|header) | post-(?:meta|footer|header|info|date) | posted-on | (?:article|page)-(?:meta|header|footer|info) | tags? | categor(?:y|ies)
    | buttons? | btn | rating | stars | login | search | form | ticker | carousel | slider | teaser | cards? | grid-item | toolbar | print | (?:reading|read)-time | contents
    )(?![a-z])""",
    re.IGNORECASE | re.VERBOSE,
)
FRAME_TAGS = frozenset({"nav", "footer", "button"})
LIKELY_TAGS = frozenset({"header", "form", "aside"})
FRAME_ROLES = frozenset(
    {"navigation", "search", "banner", "contentinfo", "menu", "menubar", "dialog", "alertdialog", "complementary"}
)
MOST = 0.3
"""An area with more than this part of the article's words is no frame."""


def frames(page: Page, weights: list[int], pattern: re.Pattern[str], tags: frozenset[str]) -> list[bool]:
    """For each run whether it stands in an area whose tag, role or name says frame; `weights` are the article's words in each run."""
    sums = page.sums(weights)
    limit = MOST * max(sums[-1], 1)
    is_frame: list[bool] = []
    for element in page.elements:
        is_within = element.parent >= 0 and is_frame[element.parent]
        is_frame.append(is_within or (_is_named(element, pattern, tags) and _weight(page, element, sums) <= limit))
    return [is_frame[run.element] or _is_inline_frame(page, run, is_frame) for run in page.runs]


def _is_named(element: Element, pattern: re.Pattern[str], tags: frozenset[str]) -> bool:
    if element.tag in {"html", "body", "main"}:
        return False
    if element.tag in tags or element.attrs.get("role", "").lower() in FRAME_ROLES:
        return True
    return bool(pattern.search(element.label))


def _weight(page: Page, element: Element, sums: list[int]) -> int:
    inside = page.runs_in(element)
    return sums[inside.stop] - sums[inside.start]


def _is_inline_frame(page: Page, run: Run, is_frame: list[bool]) -> bool:
    """Whether all of a run's words stand in inline elements that are frame, as share links in spans are."""
    inner = [index for index in range(run.element + 1, len(page.elements))[:1] if page.elements[index].begin < run.end]
    return any(is_frame[index] and page.elements[index].end >= run.end - 1 for index in inner)
