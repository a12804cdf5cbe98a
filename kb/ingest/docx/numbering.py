"""The automatic numbers of a Word document: what Word shows before a paragraph and does not write into it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from kb.ingest.markup.xml_gate import Element

PLACE = re.compile(r"%(?P<level>[1-9])")
ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
LARGEST = 100_000
"""No list counts higher; a file may say so."""


def roman(number: int) -> str:
    """A number in small Roman figures.

    >>> roman(14)
    'xiv'
    """
    figures = ""
    for value, sign in ROMAN:
        count, number = divmod(number, value)
        figures += sign * count
    return figures


def letters(number: int) -> str:
    """A number as Word writes it in letters: z is followed by aa, bb.

    >>> letters(2), letters(28)
    ('b', 'bb')
    """
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def ordinal(number: int) -> str:
    """The number in a row: "1st", "2nd", "11th"."""
    ending = "th" if 10 < number % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": "{:02}".format,
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "lowerLetter": letters,
    "upperLetter": lambda number: letters(number).upper(),
    "ordinal": ordinal,
    "bullet": lambda _number: "",
    "none": lambda _number: "",
}


@dataclass(frozen=True)
class Level:
    """One level of a list: "%1.%2" and how each number is written."""

    text: str
    format: str
    start: int
    style: str | None
    restart: int | None = None
    is_legal: bool = False

    @property
    def is_bullet(self) -> bool:
        """Whether it shows a sign rather than a number."""
        return self.format == "bullet" or (self.format == "none" and not self.text.strip()) or not PLACE.search(self.text)


@dataclass
class _Counts:
    """Where the lists of one definition have got to, by level."""

    at: dict[int, int] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)


class Numbering:
    """The list definitions of a document, and how far each has counted."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._definitions: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, _Counts] = {}
        if root is None:
            return
        self._w = root.tag.rpartition("}")[0] + "}"
        abstract = {self._of(element, "abstractNumId"): element for element in root.iterfind(f"{self._w}abstractNum")}
        by_style = {self._value(element, "styleLink"): element for element in abstract.values()}
        for number, element in abstract.items():
            linked = self._value(element, "numStyleLink")
            self._levels[number] = self._read_levels(by_style.get(linked, element) if linked else element)
        for element in root.iterfind(f"{self._w}num"):
            self._read_list(element)

    def _read_list(self, element: Element) -> None:
        number = self._of(element, "numId")
        definition = self._value(element, "abstractNumId") or ""
        changed: dict[int, Level] = {}
        for override in element.iterfind(f"{self._w}lvlOverride"):
            level = _whole(self._of(override, "ilvl"), 0)
            start = self._value(override, "startOverride")
            if start is not None:
                self._starts[number, level] = _whole(start, 1)
            changed |= self._read_levels(override)
        self._definitions[number] = definition
        if changed:
            self._definitions[number] = f"{definition} {number}"
            self._levels[f"{definition} {number}"] = self._levels.get(definition, {}) | changed

    def _read_levels(self, element: Element) -> dict[int, Level]:
        return {
            _whole(self._of(level, "ilvl"), 0): Level(
                text=self._value(level, "lvlText") or "",
                format=self._value(level, "numFmt") or "decimal",
                start=_whole(self._value(level, "start"), 0),
                style=self._value(level, "pStyle"),
                restart=_whole(self._value(level, "lvlRestart"), 0) if self._value(level, "lvlRestart") else None,
                is_legal=level.find(f"{self._w}isLgl") is not None,
            )
            for level in element.iterfind(f"{self._w}lvl")
        }

    def level_of_style(self, list_id: str, style: str) -> int:
        """The level that a style stands for in its list."""
        levels = self._levels.get(self._definitions.get(list_id, ""), {})
        return next((number for number, level in levels.items() if level.style == style), 0)

    def knows(self, list_id: str, level: int) -> bool:
        """Whether the list is defined."""
        return level in self._levels.get(self._definitions.get(list_id, ""), {})

    def is_bullet(self, list_id: str, level: int) -> bool:
        """Whether the list shows a sign at this level, not a number."""
        found = self._levels.get(self._definitions.get(list_id, ""), {}).get(level)
        return found is None or found.is_bullet

    def count(self, list_id: str, level: int) -> str | None:
        """Count one more paragraph of a list, and give the number that Word shows for it: "2.1", "(b)"; None for a bullet."""
        definition = self._definitions.get(list_id, "")
        levels = self._levels.get(definition, {})
        if level not in levels:
            return None
        counts = self._counts.setdefault(definition.partition(" ")[0], _Counts())
        self._advance(counts, levels, list_id, level)
        found = levels[level]
        if found.is_bullet:
            return None
        return PLACE.sub(lambda place: _shown(levels, counts, int(place["level"]) - 1, found), found.text).strip() or None

    def _advance(self, counts: _Counts, levels: dict[int, Level], list_id: str, level: int) -> None:
        override = self._starts.get((list_id, level))
        is_fresh = override is not None and (list_id, level) not in counts.started
        counts.started.add((list_id, level))
        if is_fresh:
            counts.at[level] = override or 0
        elif level in counts.at:
            counts.at[level] = min(counts.at[level] + 1, LARGEST)
        else:
            counts.at[level] = levels[level].start
        for deeper in [other for other in counts.at if other > level and _restarts(levels.get(other), level)]:
            del counts.at[deeper]

    def _value(self, element: Element, name: str) -> str | None:
        found = element.find(f"{self._w}{name}")
        return found.get(f"{self._w}val") if found is not None else None

    def _of(self, element: Element, name: str) -> str:
        return element.get(f"{self._w}{name}") or ""


def _restarts(deeper: Level | None, level: int) -> bool:
    """Whether a level begins anew after one that stands above it."""
    return deeper is None or deeper.restart is None or level < deeper.restart


def _shown(levels: dict[int, Level], counts: _Counts, level: int, showing: Level) -> str:
    known = levels.get(level)
    if known is None:
        return ""
    number = counts.at.get(level, known.start)
    return FORMATS.get("decimal" if showing.is_legal else known.format, str)(min(number, LARGEST))


def _whole(stated: str | None, default: int) -> int:
    return min(int(stated), LARGEST) if stated and stated.isascii() and stated.isdigit() and len(stated) < 8 else default
