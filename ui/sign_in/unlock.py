"""The office's passphrase: unlocks the database key once for each start of the program."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton

from ui.background import Background
from ui.language import _
from ui.sign_in.card import EntryCard
from ui.widgets.field import Field
from ui.widgets.progress import Progress


class UnlockPage(EntryCard):
    """`opener` opens the office with the passphrase it is given, in a lane; opened() once it has."""

    opened = Signal()

    def __init__(self, opener: Callable[[str], None], background: Background) -> None:
        super().__init__("unlock")
        self._opener = opener
        self._background = background
        self._busy = False
        self.passphrase = QLineEdit()
        self.passphrase.setObjectName("unlock.passphrase")
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setMaxLength(1024)
        self._field = Field("", self.passphrase)
        self._progress = Progress("unlock.progress")
        self.button = QPushButton()
        self.button.setObjectName("unlock.submit")
        self.button.setProperty("role", "primary")
        for widget in (self._field, self._progress, self.button):
            self.fields.addWidget(widget)
        self.passphrase.returnPressed.connect(self._submit)
        self.button.clicked.connect(self._submit)
        self.retranslate()

    def open_with(self, passphrase: str) -> None:
        """Opens the office with a passphrase that came from elsewhere."""
        self._wait(True)
        self._background.run(
            "opening", lambda: self._opener(passphrase), done=self._opened, failed=self._refused
        )

    def retranslate(self) -> None:
        super().retranslate()
        self.title.set(_("Open the office"))
        self.lead.set(
            _("The data on this computer is encrypted. The passphrase opens it until the program ends.")
        )
        self._progress.setAccessibleName(_("Opening the office"))
        self._field.set_texts(_("Passphrase of the office"))
        self.button.setText(_("Open"))
        self.button.setAccessibleName(self.button.text())

    def _submit(self) -> None:
        if not self._busy and self.passphrase.text():
            self.open_with(self.passphrase.text())

    def _wait(self, busy: bool) -> None:
        self._busy = busy
        self.passphrase.setEnabled(not busy)
        self.button.setEnabled(not busy)
        if busy:
            self._progress.begin()
        else:
            self._progress.end(whole=False)

    def _opened(self, _nothing: None) -> None:
        self.passphrase.clear()
        self.opened.emit()

    def _refused(self, error: Exception) -> None:
        self._wait(False)
        self.refuse(error)
        self.passphrase.selectAll()
        self.passphrase.setFocus()
