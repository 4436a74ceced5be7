"""Where the operator was when the window locked: the field and the caret in it, found again after the lock.

Pages read their application anew and then take the focus to their first field; until the person touches something,
and for a few seconds at most, the focus is brought back to where it was.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

_LOOK_MILLISECONDS = 40
_LONGEST_MILLISECONDS = 6000


def _caret(widget: QWidget) -> int | None:
    if isinstance(widget, QLineEdit):
        return widget.cursorPosition()
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        return widget.textCursor().position()
    return None


def _put_caret(widget: QWidget, position: int) -> None:
    if isinstance(widget, QLineEdit):
        widget.setCursorPosition(min(position, len(widget.text())))
    elif isinstance(widget, QTextEdit | QPlainTextEdit):
        cursor = widget.textCursor()
        cursor.setPosition(min(position, len(widget.toPlainText())))
        widget.setTextCursor(cursor)


class Place(QObject):
    """The field of `screen` that has the focus now; owned by `screen`."""

    def __init__(self, screen: QWidget) -> None:
        super().__init__(screen)
        self._screen = screen
        widget = QApplication.focusWidget()
        self._widget = widget if widget is not None and screen.isAncestorOf(widget) else None
        self._name = self._widget.objectName() if self._widget is not None else ""
        self._position = _caret(self._widget) if self._widget is not None else None
        self._left = _LONGEST_MILLISECONDS
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self._look)

    def go_back(self) -> None:
        """Goes to that field as soon as it is there again."""
        if self._widget is None:
            return
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)
        self._timer.start()

    def forget(self) -> None:
        """Brings nobody back any more."""
        self._timer.stop()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.InputMethod):
            self.forget()
        return False

    def _field(self) -> QWidget | None:
        if self._widget is not None and isValid(self._widget):
            return self._widget
        # The page was built anew meanwhile; its fields keep their names.
        return self._screen.findChild(QWidget, self._name) if self._name else None

    def _look(self) -> None:
        self._left -= _LOOK_MILLISECONDS
        if self._left <= 0:
            self.forget()
            return
        field = self._field()
        if field is None or not field.isVisible() or not field.isEnabled():
            return
        if QApplication.focusWidget() is not field:
            field.setFocus()
        if self._position is not None and _caret(field) != self._position:
            _put_caret(field, self._position)
