"""Signing in: name, password, language. The same page opens a locked window again, or ends its work for another."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton

from ui.background import Background
from ui.language import _
from ui.sign_in.card import EntryCard
from ui.widgets.field import Field
from ui.words import role_name
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.sign_in import sign_in


class SignInPage(EntryCard):
    """accepted(SignedIn); left(): the locked window's operator signs out instead."""

    accepted = Signal(object)
    left = Signal()

    def __init__(self, office: Office, background: Background) -> None:
        super().__init__("sign_in", work=office.station.work)
        self._office = office
        self._background = background
        self._locked: SignedIn | None = None
        self._busy = False
        self.username = QLineEdit()
        self.username.setObjectName("sign_in.username")
        self.username.setMaxLength(64)
        self.password = QLineEdit()
        self.password.setObjectName("sign_in.password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaxLength(256)
        self._username_field = Field("", self.username)
        self._password_field = Field("", self.password)
        self.button = QPushButton()
        self.button.setObjectName("sign_in.submit")
        self.button.setProperty("role", "primary")
        self.leave_button = QPushButton()
        self.leave_button.setObjectName("sign_in.sign_out")
        self.leave_button.setProperty("role", "quiet")
        for widget in (self._username_field, self._password_field, self.button, self.leave_button):
            self.fields.addWidget(widget)
        self.username.returnPressed.connect(self.password.setFocus)
        self.username.textChanged.connect(self._say_button)
        self.password.returnPressed.connect(self._submit)
        self.button.clicked.connect(self._submit)
        self.leave_button.clicked.connect(self.left)
        self.retranslate()

    def open(self, locked: SignedIn | None = None) -> None:
        """Ready for somebody; `locked` opens the window again with the password, anybody else signs in instead."""
        self._locked = locked
        self.strip.clear()
        self.password.clear()
        self.username.setText(locked.operator.username if locked else "")
        self.retranslate()
        (self.password if locked else self.username).setFocus()

    def retranslate(self) -> None:
        super().retranslate()
        who = self._locked
        self.title.set(self._office.station.office_name)
        self.lead.set(
            _("Sign in to begin.")
            if who is None
            else _("Locked by {name} ({role}). Everything typed is kept.").format(
                name=who.operator.display_name, role=role_name(who.operator.role)
            )
        )
        self._username_field.set_texts(_("User name"))
        self._password_field.set_texts(_("Password"))
        self._say_button()
        self.leave_button.setText(_("Sign out"))
        self.leave_button.setVisible(who is not None)

    def _say_button(self) -> None:
        who = self._locked
        same = who is not None and self.username.text().strip() == who.operator.username
        self.button.setText(_("Unlock") if same else _("Sign in"))
        self.button.setAccessibleName(self.button.text())

    def _submit(self) -> None:
        if self._busy:
            return
        username, password = self.username.text(), self.password.text()
        if not username.strip() or not password:
            (self.username if not username.strip() else self.password).setFocus()
            return
        self._wait(True)
        office = self._office
        self._background.run(
            "database", lambda: sign_in(office, username, password), done=self._accepted, failed=self._refused
        )

    def _wait(self, busy: bool) -> None:
        self._busy = busy
        self.button.setEnabled(not busy)

    def _accepted(self, who: SignedIn) -> None:
        self._wait(False)
        self.password.clear()
        self.strip.clear()
        self.accepted.emit(who)

    def _refused(self, error: Exception) -> None:
        self._wait(False)
        self.refuse(error)
        self.password.clear()
        self.password.setFocus()
