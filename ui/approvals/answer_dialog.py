"""The approver's answer: what is asked, every point ticked, and her passphrase under yes; a reason and it under no."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.approvals.words import point_words, until_words
from ui.language import _
from ui.messages import explain
from ui.stages.page import PageContext
from ui.stages.review.facts import value_of
from ui.widgets.facts import FactCard
from ui.widgets.field import Field
from ui.widgets.scrolled import Scrolled
from ui.widgets.strip import Strip
from ui.widgets.text import Text
from ui.words.fields import field_label
from workstation.domain.applicant import FIELDS
from workstation.interchange.approval_refusal import LONGEST_REASON
from workstation.workflow.approvals.letters import answer, refuse
from workstation.workflow.approvals.view import ForMe

_WIDTH = 620


class AnswerDialog(QDialog):
    """answered(text): it was signed. Esc closes it and nothing is signed; it deletes itself."""

    answered = Signal(str)

    def __init__(self, parent: QWidget, context: PageContext, asked: ForMe, *, approve: bool) -> None:
        super().__init__(parent)
        self.setObjectName("approvals.dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._asked = asked
        self._approve = approve
        self._busy = False
        title = _("Sign the approval") if approve else _("Refuse the approval")
        self.setWindowTitle(title)
        self.strip = Strip("approvals.dialog.strip")
        self.points = {point: QCheckBox(point_words(point)) for point in asked.points} if approve else {}
        for box in self.points.values():
            box.toggled.connect(self._judge)
        self.reason = QLineEdit()
        self.reason.setObjectName("approvals.reason")
        self.reason.setMaxLength(LONGEST_REASON)
        self.reason.textChanged.connect(self._judge)
        self.passphrase = QLineEdit()
        self.passphrase.setObjectName("approvals.passphrase")
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.textChanged.connect(self._judge)
        self._submit_button = QPushButton(title)
        self._submit_button.setObjectName("approvals.submit")
        self._submit_button.setProperty("role", "primary")
        self._submit_button.setDefault(True)
        self._submit_button.clicked.connect(self._submit)
        self._arrange(title)
        self._judge()
        self.setFixedWidth(_WIDTH)
        self.resize(_WIDTH, min(self.sizeHint().height() + 160, max(360, parent.window().height() - 24)))
        # Not to the first point: what is asked is read from its beginning.
        (self.passphrase if approve else self.reason).setFocus()

    def _arrange(self, title: str) -> None:
        asked = self._asked
        known = [
            (field_label(name), value_of(name, asked.fields[name]))
            for name in FIELDS
            if asked.fields.get(name)
        ]
        facts = [
            (_("Application"), asked.number),
            (_("Office"), asked.office_code),
            (_("Good until"), until_words(asked.expires_at)),
            *known,
        ]
        cancel = QPushButton(_("Cancel"))
        cancel.setObjectName("approvals.cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(cancel)
        buttons.addStretch(1)
        buttons.addWidget(self._submit_button)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(FactCard("", facts, label_width=190))
        if self.points:
            column.addWidget(Text(_("Tick each point when you have looked at it:"), "strong", wrap=True))
        for box in self.points.values():
            column.addWidget(box)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(Text(title, "title", wrap=True))
        layout.addWidget(self.strip)
        layout.addWidget(Scrolled(shown), 1)
        if not self._approve:
            layout.addWidget(Field(_("Why not? The other office reads this."), self.reason))
        layout.addWidget(Field(_("Passphrase of your key for approvals"), self.passphrase))
        layout.addLayout(buttons)

    def _judge(self) -> None:
        looked = all(box.isChecked() for box in self.points.values())
        said = self._approve or bool(self.reason.text().strip())
        ready = looked and said and bool(self.passphrase.text()) and not self._busy
        self._submit_button.setEnabled(ready)

    def _submit(self) -> None:
        if self._busy or not self._submit_button.isEnabled():
            return
        self._busy = True
        self._judge()
        office, who, request_id = self._context.office, self._context.who, self._asked.request_id
        passphrase, reason = self.passphrase.text(), self.reason.text()
        visited = frozenset(point for point, box in self.points.items() if box.isChecked())
        approve = self._approve

        def verb() -> None:
            if approve:
                answer(office, who, request_id, passphrase, visited)
            else:
                refuse(office, who, request_id, passphrase, reason)

        def done(_none: None) -> None:
            self.answered.emit(
                _("Signed; it goes back with the next line")
                if approve
                else _("Refused; it goes back with the next line")
            )
            self.accept()

        job = self._context.background.run("database", verb, done=done, failed=self._refused)
        self.destroyed.connect(job.cancel)

    def _refused(self, error: Exception) -> None:
        self._busy = False
        self.strip.say("stopped", explain(error).text)
        self.passphrase.clear()
        self.passphrase.setFocus()
        self._judge()
