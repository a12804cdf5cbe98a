"""Lines as words: spaces from gaps, hyphens at line ends, raised marks set apart, links, page turns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from kb.ingest.pdf.geometry import Address, Run
from kb.ingest.pdf.lines import Line, spaced
from kb.ingest.words import Words
from kb.model.document import LinkRelation
from kb.text.folding import LETTERS

HYPHENS = "-\u2010\u00ad"
MADE_HYPHENS = "\u2010\u00ad"
"""Hyphens that only a line break makes."""
MARK = re.compile(r"[\[(]?(?:\d{1,3}(?:\s?[,;–—-]\s?\d{1,3})*|[*∗†‡§¶‖#]{1,3}|[a-z](?:\s?,\s?[a-z])*)[\])]?")
ORDINAL = re.compile(r"st|nd|rd|th|er|re|ème|TM|SM|e|o|a|®|™|°|º|ª", re.IGNORECASE)
UNIT_BEFORE = re.compile(r"(?:^|[\s\d/(.])(?:[kcmdnµμ]?m|s|10)$")
FRACTION = ("⁄", "∕")
EXPONENT = re.compile(r"[-−–]?[1-9]\d?")
NUMBERS = re.compile(r"\d+|[^\d]+")
CLOSED_UP = re.compile(r"(?:https?:/|www\.)\S*[/_=&?.-]$|\S*[a-z0-9]/$")
"""An address at the end of a line goes on in the next without a space."""
LAST_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?$")
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]")
"""Scripts that set no space between words."""
COMPOUND_HEADS = frozenset({"self", "non", "well", "ex"})
LONG_HALF = 4
BROKEN_SHARE = 0.4
WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")


@dataclass
class Hyphens:
    """What the document's own words say of hyphens at line ends."""

    whole: set[str] = field(default_factory=set)
    parted: set[str] = field(default_factory=set)
    heads: list[str] = field(default_factory=list)
    """What stands before hyphens at line ends."""

    def learn(self, line: Line) -> None:
        """Take in the words inside a line, the last left out, which the line end may have cut."""
        text = line.text.rstrip()
        words = WORD.findall(text)
        for word in words[:-1]:
            halves = word.lower().split("-")
            self.parted.update(f"{one}-{other}" for one, other in pairwise(halves))
            self.whole.update(halves if len(halves) == 1 else ())
        if text[-1:] == "-" and words:
            self.heads.append(words[-1].lower())

    @cached_property
    def breaks_words(self) -> bool:
        """Whether the document breaks words at line ends: what it leaves before hyphens is often no word of it."""
        return sum(head not in self.whole for head in self.heads) >= BROKEN_SHARE * len(self.heads)

    def is_kept(self, before: str, after: str, hyphen: str) -> bool:
        """Whether the hyphen between two halves is the word's own.

        It is not where it is a character that only line breaks make, or where the document has the word without it. It is where
        the document has the word with it inside a line, where a half is no ordinary word ("NICE-", "COVID-"), where both halves
        are longer words of the document, and where the document breaks no words.
        """
        head, tail = before.lower(), after.lower()
        if hyphen in MADE_HYPHENS or f"{head}{tail}" in self.whole:
            return False
        if f"{head}-{tail}" in self.parted or before.isupper() or not after[:1].islower() or head in COMPOUND_HEADS:
            return True
        are_words = min(len(head), len(tail)) >= LONG_HALF and {head, tail} <= self.whole
        return are_words or not self.breaks_words


Resolve = Callable[[str, int], tuple[LinkRelation, str | None]]
"""For a raised mark and its page: what it does, and the key of the note or reference it leads to."""
Locate = Callable[[Address], str | None]
"""For an address inside the file: the key of what stands there."""


@dataclass
class Composer:
    """Makes words of lines; what it knows of the document it is given once."""

    hyphens: Hyphens
    resolve: Resolve
    locate: Locate
    labels: dict[int, str | None]
    """Printed page numbers."""

    def words(self, lines: Sequence[Line], skip: int = 0) -> Words:
        """The words of some lines in reading order, without the first `skip` letters (a label) of them."""
        words = Words()
        page = lines[0].page
        opened: Address | None = None
        for at, line in enumerate(lines):
            if line.page != page:
                page = line.page
                words.page(page, self.labels.get(page))
            following = lines[at + 1] if at + 1 < len(lines) else None
            for run, space, text, is_mark in self._pieces(line, skip if at == 0 else 0, following):
                address = None if is_mark and run.address and run.address.href is None else run.address
                if address is not opened and (address is None or opened is None or address[1:] != opened[1:]):
                    opened = self._turn_link(words, opened, address, space=space)
                elif space:
                    words.add(" ")
                if is_mark:
                    self._add_mark(words, text, line.page)
                else:
                    words.add(text)
        if opened is not None:
            words.close_link()
        return words

    def _turn_link(self, words: Words, opened: Address | None, found: Address | None, *, space: bool) -> Address | None:
        if opened is not None:
            words.close_link()
        if space:
            words.add(" ")
        if found is None:
            return None
        if found.href is not None:
            words.open_link(found.href)
            return found
        key = self.locate(found)
        if key is None:
            return None
        words.open_link(None, "internal", key)
        return found

    def _pieces(self, line: Line, skip: int, following: Line | None) -> Iterator[tuple[Run, bool, str, bool]]:
        """Runs with a space before them or none, and their text with what the line end does to it."""
        runs = list(spaced(line.runs))
        end = 0
        for at, (run, is_apart) in enumerate(runs):
            start = end + is_apart
            end = start + len(run.text)
            if end <= skip:
                continue
            text = run.text[max(0, skip - start) :]
            if at + 1 == len(runs):
                text = self._ended(text, following)
            following_run = runs[at + 1][0] if at + 1 < len(runs) else None
            is_mark = run.is_raised and not (following_run and following_run.text[:1] in FRACTION)
            yield run, is_apart and start > skip, text, is_mark

    def _ended(self, text: str, following: Line | None) -> str:
        """The last words of a line with the space that its end stands for."""
        if following is None:
            return text.replace("\u00ad", "-") if text.endswith("\u00ad") else text
        after = following.text.lstrip()
        if text[-1] in HYPHENS and len(text) > 1 and not text[-2].isspace():
            before = LAST_WORD.search(text[:-1])
            first = LETTERS.match(after)
            if before and first and not self.hyphens.is_kept(before[0], first[0], text[-1]):
                return text[:-1]
            return text if text[-1] != "\u00ad" else text[:-1] + "-"
        if CLOSED_UP.search(text) or (UNSPACED.match(text[-1]) and UNSPACED.match(after[:1])):
            return text
        return (
            text if text[-1] in "–—" and text[-2:-1].isalnum() and after[:1].isalnum() and not text[-2].isspace() else text + " "
        )

    def _add_mark(self, words: Words, text: str, page: int) -> None:
        mark = text.strip()
        if not MARK.fullmatch(mark) or _is_part_of_word(words, mark):
            words.add(text)
            return
        words.raise_mark()
        for piece in NUMBERS.findall(mark) if mark[0].isdigit() else [mark]:
            if not piece[0].isdigit() and len(piece) < len(mark):
                words.add(piece)
                continue
            with words.link(None, *self.resolve(piece.strip("()[] "), page)):
                words.add(piece)
        if text[-1].isspace():
            words.add(" ")


def _is_part_of_word(words: Words, mark: str) -> bool:
    """Whether what is raised belongs to the word before it: "21st", "kg/m2", a name's sign."""
    before = words.text[-12:]
    if not before or before[-1].isspace():
        return False
    if ORDINAL.fullmatch(mark) and (before[-1].isdigit() or len(mark) > 1 or not mark.isalpha()):
        return True
    return EXPONENT.fullmatch(mark) is not None and UNIT_BEFORE.search(before) is not None
