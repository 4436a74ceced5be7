"""The room of printing: the cards that wait, the printers, and every command about them by function key."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.language import _
from ui.printing.found import find_printers
from ui.printing.presenter import PrintingPresenter
from ui.printing.printers_panel import AddPrinter, PrinterList
from ui.printing.slips import WaitingSlips, make_slips, print_slips
from ui.printing.table import CardTable
from ui.stages.page import PageAction, PageContext
from ui.widgets.slip import SlipDialog
from ui.widgets.strip import Strip
from ui.widgets.text import Text
from workstation import clock
from workstation.domain.card import CardState
from workstation.domain.permissions import Verb, may
from workstation.workflow.printers.view import PrintRoom, WaitingCard

_ASIDE = 340
# Below this width the printers have no room beside the cards; the page is never narrower than the least one.
_NARROW, _LEAST = 940, 560
_WIDEST = 16_777_215


class PrintingPage(QWidget):
    """open_application(id); failed(Exception), done(str), actions_changed(): as a stage page's."""

    open_application = Signal(str)
    failed = Signal(object)
    done = Signal(str)
    actions_changed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        role = context.who.operator.role
        self._prints, self._orders = may(role, Verb.PRINT), may(role, Verb.ORDER_PRINTING)
        self._sets_up = may(role, Verb.SET_UP_PRINTERS)
        self._room: PrintRoom | None = None
        self._moved: tuple[str, ...] = ()
        self._title = Text("", "title")
        self._count = Text("", "secondary")
        self._count.setObjectName("printing.count")
        self.strip = Strip("printing.strip")
        self.table = CardTable()
        self.printers = PrinterList()
        self.add = AddPrinter()
        self._presenter = PrintingPresenter(context, self)
        self._arrange()
        self._connect()
        self.retranslate()

    def _arrange(self) -> None:
        heading = QHBoxLayout()
        heading.setSpacing(12)
        heading.addWidget(self._title)
        heading.addWidget(self._count, 1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(heading)
        left.addWidget(self.strip)
        left.addWidget(self.table, 1)
        self._aside = QWidget()
        right = QVBoxLayout(self._aside)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(8)
        right.addWidget(self.add)
        right.addWidget(self.printers, 1)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(12, 8, 12, 12)
        self._layout.setSpacing(16)
        self._layout.addLayout(left, 1)
        self._layout.addWidget(self._aside)
        self._fit()

    def _fit(self) -> None:
        """On a narrow window the printers stand below the cards; the page scrolls."""
        narrow = self.width() < _NARROW
        self._layout.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )
        self._aside.setMinimumWidth(0 if narrow else _ASIDE)
        self._aside.setMaximumWidth(_WIDEST if narrow else _ASIDE)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _connect(self) -> None:
        presenter = self._presenter
        presenter.seen.connect(self._show)
        presenter.told.connect(self.printers.tell)
        presenter.failed.connect(self.failed)
        presenter.changed.connect(self._changed)
        presenter.sent.connect(self._sent)
        self.table.opened.connect(self.open_application)
        self.table.chosen.connect(self.actions_changed)
        self.printers.chosen.connect(self.actions_changed)
        self.add.added.connect(presenter.add)
        self.add.choose.connect(lambda: self._of_printer(presenter.choose))
        self.add.remove.connect(lambda: self._of_printer(presenter.remove))
        self.add.dismissed.connect(self.table.setFocus)

    def enter(self) -> None:
        """Begins to look; the list has the focus."""
        self._presenter.start()
        self.table.setFocus()

    def leave(self) -> None:
        """Looks no more; the printers go on with what they have."""
        self._presenter.stop()
        self.add.dismiss()

    def page_actions(self) -> tuple[PageAction, ...]:
        """What can be done with the selected cards and the selected printer."""
        room, cards = self._room, self.table.selected()
        printer = self.printers.selected
        ready = self._ready(cards)
        every = self._ready(room.cards) if room is not None else ()
        waiting = tuple(card for card in cards if card.waits)
        urgent = bool(waiting) and all(card.urgent for card in waiting)
        held = bool(waiting) and all(card.held for card in waiting)
        others = [] if room is None or printer is None else [o for o in room.printers if o.id != printer.id]
        awaited = room is not None and printer is not None and room.awaited(printer.id) > 0
        actions = []
        if self._orders:
            actions += [
                PageAction("printers", _("Printers"), "F9", True, False, self._ask_printers),
                PageAction("slips", _("Slips"), "F12", bool(room and room.cards), False, self._make_slips),
                PageAction(
                    "send",
                    _("Other printer"),
                    "F4",
                    bool(others) and awaited,
                    False,
                    self._send,
                ),
                PageAction(
                    "pause",
                    _("Resume") if printer is not None and printer.paused else _("Pause"),
                    "F8",
                    printer is not None,
                    False,
                    self._pause,
                ),
                PageAction(
                    "withdraw",
                    _("Do not print"),
                    "F11",
                    bool(waiting),
                    False,
                    lambda: self._presenter.withdraw(waiting),
                ),
                PageAction(
                    "hold",
                    _("Let on") if held else _("Hold"),
                    "F7",
                    bool(waiting),
                    False,
                    lambda: self._presenter.hold(waiting, not held),
                ),
                PageAction(
                    "urgent",
                    _("In its turn") if urgent else _("Urgent"),
                    "F6",
                    bool(waiting),
                    False,
                    lambda: self._presenter.hurry(waiting, not urgent),
                ),
            ]
        elif self._sets_up:
            actions.append(PageAction("printers", _("Printers"), "F9", True, False, self._ask_printers))
        if self._prints:
            actions += [
                PageAction(
                    "print_selected",
                    _("Print"),
                    "F5",
                    bool(ready) and printer is not None,
                    False,
                    lambda: self._release(ready),
                ),
                PageAction(
                    "print_all",
                    _("Print all {count}").format(count=len(every)),
                    "Ctrl+Return",
                    bool(every) and printer is not None,
                    True,
                    lambda: self._release(every),
                ),
            ]
        return tuple(actions)

    def retranslate(self) -> None:
        """Every word again."""
        self._title.set(_("Printing"))
        self.table.retranslate()
        self.printers.retranslate()
        self.add.retranslate()
        self._say_moved()
        if self._room is not None:
            self._show(self._room)

    @staticmethod
    def _ready(cards: tuple[WaitingCard, ...]) -> tuple[WaitingCard, ...]:
        """Those that can be released: prepared or not, but not at a printer yet."""
        return tuple(card for card in cards if not card.waits and card.state in (None, CardState.QUEUED))

    def _show(self, room: PrintRoom) -> None:
        self._room = room
        names = {one.id: one.name for one in room.printers}
        self.table.show_cards(room.cards, names, clock.now())
        self.printers.show_room(room)
        waiting = sum(card.waits for card in room.cards)
        self._count.set(
            _("{waiting} wait for a printer, {ready} can be printed").format(
                waiting=waiting, ready=len(self._ready(room.cards))
            )
        )
        self.actions_changed.emit()

    # Commands

    def _release(self, cards: tuple[WaitingCard, ...]) -> None:
        printer = self.printers.selected
        if printer is not None:
            self._presenter.release(cards, printer.id)

    def _pause(self) -> None:
        printer = self.printers.selected
        if printer is not None:
            self._presenter.pause(printer.id, not printer.paused)

    def _of_printer(self, command: object) -> None:
        printer = self.printers.selected
        if printer is not None and callable(command):
            command(printer.id)

    def _send(self) -> None:
        """From the selected printer to the next one in the list."""
        room, printer = self._room, self.printers.selected
        if room is None or printer is None:
            return
        at = room.printers.index(printer)
        self._presenter.send(printer.id, room.printers[(at + 1) % len(room.printers)].id)

    def _sent(self, serials: tuple[str, ...]) -> None:
        self._moved = serials
        self._say_moved()

    def _say_moved(self) -> None:
        """Cards wait for another printer: their blanks have to go there, too."""
        if not self._moved:
            self.strip.clear()
            return
        text = _("Put the blank cards {serials} into the other printer, the first one to be used first.")
        named = ", ".join(self._moved[:6]) + (" …" if len(self._moved) > 6 else "")
        self.strip.say("attention", text.format(serials=named), close=_("Close"))

    def _changed(self) -> None:
        self.add.clear()

    def _ask_printers(self) -> None:
        if not self.add.isHidden():
            self.add.dismiss()
            return
        self.add.ask(may_set_up=self._sets_up)
        if self._sets_up:
            known = {one.address for one in self._room.printers} if self._room is not None else set()
            self._context.background.run(
                "find-printers",
                find_printers,
                done=lambda found: self.add.show_found(tuple(one for one in found if one not in known)),
                failed=self.failed.emit,
            )

    def _make_slips(self) -> None:
        room, office = self._room, self._context.office
        if room is None:
            return
        wanted = tuple(card.application_id for card in room.cards)
        self._context.background.run(
            "database", lambda: make_slips(office, wanted), done=self._slips_made, failed=self.failed.emit
        )

    def _slips_made(self, slips: WaitingSlips) -> None:
        if print_slips(self, slips):
            self.done.emit(_("Slips for {count} people go to the printer").format(count=len(slips.pages)))
        else:
            # No printer for paper took them: they are shown, and a copy can be saved.
            background = self._context.background
            SlipDialog(self.window(), _("Return slips"), slips.name, slips.pdf, background).open()
