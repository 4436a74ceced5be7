"""A layout and a card's content become two pages of placed items. Pure; every misfit is a named error."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from io import BytesIO

from PIL import Image

from printing.content import REQUIRED_PICTURES, CardContent
from printing.elements import (
    Art,
    ArtElement,
    Element,
    EllipseElement,
    GuillocheElement,
    LineElement,
    MrzElement,
    PictureElement,
    RectangleElement,
    RosetteElement,
    SymbolElement,
    TextElement,
)
from printing.errors import ContentError, PictureDamaged, PictureMissing, SymbolDoesNotFit
from printing.ornament import Curve, rosette, shades, waves
from printing.placed import (
    Page,
    PlacedEllipse,
    PlacedItem,
    PlacedModules,
    PlacedPath,
    PlacedPicture,
    PlacedRectangle,
    PlacedText,
    PlacedVector,
)
from printing.shaping import MM_PER_POINT, cased, fit
from printing.specification import CARD_HEIGHT, CARD_WIDTH, CardLayout
from printing.symbols import QUIET_MODULES, grid, is_readable, module_size
from printing.vector_art import read_vector_art

# A portrait of this size is 1200 dpi on half a card.
MOST_PIXELS = 16_000_000


def place_card(layout: CardLayout, content: CardContent, *, preview: bool = False) -> tuple[Page, Page]:
    """Return front and back; with `preview` also what the blank brings, as each page's `blank`.

    Raises TextDoesNotFit, MissingGlyph, SymbolDoesNotFit, PictureDamaged, PictureMissing, each with the fact
    `element`.
    """
    unprinted = {layer.name for layer in layout.layers if not layer.printed}
    texts, pictures = content.texts(), content.pictures()
    art = {piece.name: piece for piece in layout.art}
    pages = []
    for side in (layout.front, layout.back):
        items: list[PlacedItem] = []
        blank: list[PlacedItem] = []
        for element in layout.in_drawing_order(side, preview=preview):
            if not element.when.holds(content.age, content.lifetime, content.replacement):
                continue
            try:
                placed = _place(element, content, texts, pictures, art, layout.dpi)
            except ContentError as fault:
                fault.facts["element"] = element.id
                raise
            (blank if element.layer in unprinted else items).extend(placed)
        pages.append(Page(CARD_WIDTH, CARD_HEIGHT, tuple(items), tuple(blank)))
    return pages[0], pages[1]


def place_blank(layout: CardLayout) -> tuple[Page, Page]:
    """Return what the blank brings on both sides, before anything is printed on it."""
    art = {piece.name: piece for piece in layout.art}
    unprinted = {layer.name for layer in layout.layers if not layer.printed}
    sides = []
    for side in (layout.front, layout.back):
        items: list[PlacedItem] = []
        for element in layout.in_drawing_order(side, preview=True):
            if element.layer in unprinted:
                match element:
                    case TextElement():
                        items.extend(_literal(element))
                    case ArtElement():
                        items.extend(_art(element, art[element.art]))
                    case _:
                        items.extend(_shape(element))
        sides.append(Page(CARD_WIDTH, CARD_HEIGHT, tuple(items)))
    return sides[0], sides[1]


def misfits(layout: CardLayout, texts: Mapping[str, str]) -> dict[str, ContentError]:
    """Return which of `texts` (layout field -> text) no card of this layout can carry, with the reason.

    Asked before a card's other content is known; the first element that cannot hold a text names it.
    """
    found: dict[str, ContentError] = {}
    for element in layout.elements:
        if not isinstance(element, TextElement) or not texts.get(element.field) or element.field in found:
            continue
        try:
            place_text(element, texts[element.field])
        except ContentError as fault:
            fault.facts["element"] = element.id
            found[element.field] = fault
    return found


def _place(
    element: Element,
    content: CardContent,
    texts: Mapping[str, str],
    pictures: Mapping[str, bytes],
    art: Mapping[str, Art],
    dpi: int,
) -> Sequence[PlacedItem]:
    match element:
        case TextElement():
            return place_text(element, texts[element.field]) if element.field else _literal(element)
        case PictureElement():
            return _picture(element, pictures[element.field])
        case ArtElement():
            return _art(element, art[element.art])
        case MrzElement():
            return _zone(element, content.mrz)
        case SymbolElement():
            return place_symbol(element, texts[element.field], dpi)
    return _shape(element)


@lru_cache(maxsize=1024)
def _shape(element: Element) -> Sequence[PlacedItem]:
    match element:
        case RectangleElement() as r:
            fill = (r.fill, r.stroke, r.stroke_width, r.fill_to)
            return (PlacedRectangle(r.x, r.y, r.width, r.height, r.radius, *fill),)
        case EllipseElement() as e:
            return (PlacedEllipse(e.x, e.y, e.width, e.height, e.fill, e.stroke, e.stroke_width),)
        case LineElement() as line:
            ends = ((line.x, line.y), (line.x + line.width, line.y + line.height))
            return (PlacedPath((ends,), line.stroke, line.stroke_width),)
        case GuillocheElement():
            return _shaded(waves(element), element.stroke, element.stroke_to, element.stroke_width)
        case RosetteElement():
            return _shaded(rosette(element), element.stroke, element.stroke_to, element.stroke_width)
    raise TypeError(type(element).__name__)


def _shaded(curves: tuple[Curve, ...], stroke: str, stroke_to: str, width: float) -> Sequence[PlacedItem]:
    if not stroke_to:
        return (PlacedPath(curves, stroke, width),)
    colours = shades(stroke, stroke_to, len(curves))
    return tuple(PlacedPath((curve,), colour, width) for curve, colour in zip(curves, colours, strict=True))


@lru_cache(maxsize=1024)
def _literal(element: TextElement) -> Sequence[PlacedItem]:
    return tuple(place_text(element, element.text))


def place_text(element: TextElement, text: str) -> list[PlacedItem]:
    """Return the line of `text` inside the element, as large as fits; nothing for an empty text."""
    if not text:
        return []
    line, size = fit(
        cased(text, element.case),
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


def _picture(element: PictureElement, data: bytes) -> Sequence[PlacedItem]:
    if not data:
        if element.field in REQUIRED_PICTURES:
            raise PictureMissing(field=element.field)
        return ()
    try:
        pixels = _pixels(data, ("JPEG",) if element.field in REQUIRED_PICTURES else ("JPEG", "PNG"))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as fault:
        raise PictureDamaged(field=element.field) from fault
    box = (element.x, element.y, element.width, element.height)
    # A face is cut where proportions differ, a signature never.
    whole = element.field not in REQUIRED_PICTURES
    return (PlacedPicture(data, pixels, *box, element.opacity, element.radius, whole),)


def _art(element: ArtElement, art: Art) -> Sequence[PlacedItem]:
    box = (element.x, element.y, element.width, element.height)
    if art.media_type == "image/svg+xml":
        return (PlacedVector(read_vector_art(art.data), *box, element.opacity),)
    return (PlacedPicture(art.data, _pixels(art.data, ("JPEG", "PNG")), *box, element.opacity, 0.0, True),)


@lru_cache(maxsize=32)
def _pixels(data: bytes, formats: tuple[str, ...]) -> tuple[int, int]:
    # Decoded whole: a truncated file has a good head, and printers draw grey where it ends.
    with Image.open(BytesIO(data), formats=formats) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError("too many pixels")
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
    if not is_readable(element.symbology, module) or tall > element.height + 1e-6:
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
