"""Characters and drawings of a page, from pdfium: one call a character for each thing that is needed, and none for the rest."""

from __future__ import annotations

import ctypes
import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from kb.ingest.pdf.geometry import Box, Face, Run, Sheet, Turn

MOST_CHARACTERS = 100_000
"""On one page; the densest newspaper page has a third of them."""
WIDE_GAP = 0.6
"""In letter sizes: a gap that may part columns or cells, and never stands inside a word."""
SPACE_GAP = 0.16
"""In letter sizes: the narrowest gap between two words that no space character marks."""
BOLD_FROM = 600
BOLD_NAMES = ("bold", "black", "heavy", "demi", "semibd")
ITALIC_NAMES = ("italic", "oblique")
HYPHENS_AT_END = "\x02\ufffe"
"""What pdfium makes of a hyphen at the end of a line."""
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\u200e\u200f"
NAMELESS = "\ufffd"
BULLETS = "•‣◦⁃∙●○▪▫■□◆◇►▸➢➤✓✔❖·\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf02d\uf0be\uf06e\uf0a8"
"""Signs before items, those of symbol fonts among them."""
FARTHEST = 20_000.0
"""Points from the corner of a page, twice what the format allows."""
SAME_PLACE = 0.6
"""Points within which the same letters drawn again are a shadow or a false bold, not words said twice."""


def _fast(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """The same entry of the library with plain addresses for pointers, which costs half as much a call."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    prototype = ctypes.PYFUNCTYPE(result, *arguments)
    return prototype(address or 0)


_object_at = _fast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_unicode_at = _fast(pdfium.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
_box_at = _fast(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


@dataclass(frozen=True)
class Piece:
    """One text object: its look, its direction and the elements that mark it."""

    face: Face
    origin: tuple[float, float]
    direction: int
    """Quarter turns against the clock from upright; -1 for anything between."""
    tag: str
    is_hidden: bool = False


@dataclass
class Fonts:
    """The looks of a file's fonts, each asked for once."""

    known: dict[int, tuple[bool, bool]]

    def look(self, font: Any) -> tuple[bool, bool]:
        """Whether a font is bold, and whether it is italic."""
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self.known:
            self.known[key] = _look(font)
        return self.known[key]


def _look(font: Any) -> tuple[bool, bool]:
    buffer = ctypes.create_string_buffer(256)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, 256)
    name = buffer.value.decode("latin-1").lower()
    angle = ctypes.c_int()
    pdfium.FPDFFont_GetItalicAngle(font, angle)
    is_bold = any(word in name for word in BOLD_NAMES) or pdfium.FPDFFont_GetWeight(font) >= BOLD_FROM
    return is_bold, any(word in name for word in ITALIC_NAMES) or angle.value != 0


def read_text(sheet: Sheet, page: Any, fonts: Fonts, tags: dict[int, str]) -> None:
    """Fill a sheet with the runs of a page, upright; `tags` names structure elements by marked content."""
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return
    try:
        count = pdfium.FPDFText_CountChars(text)
        sheet.is_crowded = count > MOST_CHARACTERS
        if 0 < count <= MOST_CHARACTERS:
            _fill(sheet, _Characters(text, count, fonts, tags), _bounds(page))
    finally:
        pdfium.FPDFText_ClosePage(text)


def _bounds(page: Any) -> Box:
    rect = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, rect)
    return Box(rect.left, rect.bottom, rect.right, rect.top)


class _Characters:
    """The characters of a page in the order of its content stream."""

    def __init__(self, text: Any, count: int, fonts: Fonts, tags: dict[int, str]) -> None:
        address = ctypes.cast(text, ctypes.c_void_p).value
        self.count, self._text, self._fonts, self._tags = count, text, fonts, tags
        self.letters = _letters(text, address, count)
        self.objects = [_object_at(address, at) for at in range(count)]
        boxes = (ctypes.c_float * (4 * count))()
        place = ctypes.addressof(boxes)
        for at in range(count):
            _box_at(address, at, place + 16 * at)
        self.boxes = boxes
        self.pieces: dict[int, Piece] = {}
        for at, key in enumerate(self.objects):
            if key and key not in self.pieces:
                self.pieces[key] = self._piece(key, at)

    def _piece(self, key: int, at: int) -> Piece:
        matrix, x, y = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetMatrix(self._text, at, matrix)
        pdfium.FPDFText_GetCharOrigin(self._text, at, x, y)
        text_object = ctypes.cast(key, pdfium.FPDF_PAGEOBJECT)
        is_bold, is_italic = self._fonts.look(pdfium.FPDFTextObj_GetFont(text_object))
        size = pdfium.FPDFText_GetFontSize(self._text, at) * math.hypot(matrix.c, matrix.d)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(text_object)
        marked = pdfium.FPDFPageObj_GetMarkedContentID(text_object) if self._tags else -1
        face = Face(round(size, 2) or 1.0, is_bold or mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE, is_italic)
        is_hidden = mode in {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP}
        direction = _direction(matrix.a, matrix.b)
        return Piece(face, (x.value, y.value), direction, self._tags.get(marked, ""), is_hidden)


def _letters(text: Any, address: int | None, count: int) -> str:
    """All characters at once where their numbers fit, else one by one."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text, 0, count, buffer)
    if written == count + 1:
        words = bytes(buffer)[:-2].decode("utf-16-le", "surrogatepass")
        if len(words) == count and "\x00" not in words:
            return words
    return "".join(_character(_unicode_at(address, at)) for at in range(count))


def _character(number: int) -> str:
    return chr(number) if number < 0x110000 else "\ufffd"


def _direction(a: float, b: float) -> int:
    angle = math.degrees(math.atan2(b, a)) % 360
    quarter = round(angle / 90)
    return quarter % 4 if abs(angle - quarter * 90) < 3 else -1


def _fill(sheet: Sheet, characters: _Characters, bounds: Box) -> None:
    weights = Counter(key for key in characters.objects if key)
    directions: Counter[int] = Counter()
    for key, weight in weights.items():
        directions[characters.pieces[key].direction] += weight
    upright = max((way for way in directions if way >= 0), key=lambda way: (directions[way], -way), default=0)
    sheet.turned = sum(directions.values()) - directions[upright]
    if upright % 2:
        sheet.width, sheet.height = sheet.height, sheet.width
    sheet.turn = turning(bounds, upright)
    sheet.runs = _without_shadows(list(_runs(sheet, characters, upright)))


def turning(bounds: Box, quarter: int) -> Turn:
    """Places of the page as places of the sheet."""
    left, bottom, right, top = bounds
    turns: tuple[Turn, ...] = (
        lambda x, y: (x - left, top - y),
        lambda x, y: (y - bottom, x - left),
        lambda x, y: (right - x, y - bottom),
        lambda x, y: (top - y, right - x),
    )
    return turns[quarter]


def _runs(sheet: Sheet, characters: _Characters, upright: int) -> Iterator[Run]:
    """Runs in stream order: an object's characters, parted at gaps."""
    letters, objects, boxes = characters.letters, characters.objects, characters.boxes
    turn = sheet.turn
    at, count, was_space = 0, characters.count, True
    while at < count:
        key = objects[at]
        if not key:
            was_space = True
            at += 1
            continue
        end = at + 1
        while end < count and (objects[end] == key or (not objects[end] and letters[end] == " ")):
            end += 1
        piece = characters.pieces[key]
        if piece.direction == upright and _is_on_paper(piece):
            spans = _edges(boxes, at, end, turn)
            # the baseline of its first character: an object has one
            y = turn(*piece.origin)[1]
            for run in _parted(letters, at, spans, piece, y):
                run.follows = not was_space and run.order == at
                sheet.hidden += len(run.text) if piece.is_hidden else 0
                yield run
            was_space = letters[end - 1].isspace()
        at = end


def _is_on_paper(piece: Piece) -> bool:
    """Whether a place and a size are such as damage does not make."""
    return 0.1 < piece.face.size < FARTHEST and all(abs(place) < FARTHEST for place in piece.origin)


def _edges(boxes: Any, start: int, end: int, turn: Turn) -> tuple[list[float], list[float]]:
    """Left and right edges of characters on the sheet."""
    flat = boxes[4 * start : 4 * end]
    origin, across = turn(0.0, 0.0)[0], turn(1.0, 0.0)[0]
    if across - origin == 1.0:
        return [origin + left for left in flat[::4]], [origin + right for right in flat[2::4]]
    ones = [turn(left, top)[0] for left, top in zip(flat[::4], flat[1::4], strict=True)]
    others = [turn(right, bottom)[0] for right, bottom in zip(flat[2::4], flat[3::4], strict=True)]
    return list(map(min, ones, others)), list(map(max, ones, others))


def _parted(letters: str, start: int, edges: tuple[list[float], list[float]], piece: Piece, y: float) -> Iterator[Run]:
    """The runs of one object; `order` of each is the place of its first character."""
    lefts, rights = edges
    wide = WIDE_GAP * piece.face.size
    text: list[str] = []
    xs: list[float] = []
    first, right, is_space = start, 0.0, False
    for at, (left, edge) in enumerate(zip(lefts, rights, strict=True)):
        letter = letters[start + at]
        if letter.isspace():
            is_space = True
            continue
        if text and not -4 * wide < left - right < wide:
            yield Run("".join(text), array("f", xs), right, y, piece.face, first, piece.tag)
            text, xs = [], []
        if not text:
            first = start + at
        elif is_space:
            text.append(" ")
            xs.append(right)
        text.append(letter if letter.isprintable() else _shown(letter))
        xs.append(left)
        right, is_space = max(edge, left), False
    if text:
        yield Run("".join(text), array("f", xs), right, y, piece.face, first, piece.tag)


def _shown(letter: str) -> str:
    """What stands for a character that is no ordinary one."""
    if letter in HYPHENS_AT_END:
        return "-"
    return letter if letter in INVISIBLE or letter in BULLETS else NAMELESS


def _without_shadows(runs: list[Run]) -> list[Run]:
    """Runs without those drawn a second time in nearly the same place."""
    kept: list[Run] = []
    places: set[tuple[str, int, int]] = set()
    for run in runs:
        x, y = round(run.x0 / SAME_PLACE), round(run.y / SAME_PLACE)
        if not any((run.text, x + right, y + down) in places for right in (-1, 0, 1) for down in (-1, 0, 1)):
            kept.append(run)
        places.add((run.text, x, y))
    return kept
