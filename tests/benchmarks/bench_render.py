"""Cards: our whole way from content to PDF, against a bare ReportLab script that draws the same marks in the same run.

The script knows every place, size and code beforehand and checks nothing; it shapes the Lao (ReportLab's shapeStr) and
encodes the codes (zxing-cpp) of each card, as it must. Cards of a batch differ in name, numbers, code and portrait.

Run: .venv/bin/python -m tests.benchmarks.bench_render
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

import numpy
import zxingcpp
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, shapeStr
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from printing.content import CardContent
from printing.fonts import FACES, font
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
    PlacedVector,
)
from printing.preview import rasterise, rasterise_on_blank
from printing.render import render_blank, render_card
from printing.specification import CardLayout, built_in_layout
from tests.printing.sample_card import card, portrait

MM = 72 / 25.4
ROUNDS = 40
GIVEN = ("ຄຳຫຼ້າ", "ສົມພອນ", "ບຸນມີ", "ນ້ອຍ", "ສີສະຫວັນເພັດ", "ວັນນະລີ", "ພູວົງ", "ຈັນທະລາ", "ແກ້ວ", "ມະນີວັນ")
SURNAMES = ("ພົມວິຫານ", "ວົງສາ", "ແກ້ວບຸນພັນ", "ພົມມະຈັນ", "ສຸວັນນະວົງ", "ອິນທິລາດ", "ໄຊຍະວົງ", "ຫຼວງລາດ")


@cache
def people(count: int) -> tuple[CardContent, ...]:
    """Invented people, each with a name, numbers, code and portrait of her own."""
    sample = card()
    return tuple(
        replace(
            sample,
            given_name_lo=GIVEN[number % 10] + SURNAMES[number // 80 % 8],
            surname_lo=SURNAMES[number % 8],
            given_name_latin=f"Khamla{chr(97 + number % 26)}{chr(97 + number // 26 % 26)}",
            document_number=f"A{number:08d}",
            identity_number=f"010 2030 4123 {number:04d}",
            qr=f"{sample.qr[:-8]}{number:08d}",
            # A JPEG may be followed by anything: each is another picture to ReportLab, of the same size.
            portrait=portrait() + number.to_bytes(4, "big"),
        )
        for number in range(count)
    )


def by_hand(pages: tuple[Page, Page], content: CardContent) -> bytes:
    """The same marks through ReportLab's everyday calls."""
    codes = iter((("Code128", content.document_number), ("QRCode", content.qr)))
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in pages:
        canvas.setPageSize((page.width * MM, page.height * MM))
        for item in page.items:
            _draw(canvas, item, page.height, content, codes)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw(canvas: Any, item: PlacedItem, height: float, content: CardContent, codes: Any) -> None:
    match item:
        case PlacedText():
            canvas.setFillColor(item.colour)
            for run in item.runs:
                text = PDFTextObject(
                    canvas, item.x * MM + run.start * item.size, (height - item.baseline) * MM
                )
                text.setFont(run.font, item.size)
                text.textOut(shapeStr(run.text, run.font, item.size))
                canvas.drawText(text)
        case PlacedPicture():
            canvas.saveState()
            edge = canvas.beginPath()
            box = (item.x * MM, (height - item.y - item.height) * MM, item.width * MM, item.height * MM)
            edge.roundRect(*box, item.radius * MM)
            canvas.clipPath(edge, stroke=0, fill=0)
            canvas.setFillAlpha(item.opacity)
            canvas.drawImage(ImageReader(BytesIO(item.data)), *box)
            canvas.restoreState()
        case PlacedRectangle():
            canvas.setFillColor(item.fill or "#FFFFFF")
            low = (height - item.y - item.height) * MM
            canvas.rect(item.x * MM, low, item.width * MM, item.height * MM, stroke=0, fill=bool(item.fill))
        case PlacedEllipse():
            low = (height - item.y - item.height) * MM
            canvas.ellipse(
                item.x * MM, low, (item.x + item.width) * MM, low + item.height * MM, stroke=0, fill=1
            )
        case PlacedPath():
            canvas.setStrokeColor(item.stroke)
            canvas.setLineWidth(item.stroke_width * MM)
            for curve in item.strokes:
                path = canvas.beginPath()
                path.moveTo(curve[0][0] * MM, (height - curve[0][1]) * MM)
                for x, y in curve[1:]:
                    path.lineTo(x * MM, (height - y) * MM)
                canvas.drawPath(path)
        case PlacedModules():
            kind, told = next(codes)
            options = {"ec_level": "M"} if kind == "QRCode" else {}
            barcode = zxingcpp.create_barcode(told, getattr(zxingcpp, kind), **options)
            dark = numpy.array(zxingcpp.write_barcode_to_image(barcode, scale=1, add_quiet_zones=False)) < 128
            canvas.setFillColor(item.colour)
            path = canvas.beginPath()
            for row, line in enumerate(dark[:1] if kind == "Code128" else dark):
                for column in numpy.flatnonzero(line):
                    low = (height - item.y - (row + 1) * item.high) * MM
                    path.rect((item.x + column * item.wide) * MM, low, item.wide * MM, item.high * MM)
            canvas.drawPath(path, stroke=0, fill=1)
        case PlacedVector():
            raise TypeError("the printed part of this layout has no drawn artwork")


def timed(work: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """(median, 95th percentile) in ms."""
    work()
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times), sorted(times)[int(rounds * 0.95)]


def batch(layout: CardLayout, count: int) -> tuple[float, float]:
    """Seconds for `count` cards by our way and by hand, card by card in turn so that both see the same machine."""
    ours = theirs = 0.0
    for content in people(count):
        pages = place_card(layout, content)
        begun = time.perf_counter()
        by_hand(pages, content)
        between = time.perf_counter()
        render_card(layout, content)
        theirs += between - begun
        ours += time.perf_counter() - between
    return ours, theirs


def main() -> None:
    """Prints the tables."""
    for name in {name for names in FACES.values() for name in names}:
        pdfmetrics.registerFont(TTFont(name, BytesIO(font(name).data)))
    layout = built_in_layout("national-id-1")
    render_card(layout, card())
    print(f"{'cards':>6}  ours ms a card  by hand ms a card  ratio (goal 1.15)")
    for count in (1, 100, 1000):
        ours, theirs = batch(layout, count)
        print(f"{count:>6}  {ours / count * 1000:14.1f}  {theirs / count * 1000:17.1f}  {ours / theirs:5.2f}")
    pdf, blank = render_card(layout, card()), render_blank(layout)
    white = built_in_layout("national-id-phetsarath")
    print(f"\n{'':42} median ms   p95 ms")
    for title, work in (
        ("content to placed items", lambda: place_card(layout, card())),
        ("content to PDF, both sides, again", lambda: render_card(layout, card())),
        ("the same with all security print", lambda: render_card(white, card())),
        ("preview PDF, print on blank", lambda: render_card(layout, card(), preview=True)),
        ("front as pixels, 300 dpi", lambda: rasterise(pdf, 0, 300)),
        ("back as pixels, 300 dpi", lambda: rasterise(pdf, 1, 300)),
        ("front on its blank, 300 dpi", lambda: rasterise_on_blank(pdf, blank, 0, 300)),
    ):
        median, late = timed(work)
        print(f"{title:42} {median:9.1f} {late:8.1f}")


if __name__ == "__main__":
    main()
