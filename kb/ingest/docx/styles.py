"""What the styles of a Word document say about a paragraph: heading level, list, role."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kb.ingest.markup.xml_gate import Element, local_name

HEADING = re.compile(
    r"""(?:heading|überschrift|titre|t[ií]tulo|titolo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|заголовок|见出し|标题|標題)
    [ ]?(?P<level>[1-9])(?!\d)""",
    re.IGNORECASE | re.VERBOSE,
)
"""Names of heading styles; Word keeps the English ones in every language, other programs keep their own."""
TITLE = re.compile(r"(?:title|document title|titel|titre|título|titolo|report title|cover title)", re.IGNORECASE)
CONTENTS = re.compile(
    r"(?:toc (?:\d|heading)|toc|contents ?\d|contents heading|table of figures|inhaltsverzeichnis \d)", re.IGNORECASE
)
REFERENCES = re.compile(r"(?:bibliography|endnote bibliography|references?|literaturverzeichnis)", re.IGNORECASE)
CAPTION = re.compile(r"(?:caption|beschriftung|légende|figure caption|table caption|(?:figure|table|box) title)", re.IGNORECASE)
QUOTE = re.compile(r"(?:intense quote|quote|block ?quot(?:e|ation)|quotation|block text|quotations)", re.IGNORECASE)
MOST_BASES = 20
BODY_LEVEL = 9
"""The outline level of running text."""


@dataclass(frozen=True)
class Style:
    """A paragraph style with what it takes from those it is based on."""

    name: str = ""
    level: int | None = None
    """Of a heading, from 1."""
    list_id: str | None = None
    list_level: int | None = None
    identifier: str = ""


class Styles:
    """The styles of a document; an unknown one says nothing."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._styles: dict[str, Style] = {}
        self.headed_tables: frozenset[str] = frozenset()
        if root is None:
            return
        self._prefix = root.tag.rpartition("}")[0] + "}"
        headed = set()
        for element in root.iterfind(f"{self._prefix}style"):
            identifier = element.get(f"{self._prefix}styleId") or ""
            self._elements.setdefault(identifier, element)
            if any(part.get(f"{self._prefix}type") == "firstRow" for part in element.iterfind(f"{self._prefix}tblStylePr")):
                headed.add(identifier)
        self.headed_tables = frozenset(headed)

    def style(self, identifier: str | None) -> Style:
        """What a style says, or an empty one."""
        if identifier is None or identifier not in self._elements:
            return Style()
        if identifier not in self._styles:
            self._styles[identifier] = self._resolve(identifier)
        return self._styles[identifier]

    def _resolve(self, identifier: str) -> Style:
        """The style with its own words first, then its bases'."""
        found = Style(identifier=identifier)
        at: str | None = identifier
        for _ in range(MOST_BASES):
            element = self._elements.get(at or "")
            if element is None:
                break
            found = self._merge(found, element)
            at = self._value(element, "basedOn")
        return found

    def _merge(self, found: Style, element: Element) -> Style:
        name = self._value(element, "name") or ""
        level, list_id, list_level = found.level, found.list_id, found.list_level
        if level is None:
            level = self._level(element, name)
        numbering = element.find(f"{self._prefix}pPr/{self._prefix}numPr")
        if numbering is not None:
            list_id = list_id or self._value(numbering, "numId")
            stated = self._value(numbering, "ilvl")
            list_level = int(stated) if list_level is None and stated and stated.isdecimal() else list_level
        return replace(found, name=found.name or name, level=level, list_id=list_id, list_level=list_level)

    def _level(self, element: Element, name: str) -> int | None:
        """The heading level that a style states by its name or outline; 0 where it states that it heads nothing."""
        heading = HEADING.fullmatch(name)
        if heading:
            return int(heading["level"])
        outline = element.find(f"{self._prefix}pPr/{self._prefix}outlineLvl")
        stated = outline.get(f"{self._prefix}val") if outline is not None else None
        if stated is None or not stated.isdecimal():
            return None
        return int(stated) + 1 if int(stated) < BODY_LEVEL else 0

    def _value(self, element: Element, name: str) -> str | None:
        found = next((child for child in element if local_name(child) == name), None)
        return found.get(f"{self._prefix}val") if found is not None else None
