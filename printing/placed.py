"""A page ready to be drawn: every item at its place in mm from the top left corner, nothing left to decide."""

from dataclasses import dataclass

from printing.shaping import Run
from printing.vector_art import VectorArt


@dataclass(frozen=True)
class PlacedText:
    """A shaped line whose origin is at (x, baseline), `size` in points."""

    runs: tuple[Run, ...]
    x: float
    baseline: float
    size: float
    colour: str


@dataclass(frozen=True)
class PlacedPicture:
    """A JPEG or PNG of `pixels` width and height, drawn to cover the rectangle and clipped by it, or `whole` inside."""

    data: bytes
    pixels: tuple[int, int]
    x: float
    y: float
    width: float
    height: float
    opacity: float
    radius: float
    whole: bool


@dataclass(frozen=True)
class PlacedVector:
    """Drawn artwork, whole inside the rectangle."""

    art: VectorArt
    x: float
    y: float
    width: float
    height: float
    opacity: float


@dataclass(frozen=True, eq=False)
class PlacedPath:
    """Thin curves of one colour, each a polyline of points.

    It equals itself only: comparing curves costs more than drawing them.
    """

    strokes: tuple[tuple[tuple[float, float], ...], ...]
    stroke: str
    stroke_width: float


@dataclass(frozen=True)
class PlacedRectangle:
    """A rectangle, its corners rounded by `radius`."""

    x: float
    y: float
    width: float
    height: float
    radius: float
    fill: str
    stroke: str
    stroke_width: float
    fill_to: str = ""


@dataclass(frozen=True)
class PlacedEllipse:
    """An ellipse inside its rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str
    stroke_width: float


@dataclass(frozen=True)
class PlacedModules:
    """A code: dark stretches (column, row, columns wide) on a grid from (x, y), a module `wide` by `high`."""

    x: float
    y: float
    wide: float
    high: float
    dark: tuple[tuple[int, int, int], ...]
    colour: str


PlacedItem = (
    PlacedText | PlacedPicture | PlacedVector | PlacedPath | PlacedRectangle | PlacedEllipse | PlacedModules
)


@dataclass(frozen=True)
class Page:
    """One page of `width` x `height` mm; items are drawn in their order.

    `blank` lies under them and is no part of what is printed: the ink of `items` darkens it, as on the card.
    """

    width: float
    height: float
    items: tuple[PlacedItem, ...]
    blank: tuple[PlacedItem, ...] = ()
