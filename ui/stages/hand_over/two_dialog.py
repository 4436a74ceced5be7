"""What an act of the hand-over asks: a choice, a number, a reason, and a second person's name and password."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.language import _
from ui.lock.confirm import run_confirmed
from ui.messages import explain, field_fault
from ui.stages.page import PageContext
from ui.stock.fitting import fit_dialog
from ui.stock.second_person import SecondPersonFields
from ui.widgets.field import Field
from ui.widgets.scrolled import Scrolled
from ui.widgets.strip import Strip
from ui.widgets.text import Text
from workstation.domain.refused import Reason, Refused
from workstation.workflow.stock.witness import SecondPerson

_WIDTH = 560
_OF_SECOND = (Reason.WRONG_PASSWORD, Reason.SECOND_PERSON_NEEDED, Reason.ROLE_NOT_ALLOWED)


@dataclass(frozen=True)
class Asked:
    """What was typed: `reason` (or what else was asked in its place) and `number` are empty where they were not asked
    for, `choice` is the chosen data."""

    reason: str
    number: str
    second: SecondPerson
    choice: object = None


class TwoDialog(QDialog):
    """accepted() once `work` was done. Esc leaves everything as it was."""

    def __init__(
        self,
        parent: QWidget | None,
        context: PageContext,
        name: str,
        title: str,
        sentence: str,
        work: Callable[[Asked], object],
        *,
        reason: str = "",
        number: str = "",
        begins: str = "",
        choices: Sequence[tuple[str, object]] = (),
        reason_free: bool = False,
        two: bool = True,
    ) -> None:
        """`reason`, `number` are labels, empty: not asked; `begins` is the number proposed; `two`: it takes two."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self._context, self._work = context, work
        self._busy = False
        self._strip = Strip(f"{name}.strip")
        self.reason, self.number = QLineEdit(), QLineEdit()
        self._fields = []
        for editor, part, label in ((self.number, "number", number), (self.reason, "reason", reason)):
            editor.setObjectName(f"{name}.{part}")
            editor.setMaxLength(200)
            if label:
                self._fields.append((editor, Field(label, editor)))
        self.number.setText(begins)
        self.number.selectAll()
        self._free = {self.reason} if reason_free else set()
        self._two = two
        self.choice = QComboBox()
        self.choice.setObjectName(f"{name}.choice")
        for label, data in choices:
            self.choice.addItem(label, data)
        self.second = SecondPersonFields(name, context.who.operator.display_name)
        cancel = QPushButton(_("Cancel"))
        cancel.setObjectName(f"{name}.cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self._submit = QPushButton(title)
        self._submit.setObjectName(f"{name}.submit")
        self._submit.setProperty("role", "primary")
        self._submit.setDefault(True)
        self._submit.clicked.connect(self._ask)
        buttons = QHBoxLayout()
        buttons.addWidget(cancel)
        buttons.addStretch(1)
        buttons.addWidget(self._submit)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(10)
        column.addWidget(Text(title, "title", wrap=True))
        column.addWidget(Text(sentence, "secondary", wrap=True))
        if choices:
            column.addWidget(Field(_("What is wrong"), self.choice))
        for _editor, field in self._fields:
            column.addWidget(field)
        if two:
            column.addWidget(self.second)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 16, 16)
        layout.setSpacing(10)
        layout.addWidget(self._strip)
        layout.addWidget(Scrolled(inside), 1)
        layout.addLayout(buttons)
        fit_dialog(self, inside, _WIDTH)
        first = self.choice if choices else self._fields[0][0] if self._fields else self.second.username
        first.setFocus()

    def _ask(self) -> None:
        empty = [
            editor
            for editor, _field in self._fields
            if editor not in self._free and not editor.text().strip()
        ]
        for editor, field in self._fields:
            field.set_error(field_fault("missing") if editor in empty else None)
        if empty:
            empty[0].setFocus()
            return
        if self._busy or (self._two and not self.second.complete()):
            return
        self._wait(True)
        asked = Asked(
            self.reason.text().strip(),
            self.number.text().strip(),
            self.second.person,
            self.choice.currentData(),
        )
        job = run_confirmed(
            self._context,
            "database",
            lambda: self._work(asked),
            done=lambda _outcome: self.accept(),
            failed=self._refused,
        )
        self.destroyed.connect(job.cancel)

    def _wait(self, busy: bool) -> None:
        self._busy = busy
        self._submit.setEnabled(not busy)

    def _refused(self, error: Exception) -> None:
        self._wait(False)
        self._strip.say("stopped", explain(error).text)
        if isinstance(error, Refused) and error.reason in _OF_SECOND:
            self.second.try_again()
