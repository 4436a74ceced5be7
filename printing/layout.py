"""A layout and a card's content become two pages of placed items. Pure; every misfit is a named error."""

from functools import lru_cache
from io import BytesIO

from PIL import Image

from printing.content import CardContent
from printing.elements import (
    Element,
    EllipseElement,
    GuillocheElement,
    MrzElement,
    PictureElement,
    RectangleElement,
    RosetteElement,
    SymbolElement,
    TextElement,
)
from printing.errors import ContentError, PictureDamaged, SymbolDoesNotFit
from printing.ornament import rosette, waves
from printing.placed import (
    Page,
    PlacedEllipse,
    PlacedItem,
    PlacedModules,
    PlacedPath,
    PlacedPicture,
    PlacedRectangle,
    PlacedText,
)
from printing.shaping import MM_PER_POINT, fit
from printing.specification import CARD_HEIGHT, CARD_WIDTH, CardLayout
from printing.specification_checks import module_size
from printing.symbols import QUIET_MODULES, SMALLEST_MODULE, grid


def place_card(layout: CardLayout, content: CardContent) -> tuple[Page, Page]:
    """Return front and back. Raises TextDoesNotFit, MissingGlyph, SymbolDoesNotFit, PictureDamaged, each with
    the fact `element`."""
    pages = []
    for side in (layout.front, layout.back):
        items: list[PlacedItem] = []
        for element in side:
            try:
                items.extend(_place(element, content, layout.dpi))
            except ContentError as fault:
                fault.facts["element"] = element.id
                raise
        pages.append(Page(CARD_WIDTH, CARD_HEIGHT, tuple(items)))
    return pages[0], pages[1]


def _place(element: Element, content: CardContent, dpi: int) -> list[PlacedItem]:
    match element:
        case TextElement():
            return place_text(element, element.text or content.texts()[element.field])
        case PictureElement():
            return [_picture(element, content.pictures()[element.field])]
        case RectangleElement() as r:
            return [PlacedRectangle(r.x, r.y, r.width, r.height, r.radius, r.fill, r.stroke, r.stroke_width)]
        case EllipseElement() as e:
            return [PlacedEllipse(e.x, e.y, e.width, e.height, e.fill, e.stroke, e.stroke_width)]
        case GuillocheElement():
            return [PlacedPath(waves(element), element.stroke, element.stroke_width)]
        case RosetteElement():
            return [PlacedPath(rosette(element), element.stroke, element.stroke_width)]
        case MrzElement():
            return _zone(element, content.mrz)
        case SymbolElement():
            return place_symbol(element, content.texts()[element.field], dpi)
    raise TypeError(type(element).__name__)


def place_text(element: TextElement, text: str) -> list[PlacedItem]:
    """Return the line of `text` inside the element, as large as fits; nothing for an empty text."""
    if not text:
        return []
    line, size = fit(
        text,
        element.face,
        width=element.width,
        above=element.baseline - element.y,
        below=element.y + element.height - element.baseline,
        largest=element.size,
        smallest=element.smallest,
    )
    scale = size * MM_PER_POINT
    room = element.width - (line.right - line.left) * scale
    x = element.x - line.left * scale + {"left": 0.0, "centre": room / 2, "right": room}[element.align]
    return [PlacedText(line.runs, x, element.baseline, size, element.colour)]


def _zone(element: MrzElement, lines: tuple[str, str, str]) -> list[PlacedItem]:
    placed: list[PlacedItem] = []
    for number, text in enumerate(lines):
        baseline = element.baseline + number * element.pitch
        line = TextElement(
            id=element.id,
            x=element.x,
            y=element.y,
            width=element.width,
            height=element.height,
            baseline=baseline,
            size=element.size,
            smallest=element.size,
            face=element.face,
            colour=element.colour,
        )
        placed.extend(place_text(line, text))
    return placed


def _picture(element: PictureElement, jpeg: bytes) -> PlacedPicture:
    try:
        pixels = _pixels(jpeg)
    except (OSError, SyntaxError, ValueError) as fault:
        raise PictureDamaged(field=element.field) from fault
    return PlacedPicture(
        jpeg, pixels, element.x, element.y, element.width, element.height, element.opacity, element.radius
    )


@lru_cache(maxsize=8)
def _pixels(jpeg: bytes) -> tuple[int, int]:
    # Decoded whole: a truncated file has a good head, and printers draw grey where it ends.
    with Image.open(BytesIO(jpeg), formats=("JPEG",)) as picture:
        picture.load()
        return picture.size


def place_symbol(element: SymbolElement, text: str, dpi: int) -> list[PlacedItem]:
    """Return the code of `text` on a white ground, its modules whole printer dots; nothing for an empty text."""
    if not text:
        return []
    code = grid(element.symbology, text)
    quiet = QUIET_MODULES[element.symbology]
    module = module_size(element, code.columns + 2 * quiet, dpi)
    row = element.height if code.rows == 1 else module
    quiet_rows = 2 * quiet if code.rows > 1 else 0
    tall = row * code.rows + module * quiet_rows
    if module < SMALLEST_MODULE[element.symbology] or tall > element.height + 1e-6:
        raise SymbolDoesNotFit(symbology=element.symbology, columns=code.columns, module=round(module, 3))
    dot = 25.4 / dpi
    left = round((element.x + (element.width - code.columns * module) / 2) / dot) * dot
    top = round((element.y + (element.height - code.rows * row) / 2) / dot) * dot
    margin = quiet * module
    ground = PlacedRectangle(
        left - margin,
        top - (margin if code.rows > 1 else 0),
        code.columns * module + 2 * margin,
        code.rows * row + (2 * margin if code.rows > 1 else 0),
        0,
        "#FFFFFF",
        "",
        0,
    )
    return [ground, PlacedModules(left, top, module, row, code.dark, element.colour)]
