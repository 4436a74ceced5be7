"""What the room of printing does: reads what waits, looks at every printer, lets the printers' lanes work."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from devices.errors import DeviceError
from printing.errors import PrinterError
from printing.printer import PrinterState
from ui.lock.confirm import run_confirmed
from ui.stages.page import PageContext
from workstation.domain.card import CardState
from workstation.domain.permissions import Verb, may
from workstation.workflow.print import steps
from workstation.workflow.print.carry import PrintProgress
from workstation.workflow.print.release import hold, hurry, release_batch, send_waiting, withdraw
from workstation.workflow.print.run import RunEnd
from workstation.workflow.printers import steps as printers
from workstation.workflow.printers.view import KnownPrinter, PrintRoom, WaitingCard, print_room

T = TypeVar("T")
_EVERY_MS = 1000


class PrintingPresenter(QObject):
    """seen(PrintRoom); told(printer id, PrinterState | PrintProgress | Exception); failed(Exception); changed(): a
    command was carried out. sent(serials): where blanks have to be put, when cards wait for another printer."""

    seen = Signal(object)
    told = Signal(str, object)
    failed = Signal(object)
    changed = Signal()
    sent = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._prints = may(context.who.operator.role, Verb.PRINT)
        self._room: PrintRoom | None = None
        self._reading = False
        self._looking: set[str] = set()
        # Printers whose last run ended by itself although cards wait: until something changes, so would the next.
        self._futile: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._tick)
        context.runs.progress.connect(self._progressed)
        context.runs.ended.connect(self._ended)
        context.runs.broke.connect(self._broke)

    def start(self) -> None:
        """Begins to look."""
        self._futile.clear()
        self._timer.start()
        context = self._context
        if self._prints and context.desk.settings.printer_uri:
            # The printer that the computer's settings name is one of the office's from its first use on.
            address = context.desk.settings.printer_uri
            self._run(
                lambda: printers.printer_of_settings(context.office, context.who, address),
                lambda _known: self._tick(),
            )
        else:
            self._tick()

    def stop(self) -> None:
        """Looks no more; the printers go on."""
        self._timer.stop()

    def refresh(self) -> None:
        """Reads anew at once, after something changed."""
        self._futile.clear()
        self._tick()

    def _tick(self) -> None:
        if not self._reading:
            self._reading = True
            context = self._context
            self._run(lambda: print_room(context.office, context.who), self._read, self._not_read)
        for known in self._room.printers if self._room is not None else ():
            if known.id not in self._looking and not self._context.runs.running(known.id):
                self._look(known)

    def _read(self, room: PrintRoom) -> None:
        first, self._room, self._reading = self._room is None, room, False
        self.seen.emit(room)
        if first and self._timer.isActive():
            self._tick()

    def _not_read(self, error: Exception) -> None:
        self._reading = False
        self.failed.emit(error)

    # The printers

    def _look(self, known: KnownPrinter) -> None:
        self._looking.add(known.id)
        context = self._context

        def look() -> PrinterState:
            return context.desk.printer_of(known).state()

        def answered(state: object) -> None:
            self._looking.discard(known.id)
            self.told.emit(known.id, state)
            if self._wanted(known):
                context.runs.start(known)

        def silent(error: Exception) -> None:
            self._looking.discard(known.id)
            if isinstance(error, PrinterError | DeviceError):
                self.told.emit(known.id, error)
            else:
                self.failed.emit(error)

        # A lane for each: one that does not answer keeps nobody from seeing the others.
        context.background.run(f"look-{known.id}", look, done=answered, failed=silent)

    def _wanted(self, known: KnownPrinter) -> bool:
        room = self._room
        if not self._prints or room is None or known.id in self._futile:
            return False
        mine = [card for card in room.cards if card.printer_id == known.id]
        printing = any(card.state is CardState.PRINTING and not card.uncertain for card in mine)
        return printing or (not known.paused and any(card.waits and not card.held for card in mine))

    def _progressed(self, printer_id: str, _application_id: str, progress: PrintProgress) -> None:
        if self._timer.isActive():
            self.told.emit(printer_id, progress)

    def _ended(self, printer_id: str, end: RunEnd) -> None:
        if not isinstance(end.error, PrinterError):
            self._futile.add(printer_id)
        if self._timer.isActive():
            if end.error is not None:
                self.failed.emit(end.error)
            self._tick()

    def _broke(self, printer_id: str, error: Exception) -> None:
        self._futile.add(printer_id)
        if self._timer.isActive():
            self.failed.emit(error)

    # Commands

    def release(self, cards: tuple[WaitingCard, ...], printer_id: str) -> None:
        """Prepares these cards where that is still to do, and releases them in this order."""
        context = self._context
        ready = [card for card in cards if not card.waits and card.state in (None, CardState.QUEUED)]

        def work() -> int:
            for card in ready:
                if card.state is None:
                    steps.prepare(context.office, context.who, card.application_id)
            release_batch(
                context.office, context.who, [card.application_id for card in ready], printer_id=printer_id
            )
            return len(ready)

        self._run(work, self._done)

    def hurry(self, cards: tuple[WaitingCard, ...], urgent: bool) -> None:
        """These go before the ordinary ones, or in their turn again."""
        self._each(cards, lambda office, who, one: hurry(office, who, one, urgent))

    def hold(self, cards: tuple[WaitingCard, ...], held: bool) -> None:
        """These let the others go first, or go on."""
        self._each(cards, lambda office, who, one: hold(office, who, one, held))

    def withdraw(self, cards: tuple[WaitingCard, ...]) -> None:
        """These wait no more."""
        self._each(cards, withdraw)

    def pause(self, printer_id: str, paused: bool) -> None:
        """Whether the next card may begin on that printer."""
        context = self._context
        self._run(lambda: printers.pause_printer(context.office, context.who, printer_id, paused), self._done)

    def send(self, from_printer: str, to_printer: str) -> None:
        """All that wait for one printer wait for the other one."""
        context = self._context

        def moved(serials: tuple[str, ...]) -> None:
            self.sent.emit(serials)
            self._done(None)

        self._run(lambda: send_waiting(context.office, context.who, from_printer, to_printer), moved)

    def add(self, address: str, name: str, ribbon_cards: int) -> None:
        """Adds a printer by its address."""
        context = self._context
        self._run(
            lambda: printers.add_printer(
                context.office, context.who, address=address, name=name, ribbon_cards=ribbon_cards
            ),
            self._done,
        )

    def choose(self, printer_id: str) -> None:
        """This station prints on it by itself."""
        context = self._context
        self._run(lambda: printers.choose_printer(context.office, context.who, printer_id), self._done)

    def remove(self, printer_id: str) -> None:
        """It is offered no more."""
        context = self._context
        self._run(lambda: printers.remove_printer(context.office, context.who, printer_id), self._done)

    def _each(self, cards: tuple[WaitingCard, ...], verb: Callable[..., None]) -> None:
        context = self._context

        def work() -> None:
            for card in cards:
                if card.waits:
                    verb(context.office, context.who, card.application_id)

        self._run(work, self._done)

    def _done(self, _answer: object) -> None:
        self.changed.emit()
        self.refresh()

    def _run(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        otherwise: Callable[[Exception], None] | None = None,
    ) -> None:
        run_confirmed(self._context, "database", work, done=then, failed=otherwise or self.failed.emit)
