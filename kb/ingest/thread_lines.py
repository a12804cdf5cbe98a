"""What stands around the posts of a thread saved as text, line by line: numbers, dates, reactions, buttons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from kb.model import Span, When
from kb.sources.words import LAST_EDITED
from kb.text.dates import parse_date
from kb.text.lines import Line

NBSP = "\u00a0"
BULLETS = re.compile(r"(?:[•*·◦–-][ \t\u00a0]*)+")
NAVIGATION = re.compile(
    r"""(?: Back | Top | Bottom | Top[ ]Bottom | Back[ ]to[ ]top | Next | Prev(?:ious)? | First | Last | Next[ ]Last | Share:
    | Reply | Quote | Like | Go[ ]to[ ]page | Go | \d+[ ]of[ ]\d+ | Page[ ]\d+[ ]of[ ]\d+ | Status | Similar[ ]threads
    | Not[ ]open[ ]for[ ]further[ ]replies\.? | You[ ]must[ ]log[ ]in[ ]or[ ]register[ ]to[ ]reply[ ]here\.?
    | Thread[ ]starter.* | Start[ ]date.* | Tags?(?:[ ]Tags?)? | Reactions:.* | Jump[ ]to[ ]Latest | More[ ]options
    | Who[ ]Replied\?? | Click[ ]For[ ]Summary
    | (?:[\d.,]+[KM]?[ ](?:views?|repl(?:y|ies)|participants?)[ ]?)+ (?:last[ ]post[ ]by.*)? )""",
    re.VERBOSE,
)
FOOT = re.compile(
    r"""(?: Similar[ ]threads | You[ ]must[ ]log[ ]in[ ]or[ ]register[ ]to[ ]reply[ ]here\.? | Share: | Latest[ ]posts
    | Not[ ]open[ ]for[ ]further[ ]replies\.? | Users[ ]who[ ]are[ ]viewing.* | (?:Staff|Members)[ ]online.* | Trending.*
    | Forum[ ]statistics | Recommended[ ]Communities | Related[ ]Threads | Top | Bottom | Top[ ]Bottom | Back )""",
    re.VERBOSE | re.IGNORECASE,
)
STARTER = re.compile(r"(?:Thread[ ]starter[ ]*)+(?P<name>.*)")
BUTTON = re.compile(
    r"""(?: (?: \+[ ]? )? (?: Quote | Reply | Report | Share | Save | Like | Multi-?[ ]?quote | Add[ ]bookmark | Add[ ]to[ ]quote
    | New | OP | Link | More | Delete | Edit | (?:Thread|Discussion)[ ]starter | Original[ ]poster | Staff[ ]member | Verified
    | Log[ ]in[ ]to[ ]reply ) \s* )+ | [•]{2,}""",
    re.VERBOSE | re.IGNORECASE,
)
REACTIONS = re.compile(r"(?:Likes?\s+)?Reactions:\s*(?P<names>.*)")
REACTION = re.compile(
    r"Like|Love|Haha|Wow|Sad|Angry|Care|(?:Dis)?[Aa]gree|Thanks|Informative|Helpful|Funny|Winner|Optimistic|Useful|Creative|Friendly|Hugs?"
)
EXPAND = re.compile(r"Click to (?:expand|collapse)\.{0,3}…?|↑")
ATTACHMENT = re.compile(
    r"[\w%(),.@' -]{1,120}\.(?:png|jpe?g|gif|webp|bmp|heic|pdf|docx?|xlsx?|zip|mp4|mov)|(?:View attachment \d+\s*)+|Attachments",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"(?P<before>[^#]{0,60}?)#(?P<number>\d{1,6})(?:\s*(?P<mark>[·•|]+)\s*(?P<after>[^#]{0,60}?))?(?P<edited>\s*\(Edited\))?"
)
FRAME_LINES = 4
"""Lines of a header between its date and its number, blank ones and buttons."""


@dataclass(frozen=True)
class Header:
    """The lines from index `start` to before `end` that give a post's number, with its date where that was kept."""

    start: int
    end: int
    label: str
    when: When | None
    is_edited: bool = False


def bare(line: Line) -> str:
    """A line's words without bullets before them; U+00A0 is a blank."""
    words = line.words.replace(NBSP, " ")
    bullets = BULLETS.match(words)
    return words[bullets.end() :].strip() if bullets else words


def is_boundary(line: Line) -> bool:
    """Whether a line is the end of a post: one U+00A0 and nothing else."""
    return line.text.strip(" \t") == NBSP


def ends_post(line: Line) -> bool:
    """Whether a post is over at this line: its end, or the mark of an edit that follows the end."""
    return is_boundary(line) or bool(LAST_EDITED.fullmatch(line.text)) or bool(REACTIONS.fullmatch(line.words))


def is_blank(line: Line) -> bool:
    """Whether a line holds nothing, or a bullet alone; the end of a post is not blank."""
    return not bare(line) and not is_boundary(line)


def is_dated(line: Line) -> When | None:
    """The day that a line states and nothing else does."""
    words = bare(line)
    when = parse_date(words) if len(words) <= 60 else None
    return when if when and when.precision in {"day", "second"} else None


def find_headers(page: Sequence[Line], cells: AbstractSet[int] = frozenset()) -> list[Header]:
    """Every header of a page: a number such as "#12" beside a date, or where a post can begin.

    `cells` are the indexes before which a user cell ends.
    """
    found: list[Header] = []
    for index in range(len(page)):
        match = NUMBER.fullmatch(bare(page[index])) if "#" in page[index].text else None
        header = _header(page, index, match, found[-1].end if found else 0) if match else None
        is_marked = bool(match and (match["mark"] or match["edited"]))
        if header and (header.when or is_marked or _may_begin(page, header.start, cells)):
            found.append(header)
    return found


def _header(page: Sequence[Line], index: int, match: re.Match[str], floor: int) -> Header | None:
    beside = [parse_date((match[name] or "").strip(" |·•\t")) for name in ("before", "after")]
    if (match["before"].strip() and beside[0] is None) or (
        match["after"] and not beside[1] and not BUTTON.fullmatch(match["after"])
    ):
        return None
    first, above = _date_above(page, index, floor)
    last, below = (index, None) if above or any(beside) else _date_below(page, index)
    when = next(filter(None, [*beside, above, below]), None)
    end = last + 1
    while end < len(page) and BUTTON.fullmatch(bare(page[end])):
        end += 1
    return Header(first, end, f"#{match['number']}", when, bool(match["edited"]))


def _date_above(page: Sequence[Line], index: int, floor: int) -> tuple[int, When | None]:
    for at in range(index - 1, max(floor, index - 1 - FRAME_LINES) - 1, -1):
        when = is_dated(page[at])
        if when:
            return at, when
        if not (is_blank(page[at]) or BUTTON.fullmatch(bare(page[at]))):
            break
    return index, None


def _date_below(page: Sequence[Line], index: int) -> tuple[int, When | None]:
    for at in range(index + 1, min(len(page), index + 3)):
        when = is_dated(page[at])
        if when:
            return at, when
        if not is_blank(page[at]):
            break
    return index, None


def _may_begin(page: Sequence[Line], index: int, cells: AbstractSet[int]) -> bool:
    """Whether nothing but the end of a post or of a user cell, or a page's own lines, stands right above a line."""
    at = index
    while at > 0 and is_blank(page[at - 1]) and at not in cells:
        at -= 1
    words = bare(page[at - 1]) if at else ""
    is_over = at == 0 or at in cells or ends_post(page[at - 1])
    return is_over or bool(NAVIGATION.fullmatch(words) or BUTTON.fullmatch(words))


def reacting(line: Line) -> list[Span]:
    """Where the names stand in a line that says who liked a post, without "and 3 others"."""
    match = REACTIONS.fullmatch(line.words)
    if not match:
        return []
    start = line.place.start + match.start("names")
    names = re.finditer(r"(?:(?!,|\band\b).)+", match["names"])
    spans = [
        Span(start + name.start(), start + name.end())
        for name in names
        if not re.fullmatch(r"\s*(?:\d+ others?|others?)?\s*", name[0])
    ]
    shift = line.span.start
    return [span.shifted(-shift).trimmed(line.text).shifted(shift) for span in spans]


def is_reaction(page: Sequence[Line], index: int) -> bool:
    """Whether a line is an item that names a reaction, above the line that says whose it was."""
    at = index
    while at < len(page) and page[at] and page[at].words[0] in "•*" and REACTION.fullmatch(bare(page[at])):
        at += 1
    return index < at < len(page) and bool(REACTIONS.fullmatch(page[at].words))
