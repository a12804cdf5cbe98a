"""What stands where on a page: runs of characters, painted areas, rules, addresses; distances in points, y grows downwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

Turn = Callable[[float, float], tuple[float, float]]
"""Makes a place of the sheet from a place of the page as the file has it."""
THIN = 2.5
"""Points; what is thinner is a rule."""


class Box(NamedTuple):
    """An upright rectangle: left, top, right, bottom."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.y1 - self.y0

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def contains(self, other: Box, slack: float = 1.0) -> bool:
        """Whether another lies inside, give or take `slack`."""
        return (
            self.x0 - slack <= other.x0
            and other.x1 <= self.x1 + slack
            and self.y0 - slack <= other.y0
            and other.y1 <= self.y1 + slack
        )

    def shares_columns(self, other: Box) -> bool:
        """Whether some of one stands above or below some of the other."""
        return min(self.x1, other.x1) - max(self.x0, other.x0) > 0.5

    def join(self, other: Box) -> Box:
        """The smallest that holds both."""
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))


class Face(NamedTuple):
    """How letters look."""

    size: float
    is_bold: bool = False
    is_italic: bool = False


class Address(NamedTuple):
    """Where a link on the page leads: to an address, or to a place on a page of the same file."""

    area: Box
    href: str | None
    page: int | None = None
    """From 0."""
    y: float | None = None


@dataclass(slots=True)
class Run:
    """Characters of one look in a row on one baseline, without a gap wider than a word's; `xs` is the left edge of each."""

    text: str
    xs: Sequence[float]
    x1: float
    y: float
    """The baseline."""
    face: Face
    order: int
    """Place in the content stream, which joins what it draws in a row and says nothing else."""
    tag: str = ""
    """The element of the structure tree it belongs to, such as "H2"; empty where the file is not tagged."""
    address: Address | None = None
    is_raised: bool = False
    follows: bool = False
    """Whether the content stream sets it right behind the run before it, with no space between."""

    @property
    def x0(self) -> float:
        """The left edge."""
        return self.xs[0]

    @property
    def box(self) -> Box:
        """About the ink of ordinary letters."""
        return Box(self.xs[0], self.y - 0.75 * self.face.size, self.x1, self.y + 0.22 * self.face.size)

    def cut(self, start: int, end: int) -> Run:
        """The characters from `start` to `end`."""
        right = self.xs[end] if end < len(self.xs) else self.x1
        is_first = start == 0
        return Run(
            self.text[start:end],
            self.xs[start:end],
            right,
            self.y,
            self.face,
            self.order,
            self.tag,
            self.address,
            self.is_raised,
            self.follows if is_first else True,
        )


@dataclass
class Sheet:
    """One page as it was drawn, turned so that most of its words are upright."""

    number: int
    """From 1."""
    width: float
    height: float
    turn: Turn = field(default=lambda x, y: (x, -y), repr=False)
    label: str | None = None
    runs: list[Run] = field(default_factory=list)
    areas: list[Box] = field(default_factory=list)
    """Painted or framed rectangles."""
    rules: list[Box] = field(default_factory=list)
    """Thin straight lines."""
    images: list[Box] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    is_crowded: bool = False
    """Whether it holds more characters than the limit, and none was read."""
    turned: int = 0
    """Characters that stand in another direction and were left out."""
    nameless: int = 0
    """Characters that the file shows and does not name."""
    furniture: int = 0
    """Lines that are running heads and feet."""
    hidden: int = 0
    """Characters that are not painted: those behind the picture of a page, as machines recognised them."""

    @property
    def letters(self) -> int:
        """Characters read."""
        return sum(len(run.text) for run in self.runs)

    @property
    def is_picture(self) -> bool:
        """Whether pictures take most of a page without text."""
        painted = sum(max(0.0, image.width) * max(0.0, image.height) for image in self.images)
        return not self.runs and painted > 0.3 * self.width * self.height
