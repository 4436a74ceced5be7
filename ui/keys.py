"""Commands by physical key: Ctrl+N is the key where N is printed on a US keyboard, whatever letters the layout sends.

Letters and digits are recognised by the scan code (Linux: evdev code + 8, as xkb counts; Windows: set 1, which is
the evdev code for these keys); keys that mean the same in every layout (function keys, Enter, Esc, arrows) by name.
A letter or digit alone is never a command: with the Lao layout it is a letter of somebody's name.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

# linux/input-event-codes.h; equal to scan code set 1 for these rows.
_ROWS = ((2, "1234567890"), (16, "QWERTYUIOP"), (30, "ASDFGHJKL"), (44, "ZXCVBNM"))
_PHYSICAL: dict[int, str] = {first + i: key for first, row in _ROWS for i, key in enumerate(row)}
_SCAN_OFFSET = 0 if sys.platform == "win32" else 8

_NAMED: dict[int, str] = {
    Qt.Key.Key_Return: "Return",
    Qt.Key.Key_Enter: "Return",
    Qt.Key.Key_Escape: "Esc",
    Qt.Key.Key_Space: "Space",
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down",
    Qt.Key.Key_PageUp: "PageUp",
    Qt.Key.Key_PageDown: "PageDown",
    Qt.Key.Key_Home: "Home",
    Qt.Key.Key_End: "End",
    Qt.Key.Key_Delete: "Delete",
    **{int(Qt.Key.Key_F1) + i: f"F{i + 1}" for i in range(12)},
}
_MODIFIERS = (
    (Qt.KeyboardModifier.ControlModifier, "Ctrl"),
    (Qt.KeyboardModifier.AltModifier, "Alt"),
    (Qt.KeyboardModifier.ShiftModifier, "Shift"),
)
# A widget that has a use of its own for the plain keys below keeps them.
_USES_PLAIN_KEYS = (
    QLineEdit,
    QTextEdit,
    QPlainTextEdit,
    QComboBox,
    QAbstractSpinBox,
    QAbstractButton,
    QAbstractItemView,
)
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
_PLAIN = frozenset(
    {"Return", "Space", "Left", "Right", "Up", "Down", "PageUp", "PageDown", "Home", "End", "Delete"}
)


def chord(event: QKeyEvent) -> str | None:
    """The key press as text ("Ctrl+N", "Shift+F9", "Return"); None for what can never be a command."""
    held = [name for flag, name in _MODIFIERS if event.modifiers() & flag]
    named = _NAMED.get(event.key())
    if named is not None:
        return "+".join([*held, named])
    letter = _PHYSICAL.get(event.nativeScanCode() - _SCAN_OFFSET)
    if letter is None and 0x30 <= event.key() <= 0x5A:
        letter = chr(event.key())
    if letter is None or not ("Ctrl" in held or "Alt" in held):
        return None
    return "+".join([*held, letter])


class Keys(QObject):
    """Listens to the whole application and runs the commands of one window.

    Bindings come in layers (the window's own, the page's); the later layer wins. A key held down runs once.
    touched(): somebody used keyboard, mouse or screen anywhere in the program; said before anything else is done.
    """

    touched = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._layers: dict[str, Mapping[str, Callable[[], None]]] = {}
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def bind(self, layer: str, commands: Mapping[str, Callable[[], None]]) -> None:
        """Replaces the commands of that layer (chord -> what to run)."""
        self._layers.pop(layer, None)
        self._layers[layer] = dict(commands)

    def _command(self, pressed: str) -> Callable[[], None] | None:
        for commands in reversed(self._layers.values()):
            if pressed in commands:
                return commands[pressed]
        return None

    def _here(self, receiver: QObject) -> bool:
        if QApplication.activeModalWidget() not in (None, self._window):
            return False
        if isinstance(receiver, QWindow):
            return receiver == self._window.windowHandle()
        return isinstance(receiver, QWidget) and receiver.window() is self._window

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _TOUCHES:
            self.touched.emit()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) or not isinstance(
            event, QKeyEvent
        ):
            return False
        if not self._here(receiver):
            return False
        pressed = chord(event)
        if pressed is None or (command := self._command(pressed)) is None:
            return False
        if pressed in _PLAIN and isinstance(QApplication.focusWidget(), _USES_PLAIN_KEYS):
            return False
        event.accept()
        if kind == QEvent.Type.KeyPress and not event.isAutoRepeat():
            command()
        return True

    def close(self) -> None:
        """Listens no more."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
