"""A reference string in tokens: words between white space, with the numeric tail in its parts.

"2012;72:242-47." is a year, a volume and pages; a tagger that sees it as one word calls it all a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.model import Span

_WORD = re.compile(r"\S+")
_TAIL_BREAK = re.compile(
    r"""(?<=\d[;:,.])(?=[\dA-Za-z(])  # 2012;|72:|242
      | (?<=[\w;:,.])(?=\(\d)         # 72|(3)
      | (?<=\d\))(?=\d)               # (3)|242
      | (?<=\)[;:,.])(?=\w)           # (3):|242
      | (?<=\d[a-z][;:,])(?=\d)       # 2012a;|72
    """,
    re.VERBOSE,
)
ADDRESS = re.compile(r"https?:|www\.|doi\.org|^10\.\d{4}|^doi:", re.IGNORECASE)
"""What makes a word an address or a DOI, which are never split."""

_DIGIT = re.compile(r"\d")


def tokens(raw: str) -> list[Span]:
    """The places of the tokens of a string, in order: everything but white space is in one of them.

    >>> [span.of("BMJ 2012;72(3):242-47.") for span in tokens("BMJ 2012;72(3):242-47.")]
    ['BMJ', '2012;', '72', '(3):', '242-47.']
    """
    return [span for match in _WORD.finditer(raw) for span in _split(match)]


def _split(match: re.Match[str]) -> Iterator[Span]:
    word, start = match.group(), match.start()
    if _DIGIT.search(word) and not ADDRESS.search(word):
        for cut in _TAIL_BREAK.finditer(word):
            if cut.start() > 0:
                yield Span(start, match.start() + cut.start())
                start = match.start() + cut.start()
    yield Span(start, match.end())
