"""The tags of a page without its words: what marks of forums, addresses and publishers are looked for in.

One pass whatever the page holds, and each tag cut at a length: patterns that begin with a tag then cost little on any page.
"""

from __future__ import annotations

import re

UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<raw>script|style|textarea|template)\b.*?(?:</(?P=raw)\b|\Z)", re.DOTALL | re.IGNORECASE
)
TAG = re.compile(r"<[A-Za-z][^<>]*")
LONGEST = 4_000
"""Code points of a tag that are looked at; pictures held in attributes are longer."""
LOOKED_AT = 8_000_000
"""Code points of a page in which its marks must stand; pages that hold their pictures are longer."""
CLASSES = re.compile(r"""\sclass\s*=\s*["']?([^"'=>]*)""", re.IGNORECASE)


def seen(html: str) -> str:
    """The beginning of a page without scripts, styles and comments: scripts hold pieces of pages in their strings."""
    return UNSEEN.sub(" ", html[:LOOKED_AT])


def tags_of(html: str) -> str:
    """The opening tags of a page in their order, one a line, each with its end.

    >>> tags_of('<p class="a">words <!-- <b> --><i>more</i></p>')
    '<p class="a">\\n<i>'
    """
    return "\n".join(match[0][:LONGEST] + ">" for match in TAG.finditer(seen(html)))


def classes_of(tags: str) -> frozenset[str]:
    """Every class that a page uses."""
    return frozenset(name for names in CLASSES.findall(tags) for name in names.split())
