"""What the print page shows of one card: its job, both sides scaled for the window, and the printer it is for."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from ui.stages.page import PageContext
from ui.widgets.decoded import decoded
from workstation.workflow.print.view import PrintView
from workstation.workflow.printers.steps import printer_of_settings
from workstation.workflow.printers.view import KnownPrinter, printers_of_office


@dataclass(frozen=True)
class CardSides:
    """The print job and its two sides, scaled for the window; `printer` is the one it waits for or would go to."""

    job: PrintView
    front: QImage
    back: QImage
    printer: KnownPrinter | None


def card_sides(context: PageContext, job: PrintView, room: QSize) -> CardSides:
    """Decoded into `room`, device pixels for one side. Belongs into a lane."""
    return CardSides(
        job, decoded(job.front_png, room), decoded(job.back_png, room), printer_for(context, job)
    )


def printer_for(context: PageContext, job: PrintView) -> KnownPrinter | None:
    """The printer the card waits for, or the one of this station; None where none is set up."""
    printers, _chosen = printers_of_office(context.office)
    named = next((one for one in printers if one.id == job.printer_id), None)
    return named or printer_of_settings(context.office, context.who, context.desk.settings.printer_uri)
