"""What is painted on a page beside its characters (areas, rules, pictures), and where its links lead."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from kb.ingest.pdf.geometry import THIN, Address, Box, Sheet

MOST_OBJECTS = 20_000
"""Objects looked at on a page; behind these stands a map or a chart, whose lines say nothing of the text."""
MOST_POINTS = 200
"""Of one path; one with more is a picture."""
MOST_LINKS = 2_000
SHORTEST_RULE = 18.0
SMALLEST_AREA = 10.0
NEARLY_WHITE = 250
DEEPEST = 8
"""Forms inside forms."""
LONGEST_ADDRESS = 4_096

Matrix = tuple[float, float, float, float, float, float]
UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_drawings(sheet: Sheet, page: Any) -> None:
    """Fill a sheet with areas, rules and pictures."""
    left = MOST_OBJECTS
    count = pdfium.FPDFPage_CountObjects(page)
    stack = [(pdfium.FPDFPage_GetObject(page, at), UNMOVED, 0) for at in range(min(count, left) - 1, -1, -1)]
    while stack and left:
        left -= 1
        item, matrix, depth = stack.pop()
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _read_path(sheet, item, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            sheet.images.append(_box(sheet, _bounds(item), matrix))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            inner = _combined(_matrix(item), matrix)
            inside = pdfium.FPDFFormObj_CountObjects(item)
            stack += [(pdfium.FPDFFormObj_GetObject(item, at), inner, depth + 1) for at in range(min(inside, left))]


def _matrix(item: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _combined(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(item: Any) -> tuple[float, float, float, float]:
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *edges)
    left, bottom, right, top = (edge.value for edge in edges)
    return left, bottom, right, top


def _box(sheet: Sheet, bounds: tuple[float, float, float, float], matrix: Matrix) -> Box:
    left, bottom, right, top = bounds
    corners = [sheet.turn(*_moved(matrix, x, y)) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _read_path(sheet: Sheet, item: Any, matrix: Matrix) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    if not (fill.value or stroke.value):
        return
    points = pdfium.FPDFPath_CountSegments(item)
    if not 0 < points <= MOST_POINTS:
        return
    box = _box(sheet, _bounds(item), matrix)
    if box.height <= THIN or box.width <= THIN:
        _add_rule(sheet, box)
    elif points > 5 and (lines := list(_lines(sheet, item, points, _combined(_matrix(item), matrix)))):
        for line in lines:
            _add_rule(sheet, line)
    elif min(box.width, box.height) >= SMALLEST_AREA and _is_seen(item, is_filled=bool(fill.value), is_framed=bool(stroke.value)):
        sheet.areas.append(box)


def _add_rule(sheet: Sheet, box: Box) -> None:
    if max(box.width, box.height) >= SHORTEST_RULE or min(box.width, box.height) < THIN < max(box.width, box.height):
        sheet.rules.append(box)


def _is_seen(item: Any, *, is_filled: bool, is_framed: bool) -> bool:
    """Whether an area differs from the paper."""
    if is_framed and _colour(item, pdfium.FPDFPageObj_GetStrokeColor) < NEARLY_WHITE:
        return True
    return is_filled and _colour(item, pdfium.FPDFPageObj_GetFillColor) < NEARLY_WHITE


def _colour(item: Any, ask: Any) -> int:
    """The darkest of red, green and blue; 255 for what cannot be seen through."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not ask(item, *parts) or parts[3].value == 0:
        return 255
    return min(part.value for part in parts[:3])


def _lines(sheet: Sheet, item: Any, count: int, matrix: Matrix) -> Iterator[Box]:
    """The straight lines of a path that is nothing but moves and straight lines: a grid drawn in one go."""
    x, y = ctypes.c_float(), ctypes.c_float()
    before = None
    found: list[Box] = []
    for at in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, at)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        here = sheet.turn(*_moved(matrix, x.value, y.value))
        if kind == pdfium.FPDF_SEGMENT_LINETO and before is not None:
            line = Box(min(before[0], here[0]), min(before[1], here[1]), max(before[0], here[0]), max(before[1], here[1]))
            if min(line.width, line.height) > THIN:
                return
            found.append(line)
        elif kind != pdfium.FPDF_SEGMENT_MOVETO:
            return
        before = here
    yield from found


def read_addresses(sheet: Sheet, document: Any, page: Any) -> None:
    """Fill a sheet with its links."""
    place, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    while len(sheet.addresses) < MOST_LINKS and pdfium.FPDFLink_Enumerate(page, place, link):
        where = _target(document, link)
        if where is not None:
            sheet.addresses += [Address(area, *where) for area in _link_areas(sheet, link)]


def _target(document: Any, link: Any) -> tuple[str | None, int | None, float | None] | None:
    action = pdfium.FPDFLink_GetAction(link)
    if action and pdfium.FPDFAction_GetType(action) == pdfium.PDFACTION_URI:
        buffer = ctypes.create_string_buffer(LONGEST_ADDRESS)
        length = pdfium.FPDFAction_GetURIPath(document, action, buffer, LONGEST_ADDRESS)
        href = buffer.value.decode("utf-8", "replace").strip() if 1 < length <= LONGEST_ADDRESS else ""
        return (href, None, None) if href else None
    goal = pdfium.FPDFLink_GetDest(document, link)
    if not goal and action and pdfium.FPDFAction_GetType(action) == pdfium.PDFACTION_GOTO:
        goal = pdfium.FPDFAction_GetDest(document, action)
    if not goal:
        return None
    page = pdfium.FPDFDest_GetDestPageIndex(document, goal)
    return (None, page, _height(goal)) if page >= 0 else None


def _height(goal: Any) -> float | None:
    """Where on its page a link leads, as the file counts: upwards."""
    has_x, has_y, has_zoom = (ctypes.c_int() for _ in range(3))
    x, y, zoom = (ctypes.c_float() for _ in range(3))
    is_known = pdfium.FPDFDest_GetLocationInPage(goal, has_x, has_y, has_zoom, x, y, zoom)
    return y.value if is_known and has_y.value else None


def _link_areas(sheet: Sheet, link: Any) -> Iterator[Box]:
    count = pdfium.FPDFLink_CountQuadPoints(link)
    quad = pdfium.FS_QUADPOINTSF()
    for at in range(min(count, 50)):
        if pdfium.FPDFLink_GetQuadPoints(link, at, quad):
            xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            yield _box(sheet, (min(xs), min(ys), max(xs), max(ys)), UNMOVED)
    rect = pdfium.FS_RECTF()
    if count <= 0 and pdfium.FPDFLink_GetAnnotRect(link, rect):
        yield _box(sheet, (rect.left, rect.bottom, rect.right, rect.top), UNMOVED)
