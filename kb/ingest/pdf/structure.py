"""The structure tree of a tagged page: which element the words of each marked stretch belong to."""

from __future__ import annotations

import ctypes
import re
from typing import Any

import pypdfium2.raw as pdfium

MOST_ELEMENTS = 20_000
TELLING = re.compile(r"H[1-6]?|Title|Caption|Note|FENote|LI|Lbl|LBody|T[HD]|Aside|TOCI?|Artifact|BlockQuote")
"""Elements that say more than that there are words."""


def tags_of(page: Any) -> dict[int, str]:
    """Numbers of marked content with the innermost telling element around it; empty for a page without tags."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    try:
        return _walk(tree)
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _walk(tree: Any) -> dict[int, str]:
    tags: dict[int, str] = {}
    count = pdfium.FPDF_StructTree_CountChildren(tree)
    stack = [(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at), "") for at in range(min(count, MOST_ELEMENTS))]
    seen = 0
    while stack and seen < MOST_ELEMENTS:
        element, around = stack.pop()
        if not element:
            continue
        seen += 1
        kind = _kind(element)
        tag = kind if TELLING.fullmatch(kind) else around
        for at in range(pdfium.FPDF_StructElement_GetMarkedContentIdCount(element)):
            number = pdfium.FPDF_StructElement_GetMarkedContentIdAtIndex(element, at)
            if number >= 0 and tag:
                tags[number] = tag
        children = pdfium.FPDF_StructElement_CountChildren(element)
        stack += [(pdfium.FPDF_StructElement_GetChildAtIndex(element, at), tag) for at in range(min(children, MOST_ELEMENTS))]
    return tags


def _kind(element: Any) -> str:
    buffer = ctypes.create_string_buffer(128)
    length = pdfium.FPDF_StructElement_GetType(element, buffer, 128)
    return str(buffer.raw[: max(0, min(length, 128) - 2)].decode("utf-16-le", "replace"))
