"""What was copied in the program does not stay in the clipboard: after a while, at the lock and at the end it is gone.

Both clipboards of X11 are meant: the one of Ctrl+C and the one that every marked text goes to. What another program
has put there is not ours and stays.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

KEPT_SECONDS = 60.0


class ClipboardCare(QObject):
    """Clears what this program put into the clipboards, `seconds` after it was put there."""

    def __init__(self, parent: QObject, seconds: float = KEPT_SECONDS) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._timers: dict[QClipboard.Mode, QTimer] = {}
        modes = [QClipboard.Mode.Clipboard]
        if self._clipboard.supportsSelection():
            modes.append(QClipboard.Mode.Selection)
        for mode in modes:
            timer = QTimer(self, singleShot=True, interval=round(seconds * 1000))
            timer.timeout.connect(self.clear)
            self._timers[mode] = timer
        self._clipboard.changed.connect(self._changed)

    def _changed(self, mode: QClipboard.Mode) -> None:
        timer = self._timers.get(mode)
        if timer is not None and self._ours(mode):
            timer.start()

    def _ours(self, mode: QClipboard.Mode) -> bool:
        owns = (
            self._clipboard.ownsSelection
            if mode is QClipboard.Mode.Selection
            else self._clipboard.ownsClipboard
        )
        return (
            owns()
            and self._clipboard.mimeData(mode) is not None
            and bool(self._clipboard.mimeData(mode).formats())
        )

    def clear(self) -> None:
        """Empties what is still ours, now."""
        for mode, timer in self._timers.items():
            timer.stop()
            if self._ours(mode):
                self._clipboard.clear(mode)
