"""PDFs drawn for the tests: words of our own, set in columns, boxes, tables and notes, in any order of drawing."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0
Stroke = Callable[[Canvas], None]


@dataclass
class Paper:
    """Pages being drawn; what is drawn on a page is put in its stream when the page is turned, shuffled where `seed` says so."""

    seed: int | None = None
    strokes: list[Stroke] = field(default_factory=list)
    written: io.BytesIO = field(default_factory=io.BytesIO)

    def __post_init__(self) -> None:
        """Begin the file; the same drawing gives the same bytes."""
        self.canvas = Canvas(self.written, pagesize=(WIDTH, HEIGHT), invariant=1)

    def line(self, x: float, y: float, words: str, size: float = 10, font: str = "Helvetica") -> float:
        """Set one line, `y` points below the top; gives where it ends."""

        def stroke(canvas: Canvas) -> None:
            canvas.setFont(font, size)
            canvas.drawString(x, HEIGHT - y, words)

        self.strokes.append(stroke)
        return x + float(stringWidth(words, font, size))

    def text(self, x: float, y: float, width: float, words: str, size: float = 10, font: str = "Helvetica") -> float:
        """Set a paragraph in lines of a width; gives the baseline for what follows. "^12^" is raised."""
        row: list[str] = []
        for word in words.split():
            if row and stringWidth(" ".join([*row, word]).replace("^", ""), font, size) > width:
                y = self._row(x, y, row, size, font)
                row = []
            row.append(word)
        return self._row(x, y, row, size, font)

    def _row(self, x: float, y: float, row: list[str], size: float, font: str) -> float:
        for number, piece in enumerate(" ".join(row).split("^")):
            x = self.line(x, y - 0.35 * size, piece, 0.65 * size, font) if number % 2 else self.line(x, y, piece, size, font)
        return y + 1.2 * size

    def sideways(self, x: float, y: float, words: str) -> None:
        """Set words turned by a quarter."""

        def stroke(canvas: Canvas) -> None:
            canvas.saveState()
            canvas.setFont("Helvetica", 9)
            canvas.translate(x, HEIGHT - y)
            canvas.rotate(90)
            canvas.drawString(0, 0, words)
            canvas.restoreState()

        self.strokes.append(stroke)

    def area(self, x: float, y: float, width: float, height: float) -> None:
        """Paint a rectangle whose top left corner is given."""

        def stroke(canvas: Canvas) -> None:
            canvas.setFillGray(0.9)
            canvas.rect(x, HEIGHT - y - height, width, height, stroke=0, fill=1)
            canvas.setFillGray(0)

        self.canvas.saveState()
        stroke(self.canvas)
        self.canvas.restoreState()

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a thin line."""
        self.strokes.append(lambda canvas: canvas.line(x0, HEIGHT - y0, x1, HEIGHT - y1))

    def turn(self) -> None:
        """Put what was drawn on the page, and begin the next."""
        if self.seed is not None:
            random.Random(self.seed).shuffle(self.strokes)  # noqa: S311 - the same order every time, on purpose
        for stroke in self.strokes:
            stroke(self.canvas)
        self.strokes = []
        self.canvas.showPage()

    def done(self) -> bytes:
        """The file."""
        if self.strokes:
            self.turn()
        self.canvas.save()
        return self.written.getvalue()
