"""Placed pages become a PDF. The only place that knows ReportLab."""

from functools import cache, lru_cache
from hashlib import sha256
from io import BytesIO
from threading import Lock
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, shapeStr
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from printing.content import CardContent
from printing.fonts import font
from printing.layout import place_card
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
from printing.specification import CardLayout

POINTS_PER_MM = 72 / 25.4
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


def render_card(layout: CardLayout, content: CardContent) -> bytes:
    """Return the card as a PDF of two pages, 85.60 x 53.98 mm each; the same input gives the same bytes.

    Raises what layout.place_card raises.
    """
    return render_pages(place_card(layout, content))


def render_pages(pages: tuple[Page, ...]) -> bytes:
    """Return `pages` as one PDF without dates, names or anything else that differs between two runs."""
    out = BytesIO()
    with _drawing:
        canvas = Canvas(out, invariant=1, pageCompression=1)
        for page in pages:
            canvas.setPageSize((page.width * POINTS_PER_MM, page.height * POINTS_PER_MM))
            for item in page.items:
                _draw(canvas, item, page.height)
            canvas.showPage()
        canvas.save()
    return out.getvalue()


def _draw(canvas: Any, item: PlacedItem, height: float) -> None:
    match item:
        case PlacedText():
            _draw_text(canvas, item, height)
        case PlacedPicture():
            _draw_picture(canvas, item, height)
        case PlacedRectangle() as r:
            _paint(canvas, r.fill, r.stroke, r.stroke_width)
            box = _box(r.x, r.y, r.width, r.height, height)
            canvas.roundRect(*box, r.radius * POINTS_PER_MM, stroke=bool(r.stroke), fill=bool(r.fill))
        case PlacedEllipse() as e:
            _paint(canvas, e.fill, e.stroke, e.stroke_width)
            left, bottom, wide, high = _box(e.x, e.y, e.width, e.height, height)
            canvas.ellipse(left, bottom, left + wide, bottom + high, stroke=bool(e.stroke), fill=bool(e.fill))
        case PlacedPath():
            _paint(canvas, "", item.stroke, item.stroke_width)
            canvas.addLiteral(_curves(item.strokes, height))
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
    scale = max(box[2] / item.pixels[0], box[3] / item.pixels[1])
    wide, high = item.pixels[0] * scale, item.pixels[1] * scale
    canvas.saveState()
    edge = canvas.beginPath()
    edge.roundRect(*box, item.radius * POINTS_PER_MM)
    canvas.clipPath(edge, stroke=0, fill=0)
    canvas.setFillAlpha(item.opacity)
    canvas.drawImage(
        WholeJpeg(item.jpeg), box[0] - (wide - box[2]) / 2, box[1] - (high - box[3]) / 2, wide, high
    )
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


@lru_cache(maxsize=64)
def _curves(strokes: tuple[tuple[tuple[float, float], ...], ...], page: float) -> str:
    operators: list[str] = []
    for curve in strokes:
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
