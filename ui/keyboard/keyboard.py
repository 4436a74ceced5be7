"""Joins the on-screen keyboard to a window: Ctrl+K opens it, Esc closes it, the field with the focus is written to."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from ui.keyboard.fields import TextField, takes_lao, text_field, write
from ui.keyboard.layout import BY_CODE, BY_LATIN, Key
from ui.keyboard.panel import Panel
from ui.keys import Keys

CHORD = "Ctrl+K"
WIDEST = 900
MARGIN = 8
ROOMY = 560  # a lower window gets lower keys
# Linux: evdev code + 8, as xkb counts; Windows: set 1, which is the evdev code for these keys.
_SCAN_OFFSET = 0 if sys.platform == "win32" else 8
_WITH = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)


class Keyboard(QObject):
    """The keyboard of one window. While it is open the keys of the desk write Lao as well, whatever their layout.

    Fields whose input hints ask for Latin letters or digits, and secrets, keep the system's own letters.
    """

    def __init__(self, window: QWidget, keys: Keys) -> None:
        super().__init__(window)
        self._window = window
        self.panel = Panel(window)
        self.panel.letter.connect(self._write)
        self.panel.edit.connect(self._edit)
        self.panel.closed.connect(self.close)
        keys.bind("keyboard", {CHORD: self.toggle})
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._application = application
        self._seen: TextField | None = None
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self._look)
        application.focusChanged.connect(self._look)

    @property
    def open(self) -> bool:
        """Whether it is shown."""
        return self.panel.isVisible()

    def toggle(self) -> None:
        """Shows or hides it; the focus stays where it is."""
        if self.open:
            self.close()
        else:
            # The newest listener is asked first, so Esc closes the keyboard before it means anything else.
            self._application.installEventFilter(self)
            self.panel.show()
            self.panel.raise_()
            self._look()

    def close(self) -> None:
        """Hides it."""
        self._application.removeEventFilter(self)
        self._seen = None
        self.panel.hold_shift(False)
        self.panel.hide()

    def retranslate(self) -> None:
        """Every word again."""
        self.panel.retranslate()

    # Where it writes

    def field(self) -> TextField | None:
        """The text field of this window that has the focus."""
        widget = QApplication.focusWidget()
        if widget is None or widget.window() is not self._window:
            return None
        return text_field(widget)

    def _look(self) -> None:
        if self.open:
            field = self.field()
            self.panel.set_ready(field is not None)
            if field is not None and field is not self._seen:
                self.panel.set_page(lao=takes_lao(field))
            self._seen = field
            self._place()

    def _write(self, letter: str) -> None:
        field = self.field()
        if field is not None:
            write(field, letter)

    def _edit(self, code: int) -> None:
        widget = QApplication.focusWidget()
        if widget is None:
            return
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(widget, QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier))

    # Where it lies

    def _place(self) -> None:
        """At the foot of the page, above the commands; elsewhere where that would hide the field that is written."""
        top, foot = self._page()
        self.panel.set_compact(self._window.height() < ROOMY)
        width = min(WIDEST, self._window.width() - 2 * MARGIN)
        height = self.panel.sizeHint().height()
        x = (self._window.width() - width) // 2
        low = QRect(x, max(top, foot - height - MARGIN), width, height)
        field = self.field()
        if field is not None:
            written = QRect(field.mapTo(self._window, QPoint(0, 0)), field.size())
            heights = (low.y(), top + MARGIN, written.bottom() + MARGIN, written.top() - height - MARGIN)
            places = (QRect(x, y, width, height) for y in heights)
            inside = (place for place in places if self._window.rect().contains(place))
            low = next((place for place in inside if not place.intersects(written)), low)
        self.panel.setGeometry(low)

    def _page(self) -> tuple[int, int]:
        top, foot = 0, self._window.height()
        for part in self._window.findChildren(QFrame):
            surface = part.property("surface")
            if surface not in ("bar", "training", "foot") or not part.isVisible():
                continue
            edge = part.mapTo(self._window, QPoint(0, 0)).y()
            if surface == "foot" and edge > self._window.height() // 2:
                foot = min(foot, edge)
            elif surface != "foot" and edge <= top:
                top = max(top, edge + part.height())
        return top, foot

    # The keys of the desk

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        kind = event.type()
        if receiver is self._window and kind in (QEvent.Type.Resize, QEvent.Type.WindowDeactivate):
            self.panel.hold_shift(False)
            # The parts of the window move after the window.
            self._settled.start(0)
        if kind not in _KEYS or not isinstance(event, QKeyEvent) or not self._here(receiver):
            return False
        return self._key(event)

    def _here(self, receiver: QObject) -> bool:
        if self._application.activeModalWidget() or self._application.activePopupWidget():
            return False
        return isinstance(receiver, QWidget) and receiver is QApplication.focusWidget()

    def _key(self, event: QKeyEvent) -> bool:
        kind = event.type()
        if event.key() == Qt.Key.Key_Shift:
            self.panel.hold_shift(kind == QEvent.Type.KeyPress)
            return False
        if kind == QEvent.Type.KeyRelease or event.modifiers() & _WITH:
            return False
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            if kind == QEvent.Type.KeyPress and not event.isAutoRepeat():
                self.close()
            return True
        field, key = self.field(), _key_of(event)
        if field is None or key is None or not self.panel.hardware_box.isChecked() or not takes_lao(field):
            return False
        if not self.panel.lao:
            return False
        letter = key.shifted if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else key.plain
        event.accept()
        if kind == QEvent.Type.KeyPress and letter:
            write(field, letter)
        return True


def attach(window: QWidget, keys: Keys) -> Keyboard:
    """Gives `window` an on-screen keyboard that Ctrl+K (by physical key) opens."""
    return Keyboard(window, keys)


def _key_of(event: QKeyEvent) -> Key | None:
    if event.nativeScanCode():
        return BY_CODE.get(event.nativeScanCode() - _SCAN_OFFSET)
    # An event that a program made has no scan code.
    return BY_LATIN.get(chr(event.key()).lower()) if event.key() < 0x80 else None
