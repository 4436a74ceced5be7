"""A slip on paper, through the computer's own print queue: whole page, real size where the paper allows it."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QRect, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

PRINT_DPI = 300
_MM_PER_INCH = 25.4


def has_printer() -> bool:
    """Whether this computer has any print queue."""
    return bool(QPrinterInfo.availablePrinterNames())


def slip_printer(width_mm: float, height_mm: float) -> QPrinter:
    """A printer set to the slip's own size, without margins of its own."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QSizeF(width_mm, height_mm), QPageSize.Unit.Millimeter),
            QPageLayout.Orientation.Portrait,
            QMarginsF(0, 0, 0, 0),
        )
    )
    printer.setFullPage(True)
    return printer


def millimetres(page: QImage, dpi: int = PRINT_DPI) -> tuple[float, float]:
    """Width and height of a page drawn at `dpi`."""
    return page.width() * _MM_PER_INCH / dpi, page.height() * _MM_PER_INCH / dpi


def print_page(printer: QPrinter, page: QImage, dpi: int = PRINT_DPI) -> bool:
    """Draws the page in the middle, at its real size or as large as the paper is. False: it did not begin."""
    paper = printer.pageLayout().fullRectPixels(printer.resolution())
    ratio = min(printer.resolution() / dpi, paper.width() / page.width(), paper.height() / page.height())
    size = page.size() * ratio
    place = QRect(
        (paper.width() - size.width()) // 2,
        (paper.height() - size.height()) // 2,
        size.width(),
        size.height(),
    )
    painter = QPainter()
    if not painter.begin(printer):
        return False
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(place, page)
    return painter.end()
