"""What the print page does: has the card rendered, releases it to the printer, watches it, settles uncertain ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QSize, QTimer, Signal

from devices.errors import DeviceError, DeviceMissing
from printing.errors import PrinterError
from printing.printer import PrinterState
from ui.desk import PRINTER
from ui.lock.confirm import run_confirmed
from ui.stages.page import PageContext
from ui.stages.print.sides import CardSides, card_sides, printer_for
from workstation.domain.card import CardState
from workstation.domain.refused import Reason, Refused
from workstation.workflow.print import steps
from workstation.workflow.print.carry import PrintProgress
from workstation.workflow.print.job import BlankFate
from workstation.workflow.print.release import release, withdraw
from workstation.workflow.print.run import RunEnd
from workstation.workflow.print.view import PrintView, view
from workstation.workflow.printers.view import KnownPrinter

T = TypeVar("T")
# A fault of the printer is on the page within two seconds, also while the printer takes its time to answer.
_LOOK_EVERY_MS = 1000
_LANE = "printer"


class PrintPresenter(QObject):
    """One application at a time.

    shown(CardSides); printer(PrinterState | Exception): how the printer is while nothing is printed;
    progress(PrintProgress); printing(bool); completed(None); failed(Exception).
    """

    shown = Signal(object)
    printer = Signal(object)
    progress = Signal(object)
    printing = Signal(bool)
    completed = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._application = ""
        self._visit = 0
        self._room = QSize(480, 303)
        self._looking = False
        self._busy = False
        # The last run ended by itself and this card still waits: until something changes another one would, too.
        self._futile = False
        self._sides_shown: CardSides | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK_EVERY_MS)
        self._clock.timeout.connect(self._look)
        context.runs.progress.connect(self._progressed)
        context.runs.ended.connect(self._run_ended)
        context.runs.broke.connect(self._run_broke)

    @property
    def busy(self) -> bool:
        """Whether this card is in the printer, or on its way there."""
        return self._busy

    def fit_sides_into(self, room: QSize) -> None:
        """The room for one side of the card, in device pixels."""
        self._room = room

    def open(self, application_id: str) -> None:
        self.leave()
        self._application = application_id
        context = self._context

        def job() -> CardSides:
            try:
                return self._sides(view(context.office, application_id))
            except Refused as refusal:
                if refusal.reason is not Reason.CARD_NOT_PRINTED:
                    raise
                return self._sides(steps.prepare(context.office, context.who, application_id))

        self._run("database", job, self._opened)
        self._clock.start()

    def leave(self) -> None:
        """Looks no more. A card that is being printed goes on, and is found again when the page opens."""
        self._visit += 1
        self._clock.stop()
        self._looking = self._busy = self._futile = False
        self._sides_shown = None

    def print_card(self, blank: BlankFate = BlankFate.SPOILED) -> None:
        """Releases the prepared card; goes on watching one that is printing; makes a new job after one that failed,
        whose blank ended as `blank`."""
        if self._busy:
            return
        self._futile = False
        self._set_busy(True)
        context, application = self._context, self._application

        def work() -> KnownPrinter:
            held = view(context.office, application)
            if held.state is CardState.FAILED:
                steps.prepare(context.office, context.who, application, blank=blank)
            printer = printer_for(context, held)
            if printer is None:
                raise DeviceMissing(PRINTER, "not-set-up")
            if held.state in (CardState.QUEUED, CardState.FAILED):
                release(context.office, context.who, application, printer_id=printer.id)
            return printer

        self._run("database", work, context.runs.start, self._not_printed)

    def settle(self, card_is_good: bool, *, serial: str = "", blank: BlankFate = BlankFate.SPOILED) -> None:
        """The clerk's answer about a job whose end the program did not see."""
        context, application = self._context, self._application
        known = self._sides_shown.printer if self._sides_shown is not None else None

        def work() -> object:
            # Only where no card came is it asked once more whether the printer still has the job.
            asked = context.desk.printer_of(known) if known is not None and not card_is_good else None
            return steps.settle_uncertain(
                context.office,
                context.who,
                application,
                card_is_good=card_is_good,
                serial=serial,
                blank=blank,
                printer=asked,
            )

        self._run(_LANE, work, lambda _answer: self._after_settling(card_is_good))

    def give_up(self) -> None:
        """The printer does not answer any more: the clerk is asked what became of the card."""
        context, application = self._context, self._application
        self._run("database", lambda: steps.give_up(context.office, context.who, application), self._again)

    def withdraw(self) -> None:
        """The card waits no more."""
        context, application = self._context, self._application
        self._run("database", lambda: withdraw(context.office, context.who, application), self._again)

    def go_on(self) -> None:
        """The card is printed already: the application moves on."""
        context, application = self._context, self._application
        self._run(
            "database",
            lambda: steps.go_on(context.office, context.who, application),
            self.completed.emit,
        )

    def _again(self, _answer: object) -> None:
        self._set_busy(False)
        self.open(self._application)

    def _after_settling(self, card_is_good: bool) -> None:
        if card_is_good:
            self.completed.emit(None)
        else:
            self.open(self._application)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.printing.emit(busy)

    def _run(
        self,
        lane: str,
        work: Callable[[], T],
        then: Callable[[T], None],
        otherwise: Callable[[Exception], None] | None = None,
    ) -> None:
        visit = self._visit

        def done(result: T) -> None:
            if visit == self._visit:
                then(result)

        def failed(error: Exception) -> None:
            if visit == self._visit:
                (otherwise or self.failed.emit)(error)

        run_confirmed(self._context, lane, work, done=done, failed=failed)

    def _sides(self, job: PrintView) -> CardSides:
        return card_sides(self._context, job, self._room)

    def _opened(self, sides: CardSides) -> None:
        self._sides_shown = sides
        self.shown.emit(sides)
        if sides.job.state is CardState.PRINTING and not sides.job.uncertain:
            # The printer has it already, from before the page was left or the program ended: only watch.
            self.print_card()
            seen = self._context.runs.last(self._application)
            if seen is not None:
                self.progress.emit(seen)
        self._look()

    # What the printers' lanes tell

    def _progressed(self, printer_id: str, application_id: str, progress: PrintProgress) -> None:
        sides = self._sides_shown
        if not self._visit_open or sides is None:
            return
        if application_id == self._application:
            if not self._busy:
                self._set_busy(True)
            self.progress.emit(progress)
        elif not self._busy and sides.printer is not None and sides.printer.id == printer_id:
            # Another card is in the printer: how that one fares is how the printer is.
            self.printer.emit(progress)

    @property
    def _visit_open(self) -> bool:
        return self._clock.isActive()

    def _run_ended(self, printer_id: str, end: RunEnd) -> None:
        self._look_at_job(printer_id, end.error)

    def _run_broke(self, printer_id: str, error: Exception) -> None:
        self._look_at_job(printer_id, error)

    def _look_at_job(self, printer_id: str, error: Exception | None) -> None:
        """The run is over: what became of this card, if it was one of its."""
        sides = self._sides_shown
        if not self._visit_open or not (self._busy or (sides is not None and sides.job.waits)):
            return
        context, application = self._context, self._application

        def seen(sides: CardSides) -> None:
            if sides.job.printer_id not in (None, printer_id):
                return
            self._sides_shown = sides
            self._futile = not isinstance(error, PrinterError)
            self._set_busy(False)
            if sides.job.state is CardState.PRINTED:
                self.completed.emit(None)
                return
            self.shown.emit(sides)
            if error is not None:
                self.failed.emit(error)

        self._run("database", lambda: self._sides(view(context.office, application)), seen)

    def _not_printed(self, error: Exception) -> None:
        self._set_busy(False)
        self.failed.emit(error)
        office, application = self._context.office, self._application
        self._run("database", lambda: self._sides(view(office, application)), self._shown_again)

    def _shown_again(self, sides: CardSides) -> None:
        self._sides_shown = sides
        self.shown.emit(sides)

    # The printer while this card is not in it

    def _look(self) -> None:
        sides = self._sides_shown
        if self._looking or self._busy or sides is None:
            return
        if sides.printer is not None and self._context.runs.running(sides.printer.id):
            return
        self._looking = True
        context, known = self._context, sides.printer

        def state() -> PrinterState:
            return (context.desk.printer() if known is None else context.desk.printer_of(known)).state()

        def seen(answer: object) -> None:
            self._looking = False
            self.printer.emit(answer)
            if sides.job.waits and known is not None and not (known.paused or self._busy or self._futile):
                # It answers again, so what waits for it goes on.
                context.runs.start(known)

        def failed(error: Exception) -> None:
            # No printer is a state of the desk, shown in words on the page; nobody asked for anything yet.
            self._looking = False
            if isinstance(error, PrinterError | DeviceError):
                self.printer.emit(error)
            else:
                self.failed.emit(error)

        self._run(_LANE, state, seen, failed)
