"""What a key writes on a US keyboard, whatever layout the computer has: scanners that type press the keys of one."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.keyboard.layout import BY_CODE

# Linux: evdev code + 8, as xkb counts; Windows: set 1, which is the evdev code for these keys.
_SCAN_OFFSET = 0 if sys.platform == "win32" else 8
_SPACE = 57
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HELD = (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_AltGr, Qt.Key.Key_Mode_switch)
_WITH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
# What is shorter is no code; what stops for longer was typed by hand and belongs to nothing.
_SHORTEST, _LONGEST, _PAUSE = 6, 5_000, 1.0


def latin_letter(event: QKeyEvent) -> str:
    """The letter, digit or sign of that key press; "" for keys that write nothing, and with Ctrl or Alt held."""
    if event.modifiers() & _WITH:
        return ""
    code = event.nativeScanCode() - _SCAN_OFFSET
    key = BY_CODE.get(code)
    if key is not None:
        return key.capital if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else key.latin
    typed = " " if code == _SPACE else event.text()
    return typed if typed.isprintable() else ""


class CodeField(QLineEdit):
    """A field for what scanners type: numbers arrive as on a US keyboard, and Enter leads to the next field."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = latin_letter(event)
        if event.key() in _ENDS and self.text().strip():
            # A scanner ends with Enter: it must not press the dialog's button.
            self.focusNextChild()
        elif letter:
            self.insert(letter)
        else:
            super().keyPressEvent(event)


class Scans(QObject):
    """scanned(text): a scanner typed a code into `widget`, which is no field; Enter then opens nothing else."""

    scanned = Signal(str)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._typed, self._last = "", 0.0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._typed = ""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in _HELD:
            return False
        now, before = time.monotonic(), self._last
        self._last = now
        typed = self._typed if now - before < _PAUSE else ""
        self._typed = ""
        if event.key() in _ENDS:
            if not _is_code(typed):
                return False
            self.scanned.emit(typed)
            return True
        letter = latin_letter(event)
        # Space alone has its own meaning in a list.
        if not letter or (letter == " " and not typed):
            return False
        self._typed = (typed + letter)[-_LONGEST:]
        return True


def _is_code(text: str) -> bool:
    return len(text) >= _SHORTEST and any(letter.isdigit() for letter in text)
