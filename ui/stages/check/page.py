"""The check page: both sides of the card and its chip are read and compared with the record."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from ui import theme
from ui.camera.live_picture import LivePicture
from ui.camera.live_view import LiveView
from ui.language import _
from ui.messages import explain
from ui.stages.check.columns import Columns
from ui.stages.check.items_table import ItemsTable
from ui.stages.check.presenter import CheckPresenter
from ui.stages.check.sides import Crop, Sides
from ui.stages.check.verdict import Verdict
from ui.stages.check.void_dialog import VoidDialog
from ui.stages.check.words import item_name, row_of, row_order, serial
from ui.stages.page import PageAction, PageContext, StagePage
from ui.widgets.badge import Badge
from ui.widgets.text import Text
from workstation.card_reading.reading import SideReading
from workstation.domain.permissions import Verb, may
from workstation.workflow.check.view import CheckItem, CheckView, Standing
from workstation.workflow.header import Header


class CheckPage(StagePage):
    """F5 or Space reads the side in view, F7 reads picture files, F6 waits for the chip, Ctrl+Return goes on when all
    agrees, F9 has two people void the card."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.setObjectName("check")
        self._application = ""
        self._reader_error: Exception | None = None
        self._view: CheckView | None = None
        self._reading = False
        self._waiting = False
        self._sides: dict[str, SideReading] = {}
        self._dialog: VoidDialog | None = None
        self._reader_words = ("", "")
        self.presenter = CheckPresenter(context)
        self.preview = LivePicture("check.preview")
        self.live = LiveView(self.presenter.stream, self.preview)
        self._hold = Text("", "strong", wrap=True)
        self._hold.setObjectName("check.hint")
        self.sides = Sides()
        self.verdict = Verdict()
        self.items = ItemsTable()
        self.crop = Crop()
        self._chip_title = Text("", "label")
        self.chip = Badge("waiting")
        self.chip.setObjectName("check.chip")
        self.chip_note = Text("", "secondary", wrap=True)
        self.chip_note.setObjectName("check.chip_note")
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.preview, 1)
        left.addWidget(self._hold)
        left.addWidget(self.sides)
        chip = QHBoxLayout()
        chip.setSpacing(12)
        chip.addWidget(self._chip_title)
        chip.addWidget(self.chip)
        chip.addWidget(self.chip_note, 1)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.items, 1)
        right.addWidget(self.crop)
        right.addLayout(chip)
        self._columns = Columns(self.verdict, left, right, self.preview)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._columns)
        self.items.setMinimumWidth(560)

    def _connect(self) -> None:
        presenter = self.presenter
        self.live.live_changed.connect(self.actions_changed)
        presenter.shown.connect(self._shown)
        presenter.reading.connect(self._reading_changed)
        presenter.waiting.connect(self._waiting_changed)
        presenter.reader_fault.connect(self._reader_fault)
        presenter.sides_changed.connect(self._sides_changed)
        presenter.voided.connect(self._voided)
        self.items.chosen.connect(self._show_crop)
        presenter.moved.connect(lambda: self.moved.emit(self._application))
        presenter.failed.connect(self.failed)
        self.preview.shoot.connect(self._read)

    @property
    def sides_read(self) -> frozenset[str]:
        """front and back, as far as they were read in this visit."""
        return frozenset(self._sides)

    @property
    def busy(self) -> bool:
        """Whether a picture is being read."""
        return self._reading

    def show_application(self, header: Header) -> None:
        self._application = header.application_id
        self._view = None
        self._reading = self._waiting = False
        self._reader_words = ("", "")
        self._sides = {}
        self.live.open()
        self._show_all()
        self.presenter.open(header.application_id)
        self.preview.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self._put_dialog_away()
        self._sides = {}
        self.presenter.leave()
        self.live.leave()

    def actions(self) -> tuple[PageAction, ...]:  # type: ignore[override]  # as StagePage has it
        view = self._view
        free = view is not None
        supervisor = may(self.context.who.operator.role, Verb.REPRINT)
        complete = free and view is not None and view.complete
        chip_open = free and view is not None and view.chip_serial is None and not self._waiting
        standing = Standing.UNREAD if view is None else view.standing
        unread = standing is not Standing.AGREES
        # A card that is held is read again by whoever may void it.
        readable = free and not self._reading and (standing is not Standing.HELD or supervisor)
        return (
            PageAction("check.reprint", _("Print anew"), "F9", free and supervisor, False, self._ask_void),
            PageAction("check.files", _("From files"), "F7", readable, False, self._ask_files),
            PageAction(
                "check.chip", _("Read the chip"), "F6", chip_open, False, self.presenter.wait_for_chip
            ),
            PageAction(
                "check.read",
                _("Read the card"),
                "F5",
                readable and self.live.live,
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
        self.sides.retranslate()
        self.crop.retranslate()
        self._chip_title.set(_("Chip"))
        self.live.retranslate()
        self._tell_reader()
        self._show_all()

    def _read(self) -> None:
        if self._view is None or self._reading:
            return
        if not self.presenter.read_card():
            self._show_verdict()

    def _ask_files(self) -> None:
        kinds = _("Pictures") + " (*.jpg *.jpeg *.png *.tif *.tiff *.bmp *.webp)"
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Pictures of the card's sides"), "", kinds)
        if chosen:
            self.presenter.read_files(tuple(Path(name) for name in chosen[:2]))

    def _ask_void(self) -> None:
        self._put_dialog_away()
        self._dialog = dialog = VoidDialog(self.window())
        dialog.asked.connect(self.presenter.void)
        dialog.open()

    def _put_dialog_away(self) -> None:
        if self._dialog is not None:
            self._dialog.close()
            self._dialog.deleteLater()
            self._dialog = None

    def _voided(self, error: Exception | None) -> None:
        if self._dialog is not None:
            self._dialog.end(error)
        elif error is not None:
            self.failed.emit(error)

    def _sides_changed(self, sides: dict[str, SideReading]) -> None:
        self._sides = sides
        self._show_all()

    def _show_crop(self, item: CheckItem) -> None:
        self.crop.show_item(item, self._sides.get(item.side))

    def _shown(self, view: CheckView) -> None:
        self._view = view
        self._reader_error = None
        self._tell_reader()
        self._show_all()

    def _reading_changed(self, reading: bool) -> None:
        self._reading = reading
        self._show_all()
        self._columns.show_verdict()

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
        whole = len(self._sides) != 1
        items = self._view.items if self._view is not None and whole else ()
        self.sides.show_readings(self._sides, items)
        self.crop.show_item(None, None)
        self.items.show_items(items)
        self._show_hold()
        self._show_verdict()
        self._show_chip()
        self.actions_changed.emit()

    def _show_hold(self) -> None:
        missing = {"front", "back"} - set(self._sides)
        if len(missing) != 1:
            self._hold.set(_("Hold one side of the card to the camera, then F5; then the other side."))
        elif "back" in missing:
            self._hold.set(_("The front is read. Turn the card over, then F5."))
        else:
            self._hold.set(_("The back is read. Turn the card over, then F5."))

    def _show_verdict(self) -> None:
        view = self._view
        failing = (
            sorted({row_of(item) for item in view.items if not item.agrees}, key=row_order) if view else []
        )
        names = ", ".join(item_name(row) for row in failing)
        if self._reading:
            self.verdict.say("waiting", _("The card is being read."))
        elif len(self._sides) == 1:
            self.verdict.say("action", _("One side is read. The other side is still to be read."))
        elif view is None or view.standing is Standing.UNREAD:
            self.verdict.say("plain", _("The card has not been read yet."))
        elif view.standing is Standing.HELD:
            told = _("This card is held after {count} readings: {names}. Two people decide.")
            self.verdict.say("stopped", told.format(count=view.readings, names=names))
        elif view.standing is Standing.READ_AGAIN:
            told = _("This card does not agree: {names}. Read both sides once more.")
            self.verdict.say("stopped", told.format(names=names))
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
