"""What a PDF does not give: pages that are pictures, characters without names, what was left out on purpose."""

from __future__ import annotations

from collections.abc import Sequence

from kb.errors import UnreadableSourceError
from kb.ingest.losses import loss
from kb.ingest.pdf.geometry import Sheet
from kb.model import Loss

MARGIN_WORDS = 120
"""Characters set sideways on one page that may be those of a margin; more are words of the text."""


def refuse_wordless(sheets: Sequence[Sheet], path: str) -> None:
    """Raise `UnreadableSourceError` for a file without words, or without words that can be made out, and say why."""
    letters = sum(sheet.letters for sheet in sheets)
    if not letters:
        if any(sheet.is_picture for sheet in sheets):
            raise UnreadableSourceError(
                path, "pdf", "it is scanned: its pages are pictures without text; run it through OCR first"
            )
        if any(sheet.is_crowded for sheet in sheets):
            raise UnreadableSourceError(path, "pdf", "its pages hold more characters than the limit")
        raise UnreadableSourceError(path, "pdf", "no page of it holds words" if sheets else "none of its pages could be opened")
    if 2 * sum(sheet.nameless for sheet in sheets) > letters:
        raise UnreadableSourceError(path, "pdf", "its fonts do not say which characters they show; run it through OCR first")


def losses_of(sheets: Sequence[Sheet], *, too_large: int, unopened: int) -> list[Loss]:
    """What to tell of the pages that were read, and of those that were not."""
    turned = sum(sheet.turned for sheet in sheets if sheet.turned > MARGIN_WORDS)
    counts = {
        "W241": too_large + sum(sheet.is_crowded for sheet in sheets),
        "W242": sum(sheet.is_picture for sheet in sheets),
        "W243": sum(sheet.nameless for sheet in sheets),
        "W244": unopened,
        "W245": turned,
        "W246": sum(2 * sheet.hidden > sheet.letters for sheet in sheets),
    }
    is_bare = any(sheet.furniture or sheet.turned for sheet in sheets)
    return [*([loss("I241")] if is_bare else []), *(loss(code, count) for code, count in counts.items() if count)]
