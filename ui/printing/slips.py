"""Return-by slips for all whose cards wait: made in memory, and printed one after the other."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialog, QWidget

from printing.bundle import bundle
from printing.preview import rasterise_png
from ui.widgets.slip_print import PRINT_DPI, has_printer, millimetres, print_page, slip_printer
from workstation import clock
from workstation.workflow.office import Office
from workstation.workflow.search.answer import return_slip


@dataclass(frozen=True)
class WaitingSlips:
    """All of them as one PDF under the name of a saved copy, and each one drawn."""

    name: str
    pdf: bytes
    pages: tuple[bytes, ...]


def make_slips(office: Office, application_ids: tuple[str, ...]) -> WaitingSlips:
    """One slip for each; belongs into the lane that draws pages."""
    now = clock.now()
    slips = [return_slip(office, one, clock.office_day(now)) for one in application_ids]
    name = f"return-{now.astimezone(clock.OFFICE_ZONE):%Y%m%d-%H%M%S}.pdf"
    return WaitingSlips(name, bundle(slips), tuple(rasterise_png(slip, 0, PRINT_DPI) for slip in slips))


def print_slips(parent: QWidget, slips: WaitingSlips) -> int:
    """Asks which printer for paper, and prints; how many were taken. 0: there is none, or it was dismissed."""
    if not has_printer():
        return 0
    pages = [QImage.fromData(page) for page in slips.pages]
    printer = slip_printer(*millimetres(pages[0]))
    if QPrintDialog(printer, parent).exec() != QDialog.DialogCode.Accepted:
        return 0
    return sum(print_page(printer, page) for page in pages)
