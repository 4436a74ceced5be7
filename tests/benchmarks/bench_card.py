"""One card: our whole way from content to PDF, against ReportLab drawing the same marks by hand, and the raster.

Run: .venv/bin/python -m tests.benchmarks.bench_card
"""

import statistics
import time
from collections.abc import Callable
from io import BytesIO

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from printing.fonts import font
from printing.layout import place_card
from printing.placed import (
    PlacedEllipse,
    PlacedModules,
    PlacedPath,
    PlacedPicture,
    PlacedRectangle,
    PlacedText,
)
from printing.preview import rasterise
from printing.render import POINTS_PER_MM, render_card
from printing.specification import built_in_layout
from tests.printing.sample_card import card

LAYOUT = built_in_layout("national-id-1")
ROUNDS = 40


def by_hand() -> bytes:
    """The same marks through ReportLab's everyday calls, as an application without this package would."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in place_card(LAYOUT, card()):
        canvas.setPageSize((page.width * POINTS_PER_MM, page.height * POINTS_PER_MM))
        canvas.translate(0, page.height * POINTS_PER_MM)
        canvas.scale(POINTS_PER_MM, POINTS_PER_MM)
        for item in page.items:
            match item:
                case PlacedText():
                    for run in item.runs:
                        canvas.setFillColor(item.colour)
                        canvas.setFont(run.font, item.size / POINTS_PER_MM)
                        canvas.drawString(item.x, -item.baseline, run.text)
                case PlacedPicture():
                    picture = ImageReader(BytesIO(item.data))
                    canvas.drawImage(picture, item.x, -item.y - item.height, item.width, item.height)
                case PlacedRectangle():
                    canvas.setFillColor(item.fill or "#FFFFFF")
                    canvas.rect(
                        item.x, -item.y - item.height, item.width, item.height, stroke=0, fill=bool(item.fill)
                    )
                case PlacedEllipse():
                    canvas.ellipse(
                        item.x, -item.y, item.x + item.width, -item.y - item.height, stroke=0, fill=1
                    )
                case PlacedPath():
                    for curve in item.strokes:
                        path = canvas.beginPath()
                        path.moveTo(curve[0][0], -curve[0][1])
                        for x, y in curve[1:]:
                            path.lineTo(x, -y)
                        canvas.drawPath(path)
                case PlacedModules():
                    for column, row, columns in item.dark:
                        x, y = item.x + column * item.wide, item.y + (row + 1) * item.high
                        canvas.rect(x, -y, columns * item.wide, item.high, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """(median, 95th percentile) in ms."""
    work()
    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times), sorted(times)[int(ROUNDS * 0.95)]


def main() -> None:
    for names in ("NotoSansLao-Regular", "NotoSansLao-SemiBold", "OCRB-Regular"):
        pdfmetrics.registerFont(TTFont(names, BytesIO(font(names).data)))
    pdf = render_card(LAYOUT, card())
    print(f"{'':34} median ms   p95 ms   bytes")
    for name, work, size in (
        ("content to placed items", lambda: place_card(LAYOUT, card()), 0),
        ("content to PDF, both sides", lambda: render_card(LAYOUT, card()), len(pdf)),
        ("same marks by hand, Lao unshaped", by_hand, len(by_hand())),
        ("front as pixels, 300 dpi", lambda: rasterise(pdf, 0, 300), 0),
        ("back as pixels, 300 dpi", lambda: rasterise(pdf, 1, 300), 0),
    ):
        median, late = timed(work)
        print(f"{name:34} {median:9.1f} {late:8.1f} {size or '':>7}")


if __name__ == "__main__":
    main()
