"""Marks of Markdown that a reader need not see: asterisks around bold words, brackets and address of a link.

For showing alone: canonical text, exact quotes and places keep every mark. Nothing is parsed into markup here; places are found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.model import Span

BOLD = re.compile(
    r"""
    (?<![\w*]) \*\* (?=[^\s*])                  # "5**" is a star of significance, not the beginning of bold words
    (?: [^*] | \*(?!\*) )+?
    (?<=[^\s*]) \*\* (?!\*)
    """,
    re.VERBOSE,
)
LINK = re.compile(
    r"""
    (?<!!) \[ (?P<words> [^\[\]]{1,300} ) \]
    \( (?P<target> \#[^()\s]* | (?:https?://|mailto:)[^()\s]+ ) \)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Marks:
    """Places in some words: what to leave out, and the words of links whose address is lost."""

    hidden: tuple[Span, ...]
    lost: tuple[Span, ...]


def marks(words: str) -> Marks:
    """The marks in `words`; places count from its beginning, in order.

    >>> found = marks("a **full** [path](#)")
    >>> [span.of("a **full** [path](#)") for span in found.hidden], [(span.start, span.end) for span in found.lost]
    (['**', '**', '[', '](#)'], [(12, 16)])
    """
    hidden: list[Span] = []
    lost: list[Span] = []
    for bold in BOLD.finditer(words) if "**" in words else ():
        hidden += [Span(bold.start(), bold.start() + 2), Span(bold.end() - 2, bold.end())]
    for link in LINK.finditer(words) if "](" in words else ():
        hidden += [Span(link.start(), link.start("words")), Span(link.end("words"), link.end())]
        if link["target"].startswith("#"):
            lost.append(Span(*link.span("words")))
    return Marks(tuple(sorted(hidden)), tuple(lost))


def without_marks(words: str) -> str:
    """`words` as a reader should see them.

    >>> without_marks("see the **full** [pathway](#), p. 3 (#), 5** and 6**, [x](javascript:y), 2**3**")
    'see the full pathway, p. 3 (#), 5** and 6**, [x](javascript:y), 2**3**'
    """
    kept: list[str] = []
    position = 0
    for span in marks(words).hidden:
        kept.append(words[position : span.start])
        position = span.end
    return "".join([*kept, words[position:]])
