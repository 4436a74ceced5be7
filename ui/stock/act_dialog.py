"""The dialog of one act: first and last serial, scanned or typed, and what else the act asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.language import _
from ui.lock.confirm import run_confirmed
from ui.messages import explain, field_fault
from ui.stages.page import PageContext
from ui.stock.acts import Asked, StockAct, act_words, serial_text, serials_in
from ui.stock.fitting import fit_dialog
from ui.stock.second_person import SecondPersonFields
from ui.stock.spoiled_photo import SpoiledPhoto
from ui.stock.words import SPOILING, place_name, spoiling_name
from ui.widgets.field import Field
from ui.widgets.scrolled import Scrolled
from ui.widgets.strip import Strip
from ui.widgets.text import Text
from workstation.domain.refused import Reason, Refused
from workstation.workflow.stock.steps import Moved
from workstation.workflow.stock.view import StockView

_WIDTH = 620
_OF_SECOND = (Reason.WRONG_PASSWORD, Reason.SECOND_PERSON_NEEDED, Reason.ROLE_NOT_ALLOWED)


class ActDialog(QDialog):
    """accepted() when it is done; `moved` then says what. With several acts the first field chooses one.

    `seen` tells which serials lie at each place, of which the first range is offered, and what printers and stations
    there are.
    """

    def __init__(
        self,
        parent: QWidget,
        context: PageContext,
        acts: Sequence[StockAct],
        seen: StockView,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("stock.act")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.moved: Moved | None = None
        self._context, self._acts, self._ranges = context, tuple(acts), seen.ranges
        self._busy = False
        self._title, self._meaning = Text("", "title"), Text("", "secondary", wrap=True)
        self._strip = Strip("stock.act.strip")
        self.choice = QComboBox()
        self.choice.setObjectName("stock.act.choice")
        for act in self._acts:
            self.choice.addItem(act_words(act)[0], act.name)
        self.first, self.last, self.box = self._line("first"), self._line("last"), self._line("box")
        self.short, self.damaged = self._line("short"), self._line("damaged")
        self.reason, self.reasons = self._line("reason"), QComboBox()
        self.reasons.setObjectName("stock.act.reasons")
        for code in SPOILING:
            self.reasons.addItem(spoiling_name(code), code)
        self.printer = QComboBox()
        self.printer.setObjectName("stock.act.printer")
        self.station = QComboBox()
        self.station.setObjectName("stock.act.station")
        for choice, names in ((self.printer, seen.printers), (self.station, seen.stations)):
            for one, name in names.items():
                choice.addItem(name, one)
        self.photo = SpoiledPhoto(context)
        hint = _("as {example}").format(example=seen.example)
        several = _("Several with spaces between them; empty when none")
        self._fields = {
            "choice": Field(_("What is done"), self.choice),
            "first": Field(_("First serial"), self.first, hint),
            "last": Field(_("Last serial"), self.last, _("empty for a single blank")),
            "printer": Field(_("Printer"), self.printer),
            "station": Field(_("Station"), self.station),
            "box": Field(_("Number of the box or of the delivery note"), self.box),
            "short": Field(_("Serials that are not in the box"), self.short, several),
            "damaged": Field(_("Damaged serials"), self.damaged, several),
            "reasons": Field(_("Why"), self.reasons),
            "reason": Field(_("Reason"), self.reason),
        }
        self.second = SecondPersonFields("stock.act", context.who.operator.display_name)
        self._arrange()
        self.choice.currentIndexChanged.connect(self._chosen)
        self.short.textChanged.connect(self._fit_second)
        self.photo.grown.connect(self._fit_second)
        self.photo.failed.connect(lambda error: self._strip.say("stopped", explain(error).text))
        self.finished.connect(self.photo.leave)
        self._chosen()

    def _line(self, name: str) -> QLineEdit:
        editor = QLineEdit()
        editor.setObjectName(f"stock.act.{name}")
        editor.setMaxLength(2000 if name in ("short", "damaged") else 200)
        return editor

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for row, names in enumerate(
            (
                ("choice",),
                ("first", "last"),
                ("printer",),
                ("station",),
                ("box",),
                ("short",),
                ("damaged",),
                ("reasons",),
                ("reason",),
            )
        ):
            for column, name in enumerate(names):
                grid.addWidget(self._fields[name], row, column, 1, 2 // len(names))
        cancel = QPushButton(_("Cancel"))
        cancel.setObjectName("stock.act.cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self._submit = QPushButton()
        self._submit.setObjectName("stock.act.submit")
        self._submit.setProperty("role", "primary")
        self._submit.setAutoDefault(False)
        self._submit.clicked.connect(self.submit)
        buttons = QHBoxLayout()
        buttons.addWidget(cancel)
        buttons.addStretch(1)
        buttons.addWidget(self._submit)
        asked = QWidget()
        inside = QVBoxLayout(asked)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        for part in (self._title, self._meaning, self._strip):
            inside.addWidget(part)
        inside.addLayout(grid)
        inside.addWidget(self.photo)
        inside.addWidget(self.second)
        inside.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(Scrolled(asked), 1)
        layout.addLayout(buttons)
        self._asked = asked

    @property
    def act(self) -> StockAct:
        """The act that is chosen."""
        return self._acts[max(0, self.choice.currentIndex())]

    def _chosen(self) -> None:
        act = self.act
        title, meaning = act_words(act)
        self.setWindowTitle(title)
        self._title.set(title)
        lies = self._ranges.get(act.source, ()) if act.source is not None else ()
        if act.source is not None:
            there = ", ".join(one.text for one in lies[:3]) + (" …" if len(lies) > 3 else "")
            place = place_name(act.source)
            meaning += "\n" + (f"{place}: {there}" if there else _("{place}: nothing").format(place=place))
        self._meaning.set(meaning)
        self._submit.setText(title)
        shown = {
            "choice": len(self._acts) > 1,
            "printer": act.name == "load" and self.printer.count() > 1,
            "station": act.name == "give" and self.station.count() > 1,
            "box": act.name == "take_in",
            "short": act.name == "take_in",
            "damaged": act.name == "take_in",
            "reasons": act.name == "spoil",
            "reason": act.reason,
        }
        for name, visible in shown.items():
            self._fields[name].setVisible(visible)
        self.photo.setVisible(act.name == "spoil")
        if act.name != "spoil":
            self.photo.leave()
        self._fields["reason"].set_texts(_("Remark") if act.name == "spoil" else _("Reason"))
        self.first.setText(lies[0].first_serial if lies else "")
        self.last.setText(lies[0].last_serial if lies and lies[0].count > 1 else "")
        self._strip.clear()
        self._mark({})
        self._fit_second()
        (self.choice if len(self._acts) > 1 else self.first).setFocus()
        self.first.selectAll()

    def _fit_second(self) -> None:
        self.second.setVisible(
            self.act.two or (bool(self.short.text().strip()) and self.act.name == "take_in")
        )
        fit_dialog(self, self._asked, _WIDTH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field that is empty, as a scanner ends what it types; then it does the act. F5 and F6
        are the picture's."""
        pictures = {Qt.Key.Key_F5: self.photo.press_camera, Qt.Key.Key_F6: self.photo.ask_file}
        if event.key() in pictures and not self.photo.isHidden():
            if not event.isAutoRepeat():
                pictures[Qt.Key(event.key())]()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self._enter()

    def _enter(self) -> None:
        now = self.focusWidget()
        if now is self.first and not self.last.text().strip():
            self.last.setFocus()
        else:
            self.submit()

    # Doing it

    def asked(self) -> Asked:
        """What was typed, with serials as they were meant."""
        reason = self.reason.text().strip()
        if self.act.name == "spoil":
            code = str(self.reasons.currentData())
            reason = f"{code}: {reason}" if reason else code
        takes_in = self.act.name == "take_in"
        return Asked(
            serial_text(self.first.text().strip()),
            serial_text(self.last.text().strip()),
            self.box.text().strip(),
            serials_in(self.short.text()) if takes_in else (),
            serials_in(self.damaged.text()) if takes_in else (),
            reason,
            str(self.printer.currentData() or ""),
            str(self.station.currentData() or ""),
            self.photo.jpeg if self.act.name == "spoil" else None,
            self.second.person,
        )

    def submit(self) -> None:
        """Does the act, asking again who she is where two are needed."""
        if self._busy:
            return
        act, asked = self.act, self.asked()
        faults = {}
        if not asked.first:
            faults["first"] = "missing"
        if act.reason and not asked.reason:
            faults["reason"] = "missing"
        self._mark(faults)
        if faults or (not self.second.isHidden() and not self.second.complete()):
            return
        self._wait(True)
        office, who = self._context.office, self._context.who
        job = run_confirmed(
            self._context,
            "database",
            lambda: act.run(office, who, asked),
            done=self._done,
            failed=self._refused,
        )
        self.destroyed.connect(job.cancel)

    def _mark(self, faults: Mapping[str, str]) -> None:
        for name in ("first", "reason"):
            self._fields[name].set_error(field_fault(faults[name]) if name in faults else None)
        if faults:
            (self.first if "first" in faults else self.reason).setFocus()

    def _wait(self, busy: bool) -> None:
        self._busy = busy
        self._submit.setEnabled(not busy)

    def _done(self, moved: Moved) -> None:
        self._wait(False)
        self.moved = moved
        self.accept()

    def _refused(self, error: Exception) -> None:
        self._wait(False)
        self._strip.say("stopped", explain(error).text)
        if isinstance(error, Refused) and error.reason in _OF_SECOND and not self.second.isHidden():
            self.second.try_again()
        else:
            self.first.setFocus()
            self.first.selectAll()
