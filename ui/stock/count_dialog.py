"""The count at the end of the day: what lies at each place is counted, compared, explained where it differs, and signed
by two. The ledger's own number is not shown before: who counts should not know what she ought to find."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.language import _
from ui.lock.confirm import run_confirmed
from ui.messages import explain, field_fault
from ui.stages.page import PageContext
from ui.stock.acts import serial_text
from ui.stock.fitting import fit_dialog
from ui.stock.second_person import SecondPersonFields
from ui.stock.words import difference_words, place_name
from ui.widgets.badge import Badge
from ui.widgets.field import Field
from ui.widgets.scrolled import Scrolled
from ui.widgets.strip import Strip
from ui.widgets.text import Text
from workstation.domain.refused import Reason, Refused
from workstation.domain.stock import COUNT_PLACES, Place
from workstation.workflow.stock.count import Comparison, Counted, close_count, compare

_WIDTH = 720
_NAME = 200
_NAMED = 12
_OF_SECOND = (Reason.WRONG_PASSWORD, Reason.SECOND_PERSON_NEEDED, Reason.ROLE_NOT_ALLOWED)


class _PlaceRow:
    """One place: its number, what the comparison said, and room for the serials where it differs."""

    def __init__(self, place: Place, column: QVBoxLayout) -> None:
        self.place = place
        self.number = QLineEdit()
        self.number.setObjectName(f"stock.count.{place.value}")
        self.number.setValidator(QIntValidator(0, 999_999, self.number))
        self.number.setFixedWidth(120)
        self.number.setAccessibleName(place_name(place))
        self.badge = Badge()
        self.badge.hide()
        self.serials = QPlainTextEdit()
        self.serials.setObjectName(f"stock.count.{place.value}.serials")
        self.serials.setTabChangesFocus(True)
        self.serials.setFixedHeight(84)
        self._below = Field(_("Serials that lie there: one range on each line, first and last"), self.serials)
        self._below.hide()
        name = Text(place_name(place), "strong")
        name.setFixedWidth(_NAME)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(name)
        line.addWidget(self.number)
        line.addWidget(self.badge)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self._below)

    def counted(self) -> Counted:
        """What was typed; serials count as soon as the field is shown."""
        text = self.serials.toPlainText()
        serials = None
        if not self._below.isHidden() and text.strip():
            lines = [line.split() for line in text.splitlines() if line.strip()]
            serials = tuple(
                (serial_text(words[0]), serial_text(words[1]) if len(words) > 1 else "") for words in lines
            )
        return Counted(self.place, int(self.number.text() or 0), serials)

    def tell(self, found: Comparison) -> None:
        if self.place in found.unscanned:
            self.badge.set("attention", "", _("Differs: scan the serials"))
            self._below.show()
        elif any(one.place is self.place for one in found.differing):
            self.badge.set("stopped", "", _("Differs"))
        else:
            self.badge.set("good", "", _("Agrees"))
        self.badge.show()


class CountDialog(QDialog):
    """accepted() when both have signed; `comparison` is then what they signed. Esc closes it and counts nothing."""

    def __init__(self, parent: QWidget, context: PageContext) -> None:
        super().__init__(parent)
        self.setObjectName("stock.count")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Count at the end of the day"))
        self._context = context
        self.comparison: Comparison | None = None
        self._compared_as: tuple[Counted, ...] = ()
        self._busy = False
        self._strip = Strip("stock.count.strip")
        counted = QVBoxLayout()
        counted.setSpacing(6)
        self.rows = {place: _PlaceRow(place, counted) for place in COUNT_PLACES}
        self._named = Text("", "body", wrap=True)
        self._named.setObjectName("stock.count.named")
        self._named.hide()
        self.explanation = QLineEdit()
        self.explanation.setObjectName("stock.count.explanation")
        self.explanation.setMaxLength(400)
        self._why = Field(_("What both say to it"), self.explanation)
        self._why.hide()
        self.second = SecondPersonFields("stock.count", context.who.operator.display_name)
        self.second.hide()
        self._arrange(counted)
        self._fit()
        self.rows[Place.SAFE].number.setFocus()

    def _arrange(self, counted: QVBoxLayout) -> None:
        cancel = QPushButton(_("Cancel"))
        cancel.setObjectName("stock.count.cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self._submit = QPushButton(_("Compare with the ledger"))
        self._submit.setObjectName("stock.count.submit")
        self._submit.setProperty("role", "primary")
        self._submit.setAutoDefault(False)
        self._submit.clicked.connect(self.submit)
        buttons = QHBoxLayout()
        buttons.addWidget(cancel)
        buttons.addStretch(1)
        buttons.addWidget(self._submit)
        asked = self._asked = QWidget()
        column = QVBoxLayout(asked)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        meaning = _("Both count every place together. What is booked to a card still lies in the printer.")
        for part in (
            Text(_("Count at the end of the day"), "title"),
            Text(meaning, "secondary", wrap=True),
            self._strip,
        ):
            column.addWidget(part)
        column.addLayout(counted)
        column.addWidget(self._named)
        column.addWidget(self._why)
        column.addWidget(self.second)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(Scrolled(asked), 1)
        layout.addLayout(buttons)

    def _fit(self) -> None:
        fit_dialog(self, self._asked, _WIDTH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next number, from the last one on it compares or signs."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        if event.isAutoRepeat():
            return
        numbers = [row.number for row in self.rows.values()]
        now = self.focusWidget()
        if now in numbers[:-1]:
            following = numbers[numbers.index(now) + 1]
            following.setFocus()
            following.selectAll()
        else:
            self.submit()

    def _counted(self) -> tuple[Counted, ...]:
        return tuple(row.counted() for row in self.rows.values())

    def submit(self) -> None:
        """Compares; once the comparison stands for what is typed now and nothing is left to scan, both sign."""
        if self._busy:
            return
        empty = [row.number for row in self.rows.values() if not row.number.text()]
        if empty:
            self._strip.say("attention", _("Count every place; type 0 where nothing lies."))
            empty[0].setFocus()
            return
        counted, found = self._counted(), self.comparison
        if found is None or found.unscanned or counted != self._compared_as:
            self._ask(counted)
        elif found.differing and not self.explanation.text().strip():
            self._why.set_error(field_fault("missing"))
            self.explanation.setFocus()
        elif self.second.complete():
            self._sign(counted)

    def _ask(self, counted: tuple[Counted, ...]) -> None:
        self._wait(True)
        office, who = self._context.office, self._context.who
        job = self._context.background.run(
            "database",
            lambda: compare(office, who, counted),
            done=lambda found: self._tell(found, counted),
            failed=self._refused,
        )
        self.destroyed.connect(job.cancel)

    def _sign(self, counted: tuple[Counted, ...]) -> None:
        self._wait(True)
        office, who, second = self._context.office, self._context.who, self.second.person
        explanation = self.explanation.text().strip()
        job = run_confirmed(
            self._context,
            "database",
            lambda: close_count(office, who, counted, second, explanation),
            done=self._signed,
            failed=self._refused,
        )
        self.destroyed.connect(job.cancel)

    def _wait(self, busy: bool) -> None:
        self._busy = busy
        self._submit.setEnabled(not busy)

    def _tell(self, found: Comparison, counted: tuple[Counted, ...]) -> None:
        self._wait(False)
        self._strip.clear()
        self.comparison, self._compared_as = found, counted
        for row in self.rows.values():
            row.tell(found)
        named = [difference_words(one) for one in found.differing[:_NAMED]]
        if len(found.differing) > _NAMED:
            named.append(_("and {count} more").format(count=len(found.differing) - _NAMED))
        self._named.set("\n".join(named))
        ready = not found.unscanned
        self._named.setVisible(bool(named))
        self._why.setVisible(ready and bool(found.differing))
        self.second.setVisible(ready)
        self._submit.setText(_("Both sign") if ready else _("Compare with the ledger"))
        self._fit()
        asked: QWidget = self.second.username
        if found.unscanned:
            asked = self.rows[found.unscanned[0]].serials
        elif found.differing:
            asked = self.explanation
        # Once everything has its place: what takes the focus is scrolled to where it lies then.
        QTimer.singleShot(0, asked, asked.setFocus)

    def _signed(self, found: Comparison) -> None:
        self._wait(False)
        self.comparison = found
        self.accept()

    def _refused(self, error: Exception) -> None:
        self._wait(False)
        self._strip.say("stopped", explain(error).text)
        if isinstance(error, Refused) and error.reason in _OF_SECOND and not self.second.isHidden():
            self.second.try_again()
