"""The administrator beside a user who enrols the fingers with which she will sign in: two fingers, each taken twice."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from devices.fingerprint import FingerImage
from ui.language import _
from ui.lock.finger_wait import FingerWait
from ui.messages import explain
from ui.stages.page import PageContext
from ui.widgets.field import Field
from ui.widgets.strip import Strip
from ui.widgets.text import Text
from ui.words.fingers import finger_name
from workstation.domain.refused import Reason, Refused
from workstation.workflow.operator_access import OperatorAccess
from workstation.workflow.operator_fingers import FingerTakes, check_take, enrol_fingers, forget_fingers
from workstation.workflow.sign_in_finger import FINGERS

_WIDTH = 520
_USUAL = (2, 7)
_TAKES = 2


class FingerDialog(QDialog):
    """done_with(text): the fingers were enrolled or deleted. Esc closes it and changes nothing; it deletes itself."""

    done_with = Signal(str)

    def __init__(self, parent: QWidget, context: PageContext, access: OperatorAccess) -> None:
        super().__init__(parent)
        self.setObjectName("fingers.dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Fingers for sign-in"))
        self._context = context
        self._operator = access.operator
        self._busy = False
        self._images: list[FingerImage] = []
        self._wait = FingerWait(context.background, context.desk, self)
        self.strip = Strip("fingers.strip")
        self.password = QLineEdit()
        self.password.setObjectName("fingers.password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.choices = tuple(self._choice(at) for at in range(FINGERS))
        self._take_button = QPushButton()
        self._take_button.setObjectName("fingers.take")
        self._take_button.setProperty("role", "primary")
        self._take_button.setDefault(True)
        self._take_button.clicked.connect(self._begin)
        self._delete_button = QPushButton(_("Delete the fingers"))
        self._delete_button.setObjectName("fingers.delete")
        self._delete_button.setAutoDefault(False)
        self._delete_button.setVisible(bool(access.fingers))
        self._delete_button.clicked.connect(self._delete)
        self._arrange(access)
        self._say_button()
        self.setFixedWidth(_WIDTH)
        self.finished.connect(self._wait.cancel)
        self.password.setFocus()

    def _choice(self, at: int) -> QComboBox:
        choice = QComboBox()
        choice.setObjectName(f"fingers.finger_{at + 1}")
        for position in range(1, 11):
            choice.addItem(finger_name(position), position)
        choice.setCurrentIndex(choice.findData(_USUAL[at]))
        return choice

    def _arrange(self, access: OperatorAccess) -> None:
        name = access.operator.display_name
        cancel = QPushButton(_("Cancel"))
        cancel.setObjectName("fingers.cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(cancel)
        buttons.addWidget(self._delete_button)
        buttons.addStretch(1)
        buttons.addWidget(self._take_button)
        held = ", ".join(finger_name(position) for position in access.fingers)
        fingers = QHBoxLayout()
        fingers.setSpacing(12)
        for label, choice in zip((_("First finger"), _("Second finger")), self.choices, strict=True):
            fingers.addWidget(Field(label, choice), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(Text(name, "title", wrap=True))
        layout.addWidget(
            Text(
                _("{name} types the own password here, then places two fingers, each twice.").format(
                    name=name
                ),
                "secondary",
                wrap=True,
            )
        )
        layout.addWidget(
            Text(
                _("Enrolled: {fingers}. New ones replace them.").format(fingers=held)
                if held
                else _("No finger is enrolled yet."),
                "secondary",
                wrap=True,
            )
        )
        layout.addWidget(self.strip)
        layout.addWidget(Field(_("Password"), self.password))
        layout.addLayout(fingers)
        layout.addLayout(buttons)

    def _say_button(self) -> None:
        self._take_button.setText(_("Take the fingers"))
        self._take_button.setEnabled(not self._busy and not self._wait.waiting)
        self._delete_button.setEnabled(not self._busy and not self._wait.waiting)

    def _positions(self) -> tuple[int, ...]:
        return tuple(int(choice.currentData()) for choice in self.choices)

    def _begin(self) -> None:
        if self._busy or self._wait.waiting:
            return
        if not self.password.text():
            self.password.setFocus()
            return
        if len(set(self._positions())) < FINGERS:
            self.strip.say("stopped", explain(Refused(Reason.FINGERS_NEEDED, count=FINGERS)).text)
            self.choices[-1].setFocus()
            return
        self._next()

    def _next(self) -> None:
        """The next take that is still to come; takes that were good are kept."""
        at = len(self._images)
        finger = finger_name(self._positions()[at // _TAKES]).lower()
        told = _("Place the {finger} on the reader and keep it still.").format(finger=finger)
        self.strip.say("waiting", f"{told} ({at + 1}/{FINGERS * _TAKES})")
        office = self._context.office

        def look(image: FingerImage) -> FingerImage:
            check_take(office, image)
            return image

        self._wait.take(look, done=self._taken, failed=self._refused)
        self._say_button()

    def _taken(self, image: FingerImage) -> None:
        self._images.append(image)
        if len(self._images) < FINGERS * _TAKES:
            self._next()
            return
        images, positions = self._images, self._positions()
        takes = [
            FingerTakes(position, *images[at * _TAKES : (at + 1) * _TAKES])
            for at, position in enumerate(positions)
        ]
        office, who, operator = self._context.office, self._context.who, self._operator
        password = self.password.text()
        self._run(
            lambda: enrol_fingers(office, who, operator.id, password, takes),
            _("{name} can sign in with a finger now").format(name=operator.display_name),
        )

    def _delete(self) -> None:
        office, who, operator = self._context.office, self._context.who, self._operator
        if not self._busy and not self._wait.waiting:
            self._run(
                lambda: forget_fingers(office, who, operator.id),
                _("The fingers of {name} are deleted").format(name=operator.display_name),
            )

    def _run(self, verb: Callable[[], object], said: str) -> None:
        self._busy = True
        self.strip.clear()
        self._say_button()

        def done(_outcome: object) -> None:
            self.done_with.emit(said)
            self.accept()

        job = self._context.background.run("database", verb, done=done, failed=self._refused)
        self.destroyed.connect(job.cancel)

    def _refused(self, error: Exception) -> None:
        reason = error.reason if isinstance(error, Refused) else None
        if reason is not Reason.FINGER_UNREADABLE:
            # What was refused as a whole is taken again as a whole.
            self._images = []
        self._busy = False
        self.strip.say(
            "stopped",
            _("The password is not right.") if reason is Reason.WRONG_PASSWORD else explain(error).text,
        )
        self._say_button()
        (self.password if reason is Reason.WRONG_PASSWORD else self._take_button).setFocus()
