"""Which reader a file is for, told from its words alone.

Each shape has one test, and the tests are strict: on a sample of 452 pages that are no forum none was taken for one. Plain text
that no test claims is read as an article page (`flattened-blog`), the reader that assumes least.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass

from kb.errors import SourceError, UnreadableSourceError
from kb.model import SourceKind
from kb.sources.decoding import decode

# XenForo ends each post with <div class="js-selectToQuoteEnd">&nbsp;</div>; flattened, that is a line of one U+00A0.
POST_END = re.compile(r"^[ \t]*\u00a0[ \t]*$", re.MULTILINE)
LAST_EDITED = re.compile(r"^[ \t]*Last edited(?: by (?:a moderator|[^\n:]{1,40}))?:[^\n]{0,60}$", re.MULTILINE)
USER_CELL = re.compile(r"^[ \t]*Messages[ \t]*\r?\n[ \t]*[\d,.]+[KM]?[ \t]*$", re.MULTILINE)
SAID = re.compile(r"^[ \t]*(?P<who>\S[^\n]{0,80}?) said:[ \t]*$", re.MULTILINE)
BACK_TO_TOP = re.compile(r"^[ \t]*(?:Back|Top Bottom|Back to top)[ \t]*\r?$", re.MULTILINE)
NUMBERED_PARAGRAPH = re.compile(
    r"""^ (?: [#]{1,6}[ ]+ | -[ ]+ )?  (?: \*\* )?
    (?P<label> \d{1,2} (?: \.\d{1,2} ){1,3} ) \.? (?: \*\* )? [ \t]+ (?=\S)""",
    re.MULTILINE | re.VERBOSE,
)
DIGEST_TITLE = re.compile(r"\A\ufeff?\s*#[ \t]+Our summary of\b", re.IGNORECASE)
MARKUP = re.compile(r"\ufeff?\s*<(?:!doctype\s+|\?)?(?P<name>html|xml)\b", re.IGNORECASE)
ENOUGH_NUMBERED = 5
ENOUGH_RISING = 0.8
DEFAULT_SHAPE = "flattened-blog"
UNREAD = "unread"
"""The shape of a source whose file no reader can make a document of."""


@dataclass(frozen=True)
class Detected:
    """The reader for a file, a key of `kb.ingest.INGESTERS`, and what kind of source that makes it."""

    shape: str
    source_kind: SourceKind


def is_digest(text: str) -> bool:
    """A Markdown file whose level-one heading starts "Our summary of"."""
    return bool(DIGEST_TITLE.match(text))


def is_forum(text: str) -> bool:
    """A line of one U+00A0 and one more trace of a thread: a footer, "Last edited", a user cell, "X said:"."""
    traces = (LAST_EDITED, USER_CELL, SAID, BACK_TO_TOP)
    return bool(POST_END.search(text)) and any(trace.search(text) for trace in traces)


def is_guidance(text: str) -> bool:
    """Five or more paragraphs numbered 1.1, 1.2, ... of which four in five rise, and no post ends."""
    labels = [tuple(map(int, match["label"].split("."))) for match in NUMBERED_PARAGRAPH.finditer(text)]
    if len(labels) < ENOUGH_NUMBERED or is_forum(text):
        return False
    rising = sum(a < b for a, b in itertools.pairwise(labels))
    return rising >= ENOUGH_RISING * (len(labels) - 1)


CLAIMS: dict[str, tuple[Callable[[str], bool], SourceKind]] = {
    "digest": (is_digest, "critique"),
    "flattened-forum": (is_forum, "forum"),
    "guidance-markdown": (is_guidance, "guidance"),
}


SHAPES: tuple[str, ...] = (*CLAIMS, DEFAULT_SHAPE)
"""The shapes a manifest may give; `kb.ingest.INGESTERS` has a reader for each."""


def detect(data: bytes, path: str) -> Detected:
    """The one shape whose test claims the file, else `DEFAULT_SHAPE`.

    A digest's kind is that of what it restates, which its words do not tell: the manifest says it, "critique" stands in.
    Raises `UnreadableSourceError` for bytes that are no text, `SourceError` naming the claimants where several tests claim it.
    """
    text = decode(data, path).text
    markup = MARKUP.match(text)
    if markup:
        raise UnreadableSourceError(
            path, "detect", f"it is {markup['name'].upper()}, and this version reads plain text and Markdown"
        )
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    claimants = [shape for shape, (claims, _) in CLAIMS.items() if claims(unix)]
    if len(claimants) > 1:
        raise SourceError(
            f"{path}: claimed by several readers: {', '.join(claimants)}; give it one of these shapes in manifest.toml",
            path=path,
        )
    shape = claimants[0] if claimants else DEFAULT_SHAPE
    return Detected(shape, CLAIMS[shape][1] if shape in CLAIMS else "critique")
