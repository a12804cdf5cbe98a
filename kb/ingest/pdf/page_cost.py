"""What a page will cost pdfium, from its drawing instructions: unpacked, with every form as often as it is drawn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, StreamObject

MOST_COST = 8 * 1024 * 1024
"""Bytes of instructions; pdfium takes up to thirty times as much memory for them. Dense maps of governments have five million."""
SMALL = 128 * 1024
"""Instructions so few cost what they are long, whatever they say."""
LETTER_COST = 12
"""A letter in a string costs as much as so many bytes of instructions, a saved state as much as these."""
STATE_COST = 60
DEEPEST = 20
"""Forms inside forms; pdfium goes no deeper either."""
ENDLESS = 1 << 60
STRING = re.compile(rb"\([^()]*\)|<[0-9A-Fa-f\s]*>")
SAVED = re.compile(rb"(?:^|\s)q(?=\s)")
DRAWN = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
FONT_FILES = ("/ToUnicode", "/FontFile", "/FontFile2", "/FontFile3")


@dataclass
class Costs:
    """Costs of pages; what several pages share is looked at once."""

    together: int = 0
    _forms: dict[int, int] = field(default_factory=dict)
    _fonts: set[int] = field(default_factory=set)

    def of_page(self, page: DictionaryObject) -> int:
        """The cost of one page; beyond all measure where something of it expands past pypdf's limits."""
        try:
            resources = _dictionary(
                page.get("/Resources", page.get_inherited("/Resources") if hasattr(page, "get_inherited") else None)
            )
            self._check_fonts(resources)
            cost = self._of_instructions(_contents(page), resources, 0)
        except LimitReachedError:
            return ENDLESS
        self.together += min(cost, MOST_COST)
        return cost

    def _of_instructions(self, data: bytes, resources: DictionaryObject | None, depth: int) -> int:
        cost = len(data)
        if cost > SMALL:
            cost += LETTER_COST * sum(map(len, STRING.findall(data))) + STATE_COST * len(SAVED.findall(data))
        forms = _dictionary(resources.get("/XObject")) if resources is not None else None
        if forms is None or b"Do" not in data or cost > MOST_COST:
            return cost
        for name, count in Counter(DRAWN.findall(data)).items():
            cost += count * (
                64
                + self._of_form(
                    forms.raw_get("/" + name.decode("latin-1")) if "/" + name.decode("latin-1") in forms else None, depth + 1
                )
            )
        return cost

    def _of_form(self, form: PdfObject | None, depth: int) -> int:
        key = form.idnum if isinstance(form, IndirectObject) else 0
        if key in self._forms:
            return self._forms[key]
        found = form.get_object() if form is not None else None
        if not isinstance(found, StreamObject) or found.get("/Subtype") != "/Form" or depth > DEEPEST:
            return 0
        if key:
            self._forms[key] = 0
        cost = self._of_instructions(found.get_data(), _dictionary(found.get("/Resources")), depth)
        if key:
            self._forms[key] = cost
        return cost

    def _check_fonts(self, resources: DictionaryObject | None) -> None:
        """Unpack what fonts bring along, once, for pypdf to stop where that has no end."""
        fonts = _dictionary(resources.get("/Font")) if resources is not None else None
        if fonts is None:
            return
        for name in fonts:
            raw = fonts.raw_get(name)
            key = raw.idnum if isinstance(raw, IndirectObject) else 0
            if key in self._fonts:
                continue
            self._fonts |= {key} if key else set()
            for stream in _font_streams(_dictionary(raw)):
                stream.get_data()


def _font_streams(font: DictionaryObject | None) -> Iterator[StreamObject]:
    descriptor = _dictionary(font.get("/FontDescriptor")) if font is not None else None
    for holder in (font, descriptor):
        found = [holder.get(entry) for entry in FONT_FILES] if holder is not None else []
        streams = [value.get_object() for value in found if value is not None]
        yield from (stream for stream in streams if isinstance(stream, StreamObject))


def _dictionary(found: object) -> DictionaryObject | None:
    value = found.get_object() if isinstance(found, PdfObject) else None
    return value if isinstance(value, DictionaryObject) else None


def _contents(page: DictionaryObject) -> bytes:
    found = page.get("/Contents")
    value = found.get_object() if found is not None else None
    streams = [part.get_object() for part in value] if isinstance(value, ArrayObject) else [value]
    pieces: list[bytes] = []
    length = 0
    for stream in streams:
        if isinstance(stream, StreamObject) and length <= MOST_COST:
            pieces.append(stream.get_data())
            length += len(pieces[-1])
    return b"\n".join(pieces)
