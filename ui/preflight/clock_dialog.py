"""Two people declare what time it is: the one who is signed in types it, a second one adds name and password."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.language import _
from ui.messages import explain, field_fault
from ui.stages.page import PageContext
from ui.widgets.field import Field
from ui.widgets.scrolled import Scrolled
from ui.widgets.strip import Strip
from ui.widgets.text import Text
from workstation import clock
from workstation.domain.operator import Role
from workstation.domain.refused import Reason, Refused
from workstation.lao.dates import DateNotUnderstood, ascii_digits, parse_date
from workstation.workflow.preflight.clock_repair import accept_clock

_TIME = re.compile(r"(\d{1,2})[:.](\d{2})", re.ASCII)
_NAMES = ("date", "time", "username", "password")


def typed_moment(day: str, hour: str) -> tuple[datetime | None, dict[str, str]]:
    """The moment (aware, the office's zone) that was typed as d/M/yyyy and hh:mm, or the faults of the two fields."""
    faults: dict[str, str] = {}
    found_day: date | None = None
    found_hour: time | None = None
    try:
        found_day = date.fromisoformat(parse_date(day))
    except (DateNotUnderstood, ValueError):
        faults["date"] = "not-a-date" if day.strip() else "missing"
    match = _TIME.fullmatch(ascii_digits(hour.strip()))
    try:
        found_hour = time(int(match[1]), int(match[2])) if match else None
    except ValueError:
        found_hour = None
    if found_hour is None:
        faults["time"] = "not-a-time" if hour.strip() else "missing"
    if found_day is None or found_hour is None:
        return None, faults
    return datetime.combine(found_day, found_hour, clock.OFFICE_ZONE), faults


class ClockDialog(QDialog):
    """accepted() when both have confirmed. Esc closes it and changes nothing; it deletes itself."""

    def __init__(self, parent: QWidget, context: PageContext) -> None:
        super().__init__(parent)
        self.setObjectName("clock.dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Set the clock right"))
        self._context = context
        self._busy = False
        supervisor = context.who.operator.role is Role.SUPERVISOR
        title = Text(_("What time is it really?"), "title")
        meaning = Text(
            _(
                "Look at a telephone or another clock. Until the computer is switched off, the program counts time from"
                " what you type; applications, slips and the record bear it. Both names are recorded."
            ),
            "secondary",
            wrap=True,
        )
        first = Text(
            _("First person: {name}").format(name=context.who.operator.display_name), "strong", wrap=True
        )
        second = Text(
            _("Second person: any colleague") if supervisor else _("Second person: a supervisor"), "strong"
        )
        self._strip = Strip("clock.strip")
        self.inputs = {name: QLineEdit() for name in _NAMES}
        for name, editor in self.inputs.items():
            editor.setObjectName(f"clock.{name}")
            if name != "password":
                editor.setMaxLength(64)
        self.inputs["password"].setEchoMode(QLineEdit.EchoMode.Password)
        self._fields = {
            "date": Field(_("Today's date"), self.inputs["date"], _("day/month/year")),
            "time": Field(_("Time now"), self.inputs["time"], _("hours:minutes, as 14:05")),
            "username": Field(_("User name"), self.inputs["username"]),
            "password": Field(_("Password"), self.inputs["password"]),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.addWidget(first, 0, 0, 1, 2)
        grid.addWidget(self._fields["date"], 1, 0)
        grid.addWidget(self._fields["time"], 1, 1)
        grid.addWidget(second, 2, 0, 1, 2)
        grid.addWidget(self._fields["username"], 3, 0)
        grid.addWidget(self._fields["password"], 3, 1)
        cancel = QPushButton(_("Cancel"))
        cancel.setObjectName("clock.cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self._confirm = QPushButton(_("Both confirm"))
        self._confirm.setObjectName("clock.confirm")
        self._confirm.setProperty("role", "primary")
        self._confirm.setDefault(True)
        self._confirm.clicked.connect(self._submit)
        buttons = QHBoxLayout()
        buttons.addWidget(cancel)
        buttons.addStretch(1)
        buttons.addWidget(self._confirm)
        asked = QWidget()
        column = QVBoxLayout(asked)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (title, meaning, self._strip):
            column.addWidget(part)
        column.addLayout(grid)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        # At 200 % the questions are higher than the window; what answers them stays in sight.
        layout.addWidget(Scrolled(asked), 1)
        layout.addLayout(buttons)
        self.setFixedWidth(min(600, max(480, parent.width() - 80)))
        inside = self.width() - 48
        needed = max(asked.sizeHint().height(), column.totalHeightForWidth(inside)) + 104
        self.resize(self.width(), min(needed, parent.height() - 24))
        self.inputs["date"].setFocus()

    def _submit(self) -> None:
        texts = {name: editor.text() for name, editor in self.inputs.items()}
        moment, faults = typed_moment(texts["date"], texts["time"])
        faults |= {name: "missing" for name in ("username", "password") if not texts[name].strip()}
        self._mark(faults)
        if self._busy or moment is None or faults:
            return
        self._wait(True)
        office, who, declared = self._context.office, self._context.who, moment
        job = self._context.background.run(
            "database",
            lambda: accept_clock(
                office, who, moment=declared, username=texts["username"], password=texts["password"]
            ),
            done=lambda _acceptance: self.accept(),
            failed=self._refused,
        )
        self.destroyed.connect(job.cancel)

    def _wait(self, busy: bool) -> None:
        self._busy = busy
        self._confirm.setEnabled(not busy)

    def _mark(self, faults: dict[str, str]) -> None:
        self._strip.clear()
        for name, field in self._fields.items():
            field.set_error(field_fault(faults[name]) if name in faults else None)
        first = next((name for name in _NAMES if name in faults), None)
        if first is not None:
            self.inputs[first].setFocus()

    def _refused(self, error: Exception) -> None:
        self._wait(False)
        self._strip.say("stopped", explain(error).text)
        of_time = isinstance(error, Refused) and error.reason is Reason.CLOCK_NOT_PLAUSIBLE
        if not of_time:
            self.inputs["password"].clear()
        self.inputs["date" if of_time else "password"].setFocus()
