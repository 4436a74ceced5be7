"""A person at the real window: presses keys, reads what is shown, waits, takes pictures.

Keys arrive as Qt key events with the scan codes of a real keyboard, so that commands are found by physical key
whatever the layout; with the Lao layout a letter key carries its Lao letter.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

_MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
}
_NAMED = {
    "Return": (Qt.Key.Key_Return, 28),
    "Esc": (Qt.Key.Key_Escape, 1),
    "Space": (Qt.Key.Key_Space, 57),
    "Tab": (Qt.Key.Key_Tab, 15),
    "Backtab": (Qt.Key.Key_Backtab, 15),
    "Left": (Qt.Key.Key_Left, 105),
    "Right": (Qt.Key.Key_Right, 106),
    "Up": (Qt.Key.Key_Up, 103),
    "Down": (Qt.Key.Key_Down, 108),
    "Home": (Qt.Key.Key_Home, 102),
    "End": (Qt.Key.Key_End, 107),
    **{
        f"F{n}": (Qt.Key(Qt.Key.Key_F1.value + n - 1), code)
        for n, code in enumerate((*range(59, 69), 87, 88), 1)
    },
}
_LETTER_ROWS = ((16, "QWERTYUIOP"), (30, "ASDFGHJKL"), (44, "ZXCVBNM"))
_CODES = {letter: first + i for first, row in _LETTER_ROWS for i, letter in enumerate(row)}
# What the same keys write with the Lao layout (xkb "la").
_LAO = dict(zip("QWERTYUIOPASDFGHJKLZXCVBNM", "ົໄຳພະິີຮນຍັຫກດເ້່າສຜປແອຶືທ", strict=True))
_XKB_OFFSET = 8


class NotShown(AssertionError):
    """What the person waited for did not come."""


class Person:
    """Works at `window()`, the window that is in front at that moment.

    Counts what the hands do: `letters` of names and free texts, every other key in `keys` (a chord is one), `clicks`.
    """

    def __init__(self, window: Callable[[], QWidget], *, lao_layout: bool = False) -> None:
        self._window = window
        self._lao_layout = lao_layout
        self.keys = self.letters = self.clicks = 0

    @property
    def window(self) -> QWidget:
        return self._window()

    def sit_down(self) -> None:
        """Brings the window to the front; without a window manager nobody else gives it the keyboard."""
        self.window.activateWindow()
        self.until(lambda: QApplication.activeWindow() is self.window, 15.0, "the window in front")

    def _send(self, key: int, modifiers: Qt.KeyboardModifier, code: int, text: str) -> None:
        receiver = QApplication.activePopupWidget() or QApplication.focusWidget() or self.window
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, modifiers, code + _XKB_OFFSET, 0, 0, text)
            QCoreApplication.sendEvent(receiver, event)
        self.keys += 1
        self.look(0.01)

    def press(self, chord: str) -> None:
        """One command, such as "Ctrl+Return", "F8", "Tab"."""
        *held, name = chord.split("+")
        modifiers = Qt.KeyboardModifier.NoModifier
        for modifier in held:
            modifiers |= _MODIFIERS[modifier]
        if name in _NAMED:
            key, code = _NAMED[name]
            text = {"Return": "\r", "Space": " ", "Tab": "\t", "Esc": "\x1b"}.get(name, "")
            self._send(key.value, modifiers, code, text)
        elif self._lao_layout:
            letter = _LAO[name]
            self._send(ord(letter), modifiers, _CODES[name], letter)
        else:
            self._send(ord(name), modifiers, _CODES[name], "")

    def write(self, text: str, *, words: bool = False) -> None:
        """Types text, each character as the layout that has it would send it; `words`: a name or a free text."""
        if words:
            self.keys -= len(text)
            self.letters += len(text)
        for character in text:
            code = _CODES.get(character.upper(), 0)
            self._send(ord(character.upper()), Qt.KeyboardModifier.NoModifier, code, character)

    def look(self, seconds: float) -> None:
        """Lets the program run while the person does nothing."""
        end = time.monotonic() + seconds
        while True:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
            # Outside a running event loop nobody else deletes what was left to be deleted later.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if time.monotonic() >= end:
                return
            time.sleep(0.002)

    def until(self, condition: Callable[[], bool], seconds: float, what: str) -> None:
        """Waits until `condition` holds. Raises NotShown."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise NotShown(f"{what}: not within {seconds:.0f} s")
            self.look(0.02)

    def find(self, name: str) -> QWidget:
        """The widget of that object name in the front window. Raises NotShown."""
        found = self.window.findChild(QWidget, name)
        if not isinstance(found, QWidget):
            raise NotShown(f"no {name} in the window")
        return found

    def sees(self, name: str) -> bool:
        """Whether a visible widget of that object name is in the front window."""
        found = self.window.findChild(QWidget, name)
        return isinstance(found, QWidget) and found.isVisible()

    def may(self, action: str) -> bool:
        """Whether the action bar offers that command now."""
        button = self.window.findChild(QWidget, f"action.{action}")
        return isinstance(button, QWidget) and button.isVisible() and button.isEnabled()

    def tab_to(self, name: str, most: int = 60) -> QWidget:
        """Presses Tab until the widget of that name has the focus. Raises NotShown."""
        for _ in range(most):
            focused = QApplication.focusWidget()
            if focused is not None and focused.objectName() == name:
                return focused
            self.press("Tab")
        raise NotShown(f"{name} is not reached by Tab")

    def click(self, name: str) -> None:
        """Clicks the widget of that name with the left button."""
        self.clicks += 1
        QTest.mouseClick(self.find(name), Qt.MouseButton.LeftButton)

    def write_by_pen(self, name: str, strokes: Sequence[Sequence[tuple[float, float]]]) -> None:
        """The applicant's hand writes on the widget of that name in the dialog in front: points in shares of its size.

        It is not the clerk's hand: nothing is counted.
        """
        dialog = QApplication.activeModalWidget()
        pad = None if dialog is None else dialog.findChild(QWidget, name)
        if not isinstance(pad, QWidget):
            raise NotShown(f"no {name} in front")
        button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        for stroke in strokes:
            points = [QPoint(round(x * pad.width()), round(y * pad.height())) for x, y in stroke]
            QTest.mousePress(pad, button, none, points[0])
            for point in points[1:]:
                QTest.mouseMove(pad, point)
                self.look(0.005)
            QTest.mouseRelease(pad, button, none, points[-1])

    def picture(self, path: Path) -> None:
        """Keeps what the window shows, with the dialog in front of it."""
        self.look(0.2)
        shown = self.window.grab()
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            painter = QPainter(shown)
            painter.drawPixmap(self.window.mapFromGlobal(dialog.mapToGlobal(QPoint(0, 0))), dialog.grab())
            painter.end()
        shown.save(str(path))
