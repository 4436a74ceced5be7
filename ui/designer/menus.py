"""Menus of the designer's commands: where they open, and the ways of a test print."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from ui.designer.people import SamplePerson
from ui.designer.sample_cards import SampleCards
from ui.language import _
from workstation.workflow.layouts.specimens import SpecimenPrinter


def ways_menu(
    parent: QWidget, samples: SampleCards, person: SamplePerson, printers: tuple[SpecimenPrinter, ...]
) -> QMenu:
    """As a file, or on each of the printers."""
    menu = QMenu(parent)
    menu.addAction(_("As a PDF file"), lambda: samples.file(person))
    for one in printers:
        text = _("On a plain white card: {printer}").format(printer=one.printer.name)
        menu.addAction(text, partial(samples.print, person, one))
    return menu


def pop_up(menu: QMenu, page: QWidget) -> None:
    """Over the edge of the action bar below `page`, the first line ready for Enter; gone for good when it closes."""
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(page.mapToGlobal(QPoint(page.width() // 2, page.height() - menu.sizeHint().height())))
    lines = (line for line in menu.actions() if line.isEnabled() and not line.isSeparator())
    menu.setActiveAction(next(lines))
