"""Article pages saved as plain text: one article, several under their titles, or a paper with section headings.

A title is a line alone between blank lines, in Title Case or a question that begins small, without a final stop, and prose
follows; above a date or byline any line without a stop is one, and on a page that begins with "1." so are numbered ones. The text
of a page does not say whether such a line heads an article or a section: on a page whose lines include "Introduction",
"Conclusion" and the like they are sections of one paper. Short lines above the first one are the page's own title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from kb.ingest.builder import Draft, PartDraft, assemble, read
from kb.ingest.links import find_links
from kb.ingest.losses import loss
from kb.ingest.pieces import BULLET, SENTENCE_END, is_numbered_heading, is_short, write_pieces
from kb.model import Author, Document, Source, Span, When
from kb.text.dates import parse_date
from kb.text.lines import Line, blocks, covering, lines

SECTION_NAMES = frozenset(
    {"abstract", "acknowledgements", "acknowledgments", "aims", "background", "conclusion", "conclusions", "discussion"}
    | {"findings", "introduction", "limitations", "method", "methods", "methodology", "recommendations", "references"}
    | {"results", "summary"}
)
SMALL_WORDS = re.compile(
    r"an?|and|as|at|but|by|for|from|if|in|into|is|its?|nor|off?|on|or|over|per|so|than|that|the|to|up|via|vs|was|are|with",
    re.IGNORECASE,
)
BYLINE = re.compile(
    r"""(?:Posted|Published|Written) (?:[ ]on[ ](?P<on>.{4,40}?))? (?:[ ]by[ ](?P<by>[^.]{2,60}))?
    | By[ ](?P<author>[A-Z][^.:;]{2,60})""",
    re.VERBOSE,
)
FOOTER = re.compile(
    r"(?:Leave a (?:comment|reply)|Share this:?|Like this:?|Loading\.{3}|Posted in .*|Filed under .*|Tags?:.*|Tagged .*|Related"
    r"|\d+ [Cc]omments?|No [Cc]omments|Reply|(?:Older|Newer) posts|Previous [Pp]ost|Next [Pp]ost)"
)
NUMBERED_TITLE = re.compile(r"\d{1,2}[.)][ \t]+(?=[A-Z])")
SIGN_OFF = re.compile(
    r"(?:yours|(?:best|kind|warm)(?:est)?\s+(?:wishes|regards)|regards|sincerely|thanks|thank\s+you|with\s+thanks|cheers)\b",
    re.IGNORECASE,
)
PROSE = 80
LONGEST_TITLE = 120


def ingest(files: Sequence[bytes], source: Source) -> Document:
    """The page's articles as parts, sections inside the one article of a paper."""
    reading = read(files, source)
    draft = Draft(reading.text)
    page = list(_parted(blocks(_without_furniture(draft, lines(reading.text)))))
    titles = _titles(page)
    is_paper = any(_bare(page[at][0].words) in SECTION_NAMES for at in titles)
    if is_paper:
        _write_paper(draft, page, titles)
    else:
        _write_articles(draft, page, titles)
    find_links(draft)
    articles = [part for part in draft.parts if part.kind == "article"]
    if articles and not any(part.author or part.date for part in articles) and not source.authors:
        draft.losses.append(loss("I205"))
    return assemble(draft, reading, source)


def _without_furniture(draft: Draft, page: Sequence[Line]) -> list[Line]:
    kept = []
    for line in page:
        words = line.words.lstrip("\ufeff")
        if line and FOOTER.fullmatch(words):
            draft.furnish("navigation", line.place)
            kept.append(Line(line.span, ""))
        elif line.text.startswith("\ufeff"):
            draft.furnish("markup", Span(line.span.start, line.span.start + 1))
            kept.append(Line(Span(line.span.start + 1, line.span.end), line.text[1:]))
        else:
            kept.append(line)
    return kept


def _parted(page: Iterable[tuple[Line, ...]]) -> Iterator[tuple[Line, ...]]:
    """The blocks, with a date or byline parted from the title that it stands right below."""
    for block in page:
        if len(block) > 1 and _may_be_title(block[0].words) and not _byline(block[:1]) and _byline(block[1:]):
            yield block[:1]
            yield block[1:]
        else:
            yield block


def _may_be_title(words: str) -> bool:
    return 1 < len(words) <= LONGEST_TITLE and words[-1] not in ".:;,…" and "://" not in words and not SIGN_OFF.match(words)


def is_title(words: str) -> bool:
    """Whether a line reads as a title: Title Case, or a question that begins with a small letter.

    >>> is_title("What The Figures Hide"), is_title("and the point of it is?"), is_title("We asked for figures")
    (True, True, False)
    """
    bare = _bare(words)
    if bare in SECTION_NAMES:
        return True
    if not bare or not _may_be_title(words):
        return False
    tokens = [token for token in re.findall(r"[\w’'/&-]+", words) if not SMALL_WORDS.fullmatch(token) and not token.isdigit()]
    capitals = sum(token[:1].isupper() for token in tokens)
    is_cased = len(tokens) >= 2 and capitals >= 0.75 * len(tokens) and not words[0].islower()
    return is_cased or (words[0].islower() and words.endswith("?"))


def _bare(words: str) -> str:
    return re.sub(r"^[#\d. ]+|[*_]+", "", words).strip().lower()


def _titles(page: Sequence[tuple[Line, ...]]) -> list[int]:
    """The indexes of blocks that are titles: one line, before prose; a paper's own title may stand before its first section's."""
    found = []
    is_numbered = bool(page) and page[0][0].words.startswith(("1. ", "1) "))
    for at, block in enumerate(page[:-1]):
        words = block[0].words
        is_section = _bare(words) in SECTION_NAMES
        number = NUMBERED_TITLE.match(words) if is_numbered else None
        is_alone = len(block) == 1 and not _byline(block) and (is_section or bool(number) or not BULLET.match(block[0].text))
        bare = words[number.end() :] if number else words.lstrip("# ")
        is_told = is_title(bare) or (_may_be_title(bare) and _byline(page[at + 1]) is not None and " " in bare)
        if is_alone and is_told and (_is_prose(page, at + 1) or (at == 0 and _heads_section(page[1]))):
            found.append(at)
    return found


def _heads_section(block: Sequence[Line]) -> bool:
    return len(block) == 1 and _bare(block[0].words) in SECTION_NAMES


def _is_prose(page: Sequence[tuple[Line, ...]], at: int) -> bool:
    """Whether a block is running text; a date or byline above it is passed over."""
    if _byline(page[at]) and at + 1 < len(page):
        at += 1
    words = " ".join(line.words for line in page[at])
    return len(words) >= PROSE or (len(words) > 30 and bool(SENTENCE_END.search(words)) and not is_title(words))


def _byline(block: Sequence[Line]) -> tuple[When | None, str | None] | None:
    """The date and author that a short block under a title states, or None where it is no byline."""
    if len(block) > 2 or any(len(line.words) > PROSE for line in block):
        return None
    when: When | None = None
    who: str | None = None
    for line in block:
        match = BYLINE.fullmatch(line.words)
        dated = parse_date(line.words) or (parse_date(match["on"]) if match and match["on"] else None)
        if dated is None and match is None:
            return None
        when = when or dated
        who = who or (match and (match["by"] or match["author"])) or None
    return when, who


def _write_articles(draft: Draft, page: Sequence[tuple[Line, ...]], titles: list[int]) -> None:
    front = titles[0] if titles and _is_front(page[: titles[0]]) else 0
    _write_front(draft, page[:front])
    starts = titles if titles and titles[0] == front else [-1, *titles]
    for number, (at, end) in enumerate(zip(starts, [*starts[1:], len(page)], strict=True), 1):
        _write_article(draft, page[max(at, 0) : end], number, has_title=at >= 0)
    if len(titles) == 1 and titles[0] == 0:
        draft.title = page[0][0].words


def _is_front(of: Sequence[tuple[Line, ...]]) -> bool:
    """Whether blocks are what stands above a text: its title, names, a date; short lines, none of which is a sentence."""
    return all(is_short(line.words) for block in of for line in block)


def _write_front(draft: Draft, of: Sequence[tuple[Line, ...]]) -> None:
    """What stands above a text as title and lines in no article."""
    for place, line in enumerate(line for block in of for line in block):
        draft.pass_on("paragraph" if place else "title", line.place)
        draft.title = draft.title or line.words


def _write_article(draft: Draft, of: Sequence[tuple[Line, ...]], number: int, *, has_title: bool) -> None:
    if not of:
        return
    heading = of[0][0].words if has_title else None
    rest = list(of[1:] if has_title else of)
    if has_title:
        draft.pass_on("title", of[0][0].place)
    when, who = None, None
    byline = _byline(rest[0]) if has_title and rest else None
    if byline:
        when, who = byline
        draft.furnish("label", covering(rest.pop(0)))
    span = Span(of[0][0].place.start, of[-1][-1].place.end)
    body = Span(rest[0][0].place.start, span.end) if rest else Span(span.end, span.end)
    author = Author(who, "public") if who else None
    draft.parts.append(PartDraft("article", span, body, None, number, heading, author, when))
    write_pieces(draft, _spaced(rest), rejoin=True)


def _spaced(of: Sequence[tuple[Line, ...]]) -> list[Line]:
    """Blocks as lines again, parted by a blank one."""
    spaced: list[Line] = []
    for block in of:
        end = block[-1].span.end
        spaced += [*block, Line(Span(end, end), "")]
    return spaced


def _write_paper(draft: Draft, page: Sequence[tuple[Line, ...]], titles: list[int]) -> None:
    """One article; its first title is the paper's, the others head sections."""
    has_title = titles[0] == 0 and _bare(page[0][0].words) not in SECTION_NAMES
    sections = titles[1:] if has_title else titles
    front = 1 if has_title else titles[0] if _is_front(page[: titles[0]]) else 0
    _write_front(draft, page[:front])
    whole = Span(page[0][0].place.start, page[-1][-1].place.end)
    draft.parts.append(PartDraft("article", whole, Span(page[front][0].place.start, whole.end), None, 1, draft.title))
    write_pieces(draft, _spaced(page[front : sections[0] if sections else len(page)]), rejoin=True)
    for at, end in zip(sections, [*sections[1:], len(page)], strict=False):
        heading = page[at][0]
        span = Span(heading.place.start, page[end - 1][-1].place.end)
        body = Span(page[at + 1][0].place.start, span.end)
        label = heading.words.split(" ", 1)[0].rstrip(".") if is_numbered_heading(heading.words) else None
        draft.pass_on("heading", heading.place)
        draft.parts.append(PartDraft("section", span, body, label, None, heading.words.lstrip("# ")))
        write_pieces(draft, _spaced(page[at + 1 : end]), rejoin=True)
