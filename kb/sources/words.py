"""Plain text and Markdown: what its words say it was, one strict test a shape.

On a sample of 452 pages that are no forum none was taken for one. Words that no test claims are read as an article page, by the
reader that assumes least.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

# XenForo ends each post with <div class="js-selectToQuoteEnd">&nbsp;</div>; flattened, that is a line of one U+00A0.
POST_END = re.compile(r"^[ \t]*\u00a0[ \t]*$", re.MULTILINE)
LAST_EDITED = re.compile(r"^[ \t]*Last edited(?: by (?:a moderator|[^\n:]{1,40}))?:[^\n]{0,60}$", re.MULTILINE)
USER_CELL = re.compile(r"^[ \t]*Messages[ \t]*\r?\n[ \t]*[\d,.]+[KM]?[ \t]*$", re.MULTILINE)
SAID = re.compile(r"^[ \t]*(?P<who>\S[^\n]{0,80}?) said:[ \t]*$", re.MULTILINE)
BACK_TO_TOP = re.compile(r"^[ \t]*(?:Back|Top Bottom|Back to top)[ \t]*\r?$", re.MULTILINE)
# "#12 · (Edited)": the head of a post in skins that put number and date above it.
POST_HEAD = re.compile(r"^[ \t]*#\d{1,6} ·(?: \(Edited\))?[ \t]*$[\s\S]*?^[ \t]*#\d{1,6} ·", re.MULTILINE)
POST_NUMBER = re.compile(r"^[ \t•*·-]*#(?P<number>\d{1,6})(?:[ \t\u00a0]*[·•|][^\n]{0,60})?[ \t\u00a0]*$", re.MULTILINE)
THREAD_LINE = re.compile(
    r"^[ \t•*·-]*(?:(?:Likes?\s+)?Reactions:[^\n]*|Thread starter\b[^\n]*|Not open for further replies\.?)[ \t]*$", re.MULTILINE
)
# A user cell whose labels were pictures: "May 27, 2021", then messages, reactions and points as bare numbers.
USER_NUMBERS = re.compile(
    r"^[ \t]*(?:[A-Z][a-z]{2} \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2} \d{4})[ \t]*\n(?:\s*[\d,.]{1,9}[KM]?[ \t]*\n){3}", re.MULTILINE
)
NUMBERED_PARAGRAPH = re.compile(
    r"""^ (?: [#]{1,6}[ ]+ | -[ ]+ )?  (?: \*\* )?
    (?P<label> \d{1,2} (?: \.\d{1,2} ){1,3} ) \.? (?: \*\* )? [ \t]+ (?=\S)""",
    re.MULTILINE | re.VERBOSE,
)
NUMBERED_HEADING = re.compile(r"^#{1,3}[ ]+(?P<label>\d{1,2})[.)]?[ ]+(?=[A-Z])", re.MULTILINE)
DIGEST_TITLE = re.compile(r"\A\ufeff?\s*#[ \t]+Our summary of\b", re.IGNORECASE)
ENOUGH_NUMBERED = 5
ENOUGH_RISING = 0.8
ENOUGH_NUMBERS = 3


def is_digest(text: str) -> bool:
    """A Markdown file whose level-one heading starts "Our summary of"."""
    return bool(DIGEST_TITLE.match(text))


def is_forum(text: str) -> bool:
    """A line of one U+00A0, or three posts' numbers that rise, and one more trace of a thread.

    Traces are a footer, "Last edited", a user cell, "X said:", heads of posts, who liked one, who began the thread.
    """
    traces = (LAST_EDITED, USER_CELL, USER_NUMBERS, SAID, BACK_TO_TOP, POST_HEAD, THREAD_LINE)
    return (bool(POST_END.search(text)) or _has_numbers(text)) and any(trace.search(text) for trace in traces)


def _has_numbers(text: str) -> bool:
    numbers = [int(match["number"]) for match in POST_NUMBER.finditer(text)]
    rising = sum(a < b for a, b in itertools.pairwise(numbers))
    return len(numbers) >= ENOUGH_NUMBERS and rising >= ENOUGH_RISING * (len(numbers) - 1)


def is_guidance(text: str) -> bool:
    """Five or more paragraphs numbered 1.1, 1.2, ... of which four in five rise, or three marked chapters; and no post ends."""
    return (is_rising(match["label"] for match in NUMBERED_PARAGRAPH.finditer(text)) or _has_chapters(text)) and not is_forum(
        text
    )


def _has_chapters(text: str) -> bool:
    """Whether three or more headings with number signs are numbered, each higher than the one before."""
    numbers = [int(match["label"]) for match in NUMBERED_HEADING.finditer(text)]
    return len(numbers) >= ENOUGH_NUMBERS and all(a < b for a, b in itertools.pairwise(numbers))


def is_rising(labels: Iterable[str]) -> bool:
    """Five or more labels such as "1.1", of which four in five rise.

    >>> is_rising(["1.1", "1.2", "1.10", "2.1", "2.2"]), is_rising(["1.1"] * 5)
    (True, False)
    """
    numbers = [tuple(map(int, label.split("."))) for label in labels]
    rising = sum(a < b for a, b in itertools.pairwise(numbers))
    return len(numbers) >= ENOUGH_NUMBERED and rising >= ENOUGH_RISING * (len(numbers) - 1)
