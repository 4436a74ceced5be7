"""What keeps a user out, and the line on which the last day of the chosen one's access is set."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from ui.language import _
from ui.messages import field_fault
from ui.widgets.field import Field
from workstation import clock
from workstation.lao.dates import DateNotUnderstood, format_date, parse_date
from workstation.workflow.operator_access import OperatorAccess


def access_words(access: OperatorAccess) -> str:
    """What keeps the operator out, or that nothing does."""
    if not access.operator.active:
        return _("switched off")
    if access.valid_until is not None and access.valid_until < clock.office_day(clock.now()):
        return _("ended")
    if access.locked_minutes:
        return _("locked for {minutes} min").format(minutes=access.locked_minutes)
    if access.must_change:
        return _("one-time password")
    return _("open")


class AccessEnd(QWidget):
    """chosen(date or None): the last day of the access, None for one without an end."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self._faulty = False
        self.day = QLineEdit()
        self.day.setObjectName("operators.access_end")
        self.day.setMaxLength(40)
        self._field = Field("", self.day)
        self.button = QPushButton()
        self.button.setObjectName("operators.set_access_end")
        self.day.returnPressed.connect(self._submit)
        self.button.clicked.connect(self._submit)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._field, 1)
        layout.addWidget(self.button)
        self.hide()

    def show_access(self, access: OperatorAccess | None) -> None:
        """The user that was chosen; hidden when none is."""
        self.setVisible(access is not None)
        if access is None:
            return
        self._name = access.operator.display_name
        self._faulty = False
        self.day.setText(format_date(access.valid_until.isoformat()) if access.valid_until else "")
        self.retranslate()

    def retranslate(self) -> None:
        """Every word again."""
        self._field.set_texts(
            _("Last day on which {name} can sign in").format(name=self._name),
            _("day/month/year; empty: without an end"),
        )
        self._field.set_error(field_fault("not-a-date") if self._faulty else None)
        self.button.setText(_("Set the last day"))
        self.button.setAccessibleName(self.button.text())

    def _submit(self) -> None:
        typed = self.day.text().strip()
        try:
            until = date.fromisoformat(parse_date(typed)) if typed else None
        except (DateNotUnderstood, ValueError):
            self._faulty = True
            self.retranslate()
            self.day.setFocus()
            return
        self._faulty = False
        self.retranslate()
        self.chosen.emit(until)
