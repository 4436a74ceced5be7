"""What a card layout is made of. Lengths in mm from the top left corner of the card, type sizes in points."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Condition:
    """On which cards an element stands: those whose facts agree with everything said here; nothing said, all cards.

    Ages are full years on the day of issue, `from_age` included and `below_age` not. `lifetime`: the card does
    not expire; `replacement`: it replaces one that was lost or spoiled.
    """

    from_age: int | None = None
    below_age: int | None = None
    lifetime: bool | None = None
    replacement: bool | None = None

    def holds(self, age: int | None, lifetime: bool, replacement: bool) -> bool:
        """Tell whether it holds; of an unknown age no age condition does."""
        if (self.from_age is not None or self.below_age is not None) and age is None:
            return False
        years = age or 0
        return (
            (self.from_age is None or years >= self.from_age)
            and (self.below_age is None or years < self.below_age)
            and self.lifetime in (None, lifetime)
            and self.replacement in (None, replacement)
        )

    def excludes(self, other: "Condition") -> bool:
        """Tell whether no card can have both."""
        if self.lifetime is not None and other.lifetime is not None and self.lifetime != other.lifetime:
            return True
        said = (self.replacement, other.replacement)
        if None not in said and said[0] != said[1]:
            return True
        first = max(self.from_age or 0, other.from_age or 0)
        ends = [age for age in (self.below_age, other.below_age) if age is not None]
        return bool(ends) and first >= min(ends)


@dataclass(frozen=True, kw_only=True)
class Layer:
    """A named layer. One that is not printed is what the blank brings: it is shown in a preview only."""

    name: str
    printed: bool = True


@dataclass(frozen=True, kw_only=True)
class Art:
    """A picture inside the layout's document: PNG, JPEG or SVG as `media_type` says, `sha256` in hex."""

    name: str
    media_type: str
    sha256: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Element:
    """A named rectangle on one side of the card, in a layer of the layout."""

    id: str
    x: float
    y: float
    width: float
    height: float
    layer: str = "print"
    when: Condition = Condition()


@dataclass(frozen=True, kw_only=True)
class TextElement(Element):
    """One line, literal or from a field, on `baseline` (mm from the card's top), between two type sizes.

    `language` (lo, en) says what a literal text is written in; `case` is as-is or upper.
    """

    baseline: float
    size: float
    smallest: float
    face: str = "sans"
    text: str = ""
    field: str = ""
    colour: str = "#000000"
    align: str = "left"
    language: str = ""
    case: str = "as-is"


@dataclass(frozen=True, kw_only=True)
class PictureElement(Element):
    """A person's picture filling its rectangle, cut evenly where its proportions differ; a ghost has less opacity."""

    field: str
    opacity: float = 1.0
    radius: float = 0.0


@dataclass(frozen=True, kw_only=True)
class ArtElement(Element):
    """Static artwork of the document, whole inside its rectangle."""

    art: str
    opacity: float = 1.0


@dataclass(frozen=True, kw_only=True)
class RectangleElement(Element):
    """A filled or outlined rectangle; with `fill_to` the fill changes from left to right."""

    fill: str = ""
    fill_to: str = ""
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
class LineElement(Element):
    """A line from the top left to the bottom right corner of its rectangle, which may have no width or no height."""

    stroke: str
    stroke_width: float = 0.1


@dataclass(frozen=True, kw_only=True)
class GuillocheElement(Element):
    """Fine interlaced waves across the rectangle; `waves` periods, `amplitude` in mm, shifted line by line.

    With `stroke_to` the colour changes from the first line to the last.
    """

    lines: int
    waves: float
    amplitude: float
    stroke: str
    stroke_to: str = ""
    stroke_width: float = 0.06


@dataclass(frozen=True, kw_only=True)
class RosetteElement(Element):
    """A rosette of `petals`, `lines` interlaced curves; `depth`, the share of the radius the petals take.

    With `stroke_to` the colour changes from the outermost line to the innermost.
    """

    lines: int
    petals: int
    depth: float
    stroke: str
    stroke_to: str = ""
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
    "art": ArtElement,
    "rectangle": RectangleElement,
    "ellipse": EllipseElement,
    "line": LineElement,
    "guilloche": GuillocheElement,
    "rosette": RosetteElement,
    "mrz": MrzElement,
    "symbol": SymbolElement,
}
# What carries information and must stand free; the rest is ground and ornament.
CONTENT_KINDS = (TextElement, PictureElement, MrzElement, SymbolElement)
