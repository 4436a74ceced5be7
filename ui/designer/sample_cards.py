"""Test cards: the sample person's card, marked as no valid one, as a PDF file or on a printer's plain white card."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from printing.errors import ContentError
from ui.designer.history import History
from ui.designer.people import SamplePerson
from ui.designer.presenter import LANE
from ui.designer.specimen import specimen
from ui.stages.page import PageContext
from workstation.workflow.layouts.specimens import SpecimenPrinter, note_specimen, specimen_printers


class SampleCards(QObject):
    """printers(tuple of SpecimenPrinter); filed(path of the PDF); sent(printer's name); failed(Exception);
    undrawable(): the problems say why.
    """

    printers = Signal(object)
    filed = Signal(str)
    sent = Signal(str)
    failed = Signal(object)
    undrawable = Signal()

    def __init__(self, context: PageContext, history: History, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._history = history

    def ask_printers(self) -> None:
        """Which printers there are: said by `printers`."""
        context = self._context
        context.background.run(
            "database",
            lambda: specimen_printers(context.office, context.who),
            done=self.printers.emit,
            failed=self.failed.emit,
        )

    def file(self, person: SamplePerson) -> None:
        """Kept beside the office's data; nobody's data but an invented person's is in it."""
        layout, folder = self._history.layout, self._context.office.data / "layout-tests"
        if layout is None:
            return

        def work() -> str:
            pdf = specimen(layout, person.content())
            folder.mkdir(exist_ok=True)
            path = folder / f"{layout.name}-{person.key}.pdf"
            path.write_bytes(pdf)
            return str(path)

        self._context.background.run(LANE, work, done=self.filed.emit, failed=self._failed)

    def print(self, person: SamplePerson, wanted: SpecimenPrinter) -> None:
        """Sent to that printer in the lane that owns it, and written into the trail before."""
        layout, context = self._history.layout, self._context
        if layout is None:
            return

        def work() -> str:
            pdf = specimen(layout, person.content())
            printer = note_specimen(context.office, context.who, layout, wanted.printer.id)
            context.desk.printer_of(printer).submit(pdf, f"test {layout.label}")
            return printer.name

        context.background.run(f"printer-{wanted.printer.id}", work, done=self.sent.emit, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, ContentError):
            self.undrawable.emit()
        self.failed.emit(error)
