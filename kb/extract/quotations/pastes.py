"""Quotations without quotation marks: what stands under "X said:", under a cue line, or under the address it was copied from.

Where such a quotation ends is marked nowhere: it goes on until its author's own voice resumes, or to the end of the entry.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice, takewhile

from kb.extract.coverage import Coverage
from kb.extract.found import Found
from kb.extract.places import Places
from kb.extract.quotations.blocks import Block, Entry
from kb.extract.references.title_case import is_title
from kb.extract.voice import NUMBERED_CITATION, SECTION_NUMBER
from kb.model import Part, Quotation, Span
from kb.text.quote_marks import MOST_PARAGRAPHS, OPENING, marked
from kb.vocabulary.data import load

RULES = (
    "said-head",
    "open-quotation-mark",
    "under-address",
    "under-source-line",
    "cue-saying",
    "cue-formal",
    "cue-text",
    "above-credit",
)

SAID = re.compile(
    r"""
    (?: (?P<who>\S[^\n]{0,120}?) \s+ (?:[Ss]aid|[Ww]rote) \s* :
      | Originally\ [Pp]osted\ by\ (?P<poster>\S[^\n]{0,60})
    ) \s* (?:[↑⤴»]\s*)? (?=\n|$)
    """,
    re.VERBOSE,
)
"""The head that forum software puts over a quote box, alone on its line: XenForo, phpBB, MyBB; vBulletin."""

CUE_END = re.compile(r"[:;]\s*[-–—]?$")
SOURCE_LINE = re.compile(
    r"(?:From|According\ to|(?:An?\ )?(?:Extract|Excerpt|Quote|Abstract|Text)s?\ from|Quoting|Taken\ from|Copied\ from)\b",
    re.IGNORECASE,
)
"""How a line begins that names where the words below it come from, colon or not."""

CREDIT = re.compile(r"(?:Source|Quoted\ from|Taken\ from|Via)\s*:\s*(?P<who>\S[^\n]*)", re.IGNORECASE)
ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")
LONGEST_CUE = 60
"""Words; a longer paragraph that happens to end in a colon introduces its own list."""

LONGEST_HEAD = 250
"""Code points; a name, "said" and the arrow behind it take no more."""

SHORT_CUE = 14
SHORTEST_PASTE = 6


def said(found: Found, entry: Entry, labels: Places) -> Iterator[Quotation]:
    """Quote boxes under "X said:", each to where the poster's own voice resumes, else to the next head or the entry's end.

    `labels` are the places of the document's label furniture.
    """
    if entry.part is None or entry.part.kind == "quotation":
        return
    text = found.document.text
    heads = _heads(text, entry, entry.part, labels)
    limits = [head.start for head, _ in heads[1:]] + [entry.part.span.end]
    for (head, who), limit in zip(heads, limits, strict=bool(heads)):
        blocks = _blocks_within(text, entry, head.end, limit)
        if not blocks:
            continue
        run = blocks[: 1 + len(_until_reply(text, blocks[0], blocks[1:]))]
        span = Span(max(head.end, run[0].start), run[-1].span.end).trimmed(text)
        confidence = 0.9 if len(run) < len(blocks) else 0.6
        yield Quotation(span=span, rule="said-head", confidence=confidence, marked="said", attributed_to=who)


def _heads(text: str, entry: Entry, part: Part, labels: Places) -> list[tuple[Span, str]]:
    """The "X said:" lines of an entry: furniture where the reader knew them, else the whole of a passage."""
    heads = [(span, SAID.match(text, span.start, span.end)) for span in labels.within(part.span)]
    short = [block.span for block in entry.blocks if len(block.span) <= LONGEST_HEAD]
    heads += [(span, SAID.fullmatch(text, span.start, span.end)) for span in short]
    return sorted((span, match["who"] or match["poster"]) for span, match in heads if match)


def _blocks_within(text: str, entry: Entry, start: int, end: int) -> list[Block]:
    """The blocks between two places but for the lines that fold a quote box."""
    first = bisect_left(entry.blocks, start, key=lambda block: block.span.start)
    inside = takewhile(lambda block: block.span.end <= end, islice(entry.blocks, first, None))
    return [block for block in inside if not END_OF_BOX.fullmatch(text, block.span.start, block.span.end)]


def _until_reply(text: str, first: Block, blocks: Sequence[Block]) -> list[Block]:
    """Of the blocks behind the quotation's first one those that belong to it: few quote without a word of their own.

    The surest sign of the reply is the line that folds long boxes, then the author's own voice, which says nothing where a member
    who sounds the same is quoted; then a gap wider than others; then what may be own voice.
    """
    fold = END_OF_BOX.search(text, first.span.end, blocks[-1].start) if blocks else None
    signs = (
        [place for place, block in enumerate(blocks) if fold and fold.end() <= block.start],
        [place for place, block in enumerate(blocks) if not first.is_own and block.is_own],
        [place for place, block in enumerate(blocks) if block.blank_lines > WIDE_GAP],
        [place for place, block in enumerate(blocks) if block.own >= SOUNDS_OWN],
    )
    ends = next((places for places in signs if places), [len(blocks)])
    return list(blocks[: ends[0]])


END_OF_BOX = re.compile(r"^Click to (?:expand|shrink)\b[^\n]*$", re.MULTILINE)
"""What XenForo writes under a quote box that is folded."""

WIDE_GAP = 1
"""Blank lines between two paragraphs of one text; more of them part texts, but not on web pages."""

SOUNDS_OWN = 0.5
"""Enough where something must be the author's: for the end of a quote box, and for where a paste above its credit began."""


def pasted(found: Found, entry: Entry, taken: Coverage) -> Iterator[Quotation]:
    """Passages pasted under a cue, a source line or an address, in posts and articles, outside what is `taken` already."""
    if not entry.is_free_prose:
        return
    text = found.document.text
    blocks, place = entry.blocks, 0
    while place + 1 < len(blocks):
        block = blocks[place]
        rule = None if _is_taken(block, taken) else _rule(text, blocks, place)
        if rule is None:
            place += 1
            continue
        run = _paste(text, blocks, place + 1, taken)
        if _says_something(text, run):
            yield from _pieces(text, run, rule, _source_named(_last_line(text, block), rule))
        place += 1 + len(run)


def _says_something(text: str, run: Sequence[Block]) -> bool:
    """Whether there are words enough, addresses aside."""
    words = (word for block in run for word in block.span.of(text).split() if not ADDRESS.fullmatch(word))
    return len(list(islice(words, SHORTEST_PASTE))) == SHORTEST_PASTE


def _is_taken(block: Block, taken: Coverage) -> bool:
    return taken.share_of(block.span) > 0


def _rule(text: str, blocks: Sequence[Block], place: int) -> str | None:
    """Which rule says that a paste begins behind this block, if one does."""
    line = _last_line(text, blocks[place])
    if CUE_END.search(line) and _opens_unclosed(text, blocks[place + 1 : place + 1 + MOST_PARAGRAPHS]):
        return "open-quotation-mark"
    rule = _named_rule(text, line, blocks, place)
    following = blocks[place + 1]
    return None if rule is None or following.is_own or _is_address(text, following) else rule


def _named_rule(text: str, line: str, blocks: Sequence[Block], place: int) -> str | None:
    """Which rule the last line of a block calls for, whoever speaks behind it."""
    if ADDRESS.match(line):
        return "under-address" if _is_page(text, blocks, place) else None
    if SOURCE_LINE.match(line) and len(line.split()) <= SHORT_CUE and line[-1] not in ".!?" and line != line.lower():
        return "under-source-line"
    is_cue = CUE_END.search(line) and len(line.split()) <= LONGEST_CUE
    return _cue_rule(text, line, blocks[place + 1], blocks[place + 2 : place + 3]) if is_cue else None


def _is_page(text: str, blocks: Sequence[Block], place: int) -> bool:
    """Whether what follows the address in `blocks[place]` was copied from there."""
    if _ends_before(text, blocks, place + 1):
        return False
    before = _line_before(text, blocks[place]) or (_last_line(text, blocks[place - 1]) if place else "")
    return _says(before) or _is_copied(text, blocks, place + 1)


def _cue_rule(text: str, line: str, following: Block, rest: Sequence[Block]) -> str | None:
    if _says(line) and following.passage.kind != "item":
        return "cue-saying"
    if line.endswith(";"):
        return None
    if _is_formal(text, following, rest):
        return "cue-formal"
    names_text = len(line.split()) <= SHORT_CUE and _names_text(line)
    return "cue-text" if names_text and following.passage.kind == "paragraph" and _is_long(text, following) else None


def _is_long(text: str, block: Block) -> bool:
    return len(block.span.of(text).split()) > SHORTEST_PASTE


def _last_line(text: str, block: Block) -> str:
    return block.span.of(text).rstrip().rpartition("\n")[2].strip()


def _line_before(text: str, block: Block) -> str:
    return block.span.of(text).rstrip().rpartition("\n")[0].rpartition("\n")[2].strip()


def _opens_unclosed(text: str, blocks: Sequence[Block]) -> bool:
    if not blocks or not OPENING.match(text, blocks[0].span.start):
        return False
    first = next(iter(marked(text, [block.span for block in blocks])), None)
    return first is not None and not first.is_closed and first.marks.start == blocks[0].span.start


def _is_formal(text: str, block: Block, rest: Sequence[Block]) -> bool:
    """Whether a block bears signs of copying: numbers of sections or references, broken lines, a start in lower case."""
    words = text[block.start : block.span.end]
    if block.passage.kind == "item" or block.is_own:
        return False
    if block.passage.kind in {"heading", "row"}:
        return True
    numbered = SECTION_NUMBER.match(words) or NUMBERED_CITATION.search(words) or (rest and rest[0].is_note)
    broken = block.is_wrapped or (words[0].islower() and block.own <= 0 and len(words.split()) >= 10)
    return bool(numbered or broken)


HEADING = re.compile(r"[A-Z0-9][^.!?]{2,150}$")
CUT = re.compile(r"[(\[]\s*(?:\.{2,}|…|snip)\s*[)\]]", re.IGNORECASE)
"""A line by which the poster says that something was left out."""


def _is_address(text: str, block: Block) -> bool:
    return bool(ADDRESS.fullmatch(block.span.of(text)))


def _is_copied(text: str, blocks: Sequence[Block], place: int) -> bool:
    """Whether what follows an address looks like the page behind it: a heading or list, then prose not in the author's voice."""
    while place < len(blocks) and CUT.fullmatch(text, blocks[place].span.start, blocks[place].span.end):
        place += 1
    if place == len(blocks) or blocks[place].is_own or _is_address(text, blocks[place]):
        return False
    begins = blocks[place].passage.kind in {"item", "heading", "title"} or HEADING.match(_first_line(text, blocks[place]))
    return bool(begins) and any(len(block.span.of(text).split()) >= 12 for block in _paste(text, blocks, place, Coverage(())))


def _first_line(text: str, block: Block) -> str:
    return block.span.of(text).partition("\n")[0].strip()


def _says(line: str) -> bool:
    """Whether the last words of a cue, in its last sentence, name a saying."""
    last_sentence = SENTENCE_BREAK.split(line)[-1]
    return _has_phrase(" ".join(last_sentence.split()[-NEAR:]), "saying")


NEAR = 12
SENTENCE_BREAK = re.compile(r"[.!?][\"”’)]*\s+(?=[A-Z])")


def _names_text(line: str) -> bool:
    return _has_phrase(line, "texts")


def _has_phrase(line: str, table: str) -> bool:
    folded = f" {re.sub(r'[^a-z]+', ' ', line.lower())} "
    return any(f" {phrase} " in folded for phrase in _phrases(table))


@cache
def _phrases(table: str) -> tuple[str, ...]:
    return tuple(load("voice")["cue"][table])


def _paste(text: str, blocks: Sequence[Block], first: int, taken: Coverage) -> list[Block]:
    """The pasted blocks from the first on: up to the author's own voice, a cue for the next paste, or what is taken already.

    Behind references and footnotes only what bears signs of copying still belongs.
    """
    run: list[Block] = []
    for place in range(first, len(blocks)):
        block = blocks[place]
        if _is_taken(block, taken) or (run and _ends_before(text, blocks, place)):
            break
        behind_notes = bool(run) and run[-1].is_note
        if behind_notes and not block.is_note and not _is_formal(text, block, blocks[place + 1 : place + 2]):
            break
        run.append(block)
    return run


def _ends_before(text: str, blocks: Sequence[Block], place: int) -> bool:
    """Whether the pasted text cannot go on with this block: own voice, an address, a drawn line, or a cue for something else."""
    block = blocks[place]
    if block.is_own or block.is_behind_rule or _is_address(text, block):
        return True
    line = _last_line(text, block)
    if not line.endswith(":") or len(line.split()) > SHORT_CUE:
        return False
    following = blocks[place + 1 : place + 2]
    return any(_is_address(text, other) or (_names_text(line) and other.passage.kind != "item") for other in following)


def _source_named(line: str, rule: str) -> str | None:
    """Whom the cue names; a source line names a text from its second word on."""
    if rule == "under-source-line":
        return SOURCE_LINE.sub("", line, count=1).strip(" :") or None
    return attribution(line)


COMPLETE = re.compile(r"[.!?…][)\]'\"”’]*$|\]$")


def _pieces(text: str, run: Sequence[Block], rule: str, who: str | None) -> Iterator[Quotation]:
    """One quotation for each piece that was pasted by itself: notes and wide gaps apart; titles alone are none."""
    pieces: list[list[Block]] = []
    for block in run:
        starts_anew = (
            not pieces or (block.blank_lines > WIDE_GAP and rule != "under-address") or block.is_note != pieces[-1][-1].is_note
        )
        if starts_anew:
            pieces.append([])
        pieces[-1].append(block)
    for piece in filter(None, (_without_cuts(text, piece) for piece in pieces)):
        if all(is_title(block.span.of(text)) and not block.is_note for block in piece):
            continue
        span = Span(piece[0].start, piece[-1].span.end)
        yield Quotation(span=span, rule=rule, confidence=0.8, marked="block", attributed_to=who)


NAME = r"[A-Z][\w.&'’-]*(?:(?:\ (?:of|for|and|the|de|van|in|on))*\ [A-Z][\w.&-]*){0,7}"


@cache
def _speaker() -> re.Pattern[str]:
    """A name before a verb of saying, behind "according to", or that owns what it said in."""
    verbs, texts, leads = ("|".join(_attributions(name)).replace(" ", r"\ ") for name in ("verbs", "texts", "leads"))
    return re.compile(
        rf"""
        (?: ^ | [\s(“"] )
        (?: (?:{leads})\ (?:the\ )? (?P<named>{NAME})
          | (?P<saying>{NAME}) (?:\ et\ al\.?)? (?:\ \((?:19|20)\d\d[a-z]?\))? (?:\ (?:also|then|has|have|had))? \ (?:{verbs})\b
          | (?P<owner>{NAME}) ['’]s? \ (?:\w+\ ){{0,2}}(?:{texts})\b
        )
        """,
        re.VERBOSE,
    )


def _attributions(name: str) -> Sequence[str]:
    return tuple(load("voice")["attribution"][name])


BEFORE_NAMES = re.compile(r"(?:(?:As|The|But|And|In|When|While|So|If|For|A|An|Then|Now|Or)\s+(?:the\s+)?)+")
PRONOUNS = frozenset(
    {"he", "she", "they", "it", "we", "i", "you", "this", "that", "these", "those", "there", "one", "who", "what"}
)


def attribution(words: str) -> str | None:
    """The name that the words before a quotation give it to, the last one where there are several; None without a name."""
    said = " ".join(words.split())
    found = [match["named"] or match["saying"] or match["owner"] for match in _speaker().finditer(said)]
    names = [BEFORE_NAMES.sub("", name, count=1) if BEFORE_NAMES.match(name) else name for name in found]
    proper = [name.rstrip(".,;:") for name in names if name.lower() not in PRONOUNS and name[:1].isupper()]
    return proper[-1] if proper else None


def _without_cuts(text: str, piece: Sequence[Block]) -> list[Block]:
    """The piece without the lines at its ends that only say something was left out."""
    kept = [place for place, block in enumerate(piece) if not CUT.fullmatch(block.span.of(text))]
    return list(piece[kept[0] : kept[-1] + 1]) if kept else []


def credited(found: Found, entry: Entry, taken: Coverage) -> Iterator[Quotation]:
    """What stands above a line "Source: ..." in a post or article, back to the author's own voice or the paste before."""
    text = found.document.text
    run: list[Block] = []
    for block in entry.blocks if entry.is_free_prose else ():
        credit = CREDIT.match(text, block.span.start, block.span.end)
        if credit is None or _is_taken(block, taken):
            run.append(block)
            continue
        above = _above_credit(text, run, taken)
        if sum(len(piece.span.of(text).split()) for piece in above) >= SHORTEST_PASTE:
            span = Span(above[0].start, above[-1].span.end)
            yield Quotation(
                span=span, rule="above-credit", confidence=0.7, marked="block", attributed_to=credit["who"].strip() or None
            )
        run = []


def _above_credit(text: str, blocks: Sequence[Block], taken: Coverage) -> list[Block]:
    """The last blocks that are not the author's, an address or taken."""
    run: list[Block] = []
    for block in reversed(blocks):
        if block.own >= SOUNDS_OWN or _is_taken(block, taken) or _is_address(text, block):
            break
        run.append(block)
    return run[::-1]
