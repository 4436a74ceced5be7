"""Return-by slips for all whose cards wait: made, kept as one file, and printed one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialog, QWidget

from printing.bundle import bundle
from printing.preview import rasterise_png
from ui.widgets.slip import keep_slip
from ui.widgets.slip_print import PRINT_DPI, has_printer, millimetres, print_page, slip_printer
from workstation import clock
from workstation.workflow.office import Office
from workstation.workflow.search.answer import return_slip


@dataclass(frozen=True)
class KeptSlips:
    """Where they lie, and each one drawn."""

    path: Path
    pages: tuple[bytes, ...]


def make_slips(office: Office, application_ids: tuple[str, ...]) -> KeptSlips:
    """One slip for each; belongs into the lane that draws pages. Raises OSError when the disk does not take them."""
    now = clock.now()
    slips = [return_slip(office, one, clock.office_day(now)) for one in application_ids]
    name = f"return-{now.astimezone(clock.OFFICE_ZONE):%Y%m%d-%H%M%S}"
    path = keep_slip(office.data / "slips", name, bundle(slips))
    return KeptSlips(path, tuple(rasterise_png(slip, 0, PRINT_DPI) for slip in slips))


def print_slips(parent: QWidget, slips: KeptSlips) -> int:
    """Asks which printer for paper, and prints; how many were taken. 0: there is none, or it was dismissed."""
    if not has_printer():
        return 0
    pages = [QImage.fromData(page) for page in slips.pages]
    printer = slip_printer(*millimetres(pages[0]))
    if QPrintDialog(printer, parent).exec() != QDialog.DialogCode.Accepted:
        return 0
    return sum(print_page(printer, page) for page in pages)
