"""Unlocking the database key once for each start of the program: the office's passphrase, or its TPM alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton

from ui.background import Background
from ui.language import _
from ui.sign_in.card import EntryCard
from ui.widgets.field import Field
from ui.widgets.progress import Progress
from workstation.domain.refused import Reason, Refused


class UnlockPage(EntryCard):
    """`opener` opens the office with the passphrase it is given, in a lane; opened() once it has.

    Without a passphrase (None) the TPM opens it; where that fails no passphrase is asked for.
    """

    opened = Signal()

    def __init__(self, opener: Callable[[str | None], None], background: Background) -> None:
        super().__init__("unlock")
        self._opener = opener
        self._background = background
        self._busy = False
        self._alone = False
        self._given: str | None = None
        self._passing = False
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
        """Opens the office with a passphrase that came from elsewhere; while the office's server is away it is tried
        again with that, and nobody needs to know it."""
        self._given = passphrase
        self._open(passphrase)

    def open_by_tpm(self) -> None:
        """Opens the office without a person; a refusal stays here with one command, to try again."""
        self._alone = True
        self._field.hide()
        self.retranslate()
        self._open(None)

    def retranslate(self) -> None:
        super().retranslate()
        self.title.set(_("Open the office"))
        self.lead.set(
            _("The data on this computer is encrypted. Its TPM opens it until the program ends.")
            if self._alone
            else _("The data on this computer is encrypted. The passphrase opens it until the program ends.")
        )
        self._progress.setAccessibleName(_("Opening the office"))
        self._field.set_texts(_("Passphrase of the office"))
        self.button.setText(_("Try again") if self._alone or self._passing else _("Open"))
        self.button.setAccessibleName(self.button.text())

    def _submit(self) -> None:
        if self._busy:
            return
        if self._alone:
            self._open(None)
        elif self.passphrase.text():
            self._open(self.passphrase.text())
        elif self._passing and self._given is not None:
            self._open(self._given)

    def _open(self, passphrase: str | None) -> None:
        self._wait(True)
        self._background.run(
            "opening", lambda: self._opener(passphrase), done=self._opened, failed=self._refused
        )

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
        self._given = None
        self.opened.emit()

    def _refused(self, error: Exception) -> None:
        self._wait(False)
        self._passing = isinstance(error, Refused) and error.reason is Reason.SERVER_AWAY_AT_START
        self.retranslate()
        self.refuse(error)
        if self._alone or (self._passing and not self.passphrase.text()):
            self.button.setFocus()
            return
        self.passphrase.selectAll()
        self.passphrase.setFocus()
