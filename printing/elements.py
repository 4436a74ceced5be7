"""What a card layout is made of. Lengths in mm from the top left corner of the card, type sizes in points."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Element:
    """A named rectangle on one side of the card."""

    id: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class TextElement(Element):
    """One line, literal or from a field, on `baseline` (mm from the card's top), between two type sizes."""

    baseline: float
    size: float
    smallest: float
    face: str = "sans"
    text: str = ""
    field: str = ""
    colour: str = "#000000"
    align: str = "left"


@dataclass(frozen=True, kw_only=True)
class PictureElement(Element):
    """A picture filling its rectangle, cut evenly where its proportions differ; a ghost has less opacity."""

    field: str
    opacity: float = 1.0
    radius: float = 0.0


@dataclass(frozen=True, kw_only=True)
class RectangleElement(Element):
    """A filled or outlined rectangle."""

    fill: str = ""
    stroke: str = ""
    stroke_width: float = 0.1
    radius: float = 0.0


@dataclass(frozen=True, kw_only=True)
class EllipseElement(Element):
    """A filled or outlined ellipse inside its rectangle."""

    fill: str = ""
    stroke: str = ""
    stroke_width: float = 0.1


@dataclass(frozen=True, kw_only=True)
class GuillocheElement(Element):
    """Fine interlaced waves across the rectangle; `waves` periods, `amplitude` in mm, shifted line by line."""

    lines: int
    waves: float
    amplitude: float
    stroke: str
    stroke_width: float = 0.06


@dataclass(frozen=True, kw_only=True)
class RosetteElement(Element):
    """A rosette of `petals`, `lines` interlaced curves; `depth`, the share of the radius the petals take."""

    lines: int
    petals: int
    depth: float
    stroke: str
    stroke_width: float = 0.06


@dataclass(frozen=True, kw_only=True)
class MrzElement(Element):
    """The three lines of the machine readable zone; `baseline` of the first, `pitch` between lines."""

    baseline: float
    pitch: float
    size: float
    face: str = "ocr-b"
    colour: str = "#000000"


@dataclass(frozen=True, kw_only=True)
class SymbolElement(Element):
    """A code from a field. `modules` is the widest symbol it must hold, quiet zones included."""

    symbology: str
    field: str
    modules: int
    colour: str = "#000000"


KINDS: dict[str, type[Element]] = {
    "text": TextElement,
    "picture": PictureElement,
    "rectangle": RectangleElement,
    "ellipse": EllipseElement,
    "guilloche": GuillocheElement,
    "rosette": RosetteElement,
    "mrz": MrzElement,
    "symbol": SymbolElement,
}
# What carries information and must stand free; the rest is ground and ornament.
CONTENT_KINDS = (TextElement, PictureElement, MrzElement, SymbolElement)
