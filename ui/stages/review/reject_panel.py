"""Rejecting in two steps: the reason is typed, then the whole of it is confirmed; it ends the application."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.language import _
from ui.widgets.reason_panel import ReasonPanel
from ui.widgets.text import Text


class RejectPanel(QWidget):
    """confirmed(reason) after both steps; dismissed(): put away; stepped(): the other step is shown now."""

    confirmed = Signal(str)
    dismissed = Signal()
    stepped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._reason = ""
        self._name = ""
        self._ask = ReasonPanel("review.reject")
        self._ask.confirmed.connect(self._typed)
        self._ask.dismissed.connect(self.dismissed)
        self._sure = QFrame()
        self._sure.setObjectName("review.reject.sure")
        self._sure.setProperty("surface", "card")
        self._title = Text("", "strong", wrap=True)
        self._told = Text("", "body", wrap=True)
        self._told.setObjectName("review.reject.told")
        self._back = QPushButton()
        self._back.setObjectName("review.reject.back")
        self._back.clicked.connect(self.dismissed)
        self._do = QPushButton()
        self._do.setObjectName("review.reject.do")
        self._do.setProperty("role", "primary")
        self._do.clicked.connect(self.confirm)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._back)
        buttons.addWidget(self._do)
        inside = QVBoxLayout(self._sure)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(8)
        for part in (self._title, self._told):
            inside.addWidget(part)
        inside.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._ask)
        column.addWidget(self._sure)
        column.addStretch(1)
        self._sure.hide()

    @property
    def asking_twice(self) -> bool:
        """Whether the reason is typed and only the confirmation is open."""
        return not self._sure.isHidden()

    def ask(self, name: str) -> None:
        """Begins with an empty reason; `name` is whose application it is."""
        self._reason, self._name = "", name
        self._sure.hide()
        self._ask.ask(_("Why is the application rejected? It ends here."), _("Reason"), _("Reject"))

    def put_away(self) -> None:
        """Nothing is asked any more."""
        self._ask.hide()
        self._sure.hide()
        self._reason = ""

    def confirm(self) -> None:
        """The second step, by button or by the page's command."""
        if self.asking_twice and self._reason:
            self.confirmed.emit(self._reason)

    def _typed(self, reason: str) -> None:
        self._reason = reason
        self._title.set(_("Reject the application of {name}?").format(name=self._name))
        self._told.set(
            _("It ends here and cannot be taken up again. The clerk sees the reason: {reason}").format(
                reason=reason
            )
        )
        self._back.setText(_("Cancel") + "  Esc")
        self._do.setText(_("Reject") + "  Ctrl+Enter")
        self._sure.show()
        # The safe answer has the focus: Enter held a little too long must not reject.
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.stepped.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key held down answers nothing here."""
        if not event.isAutoRepeat():
            super().keyPressEvent(event)
