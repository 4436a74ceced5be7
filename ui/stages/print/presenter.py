"""What the print page does: has the card rendered, watches the printer, prints, settles an uncertain job."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QImage

from devices.errors import DeviceError
from printing.errors import PrinterError
from ui.lock.confirm import run_confirmed
from ui.stages.page import PageContext
from ui.widgets.decoded import decoded
from workstation.domain.card import CardState
from workstation.domain.refused import Reason, Refused
from workstation.domain.stages import Stage
from workstation.workflow.print import steps
from workstation.workflow.print.carry import PrintProgress
from workstation.workflow.print.view import PrintView, view

T = TypeVar("T")
_LOOK_EVERY_MS = 2000
_LANE = "printer"


@dataclass(frozen=True)
class CardSides:
    """The print job and its two sides, scaled for the window."""

    job: PrintView
    front: QImage
    back: QImage


class PrintPresenter(QObject):
    """One application at a time.

    shown(CardSides); printer(PrinterState | Exception): how the printer is while nothing is printed;
    progress(PrintProgress); printing(bool); completed(Stage); failed(Exception).
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
        self._stop: threading.Event | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK_EVERY_MS)
        self._clock.timeout.connect(self._look)

    @property
    def busy(self) -> bool:
        return self._stop is not None

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
        self._look()

    def leave(self) -> None:
        """Watches no more. A card that is being printed goes on, and is found again when the page opens."""
        self._visit += 1
        self._clock.stop()
        self._looking = False
        if self._stop is not None:
            self._stop.set()
            self._stop = None

    def print_card(self) -> None:
        """Prints the queued job; goes on watching one that is printing; makes a new job after one that failed."""
        if self._stop is not None:
            return
        self._stop = stop = threading.Event()
        context, application, visit = self._context, self._application, self._visit

        def on_progress(progress: PrintProgress) -> None:
            if visit == self._visit:
                self.progress.emit(progress)

        def work() -> Stage:
            if view(context.office, application).state is CardState.FAILED:
                steps.prepare(context.office, context.who, application)
            return steps.print_card(
                context.office,
                context.who,
                application,
                context.desk.printer(),
                on_progress=on_progress,
                cancelled=stop.is_set,
            )

        self.printing.emit(True)
        self._run(_LANE, work, self._printed, self._not_printed)

    def settle(self, card_is_good: bool) -> None:
        """The clerk's answer about a job whose end the program did not see."""
        context, application = self._context, self._application
        self._run(
            "database",
            lambda: steps.settle_uncertain(
                context.office, context.who, application, card_is_good=card_is_good
            ),
            lambda _answer: self._after_settling(card_is_good),
        )

    def _after_settling(self, card_is_good: bool) -> None:
        if card_is_good:
            self.completed.emit(None)
        else:
            self.open(self._application)

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
        return CardSides(job, decoded(job.front_png, self._room), decoded(job.back_png, self._room))

    def _opened(self, sides: CardSides) -> None:
        self.shown.emit(sides)
        if sides.job.state is CardState.PRINTING and not sides.job.uncertain:
            # The printer has it already, from before the page was left or the program ended: only watch.
            self.print_card()

    def _printed(self, stage: Stage) -> None:
        self._stop = None
        self.printing.emit(False)
        self.completed.emit(stage)

    def _not_printed(self, error: Exception) -> None:
        self._stop = None
        self.printing.emit(False)
        self.failed.emit(error)
        office, application = self._context.office, self._application
        self._run("database", lambda: self._sides(view(office, application)), self.shown.emit)

    def _look(self) -> None:
        if self._looking or self._stop is not None:
            return
        self._looking = True
        context = self._context

        def seen(answer: object) -> None:
            self._looking = False
            self.printer.emit(answer)

        def failed(error: Exception) -> None:
            # No printer is a state of the desk, shown in words on the page; nobody asked for anything yet.
            self._looking = False
            if isinstance(error, PrinterError | DeviceError):
                self.printer.emit(error)
            else:
                self.failed.emit(error)

        self._run(_LANE, lambda: context.desk.printer().state(), seen, failed)
