"""Scanners that type: a code arrives as fast keystrokes ending in Enter, whatever layout the computer has.

A scanner presses the keys of a US keyboard. With the Lao layout the field then receives Lao letters, and for some keys
nothing at all; therefore the keys themselves are written down, by scan code, beside what the field shows.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from ui.keyboard.typed import latin_letter
from workstation.workflow.pre_registrations.view import code_within

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_HELD = (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_AltGr, Qt.Key.Key_Mode_switch)
_LONGEST = 5_000


class Wedge(QObject):
    """scanned(text): a slip's code, or the number on it, was typed into the field and ended; the field is empty again.

    Everything else goes its way. Typing by hand is read in the same way.
    """

    scanned = Signal(str)

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        self._keys = ""
        field.installEventFilter(self)

    def forget(self) -> None:
        """What was typed so far belongs to no code."""
        self._keys = ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._keys = ""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in _ENDS:
            code = code_within(self._keys) or code_within(self._field.text())
            self._keys = ""
            if code:
                self._field.clear()
                self.scanned.emit(code)
                return True
        elif event.key() == Qt.Key.Key_Backspace:
            self._keys = self._keys[:-1]
        elif event.key() not in _HELD:
            self._write_down(event)
        return False

    def _write_down(self, event: QKeyEvent) -> None:
        typed = latin_letter(event)
        self._keys = (self._keys + typed)[-_LONGEST:] if typed else ""
