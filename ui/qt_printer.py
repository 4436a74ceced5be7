"""A queue of the operating system behind printing's contract: the card as a picture at 300 dpi through the driver.

The operating system takes a card and tells nobody what became of it, so the end of a job here is always asked of the
person who holds the card; what can be told, that the queue is there and that it took the card, is told.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from printing.errors import PrinterError
from printing.preview import rasterise
from printing.printer import JobState, PrinterState
from printing.printer.ipp_media import card_media_size

DPI = 300
# ISO/IEC 7810 ID-1, in millimetres.
CARD = QSizeF(85.60, 53.98)
_ID_1 = QPageSize(CARD, QPageSize.Unit.Millimeter, "ID-1", QPageSize.SizeMatchPolicy.ExactMatch)
_SIDES = (0, 1)


class QtPrinter:
    """The queue named `queue`; `into` writes each card as a PDF file into that folder instead, named by its job.

    Its methods belong into one lane. Raises PrinterError: unreachable (no such queue) and no-card-page (its driver
    knows no page of a card's size: it would print on paper), both before anything is sent; no-answer (the queue broke
    off while it took the card), job-unknown for the end of every job.
    """

    def __init__(self, queue: str, *, into: Path | None = None) -> None:
        self._queue = queue
        self._into = into
        self._sent: dict[str, int] = {}
        self._closed = False

    def state(self) -> PrinterState:
        """Idle where the queue exists, one-sided where its driver prints no two sides: more the operating system does
        not tell."""
        if self._closed:
            raise PrinterError("closed")
        if self._into is not None:
            return PrinterState("idle", ())
        queue = QPrinterInfo.printerInfo(self._queue)
        if queue.isNull():
            raise PrinterError("unreachable", queue=self._queue)
        self._page(queue)
        both = QPrinter.DuplexMode.DuplexShortSide in queue.supportedDuplexModes()
        return PrinterState("idle", () if both else ("one-sided",))

    def _page(self, queue: QPrinterInfo) -> QPageLayout:
        """The card as the driver knows it, which is mostly upright: any other page it would quietly make an A4."""
        for size in queue.supportedPageSizes():
            across = size.size(QPageSize.Unit.Millimeter)
            if card_media_size(across.width(), across.height()):
                return _layout(size)
        if not queue.supportsCustomPageSizes():
            raise PrinterError("no-card-page", queue=self._queue)
        return _layout(_ID_1)

    def submit(self, pdf: bytes, name: str) -> int:
        """Gives the card's two sides to the queue as one job `name`; the number counts this program's jobs."""
        self.state()
        printer = self._card_printer(name)
        painter = QPainter()
        if not painter.begin(printer):
            raise PrinterError("unreachable", queue=self._queue)
        try:
            painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
            # Each pixel of the side is one of the printer's: nothing is smoothed in between.
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
            for page in _SIDES:
                if page and not printer.newPage():
                    raise PrinterError("no-answer", queue=self._queue)
                side = rasterise(pdf, page, DPI)
                height, width, _channels = side.shape
                image = QImage(side.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
                painter.drawImage(QRectF(printer.pageLayout().fullRectPixels(DPI)), image)
        finally:
            ended = painter.end()
        if not ended or printer.printerState() in (
            QPrinter.PrinterState.Aborted,
            QPrinter.PrinterState.Error,
        ):
            raise PrinterError("no-answer", queue=self._queue)
        self._sent[name] = len(self._sent) + 1
        return self._sent[name]

    def _card_printer(self, name: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if self._into is None:
            printer.setPrinterName(self._queue)
        else:
            printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            printer.setOutputFileName(str(self._into / f"{name}.pdf"))
        printer.setDocName(name)
        printer.setResolution(DPI)
        printer.setFullPage(True)
        queue = QPrinterInfo.printerInfo(self._queue)
        if not printer.setPageLayout(_layout(_ID_1) if self._into is not None else self._page(queue)):
            raise PrinterError("no-card-page", queue=self._queue)
        # Upright on both sides for who turns the card like a page of a book.
        printer.setDuplex(QPrinter.DuplexMode.DuplexShortSide)
        return printer

    def job(self, job_id: int, name: str = "") -> JobState:
        """Nobody tells what became of a job."""
        raise PrinterError("job-unknown", job=job_id)

    def find_job(self, name: str) -> int | None:
        """The number of a job that this program gave to the queue; one of before it was started is not known."""
        return self._sent.get(name)

    def cancel(self, job_id: int) -> None:
        """It is the operating system's now."""

    def close(self) -> None:
        """Calls after this raise PrinterError closed."""
        self._closed = True


def _layout(size: QPageSize) -> QPageLayout:
    across = size.size(QPageSize.Unit.Millimeter)
    way = QPageLayout.Orientation
    return QPageLayout(size, way.Portrait if across.width() > across.height() else way.Landscape, QMarginsF())


def system_queues() -> tuple[str, ...]:
    """The names of the operating system's queues."""
    return tuple(QPrinterInfo.availablePrinterNames())
