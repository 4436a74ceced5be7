"""Signing in: name, and password or finger; the same page opens a locked window again, and changes a password."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton

from ui.background import Background
from ui.desk import Desk
from ui.language import _
from ui.lock.finger_entry import FingerEntry
from ui.messages import field_fault
from ui.sign_in.card import EntryCard
from ui.widgets.field import Field
from ui.words import role_name
from workstation.domain.refused import Reason, Refused
from workstation.workflow.office import Office, SignedIn
from workstation.workflow.operator_access import change_password
from workstation.workflow.sign_in import sign_in
from workstation.workflow.sign_in_finger import sign_in_by_finger

# What is wrong with the new password is said under it.
_NEW_FAULTS = {
    Reason.PASSWORD_TOO_SHORT: "too-short",
    Reason.PASSWORD_TOO_LONG: "too-long",
    Reason.PASSWORD_TOO_COMMON: "too-common",
    Reason.PASSWORD_UNCHANGED: "not-new",
}


class SignInPage(EntryCard):
    """accepted(SignedIn); left(): the locked window's operator signs out instead."""

    accepted = Signal(object)
    left = Signal()

    def __init__(self, office: Office, background: Background, desk: Desk | None = None) -> None:
        super().__init__("sign_in", work=office.station.work)
        self._office = office
        self._background = background
        self._locked: SignedIn | None = None
        self._changing = False
        self._busy = False
        # Field -> code of its fault, to say it again in another language.
        self._faulty: dict[str, str] = {}
        self.inputs = {name: QLineEdit() for name in ("username", "password", "new", "again")}
        for name, editor in self.inputs.items():
            editor.setObjectName(f"sign_in.{name}")
            if name == "username":
                editor.setMaxLength(64)
            else:
                editor.setEchoMode(QLineEdit.EchoMode.Password)
        self.username, self.password = self.inputs["username"], self.inputs["password"]
        self._fields = {name: Field("", editor) for name, editor in self.inputs.items()}
        self.button = QPushButton()
        self.button.setObjectName("sign_in.submit")
        self.button.setProperty("role", "primary")
        self.finger = FingerEntry("sign_in.finger", background, desk)
        self.change_button = QPushButton()
        self.change_button.setObjectName("sign_in.change")
        self.leave_button = QPushButton()
        self.leave_button.setObjectName("sign_in.sign_out")
        for quiet in (self.change_button, self.leave_button):
            quiet.setProperty("role", "quiet")
        for widget in (*self._fields.values(), self.button, self.finger):
            self.fields.addWidget(widget)
        below = QHBoxLayout()
        below.addWidget(self.change_button, 1)
        below.addWidget(self.leave_button, 1)
        self.fields.addLayout(below)
        self._connect()
        self._change(False)

    def _connect(self) -> None:
        self.username.returnPressed.connect(self.password.setFocus)
        self.username.textChanged.connect(self._say_button)
        self.password.returnPressed.connect(self._password_typed)
        self.inputs["new"].returnPressed.connect(self.inputs["again"].setFocus)
        self.inputs["again"].returnPressed.connect(self._submit)
        self.button.clicked.connect(self._submit)
        self.finger.clicked.connect(self._by_finger)
        self.change_button.clicked.connect(self._turn)
        self.leave_button.clicked.connect(self.left)

    def open(self, locked: SignedIn | None = None) -> None:
        """Ready for somebody; `locked` opens the window again with the password, anybody else signs in instead."""
        self._locked = locked
        self.strip.clear()
        self.password.clear()
        self.username.setText(locked.operator.username if locked else "")
        self._change(False)
        self.finger.offer(self._office)
        (self.password if locked else self.username).setFocus()

    def _turn(self) -> None:
        self.strip.clear()
        self.finger.cancel()
        self._change(not self._changing)
        (self.password if self.username.text().strip() else self.username).setFocus()

    def _change(self, changing: bool) -> None:
        self._changing = changing
        self._faulty = {}
        for name in ("new", "again"):
            self.inputs[name].clear()
            self._fields[name].setVisible(changing)
        self.retranslate()

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
        other = "" if who is None else _("Somebody else can sign in: this work then ends, and stays kept.")
        self._fields["username"].set_texts(_("User name"), other)
        self._fields["password"].set_texts(_("Password"))
        self._fields["new"].set_texts(_("New password"), _("At least 10 characters"))
        self._fields["again"].set_texts(_("New password again"))
        self._say_faults()
        self._say_button()
        self.finger.retranslate()
        self.change_button.setText(_("Keep the password") if self._changing else _("Change password"))
        self.change_button.setAccessibleName(self.change_button.text())
        self.leave_button.setText(_("Sign out"))
        self.leave_button.setVisible(who is not None)

    def _say_button(self) -> None:
        who = self._locked
        same = who is not None and self.username.text().strip() == who.operator.username
        word = _("Unlock") if same else _("Sign in")
        self.button.setText(_("Change password and go on") if self._changing else word)
        self.button.setAccessibleName(self.button.text())

    def _say_faults(self) -> None:
        for name, field in self._fields.items():
            field.set_error(field_fault(self._faulty[name]) if name in self._faulty else None)

    def _mark(self, faults: dict[str, str]) -> None:
        self._faulty = faults
        self._say_faults()
        if faults:
            self.inputs[next(iter(faults))].setFocus()

    def _password_typed(self) -> None:
        if self._changing:
            self.inputs["new"].setFocus()
        else:
            self._submit()

    def _submit(self) -> None:
        if self._busy or self.finger.waiting:
            return
        username, password = self.username.text(), self.password.text()
        new, again = self.inputs["new"].text(), self.inputs["again"].text()
        if not username.strip() or not password:
            (self.username if not username.strip() else self.password).setFocus()
            return
        if self._changing:
            self._mark({} if new == again else {"again": "not-the-same"})
            if not new or new != again:
                self.inputs["again" if new else "new"].setFocus()
                return
        office, changing = self._office, self._changing

        def verb() -> SignedIn:
            if changing:
                change_password(office, username, password, new)
            return sign_in(office, username, new if changing else password)

        self._wait(True)
        self._background.run("database", verb, done=self._accepted, failed=self._refused)

    def _by_finger(self) -> None:
        if self.finger.waiting:
            self.finger.cancel()
            self.strip.clear()
            self.password.setFocus()
            return
        username = self.username.text()
        if self._busy or not username.strip():
            self.username.setFocus()
            return
        office = self._office
        self._change(False)
        self.strip.say("waiting", _("Place the finger on the reader and keep it still."))
        self.finger.take(
            lambda image: sign_in_by_finger(office, username, image),
            done=self._accepted,
            failed=self._refused,
        )

    def _wait(self, busy: bool) -> None:
        self._busy = busy
        self.button.setEnabled(not busy)

    def _accepted(self, who: SignedIn) -> None:
        self._wait(False)
        self.password.clear()
        self.strip.clear()
        self._change(False)
        self.accepted.emit(who)

    def _refused(self, error: Exception) -> None:
        self._wait(False)
        reason = error.reason if isinstance(error, Refused) else None
        if reason in _NEW_FAULTS:
            self.strip.clear()
            self._mark({"new": _NEW_FAULTS[reason]})
            return
        self.refuse(error)
        if reason is Reason.PASSWORD_MUST_CHANGE:
            self._change(True)
            self.inputs["new"].setFocus()
            return
        self.password.clear()
        self.password.setFocus()
