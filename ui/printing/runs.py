"""The printers at work for this station: one lane for each, which prints what waits and lets the pages know."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from workstation.domain.permissions import Verb, may
from workstation.workflow.print.carry import PrintProgress
from workstation.workflow.print.run import RunEnd, run_queue
from workstation.workflow.printers.view import KnownPrinter, awaited_printers

if TYPE_CHECKING:
    from ui.stages.page import PageContext


class PrintRuns(QObject):
    """At most one run for each printer, in the lane "printer-<id>", which owns the printer meanwhile.

    progress(printer id, application id, PrintProgress); ended(printer id, RunEnd); broke(printer id, Exception): the
    run could not begin or met a fault of the program. All arrive in the window's thread. A run goes on when its page
    is left.
    """

    progress = Signal(str, str, object)
    ended = Signal(str, object)
    broke = Signal(str, object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._stop = threading.Event()
        self._running: set[str] = set()
        self._asked_again: set[str] = set()
        self._last: dict[str, PrintProgress] = {}
        self.progress.connect(self._keep)

    def running(self, printer_id: str) -> bool:
        """Whether its lane is at work."""
        return printer_id in self._running

    def last(self, application_id: str) -> PrintProgress | None:
        """What was last seen of that card in this run; None before the printer has it."""
        return self._last.get(application_id)

    def start(self, printer: KnownPrinter) -> None:
        """Prints what waits for it; a run that is just ending looks once more."""
        if self._stop.is_set():
            return
        if printer.id in self._running:
            self._asked_again.add(printer.id)
            return
        self._running.add(printer.id)
        context, stop = self._context, self._stop

        def stopped() -> bool:
            return stop.is_set() or context.background.closed

        def work() -> RunEnd:
            return run_queue(
                context.office,
                context.who,
                printer.id,
                context.desk.printer_of(printer),
                on_progress=lambda application, seen: self.progress.emit(printer.id, application, seen),
                stopped=stopped,
            )

        context.background.run(
            f"printer-{printer.id}",
            work,
            done=lambda end: self._ended(printer, end),
            failed=lambda error: self._broke(printer, error),
        )

    def resume(self) -> None:
        """Goes on where printing was left, by whomever: watches what the printers have, prints what waits."""
        context = self._context
        if may(context.who.operator.role, Verb.PRINT):
            context.background.run(
                "database",
                lambda: awaited_printers(context.office, context.who),
                done=self._resumed,
            )

    def _resumed(self, printers: tuple[KnownPrinter, ...]) -> None:
        for printer in printers:
            self.start(printer)

    def stop(self) -> None:
        """Looks away from what is being printed and begins nothing new; the printers go on with what they have."""
        self._stop.set()

    def _keep(self, _printer_id: str, application_id: str, progress: PrintProgress) -> None:
        self._last[application_id] = progress

    def _free(self, printer: KnownPrinter) -> bool:
        self._running.discard(printer.id)
        self._last.clear()
        again = printer.id in self._asked_again
        self._asked_again.discard(printer.id)
        return again

    def _ended(self, printer: KnownPrinter, end: RunEnd) -> None:
        again = self._free(printer)
        self.ended.emit(printer.id, end)
        if again and end.error is None:
            self.start(printer)

    def _broke(self, printer: KnownPrinter, error: Exception) -> None:
        self._free(printer)
        self.broke.emit(printer.id, error)
