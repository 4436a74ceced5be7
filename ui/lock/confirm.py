"""Asks who is signed in to show it again, and then does what she asked for without being told twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.background import Job
from ui.language import _
from ui.lock.finger_entry import FingerEntry
from ui.messages import explain
from ui.stages.page import PageContext
from ui.widgets.field import Field
from ui.widgets.strip import Strip
from ui.widgets.text import Text
from ui.words.permissions import verb_name
from workstation.domain.permissions import Verb
from workstation.domain.refused import Reason, Refused
from workstation.workflow.sign_in_confirming import confirm
from workstation.workflow.sign_in_finger import confirm_by_finger

T = TypeVar("T")
_WIDTH = 440


class ConfirmDialog(QDialog):
    """accepted() once the password, or the finger, was right. Esc dismisses it; whoever opened it deletes it."""

    def __init__(self, parent: QWidget | None, context: PageContext, verb: Verb, object_id: str) -> None:
        super().__init__(parent)
        self.setObjectName("confirm.dialog")
        self.setWindowTitle(_("Confirm"))
        self._context = context
        self._verb = verb
        self._object_id = object_id
        self._busy = False
        name = context.who.operator.display_name
        self._strip = Strip("confirm.strip")
        self.password = QLineEdit()
        self.password.setObjectName("confirm.password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        cancel = QPushButton(_("Cancel"))
        cancel.setObjectName("confirm.cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self._submit_button = QPushButton(_("Confirm"))
        self._submit_button.setObjectName("confirm.submit")
        self._submit_button.setProperty("role", "primary")
        self._submit_button.setDefault(True)
        self._submit_button.clicked.connect(self._submit)
        self.finger = FingerEntry("confirm.finger", context.background, context.desk)
        self.finger.clicked.connect(self._by_finger)
        buttons = QHBoxLayout()
        buttons.addWidget(cancel)
        buttons.addStretch(1)
        buttons.addWidget(self.finger)
        buttons.addWidget(self._submit_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(Text(verb_name(verb), "title", wrap=True))
        layout.addWidget(
            Text(_("Is it still you, {name}? Type your password.").format(name=name), "secondary", wrap=True)
        )
        layout.addWidget(self._strip)
        layout.addWidget(Field(_("Password"), self.password))
        layout.addLayout(buttons)
        self.setFixedWidth(_WIDTH)
        self.password.setFocus()
        self.finger.offer(context.office)
        self.finished.connect(self.finger.cancel)

    def _submit(self) -> None:
        password = self.password.text()
        if self._busy or self.finger.waiting or not password:
            self.password.setFocus()
            return
        self._wait(True)
        context, verb, object_id = self._context, self._verb, self._object_id
        job = context.background.run(
            "database",
            lambda: confirm(context.office, context.who, password, verb, object_id),
            done=lambda _none: self.accept(),
            failed=self._refused,
        )
        self.destroyed.connect(job.cancel)

    def _by_finger(self) -> None:
        if self.finger.waiting:
            self.finger.cancel()
            self._strip.clear()
            self.password.setFocus()
            return
        if self._busy:
            return
        context, verb, object_id = self._context, self._verb, self._object_id
        self._strip.say("waiting", _("Place the finger on the reader and keep it still."))
        self.finger.take(
            lambda image: confirm_by_finger(context.office, context.who, image, verb, object_id),
            done=lambda _none: self.accept(),
            failed=self._refused,
        )

    def _wait(self, busy: bool) -> None:
        self._busy = busy
        self._submit_button.setEnabled(not busy)

    def _refused(self, error: Exception) -> None:
        self._wait(False)
        if isinstance(error, Refused) and error.reason is Reason.WRONG_PASSWORD:
            self._strip.say("stopped", _("The password is not right."))
        else:
            self._strip.say("stopped", explain(error).text)
        self.password.clear()
        self.password.setFocus()


def run_confirmed(
    context: PageContext,
    lane: str,
    work: Callable[[], T],
    *,
    done: Callable[[T], None],
    failed: Callable[[Exception], None],
) -> Job:
    """As `Background.run`; where the operator has to show again who she is, she is asked and `work` is done then.

    Cancelling the job drops the callbacks of both. Dismissed, the refusal goes to `failed`.
    """

    def told(callback: Callable[[Any], None]) -> Callable[[Any], None]:
        def tell(outcome: Any) -> None:
            if not job.cancelled:
                callback(outcome)

        return tell

    def refused(error: Exception) -> None:
        if not isinstance(error, Refused) or error.reason is not Reason.CONFIRMATION_NEEDED:
            failed(error)
            return
        facts = error.facts
        verb, object_id = Verb(str(facts["action"])), str(facts["object"])
        dialog = ConfirmDialog(QApplication.activeWindow(), context, verb, object_id)

        def ended(result: int) -> None:
            # The window may not be in front: then nothing but this holds the dialog.
            dialog.deleteLater()
            if result == QDialog.DialogCode.Accepted:
                context.background.run(lane, work, done=told(done), failed=told(failed))
            else:
                told(failed)(error)

        dialog.finished.connect(ended)
        dialog.open()

    job = context.background.run(lane, work, done=done, failed=refused)
    return job
