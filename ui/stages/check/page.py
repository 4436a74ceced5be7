"""The check page: the finished card before the camera and on the reader, compared with the record."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui import theme
from ui.camera.live_picture import LivePicture
from ui.camera.live_view import LiveView
from ui.language import _
from ui.messages import explain
from ui.stages.check.items_table import ItemsTable
from ui.stages.check.presenter import CheckPresenter
from ui.stages.check.verdict import Verdict
from ui.stages.check.words import item_name, serial
from ui.stages.page import PageAction, PageContext, StagePage
from ui.widgets.badge import Badge
from ui.widgets.reason_panel import ReasonPanel
from ui.widgets.text import Text
from workstation.domain.permissions import Verb, may
from workstation.workflow.check.view import CheckView
from workstation.workflow.header import Header


class CheckPage(StagePage):
    """F5 or Space reads the card, F6 waits for the chip, Ctrl+Return goes on when all agrees, F9 has it reprinted."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.setObjectName("check")
        self._application = ""
        self._reader_error: Exception | None = None
        self._view: CheckView | None = None
        self._reading = False
        self._waiting = False
        self._reader_words = ("", "")
        self.presenter = CheckPresenter(context)
        self.preview = LivePicture("check.preview")
        self.live = LiveView(self.presenter.stream, self.preview)
        self._hold = Text("", "strong", wrap=True)
        self._hold.setObjectName("check.hint")
        self.verdict = Verdict()
        self.items = ItemsTable()
        self._chip_title = Text("", "label")
        self.chip = Badge("waiting")
        self.chip.setObjectName("check.chip")
        self.chip_note = Text("", "secondary", wrap=True)
        self.chip_note.setObjectName("check.chip_note")
        self.reason = ReasonPanel("check.reason")
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.preview, 1)
        left.addWidget(self._hold)
        chip = QHBoxLayout()
        chip.setSpacing(12)
        chip.addWidget(self._chip_title)
        chip.addWidget(self.chip)
        chip.addWidget(self.chip_note, 1)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.verdict)
        right.addWidget(self.items, 1)
        right.addWidget(self.reason)
        right.addLayout(chip)
        across = QHBoxLayout(self)
        across.setContentsMargins(16, 12, 16, 12)
        across.setSpacing(24)
        across.addLayout(left, 8)
        across.addLayout(right, 14)
        self.items.setMinimumWidth(560)

    def _connect(self) -> None:
        presenter = self.presenter
        self.live.live_changed.connect(self.actions_changed)
        presenter.shown.connect(self._shown)
        presenter.reading.connect(self._reading_changed)
        presenter.waiting.connect(self._waiting_changed)
        presenter.reader_fault.connect(self._reader_fault)
        presenter.moved.connect(lambda: self.moved.emit(self._application))
        presenter.failed.connect(self.failed)
        self.preview.shoot.connect(self._read)
        self.reason.confirmed.connect(presenter.reprint)
        self.reason.confirmed.connect(lambda _text: self._reason_closed())
        self.reason.dismissed.connect(self._reason_closed)

    def show_application(self, header: Header) -> None:
        self._application = header.application_id
        self._view = None
        self._reading = self._waiting = False
        self._reader_words = ("", "")
        self.reason.hide()
        self.items.show()
        self.live.open()
        self._show_all()
        self.presenter.open(header.application_id)
        self.preview.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self.reason.hide()
        self.presenter.leave()
        self.live.leave()

    def actions(self) -> tuple[PageAction, ...]:  # type: ignore[override]  # as StagePage has it
        view = self._view
        if not self.reason.isHidden():
            return (PageAction("check.dismiss", _("Cancel"), "Esc", True, False, self.reason.dismiss),)
        free = view is not None
        supervisor = may(self.context.who.operator.role, Verb.REPRINT)
        complete = free and view is not None and view.complete
        chip_open = free and view is not None and view.chip_serial is None and not self._waiting
        unread = view is None or not view.items or any(item.agrees is not True for item in view.items)
        return (
            PageAction("check.reprint", _("Print anew"), "F9", free and supervisor, False, self._ask_reprint),
            PageAction(
                "check.chip", _("Read the chip"), "F6", chip_open, False, self.presenter.wait_for_chip
            ),
            PageAction(
                "check.read",
                _("Read the card"),
                "F5",
                free and self.live.live and not self._reading,
                free and unread,
                self._read,
            ),
            PageAction(
                "check.complete", _("Continue"), "Ctrl+Return", complete, not unread, self.presenter.complete
            ),
        )

    def retranslate(self) -> None:
        self.preview.setAccessibleName(_("Live picture of the card. Space reads it."))
        self.items.setAccessibleName(_("Comparison of the card with the record"))
        self._hold.set(_("Hold the back of the card to the camera, then F5."))
        self._chip_title.set(_("Chip"))
        self.live.retranslate()
        self._tell_reader()
        self._show_all()

    def _read(self) -> None:
        if self._view is None or self._reading or not self.reason.isHidden():
            return
        if not self.presenter.read_card():
            self._show_verdict()

    def _ask_reprint(self) -> None:
        self.items.hide()
        self.reason.ask(
            _("Why is this card to be printed anew? The card is void from then on."),
            _("Reason"),
            _("Void this card and print anew"),
        )
        self.actions_changed.emit()

    def _reason_closed(self) -> None:
        self.items.show()
        self.preview.setFocus(Qt.FocusReason.OtherFocusReason)
        self.actions_changed.emit()

    def _shown(self, view: CheckView) -> None:
        self._view = view
        self._reader_error = None
        self._tell_reader()
        self._show_all()

    def _reading_changed(self, reading: bool) -> None:
        self._reading = reading
        self._show_all()

    def _waiting_changed(self, waiting: bool) -> None:
        self._waiting = waiting
        if waiting:
            self._reader_error = None
            self._tell_reader()
        self._show_all()

    def _reader_fault(self, error: Exception) -> None:
        self._reader_error = error
        self._tell_reader()
        self._show_all()

    def _tell_reader(self) -> None:
        if self._reader_error is None:
            self._reader_words = ("", "")
        else:
            message = explain(self._reader_error)
            self._reader_words = (message.what, message.next_step)

    def _show_all(self) -> None:
        self.items.show_items(self._view.items if self._view is not None else ())
        self._show_verdict()
        self._show_chip()
        self.actions_changed.emit()

    def _show_verdict(self) -> None:
        view = self._view
        differing = [item_name(item.name) for item in view.items if item.agrees is False] if view else []
        if self._reading:
            self.verdict.say("waiting", _("The card is being read."))
        elif differing:
            self.verdict.say(
                "stopped",
                _("This card must not be handed over. It differs: {names}").format(
                    names=", ".join(differing)
                ),
            )
        elif view is None or not view.items:
            self.verdict.say("plain", _("The card has not been read yet."))
        elif view.complete:
            self.verdict.say("good", _("Card and chip agree with the record."))
        else:
            self.verdict.say("good", _("The card agrees with the record. Now the chip."))

    def _show_chip(self) -> None:
        view = self._view
        what, next_step = self._reader_words
        if view is not None and view.chip_serial is not None:
            self.chip.set("good", "", serial(view.chip_serial))
            note = ""
        elif what:
            self.chip.set("stopped", "", _("Reader fault"))
            note = f"{what} {next_step}".strip()
        elif self._waiting:
            self.chip.set("action", "waiting", _("Hold the card on the reader"))
            note = ""
        else:
            self.chip.set("waiting", "", _("Not read yet"))
            note = ""
        self.chip_note.set(note)
        self.chip_note.setStyleSheet(f"color: {theme.STATES['stopped'][0]};" if note else "")
