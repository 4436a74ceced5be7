"""Placed pages become a PDF. The only place that knows ReportLab."""

from functools import cache, lru_cache
from hashlib import sha256
from io import BytesIO
from threading import Lock
from types import SimpleNamespace
from typing import Any

from PIL import Image
from reportlab import rl_config
from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFResourceDictionary, PDFStream, pdfdocEnc
from reportlab.pdfbase.ttfonts import TTFont, shapeStr
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from printing.content import CardContent
from printing.fonts import font
from printing.layout import place_blank, place_card
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
from printing.specification import CardLayout
from printing.vector_art import Shape

POINTS_PER_MM = 72 / 25.4
_JPEG = b"\xff\xd8"
# ReportLab writes streams as ASCII text otherwise: a quarter larger and several times slower.
rl_config.useA85 = 0
# ReportLab keeps fonts and settings in module globals.
_drawing = Lock()


class RisingText(PDFTextObject):  # type: ignore[misc]  # ReportLab has no types
    """A text object that keeps its rise right when two marks follow each other.

    ReportLab replaces the pending rise operator without remembering its value, so that every later glyph of
    the line stands wrong.
    """

    _rise: float
    _y: float

    def setRise(self, rise: float) -> None:
        """Set the rise in points; the pending rise operator, if it is the last one, is replaced."""
        self._y += self._rise - rise
        self._rise = rise
        if self._code and self._code[-1].endswith(" Ts"):
            self._code.pop()
        self._code.append(f"{_number(rise)} Ts")


def render_card(layout: CardLayout, content: CardContent, *, preview: bool = False) -> bytes:
    """Return the card as a PDF of two pages, 85.60 x 53.98 mm each; the same input gives the same bytes.

    With `preview` the print lies on what the blank brings, as ink on the card does; printers get it without.
    Raises what layout.place_card raises.
    """
    return render_pages(place_card(layout, content, preview=preview))


def render_blank(layout: CardLayout) -> bytes:
    """Return what the blank brings as a PDF of two pages; the same layout gives the same bytes."""
    return render_pages(place_blank(layout))


def render_pages(pages: tuple[Page, ...]) -> bytes:
    """Return `pages` as one PDF without dates, names or anything else that differs between two runs."""
    out = BytesIO()
    with _drawing:
        canvas = Canvas(out, invariant=1, pageCompression=1)
        for number, page in enumerate(pages):
            canvas.setPageSize((page.width * POINTS_PER_MM, page.height * POINTS_PER_MM))
            if page.blank:
                _draw_on_blank(canvas, page, f"ink{number}")
            else:
                for item in page.items:
                    _draw(canvas, item, page.height)
            canvas.showPage()
        canvas.save()
    return out.getvalue()


def _draw_on_blank(canvas: Any, page: Page, name: str) -> None:
    """Draws the print as one transparency group that darkens the blank (ISO 32000-1, 11.3.5 and 11.6.6)."""
    for item in page.blank:
        _draw(canvas, item, page.height)
    wide, high = page.width * POINTS_PER_MM, page.height * POINTS_PER_MM
    canvas.beginForm(name, 0, 0, wide, high)
    for item in page.items:
        _draw(canvas, item, page.height)
    stream = PDFStream()
    stream.content = pdfdocEnc("\n".join((canvas._preamble, *canvas._code)))
    group = {"S": PDFName("Transparency"), "I": "true", "CS": PDFName("DeviceRGB")}
    stream.dictionary["Group"] = PDFDictionary(group)
    canvas.endForm(Contents=stream, Resources=_resources(canvas))
    canvas.saveState()
    canvas.setBlendMode("Multiply")
    canvas.doForm(name)
    canvas.restoreState()


def _resources(canvas: Any) -> PDFResourceDictionary:
    """What the form in the making uses. ReportLab gives its forms no graphics states and no gradients."""
    used = SimpleNamespace()
    canvas._setXObjects(used)
    canvas._setExtGState(used)
    resources = PDFResourceDictionary()
    resources.basicFonts()
    resources.allProcs()
    resources.XObject = used.XObjects or {}
    resources.ExtGState = used.ExtGState or {}
    resources.setShading(canvas._shadingUsed)
    return resources


def _draw(canvas: Any, item: PlacedItem, height: float) -> None:
    match item:
        case PlacedText():
            _draw_text(canvas, item, height)
        case PlacedPicture():
            _draw_picture(canvas, item, height)
        case PlacedVector():
            _draw_vector(canvas, item, height)
        case PlacedRectangle() as r:
            _paint(canvas, r.fill, r.stroke, r.stroke_width)
            box = _box(r.x, r.y, r.width, r.height, height)
            if r.fill_to:
                _draw_changing(canvas, r, box)
            if r.stroke or not r.fill_to:
                fill = bool(r.fill) and not r.fill_to
                canvas.roundRect(*box, r.radius * POINTS_PER_MM, stroke=bool(r.stroke), fill=fill)
        case PlacedEllipse() as e:
            _paint(canvas, e.fill, e.stroke, e.stroke_width)
            left, bottom, wide, high = _box(e.x, e.y, e.width, e.height, height)
            canvas.ellipse(left, bottom, left + wide, bottom + high, stroke=bool(e.stroke), fill=bool(e.fill))
        case PlacedPath():
            _paint(canvas, "", item.stroke, item.stroke_width)
            canvas.addLiteral(_curves(item, height))
        case PlacedModules():
            _paint(canvas, item.colour, "", 0)
            canvas.saveState()
            wide, high = item.wide * POINTS_PER_MM, item.high * POINTS_PER_MM
            canvas.transform(wide, 0, 0, -high, item.x * POINTS_PER_MM, (height - item.y) * POINTS_PER_MM)
            canvas.addLiteral(_modules(item.dark))
            canvas.restoreState()


def _draw_text(canvas: Any, item: PlacedText, height: float) -> None:
    _paint(canvas, item.colour, "", 0)
    for run in item.runs:
        _register(run.font)
        x = (item.x * POINTS_PER_MM) + run.start * item.size
        text = RisingText(canvas, x, (height - item.baseline) * POINTS_PER_MM)
        text.setFont(run.font, item.size)
        text.textOut(_shaped(run.text, run.font, item.size))
        canvas.drawText(text)


@lru_cache(maxsize=2048)
def _shaped(text: str, font_name: str, size: float) -> Any:
    return shapeStr(text, font_name, size)


class WholeJpeg:
    """A JPEG that goes into the PDF byte for byte; ReportLab's own reader would unpack and pack it anew."""

    def __init__(self, jpeg: bytes) -> None:
        self._jpeg = jpeg

    def __str__(self) -> str:
        # ReportLab tells pictures apart by this text, and names them after it.
        return sha256(self._jpeg).hexdigest()

    def jpeg_fh(self) -> BytesIO:
        """Return the file ReportLab embeds."""
        return BytesIO(self._jpeg)


def _draw_picture(canvas: Any, item: PlacedPicture, height: float) -> None:
    box = _box(item.x, item.y, item.width, item.height, height)
    scales = box[2] / item.pixels[0], box[3] / item.pixels[1]
    scale = min(scales) if item.whole else max(scales)
    wide, high = item.pixels[0] * scale, item.pixels[1] * scale
    place = box[0] - (wide - box[2]) / 2, box[1] - (high - box[3]) / 2
    canvas.saveState()
    edge = canvas.beginPath()
    edge.roundRect(*box, item.radius * POINTS_PER_MM)
    canvas.clipPath(edge, stroke=0, fill=0)
    canvas.setFillAlpha(item.opacity)
    if item.data.startswith(_JPEG):
        canvas.drawImage(WholeJpeg(item.data), *place, wide, high)
    else:
        canvas.drawImage(_see_through(item.data), *place, wide, high, mask="auto")
    canvas.restoreState()


@lru_cache(maxsize=16)
def _see_through(png: bytes) -> Any:
    with Image.open(BytesIO(png), formats=("PNG",)) as picture:
        return ImageReader(picture.convert("RGBA"))


def _draw_vector(canvas: Any, item: PlacedVector, height: float) -> None:
    art = item.art
    box = _box(item.x, item.y, item.width, item.height, height)
    scale = min(box[2] / art.width, box[3] / art.height)
    left = box[0] + (box[2] - art.width * scale) / 2 - art.left * scale
    top = box[1] + box[3] - (box[3] - art.height * scale) / 2 + art.top * scale
    canvas.saveState()
    canvas.setFillAlpha(item.opacity)
    canvas.setStrokeAlpha(item.opacity)
    canvas.transform(scale, 0, 0, -scale, left, top)
    for shape in art.shapes:
        if shape.fill:
            canvas.setFillColorRGB(*_rgb(shape.fill))
        if shape.stroke:
            canvas.setStrokeColorRGB(*_rgb(shape.stroke))
            canvas.setLineWidth(shape.stroke_width)
        canvas.addLiteral(_outline(shape))
    canvas.restoreState()


@lru_cache(maxsize=4096)
def _outline(shape: Shape) -> str:
    operators = []
    for letter, *numbers in shape.commands:
        written = " ".join(f"{number:.4f}" for number in numbers)
        operators.append(f"{written} {letter}" if numbers else "h")
    paint = {(True, True): "B", (True, False): "f", (False, True): "S", (False, False): "n"}
    operator = paint[bool(shape.fill), bool(shape.stroke)]
    even_odd = "*" if shape.even_odd and operator in "Bf" else ""
    return " ".join((*operators, operator + even_odd))


def _draw_changing(canvas: Any, item: PlacedRectangle, box: tuple[float, float, float, float]) -> None:
    canvas.saveState()
    edge = canvas.beginPath()
    edge.roundRect(*box, item.radius * POINTS_PER_MM)
    canvas.clipPath(edge, stroke=0, fill=0)
    ends = (_rgb(item.fill), _rgb(item.fill_to))
    canvas.linearGradient(box[0], 0, box[0] + box[2], 0, [Color(*end) for end in ends], extend=False)
    canvas.restoreState()


def _paint(canvas: Any, fill: str, stroke: str, width: float) -> None:
    if fill:
        canvas.setFillColorRGB(*_rgb(fill))
    if stroke:
        canvas.setStrokeColorRGB(*_rgb(stroke))
        canvas.setLineWidth(width * POINTS_PER_MM)


@cache
def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red / 255, green / 255, blue / 255


def _box(x: float, y: float, width: float, height: float, page: float) -> tuple[float, float, float, float]:
    scale = POINTS_PER_MM
    return x * scale, (page - y - height) * scale, width * scale, height * scale


def _modules(dark: tuple[tuple[int, int, int], ...]) -> str:
    return "\n".join(f"{column} {row} {columns} 1 re" for column, row, columns in dark) + " f"


@lru_cache(maxsize=1024)
def _curves(path: PlacedPath, page: float) -> str:
    operators: list[str] = []
    for curve in path.strokes:
        points = [f"{x * POINTS_PER_MM:.2f} {(page - y) * POINTS_PER_MM:.2f}" for x, y in curve]
        operators.append(f"{points[0]} m " + " ".join(f"{point} l" for point in points[1:]) + " S")
    return "\n".join(operators)


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


@cache
def _register(name: str) -> None:
    """Make `name` known to ReportLab, every glyph with a code of its own.

    Glyphs without a character get private codes in the order they are met; giving them all now makes a
    card's bytes independent of the cards drawn before it.
    """
    bundled = font(name)
    registered = TTFont(name, BytesIO(bundled.data))
    pdfmetrics.registerFont(registered)
    harfbuzz = registered.hbFont(10)
    for glyph in range(harfbuzz.face.glyph_count):
        if glyph not in registered.face.glyphToChar:
            registered.hbAddPrivate(
                harfbuzz.glyph_to_string(glyph), glyph, harfbuzz.get_glyph_h_advance(glyph)
            )
