"""Voids a card with a second person: why, and the name and password of whoever agrees."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.language import _
from ui.messages import explain
from ui.widgets.field import Field
from ui.widgets.strip import Strip
from ui.widgets.text import Text

_WIDTH = 480


class VoidDialog(QDialog):
    """asked(reason, username, password): everything was typed. Whoever opened it tells the outcome by `end`."""

    asked = Signal(str, str, str)

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("check.void")
        self.setWindowTitle(_("Void this card and print anew"))
        self._busy = False
        self._strip = Strip("check.void.strip")
        self.reason, self.username, self.password = QLineEdit(), QLineEdit(), QLineEdit()
        for editor, name in (
            (self.reason, "reason"),
            (self.username, "username"),
            (self.password, "password"),
        ):
            editor.setObjectName(f"check.void.{name}")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        cancel = QPushButton(_("Cancel"))
        cancel.setObjectName("check.void.cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self._submit = QPushButton(_("Void this card and print anew"))
        self._submit.setObjectName("check.void.submit")
        self._submit.setProperty("role", "primary")
        self._submit.setDefault(True)
        self._submit.clicked.connect(self._ask)
        buttons = QHBoxLayout()
        buttons.addWidget(cancel)
        buttons.addStretch(1)
        buttons.addWidget(self._submit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(Text(_("Void this card and print anew"), "title", wrap=True))
        layout.addWidget(
            Text(_("The card is void from then on. A second person agrees here."), "secondary", wrap=True)
        )
        layout.addWidget(self._strip)
        layout.addWidget(Field(_("Reason"), self.reason))
        layout.addWidget(Field(_("Second person: user name"), self.username))
        layout.addWidget(Field(_("Second person: password"), self.password))
        layout.addLayout(buttons)
        self.setFixedWidth(_WIDTH)
        self.reason.setFocus()

    def _ask(self) -> None:
        typed = [editor.text().strip() for editor in (self.reason, self.username)]
        empty = next((e for e in (self.reason, self.username, self.password) if not e.text().strip()), None)
        if self._busy or empty is not None:
            if empty is not None:
                empty.setFocus()
            return
        self._wait(True)
        self.asked.emit(typed[0], typed[1], self.password.text())

    def _wait(self, busy: bool) -> None:
        self._busy = busy
        self._submit.setEnabled(not busy)

    def end(self, error: Exception | None) -> None:
        """Closes when the card is void; says what stood against it otherwise."""
        if error is None:
            self.accept()
            return
        self._wait(False)
        self._strip.say("stopped", explain(error).text)
        self.password.clear()
        self.password.setFocus()
